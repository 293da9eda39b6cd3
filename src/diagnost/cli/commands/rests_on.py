"""``rests-on``: what rests on a cell, a figure or a paragraph of a source."""

from typing import Annotated

import typer

from diagnost.cli.answers import About, answers


@answers
def rests_on(
    about: About,
    target: Annotated[
        str,
        typer.Argument(
            metavar="CELL|ITEM|SOURCE",
            help="A cell as places are told (acme.xlsx!Accounts!C12, C12, 14:22), a line item, "
            "question or indicator, or a paragraph of a source (F6.5, F6).",
            show_default=False,
        ),
    ],
) -> str:
    """Tell which figures, findings and steps rest on a cell, a figure or a source.

    The other way round than why: what would have to be looked at again if it were wrong.

    Example: diagnost rests-on acme.xlsx inventories
    """
    from diagnost.app.rests_on import RestRequest, what_rests

    return what_rests(RestRequest(target=target, **about))
