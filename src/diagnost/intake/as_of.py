"""The day on which records and answers are read, and the period of a case without statements."""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date

from diagnost.intake.cells import Cell
from diagnost.intake.draft import Heading
from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Period
from diagnost.model.located import At
from diagnost.model.records import DATE, DATED, MONTH, Column, Records, Row, Table
from diagnost.model.text import Text

MAX_GAP = 400
"""Days between the last day of the records and the one before, above which the last is a slip."""


def settle_as_of(
    stated: Sequence[Cell],
    headings: Sequence[Heading],
    records: Records,
    tables: Mapping[str, Table],
    file: str,
    remarks: Remarks,
) -> date | None:
    """Return the day stated, else the end of the last period, else the last day of the records."""
    if stated:
        return _stated(stated, remarks)
    ends = [h.span.end for h in headings if h.span is not None and h.span.end.year >= 1000]
    if ends and len(ends) == len(headings):
        return max(ends)
    latest = _latest(records, tables, remarks)
    if latest is not None:
        remarks.note("as_of_taken", At(file), date=latest.isoformat())
    return latest


def _stated(stated: Sequence[Cell], remarks: Remarks) -> date | None:
    from diagnost.intake.record_days import month_first
    from diagnost.intake.record_values import Reader, RecordError

    column = Column("as_of", DATE, Text({"en": "as_of"}, stated[0].at), stated[0].at)
    found: dict[date, Cell] = {}
    for cell in stated:
        try:
            reader = Reader(column, ".", months_first=month_first([cell.text]))
            day = reader.read(cell.day or cell.text)
        except RecordError as error:
            remarks.error("A212", f"as_of: {error.message}", cell.at, error.hint)
            continue
        if isinstance(day, date):
            found.setdefault(day, cell)
    if len(found) > 1:
        (first, one), (second, other) = list(found.items())[:2]
        message = f"as_of is {second} here and {first} elsewhere"
        remarks.error("A212", message, other.at, "State one day.", also=one.at)
    return next(iter(found), None)


def _latest(records: Records, tables: Mapping[str, Table], remarks: Remarks) -> date | None:
    """Return the last day that the records name; a month without any day counts to its end.

    Days of a list of people or the like (a table with a key) say nothing of how far records go:
    they count only where there are no others.
    """
    days: dict[date, tuple[Row, Column]] = {}
    months: dict[date, tuple[Row, Column]] = {}
    lists = {table_id for table_id in records if tables[table_id].key}
    for table_id, rows in records.items():
        if table_id in lists and len(lists) < len(records):
            continue
        dated = [c for c in tables[table_id].columns.values() if c.kind in DATED and not c.ahead]
        for column in dated:
            found = months if column.kind == MONTH else days
            for row in rows:
                value = row.values.get(column.id)
                if isinstance(value, date):
                    found.setdefault(value, (row, column))
    last_day = max(days, default=date.min)
    for month, place in months.items():
        if month > last_day:  # no day of that month tells how much of it has passed
            days.setdefault(_end(month), place)
    if not days:
        return None
    last, *before = sorted(days, reverse=True)[:2]
    if before and (last - before[0]).days > MAX_GAP:
        row, column = days[last]
        hint = f"Correct it, or state the day on which the records are read (as_of: {before[0]})."
        message = f"{last} lies long after every other day of the records ({before[0]})"
        remarks.error("A213", message, row.filed.at(row.number, column.id), hint)
    return last


def _end(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def own_period(as_of: date | None, file: str) -> Period:
    """Return the period of a case without statements: the month of ``as_of``, if it is known."""
    if as_of is None:
        return Period(id="current", days=30, stated=True, at=At(file))
    days = calendar.monthrange(as_of.year, as_of.month)[1]
    return Period(id=f"{as_of:%Y-%m}", days=days, stated=True, at=At(file))
