"""Numbers and amounts as JSON has them."""

from decimal import Decimal
from typing import Any

from diagnost.model.accounts import Amount


def plain(value: Decimal | None) -> int | float | None:
    """Return a JSON number: an integer where it is one, else at most twelve digits."""
    if value is None:
        return None
    if value == value.to_integral_value() and abs(value) < 10**15:
        return int(value)
    return float(f"{value:.12g}")


def amount_data(amount: Amount) -> dict[str, Any]:
    """Return an amount in units of the accounts, with its place if it was given."""
    return {
        "item": amount.item,
        "period": amount.period,
        "value": plain(amount.value),
        "origin": amount.origin.value,
        "where": str(amount.at) if not amount.parts else None,
    }
