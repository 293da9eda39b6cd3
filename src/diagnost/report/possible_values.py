"""Which values a line item that is not given may have: what the other figures leave open.

It cannot be negative, nor more than its sum leaves, and what is known in other words already (a
ratio that is given, sales told in an answer) stays as it is known. Between the points at which some
figure crosses a limit of its norm nothing changes, so one value in each stretch stands for all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from diagnost.compute.derived import complete
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.compute.relations import Relations
from diagnost.compute.slopes import NoRatioError, Ratio
from diagnost.model.accounts import Accounts, Amount
from diagnost.model.located import At
from diagnost.pipeline import Case
from diagnost.report.known_signs import sign_fits

FAR = 1000
"""How many times the largest amount a figure is tried at that nothing bounds."""

_ALIKE = Decimal("0.01")
"""By what share a figure may move from what is known of it: that is rounded, as a rule."""


def limits(case: Case, period: str, item: str) -> tuple[Decimal | None, Decimal | None]:
    """Return between which amounts a missing line item must lie; None where nothing bounds it."""
    catalogue = case.base.catalogue
    amounts = case.accounts.amounts
    signed = catalogue.line_items[item].signed
    least: Decimal | None = None if signed else Decimal(0)
    most: Decimal | None = None
    for identity in catalogue.identities:
        parts = [amounts.get((part, period)) for part in identity.parts if part != item]
        known = sum((part.value for part in parts if part is not None), Decimal(0))
        bounded = not any(catalogue.line_items[part].signed for part in identity.parts)
        total = amounts.get((identity.total, period))
        if item in identity.parts and total is not None and bounded:
            most = _lower(most, total.value - known)
        if item == identity.total and bounded:
            least = max(known, least or Decimal(0))
    for whole, parts_of in catalogue.flows.within.items():
        held = amounts.get((whole, period))
        if item in parts_of and held is not None:
            most = _lower(most, held.value)
        if item == whole:
            inner = (amounts.get((part, period)) for part in parts_of)
            least = max(sum((a.value for a in inner if a), Decimal(0)), least or Decimal(0))
    return least, most


def _lower(one: Decimal | None, other: Decimal) -> Decimal:
    other = max(other, Decimal(0))
    return other if one is None else min(one, other)


def possible(case: Case, period: str, item: str) -> list[Accounts]:
    """Return the accounts with one value from every stretch in which nothing changes, and the ends.

    None where the other amounts leave no room, or where none agrees with what is known already.
    """
    least, most = limits(case, period, item)
    if least is not None and most is not None and least > most:
        return []  # amounts that contradict each other: no value would tell anything
    largest = largest_amount(case)
    low = -largest * FAR if least is None else least
    high = largest * FAR if most is None else most
    edges = [with_amount(case, period, item, value) for value in (low, (low + high) / 2, high)]
    known = _known(case, period, edges)
    if not known:
        points = sorted({low, high, *_crossings(case, period, item, low, high)})
        middles = [(a + b) / 2 for a, b in pairwise(points)]
        values = sorted({*points, *middles})
        tried = [with_amount(case, period, item, value) for value in values]
        return [each for each in tried if sign_fits(case, period, item, each)]
    told = {v for v in _where_known(case, period, item, known) if _between(v, least, most)}
    tried = [with_amount(case, period, item, value) for value in sorted(told)]
    agreeing = (each for each in tried if _agrees(case, period, each, known))
    return [each for each in agreeing if sign_fits(case, period, item, each)]


def _known(case: Case, period: str, tried: list[Accounts]) -> dict[str, Decimal]:
    """Return the figures that are known without the item and would be others with some value."""
    catalogue = case.base.catalogue
    found: dict[str, Decimal] = {}
    for accounts in tried:
        readings = ReadingsOnDemand(accounts, catalogue, case.benchmarks)
        for (id_, of), reading in case.readings.items():
            if of != period or reading.value is None or id_ in found:
                continue
            if catalogue.indicators[id_].per or not catalogue.indicators[id_].shown:
                continue  # what only serves texts may well move
            value = readings[id_, period].value
            if value is not None and not _alike(value, reading.value):
                found[id_] = reading.value
    return found


def _alike(value: Decimal, known: Decimal) -> bool:
    return abs(value - known) <= abs(known) * _ALIKE


def _agrees(case: Case, period: str, accounts: Accounts, known: Mapping[str, Decimal]) -> bool:
    """Say whether what is known stays as it is known."""
    readings = ReadingsOnDemand(accounts, case.base.catalogue, case.benchmarks)
    values = ((readings[id_, period].value, value) for id_, value in known.items())
    return all(now is None or _alike(now, then) for now, then in values)


def _between(value: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _where_known(
    case: Case, period: str, item: str, known: Mapping[str, Decimal]
) -> Iterator[Decimal]:
    """Yield the values of an item at which a figure is what is known of it."""
    start = largest_amount(case)
    relations = Relations(with_amount(case, period, item, start), case.base)
    for id_, value in known.items():
        try:
            ratio = relations.figure(id_, period)
        except NoRatioError:
            continue
        yield from _where(ratio, item, period, start, Fraction(value))


def _where(
    ratio: Ratio, item: str, period: str, start: Decimal, limit: Fraction
) -> Iterator[Decimal]:
    """Yield the values of an item, which is at ``start``, at which a figure is at a limit."""
    zero = Fraction(0)
    for cell in (*ratio.over.by_cell, *ratio.under.by_cell):
        if cell[:2] != (item, period):
            continue
        over = ratio.over.by_cell.get(cell, zero)
        slope = over - limit * ratio.under.by_cell.get(cell, zero)
        if slope:
            x = Fraction(start) + (limit * ratio.under.value - ratio.over.value) / slope
            yield Decimal(x.numerator) / Decimal(x.denominator)


def largest_amount(case: Case) -> Decimal:
    """Return the largest amount of the accounts, in their unit; 1 where there is none."""
    return max((abs(a.value) for a in case.accounts.amounts.values()), default=Decimal(1))


def with_amount(case: Case, period: str, item: str, value: Decimal) -> Accounts:
    """Return the accounts with a line item that is not given, and what follows from it."""
    amount = Amount(item, period, value, At(case.accounts.file))
    amounts = {**case.accounts.amounts, (item, period): amount}
    return complete(replace(case.accounts, amounts=amounts), case.base.catalogue)


def _crossings(
    case: Case, period: str, item: str, low: Decimal, high: Decimal
) -> Iterator[Decimal]:
    """Yield the values of an item at which some figure crosses a limit of a norm."""
    start = (low + high) / 2
    relations = Relations(with_amount(case, period, item, start), case.base)
    for indicator in case.base.catalogue.indicators.values():
        if indicator.per or indicator.dated or not indicator.norms:
            continue
        try:
            ratio = relations.figure(indicator.id, period)
        except NoRatioError:
            continue
        bands = (band for norm in indicator.norms for band in norm.bands)
        for edge in {Fraction(band.edge) for band in bands if band.edge is not None}:
            for value in _where(ratio, item, period, start, edge):
                if low < value < high:
                    yield value
