"""Whether some company can make entries fire, and others stay silent, all at once.

Facts from outside take one of a few words, so a search over them is finite and the answer exact.
Norms of one indicator read one value: their bands must overlap. What more there is between facts
(a trend and the last step of it, the accounting identities) is not looked at here, so what cannot
be here cannot be at all.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from diagnost.check.logic.literals import (
    Among,
    Every,
    Literals,
    Made,
    Not,
    Some,
    Stands,
    Tree,
)
from diagnost.check.logic.stretches import stretches_of
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Condition, FactKey

_STEPS = 50
"""After so many choices a search is given up and the question counts as not decided."""

World = Mapping[FactKey, int]
"""The words left to each fact that matters, as bits."""


class Truth(Enum):
    """What is wished of a condition, in three values: that it holds, fails, or does not."""

    HOLDS = "holds"
    FAILS = "fails"
    HOLDS_NOT = "holds not"  # it fails, or is not decided
    FAILS_NOT = "fails not"


_OF_NOT = {
    Truth.HOLDS: Truth.FAILS,
    Truth.FAILS: Truth.HOLDS,
    Truth.HOLDS_NOT: Truth.FAILS_NOT,
    Truth.FAILS_NOT: Truth.HOLDS_NOT,
}
_TOWARDS = (Truth.HOLDS, Truth.FAILS_NOT)
"""Of all parts of an ``all``, of one part of an ``any``; the two others the other way round."""


class Wish(NamedTuple):
    """What is to be of a condition."""

    tree: Tree
    truth: Truth = Truth.HOLDS


def fires(rule: str) -> Wish:
    """Wish that an entry fires."""
    return Wish(Made((rule,)))


def silent(*rules: str) -> Wish:
    """Wish that none of these entries fires, be it for want of figures."""
    return Wish(Made(rules), Truth.HOLDS_NOT)


class UndecidedError(Exception):
    """A question took more choices than are spent on one."""


class Worlds:
    """All companies that could be, as far as the words of facts go.

    With ``informed`` only those of which everything is known that no condition asks to be unknown.
    """

    def __init__(self, base: KnowledgeBase, *, informed: bool = False) -> None:
        self.base = base
        self.literals = Literals(base)
        self._informed = informed
        self._stretches = stretches_of(base.catalogue.indicators.values())
        self._all: dict[FactKey, int] = {}
        self._known: dict[Wish, tuple[bool, tuple[Wish, ...]]] = {}
        self._choices = 0

    def meets(self, condition: Condition) -> Wish:
        """Wish that a condition holds."""
        return Wish(self.literals.of(condition))

    def find(self, *wishes: Wish) -> World | None:
        """Return a world in which all wishes come true, None where there is none.

        Raise UndecidedError where that could not be decided.
        """
        self._choices = 0
        return next(self._search(list(wishes), {}, []), None)

    def can(self, *wishes: Wish) -> bool:
        """Say whether all wishes can come true; of what could not be decided, that they can."""
        try:
            return self.find(*wishes) is not None
        except UndecidedError:
            return True

    def told(self, world: World) -> str:
        """Write the facts of a world that are not open, for people."""
        return ", ".join(
            self.literals.named(key, bits)
            for key, bits in sorted(world.items())
            if bits != self._left({}, key)
        )

    def _search(
        self, wishes: list[Wish], world: dict[FactKey, int], open_: list[tuple[Wish, ...]]
    ) -> Iterator[dict[FactKey, int]]:
        """Yield the worlds that fulfil the wishes and one of each of the ``open_`` choices."""
        while wishes:
            wish = wishes.pop()
            if isinstance(wish.tree, Among):
                if not self._narrow(world, wish.tree, wish.truth):
                    return
                continue
            if isinstance(wish.tree, Stands) and wish.truth in _TOWARDS:
                # That a state has one word at most is seen sooner so than by what concludes it.
                state = wish.tree.state
                world[state] = self._left(world, state) & wish.tree.word
                if not world[state]:
                    return
            every, ways = self.comes_down_to(wish)
            if every:
                wishes += ways
            else:
                open_ = [*open_, ways]
        yield from self._choose(world, open_)

    def _choose(
        self, world: dict[FactKey, int], open_: list[tuple[Wish, ...]]
    ) -> Iterator[dict[FactKey, int]]:
        """Take the choice with the fewest ways left, and go each way."""
        left: list[tuple[Wish, ...]] = []
        for ways in open_:
            if any(self._is_so(way, world) for way in ways):
                continue
            possible = tuple(way for way in ways if self._may(way, world))
            if not possible:
                return
            left.append(possible)
        if not left:
            yield world
            return
        self._choices += 1
        if self._choices > _STEPS:
            raise UndecidedError
        first = min(left, key=len)
        rest = [ways for ways in left if ways is not first]
        for way in first:
            yield from self._search([way], dict(world), rest)

    def comes_down_to(self, wish: Wish) -> tuple[bool, tuple[Wish, ...]]:
        """Return the wishes that one comes down to, and whether every one of them must come true.

        Else one of them must.
        """
        known = self._known.get(wish)
        if known is None:
            known = self._known[wish] = self._worked_out(wish.tree, wish.truth)
        return known

    def _worked_out(self, tree: Tree, truth: Truth) -> tuple[bool, tuple[Wish, ...]]:
        towards = truth in _TOWARDS
        match tree:
            case Not(part=part):
                return True, (Wish(part, _OF_NOT[truth]),)
            case Every(parts=parts):
                return towards, tuple(Wish(part, truth) for part in parts)
            case Some(parts=parts):
                return not towards, tuple(Wish(part, truth) for part in parts)
            case Made(makers=rules):
                return not towards, tuple(Wish(self.literals.tree(r), truth) for r in rules)
            case Stands(makers=makers, graver=graver):  # by what is known alone, so always decided
                stands = (Wish(makers), Wish(graver, Truth.HOLDS_NOT))
                not_so = (Wish(makers, Truth.HOLDS_NOT), Wish(graver))
                return towards, stands if towards else not_so
            case _:
                raise TypeError(tree)  # Among comes down to nothing else

    def _may(self, wish: Wish, world: World) -> bool:
        """Say whether a wish may still come true, looking at each fact by itself."""
        if isinstance(wish.tree, Among):
            return bool(self._left(world, wish.tree.key) & self.meant(wish.tree, wish.truth))
        if (
            isinstance(wish.tree, Stands)
            and wish.truth in _TOWARDS
            and not self._left(world, wish.tree.state) & wish.tree.word
        ):
            return False
        every, ways = self.comes_down_to(wish)
        return (all if every else any)(self._may(way, world) for way in ways)

    def _is_so(self, wish: Wish, world: World) -> bool:
        """Say whether a wish has come true whatever the facts turn out to be that are open."""
        if isinstance(wish.tree, Among):
            return not self._left(world, wish.tree.key) & ~self.meant(wish.tree, wish.truth)
        every, ways = self.comes_down_to(wish)
        return (all if every else any)(self._is_so(way, world) for way in ways)

    def _narrow(self, world: dict[FactKey, int], asked: Among, truth: Truth) -> bool:
        """Leave a fact only the words that are wished; say whether that can be."""
        left = self._left(world, asked.key) & self.meant(asked, truth)
        world[asked.key] = left
        if not left:
            return False
        common = -1
        for other, by_word in self._stretches.get(asked.key, {}).items():
            if other in world:
                bits = world[other]
                common &= sum({s for place, s in enumerate(by_word) if bits >> place & 1})
        return bool(common)

    def meant(self, asked: Among, truth: Truth) -> int:
        """Return the words by which a leaf is as wished; for ``unknown`` it is never undecided."""
        unknown = self.literals.unknown(asked.key)
        every = self.literals.every_word(asked.key, informed=False) | unknown
        open_ = unknown & ~asked.words
        match truth:
            case Truth.HOLDS:
                return asked.words
            case Truth.FAILS_NOT:
                return asked.words | open_
            case Truth.FAILS:
                return every & ~asked.words & ~open_
            case Truth.HOLDS_NOT:
                return every & ~asked.words

    def _left(self, world: World, key: FactKey) -> int:
        if key in world:
            return world[key]
        if key not in self._all:
            self._all[key] = self.literals.every_word(key, informed=self._informed)
        return self._all[key]
