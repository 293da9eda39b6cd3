"""Whether a topic speaks in every combination of the facts that it covers."""

from collections.abc import Iterator, Mapping
from itertools import product

from diagnost.model.knowledge import Grid, KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.rule import Condition, FactKey, Leaf, Truth, Word

_FEW = 3  # combinations named in one problem


def uncovered(base: KnowledgeBase) -> Iterator[Problem]:
    """Yield a problem for every grid with combinations that no statement of its topic speaks of.

    A statement speaks of a combination if it can fire there, whatever the other facts are.
    """
    for grid in base.grids:
        gaps = [
            ", ".join(f"{key}: {word}" for key, word in facts.items())
            for facts in _combinations(grid, base)
            if not _spoken(grid, facts, base)
        ]
        if gaps:
            more = f" and {len(gaps) - _FEW} more" if len(gaps) > _FEW else ""
            yield Problem(
                code="K406",
                message=f"{grid.topic} is silent on {'; '.join(gaps[:_FEW])}{more}",
                at=grid.at,
                hint="Add a statement, or name the combination under silent.",
            )


def _combinations(grid: Grid, base: KnowledgeBase) -> Iterator[Mapping[FactKey, Word]]:
    for words in product(*(base.words.get(key, ()) for key in grid.keys)):
        yield dict(zip(grid.keys, words, strict=True))


def _spoken(grid: Grid, facts: Mapping[FactKey, Word], base: KnowledgeBase) -> bool:
    if any(_truth(condition, facts, base) is Truth.YES for condition in grid.silent):
        return True
    return any(
        entry.startswith(f"{grid.topic}.") and _truth(rule.when, facts, base) is not Truth.NO
        for entry, rule in base.statements.items()
    )


def _truth(
    condition: Condition,
    facts: Mapping[FactKey, Word],
    base: KnowledgeBase,
    above: frozenset[FactKey] = frozenset(),
) -> Truth:
    def of(leaf: Leaf) -> Truth:
        if leaf.key in facts:
            return Truth.YES if facts[leaf.key] == leaf.word else Truth.NO
        rule = base.rules.get(leaf.key)
        if rule is None or leaf.key in above:
            return Truth.UNKNOWN
        return _truth(rule.when, facts, base, above | {leaf.key})

    return condition.holds(of)
