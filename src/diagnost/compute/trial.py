"""Trying other values of cells: the data checks themselves say what would be left."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from diagnost.compute.contradictions import contradictions
from diagnost.compute.derived import complete
from diagnost.compute.relations import cell_of, signed_parts
from diagnost.compute.slopes import CellKey
from diagnost.model.accounts import Accounts, Amount
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.suspicion import Check

Changes = Mapping[CellKey, Decimal]
"""Other values of cells."""


class Trial:
    """Says whether changed cells leave no contradiction of a group and make no new one."""

    def __init__(self, filed: Accounts, base: KnowledgeBase, broken: Collection[Check]) -> None:
        self.filed = filed
        self.base = base
        self.broken = frozenset(broken)
        self.ids = [period.id for period in filed.periods]

    def passes(self, changes: Changes, checks: Collection[Check]) -> bool:
        """Judge the changed accounts by the data checks themselves."""
        judged = self._judged(changes, checks)
        left = self._left(changes, judged)
        expected = {check for check in self.broken - frozenset(checks) if check[1] in judged}
        return left <= expected

    def settles(self, changes: Changes, checks: Collection[Check]) -> bool:
        """Say whether the changes settle these checks, whatever else they do."""
        judged = self._judged(changes, checks)
        return not self._left(changes, judged) & frozenset(checks)

    def _judged(self, changes: Changes, checks: Collection[Check]) -> frozenset[str]:
        """Return the periods of the checks and those that changes can reach: theirs, the next."""
        changed = {period for _, period, _ in changes}
        after = {later for earlier, later in pairwise(self.ids) if earlier in changed}
        return frozenset(changed | after | {period for _, period in checks})

    def _left(self, changes: Changes, judged: frozenset[str]) -> frozenset[Check]:
        before = {earlier for earlier, later in pairwise(self.ids) if later in judged}
        changed = with_changes(self.filed, changes, self.base, judged | before)
        return contradictions(complete(changed, self.base.catalogue), self.base, judged)


def with_changes(
    filed: Accounts, changes: Changes, base: KnowledgeBase, periods: Collection[str]
) -> Accounts:
    """Return these periods of accounts as read, with the value of some cells changed."""
    identities = base.catalogue.identities

    def changed(amount: Amount) -> Amount:
        if not amount.parts:
            value = changes.get(cell_of(amount))
            return amount if value is None else amount._replace(value=value)
        parts = tuple(changed(part) for part, _ in signed_parts(amount, identities))
        signs = (sign for _, sign in signed_parts(amount, identities))
        value = sum((p.value * s for p, s in zip(parts, signs, strict=True)), Decimal(0))
        return amount._replace(value=value, parts=parts)

    amounts = {key: changed(a) for key, a in filed.amounts.items() if key[1] in periods}
    given = {}
    for key, reading in filed.given.items():
        if key[1] in periods:
            value = changes.get(cell_of(reading))
            given[key] = reading if value is None else reading._replace(value=value)
    for (name, period, at), value in changes.items():
        if name in base.catalogue.line_items and (name, period) not in filed.amounts:
            amounts[name, period] = Amount(name, period, value, at)
    kept = tuple(period for period in filed.periods if period.id in periods)
    return replace(filed, periods=kept, amounts=amounts, given=given)
