"""Lots of a table by their age: what has stood longer than it may, and how much of it there is."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.model.chart import ChartPlan, LotColumns
from diagnost.report.charts.bars import SMALL, Bar, Line, draw_bars
from diagnost.report.charts.canvas import EMPTY, FILLS
from diagnost.report.charts.figure import shown
from diagnost.report.charts.words import Drawing, listed
from diagnost.report.figures import Figures

FEWEST, MOST = 3, 18


class _Lot(NamedTuple):
    name: str
    amount: Decimal
    age: Decimal


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the oldest lots; None where there are few, or they do not make up the readings.

    ``figures`` of the plan are how many are too old and how many there are; the first of its
    ``limits`` is the age allowed.
    """
    lots = _lots(plan.lots, figures)
    drawn = (*plan.figures, *plan.limits[:1])
    known = [each for each in (shown(one, figures, periods[-1]) for one in drawn) if each]
    allowed = figures.case.base.catalogue.indicator(plan.limits[0].figure) if plan.limits else None
    if allowed is None or len(known) != 3 or len(lots) < FEWEST:
        return None
    old, all_of_them, limit = known
    too_old = sum((lot.amount for lot in lots if lot.age > limit.value), Decimal(0))
    whole = sum((lot.amount for lot in lots), Decimal(0))
    if (too_old, whole) != (old.value, all_of_them.value) or any(lot.age < 0 for lot in lots):
        return None
    counted = figures.case.base.catalogue.indicator(plan.figures[1].figure)
    bars = [
        Bar(
            lot.name,
            lot.age,
            figures.reading(allowed, lot.age),
            FILLS[1] if lot.age > limit.value else EMPTY,
            figures.reading(counted, lot.amount) if counted else "",
        )
        for lot in sorted(lots, key=lambda lot: (-lot.age, lot.name))
    ]
    words = figures.words
    line = words["chart.limit"].format(name=limit.name, value=limit.written)
    canvas = draw_bars(bars[:MOST], [Line(limit.value, line)], beside=all_of_them.name)
    told = words["chart.ages"].format(
        amount=all_of_them.name,
        list=listed(
            [words["chart.age"].format(name=b.name, age=b.written, amount=b.beside) for b in bars],
            words,
        ),
        limit=line,
    )
    if len(bars) > MOST:
        more = words["chart.younger"].format(n=len(bars) - MOST)
        canvas.height += 18
        canvas.text(6, canvas.height - 10, more, size=SMALL, kind="soft-text")
    return Drawing(canvas, told)


def _lots(columns: LotColumns | None, figures: Figures) -> list[_Lot]:
    """Return the lots; none where one of them lacks its name, its amount or its age."""
    if columns is None:
        return []
    found = []
    for row in figures.case.accounts.records.get(columns.table, ()):
        name, amount, age = (row.values.get(column) for column in columns[1:])
        if not isinstance(name, str) or not isinstance(amount, Decimal):
            return []
        if not isinstance(age, Decimal):
            return []
        found.append(_Lot(name, amount, age))
    return found
