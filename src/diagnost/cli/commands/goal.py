"""``goal``: what would have to change for a goal to be reached."""

from typing import Annotated

import typer

from diagnost.cli.options import (
    Balance,
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


def goal(
    file: File,
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="GOAL",
            help='"WPB >= 1.2", "verdict liquidity >= sound", "finding ID absent" (or present).',
            show_default=False,
        ),
    ],
    balance: Balance = "",
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
) -> None:
    """Tell what would have to change for a goal to be reached.

    Every lever that a business has (sell stock, collect sooner, cut costs …) is tried by itself;
    the smallest change that will do is told, with what else it would change. Where none will do,
    two together are tried.

    Example: diagnost goal acme.xlsx "WPB >= 1.2"
    """
    from diagnost.app.goals import GoalRequest, ways_to_goal

    refuse_unwritable(output, file, peers)
    request = GoalRequest(
        file=file,
        goal=wanted,
        balance=balance,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
    )
    put(ways_to_goal(request), output)
