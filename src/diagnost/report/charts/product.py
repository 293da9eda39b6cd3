"""A figure and the factors that it is the product of: what it was made of then and now."""

from typing import NamedTuple

from diagnost.model.chart import ChartPlan, Drawn
from diagnost.model.decomposition import Breakdown, Decomposition
from diagnost.report.charts.canvas import EMPTY, FILLS, LEADING, Canvas, Fill, folded
from diagnost.report.charts.figure import Shown, shown
from diagnost.report.charts.words import Drawing, listed, over_periods
from diagnost.report.figures import Figures
from diagnost.report.formats import raised
from diagnost.report.movements import change_in_words

WIDTH, HEIGHT = 640.0, 236.0
SMALL, LARGE = 11.0, 15.0
TALL, TOP, BELOW, ROOT = 92.0, 6.0, 138.0, 250.0


class _Box(NamedTuple):
    """A figure in its box: before and now, and what is said of its change."""

    courses: tuple[Shown | None, Shown]
    remark: str
    leads: bool


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the last period, beside the first where there is one; None where a figure lacks."""
    case = figures.case
    decomposition = case.base.catalogue.decompositions[plan.decomposition]
    breakdown = case.breakdown(decomposition, periods[-1]) if len(periods) > 1 else None
    boxes = _boxes(plan, decomposition, breakdown, figures, periods)
    if boxes is None:
        return None
    whole, *factors = boxes
    canvas = Canvas(WIDTH, HEIGHT)
    gap = 30.0
    wide = (WIDTH - gap * (len(factors) - 1) - 4) / len(factors)
    middle = WIDTH / 2
    joint = (TOP + TALL + BELOW) / 2
    canvas.line((middle, TOP + TALL), (middle, joint), kind="soft-line")
    centres = [2 + wide / 2 + number * (wide + gap) for number in range(len(factors))]
    canvas.line((centres[0], joint), (centres[-1], joint), kind="soft-line")
    _draw_box(canvas, whole, middle, TOP, ROOT, FILLS[2], figures)
    for number, (box, x) in enumerate(zip(factors, centres, strict=True)):
        canvas.line((x, joint), (x, BELOW), kind="soft-line")
        _draw_box(canvas, box, x, BELOW, wide, FILLS[2] if box.leads else EMPTY, figures)
        if number:
            sign = x - wide / 2 - gap / 2
            canvas.text(sign, BELOW + TALL / 2, "×", anchor="middle", size=LARGE, bold=True)
    shown_periods = (periods[0], periods[-1]) if breakdown is not None else (periods[-1],)
    parts = [
        over_periods(box.courses[-len(shown_periods) :], shown_periods, figures) for box in boxes
    ]
    told = figures.words["chart.product"].format(
        whole=raised(parts[0]), factors=listed(parts[1:], figures.words)
    )
    remarks = [box for box in boxes if box.remark]
    if remarks:
        changes = [f"{box.courses[1].name} {box.remark}" for box in remarks]
        told = figures.words["chart.changes"].format(
            told=told, changes=listed(changes, figures.words)
        )
    return Drawing(canvas, told)


def _boxes(
    plan: ChartPlan,
    decomposition: Decomposition,
    breakdown: Breakdown | None,
    figures: Figures,
    periods: tuple[str, ...],
) -> list[_Box] | None:
    """Return the boxes of the whole and of its factors, in order."""
    own = {drawn.figure: drawn for drawn in plan.figures}
    names = [figures.case.base.catalogue.indicators[decomposition.of].symbol]
    names += [part.figure for part in decomposition.parts]
    remarks = [""] * len(names)
    leader = ""
    if breakdown is not None:
        change, effects = change_in_words(breakdown, figures)
        remarks = [change, *(figures.words["chart.effect"].format(effect=e) for e in effects)]
        leader = breakdown.leader.part.figure if breakdown.leader is not None else ""
    boxes = []
    for name, remark in zip(names, remarks, strict=True):
        drawn = own.get(name) or Drawn(name, None, plan.at)
        now = shown(drawn, figures, periods[-1])
        before = shown(drawn, figures, periods[0]) if breakdown is not None else None
        if now is None:
            return None
        boxes.append(_Box((before, now), remark, name == leader))
    return boxes


def _draw_box(
    canvas: Canvas, box: _Box, x: float, y: float, wide: float, fill: Fill, figures: Figures
) -> None:
    canvas.block(x - wide / 2, y, wide, TALL, fill)
    before, now = box.courses
    kind = fill.kind.replace("fill", "on")
    lines = folded(now.name, wide - 14, SMALL)
    canvas.lines(x, y + 21, lines, anchor="middle", size=SMALL, kind=kind)
    course = f"{before.written} → {now.written}" if before is not None else now.written
    canvas.text(x, y + 54, course, anchor="middle", size=LARGE, bold=True, kind=kind)
    if box.remark:
        canvas.text(
            x, y + 54 + LARGE * LEADING + 4, box.remark, anchor="middle", size=SMALL, kind=kind
        )
