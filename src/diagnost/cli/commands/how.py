"""``how``: the derivation of an entry."""

from typing import Annotated

import typer

from diagnost.cli.answers import About, answers
from diagnost.cli.options import Person


@answers
def how(
    about: About,
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An indicator, line item, finding, verdict or fact: its id, the end of its id, "
            "its symbol or its name.",
            show_default=False,
        ),
    ],
    person: Person = "",
) -> str:
    """Derive a figure, finding or verdict from the cells, and nothing else.

    Shows formula, method, unit, amounts with sign flips and derived totals, days and places; of
    what rules made, every firing that made it.

    Of one person: --person NAME, or ID@NAME.

    Example: diagnost how acme.xlsx WPW
    """
    from diagnost.app.entry_asked import Question
    from diagnost.app.how import how as told

    return told(Question(entry=entry, person=person, **about))
