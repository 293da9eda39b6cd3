"""Which figures contradict each other: the data checks that fail, the indicators that differ."""

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from diagnost.compute.benchmarks import NOTHING
from diagnost.compute.facts import compute_facts
from diagnost.compute.readings import ReadingsOnDemand, differing
from diagnost.model.accounts import Accounts
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Statement, Truth
from diagnost.model.suspicion import Check

_CONTRADICTING = (Polarity.IMPOSSIBLE, Polarity.WATCH)


class DataChecks(NamedTuple):
    """The statements that hold where figures contradict each other, and the facts they ask for."""

    statements: tuple[Statement, ...]
    keys: frozenset[str]


def data_checks(base: KnowledgeBase) -> DataChecks:
    """Return the data checks that tell of a contradiction, in order of ids."""
    return _data_checks(_ById(base))


class _ById:
    """A knowledge base as a key: two of them are the same only if they are one."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.base is other.base

    def __hash__(self) -> int:
        return id(self.base)


@lru_cache(maxsize=4)
def _data_checks(key: _ById) -> DataChecks:
    statements = tuple(
        statement
        for _, statement in sorted(key.base.statements.items())
        if statement.place == "data" and statement.polarity in _CONTRADICTING
    )
    keys = frozenset(leaf.key for s in statements for leaf in s.when.leaves)
    return DataChecks(statements, keys)


def contradictions(
    accounts: Accounts, base: KnowledgeBase, periods: Collection[str]
) -> frozenset[Check]:
    """Return what is contradicted in these periods: checks by statement, given indicators by id.

    ``accounts`` are complete (``derived.complete``). The tolerances are those of the norms of the
    checks and of ``tolerances.GIVEN``.
    """
    checks = data_checks(base)
    readings = ReadingsOnDemand(accounts, base.catalogue)
    found: set[Check] = set()
    for period in periods:
        facts = compute_facts(
            accounts, base, readings, period, keys=checks.keys, benchmarks=NOTHING
        )
        for statement in checks.statements:
            if statement.when.holds(facts.truth_of) is Truth.YES:
                found.add((statement.id, period))
    for difference in differing(accounts, base.catalogue):
        if difference.stated.period in periods:
            found.add((difference.stated.indicator, difference.stated.period))
    return frozenset(found)
