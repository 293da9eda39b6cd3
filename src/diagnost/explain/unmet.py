"""What a condition lacks: each fact asked for that is something else, or not known."""

from collections.abc import Iterable

from diagnost.explain.cells import Cells
from diagnost.explain.tree import FactTree, Unmet
from diagnost.model.rule import Condition, FactKey, Leaf, Truth


def unmet(condition: Condition, cells: Cells) -> tuple[Unmet, ...]:
    """Return what stands in the way of a condition, in the order in which it is written.

    Where it asks for what a rule would have made, that rule's condition follows, down to facts
    that are read or answered.
    """
    return tuple(Lack(cells, deep=True).of(condition))


class Lack:
    """What conditions lack in one period, and the truth of each of their leaves.

    ``deep`` follows each rule whose fact is asked for once.
    """

    def __init__(self, cells: Cells, *, deep: bool = False) -> None:
        self.cells = cells
        self._followed: set[FactKey] | None = set() if deep else None
        self.run = cells.run
        self.made = {firing.made for firing in cells.run.firings}

    def of(self, condition: Condition) -> Iterable[Unmet]:
        """Yield what stands in the way of a condition."""
        for leaf in condition.all:
            if self.truth(leaf) is not Truth.YES:
                yield self._leaf(leaf.key, (leaf,))
        for group in condition.any:
            if any(member.holds(self.truth) is Truth.YES for member in group):
                continue
            if same := _one_fact(group):
                yield self._leaf(same[0].key, same)
            else:
                yield Unmet(choices=tuple(tuple(self.of(member)) for member in group))
        for leaf in condition.none:
            if self.truth(leaf) is not Truth.NO:
                yield self._leaf(leaf.key, (leaf,), absent=True)

    def truth(self, leaf: Leaf) -> Truth:
        """Say whether a leaf holds, also of facts that rules make."""
        base = self.cells.case.base
        state = base.states.get(leaf.key)
        if state is not None and (stands := state.standing(self.made)) is not None:
            return Truth.YES if stands.id == leaf.word else Truth.NO
        if (leaf.key, leaf.word) in self.made:
            return Truth.YES
        derived = leaf.key in base.rules or leaf.key in base.states
        if not derived or leaf.key in self.run.base.facts:
            return self.run.base.truth_of(leaf)
        makers = base.makers.get((leaf.key, leaf.word), ())
        undecided = any(maker.id in self.run.undecided for maker in makers)
        return Truth.UNKNOWN if undecided else Truth.NO

    def _leaf(self, key: FactKey, leaves: tuple[Leaf, ...], *, absent: bool = False) -> Unmet:
        truth = self.truth(leaves[0])
        bands = (self.cells.band(key, leaf.word) for leaf in leaves)
        return Unmet(
            key=key,
            words=tuple(leaf.word for leaf in leaves),
            absent=absent,
            truth=truth,
            found=self._found(key),
            bands=tuple(band for band in bands if band),
            needs=self._needs(key) if truth is Truth.UNKNOWN else (),
            lacking=() if absent else self._behind(key),
        )

    def _behind(self, key: FactKey) -> tuple[Unmet, ...]:
        """Return what the rule lacks that would have made a fact under its own id."""
        rule = self.cells.case.base.rules.get(key)
        if rule is None or self._followed is None or key in self._followed:
            return ()
        self._followed.add(key)
        return tuple(self.of(rule.when))

    def _found(self, key: FactKey) -> FactTree | None:
        given = self.run.base.facts.get(key)
        if given is not None:
            return self.cells.given(given)
        state = self.cells.case.base.states.get(key)
        stands = state.standing(self.made) if state else None
        if stands is not None:
            return FactTree(key=key, word=stands.id, again=True)
        made = next((name for name in sorted(self.made) if name[0] == key), None)
        return FactTree(key=key, word=made[1], again=True) if made else None

    def _needs(self, key: FactKey) -> tuple[str, ...]:
        keys = [key] if key in self.run.base.unknown else self.run.undecided.get(key, ())
        found = (need for each in keys for need in self.run.base.unknown.get(each, ()))
        return tuple(dict.fromkeys(found))


def _one_fact(group: tuple[Condition, ...]) -> tuple[Leaf, ...]:
    """Return the leaves of ``{key: [word, word]}``; nothing for other groups."""
    leaves = tuple(member.all[0] for member in group if len(member.leaves) == len(member.all) == 1)
    same = len(leaves) == len(group) and len({leaf.key for leaf in leaves}) == 1
    return leaves if same else ()
