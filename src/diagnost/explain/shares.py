"""What moved a figure: each part's share of its change, told as arithmetic."""

from collections.abc import Iterator

from diagnost.explain.alternatives import Moved
from diagnost.model.decomposition import LEADERS, LEADS, MOMENTS, Breakdown, Share
from diagnost.model.diagnosis import Finding
from diagnost.model.rule import FactKey
from diagnost.pipeline import Case

MOST = 2
"""How many figures of one finding are taken apart."""


TAKEN_APART, MOVING, LEVEL = range(3)


def shares(case: Case, indicator: str, period: str, moment: str = "first") -> Breakdown | None:
    """Return what moved an indicator since the ``first`` or the ``previous`` period.

    None where nothing takes it apart, where a figure is not known, or where it hardly changed. Of
    several ways to take it apart the first that is known is taken, as in the document.
    """
    if period == case.accounts.periods[0].id:
        return None
    for decomposition in case.base.catalogue.decompositions.values():
        if decomposition.of == indicator:
            breakdown = case.breakdown(decomposition, period, moment)
            if breakdown is not None:
                return breakdown if breakdown.leader is not None else None
    return None


def moved(case: Case, indicator: str, period: str, moment: str = "first") -> Moved | None:
    """Return what moved an indicator, and what moved its parts, down to what is not taken apart."""
    breakdown = shares(case, indicator, period, moment)
    return _followed(case, breakdown, period, moment, {indicator}) if breakdown else None


def moved_behind(case: Case, finding: Finding) -> tuple[Moved, ...]:
    """Return what moved the figures that a finding looks at itself, at most two.

    What it asks to be taken apart comes first, then what it sees moving, then the figure that it
    is an entry of.
    """
    found: dict[str, Moved] = {}
    for rank in (TAKEN_APART, MOVING, LEVEL):
        for indicator, moment in dict.fromkeys(_asked(case, finding, rank)):
            if indicator not in found:
                tree = moved(case, indicator, finding.period, moment)
                if tree is not None:
                    found[indicator] = tree
    # A figure that another one is taken apart into is told there.
    inner = {part for tree in found.values() for part in _inner(case, tree)}
    return tuple(tree for of, tree in found.items() if of not in inner)[:MOST]


def _asked(case: Case, finding: Finding, rank: int) -> Iterator[tuple[str, str]]:
    for firing in finding.firings:
        for key, _ in firing.used:
            asked = _moving(case, key)
            own = finding.statement.id.startswith(f"{key}.")
            if asked is not None and asked[0] == rank and (rank < LEVEL or own):
                yield asked[1:]


def _moving(case: Case, key: FactKey) -> tuple[int, str, str] | None:
    """Return how much a fact is about a movement, whose, and since when."""
    catalogue = case.base.catalogue
    head, _, tail = key.rpartition(".")
    if head in catalogue.decompositions:
        slot = LEADERS.get(tail) or LEADS[tail]
        return TAKEN_APART, catalogue.decompositions[head].of, MOMENTS[slot]
    if head in catalogue.indicators and key not in catalogue.indicators:
        if tail in ("step", "pace"):
            return MOVING, head, "previous"
        return (MOVING, head, "first") if tail == "trend" else None
    return (LEVEL, key, "first") if key in catalogue.indicators else None


def _followed(case: Case, breakdown: Breakdown, period: str, moment: str, seen: set[str]) -> Moved:
    def behind(share: Share) -> Moved | None:
        indicator = case.base.catalogue.indicator(share.part.figure)
        if indicator is None or indicator.id in seen or not share.effect:
            return None
        inner = shares(case, indicator.id, period, moment)
        return _followed(case, inner, period, moment, seen | {indicator.id}) if inner else None

    return Moved(breakdown, tuple(behind(share) for share in breakdown.shares))


def _inner(case: Case, tree: Moved) -> Iterator[str]:
    for share, behind in zip(tree.breakdown.shares, tree.behind, strict=True):
        indicator = case.base.catalogue.indicator(share.part.figure)
        if indicator is not None:
            yield indicator.id
        if behind is not None:
            yield from _inner(case, behind)
