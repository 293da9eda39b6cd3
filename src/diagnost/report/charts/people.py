"""One figure of everybody in a table, from the highest down."""

from diagnost.model.chart import ChartPlan
from diagnost.report.charts.bars import Bar, Line, draw_bars
from diagnost.report.charts.figure import limit, value_of
from diagnost.report.charts.norms import FILL_OF, legend
from diagnost.report.charts.words import Drawing, listed, with_limits
from diagnost.report.figures import Figures

FEWEST, MOST = 3, 30


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw everybody; None where few have the figure, or more than a page has room for."""
    catalogue = figures.case.base.catalogue
    indicator = catalogue.indicator(plan.figures[0].figure)
    if indicator is None or indicator.general is None:
        return None
    found = [
        (value, each.subject.name)
        for each in figures.case.subjects
        if each.subject is not None and each.subject.table == plan.people
        if (value := value_of(indicator, figures._replace(case=each), periods[-1])) is not None
    ]
    if not FEWEST <= len(found) <= MOST or min(found)[0] < 0:
        return None
    found.sort(key=lambda each: (-each[0], each[1]))
    polarities = [indicator.general.band_of(value).polarity for value, _ in found]
    written = [figures.reading(indicator, value) for value, _ in found]
    bars = [
        Bar(name, value, "", FILL_OF[polarity], text)
        for (value, name), text, polarity in zip(found, written, polarities, strict=True)
    ]
    words = figures.words
    lines = [each for one in plan.limits if (each := limit(one, figures, periods[-1]))]
    labels = [words["chart.limit"].format(name=line.name, value=line.written) for line in lines]
    across = [Line(line.value, label) for line, label in zip(lines, labels, strict=True)]
    canvas = draw_bars(bars, across)
    legend(canvas, set(polarities), 6, figures)
    parts = [f"{bar.name}{words['list.colon']}{bar.beside}" for bar in bars]
    name = (plan.figures[0].name or indicator.name).in_language(figures.language)
    told = words["chart.people"].format(figure=name, list=listed(parts, words))
    counts = {"low": written[-1], "high": written[0]}
    return Drawing(canvas, with_limits(told, lines, words), counts=counts)
