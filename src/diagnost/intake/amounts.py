"""Rows that name the same line item → one amount for each item and period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.draft import LESS, MORE, PART, WHOLE, Entry
from diagnost.intake.filing import Filed, Numbers
from diagnost.intake.labels import LINE, key_of
from diagnost.intake.numbers import says_nil
from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Amount, Origin


class _Claim(NamedTuple):
    """A row that says how much an item is in a period."""

    entry: Entry
    amount: Amount

    @property
    def standing(self) -> tuple[bool, int]:
        """Return how good the claim is, best first: a name goes before a synonym."""
        return self.entry.weak, self.entry.match.rank


def settle_amounts(
    entries: Iterable[Entry], ids: Sequence[str], numbers: Numbers, remarks: Remarks
) -> dict[tuple[str, str], Amount]:
    """Return the amounts by item and period.

    Where rows of equal standing disagree that is a problem with both places; where they agree, or
    where a row named in full disagrees with one under a looser name, it is told.
    """
    claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    for entry in entries:
        if entry.match.kind == LINE:
            for index, cell in entry.cells.items():
                amount = _amount(entry.match.id, ids[index], cell, numbers, remarks)
                if amount is not None:
                    if entry.turned and amount.value:
                        amount = amount._replace(origin=Origin.FLIPPED)
                    claims[amount.item, amount.period].append(_Claim(entry, amount))
    told: set[object] = set()
    amounts: dict[tuple[str, str], Amount] = {}
    for key, found in claims.items():
        wholes = sorted((c for c in found if c.entry.how == WHOLE), key=lambda c: c.standing)
        parts = [c.amount for c in found if c.entry.how == PART]
        less = [
            c.amount._replace(item=c.entry.own) if c.entry.own else c.amount
            for c in found
            if c.entry.how == LESS
        ]
        more = [c.amount for c in found if c.entry.how == MORE]
        if wholes and (wholes[0].entry.match.rank < 3 or not parts):
            amount = _agreed(wholes, remarks, told)
        elif parts:
            amount = _sum(key, parts)
        else:
            continue
        amounts[key] = _corrected(amount, less, more)
        if less and amounts[key] is not amount and (key[0], LESS) not in told:
            told.add((key[0], LESS))
            if not all(c.entry.weak for c in found if c.entry.how == LESS):
                remarks.note("netted", less[0].at, item=key[0])
    return amounts


def _amount(
    item: str, period: str, cell: Cell, numbers: Numbers, remarks: Remarks
) -> Amount | None:
    filed = numbers.of(cell)
    if filed is None:
        if not says_nil(cell.text) or cell.fault:
            return None
        filed = Filed(Decimal(0), False, cell)
    if filed.percent:
        remarks.error(
            "A127",
            f"the amount of {item} is written in percent ({cell.text})",
            cell.at,
            "Write the amount of money without the percent sign.",
        )
        return None
    return Amount(item=item, period=period, value=filed.value, as_written=cell.text, at=cell.at)


def _agreed(wholes: Sequence[_Claim], remarks: Remarks, told: set[object]) -> Amount:
    best = wholes[0]
    for other in wholes[1:]:
        same_value = other.amount.value == best.amount.value
        if other.standing == best.standing and not same_value:
            remarks.error(
                "A132",
                f"{best.amount.item} in {best.amount.period} is {other.amount.as_written} here and "
                f"{best.amount.as_written} in the row '{best.entry.label.text}'",
                other.amount.at,
                "Keep the right row, or name the other one more exactly.",
                also=best.amount.at,
            )
        elif not other.entry.weak and other.entry.label.at not in told:
            _tell(best, other, same_value, remarks)
            told.add(other.entry.label.at)
    return best.amount


def _tell(best: _Claim, other: _Claim, same_value: bool, remarks: Remarks) -> None:
    label, item = other.entry.label, best.amount.item
    both_sides = item == "total_assets" and key_of(label.text) != key_of(best.entry.label.text)
    if same_value and both_sides:
        return  # total assets, and the total of equity and liabilities
    remarks.note(
        "duplicate_row" if same_value else "row_outranked",
        label.at,
        label=label.text,
        item=item,
        kept=best.entry.label.text,
    )


def _sum(key: tuple[str, str], parts: Sequence[Amount]) -> Amount:
    if len(parts) == 1:
        return parts[0]
    value = sum((part.value for part in parts), Decimal(0))
    return Amount(
        item=key[0],
        period=key[1],
        value=value,
        at=parts[0].at,
        origin=Origin.DERIVED,
        parts=tuple(parts),
    )


def _corrected(amount: Amount, less: Sequence[Amount], more: Sequence[Amount]) -> Amount:
    """Take off and add what the statement counts within the row, or outside it, otherwise than we.

    Such are products that were not sold, provisions within debts, finance costs above the result.
    """
    taken_off = sum((part.value for part in less), Decimal(0))
    added = sum((part.value for part in more), Decimal(0))
    if not taken_off and not added:
        return amount
    return Amount(
        item=amount.item,
        period=amount.period,
        value=amount.value - taken_off + added,
        at=amount.at,
        origin=Origin.DERIVED,
        # Parts of other items are taken off; those of the same item are added up as they are.
        parts=(
            amount,
            *(
                part if part.item != amount.item else part._replace(value=-part.value)
                for part in less
            ),
            *more,
        ),
    )


def in_order(
    amounts: Mapping[tuple[str, str], Amount], items: Iterable[str], periods: Iterable[str]
) -> dict[tuple[str, str], Amount]:
    """Return the amounts in the order of the line items and periods, however they were filed."""
    period_ids = tuple(periods)
    return {
        (item, period): amounts[item, period]
        for item in items
        for period in period_ids
        if (item, period) in amounts
    }
