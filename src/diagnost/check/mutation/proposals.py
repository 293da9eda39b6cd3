"""Examples that would notice what no example notices: found close to those there are, and tried."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from diagnost.check.examples import Trial, run_trial
from diagnost.check.mutation.bench import Bench, fires
from diagnost.check.mutation.edges import Shift
from diagnost.check.mutation.neighbours import Neighbours, Values, example_of
from diagnost.check.mutation.operators import Mutant
from diagnost.engine.part import part_of
from diagnost.model.rule import Condition, Example, ExampleValue, FactKey, Rule
from diagnost.pipeline import plan_of

_SINGLE, _DOUBLE = 1500, 2500
"""So many cases with one turn, and with two, are tried for an entry."""


class Proposal(NamedTuple):
    """An example for an entry: what it gives, whether the entry fires on it, and what it kills."""

    entry: str
    fires: bool
    example: Example
    kills: tuple[int, ...]  # numbers of mutants as they were asked about


class _Tried(NamedTuple):
    example: Example
    fires: bool
    kills: frozenset[int]
    strained: int
    rank: int


def proposals(bench: Bench, rule: Rule, open_: Sequence[Mutant]) -> tuple[Proposal, ...]:
    """Return a few examples that kill as many mutants of a rule as could be found.

    Each has been run: with the rule as it is, and with the condition of each mutant.
    """
    left = set(range(len(open_)))
    tried: list[_Tried] = []
    for strained, example in _cases(bench, rule, open_):
        if not left:
            break
        ran = run_trial(bench.base, Trial(rule, example, fires=True))
        fired = bool(ran.fired(rule.id))
        kills = frozenset(
            n for n, mutant in enumerate(open_) if fires(bench.base, ran, mutant.when) != fired
        )
        if kills:
            tried.append(_Tried(example, fired, kills, strained, len(tried)))
            left -= kills
    return tuple(_fewest(rule.id, tried))


def _fewest(entry: str, tried: Iterable[_Tried]) -> Iterator[Proposal]:
    """Choose few examples: the least strained first, of those what kills most, then the short."""
    tried = list(tried)
    left = set().union(*(each.kills for each in tried))
    while left:
        best = max(
            (each for each in tried if each.kills & left),
            key=lambda each: (
                -each.strained,
                len(each.kills & left),
                -len(each.example.values),
                -each.rank,
            ),
        )
        yield Proposal(entry, best.fires, best.example, tuple(sorted(best.kills & left)))
        left -= best.kills


def _cases(bench: Bench, rule: Rule, open_: Sequence[Mutant]) -> Iterator[tuple[int, Example]]:
    """Yield cases close to the examples of a rule, those with one turn first, and how strained."""
    neighbours = Neighbours(bench.base)
    facts = _facts_behind(bench, rule, [key for mutant in open_ for key in mutant.keys])
    seeds = _seeds(bench, rule, neighbours)
    seen: set[object] = set()

    def fresh(values: Values, like: Example, strained: int) -> Iterator[tuple[int, Example]]:
        example = example_of(values, like)
        mark = frozenset(example.values)
        if values and mark not in seen:
            seen.add(mark)
            yield strained, example

    def singly() -> Iterator[tuple[int, Example]]:
        for values, like in seeds:
            yield from fresh(values, like, 0)
            for turn in (*neighbours.turns(values, facts), *neighbours.removals(values)):
                yield from fresh(turn.of(values), like, turn.strained)

    def doubly() -> Iterator[tuple[int, Example]]:
        for values, like in seeds:
            turns = (*neighbours.turns(values, facts), *neighbours.removals(values))
            for one, other in combinations(turns, 2):
                if not one.keys & other.keys:
                    strained = one.strained + other.strained
                    yield from fresh(other.of(one.of(values)), like, strained)

    yield from islice(singly(), _SINGLE)
    yield from islice(doubly(), _DOUBLE)


def _seeds(bench: Bench, rule: Rule, neighbours: Neighbours) -> list[tuple[Values, Example]]:
    """Return the examples of a rule, those that fire first, also without each of its choices."""
    own = [trial for trial in bench.by_entry.get(rule.id, ()) if trial.fires]
    own += [trial for trial in bench.by_entry.get(rule.id, ()) if not trial.fires]
    found: list[tuple[Values, Example]] = [
        (dict(trial.example.values), trial.example) for trial in own
    ]
    for number in range(len(rule.when.any)):
        rest = rule.when._replace(any=(*rule.when.any[:number], *rule.when.any[number + 1 :]))
        needed = {neighbours.variable(key) for key in _behind(bench, rule, rest)}
        for trial in own:
            if trial.fires:
                kept = {
                    key: value
                    for key, value in trial.example.values
                    if neighbours.variable(key) in needed
                }
                found.append((kept, trial.example))
    return found


def _behind(bench: Bench, rule: Rule, when: Condition) -> set[FactKey]:
    return set(_facts_behind(bench, rule, [leaf.key for leaf in when.leaves]))


def _facts_behind(bench: Bench, rule: Rule, keys: Iterable[FactKey]) -> tuple[FactKey, ...]:
    """Return the facts themselves and those from outside that they hang on."""
    plan = plan_of(bench.base, rule.per)
    found: dict[FactKey, None] = {}
    for key in keys:
        found[key] = None
        for maker in _makers(bench, key):
            for asked in sorted({name for name, _ in part_of(plan, maker).asked}):
                found[asked] = None
    return tuple(found)


def _makers(bench: Bench, key: FactKey) -> Collection[str]:
    base = bench.base
    if key in base.rules:
        return (key,)
    if key in base.states:
        return [entry for entry, rule in base.conclusions.items() if rule.key == key]
    return ()


def proposal_for_shift(bench: Bench, shift: Shift) -> Proposal | None:
    """Return an example of an entry that a shifted limit turns round, None if none was found."""
    changed = bench.base.with_catalogue(shift.catalogue)
    for rule, example in _cases_at(bench, shift):
        trial = Trial(rule, example, fires=True)
        fired = bench.fires_in(bench.base, trial)
        if bench.fires_in(changed, trial) != fired:
            return Proposal(rule.id, fired, example, (0,))
    return None


def _cases_at(bench: Bench, shift: Shift) -> Iterator[tuple[Rule, Example]]:
    """Yield the examples that give a figure, with that figure beside the limit, nearest first."""
    neighbours = Neighbours(bench.base)
    for rule in bench.asking(shift):
        for trial in bench.by_entry.get(rule.id, ()):
            values: dict[FactKey, ExampleValue] = dict(trial.example.values)
            own = next((k for k in values if neighbours.variable(k) == shift.of), "")
            if not own:
                continue
            given = values[own]
            if not isinstance(given, tuple):
                continue
            earlier = given[:-1]
            for target in shift.targets:
                yield rule, example_of({**values, own: (*earlier, target)}, trial.example)
                if earlier:
                    yield rule, example_of({**values, own: (target, given[-1])}, trial.example)
