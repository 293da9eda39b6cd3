"""The order of reasoning: what must be absent is asked only when nothing can make it any more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from diagnost.engine.alternatives import Literals
from diagnost.engine.names import Name
from diagnost.model.located import DiagnostError, Problem
from diagnost.model.rule import FactKey, Rule, Word

Makers = Mapping[Name, Sequence[str]]
"""The ids of the rules that can make a fact."""

_Needs = Mapping[str, frozenset[str]]


def stages(
    rules: Sequence[Rule],
    ways: Mapping[str, Sequence[Literals]],
    makers: Makers,
    states: Mapping[FactKey, tuple[Word, ...]],
) -> dict[str, int]:
    """Return the stage of each rule, counted from 0.

    No rule comes before the makers of the facts it uses, and each comes after the makers of the
    facts whose absence it uses, and after all makers of the states it uses: a graver word than
    the one it asks for must not stand. Raise DiagnostError (K310) where that cannot be.
    """
    present = {id_: _makers(makers, (way.present for way in ways[id_])) for id_ in ways}
    absent = {
        id_: _makers(makers, (way.absent for way in ways[id_]))
        | _makers(makers, (_graver(way, states) for way in ways[id_]))
        for id_ in ways
    }
    if problems := list(_circles({rule.id: rule for rule in rules}, present, absent)):
        raise DiagnostError(problems)
    stage = dict.fromkeys(ways, 0)
    moved = True
    while moved:  # ends: without a circle through absence no stage exceeds the number of rules
        moved = False
        for id_, reached in stage.items():
            after = [stage[maker] for maker in present[id_]]
            after += [stage[maker] + 1 for maker in absent[id_]]
            if (earliest := max(after, default=0)) > reached:
                stage[id_] = earliest
                moved = True
    return stage


def _makers(makers: Makers, asked: Iterable[frozenset[Name]]) -> frozenset[str]:
    return frozenset(maker for names in asked for name in names for maker in makers.get(name, ()))


def _graver(way: Literals, states: Mapping[FactKey, tuple[Word, ...]]) -> frozenset[Name]:
    """Return all that may be concluded on the states that a way asks for."""
    keys = {key for key, _ in (*way.present, *way.absent)}
    return frozenset((key, word) for key in keys for word in states.get(key, ()))


def _circles(rules: Mapping[str, Rule], present: _Needs, absent: _Needs) -> Iterator[Problem]:
    """Yield one problem for each pair of rules that hang on one another through an absence."""
    told: set[frozenset[str]] = set()
    for id_ in sorted(rules):
        for maker in sorted(absent[id_]):
            pair = frozenset((id_, maker))
            if pair in told or id_ not in _rests_on(maker, present, absent):
                continue
            told.add(pair)
            yield _circle(rules[id_], rules[maker])


def _rests_on(start: str, present: _Needs, absent: _Needs) -> set[str]:
    """Return the rule itself and every rule that it rests on, directly or through others."""
    found = {start}
    open_ = [start]
    while open_:
        id_ = open_.pop()
        fresh = (present[id_] | absent[id_]) - found
        found |= fresh
        open_ += fresh
    return found


def _circle(rule: Rule, maker: Rule) -> Problem:
    key, word = maker.makes
    if rule is maker:
        message = f"{rule.id} fires only while '{key}: {word}' is absent, and makes it itself"
    else:
        message = (
            f"{rule.id} fires only while '{key}: {word}' is absent, "
            f"and {maker.id}, which makes it, hangs on {rule.id} in turn"
        )
    return Problem(
        code="K310",
        message=message,
        at=rule.at,
        also=maker.at,
        hint="Ask in 'none' only for facts that do not depend on this rule",
    )
