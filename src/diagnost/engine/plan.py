"""The plan: rules made ready for any engine, once for all periods and companies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from diagnost.engine import limits
from diagnost.engine.alternatives import Literals, alternatives
from diagnost.engine.names import ALWAYS, Name, absence
from diagnost.engine.stages import stages
from diagnost.model.located import DiagnostError, Problem
from diagnost.model.rule import FactKey, Rule


class Alternative(NamedTuple):
    """One way in which a rule fires; ``number`` counts the ways of a rule from 0, as written."""

    rule: str
    number: int
    stage: int
    present: tuple[Name, ...]
    absent: tuple[Name, ...]
    makes: Name


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """All alternatives in canonical order (stage, rule, number), and who makes what.

    ``derived`` are the keys that some rule makes; all others come from outside.
    """

    alternatives: tuple[Alternative, ...]
    makers: Mapping[Name, tuple[str, ...]]
    derived: frozenset[FactKey]

    @cached_property
    def asks(self) -> tuple[tuple[Name, ...], ...]:
        """Return what each alternative waits for, absences being facts too."""
        return tuple(
            (*each.present, *map(absence, each.absent)) or (ALWAYS,) for each in self.alternatives
        )

    @cached_property
    def askers(self) -> Mapping[Name, tuple[int, ...]]:
        """Return, for each fact an engine may be told, the alternatives that wait for it."""
        askers: dict[Name, list[int]] = defaultdict(list)
        for index, asks in enumerate(self.asks):
            for name in asks:
                askers[name].append(index)
        return {name: tuple(found) for name, found in askers.items()}

    @cached_property
    def asked(self) -> frozenset[Name]:
        """Return the facts whose presence or absence some alternative asks for."""
        return frozenset(
            name for each in self.alternatives for name in (*each.present, *each.absent)
        )

    @cached_property
    def settled(self) -> tuple[tuple[Name, ...], ...]:
        """Return, stage by stage, the derived facts nothing can make any more that are asked about.

        Only from that stage on may their absence be concluded.
        """
        finished: dict[str, int] = {each.rule: each.stage + 1 for each in self.alternatives}
        stages_: list[list[Name]] = [[] for _ in range(max(finished.values(), default=1))]
        for name in sorted({name for each in self.alternatives for name in each.absent}):
            if name[0] in self.derived:
                stage = max((finished.get(id_, 0) for id_ in self.makers.get(name, ())), default=0)
                stages_[stage].append(name)
        return tuple(map(tuple, stages_))


def compile_plan(rules: Sequence[Rule]) -> Plan:
    """Make the plan of rules whose ids are unique.

    Raise DiagnostError where rules hang on one another through an absence (K310) or ask for more
    than an engine can carry (K311).
    """
    _refuse(list(limits.too_many_alternatives(rules)))
    derived = frozenset(rule.makes[0] for rule in rules)
    ways = {rule.id: alternatives(rule.when, derived) for rule in rules}
    _refuse(list(limits.too_much_asked(rules, ways)))
    makers: dict[Name, tuple[str, ...]] = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        makers[rule.makes] = (*makers.get(rule.makes, ()), rule.id)
    stage = stages(rules, ways, makers)
    found = [
        _alternative(rule, number, stage[rule.id], way)
        for rule in rules
        for number, way in enumerate(ways[rule.id])
    ]
    found.sort(key=lambda each: (each.stage, each.rule, each.number))
    return Plan(alternatives=tuple(found), makers=makers, derived=derived)


def _alternative(rule: Rule, number: int, stage: int, way: Literals) -> Alternative:
    return Alternative(
        rule=rule.id,
        number=number,
        stage=stage,
        present=tuple(sorted(way.present)),
        absent=tuple(sorted(way.absent)),
        makes=rule.makes,
    )


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise DiagnostError(problems)
