"""On which side of nothing a missing amount lies, by a ratio that is given.

A net margin of 1% says that there is a profit, though neither profit nor sales are given.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from diagnost.compute.readings import ReadingsOnDemand
from diagnost.model.accounts import Accounts, Amount
from diagnost.model.located import At
from diagnost.pipeline import Case

_SIZES = (Decimal("0.001"), Decimal(1), Decimal(1000))
"""The sizes, beside the amount itself, at which the other missing amount is tried."""


def sign_fits(case: Case, period: str, item: str, accounts: Accounts) -> bool:
    """Say whether an amount that is tried leaves each given ratio on its side of nothing.

    Only ratios of the item to one other missing amount, which cannot be negative, decide, and only
    where the side hangs on the item alone.
    """
    value = accounts.amounts[item, period].value
    if not value:
        return True
    for id_, other in _ratios(case, period, item, accounts):
        known = case.readings[id_, period].value
        sides = {
            _side(case, with_other, period, id_)
            for size in _SIZES
            for with_other in [_given(accounts, other, period, abs(value) * size)]
        }
        if known and len(sides) == 1 and sides.isdisjoint((known > 0, None)):
            return False
    return True


def _ratios(case: Case, period: str, item: str, accounts: Accounts) -> Iterator[tuple[str, str]]:
    """Yield the given indicators made of the item and one other amount that is not known."""
    catalogue = case.base.catalogue
    for id_, indicator in catalogue.indicators.items():
        names = {name.name for name in indicator.formula.names}
        others = names - {item}
        if item not in names or len(others) != 1 or not indicator.shown:
            continue
        (other,) = others
        line = catalogue.line_items.get(other)
        reading = case.readings.get((id_, period))
        if line is None or line.signed or (other, period) in accounts.amounts:
            continue
        if reading is not None and reading.value is not None:
            yield id_, other


def _given(accounts: Accounts, item: str, period: str, value: Decimal) -> Accounts:
    amount = Amount(item, period, value, At(accounts.file))
    return replace(accounts, amounts={**accounts.amounts, (item, period): amount})


def _side(case: Case, accounts: Accounts, period: str, id_: str) -> bool | None:
    """Say whether a figure is above nothing; None where it is nothing or not known."""
    value = ReadingsOnDemand(accounts, case.base.catalogue, case.benchmarks)[id_, period].value
    return value > 0 if value else None
