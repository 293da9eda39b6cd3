"""The plan of steps as text, CSV, workbook, JSON and calendar. The only door to icalendar."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from diagnost import __version__
from diagnost.intake.form_files import CsvForm, empty_workbook, workbook_content
from diagnost.intake.form_sheets import widths
from diagnost.report.action_steps import ActionPlan, ActionStep
from diagnost.report.csv_cells import no_formula
from diagnost.report.layout import wrapped

if TYPE_CHECKING:
    from icalendar import Calendar

_WIDTHS = {
    "rank": 6,
    "step": 60,
    "owner": 20,
    "first_step": 40,
    "start": 12,
    "review": 12,
    "indicator": 26,
    "today": 12,
    "target": 32,
    "why": 40,
    "area": 20,
    "source": 40,
}
"""The columns of tables in their order, and how wide they are in a workbook."""
_FIRST_SEQUENCE = date(2020, 1, 1)


def write_actions(plan: ActionPlan, form: str, width: int = 88) -> bytes:
    """Return the plan as a file: text, csv, xlsx, json or ics; ``width`` is that of a text."""
    writers: Mapping[str, Callable[[ActionPlan], bytes]] = {
        "csv": _csv,
        "xlsx": _xlsx,
        "json": _json,
        "ics": _ics,
    }
    return writers[form](plan) if form in writers else _text(plan, width)


def _cells(step: ActionStep) -> dict[str, str | int | date | None]:
    return {column: getattr(step, column) for column in _WIDTHS}


def _head(plan: ActionPlan, column: str) -> str:
    return plan.words[f"actions.{column}"]


def _text(plan: ActionPlan, width: int) -> bytes:
    colon, semicolon = plan.words["list.colon"], plan.words["list.semicolon"]
    title = plan.words["actions.title"].format(day=plan.day.isoformat())
    lines = [plan.company, title, ""]
    for step in plan.steps:
        lines.append(wrapped(f"{step.rank}. {step.step}", width))
        told = _cells(step)
        for columns in (
            ("first_step",),
            ("why",),
            ("owner", "start", "review"),
            ("indicator", "today", "target"),
        ):
            parts = (f"{_head(plan, c)}{colon}{told[c]}" for c in columns if told[c])
            line = semicolon.join(parts)
            if line:
                lines.append(wrapped(line, width, 3))
    if not plan.steps:
        lines.append(plan.words["actions.none"])
    return ("\n".join(lines) + "\n").encode()


def _csv(plan: ActionPlan) -> bytes:
    sheet = CsvForm(plan.language)
    sheet.line(*(_head(plan, column) for column in _WIDTHS))
    for step in plan.steps:
        sheet.line(
            *("" if value is None else no_formula(str(value)) for value in _cells(step).values())
        )
    return sheet.content()


def _xlsx(plan: ActionPlan) -> bytes:
    from openpyxl.styles import Alignment, Font

    workbook = empty_workbook()
    sheet = workbook.create_sheet(plan.words["heading.advice"])
    for number, column in enumerate(_WIDTHS, start=1):
        sheet.cell(1, number, _head(plan, column)).font = Font(bold=True)
    for row, step in enumerate(plan.steps, start=2):
        for number, value in enumerate(_cells(step).values(), start=1):
            cell = sheet.cell(row, number, value or None)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with "=" is none the less a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    widths(sheet, tuple(_WIDTHS.values()))
    sheet.freeze_panes = "C2"
    return workbook_content(workbook)


def _json(plan: ActionPlan) -> bytes:
    def plain(step: ActionStep) -> dict[str, object]:
        return {
            key: value.isoformat() if isinstance(value, date) else value or None
            for key, value in step._asdict().items()
        }

    form = {
        "schema": 1,
        "version": __version__,
        "language": plan.language,
        "company": plan.company,
        "period": plan.period,
        "from": plan.day.isoformat(),
        "steps": [plain(step) for step in plan.steps],
    }
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()


# --- calendar ------------------------------------------------------------------------------------


def _ics(plan: ActionPlan) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//diagnost//{__version__}//{plan.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{plan.words['heading.advice']}: {plan.company}")
    for step in plan.steps:
        _enter(calendar, plan, step, "first", step.start, step.first_step or step.brief)
        if step.review is not None:
            _enter(calendar, plan, step, "review", step.review, step.brief)
    return bytes(calendar.to_ical())


def _enter(
    calendar: "Calendar", plan: ActionPlan, step: ActionStep, kind: str, day: date, what: str
) -> None:
    from icalendar import Event

    event = Event()
    event.add("uid", plan.uid(step, kind))
    # Both follow the day of the plan, so that the same plan is the same file and a later one wins.
    event.add("dtstamp", datetime.combine(plan.day, time(), UTC))
    event.add("sequence", max((plan.day - _FIRST_SEQUENCE).days, 0))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", plan.words[f"actions.event.{kind}"].format(what=what))
    event.add("description", _description(plan, step))
    event.add("categories", [step.area])
    calendar.add_component(event)


def _description(plan: ActionPlan, step: ActionStep) -> str:
    colon = plan.words["list.colon"]
    told = _cells(step)
    more = (
        f"{_head(plan, column)}{colon}{told[column]}"
        for column in ("owner", "why", "indicator", "today", "target")
        if told[column]
    )
    return "\n".join((step.step, *more))
