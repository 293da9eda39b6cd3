"""Goals: what would have to change for one to be reached."""

from dataclasses import dataclass

from diagnost.app.cases import AnswerRequest, case_of, chosen_period
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.explain.goals import read_goal
from diagnost.explain.reach import holds, reach, within_reach
from diagnost.knowledge import files
from diagnost.model.lever import GoalError
from diagnost.pipeline import diagnose_changed
from diagnost.report.before_after import Side, differences
from diagnost.report.figures import Figures
from diagnost.report.goal import WayToGoal, goal_data, goal_page
from diagnost.report.render import render_goal
from diagnost.report.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRequest(AnswerRequest):
    """What is to be reached."""

    goal: str  # as written: WPB >= 1.2
    balance: str = ""  # the line item that keeps the balance sheet balanced


def ways_to_goal(request: GoalRequest) -> str:
    """Return what would have to change for the goal to be reached, the smallest change first."""
    case = case_of(request, every_side=True)  # a goal may name any entry
    period = chosen_period(case, request.period)
    try:
        goal = read_goal(request.goal, case.base)
    except GoalError as error:
        end = "" if str(error).endswith("?") else "."
        raise UsageError(f"{error}{end} {error.hint}".strip()) from None
    if request.balance and request.balance not in case.base.catalogue.line_items:
        raise UsageError(f"--balance: '{request.balance}' is no line item")
    reached = holds(case, goal, period)
    ways = []
    if not reached:
        levers = case.base.levers.values()
        for attempt in reach(case, goal, levers, period, balance=request.balance):
            after = diagnose_changed(case, attempt.supposed.accounts)
            found = differences(Side(case, period), Side(after, period))
            ways.append(WayToGoal(attempt.pulls, found))
    if request.form == "json":
        return machine_form(case.base, {"period": period, **goal_data(goal, reached, ways)})
    root = files.content_root()
    figures = Figures(case, request.language, words_of(request.language, root))
    movable = bool(ways) or reached or within_reach(case, goal, case.base.levers.values(), period)
    page = goal_page(goal, reached, ways, figures, period, root, movable=movable)
    return render_goal(page, root, width=request.width)
