"""Readings on the bands of their norms: what stands where it should, and what does not.

Every band is drawn equally wide, whatever its edges: so figures in days, percents and multiples can
be read in one glance. Within a band a reading stands in proportion.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.chart import ChartPlan
from diagnost.model.indicator import Band, Indicator, Norm, Polarity, Unit
from diagnost.report.appendix import table_name
from diagnost.report.charts.canvas import FILLS, Canvas, folded, width_of
from diagnost.report.charts.figure import value_of
from diagnost.report.charts.words import Drawing, listed
from diagnost.report.figures import Figures

WIDTH = 640.0
SMALL, TINY = 11.0, 9.5
NAME, VALUE, ROW, BAR, LEGEND = 196.0, 92.0, 34.0, 13.0, 30.0
MOST = 12
"""Of so many figures at most a chart is made: the favourable ones are left out first."""
FEWEST = 3
"""A chart of fewer figures says no more than the text."""
_ORDER = (Polarity.IMPOSSIBLE, Polarity.BAD, Polarity.WATCH, Polarity.GOOD)
FILL_OF = {
    Polarity.IMPOSSIBLE: FILLS[1],
    Polarity.BAD: FILLS[1],
    Polarity.WATCH: FILLS[2],
    Polarity.INFO: FILLS[3],
    Polarity.GOOD: FILLS[5],
}
"""How good and bad news is filled."""


_FORMS = {Unit.DAYS: "number", Unit.MONEY: "amount"}
"""How edges are written, as in the table of indicators."""


class _Row(NamedTuple):
    """An indicator with its norm and where its reading lies."""

    indicator: Indicator
    norm: Norm
    value: Decimal
    band: Band

    @property
    def stretches(self) -> list[tuple[Band, Decimal | None, Decimal | None]]:
        """Return the bands with their lower and upper edges, but those that are a single point."""
        edges = [None, *(band.edge for band in self.norm.bands)]
        found = zip(self.norm.bands, edges, edges[1:], strict=False)
        return [(band, low, high) for band, low, high in found if low is None or low != high]

    @property
    def place(self) -> float:
        """Return where the reading stands, in bands from the left.

        A band without end is taken to be as long as the edges are apart, or as the reading is large
        where there is but one edge; what is beyond stands at its end.
        """
        edges = [band.edge for band in self.norm.bands if band.edge is not None]
        reach = (max(edges) - min(edges) if edges else 0) or 2 * abs(self.value) or Decimal(1)
        for number, (band, low, high) in enumerate(self.stretches):
            if high is not None and self.value >= high and band is not self.band:
                continue
            lower = low if low is not None else (high or Decimal(0)) - reach
            upper = high if high is not None else lower + reach
            share = float((self.value - lower) / (upper - lower))
            return number + min(max(share, 0.04), 0.96)
        return float(len(self.stretches))

    def written(self, figures: Figures) -> str:
        """Write the reading; amounts without their unit, as in the table of indicators."""
        form = "amount" if self.indicator.unit is Unit.MONEY else ""
        return figures.reading(self.indicator, self.value, form)


def draw(plan: ChartPlan, figures: Figures, periods: tuple[str, ...]) -> Drawing | None:
    """Draw what a side’s figures are judged by, the worst first; None where there are few."""
    judged = _rows(plan, figures, periods[-1])
    if len(judged) < FEWEST:
        return None
    rows = judged[:MOST]
    foot = 24 if len(judged) > len(rows) else 4
    canvas = Canvas(WIDTH, LEGEND + ROW * len(rows) + foot)
    legend(canvas, {band.polarity for row in rows for band in row.norm.bands}, NAME, figures)
    told = []
    for number, row in enumerate(rows):
        y = LEGEND + ROW * number
        _draw_row(canvas, row, y, figures)
        words = figures.words
        told.append(
            words["chart.judged"].format(
                name=row.indicator.name.in_language(figures.language),
                value=row.written(figures),
                judgement=words[f"polarity.{row.band.polarity}"],
            )
        )
    bad = sum(row.band.polarity in (Polarity.BAD, Polarity.IMPOSSIBLE) for row in judged)
    text = figures.words["chart.norms"].format(figures=listed(told, figures.words))
    if len(judged) > len(rows):
        more = figures.words["chart.more"].format(n=len(judged) - len(rows))
        text += figures.words["list.space"] + more
        canvas.text(NAME, canvas.height - 10, more, size=SMALL, kind="soft-text")
    return Drawing(canvas, text, counts={"bad": str(bad), "all": str(len(judged))})


def _rows(plan: ChartPlan, figures: Figures, period: str) -> list[_Row]:
    """Return the figures of a side that are judged good or bad, the worst first."""
    case = figures.case
    areas = [area.id for area in case.base.areas]
    rows = []
    for indicator in case.base.catalogue.indicators.values():
        side, area, *_ = (*indicator.id.split("."), "")
        if not indicator.shown or indicator.per or side != plan.side or area not in areas:
            continue
        value, norm = value_of(indicator, figures, period), indicator.general
        if value is not None and norm is not None and case.looks_at(indicator.id):
            band = norm.band_of(value)
            if band.polarity in _ORDER:
                rows.append(_Row(indicator, norm, value, band))
    return sorted(
        rows,
        key=lambda r: (_ORDER.index(r.band.polarity), areas.index(r.indicator.id.split(".")[1])),
    )


def legend(canvas: Canvas, seen: Collection[Polarity], x: float, figures: Figures) -> None:
    """Write what the surfaces stand for, those that are seen, from ``x`` on."""
    for polarity in (Polarity.BAD, Polarity.WATCH, Polarity.INFO, Polarity.GOOD):
        if polarity in seen:
            name = figures.words[f"polarity.{polarity}"]
            canvas.block(x, 4, 14, 12, FILL_OF[polarity])
            canvas.text(x + 20, 10, name, size=SMALL)
            x += width_of(name, SMALL) + 34


def _draw_row(canvas: Canvas, row: _Row, y: float, figures: Figures) -> None:
    top = y + 5
    middle = top + BAR / 2
    lines = folded(table_name(row.indicator, figures), NAME - 12, SMALL)
    canvas.lines(NAME - 10, middle + 1, lines, anchor="end", size=SMALL)
    stretches = row.stretches
    wide = (WIDTH - NAME - VALUE) / len(stretches)
    free = 0.0
    unit = row.indicator.unit
    for number, (band, _, upper) in enumerate(stretches):
        x = NAME + wide * number
        canvas.block(x, top, wide, BAR, FILL_OF[band.polarity])
        if upper is None:
            continue
        text = figures.write_limit(upper, unit, _FORMS.get(unit, "")) + "*" * band.assumed
        half = width_of(text, TINY) / 2
        if x + wide - half > free:
            canvas.text(x + wide, top + BAR + 8, text, anchor="middle", size=TINY, kind="soft-text")
            free = x + wide + half + 4
    canvas.marker(NAME + wide * row.place, top - 5, BAR + 7)
    canvas.text(WIDTH - VALUE + 10, middle, row.written(figures), size=SMALL, bold=True)
