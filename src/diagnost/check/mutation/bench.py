"""The examples at work: what each fact of a condition was in them, with and without a change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from diagnost.check.examples import Trial, run_trial, trials
from diagnost.check.logic.worlds import Truth as Wished
from diagnost.check.logic.worlds import Wish, Worlds
from diagnost.check.mutation.edges import THRESHOLD, Shift
from diagnost.check.mutation.operators import exchanged, is_same
from diagnost.engine.part import part_of
from diagnost.engine.plan import compile_plan
from diagnost.engine.run import run
from diagnost.model.catalogue import Catalogue
from diagnost.model.decomposition import LEADERS, LEADS
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError
from diagnost.model.rule import Condition, FactKey, Leaf, Rule, Truth
from diagnost.pipeline import plan_of

_MOVES = ("step", "trend", "pace", *LEADERS, *LEADS)
"""How keys of facts end that tell what a figure did over time."""


@dataclass
class Bench:
    """The examples of a knowledge base, each run once, when it is first asked for."""

    base: KnowledgeBase
    by_entry: dict[str, tuple[Trial, ...]] = field(default_factory=dict)
    _runs: dict[int, Run] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, list[Trial]] = defaultdict(list)
        for trial in trials(self.base):
            found[trial.rule.id].append(trial)
        self.by_entry = {entry: tuple(of) for entry, of in found.items()}

    def ran(self, trial: Trial) -> Run:
        """Return the run of one of the examples ``by_entry``."""
        known = self._runs.get(id(trial))  # those of ``by_entry`` live as long as the bench
        if known is None:
            known = self._runs[id(trial)] = run_trial(self.base, trial)
        return known

    def hanging_on(self, rule: Rule) -> tuple[Rule, ...]:
        """Return the entries that ask for what a rule makes, or for what such entries make."""
        found: dict[str, Rule] = {}
        open_ = [rule]
        while open_:
            for each in self.base.asked_by.get(open_.pop().makes[0], ()):
                if each.id not in found and each.id != rule.id and each.per == rule.per:
                    found[each.id] = each
                    open_.append(each)
        return tuple(found[entry] for entry in sorted(found))

    def notices(self, rule: Rule, when: Condition) -> bool | None:
        """Say whether any example turns out differently if a rule had another condition.

        None where the rules could then not be put in order: the change can do no harm unseen.
        """
        for trial in self.by_entry.get(rule.id, ()):
            if fires(self.base, self.ran(trial), when) != trial.fires:
                return True
        changed = replace(rule, when=when)
        for dependent in self.hanging_on(rule):
            for trial in self.by_entry.get(dependent.id, ()):
                ran = self.ran(trial)
                if fires(self.base, ran, when) == fires(self.base, ran, rule.when):
                    continue
                fired = self._fires_with(trial, changed, ran)
                if fired is None or fired != trial.fires:
                    return fired if fired is None else True
        return False

    def bears(self, shift: Shift) -> bool:
        """Say whether any entry could turn out differently if a limit lay elsewhere.

        None can where every condition takes the words on its two sides for the same, if it asks
        for them at all, and no formula takes the edge.
        """
        if not shift.words:
            return bool(self._reach(shift)[0])
        if self._users_of_edges(shift.of):
            return True
        for low, high in shift.words:
            for rule in self.base.asked_by.get(low.key, ()):
                other = exchanged(rule.when, low, high)
                if not low.word or not (is_same(rule.when, other) or self.is_same(rule, other)):
                    return True
        return False

    def is_same(self, rule: Rule, when: Condition) -> bool:
        """Say whether no company could make a rule fire and not a condition, or the reverse.

        Of what could not be decided, that some company could.
        """
        worlds = self._worlds
        for holds, fails in ((rule.when, when), (when, rule.when)):
            not_so = Wish(worlds.literals.of(fails), Wished.HOLDS_NOT)
            if worlds.can(worlds.meets(holds), not_so):
                return False
        return True

    @cached_property
    def _worlds(self) -> Worlds:
        return Worlds(self.base)

    def notices_shift(self, shift: Shift) -> bool:
        """Say whether any example turns out differently if a limit lay elsewhere."""
        changed = self.base.with_catalogue(shift.catalogue)
        return any(self.fires_in(changed, trial) != trial.fires for trial in self._touched(shift))

    def fires_in(self, changed: KnowledgeBase, trial: Trial) -> bool:
        """Say whether an example fires in a knowledge base with other limits."""
        plan = plan_of(self.base, trial.rule.per)
        return bool(run_trial(changed, trial, plan).fired(trial.rule.id))

    def asking(self, shift: Shift) -> tuple[Rule, ...]:
        """Return the entries that ask for a fact on which a limit bears, those beside it first."""
        keys, _ = self._reach(shift)
        found = {rule.id: rule for key in sorted(keys) for rule in self.base.asked_by.get(key, ())}
        topic = shift.of.removeprefix("company.")
        return tuple(sorted(found.values(), key=lambda r: (not r.id.startswith(topic), r.id)))

    def _touched(self, shift: Shift) -> Iterator[Trial]:
        """Yield the examples in which a limit may make a difference, each once."""
        keys, figures = self._reach(shift)
        seen: set[int] = set()
        for key in sorted(keys):
            for trial in self._asking.get(key, ()):
                if id(trial) in seen:
                    continue
                seen.add(id(trial))
                fact = self.ran(trial).base.facts.get(key)
                readings = fact.readings if fact is not None else ()
                if (
                    not figures
                    or any(r.value is not None and shift.near(r.value) for r in readings)
                    or key.startswith("company.")
                ):
                    yield trial

    def _reach(self, shift: Shift) -> tuple[set[FactKey], bool]:
        """Return the facts on which a limit bears, and whether only figures near it matter."""
        catalogue = self.base.catalogue
        moves = {key for key in self._asking if key.rpartition(".")[2] in _MOVES}
        if shift.operator == THRESHOLD:
            if shift.of in catalogue.steadiness:
                return {key for key in moves if self._group(key) in (shift.of, "")}, False
            return {k for k in moves if k.rpartition(".")[2] in LEADS}, False
        if shift.of not in catalogue.indicators:
            return {shift.of}, True
        users = self._users_of_edges(shift.of)
        heads = {shift.of, *users}
        found = {key for key in self._asking if _head(key, catalogue) in heads}
        return found, not users

    def _group(self, key: FactKey) -> str:
        """Return the group of trends by which the course of a fact is judged; '' if by several."""
        head = key.rpartition(".")[0]
        if head.startswith("lines."):
            return "money"
        indicator = self.base.catalogue.indicators.get(head)
        return indicator.steadiness.id if indicator is not None else ""

    def _users_of_edges(self, indicator: str) -> frozenset[str]:
        """Return the indicators that rest on an edge of a band of this one."""
        if indicator not in self._edges_used:
            return frozenset()
        found: set[str] = set()
        for id_, (names, edges_of) in self._uses.items():  # each stands after those it uses
            if indicator in edges_of or names & found:
                found.add(id_)
        return frozenset(found)

    @cached_property
    def _uses(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Return by indicator what its formulas use, and of which indicators they use an edge."""
        catalogue = self.base.catalogue
        found = {}
        for each in catalogue.indicators.values():
            names = {name for formula in each.formulas for name in formula.all_names}
            edges = (n.rsplit(".", 2)[0] for n in names if n.endswith((".lower", ".upper")))
            found[each.id] = (
                frozenset(catalogue.symbols.get(name, name) for name in names),
                frozenset(catalogue.symbols.get(name, name) for name in edges),
            )
        return found

    @cached_property
    def _edges_used(self) -> frozenset[str]:
        return frozenset(of for _, edges in self._uses.values() for of in edges)

    @cached_property
    def _asking(self) -> Mapping[FactKey, tuple[Trial, ...]]:
        """Return the examples in which a fact is known, by its key."""
        found: dict[FactKey, list[Trial]] = defaultdict(list)
        for of in self.by_entry.values():
            for trial in of:
                facts = self.ran(trial).base
                for key in (*facts.facts, *facts.unknown):
                    found[key].append(trial)
        return {key: tuple(of) for key, of in found.items()}

    def _fires_with(self, trial: Trial, changed: Rule, ran: Run) -> bool | None:
        """Run an example again with a changed rule; None where the rules are in no order then."""
        whole = plan_of(self.base, trial.rule.per)
        part = part_of(whole, trial.rule.id)
        ids = sorted({each.rule for each in part.alternatives} | {changed.id})
        rules = tuple(changed if id_ == changed.id else self.base.rules[id_] for id_ in ids)
        try:
            plan = compile_plan(rules, whole.states)
        except DiagnostError:
            return None
        return bool(run(plan, ran.base, "builtin").fired(trial.rule.id))


def _head(key: FactKey, catalogue: Catalogue) -> str:
    """Return the indicator that a fact is about."""
    return key if key in catalogue.indicators else key.rpartition(".")[0]


def fires(base: KnowledgeBase, ran: Run, when: Condition) -> bool:
    """Say whether a condition holds on what is known in a run."""
    made = {firing.made for firing in ran.firings}

    def truth(leaf: Leaf) -> Truth:
        state = base.states.get(leaf.key)
        if state is not None and leaf.key not in ran.base.facts:
            if leaf.key in ran.base.unknown:
                return Truth.UNKNOWN
            stands = state.standing(made)
            return Truth.YES if stands is not None and stands.id == leaf.word else Truth.NO
        if (leaf.key, leaf.word) in made:
            return Truth.YES
        if leaf.key in base.rules and leaf.key in ran.undecided:
            return Truth.UNKNOWN
        return ran.base.truth_of(leaf)

    return when.holds(truth) is Truth.YES
