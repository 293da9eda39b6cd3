"""Numbers as JSON has them."""

from decimal import Decimal
from typing import overload

WHOLE = 10**15
"""From here on whole numbers lose digits where JSON is read into binary numbers."""


@overload
def plain(value: Decimal, digits: int = 12) -> int | float: ...
@overload
def plain(value: Decimal | None, digits: int = 12) -> int | float | None: ...


def plain(value: Decimal | None, digits: int = 12) -> int | float | None:
    """Return a JSON number: an integer where it is one, else with at most so many digits."""
    if value is None:
        return None
    if value == value.to_integral_value() and abs(value) < WHOLE:
        return int(value)
    return float(f"{value:.{digits}g}")
