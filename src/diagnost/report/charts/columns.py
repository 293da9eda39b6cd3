"""Amounts piled up side by side: what a company owns beside what pays for it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.chart import ChartPlan, Drawn, Pile
from diagnost.report.charts.canvas import EMPTY, FILLS, LEADING, Canvas, Fill, folded, spread
from diagnost.report.charts.figure import Shown, limit, shown
from diagnost.report.charts.words import Drawing, listed, with_limits
from diagnost.report.figures import Figures

WIDTH, HEIGHT = 640.0, 340.0
SMALL = 11.0
TOP, BOTTOM = 26.0, 46.0
LABELS, LEADER = 146.0, 16.0
APART = Decimal("0.01")
"""Piles that differ by more, as a share of the higher one, lack something: they are not drawn."""
LEGIBLE = 14.0
"""An amount is written into a block of this height, else beside it."""
HOLE = 14.0
"""How wide a negative amount is drawn, over the pile that it lowers."""


class _Block(NamedTuple):
    """One part of a pile; ``bottom`` and ``top`` are amounts."""

    shown: Shown
    fill: Fill
    bottom: Decimal
    top: Decimal

    @property
    def middle(self) -> Decimal:
        return (self.bottom + self.top) / 2


class _Stand(NamedTuple):
    """The piles of one period and the lines to measure by."""

    period: str
    piles: tuple[tuple[_Block, ...], ...]
    limits: tuple[Shown, ...]


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the first and the last period; None where the piles of the last are not known whole."""
    last = _stand(plan, figures, periods[-1])
    if last is None:
        return None
    first = _stand(plan, figures, periods[0]) if len(periods) > 1 else None
    stands = [stand for stand in (first, last) if stand is not None]
    canvas = Canvas(WIDTH, HEIGHT)
    blocks = [block for stand in stands for pile in stand.piles for block in pile]
    low = min(Decimal(0), *(block.bottom for block in blocks))
    high = max(block.top for block in blocks)

    def at(amount: Decimal) -> float:
        return HEIGHT - BOTTOM - float((amount - low) / (high - low)) * (HEIGHT - BOTTOM - TOP)

    count = len(last.piles)
    gap, between = 6.0, 40.0
    room = WIDTH - 2 * (LABELS + LEADER + 6) - between * (len(stands) - 1)
    wide = min((room / len(stands) - gap * (count - 1)) / count, 96.0)
    group = wide * count + gap * (count - 1)
    left = (WIDTH - group * len(stands) - between * (len(stands) - 1)) / 2
    canvas.text(left, 10, figures.unit(figures.case.accounts.unit), size=SMALL, kind="soft-text")
    for number, stand in enumerate(stands):
        x = left + number * (group + between)
        for place, (pile, blocks_of) in enumerate(zip(plan.piles, stand.piles, strict=True)):
            column = x + place * (wide + gap)
            _draw_pile(canvas, blocks_of, column, wide, at)
            name = pile.name.in_language(figures.language)
            canvas.text(column + wide / 2, HEIGHT - 32, name, anchor="middle", size=SMALL)
        canvas.line((x - 4, at(Decimal(0))), (x + group + 4, at(Decimal(0))), kind="ink")
        for each in stand.limits:
            y = at(each.value)
            canvas.line((x - 4, y), (x + group + 8, y), dash="6 3", weight=1.6, kind="ink")
        for place, blocks_of in enumerate(stand.piles):
            _write_amounts(canvas, blocks_of, x + place * (wide + gap), wide, at)
        middle = x + group / 2
        canvas.text(middle, HEIGHT - 14, stand.period, anchor="middle", size=SMALL, bold=True)
    _label(canvas, stands[0].piles[0], (), left - LEADER - 2, at, anchor="end")
    right = left + group * len(stands) + between * (len(stands) - 1)
    _label(canvas, last.piles[-1], last.limits, right + LEADER + 6, at, anchor="start")
    return Drawing(canvas, _told(figures, plan, stands))


def _stand(plan: ChartPlan, figures: Figures, period: str) -> _Stand | None:
    """Return the piles of a period; None where they do not come to the same amount."""
    piles = tuple(_pile(pile, figures, period) for pile in plan.piles)
    if not all(piles):
        return None
    tops = [max(block.top for block in pile) for pile in piles]
    if min(tops) <= 0 or max(tops) - min(tops) > max(tops) * APART:
        return None
    found = (limit(each, figures, period) for each in plan.limits)
    return _Stand(period, piles, tuple(each for each in found if each is not None))


def _pile(pile: Pile, figures: Figures, period: str) -> tuple[_Block, ...]:
    """Pile up the parts that are not nil; what is negative lowers the rest below nought."""
    parts = [each for drawn in pile.parts for each in _parts(drawn, figures, period)]
    below = [part for part in parts if part.value < 0]
    lowest = height = sum((part.value for part in below), Decimal(0))
    blocks = []
    for number, part in enumerate(parts):
        if part.value > 0:
            fill = FILLS[number % len(FILLS)]
            blocks.append(_Block(part, fill, height, height + part.value))
            height += part.value
    return (*blocks, *(_Block(part, EMPTY, lowest, Decimal(0)) for part in below))


def _parts(drawn: Drawn, figures: Figures, period: str) -> tuple[Shown, ...]:
    """Return a figure as its parts, if they are known and make it up, else as it is."""
    whole = shown(drawn, figures, period)
    if whole is None:
        return ()
    parts = [shown(part, figures, period) for part in drawn.parts]
    known = [part for part in parts if part is not None]
    total = sum((part.value for part in known), Decimal(0))
    if known and len(known) == len(parts) and abs(total - whole.value) <= whole.value * APART:
        return tuple(known)
    return (whole,)


def _draw_pile(
    canvas: Canvas,
    blocks: Sequence[_Block],
    x: float,
    wide: float,
    at: Callable[[Decimal], float],
) -> None:
    """Draw the blocks of a pile, what is negative as a narrow strip over the rest."""
    for block in blocks:
        top, bottom = at(block.top), at(block.bottom)
        if block.shown.value < 0:
            canvas.block(x + wide - HOLE, top, HOLE, bottom - top, EMPTY)
            canvas.hatch(x + wide - HOLE, top, HOLE, bottom - top, 5)
            continue
        canvas.block(x, top, wide, bottom - top, block.fill)


def _write_amounts(
    canvas: Canvas,
    blocks: Sequence[_Block],
    x: float,
    wide: float,
    at: Callable[[Decimal], float],
) -> None:
    """Write its amount into each block where there is room, beside what is negative."""
    free = wide - (HOLE if any(block.shown.value < 0 for block in blocks) else 0)
    for block in blocks:
        if _legible(block, at):
            place = x + free / 2, at(block.middle)
            canvas.amount(*place, block.shown.written, block.fill, SMALL)


def _legible(block: _Block, at: Callable[[Decimal], float]) -> bool:
    return block.shown.value > 0 and at(block.bottom) - at(block.top) >= LEGIBLE


def _label(
    canvas: Canvas,
    blocks: Sequence[_Block],
    limits: Sequence[Shown],
    x: float,
    at: Callable[[Decimal], float],
    *,
    anchor: str,
) -> None:
    """Write beside a pile what its blocks and the lines are, each near its height."""
    ordered = sorted(blocks, key=lambda block: block.middle)
    told = [
        (
            block.shown.name
            if _legible(block, at)
            else f"{block.shown.name}\u00a0{block.shown.written}",
            at(block.middle),
            "ink-text",
        )
        for block in ordered
    ]
    told += [(each.name, at(each.value), "soft-text") for each in limits]
    texts = [folded(text, LABELS, SMALL, 3) for text, _, _ in told]
    tall = [len(lines) * SMALL * LEADING + 4 for lines in texts]
    places = spread([y for _, y, _ in told], tall, 4, HEIGHT - 22)
    side = -1 if anchor == "end" else 1
    for lines, (_, wanted, kind), y in zip(texts, told, places, strict=True):
        canvas.line((x - side * LEADER, wanted), (x - side * 3, y), kind="soft-line", weight=0.8)
        canvas.lines(x, y, lines, anchor=anchor, size=SMALL, kind=kind)


def _told(figures: Figures, plan: ChartPlan, stands: Sequence[_Stand]) -> str:
    words = figures.words
    unit = figures.unit(figures.case.accounts.unit)
    told = []
    for stand in stands:
        piles = []
        for pile, blocks in zip(plan.piles, stand.piles, strict=True):
            parts = (
                words["chart.figure"].format(name=block.shown.name, values=block.shown.written)
                for block in blocks
            )
            name = pile.name.in_language(figures.language)
            piles.append(name + words["list.colon"] + words["list.comma"].join(parts))
        joined = listed(piles, words)
        told.append(words["chart.columns"].format(period=figures.period(stand.period), list=joined))
    limits = stands[-1].limits
    sentences = words["list.space"].join(told)
    return with_limits(words["chart.unit"].format(unit=unit, told=sentences), limits, words)
