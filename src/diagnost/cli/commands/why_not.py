"""``why-not``: what an entry lacks."""

from typing import Annotated

import typer

from diagnost.cli.answers import About, answers
from diagnost.cli.options import Person


@answers
def why_not(
    about: About,
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A finding, cause, recommendation or rule: its id or the end of it; or a verdict: "
            "'liquidity: sound'.",
            show_default=False,
        ),
    ],
    person: Person = "",
) -> str:
    """Tell why a finding, advice or verdict does not hold.

    Shows each condition that is not met, with the reading, the band asked for and the distance, or
    what is missing; or what it gave way to. What holds is said to hold.

    Of one person: --person NAME, or ID@NAME.

    Example: diagnost why-not acme.xlsx quick_ratio.too_low
    """
    from diagnost.app.entry_asked import Question
    from diagnost.app.why_not import why_not as told

    return told(Question(entry=entry, person=person, **about))
