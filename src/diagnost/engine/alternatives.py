"""The alternatives of a condition: each a plain list of what must be present and what absent."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from diagnost.engine.names import Name
from diagnost.model.rule import Condition, FactKey, Leaf


@dataclass(frozen=True, slots=True)
class Literals:
    """One way in which a condition can hold."""

    present: frozenset[Name]
    absent: frozenset[Name]

    def __le__(self, other: "Literals") -> bool:
        """Say whether this way asks for nothing that ``other`` does not ask for too."""
        return self.present <= other.present and self.absent <= other.absent


def count(condition: Condition) -> int:
    """Count the alternatives of a condition before anything is dropped, without expanding it."""
    return prod(sum(count(member) for member in group) for group in condition.any)


def alternatives(condition: Condition, derived: Collection[FactKey]) -> tuple[Literals, ...]:
    """Return the alternatives of a condition in the order they are written.

    Left out are those that can never hold and those that ask for all that another one asks for
    and more: the other one fires whenever they do. Keys in ``derived`` may have several words at
    once, every other key has one.
    """
    possible = [way for way in _expanded(condition) if not _contradictory(way, derived)]
    distinct = list(dict.fromkeys(possible))
    return tuple(
        way for way in distinct if not any(other <= way for other in distinct if other is not way)
    )


def _expanded(condition: Condition) -> Iterator[Literals]:
    groups = [[way for member in group for way in _expanded(member)] for group in condition.any]
    for chosen in product(*groups):
        yield Literals(
            _names(condition.all).union(*(way.present for way in chosen)),
            _names(condition.none).union(*(way.absent for way in chosen)),
        )


def _names(leaves: tuple[Leaf, ...]) -> frozenset[Name]:
    return frozenset((leaf.key, leaf.word) for leaf in leaves)


def _contradictory(way: Literals, derived: Collection[FactKey]) -> bool:
    single = [key for key, _ in way.present if key not in derived]
    return bool(way.present & way.absent) or len(single) != len(set(single))
