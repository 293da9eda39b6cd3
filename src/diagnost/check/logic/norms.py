"""Norms: what two of them say of one value, and which edges no example shows."""

from collections.abc import Collection, Iterator
from itertools import combinations, pairwise

from diagnost.check.logic.doubts import Doubt
from diagnost.check.logic.stretches import fact_of, samples
from diagnost.model.indicator import Indicator, Norm, Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.rule import FactKey, Word

_OPPOSITE = frozenset({Polarity.GOOD, Polarity.BAD})


def contradicting_norms(base: KnowledgeBase) -> Iterator[Doubt]:
    """Yield K610 where one norm of a figure calls good what another one calls bad."""
    for indicator in base.catalogue.indicators.values():
        for one, other in combinations(indicator.norms, 2):
            clash = _clash(indicator, one, other)
            if clash:
                hint = "Make the edges agree, or say which norm is meant for whom in two figures."
                message = f"the norms {one.id} and {other.id} of {indicator.id} disagree: {clash}"
                problem = Problem("K610", message, other.at, hint, one.at)
                yield Doubt(problem, (fact_of(indicator, one), fact_of(indicator, other)))


def _clash(indicator: Indicator, one: Norm, other: Norm) -> str:
    for value in samples(indicator):
        first, second = one.band_of(value), other.band_of(value)
        if frozenset({first.polarity, second.polarity}) == _OPPOSITE:
            return (
                f"{value.normalize():f} is {first.id} ({first.polarity.value}) by one "
                f"and {second.id} ({second.polarity.value}) by the other"
            )
    return ""


def unshown_edges(base: KnowledgeBase, shown: Collection[tuple[FactKey, Word]]) -> Iterator[Doubt]:
    """Yield K611 for edges that decide something and have no example with a value on each side.

    ``shown`` are the bands into which values of examples fell.
    """
    asked: dict[FactKey, list[frozenset[Word]]] = {}
    for rule in base.rules.values():
        words: dict[FactKey, set[Word]] = {}
        for leaf in rule.when.leaves:
            words.setdefault(leaf.key, set()).add(leaf.word)
        for key, of_rule in words.items():
            asked.setdefault(key, []).append(frozenset(of_rule))
    for indicator in base.catalogue.indicators.values():
        for norm in indicator.norms:
            key = fact_of(indicator, norm)
            for low, high in pairwise(norm.bands):
                decides = any((low.id in w) is not (high.id in w) for w in asked.get(key, ()))
                sides = [band for band in (low, high) if (key, band.id) not in shown]
                if decides and sides:
                    named = " or ".join(band.id for band in sides)
                    message = f"no example has a value of {key} that is {named}"
                    hint = f"Give values on both sides of the edge between {low.id} and {high.id}."
                    problem = Problem("K611", message, low.at, hint)
                    yield Doubt(problem, (key, low.id))
