"""The plan of steps to take along: as a table or a calendar."""

from dataclasses import dataclass
from datetime import date

from diagnost.app.cases import AnswerRequest, case_of, chosen_period, most_steps
from diagnost.app.errors import UsageError
from diagnost.knowledge import files


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRequest(AnswerRequest):
    """Whose plan is asked for, and in what form."""

    start: str = ""  # the day from which dates are counted
    steps: str = ""  # how many, or all; as the knowledge base has it if empty


def actions(request: ActionRequest) -> bytes:
    """Return the plan of steps as a file.

    Dates are counted from the day asked for, else from the day of the records (``as_of``), else
    from today: of statements that end with a year the plan would begin in the past.
    """
    start = _day(request.start) if request.start else None
    case = case_of(request)
    period = chosen_period(case, request.period)
    most = most_steps(case, request.steps)
    day = start or (case.accounts.as_of if case.accounts.records else None) or date.today()
    from diagnost.report.action_files import write_actions
    from diagnost.report.action_steps import action_plan

    root = files.content_root()
    plan = action_plan(case, request.language, period, root, day=day, most=most)
    return write_actions(plan, request.form, request.width)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--from: '{text}' is no day; write it as 2026-10-31") from None
    if not 1900 <= day.year <= 2200:
        raise UsageError(
            f"--from: the year {day.year} is out of reach; write a day such as 2026-10-31"
        )
    return day
