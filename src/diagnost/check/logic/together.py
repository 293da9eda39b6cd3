"""Sentences that stand side by side: said twice, or said of the same facts with opposite sign."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from diagnost.check.logic.doubts import Doubt
from diagnost.check.logic.literals import Not
from diagnost.check.logic.worlds import UndecidedError, Wish, World, Worlds, fires, silent
from diagnost.model.decomposition import LEADERS, LEADS
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.rule import FactKey, Statement

_TOLD = ("body", "list", "summary")
_COURSE = frozenset({"trend", "step", "pace", "previous", *LEADERS, *LEADS})
_OPPOSITE = frozenset({Polarity.GOOD, Polarity.BAD})


def side_by_side(worlds: Worlds) -> Iterator[Doubt]:
    """Yield K602, K603 and K604: statements that a reader is told together and should not be.

    Two statements judge the same if one asks for no fact that the other does not ask for, and
    both look at the level of figures, or both at their course. They are told together if some
    company of which all is known makes both fire, and nothing that silences one of them.
    """
    base = worlds.base
    silencers = silencers_of(base)
    for one, other in _pairs(base):
        ways = silencers.get(one.id, ()) + silencers.get(other.id, ())
        if frozenset({one.polarity, other.polarity}) == _OPPOSITE:
            world = _meet(worlds, fires(one.id), fires(other.id), silent(*ways))
            if world is not None:
                yield _contradiction(one, other, worlds.told(world))
        elif (
            one.polarity is other.polarity
            and _facts(one) == _facts(other)
            and _meet(worlds, fires(one.id), fires(other.id), silent(*ways)) is not None
        ):
            yield from _said_twice(worlds, one, other)


def silencers_of(base: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """Return, by entry, the entries and rulings before which it gives way."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in base.rules.values():
        losers = getattr(rule, "prevails_over", ()) or getattr(rule, "silences", ())
        for loser in losers:
            found[loser] = (*found.get(loser, ()), rule.id)
    return found


def told_side_by_side(statement: Statement) -> bool:
    """Say whether a statement stands among others in a document."""
    return statement.place in _TOLD


def _pairs(base: KnowledgeBase) -> Iterator[tuple[Statement, Statement]]:
    """Yield the pairs of statements that judge the same for the same reader in the same place."""
    by_fact: dict[FactKey, list[Statement]] = {}
    for statement in base.statements.values():
        if told_side_by_side(statement):
            for key in _facts(statement):
                by_fact.setdefault(key, []).append(statement)
    seen = set()
    for statements in by_fact.values():
        for one, other in combinations(statements, 2):
            pair = (one.id, other.id)
            if pair in seen or not _meets(one, other):
                continue
            seen.add(pair)
            yield one, other


def _meets(one: Statement, other: Statement) -> bool:
    same_place = (one.area, one.place, one.per) == (other.area, other.place, other.per)
    same_reader = one.viewpoint == other.viewpoint or "" in (one.viewpoint, other.viewpoint)
    own, others = _facts(one), _facts(other)
    return (
        same_place
        and same_reader
        and (own <= others or others <= own)
        and _looks_back(own) == _looks_back(others)
    )


def _facts(statement: Statement) -> frozenset[FactKey]:
    return frozenset(leaf.key for leaf in statement.when.leaves)


def _looks_back(keys: frozenset[FactKey]) -> bool:
    return any(key.rpartition(".")[2] in _COURSE for key in keys)


def _meet(worlds: Worlds, *wishes: Wish) -> World | None:
    try:
        return worlds.find(*wishes)
    except UndecidedError:
        return None  # decided by the thorough check alone


def _contradiction(one: Statement, other: Statement, where: str) -> Doubt:
    first, second = sorted((one, other), key=lambda statement: statement.at)
    problem = Problem(
        code="K604",
        message=(
            f"{second.id} ({second.polarity.value}) and {first.id} ({first.polarity.value}) are "
            "told together and nothing says which gives way"
        ),
        at=second.at,
        also=first.at,
        hint=f"Both fire where {where}. Let one prevail, write a ruling, or narrow a condition.",
    )
    return Doubt(problem, (one.id, other.id))


def _said_twice(worlds: Worlds, one: Statement, other: Statement) -> Iterator[Doubt]:
    """Yield a problem where one of two statements never fires without the other."""
    alone = [_alone(worlds, one, other), _alone(worlds, other, one)]
    if all(alone):
        return
    first, second = sorted((one, other), key=lambda statement: statement.at)
    if not any(alone):
        message = f"{second.id} fires exactly where {first.id} does, and both are told"
        code, place, also = "K602", second.at, first.at
    else:
        narrow, wide = (one, other) if not alone[0] else (other, one)
        message = f"{narrow.id} never fires without {wide.id}, and both are told"
        code, place, also = "K603", narrow.at, wide.at
    hint = "Let the one that says more prevail over the other, or make one of the two."
    yield Doubt(Problem(code, message, place, hint, also), (one.id, other.id))


def _alone(worlds: Worlds, one: Statement, other: Statement) -> bool:
    """Say whether a statement can fire while another one is known not to."""
    return worlds.can(fires(one.id), Wish(Not(fires(other.id).tree)))
