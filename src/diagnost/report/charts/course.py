"""Lines over the periods, against limits: how far ratios are from where they should be."""

from decimal import Decimal

from diagnost.model.chart import ChartPlan
from diagnost.report.charts.canvas import LEADING, SIZE, Canvas, folded, spread, width_of
from diagnost.report.charts.figure import Shown, limit, shown
from diagnost.report.charts.words import Drawing, listed, over_periods, with_limits
from diagnost.report.figures import Figures

WIDTH, HEIGHT = 640.0, 300.0
LOW = 220.0
"""The height where one period alone is known."""
SMALL = 11.0
TOP, BOTTOM = 16.0, 34.0
FAR = 2
"""A figure beyond so many times the highest limit is drawn at the edge, with an arrow."""
MOST_PERIODS = 12
DASHES = ("", "7 4", "2 4", "9 3 2 3")


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw the figures that are known in the last period; None where there are none."""
    told = [d for d in plan.figures if shown(d, figures, periods[-1]) is not None]
    limits = [found for d in plan.limits if (found := limit(d, figures, periods[-1])) is not None]
    periods = periods[-MOST_PERIODS:]
    courses = [[shown(d, figures, period) for period in periods] for d in told]
    if not courses or not limits:
        return None
    since = next(n for n, column in enumerate(zip(*courses, strict=True)) if any(column))
    periods, courses = periods[since:], [course[since:] for course in courses]
    several = len(periods) > 1
    canvas = Canvas(WIDTH, HEIGHT if several else LOW)
    rungs = _Rungs(canvas, courses, limits)
    names = [course[-1].name for course in courses if course[-1] is not None]
    right = _draw_limits(canvas, limits, rungs)
    wide = max(width_of(name) for name in names)
    labels = min(max(wide, 90.0), 170.0)
    left, right = right + 14, WIDTH - labels - 18
    first = max((width_of(c[0].written, SMALL) for c in courses if c[0]), default=0)
    start = left + first + 10 if several else (left + right) / 2
    end = right - 8 if several else start
    for rung in limits:
        canvas.line((left - 6, rungs.at(rung.value)), (right, rungs.at(rung.value)), dash="4 3")
    canvas.line((left - 6, rungs.bottom), (right, rungs.bottom), kind="ink")
    step = (end - start) / max(len(periods) - 1, 1)
    places = [start + step * number for number in range(len(periods))]
    _name_periods(canvas, periods, places, rungs.bottom)
    for shape, course in enumerate(courses):
        points = [(x, rungs.at(s.value)) for x, s in zip(places, course, strict=True) if s]
        canvas.path(points, dash=DASHES[shape % len(DASHES)])
        for x, y in points:
            canvas.mark(x, y, shape)
    _label_ends(canvas, courses, rungs, places, labels)
    if several:
        _label_starts(canvas, courses, rungs, places[0])
    return Drawing(canvas, _told(figures, courses, limits, periods))


class _Rungs:
    """The scale: what is far beyond the limits stands at the edge."""

    def __init__(
        self, canvas: Canvas, courses: list[list[Shown | None]], limits: list[Shown]
    ) -> None:
        values = [s.value for course in courses for s in course if s is not None]
        highest = max(each.value for each in limits)
        far = highest * FAR
        self.low = max(min([Decimal(0), *values]), -far)
        self.high = max(highest * Decimal("1.1"), min(max(values) * Decimal("1.05"), far))
        self.top, self.bottom = TOP, canvas.height - BOTTOM

    def at(self, value: Decimal) -> float:
        """Return the height at which a value stands."""
        kept = min(max(value, self.low), self.high)
        share = float((kept - self.low) / (self.high - self.low))
        return self.bottom - share * (self.bottom - self.top)

    def arrow(self, value: Decimal) -> str:
        """Return an arrow for a value beyond the scale."""
        return " ↑" if value > self.high else " ↓" if value < self.low else ""


def _draw_limits(canvas: Canvas, limits: list[Shown], rungs: _Rungs) -> float:
    """Write the limits at the left, each with what it is a limit of; return where they end."""
    numbers = max(width_of(each.written, SMALL, bold=True) for each in limits)
    room = 118.0
    names = [folded(each.name, room, SMALL) for each in limits]
    wide = max((width_of(line, SMALL) for lines in names for line in lines), default=0)
    right = 6 + wide + (8 if wide else 0) + numbers
    tall = [max(len(lines), 1) * SMALL * LEADING for lines in names]
    places = spread([rungs.at(each.value) for each in limits], tall, 2, rungs.bottom + 6)
    for each, lines, y in zip(limits, names, places, strict=True):
        canvas.lines(right - numbers - 8, y, lines, anchor="end", size=SMALL, kind="soft-text")
        canvas.text(right, y, each.written, anchor="end", size=SMALL, bold=True)
        canvas.line((right + 2, y), (right + 8, rungs.at(each.value)))
    return right


def _name_periods(
    canvas: Canvas, periods: tuple[str, ...], places: list[float], bottom: float
) -> None:
    """Write the periods below the axis, as many as there is room for, the last in any case."""
    edge = canvas.width
    for period, x in reversed(list(zip(periods, places, strict=True))):
        half = width_of(period, SMALL) / 2
        canvas.line((x, bottom), (x, bottom + 4), kind="ink")
        if x + half < edge:
            canvas.text(x, bottom + 16, period, anchor="middle", size=SMALL)
            edge = x - half - 8


def _label_ends(
    canvas: Canvas,
    courses: list[list[Shown | None]],
    rungs: _Rungs,
    places: list[float],
    room: float,
) -> None:
    """Write name and value of each line at its end."""
    ends = [course[-1] for course in courses]
    known = [end for end in ends if end is not None]
    texts = []
    for end in known:
        value = end.written + rungs.arrow(end.value)
        texts.append((*folded(end.name, room), value))
    tall = [(len(lines) * SIZE) * LEADING + 4 for lines in texts]
    wanted = [rungs.at(end.value) for end in known]
    for lines, at, y in zip(texts, wanted, spread(wanted, tall, 2, rungs.bottom + 14), strict=True):
        x = places[-1] + 22
        canvas.line((places[-1] + 7, at), (x - 4, y), kind="soft-line", weight=0.8)
        height = SIZE * LEADING
        first = y - (len(lines) - 1) * height / 2
        for number, line in enumerate(lines):
            canvas.text(x, first + number * height, line, bold=number == len(lines) - 1)


def _label_starts(
    canvas: Canvas, courses: list[list[Shown | None]], rungs: _Rungs, x: float
) -> None:
    """Write the first value of each line before it."""
    starts = [course[0] for course in courses if course[0] is not None]
    wanted = [rungs.at(each.value) for each in starts]
    tall = [SMALL * LEADING] * len(starts)
    for each, y in zip(starts, spread(wanted, tall, 2, rungs.bottom - 1), strict=True):
        canvas.text(x - 9, y, each.written, anchor="end", size=SMALL, clear=True)


def _told(
    figures: Figures,
    courses: list[list[Shown | None]],
    limits: list[Shown],
    periods: tuple[str, ...],
) -> str:
    words = figures.words
    parts = [over_periods(course, periods, figures) for course in courses]
    told = words["chart.course"].format(figures=listed(parts, words))
    return with_limits(told, limits, words)
