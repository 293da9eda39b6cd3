"""What stayed open: rules that neither fired nor failed, and the unknown keys they hang on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from diagnost.engine.names import Name, absence
from diagnost.engine.plan import Alternative, Plan
from diagnost.engine.session import Session
from diagnost.model.fact import FactBase
from diagnost.model.rule import FactKey


def undecided(
    plan: Plan, base: FactBase, known: Session, possible: Session
) -> dict[str, tuple[FactKey, ...]]:
    """Return the rules that fire only in the ``possible`` session, sorted, each with its keys.

    The keys are those the company could tell us: a fact that other rules make leads on to what
    those rules hang on.
    """
    fired = {plan.alternatives[index].rule for index in known.fired}
    open_: dict[str, list[Alternative]] = defaultdict(list)
    for index in sorted(possible.fired):
        alternative = plan.alternatives[index]
        if alternative.rule not in fired:
            open_[alternative.rule].append(alternative)
    keys: dict[str, set[FactKey]] = {}
    rules: dict[str, set[str]] = {}
    for id_, alternatives in open_.items():
        names = {name for each in alternatives for name in _unknown(each, plan, known)}
        keys[id_] = {key for key, _ in names if key not in plan.derived or key in base.unknown}
        rules[id_] = {maker for name in names for maker in plan.makers.get(name, ())} & open_.keys()
    return {id_: tuple(sorted(_gathered(id_, keys, rules))) for id_ in sorted(open_)}


def _unknown(alternative: Alternative, plan: Plan, known: Session) -> Iterator[Name]:
    """Yield the facts of a possible alternative of which it is not known that they fit."""
    believed, asked_as = known.believed, plan.asked_as
    yield from (name for name in alternative.present if asked_as(name) not in believed)
    yield from (name for name in alternative.absent if absence(asked_as(name)) not in believed)


def _gathered(
    start: str, keys: Mapping[str, set[FactKey]], rules: Mapping[str, set[str]]
) -> set[FactKey]:
    """Return the keys of a rule and of all rules it leads to, also where these run in a circle."""
    seen = {start}
    way = [start]
    found: set[FactKey] = set()
    while way:
        id_ = way.pop()
        found |= keys[id_]
        fresh = rules[id_] - seen
        seen |= fresh
        way += fresh
    return found
