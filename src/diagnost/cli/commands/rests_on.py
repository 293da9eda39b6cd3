"""``rests-on``: what rests on a cell, a figure or a paragraph of a source."""

from typing import Annotated

import typer

from diagnost.cli.options import (
    Engine,
    File,
    Lang,
    Language,
    MethodOption,
    Output,
    Peers,
    Period,
    Reader,
    RuleEngine,
    Shape,
    ShapeOption,
    Viewpoint,
)
from diagnost.cli.output import put, refuse_unwritable, width


def rests_on(
    file: File,
    target: Annotated[
        str,
        typer.Argument(
            metavar="CELL|ITEM|SOURCE",
            help="A cell as places are told (acme.xlsx!Accounts!C12, C12, 14:22), a line item, "
            "question or indicator, or a paragraph of a source (F6.5, F6).",
            show_default=False,
        ),
    ],
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
) -> None:
    """Tell which figures, findings and steps rest on a cell, a figure or a source.

    The other way round than why: what would have to be looked at again if it were wrong.

    Example: diagnost rests-on acme.xlsx inventories
    """
    from diagnost.app.resting import RestRequest, what_rests

    refuse_unwritable(output, file, peers)
    request = RestRequest(
        file=file,
        target=target,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
    )
    put(what_rests(request), output)
