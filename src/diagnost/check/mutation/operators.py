"""The small changes of a condition that an example must notice (docs/mutation.md)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from diagnost.model.located import At
from diagnost.model.rule import Condition, FactKey, Leaf, Rule, Word

T = TypeVar("T")

DROPPED = "dropped"
"""A fact, or a whole choice of facts, is no longer asked for."""
NEGATED = "negated"
"""A fact that was asked for must be absent, or the other way round."""
SWAPPED = "word swapped"
"""A fact is asked for with the word that stands before or after it in its list of words."""
LOOSENED = "all to any"
"""One of several facts is enough."""
TIGHTENED = "any to all"
"""All of a choice are needed."""
CONDITION_OPERATORS = (DROPPED, NEGATED, SWAPPED, LOOSENED, TIGHTENED)


class Mutant(NamedTuple):
    """An entry with one small change of its condition; ``keys`` are the facts the change is about.

    ``change`` tells it in words, ``at`` is where the fact stands that was changed.
    """

    entry: str
    operator: str
    change: str
    at: At
    when: Condition
    keys: tuple[FactKey, ...]


class _Change(NamedTuple):
    operator: str
    change: str
    at: At
    when: Condition
    keys: tuple[FactKey, ...]


def mutants_of(rule: Rule, words: Mapping[FactKey, Sequence[Word]]) -> tuple[Mutant, ...]:
    """Return every mutant of a rule in the order of its condition; none says what another says.

    ``words`` gives the words of each fact in their order.
    """
    seen = {_shape(rule.when)}
    found: list[Mutant] = []
    for change in _changes(rule.when, words, rule.at):
        shape = _shape(change.when)
        if shape not in seen:
            seen.add(shape)
            found.append(Mutant(rule.id, *change))
    return tuple(found)


def _changes(
    condition: Condition, words: Mapping[FactKey, Sequence[Word]], at: At
) -> Iterator[_Change]:
    """Yield every change of a condition, its members' included."""
    for index, leaf in enumerate(condition.all):
        others = _without(condition.all, index)
        bare = condition._replace(all=others)
        yield _Change(DROPPED, f"'{leaf}' dropped", leaf.at, bare, (leaf.key,))
        negated = bare._replace(none=(*condition.none, leaf))
        yield _Change(NEGATED, f"'{leaf}' must be absent", leaf.at, negated, (leaf.key,))
        for other in _neighbours(leaf, words):
            swapped = condition._replace(all=_with(condition.all, index, other))
            yield _Change(SWAPPED, f"'{leaf}' is '{other.word}'", leaf.at, swapped, (leaf.key,))
    for number, group in enumerate(condition.any):
        yield from _changes_of_group(condition, number, group, words, at)
    for index, leaf in enumerate(condition.none):
        bare = condition._replace(none=_without(condition.none, index))
        yield _Change(DROPPED, f"'{leaf}' need not be absent", leaf.at, bare, (leaf.key,))
        negated = bare._replace(all=(*condition.all, leaf))
        yield _Change(NEGATED, f"'{leaf}' must be there", leaf.at, negated, (leaf.key,))
        for other in _neighbours(leaf, words):
            swapped = condition._replace(none=_with(condition.none, index, other))
            change = f"absent is '{other}' instead of '{leaf.word}'"
            yield _Change(SWAPPED, change, leaf.at, swapped, (leaf.key,))
    if len(condition.all) > 1:
        group = tuple(Condition(all=(leaf,)) for leaf in condition.all)
        loose = condition._replace(all=(), any=(group, *condition.any))
        keys = tuple(dict.fromkeys(leaf.key for leaf in condition.all))
        facts = ", ".join(map(str, condition.all))
        yield _Change(LOOSENED, f"one of '{facts}' is enough", condition.all[0].at, loose, keys)


def _changes_of_group(
    condition: Condition,
    number: int,
    group: tuple[Condition, ...],
    words: Mapping[FactKey, Sequence[Word]],
    at: At,
) -> Iterator[_Change]:
    """Yield the changes of one choice: without it, without a member, with all of its members."""
    leaves = tuple(leaf for member in group for leaf in member.leaves)
    keys = tuple(dict.fromkeys(leaf.key for leaf in leaves))
    place = leaves[0].at if leaves else at
    gone = condition._replace(any=_without(condition.any, number))
    yield _Change(DROPPED, f"the choice of {_listed(group)} dropped", place, gone, keys)
    if len(group) > 1 and len(keys) > 1:  # a fact has one word: asked for with two it never holds
        together = gone
        for member in group:
            together = Condition(
                (*together.all, *member.all),
                (*together.any, *member.any),
                (*together.none, *member.none),
            )
        yield _Change(TIGHTENED, f"all of {_listed(group)} needed", place, together, keys)
    for index, member in enumerate(group):
        if len(group) > 1:
            fewer = condition._replace(any=_with(condition.any, number, _without(group, index)))
            own = tuple(dict.fromkeys(leaf.key for leaf in member.leaves))
            where = member.leaves[0].at if member.leaves else at
            yield _Change(DROPPED, f"{_listed((member,))} dropped from a choice", where, fewer, own)
        for change in _changes(member, words, at):
            if not change.when.leaves:
                continue  # an empty member is the choice dropped
            group_of = _with(group, index, change.when)
            yield change._replace(
                when=condition._replace(any=_with(condition.any, number, group_of))
            )


def _neighbours(leaf: Leaf, words: Mapping[FactKey, Sequence[Word]]) -> Iterator[Leaf]:
    known = list(words.get(leaf.key, ()))
    if leaf.word not in known:
        return
    place = known.index(leaf.word)
    for other in (place - 1, place + 1):
        if 0 <= other < len(known):
            yield leaf._replace(word=known[other])


def _listed(group: tuple[Condition, ...]) -> str:
    return ", ".join(f"'{leaf}'" for member in group for leaf in member.leaves)


def _without(items: tuple[T, ...], index: int) -> tuple[T, ...]:
    return (*items[:index], *items[index + 1 :])


def _with(items: tuple[T, ...], index: int, item: T) -> tuple[T, ...]:
    return (*items[:index], item, *items[index + 1 :])


def is_same(one: Condition, other: Condition) -> bool:
    """Say whether two conditions ask for the same, in whatever order."""
    return _shape(one) == _shape(other)


def exchanged(condition: Condition, low: Leaf, high: Leaf) -> Condition:
    """Return a condition in which two words of a fact have changed places."""
    words = {low.word: high.word, high.word: low.word}

    def of(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
        return tuple(
            each._replace(word=words.get(each.word, each.word)) if each.key == low.key else each
            for each in leaves
        )

    return Condition(
        of(condition.all),
        tuple(tuple(exchanged(member, low, high) for member in g) for g in condition.any),
        of(condition.none),
    )


def _shape(condition: Condition) -> object:
    """Return what a condition says, whatever the order and the places of its facts."""
    groups = frozenset(frozenset(map(_shape, group)) for group in condition.any if len(group) > 1)
    single = [group[0] for group in condition.any if len(group) == 1]
    everything = {(leaf.key, leaf.word) for leaf in condition.all}
    nothing = {(leaf.key, leaf.word) for leaf in condition.none}
    for member in single:
        if not member.any:
            everything |= {(leaf.key, leaf.word) for leaf in member.all}
            nothing |= {(leaf.key, leaf.word) for leaf in member.none}
        else:
            groups |= {frozenset([_shape(member)])}
    return frozenset(everything), groups, frozenset(nothing)
