"""The accounts as a question supposes them, and where the money that this takes or frees goes."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from diagnost.asking.speaker import Speaker
from diagnost.compute.supposing import Supposed, suppose
from diagnost.model.supposition import Change, How, Moved, SuppositionError


class Kept(StrEnum):
    """What keeps the balance sheet in balance; the keys of its phrases."""

    CASH = "balances"  # cash takes up the difference
    BORROWED = "borrowed"  # cash does not suffice, the rest is a loan
    REPAID = "repaid"  # cash itself is supposed smaller: loans are paid back with it
    FOR_CASH = "borrowed_for_cash"  # cash itself is supposed larger: it comes from a loan


class Balanced(NamedTuple):
    """Supposed accounts with what keeps them in balance; None where nothing has to."""

    supposed: Supposed
    kept: Kept | None = None
    by: Moved | None = None


def supposed_accounts(speaker: Speaker, changes: Sequence[Change]) -> Balanced:
    """Return the accounts as they would be.

    What cash does not suffice for is borrowed; where cash itself is changed, loans change with it.
    Raises SuppositionError, in the language of the question, for what cannot be even so.
    """
    for change in changes:
        _refuse_below_nought(speaker, change)
    accounts, catalogue = speaker.case.accounts, speaker.base.catalogue
    flows, period = catalogue.flows, speaker.period
    known = [each for each in flows.balancing if (each, period) in accounts.amounts]
    of_cash = {*known[:1]}
    of_cash |= {whole for whole, parts in flows.within.items() if of_cash.intersection(parts)}
    touched = any(change.name in of_cash for change in changes)
    try:
        return _told(suppose(accounts, catalogue, changes, period=period), Kept.CASH)
    except SuppositionError as refused:
        spent = [Change(each, How.TO, Decimal(0)) for each in known[:1] if not touched]
        for item in flows.borrowed:
            try:
                found = suppose(
                    accounts, catalogue, [*changes, *spent], period=period, balance=item
                )
            except SuppositionError:
                continue
            told = _told(found, Kept.BORROWED)
            if not touched or told.by is None:
                return told
            return told._replace(kept=Kept.REPAID if told.by.by < 0 else Kept.FOR_CASH)
        if touched:
            raise SuppositionError(speaker.say("cash_goes_nowhere")) from None
        raise refused


def _told(found: Supposed, kept: Kept) -> Balanced:
    by = next((each for each in found.moved if each.why == "balances"), None)
    return Balanced(found, kept if by is not None else None, by)


def _refuse_below_nought(speaker: Speaker, change: Change) -> None:
    """Refuse that an amount which cannot be negative falls by more than it is."""
    line = speaker.base.catalogue.line_items.get(change.name)
    amount = speaker.case.accounts.amounts.get((change.name, change.period or speaker.period))
    if line is None or line.signed or amount is None or not isinstance(change.value, Decimal):
        return
    fall = {How.SHARE: -change.value * amount.value, How.BY: -change.value}.get(change.how)
    if fall is not None and fall > amount.value >= 0:
        name = speaker.item_name(change.name)
        raise SuppositionError(speaker.say("falls_too_far", name=name))
