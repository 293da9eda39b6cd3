"""How firm a diagnosis is: which figures stand near a limit, and what another method would change.

A figure is near a limit that lies within ``NEAR`` of it. The distance is told in the figure's own
unit and as the smallest change of a single amount that would carry it across, and which findings
and judgements rest on the band that would be left.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diagnost.compute.relations import Relations
from diagnost.compute.slopes import NoRatioError, Ratio
from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.indicator import Band, Indicator, Norm, Reading, Unit
from diagnost.pipeline import Case

NEAR = Decimal("0.05")
"""How near a limit must be, as a share of its own size."""

NEAR_NOUGHT = {Unit.PERCENT: Decimal("0.005"), Unit.TIMES: Decimal("0.02")}
"""How near a limit of nought must be, which has no size of its own; of others one unit."""

_HALF = Fraction(1, 2)
_SPOKEN = ("summary", "body", "list")


class Amended(NamedTuple):
    """The change of one amount that would carry a figure across a limit."""

    item: str
    period: str
    by: Decimal


class Fragile(NamedTuple):
    """A figure that stands near a limit of its norm.

    ``beyond`` is the band on the other side. ``rounding`` says that amounts rounded to the unit of
    the accounts may already have carried it across. ``findings`` and ``verdicts`` are those that
    used the band.
    """

    indicator: Indicator
    reading: Reading
    norm: Norm
    band: Band
    beyond: Band
    edge: Decimal
    amended: Amended | None
    rounding: bool
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def distance(self) -> Decimal:
        """Return how far the figure is from the limit, in its own unit."""
        assert self.reading.value is not None
        return abs(self.reading.value - self.edge)


class Flip(NamedTuple):
    """A judgement that would be another by another method."""

    area: str
    before: Verdict | None
    after: Verdict | None


def fragile(case: Case, period: str) -> tuple[Fragile, ...]:
    """Return the figures near a limit on which something rests, the nearest first."""
    by_limit: dict[tuple[str, Decimal], Fragile] = {}
    for each in _near(case, period):
        if each.findings or each.verdicts:
            key = each.indicator.id, each.edge
            other = by_limit.get(key)
            by_limit[key] = each if other is None else _joined(other, each)
    return tuple(sorted(by_limit.values(), key=lambda f: (_share(f), f.indicator.id)))


def _joined(one: Fragile, other: Fragile) -> Fragile:
    """Join what two norms rest on one limit."""
    findings = {f.statement.id: f for f in (*one.findings, *other.findings)}
    verdicts = {v.area: v for v in (*one.verdicts, *other.verdicts)}
    return one._replace(findings=tuple(findings.values()), verdicts=tuple(verdicts.values()))


def flips(case: Case, other: Case, period: str) -> tuple[Flip, ...]:
    """Return the judgements that differ in a case of the same accounts by another method."""
    now, then = (
        {v.area: v for v in each.diagnosis.verdicts if v.period == period} for each in (case, other)
    )
    found = []
    for area in (a.id for a in case.base.areas):
        before, after = now.get(area), then.get(area)
        if (before and before.word.id) != (after and after.word.id):
            found.append(Flip(area, before, after))
    return tuple(found)


def _share(fragile: Fragile) -> Decimal:
    size = abs(fragile.edge) or _near_nought(fragile.indicator)
    return fragile.distance / size


def _near_nought(indicator: Indicator) -> Decimal:
    return NEAR_NOUGHT.get(indicator.unit, Decimal(1))


def _near(case: Case, period: str) -> Iterator[Fragile]:
    relations = Relations(case.accounts, case.base)
    run = case.runs[period]
    for reading in case.readings.values():
        indicator = case.base.catalogue.indicators[reading.indicator]
        if reading.period != period or reading.value is None or indicator.per:
            continue
        if not indicator.shown:
            continue  # has no place in the document: its name says nothing to the reader
        if not indicator.shown or indicator.unit is Unit.MONEY or indicator.dated:
            continue  # amounts have no limit but nought; records are counted, not rounded
        for norm in indicator.norms:
            band = norm.band_of(reading.value)
            for edge, beyond in _edges(norm, band):
                if not edge and not reading.value:
                    continue  # what is not there is not near anything
                if abs(reading.value - edge) > (abs(edge) * NEAR or _near_nought(indicator)):
                    continue
                general = norm.id == "general"
                key = indicator.id if general else f"{indicator.id}.{norm.id}"
                used = [f for f in run.firings if (key, band.id) in f.used]
                ratio = _opened(relations, indicator.id, period)
                yield Fragile(
                    indicator=indicator,
                    reading=reading,
                    norm=norm,
                    band=band,
                    beyond=beyond,
                    edge=edge,
                    amended=_amended(case, ratio, edge, period) if ratio else None,
                    rounding=ratio is not None and _rounded_across(case, ratio, edge),
                    findings=tuple(
                        f
                        for f in case.diagnosis.findings
                        if f.period == period
                        and not f.gave_way_to
                        and f.statement.place in _SPOKEN
                        and any(firing in used for firing in f.firings)
                    ),
                    verdicts=tuple(
                        v
                        for v in case.diagnosis.verdicts
                        if v.period == period and any(firing in used for firing in v.firings)
                    ),
                )


def _edges(norm: Norm, band: Band) -> Iterator[tuple[Decimal, Band]]:
    """Yield the limits of a band, each with the band beyond it."""
    index = norm.bands.index(band)
    if index and (lower := norm.bands[index - 1].edge) is not None:
        yield lower, norm.bands[index - 1]
    if band.edge is not None:
        yield band.edge, norm.bands[index + 1]


def _opened(relations: Relations, indicator: str, period: str) -> Ratio | None:
    try:
        return relations.figure(indicator, period)
    except NoRatioError:
        return None


def _amended(case: Case, ratio: Ratio, edge: Decimal, period: str) -> Amended | None:
    """Return the smallest change of one amount of the period that reaches a limit."""
    found: list[tuple[Fraction, Decimal, Amended]] = []
    limit = Fraction(edge)
    gap = limit * ratio.under.value - ratio.over.value
    for cell in {*ratio.over.by_cell, *ratio.under.by_cell}:
        item, at, _ = cell
        slope = ratio.over.by_cell.get(cell, Fraction(0))
        slope -= limit * ratio.under.by_cell.get(cell, Fraction(0))
        if at != period or not slope or not gap or item not in case.base.catalogue.line_items:
            continue
        by = gap / slope
        amended = Amended(item, at, Decimal(by.numerator) / Decimal(by.denominator))
        amount = case.accounts.amounts.get((item, at))
        found.append((abs(by), -amount.value if amount else Decimal(0), amended))
    # Of amounts that would have to change by as much, the largest can do so most easily.
    return min(found, key=lambda f: (f[0], f[1], f[2].item))[2] if found else None


def _rounded_across(case: Case, ratio: Ratio, edge: Decimal) -> bool:
    """Say whether half a unit more or less in every amount could carry the figure across.

    An indicator that is given is no amount: how it was rounded is not known.
    """
    limit = Fraction(edge)
    gap = abs(ratio.over.value - limit * ratio.under.value)
    items = case.base.catalogue.line_items
    cells = {cell for cell in (*ratio.over.by_cell, *ratio.under.by_cell) if cell[0] in items}
    zero = Fraction(0)
    reach = sum(
        (
            abs(ratio.over.by_cell.get(c, zero) - limit * ratio.under.by_cell.get(c, zero)) * _HALF
            for c in cells
        ),
        zero,
    )
    return gap <= reach
