"""``goal``: what would have to change for a goal to be reached."""

from typing import Annotated

import typer

from diagnost.cli.answers import About, answers
from diagnost.cli.options import Balance


@answers
def goal(
    about: About,
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="GOAL",
            help='"WPB >= 1.2", "verdict liquidity >= sound", "finding ID absent" (or present).',
            show_default=False,
        ),
    ],
    balance: Balance = "",
) -> str:
    """Tell what would have to change for a goal to be reached.

    Every lever that a business has (sell stock, collect sooner, cut costs …) is tried by itself;
    the smallest change that will do is told, with what else it would change. Where none will do,
    two together are tried.

    Example: diagnost goal acme.xlsx "WPB >= 1.2"
    """
    from diagnost.app.goal import GoalRequest, ways_to_goal

    return ways_to_goal(GoalRequest(goal=wanted, balance=balance, **about))
