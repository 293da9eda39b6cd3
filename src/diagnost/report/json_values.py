"""Numbers and amounts as JSON has them."""

from typing import Any

from diagnost.model.accounts import Amount
from diagnost.model.json_numbers import plain
from diagnost.model.knowledge import KnowledgeBase


def amount_data(amount: Amount) -> dict[str, Any]:
    """Return an amount in units of the accounts, with its place if it was given."""
    return {
        "item": amount.item,
        "period": amount.period,
        "value": plain(amount.value),
        "origin": amount.origin.value,
        "where": str(amount.at) if not amount.parts else None,
    }


def packs_data(base: KnowledgeBase) -> dict[str, Any]:
    """Return the packs that were laid over the knowledge; no key where there are none."""
    packs = [{"id": use.manifest.id, "version": use.manifest.version} for use in base.packs]
    return {"packs": packs} if packs else {}
