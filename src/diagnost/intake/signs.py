"""Costs filed negative, and amounts that cannot be negative but are."""

from collections.abc import Mapping
from itertools import groupby

from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Amount, Origin
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At

Amounts = Mapping[tuple[str, str], Amount]

NOT_COSTS = frozenset({"revenue"})
"""Items of the income statement that are never a cost: negative, they are corrections."""


def settle_signs(
    amounts: Amounts, catalogue: Catalogue, file: str, remarks: Remarks
) -> dict[tuple[str, str], Amount]:
    """Turn costs that a file shows negative into positive ones, and tell which.

    An item is turned only if all its amounts that are not nil are negative: that is a habit of
    writing. A single negative amount among positive ones, and any negative asset or debt, stays
    as it is and is told (``negative_amount``).
    """
    flipped: list[str] = []
    for item, group in groupby(amounts.values(), key=lambda amount: amount.item):
        filed = list(group)
        line = catalogue.line_items[item]
        negative = [amount for amount in filed if amount.value < 0]
        if line.signed or not negative:
            continue
        if (
            line.statement != "balance_sheet"
            and item not in NOT_COSTS
            and all(amount.value <= 0 for amount in filed)
        ):
            flipped.append(item)
            continue
        for amount in negative:
            remarks.note(
                "negative_amount",
                amount.at,
                item=item,
                period=amount.period,
                value=amount.as_written or str(amount.value),
            )
    if _tax_filed_as_cost(amounts):
        flipped.append("income_tax")
    if flipped:
        remarks.note("flipped", At(file), items=", ".join(flipped))
    return {
        key: _turned(amount) if amount.item in flipped and amount.value else amount
        for key, amount in amounts.items()
    }


def _turned(amount: Amount) -> Amount:
    return amount._replace(
        value=-amount.value,
        origin=Origin.FLIPPED,
        parts=tuple(part._replace(value=-part.value) for part in amount.parts),
    )


def _tax_filed_as_cost(amounts: Amounts) -> bool:
    """Say whether net profit is profit before tax *plus* the tax, wherever all are known."""
    proved = False
    for (item, period), tax in amounts.items():
        if item != "income_tax" or not tax.value:
            continue
        before = amounts.get(("profit_before_tax", period))
        after = amounts.get(("net_profit", period))
        if before is not None and after is not None:
            if before.value + tax.value != after.value:
                return False
            proved = True
    return proved
