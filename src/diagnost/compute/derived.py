"""Amounts that follow from others: one missing term of a sum, and items left out because nil."""

from dataclasses import replace
from decimal import Decimal

from diagnost.model.accounts import Accounts, Amount, Identity, Note, Origin
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At

_BALANCE = "balance_sheet"
UNDIVIDED, LONG_TERM, SHORT_TERM = "provisions", "provisions_long_term", "provisions_short_term"


def complete(accounts: Accounts, catalogue: Catalogue) -> Accounts:
    """Return the accounts with the amounts that can be told from those given.

    For every period: undivided provisions count as the method has it (told by a note); one missing
    term of an identity follows from the others; items that small firms leave out because they have
    none are taken as nil where the statement they belong to is given at all; what then follows from
    identities is derived too. Amounts already there are never changed, so a second call changes
    nothing, and no item that cannot be negative is ever derived negative.
    """
    table = _Table(accounts, catalogue)
    for period in accounts.periods:
        table.divide_provisions(period.id)
        table.derive(period.id, trusting_nil=False)
        table.assume_nil(period.id)
        table.derive(period.id, trusting_nil=True)
    return replace(accounts, amounts=table.amounts, notes=(*accounts.notes, *table.notes))


class _Table:
    """The amounts while they are being completed."""

    def __init__(self, accounts: Accounts, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.file = accounts.file
        self.amounts = dict(accounts.amounts)
        self.notes: list[Note] = []

    def divide_provisions(self, period: str) -> None:
        """Split undivided provisions; wholly undivided ones count as the method has it."""
        undivided = self.amounts.get((UNDIVIDED, period))
        if undivided is None:
            return
        long, short = self.amounts.get((LONG_TERM, period)), self.amounts.get((SHORT_TERM, period))
        if long is None and short is None:
            taker = self.catalogue.method.takes_provisions or LONG_TERM
            if self._put(taker, period, undivided.value, (undivided,)):
                self.notes.append(Note(kind=taker, figures={"period": period}, at=undivided.at))
        elif short is None and long is not None and long.origin is not Origin.ASSUMED_NIL:
            if self._taken_whole(long, undivided):
                return
            self._put(SHORT_TERM, period, undivided.value - long.value, (undivided, long))
        elif long is None and short is not None and not self._taken_whole(short, undivided):
            self._put(LONG_TERM, period, undivided.value - short.value, (undivided, short))

    @staticmethod
    def _taken_whole(part: Amount, undivided: Amount) -> bool:
        """Say whether a part was taken from the undivided line by this module."""
        return part.origin is Origin.DERIVED and part.parts == (undivided,)

    def derive(self, period: str, *, trusting_nil: bool) -> None:
        """Derive single missing terms until no identity gives another one."""
        while any(
            self._solve(identity, period, trusting_nil) for identity in self.catalogue.identities
        ):
            pass

    def _solve(self, identity: Identity, period: str, trusting_nil: bool) -> bool:
        terms = {
            item: self._known(item, period, trusting_nil)
            for item in (identity.total, *identity.parts)
        }
        missing = [item for item, amount in terms.items() if amount is None]
        if len(missing) != 1 or (missing[0], period) in self.amounts:
            return False
        item = missing[0]
        known = tuple(amount for amount in terms.values() if amount is not None)
        total = terms[identity.total]
        of_parts = sum((a.value for a in known if a is not total), Decimal(0))
        return self._put(item, period, of_parts if total is None else total.value - of_parts, known)

    def _known(self, item: str, period: str, trusting_nil: bool) -> Amount | None:
        amount = self.amounts.get((item, period))
        if amount is not None and amount.origin is Origin.ASSUMED_NIL and not trusting_nil:
            return None
        return amount

    def _put(self, item: str, period: str, value: Decimal, parts: tuple[Amount, ...]) -> bool:
        if value < 0 and not self.catalogue.line_items[item].signed:
            return False
        self.amounts[item, period] = Amount(
            item=item,
            period=period,
            value=value,
            at=At(self.file),
            origin=Origin.DERIVED,
            parts=parts,
        )
        return True

    def assume_nil(self, period: str) -> None:
        """Take items as nil that are left out, if the statement they belong to is given."""
        given = {
            self.catalogue.line_items[item].statement
            for item, of_period in self.amounts
            if of_period == period
        }
        for item in self.catalogue.line_items.values():
            stated = item.statement in given or (item.statement != _BALANCE and bool(given))
            if item.if_absent == "nil" and stated and (item.id, period) not in self.amounts:
                self.amounts[item.id, period] = Amount(
                    item=item.id,
                    period=period,
                    value=Decimal(0),
                    at=At(self.file),
                    origin=Origin.ASSUMED_NIL,
                )
