"""Facts, firings and the run of the engine."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from diagnost.model.benchmark import Benchmark, Spread
from diagnost.model.decomposition import Breakdown
from diagnost.model.indicator import Reading
from diagnost.model.located import At
from diagnost.model.rule import UNKNOWN, FactKey, Leaf, Truth, Word


class Fact(NamedTuple):
    """A word about one period, with the readings or the answer that it was read from.

    A fact made by a firing has neither. A fact on what moved a figure has its ``breakdown``.
    """

    key: FactKey
    word: Word
    readings: tuple[Reading, ...] = ()
    at: At | None = None
    breakdown: Breakdown | None = None
    beside: Benchmark | Spread | None = None  # the other firms that a reading was compared with

    @property
    def name(self) -> tuple[FactKey, Word]:
        """Return key and word, by which the engine knows the fact."""
        return self.key, self.word


class FactBase(NamedTuple):
    """What is known of one period before reasoning starts.

    ``unknown`` holds the keys whose word is not known, with the line items or answers that
    would settle them. With ``closed`` every key not mentioned is known to be something else
    (examples in the knowledge base).
    """

    period: str
    facts: Mapping[FactKey, Fact]
    unknown: Mapping[FactKey, tuple[str, ...]]
    closed: bool = False

    def truth(self, key: FactKey, word: Word) -> Truth:
        """Say whether a key given from outside has that word.

        Whether it is unknown is always known.
        """
        fact = self.facts.get(key)
        if word == UNKNOWN:
            return Truth.YES if fact is None and key in self.unknown else Truth.NO
        if fact is not None:
            return Truth.YES if fact.word == word else Truth.NO
        return Truth.NO if self.closed and key not in self.unknown else Truth.UNKNOWN

    def truth_of(self, leaf: Leaf) -> Truth:
        """Say whether a leaf of a condition holds, going by what is given from outside."""
        return self.truth(leaf.key, leaf.word)


class Firing(NamedTuple):
    """One alternative of one rule, the facts it used, the words that had to be absent."""

    rule: str
    alternative: int
    used: tuple[tuple[FactKey, Word], ...]
    absent: tuple[tuple[FactKey, Word], ...]
    made: tuple[FactKey, Word]


@dataclass(frozen=True, kw_only=True)
class Run:
    """All firings of one period, in canonical order, and what stayed open.

    ``undecided`` are the rules that neither fired nor failed, with the unknown keys they hang on.
    """

    period: str
    engine: str
    base: FactBase
    firings: tuple[Firing, ...]
    undecided: Mapping[str, tuple[FactKey, ...]] = field(default_factory=dict)

    def fired(self, rule: str) -> tuple[Firing, ...]:
        """Return the firings of a rule."""
        return self._by_rule.get(rule, ())

    @cached_property
    def not_knowable(self) -> frozenset[str]:
        """Return the rules left open because something was not given for the period itself.

        What lacked nothing but an earlier period, such as a course, is not among them.
        """
        missing = self.base.unknown
        return frozenset(
            rule
            for rule, keys in self.undecided.items()
            if any(missing.get(key) != ("earlier_period",) for key in keys)
        )

    @cached_property
    def _by_rule(self) -> Mapping[str, tuple[Firing, ...]]:
        firings: dict[str, list[Firing]] = defaultdict(list)
        for firing in self.firings:
            firings[firing.rule].append(firing)
        return {rule: tuple(found) for rule, found in firings.items()}
