"""Months as columns, each with its target across: where the year was made and where it was lost."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.chart import ChartPlan, MonthColumns
from diagnost.model.records import Row
from diagnost.report import formats
from diagnost.report.charts.canvas import FILLS, SOFT, Canvas, width_of
from diagnost.report.charts.figure import Shown, shown
from diagnost.report.charts.words import Drawing, listed, over_periods
from diagnost.report.figures import Figures

WIDTH, HEIGHT = 640.0, 250.0
SMALL = 11.0
TOP, BOTTOM = 52.0, 30.0
ROOM = 30.0
"""An amount is written into a column of this height."""
MOST, FEWEST = 12, 3

_Sums = dict[date, Decimal]


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the last full months; None where there are few, or the last does not agree.

    The last full month is the one whose amounts are those of the readings named in the plan:
    ``figures`` gives the reading of the result and that of the target.
    """
    columns = plan.months
    rows = figures.case.accounts.records.get(columns.table, ()) if columns is not None else ()
    last = [shown(drawn, figures, periods[-1]) for drawn in plan.figures]
    if columns is None or not rows or None in last:
        return None
    result, target = (each for each in last if each is not None)
    results = _sums(rows, columns, columns.result)
    targets = _sums(rows, columns, columns.target)
    agreeing = [
        month
        for month in results
        if results[month] == result.value and targets.get(month) == target.value
    ]
    both = sorted(results.keys() & targets.keys())
    months = [month for month in both if agreeing and month <= max(agreeing)][-MOST:]
    if len(months) < FEWEST:
        return None
    canvas = Canvas(WIDTH, HEIGHT)
    scale = _scale([sums[month] for sums in (results, targets) for month in months], figures)
    unit = figures.unit(scale.unit)
    _legend(canvas, result.name, target.name, unit)
    _bars(canvas, months, results, targets, scale)
    names = [_named(month) for month in months]
    parts = [
        over_periods([Shown(name, sums[m], scale.written(sums[m])) for m in months], names, figures)
        for name, sums in ((result.name, results), (target.name, targets))
    ]
    words = figures.words
    told = words["chart.course"].format(figures=listed(parts, words))
    return Drawing(canvas, words["chart.unit"].format(unit=unit, told=told))


class _Scale(NamedTuple):
    """How amounts are written: in which unit, with how many decimals."""

    unit: int
    digits: int
    language: str

    def written(self, value: Decimal) -> str:
        return formats.number(value / self.unit, self.language, self.digits)


def _sums(rows: Iterable[Row], columns: MonthColumns, column: str) -> _Sums:
    """Return an amount by month: that of the row without a person, else that of all people."""
    whole: _Sums = {}
    people: _Sums = {}
    for row in rows:
        month, value = row.values.get(columns.month), row.values.get(column)
        if isinstance(month, date) and isinstance(value, Decimal):
            into = people if row.values.get(columns.person) is not None else whole
            into[month] = into.get(month, Decimal(0)) + value
    return people | whole


def _scale(values: Sequence[Decimal], figures: Figures) -> _Scale:
    """Return the unit in which the highest amount has at most four digits before the point."""
    highest = max(abs(value) for value in values)
    units = (1, 10_000) if figures.language == "zh" else (1, 1000, 1_000_000)
    unit = next((unit for unit in units if highest < unit * 10_000), units[-1])
    broken = any(value % unit for value in values)
    return _Scale(unit, 1 if broken and highest < 100 * unit else 0, figures.language)


def _named(month: date) -> str:
    return f"{month:%Y-%m}"


def _legend(canvas: Canvas, result: str, target: str, unit: str) -> None:
    """Write what column and line stand for, and the unit."""
    canvas.block(6, 5, 14, 12, FILLS[1])
    canvas.text(26, 11, result, size=SMALL)
    x = 26 + width_of(result, SMALL) + 20
    canvas.line((x, 11), (x + 18, 11), weight=2.5, kind="ink")
    canvas.text(x + 24, 11, target, size=SMALL)
    canvas.text(WIDTH - 6, 11, unit, anchor="end", size=SMALL, kind="soft-text")


def _bars(
    canvas: Canvas, months: Sequence[date], results: _Sums, targets: _Sums, scale: _Scale
) -> None:
    heights = [sums[month] for sums in (results, targets) for month in months]
    low, high = min(Decimal(0), *heights), max(heights)
    bottom = HEIGHT - BOTTOM

    def at(amount: Decimal) -> float:
        share = (amount - low) / ((high - low) or Decimal(1))
        return bottom - float(share) * (bottom - TOP)

    step = (WIDTH - 12) / len(months)
    wide = min(step * 0.6, 54.0)
    edge = WIDTH
    for place, month in reversed(list(enumerate(months))):
        middle = 6 + step * (place + 0.5)
        result, target = results[month], targets[month]
        top, foot, aim = at(max(result, Decimal(0))), at(min(result, Decimal(0))), at(target)
        canvas.block(middle - wide / 2, top, wide, foot - top, FILLS[1])
        overlap = wide / 2 + step * 0.12
        canvas.line((middle - overlap, aim), (middle + overlap, aim), weight=2.5, kind="ink")
        text = scale.written(result)
        if foot - top > ROOM and width_of(text, SMALL) + 4 <= wide:
            y = top + 10 if abs(aim - top - 10) > 9 else aim + 12
            canvas.amount(middle, y, text, FILLS[1], SMALL)
        before = targets[months[place - 1]] if place else None
        text = scale.written(target)
        if target != before and width_of(text, SMALL) < step - 4:
            y = min(aim, top) - 9
            canvas.text(middle, y, text, anchor="middle", size=SMALL, kind="soft-text", colour=SOFT)
        name = _named(month)
        half = width_of(name, SMALL) / 2
        if middle + half < edge:
            canvas.text(middle, bottom + 15, name, anchor="middle", size=SMALL)
            edge = middle - half - 6
    canvas.line((4, at(Decimal(0))), (WIDTH - 4, at(Decimal(0))), kind="ink")
