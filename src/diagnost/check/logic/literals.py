"""Conditions as trees of the words that facts may take, made once for a knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import UNKNOWN, Condition, FactKey, Leaf, Rule, Word


@dataclass(frozen=True, slots=True, eq=False)
class Among:
    """A fact from outside has one of these words, a bit for each."""

    key: FactKey
    words: int


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Any of these rules fires."""

    makers: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Stands:
    """Of the words of a state one stands: its makers fire, and no maker of a graver word does."""

    state: FactKey
    word: int
    makers: Made
    graver: Made


@dataclass(frozen=True, slots=True, eq=False)
class Every:
    """All of these hold."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Some:
    """One of these holds."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """It is known not to hold."""

    part: "Tree"


Tree = Among | Made | Stands | Every | Some | Not


class Literals:
    """The facts of a knowledge base, their words as bits, and its conditions as trees."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self._trees: dict[str, Tree] = {}
        self._words: dict[FactKey, tuple[Word, ...]] = {}

    def tree(self, rule: str) -> Tree:
        """Return the condition of a rule."""
        if rule not in self._trees:
            self._trees[rule] = self.of(self.base.rules[rule].when)
        return self._trees[rule]

    def of(self, condition: Condition) -> Tree:
        """Return a condition as a tree; words of one fact in one ``any`` become one leaf."""
        parts = [self._leaf(leaf) for leaf in condition.all]
        parts += [self._any(group) for group in condition.any]
        parts += [Not(self._leaf(leaf)) for leaf in condition.none]
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _any(self, group: tuple[Condition, ...]) -> Tree:
        keys = {leaf.key for member in group for leaf in member.leaves}
        plain = all(len(member.all) == 1 and not member.any and not member.none for member in group)
        if len(keys) == 1 and plain and not self.derived(key := next(iter(keys))):
            return Among(key, sum({self.bit(key, member.all[0].word) for member in group}))
        return Some(tuple(self.of(member) for member in group))

    def _leaf(self, leaf: Leaf) -> Tree:
        state = self.base.states.get(leaf.key)
        if state is not None:
            words = [word.id for word in state.words]
            graver = words[: words.index(leaf.word)] if leaf.word in words else []
            return Stands(
                leaf.key,
                self.bit(leaf.key, leaf.word),
                Made(self._makers.get((leaf.key, leaf.word), ())),
                Made(tuple(m for word in graver for m in self._makers.get((leaf.key, word), ()))),
            )
        if leaf.key in self.base.rules:
            return Made((leaf.key,))
        return Among(leaf.key, self.bit(leaf.key, leaf.word))

    @cached_property
    def _makers(self) -> Mapping[tuple[FactKey, Word], tuple[str, ...]]:
        makers: dict[tuple[FactKey, Word], tuple[str, ...]] = {}
        for rule in self.base.rules.values():
            makers[rule.makes] = (*makers.get(rule.makes, ()), rule.id)
        return makers

    def derived(self, key: FactKey) -> bool:
        """Say whether rules make a fact, instead of the company telling it."""
        return key in self.base.rules or key in self.base.states

    def words(self, key: FactKey) -> tuple[Word, ...]:
        """Return the words of a fact from outside; last, that it is not known."""
        if key not in self._words:
            self._words[key] = (*self.base.words.get(key, ()), UNKNOWN)
        return self._words[key]

    def bit(self, key: FactKey, word: Word) -> int:
        """Return the bit of a word; 0 for one that the fact does not have."""
        words = self.words(key)
        return 1 << words.index(word) if word in words else 0

    def unknown(self, key: FactKey) -> int:
        """Return the bit that says that a fact is not known."""
        return 1 << (len(self.words(key)) - 1)

    def named(self, key: FactKey, bits: int) -> str:
        """Write a fact with the words that are left to it."""
        words = self.words(key)
        return f"{key}: {' or '.join(w for i, w in enumerate(words) if bits >> i & 1)}"

    def every_word(self, key: FactKey, *, informed: bool) -> int:
        """Return the words that a fact may have; ``informed``: unknown only if that is asked."""
        unknown = self.unknown(key)
        always = key == "company.periods" or key.startswith("method.") or key in self._told_anyway
        if always or (informed and key not in self._asked_whether_unknown):
            return unknown - 1
        return 2 * unknown - 1

    @cached_property
    def _told_anyway(self) -> frozenset[FactKey]:
        """Return the answers that have a word where nothing is said."""
        questions = self.base.catalogue.questions.values()
        return frozenset(f"company.{q.id}" for q in questions if q.silence)

    @cached_property
    def _asked_whether_unknown(self) -> frozenset[FactKey]:
        rules: tuple[Rule, ...] = tuple(self.base.rules.values())
        return frozenset(leaf.key for r in rules for leaf in r.when.leaves if leaf.word == UNKNOWN)
