"""Numbers and amounts as JSON has them."""

from typing import Any

from diagnost.model.accounts import Amount
from diagnost.model.json_numbers import plain


def amount_data(amount: Amount) -> dict[str, Any]:
    """Return an amount in units of the accounts, with its place if it was given."""
    return {
        "item": amount.item,
        "period": amount.period,
        "value": plain(amount.value),
        "origin": amount.origin.value,
        "where": str(amount.at) if not amount.parts else None,
    }
