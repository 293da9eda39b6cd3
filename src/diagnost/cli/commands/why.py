"""``why``: what an entry rests on."""

from typing import Annotated

import typer

from diagnost.cli.answers import About, answers
from diagnost.cli.options import Person


@answers
def why(
    about: About,
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A finding, cause, area, recommendation or indicator: its id, the end of its id, "
            "its symbol or its name.",
            show_default=False,
        ),
    ],
    person: Person = "",
) -> str:
    """Explain a finding, verdict or figure down to the cells.

    Shows what explains it (as arithmetic, as the sources state it, as inferred), what is ruled out
    and what would decide on the rest, the rule with its sources, the facts used, and each fact
    down to norm, formula, amounts and places. What does not hold is told with what it lacks.

    Of one person: --person NAME, or ID@NAME.

    Example: diagnost why acme.xlsx quick_ratio.too_low
    """
    from diagnost.app.entry_asked import Question
    from diagnost.app.why import why as told

    return told(Question(entry=entry, person=person, **about))
