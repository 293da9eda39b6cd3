"""How firm a diagnosis is: which figures stand near a limit.

How near is near stands in ``knowledge/trends.yaml``. The distance is told in the figure's own
unit and as the smallest change of a single amount that would carry it across, and which findings
and judgements rest on the band that would be left.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diagnost.compute.relations import Relations
from diagnost.compute.slopes import NoRatioError, Ratio
from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.indicator import Band, Indicator, Norm, Reading, Unit
from diagnost.pipeline import Case

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
    the accounts may already have carried it across; ``unrounded`` are the changes of amounts that
    would then undo it. ``findings`` and ``verdicts`` are those that used the band.
    """

    indicator: Indicator
    reading: Reading
    norm: Norm
    band: Band
    beyond: Band
    edge: Decimal
    amended: Amended | None
    rounding: bool
    unrounded: Mapping[tuple[str, str], Decimal]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def distance(self) -> Decimal:
        """Return how far the figure is from the limit, in its own unit."""
        assert self.reading.value is not None
        return abs(self.reading.value - self.edge)


def fragile(case: Case, period: str) -> tuple[Fragile, ...]:
    """Return the figures near a limit on which something rests, the nearest first."""
    by_limit: dict[tuple[str, Decimal], Fragile] = {}
    for each in _near(case, period):
        if each.findings or each.verdicts:
            key = each.indicator.id, each.edge
            other = by_limit.get(key)
            by_limit[key] = each if other is None else _joined(other, each)
    near = case.base.catalogue.near
    return tuple(
        sorted(
            by_limit.values(),
            key=lambda f: (f.distance / near.size(f.edge, f.indicator.unit), f.indicator.id),
        )
    )


def _joined(one: Fragile, other: Fragile) -> Fragile:
    """Join what two norms rest on one limit."""
    findings = {f.statement.id: f for f in (*one.findings, *other.findings)}
    verdicts = {v.area: v for v in (*one.verdicts, *other.verdicts)}
    return one._replace(findings=tuple(findings.values()), verdicts=tuple(verdicts.values()))


def _near(case: Case, period: str) -> Iterator[Fragile]:
    relations = Relations(case.accounts, case.base)
    run = case.runs[period]
    for reading in case.readings.values():
        indicator = case.base.catalogue.indicators[reading.indicator]
        if reading.period != period or reading.value is None or indicator.per:
            continue
        if not indicator.shown:
            continue  # has no place in the document: its name says nothing to the reader
        if indicator.unit is Unit.MONEY or indicator.dated:
            continue  # amounts have no limit but nought; records are counted, not rounded
        for norm in indicator.norms:
            band = norm.band_of(reading.value)
            for edge, beyond in _edges(norm, band):
                if not edge and not reading.value:
                    continue  # what is not there is not near anything
                distance = abs(reading.value - edge)
                if not case.base.catalogue.near.holds(distance, edge, indicator.unit):
                    continue
                general = norm.id == "general"
                key = indicator.id if general else f"{indicator.id}.{norm.id}"
                used = [f for f in run.firings if (key, band.id) in f.used]
                ratio = _opened(relations, indicator.id, period)
                unrounded = _unrounded(case, ratio, edge) if ratio else {}
                yield Fragile(
                    indicator=indicator,
                    reading=reading,
                    norm=norm,
                    band=band,
                    beyond=beyond,
                    edge=edge,
                    amended=_amended(case, ratio, edge, period) if ratio else None,
                    rounding=bool(unrounded),
                    unrounded=unrounded,
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


def _unrounded(case: Case, ratio: Ratio, edge: Decimal) -> dict[tuple[str, str], Decimal]:
    """Return half a unit more or less of every amount, if that could carry a figure across a limit.

    An indicator that is given is no amount: how it was rounded is not known. {} where all amounts
    together do not reach the limit.
    """
    limit, zero = Fraction(edge), Fraction(0)
    gap = limit * ratio.under.value - ratio.over.value
    items = case.base.catalogue.line_items
    moved: dict[tuple[str, str], Decimal] = {}
    reach = zero
    for cell in {*ratio.over.by_cell, *ratio.under.by_cell}:
        slope = ratio.over.by_cell.get(cell, zero) - limit * ratio.under.by_cell.get(cell, zero)
        if cell[0] not in items or not slope:
            continue
        reach += abs(slope) * _HALF
        half = Decimal(_HALF.numerator) / Decimal(_HALF.denominator)
        moved[cell[0], cell[1]] = half if (slope > 0) is (gap >= 0) else -half
    return moved if abs(gap) <= reach else {}
