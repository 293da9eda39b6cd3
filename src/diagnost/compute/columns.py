"""Whole columns in another unit: thousands beside units, as leaps between periods show them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from diagnost.compute.relations import Relation
from diagnost.compute.slopes import CellKey
from diagnost.compute.trial import Trial
from diagnost.model.accounts import Accounts, Amount, GivenReading
from diagnost.model.suspicion import Check, Slip, Suspect, SuspectSet

FACTORS = (1_000, 10_000, 1_000_000)
"""By which a whole column is given in another unit: thousands, ten thousands, millions."""

_ORDINARY = 50
"""A change between periods below this factor says nothing of units."""


def columns_in_another_unit(
    group: Sequence[Relation],
    sources: Mapping[CellKey, Amount | GivenReading],
    accounts: Accounts,
    trial: Trial,
) -> Iterator[SuspectSet]:
    """Yield the columns of which each, in another unit, would explain a group of contradictions.

    Only leaps between periods are explained so, and only where most amounts of the column leap.
    """
    checks = {relation.check for relation in group if relation.check is not None}
    leaps = [r for r in group if r.over_periods and r.check is not None]
    if not leaps or {relation.check for relation in leaps} != checks:
        return
    reached = {period for relation in leaps for _, period, _ in relation.cells}
    for period in accounts.periods:
        money = {
            cell: source.value
            for cell, source in sources.items()
            if cell[1] == period.id and isinstance(source, Amount) and source.value
        }
        if period.id not in reached or len(money) < 2:
            continue
        times = _times(money, period.id, accounts, trial, checks)
        if times is not None:
            factor = str(max(times, 1 / times).to_integral_value())
            yield SuspectSet(
                (
                    Suspect(
                        "", period.id, period.at, Decimal(1), times,
                        slip=Slip.COLUMN_UNIT, detail=factor,
                    ),
                )
            )  # fmt: skip


def _times(
    money: Mapping[CellKey, Decimal],
    period: str,
    accounts: Accounts,
    trial: Trial,
    checks: Collection[Check],
) -> Decimal | None:
    """Return what the amounts of a column would have to be multiplied by, if that helps."""
    for factor in FACTORS:
        for times in (Decimal(factor), 1 / Decimal(factor)):
            changes = {cell: value * times for cell, value in money.items()}
            if _comes_near(period, times, accounts) and trial.settles(changes, checks):
                return times
    return None


def _comes_near(period: str, times: Decimal, accounts: Accounts) -> bool:
    """Say whether most amounts of a column would come near those beside it."""
    ids = [p.id for p in accounts.periods]
    index = ids.index(period)
    beside = [ids[i] for i in (index - 1, index + 1) if 0 <= i < len(ids)]
    near = total = 0
    for (item, at), amount in accounts.amounts.items():
        if at != period or amount.value <= 0:
            continue
        for other in beside:
            known = accounts.amounts.get((item, other))
            if known is not None and known.value > 0:
                total += 1
                ratio = amount.value * times / known.value
                near += max(ratio, 1 / ratio) < _ORDINARY
    return near * 2 > total
