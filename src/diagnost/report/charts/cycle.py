"""Days on a time bar: for how long money is tied up, and for how much of it others wait."""

from typing import NamedTuple

from diagnost.model.chart import ChartPlan
from diagnost.report.charts.canvas import FILLS, INK, Canvas, width_of
from diagnost.report.charts.figure import Shown, shown
from diagnost.report.charts.words import Drawing, listed
from diagnost.report.figures import Figures

WIDTH = 640.0
SMALL = 11.0
BAR, ROW, LEGEND = 17.0, 52.0, 30.0
MOST_PERIODS = 6


class _Row(NamedTuple):
    """The bars of one period, each of parts, and what is left of the first by the others."""

    period: str
    bars: tuple[tuple[Shown, ...], ...]
    left: Shown


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the last periods; None where a figure of the last is not known."""
    rows = [_row(plan, figures, period) for period in periods[-MOST_PERIODS:]]
    known = [row for row in rows if row is not None]
    if not known or rows[-1] is None:
        return None
    longest = max(float(sum(part.value for part in bar)) for row in known for bar in row.bars)
    if longest <= 0:
        return None
    names = [part.name for bar in known[-1].bars for part in bar]
    canvas = Canvas(WIDTH, LEGEND + ROW * len(known) + 6)
    _legend(canvas, names, known[-1].left.name)
    left = max(width_of(row.period, SMALL, bold=True) for row in known) + 16
    right = max(width_of(row.left.written, bold=True) for row in known) + 22
    scale = (WIDTH - left - right) / longest
    for number, row in enumerate(known):
        y = LEGEND + ROW * number
        canvas.text(left - 10, y + ROW / 2, row.period, anchor="end", size=SMALL, bold=True)
        canvas.line((left, y + 4), (left, y + ROW - 4), kind="ink")
        fill, ends = 0, []
        for place, bar in enumerate(row.bars):
            x, top = left, y + 7 + place * (BAR + 3)
            for part in bar:
                wide = float(part.value) * scale
                if wide > 0:
                    canvas.block(x, top, wide, BAR, FILLS[fill])
                if width_of(part.written, SMALL) + 6 <= wide:
                    middle = x + wide / 2, top + BAR / 2
                    canvas.amount(*middle, part.written, FILLS[fill], SMALL)
                x, fill = x + wide, fill + 1
            ends.append((x, top + BAR / 2))
        _gap(canvas, ends, row.left.written)
    return Drawing(canvas, _told(known, figures))


def _row(plan: ChartPlan, figures: Figures, period: str) -> _Row | None:
    bars = [[shown(part, figures, period) for part in pile.parts] for pile in plan.piles]
    left = shown(plan.figures[0], figures, period)
    known = tuple(tuple(part for part in bar if part is not None) for bar in bars)
    whole = all(len(bar) == len(known[place]) for place, bar in enumerate(bars))
    if left is None or not whole or any(part.value < 0 for bar in known for part in bar):
        return None
    return _Row(period, known, left)


def _legend(canvas: Canvas, names: list[str], left: str) -> None:
    """Write what each surface and the dotted line stand for, above the bars."""
    widths = [width_of(name, SMALL) + 36 for name in names]
    x = 6.0
    for fill, (name, wide) in enumerate(zip(names, widths, strict=True)):
        canvas.block(x, 5, 14, 12, FILLS[fill])
        canvas.text(x + 20, 11, name, size=SMALL)
        x += wide
    canvas.line((x, 11), (x + 16, 11), dash="2 3", weight=1.4, kind="ink")
    canvas.text(x + 22, 11, left, size=SMALL)


def _gap(canvas: Canvas, ends: list[tuple[float, float]], written: str) -> None:
    """Mark what lies between the ends of the bars, and write how long it is."""
    (first, top), (second, bottom) = ends[0], ends[-1]
    low, high = min(first, second), max(first, second)
    y = bottom if second < first else top
    if high - low > 1:
        canvas.line((low, y), (high, y), dash="2 3", weight=1.4, kind="ink")
    canvas.line((high, top - BAR / 2), (high, bottom + BAR / 2), weight=1.4, kind="ink")
    canvas.text(high + 8, (top + bottom) / 2, written, bold=True, colour=INK)


def _told(rows: list[_Row], figures: Figures) -> str:
    words = figures.words
    told = []
    for row in rows:
        parts = [*(part for bar in row.bars for part in bar), row.left]
        values = (
            words["chart.figure"].format(name=part.name, values=part.written) for part in parts
        )
        told.append(f"{row.period}{words['list.colon']}{words['list.comma'].join(values)}")
    return words["chart.course"].format(figures=listed(told, words))
