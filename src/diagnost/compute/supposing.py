"""What if: the accounts with some figures changed, and all that has to move with them.

A part moves its sum, revenue and costs move the result, tax follows the result, the result moves
equity, and what the balance sheet then lacks or has too much is taken from cash, or from another
balancing item.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from graphlib import TopologicalSorter
from typing import NamedTuple

from diagnost.compute.derived import complete
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.compute.supposed_figures import with_amounts, with_others
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import nearest
from diagnost.model.supposition import Change, How, Moved, SuppositionError

TOTAL, CLAIMS = "total_assets", ("equity", "total_liabilities")
"""The sum of the balance sheet, and what stands on its other side."""

_EXACT = 9
"""Decimals to which an amount is worked out from days."""

_ROUNDING = Decimal("0.01")
"""By how much sums may differ after a change, as a share of one unit of the accounts."""


class Supposed(NamedTuple):
    """Accounts as they would be, and every line item that moved, in order of periods."""

    accounts: Accounts
    moved: tuple[Moved, ...]


def suppose(
    accounts: Accounts,
    catalogue: Catalogue,
    changes: Sequence[Change],
    *,
    period: str,
    balance: str = "",
) -> Supposed:
    """Return the accounts with the changes and all that follows from them.

    ``period`` is meant by changes that name none. ``balance`` is the line item that gives way
    where the balance sheet would no longer balance; '' for the first known of the declared ones.
    Raise SuppositionError for what cannot be supposed: an item that is not given, a total beside
    parts that no longer make it up, an amount below nought that cannot be.
    """
    if balance and balance not in catalogue.line_items:
        hint = nearest(balance, catalogue.line_items)
        raise SuppositionError(f"--balance: '{balance}' is no line item", hint)
    accounts = complete(accounts, catalogue)
    by_period: dict[str, list[Change]] = {}
    for change in changes:
        when = change.period or period
        if when not in {p.id for p in accounts.periods}:
            known = ", ".join(p.id for p in accounts.periods)
            raise SuppositionError(f"there is no period {when}", f"The accounts have {known}.")
        by_period.setdefault(when, []).append(change)
    moved: list[Moved] = []
    for when in (p.id for p in accounts.periods if p.id in by_period):
        items = [c for c in by_period[when] if c.name in catalogue.line_items]
        others = [c for c in by_period[when] if c.name not in catalogue.line_items]
        accounts = with_others(accounts, catalogue, others, when)
        if items:
            statements = _Statements(accounts, catalogue, when, balance)
            found = statements.moved(items)
            accounts = with_amounts(accounts, catalogue, found, when)
            moved += found
    return Supposed(accounts, tuple(moved))


class _Statements:
    """The statements of one period while a change spreads through them."""

    def __init__(self, accounts: Accounts, catalogue: Catalogue, period: str, balance: str) -> None:
        self.accounts = accounts
        self.catalogue = catalogue
        self.flows = catalogue.flows
        self.period = period
        self.balance = balance
        self.deltas: dict[str, Decimal] = {}
        self.fixed: dict[str, Decimal] = {}  # items set, with their new values
        self.why: dict[str, str] = {}

    def moved(self, changes: Sequence[Change]) -> tuple[Moved, ...]:
        """Spread the changes and return every item that moves, in the order of the statements."""
        for change in changes:
            self._set(change)
        for item in tuple(self.fixed):
            self._scale_parts(item)
            self._go_back(item)
        self._spread()
        self._check_sums()
        self._balance()
        self._check_signs()
        found = []
        for item in self.catalogue.line_items:
            before = self._value(item)
            after = self.fixed.get(item)
            if after is None and before is not None and self.deltas.get(item):
                after = before + self.deltas[item]
            if after is not None and after != before:
                why = self.why.get(item, "follows")
                found.append(Moved(item, self.period, before, after, why))
        return tuple(found)

    def _value(self, item: str) -> Decimal | None:
        amount = self.accounts.amounts.get((item, self.period))
        return amount.value if amount else None

    def _set(self, change: Change) -> None:
        before = self._value(change.name)
        assert isinstance(change.value, Decimal)
        if change.how is How.TO:
            after = change.value
        elif before is None:
            raise SuppositionError(
                f"{change.name} is not given for {self.period}, so it cannot change by "
                f"{change.as_written or change.value}",
                f"Give it a value: {change.name}=AMOUNT.",
            )
        elif change.how is How.BY:
            after = before + change.value
        else:
            after = before * (1 + change.value)
        if change.days:
            after = self._of_days(change, before)
        self._fix(change.name, after)

    def _of_days(self, change: Change, before: Decimal | None) -> Decimal:
        """Return the amount at which an item would be so many days, or so many more or less.

        The indicator that counts them moves in a straight line with the item.
        """
        indicator = self.flows.in_days[change.name]
        assert isinstance(change.value, Decimal)
        now = self._reading(indicator, change.name, Decimal(0))
        doubled = self._reading(indicator, change.name, before) if before else None
        if not before or now is None or doubled is None or doubled == now:
            raise SuppositionError(
                f"{change.name} cannot be told in days for {self.period}",
                f"Give an amount or a percent: {change.name}=-10%.",
            )
        wanted = change.value if change.how is How.TO else now + change.value
        after = before + (wanted - now) * before / (doubled - now)
        return round(after, _EXACT)  # no days are no stock, not a trifle less than none

    def _reading(self, indicator: str, item: str, by: Decimal) -> Decimal | None:
        """Return what an indicator would be if an item, and all that it is part of, were more."""
        amounts = dict(self.accounts.amounts)
        for other in {item, *self._wholes(item)}:
            amount = amounts.get((other, self.period))
            if amount is not None:
                amounts[other, self.period] = amount._replace(value=amount.value + by)
        changed = replace(self.accounts, amounts=amounts)
        return ReadingsOnDemand(changed, self.catalogue)[indicator, self.period].value

    def _wholes(self, item: str) -> Iterator[str]:
        """Yield everything of which an item is part, by however many steps."""
        for whole, parts in self._parts.items():
            if item in parts:
                yield whole
                yield from self._wholes(whole)

    def _fix(self, item: str, after: Decimal) -> None:
        self.fixed[item] = after
        self.deltas[item] = after - (self._value(item) or Decimal(0))
        self.why[item] = "set"

    def _scale_parts(self, whole: str) -> None:
        """Let the parts of an item that was set change with it, in proportion."""
        before = self._value(whole)
        if not before:
            return
        share = self.fixed[whole] / before
        for part in self._parts.get(whole, ()):
            value = self._value(part)
            if value is None or part in self.fixed:
                continue
            if part == self._balancing:
                raise SuppositionError(
                    f"{whole} holds {part}, which balances the sheet",
                    f"Change the other parts of {whole}, or name another item that balances: "
                    "--balance short_term_loans.",
                )
            self._fix(part, value * share)
            self.why[part] = "follows"
            self._scale_parts(part)

    def _go_back(self, item: str) -> None:
        """Let what an item that was set comes from have changed as much, and what it is charged.

        What is left after the charges was set: they stay as large beside it as they were.
        """
        origin = self.flows.comes_from.get(item)
        moved_by = {flow.of for flow in self.flows.flows if flow.moves == item}
        before = self._value(origin) if origin else None
        if not origin or before is None or moved_by & set(self.fixed):
            return
        charges = [c for c, of in self.flows.charged_on.items() if of == origin and self._rated(c)]
        charged = sum((self._value(charge) or Decimal(0) for charge in charges), Decimal(0))
        left, left_after = before - charged, before - charged + self.deltas[item]
        after = before + self.deltas[item]
        if charges and left > 0:
            for charge in charges:
                amount = self._value(charge) or Decimal(0)
                self._fix(charge, amount * max(left_after, Decimal(0)) / left)
                self.why[charge] = "follows"
            after = left_after + sum((self.fixed[charge] for charge in charges), Decimal(0))
        self._fix(origin, after)
        self.why[origin] = "follows"

    def _rated(self, charge: str) -> bool:
        """Say whether a rate is known: something was charged on a result above nought."""
        amount, result = self._value(charge), self._value(self.flows.charged_on[charge])
        return amount is not None and result is not None and amount > 0 and result > 0

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        """Return the parts of every item that has some."""
        parts = dict(self.flows.within)
        for identity in self.catalogue.identities:
            if identity.total != TOTAL or CLAIMS[0] not in identity.parts:
                parts.setdefault(identity.total, identity.parts)
        # What comes from its sum is no part of it: net profit follows from profit before tax.
        results = set(self.flows.comes_from.values())
        return {whole: p for whole, p in parts.items() if whole not in results}

    @cached_property
    def _moves(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return what each item moves, and in which direction."""
        moves: dict[str, list[tuple[str, int]]] = {}
        for whole, parts in self._parts.items():
            for part in parts:
                moves.setdefault(part, []).append((whole, 1))
        for flow in self.flows.flows:
            moves.setdefault(flow.of, []).append((flow.moves, flow.by))
        return moves

    @cached_property
    def _order(self) -> tuple[str, ...]:
        """Return the line items, each after those that move it."""
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for item, moved in self._moves.items():
            for other, _ in moved:
                sorter.add(other, item)
        for charge, result in self.flows.charged_on.items():
            sorter.add(charge, result)
        return tuple(sorter.static_order())

    def _spread(self) -> None:
        """Let what was changed move what hangs on it; what was set stays as it was set."""
        for item in self._order:
            if item in self.flows.charged_on and item not in self.fixed:
                self._charge(item)
            for other, by in self._moves.get(item, ()):
                if other not in self.fixed:
                    change = self.deltas.get(item, Decimal(0)) * by
                    self.deltas[other] = self.deltas.get(other, Decimal(0)) + change

    def _charge(self, item: str) -> None:
        """Let a charge be as large a part of its result as it was; nothing of a loss."""
        amount, result = self._value(item), self.flows.charged_on[item]
        before, after = self._value(result), self._after(result)
        if self._rated(item) and amount and before and after is not None:
            self.deltas[item] = amount * max(after, Decimal(0)) / before - amount

    def _check_sums(self) -> None:
        """Refuse changes after which a sum that held does no longer."""
        for identity in self.catalogue.identities:
            if identity.total == TOTAL and CLAIMS[0] in identity.parts:
                continue  # the balancing item sees to it
            values = [self._after(item) for item in (identity.total, *identity.parts)]
            before = [self._value(item) for item in (identity.total, *identity.parts)]
            if _off(values) and not _off(before):
                total, *parts = (value for value in values if value is not None)
                raise SuppositionError(
                    f"{identity.total} would be {_plain(total)} while its parts come to "
                    f"{_plain(sum(parts, Decimal(0)))}",
                    f"Change only one of {', '.join((identity.total, *identity.parts))}.",
                )

    def _after(self, item: str) -> Decimal | None:
        before = self._value(item)
        if item in self.fixed:
            return self.fixed[item]
        return None if before is None else before + self.deltas.get(item, Decimal(0))

    @cached_property
    def _balancing(self) -> str:
        """Return the item that gives way; '' where none is known."""
        if self.balance:
            if self._value(self.balance) is None:
                raise SuppositionError(
                    f"{self.balance} is not given for {self.period}, so it cannot balance the sheet"
                )
            return self.balance
        return next((item for item in self.flows.balancing if self._value(item) is not None), "")

    def _balance(self) -> None:
        """Let the balancing item take up what the two sides of the balance sheet differ by."""
        zero = Decimal(0)
        claims = sum((self.deltas.get(item, zero) for item in CLAIMS), zero)
        gap = claims - self.deltas.get(TOTAL, zero)
        if not gap:
            return
        item = self._balancing
        if not item:
            return  # no balance sheet to keep
        if item in self.fixed:
            raise SuppositionError(
                f"{item} was changed, so it cannot balance the sheet as well",
                "Name another item that balances: --balance short_term_loans.",
            )
        if not self._reaches(item, TOTAL):
            gap = -gap  # debts rise where assets have grown
            if not self._reaches(item, CLAIMS[1]) and item not in CLAIMS:
                raise SuppositionError(
                    f"{item} is no item of the balance sheet, so it cannot balance it",
                    f"Name one that is, such as {', '.join(self.flows.balancing[:2])}.",
                )
        self.why[item] = "balances"
        self._add(item, gap)

    def _reaches(self, item: str, wanted: str) -> bool:
        return item == wanted or any(
            self._reaches(other, wanted) for other, by in self._moves.get(item, ()) if by > 0
        )

    def _add(self, item: str, by: Decimal) -> None:
        self.deltas[item] = self.deltas.get(item, Decimal(0)) + by
        for other, sign in self._moves.get(item, ()):
            if other not in self.fixed:
                self._add(other, by * sign)

    def _check_signs(self) -> None:
        """Refuse an amount below nought that cannot be, cash above all."""
        items = sorted(self.catalogue.line_items.items(), key=lambda i: i[0] != self._balancing)
        for item, line in items:
            before, after = self._value(item), self._after(item)
            moved = self.deltas.get(item) or item in self.fixed
            if line.signed or not moved or after is None or after >= 0 or (before or 0) < 0:
                continue
            hint = "It can only be nought or more."
            if item == self._balancing:
                hint = (
                    f"{_plain(-after)} more would have to come from elsewhere: name another item "
                    "that balances, such as --balance short_term_loans."
                )
            raise SuppositionError(f"{item} would be {_plain(after)} in {self.period}", hint)


def _plain(value: Decimal) -> str:
    """Write an amount without the nought cents that shares of it leave."""
    return f"{round(value, 2).normalize():f}"


def _off(values: Sequence[Decimal | None]) -> bool:
    """Say whether a total, the first of the values, is not the sum of its parts."""
    known = [value for value in values if value is not None]
    return len(known) == len(values) and abs(known[0] - sum(known[1:])) > _ROUNDING
