"""Columns of different scale (złoty beside thousands of złoty), seen from leaps of a thousand."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Amount, Period

YARDSTICKS = ("total_assets", "revenue")
_RANGES = ((500, 2_000), (500_000, 2_000_000))
_ORDINARY = 50
"""A change below this factor is large but speaks against a change of scale."""


def check_scales(
    amounts: Mapping[tuple[str, str], Amount], periods: Sequence[Period], remarks: Remarks
) -> None:
    """Report a problem where total assets or revenue leap by about 1000 or 1,000,000.

    Nothing is said where the other of the two moved by an ordinary factor: then a firm was
    founded or wound up, and the scale is the same.
    """
    for earlier, later in pairwise(periods):
        leaps: list[tuple[Amount, Amount]] = []
        ordinary = False
        for item in YARDSTICKS:
            before, after = amounts.get((item, earlier.id)), amounts.get((item, later.id))
            if before is None or after is None or before.value <= 0 or after.value <= 0:
                continue
            factor = max(before.value / after.value, after.value / before.value)
            ordinary = ordinary or factor < _ORDINARY
            if any(low <= factor <= high for low, high in _RANGES):
                leaps.append((before, after))
        if leaps and not ordinary:
            before, after = leaps[0]
            remarks.error(
                "A150",
                f"{after.item} is {before.as_written or before.value} in {earlier.id} and "
                f"{after.as_written or after.value} in {later.id}: one of the columns seems to be "
                "in another unit",
                after.at,
                "Give all columns in one unit, for example all in thousands.",
                also=before.at,
            )
