"""The accounts as a question supposes them, and where the money that this takes or frees goes."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from diagnost.asking.speaker import Speaker
from diagnost.compute.supposing import Supposed, suppose
from diagnost.model.indicator import Reading
from diagnost.model.supposition import Change, How, Moved, SuppositionError
from diagnost.report.formats import lowered

_NAMED = 4
"""How many line items are named that can be supposed in the stead of what follows from them."""


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


def as_known(speaker: Speaker, change: Change) -> Change:
    """Return a change of what the case knows: stock days by the stock, or the stock by its days.

    An indicator that counts an item in days moves in a straight line with it, so that a share of
    the one is the same share of the other.
    """
    in_days, accounts = speaker.base.catalogue.flows.in_days, speaker.case.accounts
    period = change.period or speaker.period
    if change.days:
        indicator = in_days[change.name]
        given = (indicator, period) in accounts.given
        known = (change.name, period) in accounts.amounts
        return change._replace(name=indicator, days=False) if given and not known else change
    items = [item for item, indicator in in_days.items() if indicator == change.name]
    known_items = [item for item in items if (item, period) in accounts.amounts]
    if not known_items or (change.name, period) in accounts.given:
        return change
    return change._replace(name=known_items[0], days=change.how is not How.SHARE)


def supposed_accounts(speaker: Speaker, changes: Sequence[Change]) -> Balanced:
    """Return the accounts as they would be.

    What cash does not suffice for is borrowed; where cash itself is changed, loans change with it.
    Raises SuppositionError, in the language of the question, for what cannot be even so.
    """
    for change in changes:
        _refuse_what_follows(speaker, change)
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
        raise SuppositionError(speaker.say("does_not_hold")) from refused


def _told(found: Supposed, kept: Kept) -> Balanced:
    by = next((each for each in found.moved if each.why == "balances"), None)
    return Balanced(found, kept if by is not None else None, by)


def _refuse_what_follows(speaker: Speaker, change: Change) -> None:
    """Refuse that a figure which is computed is another while what it is made of stays."""
    indicator = speaker.base.catalogue.indicator(change.name)
    if indicator is None:
        return
    reading = _reading(speaker, indicator.id, change)
    if reading is None or reading.value is None or reading.given is not None:
        return
    items = dict.fromkeys(amount.item for amount in reading.inputs)
    names = [
        lowered(speaker.item_name(item))
        for item in items
        if item in speaker.base.catalogue.line_items
    ]
    name = speaker.indicator_name(indicator)
    if not names:
        raise SuppositionError(speaker.say("cannot_be_set", name=name))
    listed = speaker.enumerated(names[:_NAMED])
    raise SuppositionError(speaker.say("follows_from", name=name, list=listed))


def _refuse_below_nought(speaker: Speaker, change: Change) -> None:
    """Refuse that an amount which cannot be negative falls by more than it is."""
    line = speaker.base.catalogue.line_items.get(change.name)
    amount = speaker.case.accounts.amounts.get((change.name, change.period or speaker.period))
    if line is None or line.signed or amount is None or not isinstance(change.value, Decimal):
        return
    name, whole = speaker.item_name(change.name), amount.value
    if change.days:
        reading = _reading(speaker, speaker.base.catalogue.flows.in_days[change.name], change)
        if reading is None or reading.value is None:
            raise SuppositionError(speaker.say("not_in_days", name=name))
        whole = reading.value
    falls = {
        How.SHARE: -change.value * whole,
        How.BY: -change.value,
        How.TO: whole - change.value,
    }
    if falls[change.how] > whole >= 0:
        raise SuppositionError(speaker.say("falls_too_far", name=name))


def _reading(speaker: Speaker, indicator: str, change: Change) -> Reading | None:
    return speaker.case.readings.get((indicator, change.period or speaker.period))
