"""What became of every mutant: killed by an example, out of any example's reach, or survived."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from diagnost.check.mutation.bench import Bench
from diagnost.check.mutation.edges import EDGE_OPERATORS, Shift, limits, shifts
from diagnost.check.mutation.operators import CONDITION_OPERATORS, Mutant, mutants_of
from diagnost.check.mutation.proposals import Proposal, proposal_for_shift, proposals
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At

OPERATORS = (*CONDITION_OPERATORS, *EDGE_OPERATORS)
"""All kinds of changes, in the order in which they are told."""


class Subject(NamedTuple):
    """What is changed: an entry, or what has limits; ``mutants`` counts the changes.

    ``only`` are the numbers of those to be tried; None means all.
    """

    id: str
    at: At
    is_entry: bool
    only: frozenset[int] | None = None


class Survivor(NamedTuple):
    """A change that no example notices, and an example that would, if one was found."""

    subject: str
    operator: str
    change: str
    at: At
    killer: Proposal | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the mutants of some subjects fared; counts are by operator.

    ``equal`` are mutants that no example can tell from the entry as it is.
    """

    killed: Mapping[str, int]
    equal: Mapping[str, int]
    survivors: tuple[Survivor, ...]

    @property
    def survived(self) -> Counter[str]:
        """Return how many survived, by operator."""
        return Counter(each.operator for each in self.survivors)

    @property
    def score(self) -> float | None:
        """Return the share of mutants that were killed among those that could be, in percent.

        None where there were none.
        """
        killed = sum(self.killed.values())
        tried = killed + len(self.survivors)
        return 100 * killed / tried if tried else None


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of all."""
    killed: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    survivors: list[Survivor] = []
    for outcome in outcomes:
        killed.update(outcome.killed)
        equal.update(outcome.equal)
        survivors += outcome.survivors
    return Outcome(killed, equal, tuple(survivors))


def subjects(base: KnowledgeBase) -> tuple[Subject, ...]:
    """Return all that can be changed: entries in order of ids, then what has limits."""
    entries = [Subject(rule.id, rule.at, True) for rule in base.rules.values()]
    return (*entries, *(Subject(of, at, False) for of, at in limits(base.catalogue)))


def changes_of(base: KnowledgeBase, subject: Subject) -> tuple[Mutant | Shift, ...]:
    """Return the mutants of a subject, in order."""
    if subject.is_entry:
        return mutants_of(base.rules[subject.id], base.words)
    return tuple(shifts(subject.id, base.catalogue))


def examine(bench: Bench, subject: Subject, *, propose: bool = True) -> Outcome:
    """Try the mutants of a subject on the examples.

    With ``propose`` look for examples that kill the survivors; that takes most of the time.
    """
    if subject.is_entry:
        return _entry(bench, subject.id, subject.only, propose)
    return _limits(bench, subject.id, subject.only, propose)


def _entry(bench: Bench, entry: str, only: Collection[int] | None, propose: bool) -> Outcome:
    rule = bench.base.rules[entry]
    killed: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    open_: list[Mutant] = []
    for number, mutant in enumerate(mutants_of(rule, bench.base.words)):
        if only is not None and number not in only:
            continue
        noticed = bench.notices(rule, mutant.when)
        if noticed:
            killed[mutant.operator] += 1
        elif noticed is None or bench.is_same(rule, mutant.when):
            equal[mutant.operator] += 1
        else:
            open_.append(mutant)
    killers = _by_mutant(proposals(bench, rule, open_)) if open_ and propose else {}
    survivors = (
        Survivor(entry, mutant.operator, mutant.change, mutant.at, killers.get(number))
        for number, mutant in enumerate(open_)
    )
    return Outcome(killed, equal, tuple(survivors))


def _by_mutant(found: Sequence[Proposal]) -> dict[int, Proposal]:
    return {number: proposal for proposal in found for number in proposal.kills}


def _limits(bench: Bench, of: str, only: Collection[int] | None, propose: bool) -> Outcome:
    killed: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    survivors: list[Survivor] = []
    for number, shift in enumerate(shifts(of, bench.base.catalogue)):
        if only is not None and number not in only:
            continue
        if not bench.bears(shift):
            equal[shift.operator] += 1
        elif bench.notices_shift(shift):
            killed[shift.operator] += 1
        else:
            killer = proposal_for_shift(bench, shift) if propose else None
            survivors.append(Survivor(of, shift.operator, shift.change, shift.at, killer))
    return Outcome(killed, equal, tuple(survivors))
