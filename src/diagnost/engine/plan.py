"""The plan: rules made ready for any engine, once for all periods and companies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from diagnost.engine import limits
from diagnost.engine.alternatives import Literals, alternatives
from diagnost.engine.names import ALWAYS, Name, absence, standing
from diagnost.engine.stages import stages
from diagnost.model.located import DiagnostError, Problem
from diagnost.model.rule import FactKey, Rule, Word


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

    ``derived`` are the keys that some rule makes; all others come from outside. ``states`` are
    keys of which one word stands, the first in this order that some rule concluded.
    """

    alternatives: tuple[Alternative, ...]
    makers: Mapping[Name, tuple[str, ...]]
    derived: frozenset[FactKey]
    states: Mapping[FactKey, tuple[Word, ...]]

    def asked_as(self, name: Name) -> Name:
        """Return the fact an alternative waits for: of a state, that the word stands."""
        return standing(name) if name[0] in self.states else name

    @cached_property
    def ways(self) -> Mapping[str, tuple[Alternative, ...]]:
        """Return the alternatives of each rule that has any."""
        ways: dict[str, list[Alternative]] = defaultdict(list)
        for each in self.alternatives:
            ways[each.rule].append(each)
        return {rule: tuple(found) for rule, found in ways.items()}

    @cached_property
    def asks(self) -> tuple[tuple[Name, ...], ...]:
        """Return what each alternative waits for, absences being facts too."""
        return tuple(
            (*map(self.asked_as, each.present), *(absence(self.asked_as(n)) for n in each.absent))
            or (ALWAYS,)
            for each in self.alternatives
        )

    @cached_property
    def waits(self) -> tuple[int, ...]:
        """Return for how many facts each alternative waits."""
        return tuple(len(each.present) + len(each.absent) or 1 for each in self.alternatives)

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
        stages_: list[list[Name]] = [[] for _ in range(self._length)]
        for name in sorted({name for each in self.alternatives for name in each.absent}):
            if name[0] in self.derived and name[0] not in self.states:
                stages_[self._finished([name])].append(name)
        return tuple(map(tuple, stages_))

    @cached_property
    def decided(self) -> tuple[tuple[FactKey, ...], ...]:
        """Return, stage by stage, the states asked about that no rule can change any more."""
        stages_: list[list[FactKey]] = [[] for _ in range(self._length)]
        for key in sorted({key for key, _ in self.asked if key in self.states}):
            stages_[self._finished([(key, word) for word in self.states[key]])].append(key)
        return tuple(map(tuple, stages_))

    def prepare(self) -> None:
        """Derive now what every session asks for, so that a plan that is kept has it."""
        _ = self.waits, self.askers, self.asked, self.settled, self.decided
        vars(self).pop("asks", None)  # large, and done with

    @cached_property
    def _length(self) -> int:
        return max((each.stage for each in self.alternatives), default=0) + 1

    def _finished(self, names: Iterable[Name]) -> int:
        """Return the stage before which all that makes these facts is done."""
        makers = (maker for name in names for maker in self.makers.get(name, ()))
        return max((self._stage_of.get(maker, -1) + 1 for maker in makers), default=0)

    @cached_property
    def _stage_of(self) -> Mapping[str, int]:
        return {each.rule: each.stage for each in self.alternatives}


def compile_plan(
    rules: Sequence[Rule], states: Mapping[FactKey, tuple[Word, ...]] | None = None
) -> Plan:
    """Make the plan of rules whose ids are unique; ``states`` gives their words, worst first.

    Raise DiagnostError where rules hang on one another through an absence (K310) or ask for more
    than an engine can carry (K311).
    """
    _refuse(list(limits.too_many_alternatives(rules)))
    derived = frozenset(rule.makes[0] for rule in rules)
    states = states or {}
    ways = {rule.id: alternatives(rule.when, derived - states.keys()) for rule in rules}
    _refuse(list(limits.too_much_asked(rules, ways)))
    makers: dict[Name, tuple[str, ...]] = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        makers[rule.makes] = (*makers.get(rule.makes, ()), rule.id)
    stage = stages(rules, ways, makers, states)
    found = [
        _alternative(rule, number, stage[rule.id], way)
        for rule in rules
        for number, way in enumerate(ways[rule.id])
    ]
    found.sort(key=order)
    return Plan(alternatives=tuple(found), makers=makers, derived=derived, states=states)


def order(alternative: Alternative) -> tuple[int, str, int]:
    """Return by what alternatives are ordered: stage, rule, number."""
    return alternative.stage, alternative.rule, alternative.number


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
