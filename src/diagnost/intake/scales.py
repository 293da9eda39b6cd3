"""Columns of different scale (złoty beside thousands of złoty), seen from leaps of a thousand."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Amount, Period

YARDSTICKS = ("total_assets", "revenue")
_RANGES = ((500, 2_000), (500_000, 2_000_000))
_ORDINARY = 50
"""A change below this factor is large but speaks against a change of scale."""

Amounts = Mapping[tuple[str, str], Amount]


class _Leap(NamedTuple):
    """A leap of a yardstick between the column ``position`` and the next one."""

    position: int
    before: Amount
    after: Amount

    @property
    def rises(self) -> bool:
        return self.before.value < self.after.value


def check_scales(amounts: Amounts, periods: Sequence[Period], remarks: Remarks) -> None:
    """Report a problem where total assets or revenue leap by about 1000 or 1,000,000.

    Nothing is said where the other of the two, or most other amounts, moved by an ordinary factor:
    then a firm was founded or wound up, or a single figure is wrong, and the scale is the same. The
    column is named where the columns beside it agree.
    """
    ids = [period.id for period in periods]
    leaps = {
        index: leap
        for index, (earlier, later) in enumerate(pairwise(ids))
        if (leap := _leap(amounts, index, earlier, later)) is not None
    }
    told: set[str] = set()
    for leap in leaps.values():
        odd = _odd(leap.position, leaps, ids)
        if odd in told:
            continue
        told.add(odd)
        before, after = leap.before, leap.after
        guilty = f"the column {odd}" if odd else "one of the columns"
        first = odd == before.period
        remarks.error(
            "A150",
            f"{after.item} is {before.as_written or before.value} in {before.period} and "
            f"{after.as_written or after.value} in {after.period}: {guilty} seems to be in "
            "another unit",
            before.at if first else after.at,
            "Give all columns in one unit, for example all in thousands.",
            also=after.at if first else before.at,
        )


def _leap(amounts: Amounts, index: int, earlier: str, later: str) -> _Leap | None:
    found: list[_Leap] = []
    for item in YARDSTICKS:
        before, after = amounts.get((item, earlier)), amounts.get((item, later))
        factor = _factor(before, after)
        if before is None or after is None or factor is None:
            continue
        if factor < _ORDINARY:
            return None
        if any(low <= factor <= high for low, high in _RANGES):
            found.append(_Leap(index, before, after))
    if not found or _mostly_ordinary(amounts, earlier, later):
        return None
    return found[0]


def _mostly_ordinary(amounts: Amounts, earlier: str, later: str) -> bool:
    """Say whether most amounts other than the yardsticks moved by an ordinary factor."""
    items = {item for item, _ in amounts} - set(YARDSTICKS)
    factors = [
        factor
        for item in items
        if (factor := _factor(amounts.get((item, earlier)), amounts.get((item, later))))
    ]
    return sum(factor < _ORDINARY for factor in factors) * 2 > len(factors)


def _factor(before: Amount | None, after: Amount | None) -> float | None:
    """Return by how much the larger exceeds the smaller; None where that says nothing."""
    if before is None or after is None or before.value <= 0 or after.value <= 0:
        return None
    return float(max(before.value / after.value, after.value / before.value))


def _odd(index: int, leaps: Mapping[int, _Leap], ids: Sequence[str]) -> str:
    """Return the column that disagrees with those beside it, '' where that cannot be told.

    Two leaps in a row that undo each other enclose it; at an end of the table, one leap does where
    the columns on the other side agree.
    """
    for middle in (index + 1, index):
        to, away = leaps.get(middle - 1), leaps.get(middle)
        if to is not None and away is not None and to.rises is not away.rises:
            return ids[middle]
    last = len(ids) - 1
    if index == 0 and last > 1:
        return ids[0]
    return ids[last] if index + 1 == last and last > 1 else ""
