"""Charts of a diagnosis, drawn from the knowledge base's plans (``knowledge/charts.yaml``)."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from diagnost.model.chart import ChartKind, ChartPlan
from diagnost.model.rule import FOUND, Leaf, Truth
from diagnost.model.text import fill, slots_of
from diagnost.pipeline import Case
from diagnost.report.chart import Chart
from diagnost.report.charts import (
    ages,
    causes,
    columns,
    course,
    cycle,
    months,
    norms,
    people,
    product,
)
from diagnost.report.charts.words import Drawing
from diagnost.report.document import NoteText, of_people
from diagnost.report.figures import Figures

__all__ = ["Chart", "charts"]

_DRAWN: Mapping[ChartKind, Callable[[ChartPlan, Figures, tuple[str, ...]], Drawing | None]] = {
    ChartKind.COURSE: course.draw,
    ChartKind.COLUMNS: columns.draw,
    ChartKind.CYCLE: cycle.draw,
    ChartKind.PRODUCT: product.draw,
    ChartKind.NORMS: norms.draw,
    ChartKind.CAUSES: causes.draw,
    ChartKind.MONTHS: months.draw,
    ChartKind.AGES: ages.draw,
    ChartKind.PEOPLE: people.draw,
}


def charts(
    case: Case, figures: Figures, period: str = "", notes: Sequence[NoteText] = ()
) -> tuple[Chart, ...]:
    """Draw what is known about a case, for the document of a period, the last if none is given.

    In the order of the knowledge base; a chart stands beside the paragraph of its ``area``.
    ``notes`` are those of the document: captions name the ones that tell of the figures drawn.
    """
    ids = [each.id for each in case.accounts.periods]
    period = period or ids[-1]
    periods = tuple(ids[: ids.index(period) + 1])
    figures = figures._replace(case=case)
    found = (_chart(plan, figures, periods, notes) for plan in case.base.charts)
    return tuple(chart for chart in found if chart is not None)


def _chart(
    plan: ChartPlan, figures: Figures, periods: tuple[str, ...], notes: Sequence[NoteText]
) -> Chart | None:
    drawing = _DRAWN[plan.kind](plan, figures, periods)
    title = _title(plan, figures, periods[-1], drawing.counts) if drawing is not None else ""
    if drawing is None or not title:
        return None
    numbers = _notes(plan, figures, periods[-1], notes)
    return Chart(
        id=plan.id,
        area=of_people(plan.people) if plan.people else plan.area,
        title=title,
        caption=_caption(numbers, figures.words),
        alternative=drawing.told,
        svg=drawing.canvas.svg(drawing.told, figures.language),
        notes=numbers,
    )


def _notes(
    plan: ChartPlan, figures: Figures, period: str, notes: Sequence[NoteText]
) -> tuple[int, ...]:
    """Return the numbers of the first notes that tell of the figures drawn."""
    catalogue = figures.case.base.catalogue
    indicators = (catalogue.indicator(name) for name in plan.drawn)
    found: set[int] = set()
    for indicator in indicators:
        if indicator is not None:
            told = (
                n.number for n in notes if any(f.of == (indicator.id, period) for f in n.figures)
            )
            found.update(islice(told, 1))
    return tuple(sorted(found))


def _caption(numbers: tuple[int, ...], words: dict[str, str]) -> str:
    if not numbers:
        return ""
    listed = words["list.comma"].join(map(str, numbers))
    return words[f"chart.caption.{'one' if len(numbers) == 1 else 'other'}"].format(list=listed)


def _title(plan: ChartPlan, figures: Figures, period: str, counts: Mapping[str, str]) -> str:
    """Return the first heading that holds and whose figures are known."""
    run = figures.case.runs[period]

    def truth(leaf: Leaf) -> Truth:
        if leaf.word == FOUND and leaf.key in figures.case.base.rules:
            return Truth.YES if run.fired(leaf.key) else Truth.NO
        return run.base.truth_of(leaf)

    for heading in plan.headings:
        if heading.when is None or heading.when.holds(truth) is Truth.YES:
            template = heading.text.in_language(figures.language)
            written = {
                slot: counts.get(slot.name) or figures.slot(slot, period)
                for slot in slots_of(template)
            }
            known = {slot: text for slot, text in written.items() if text is not None}
            if len(known) == len(written):
                return fill(template, known)
    return ""
