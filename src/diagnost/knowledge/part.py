"""The part of the knowledge base that a case can use: the sides of which something was given.

An entry that asks for facts of a side of which nothing is known could only stay undecided: it is
left out, and so is a member of ``any`` that does. What bridges two sides thus belongs to the cases
that have both, wherever it stands.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from typing import TypeVar

from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Condition, FactKey, Leaf, Rule

R = TypeVar("R", bound=Rule)
Known = Callable[[Leaf], bool]


def part_of(base: KnowledgeBase, sides: Set[str]) -> KnowledgeBase:
    """Return the base with the rules and states of these sides; the catalogue stays whole."""
    catalogue = base.catalogue
    if not catalogue.sides:
        return base
    looked_at = {"", *sides}

    def belongs(id_: FactKey) -> bool:
        return catalogue.side_of(id_) in looked_at

    def known(leaf: Leaf) -> bool:
        told_by = catalogue.sides_of_fact(leaf.key)
        return not told_by or not looked_at.isdisjoint(told_by)

    def some(rules: Mapping[str, R]) -> dict[str, R]:
        usable = ((id_, _usable(rule, known)) for id_, rule in rules.items() if belongs(id_))
        return {id_: rule for id_, rule in usable if rule is not None}

    return replace(
        base,
        part_for=frozenset(sides),
        states={id_: state for id_, state in base.states.items() if belongs(id_)},
        statements=some(base.statements),
        rulings=some(base.rulings),
        causes=some(base.causes),
        conclusions=some(base.conclusions),
        recommendations=some(base.recommendations),
    )


def grounds_of(base: KnowledgeBase, facts: Iterable[FactKey]) -> KnowledgeBase:
    """Return the base with the rules on which some facts rest, and no others.

    Those are the rules that make them, those that make what they ask for, and so on: what fires
    among them is what would fire among all.
    """
    makers: dict[FactKey, list[Rule]] = {}
    for rule in base.rules.values():
        makers.setdefault(rule.makes[0], []).append(rule)
    kept: set[str] = set()
    open_ = list(facts)
    seen = set(open_)
    while open_:
        for rule in makers.get(open_.pop(), ()):
            kept.add(rule.id)
            asked = {leaf.key for leaf in rule.when.leaves} - seen
            seen |= asked
            open_ += asked

    def grounds(rules: Mapping[str, R]) -> dict[str, R]:
        return {id_: rule for id_, rule in rules.items() if id_ in kept}

    return replace(
        base,
        statements=grounds(base.statements),
        rulings=grounds(base.rulings),
        causes=grounds(base.causes),
        conclusions=grounds(base.conclusions),
        recommendations=grounds(base.recommendations),
    )


def _usable(rule: R, known: Known) -> R | None:
    when = _within(rule.when, known)
    if when is None or when == rule.when:
        return rule if when is not None else None
    return replace(rule, when=when)


def _within(condition: Condition, known: Known) -> Condition | None:
    """Return what can be decided of a condition; None where that is nothing."""
    if not all(map(known, (*condition.all, *condition.none))):
        return None
    groups = []
    for group in condition.any:
        members = tuple(m for member in group if (m := _within(member, known)) is not None)
        if group and not members:
            return None
        groups.append(members)
    return condition._replace(any=tuple(groups))
