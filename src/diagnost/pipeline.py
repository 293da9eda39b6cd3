"""The order of the stages: accounts and knowledge in, a Case out. Computes nothing itself."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from diagnost.compute.benchmarks import NOTHING, BenchmarkTable, compute_benchmarks
from diagnost.compute.circumstances import answers_of, in_circumstances
from diagnost.compute.decompositions import break_down
from diagnost.compute.derived import complete
from diagnost.compute.facts import compute_facts
from diagnost.compute.methods import in_days_of, in_method
from diagnost.compute.readings import ReadingTable, differing
from diagnost.compute.sides import sides_given
from diagnost.compute.subject_facts import facts_of_row, facts_of_whole
from diagnost.compute.undivided import RANGE, with_ranges
from diagnost.compute.workings import Workings
from diagnost.engine.plan import Plan, compile_plan
from diagnost.engine.run import run
from diagnost.knowledge.part import grounds_of, part_of
from diagnost.model.accounts import Accounts, Note, Pick
from diagnost.model.catalogue import Catalogue
from diagnost.model.decomposition import Breakdown, Decomposition
from diagnost.model.diagnosis import Diagnosis, Finding
from diagnost.model.fact import Run
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import OF_SINGLE_ROWS, Polarity, Reading
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.method import Method, settle
from diagnost.model.rule import FactKey, Truth
from diagnost.model.subject import Subject
from diagnost.model.suspicion import Suspicion
from diagnost.reason.advice import advise
from diagnost.reason.causes import explain
from diagnost.reason.findings import find
from diagnost.reason.gaps import not_assessed
from diagnost.reason.verdicts import judge

DIFFERS, APART = "given_differs", "given_apart"
"""Kinds of notes: an indicator given is not what the amounts, or other indicators, give."""


class Filed(NamedTuple):
    """Accounts and knowledge before the method picked by the accounts or a command was applied."""

    accounts: Accounts
    base: KnowledgeBase
    picks: tuple[Pick, ...]  # of the command line


class Case(NamedTuple):
    """Everything about one company: what it gave, what was computed, fired and concluded."""

    accounts: Accounts
    base: KnowledgeBase
    readings: ReadingTable
    runs: Mapping[str, Run]  # by period, oldest first
    diagnosis: Diagnosis
    viewpoint: str
    engine: str
    benchmarks: BenchmarkTable = NOTHING
    suspicions: tuple[Suspicion, ...] = ()  # what is most likely wrong where figures disagree
    sides: frozenset[str] = frozenset()  # of which something was given
    subject: Subject | None = None  # whom the case is about, if not the whole
    subjects: tuple["Case", ...] = ()  # the rows that are looked at one by one
    filed: "Filed | None" = None  # what was diagnosed, before a method was applied to it

    @property
    def method(self) -> Method:
        """Return the method by which the readings were computed."""
        return self.base.catalogue.method

    def looks_at(self, entry: str) -> bool:
        """Say whether an entry is about a side that is looked at."""
        return self.base.catalogue.side_of(entry) in ("", *self.sides)

    @property
    def accounts_looked_at(self) -> bool:
        """Say whether anything of the accounts was given, or all that is missed is the accounts."""
        return self.base.catalogue.accounts_side in ("", *self.sides)

    def reading(self, name: str, period: str) -> Reading:
        """Return the reading of an indicator, by id or symbol; KeyError if there is none.

        Of what is read by the rows of a table the whole has none, and the reason is that.
        """
        indicator = self.base.catalogue.indicators[self.base.catalogue.symbols.get(name, name)]
        if indicator.per and (indicator.id, period) not in self.readings:
            return Reading(indicator.id, period, missing=Missing(OF_SINGLE_ROWS))
        return self.readings[indicator.id, period]

    def breakdown(
        self, decomposition: Decomposition, period: str, moment: str = "first"
    ) -> Breakdown | None:
        """Return what moved a figure since the ``first`` or ``previous`` period, if known."""
        ids = [p.id for p in self.accounts.periods]
        found = break_down(
            decomposition,
            self.accounts,
            self.base.catalogue,
            self.readings,
            period,
            since=ids[0] if moment == "first" else ids[max(ids.index(period) - 1, 0)],
        )
        return found if isinstance(found, Breakdown) else None


def diagnose(
    accounts: Accounts,
    base: KnowledgeBase,
    *,
    engine: str = "auto",
    viewpoint: str = "owner",
    method: Iterable[Pick] = (),
) -> Case:
    """Diagnose a company over all its periods.

    ``method`` are options that go before those which the accounts pick. Only what is about the
    sides of which something was given takes part, whatever else the base holds.
    """
    picks = tuple(method)
    plan_base = _part(base, sides_given(accounts, base.catalogue))
    filed, varied = _in_method(accounts, base, picks)
    found = _diagnosed(filed, varied, plan_base, engine, viewpoint)
    return found._replace(filed=Filed(accounts, base, picks))


def by_option(case: Case, choice: str, option: str) -> tuple[Accounts, Catalogue] | None:
    """Return the accounts of a case, and the formulas, by another option of its method.

    None for a case whose accounts were supposed: by which method they were given is settled.
    """
    if case.filed is None:
        return None
    accounts, base, picks = case.filed
    accounts, varied = _in_method(accounts, base, (*picks, Pick(choice, option)))
    return complete(accounts, varied.catalogue), varied.catalogue


def diagnose_changed(case: Case, accounts: Accounts) -> Case:
    """Diagnose accounts that were made of those of a case, as the case was.

    The method is settled already: periods counted by its year must not be counted again, and an
    option of the command line is in no accounts. Notes that a diagnosis makes are made anew.
    """
    kept = tuple(note for note in accounts.notes if note.kind not in (DIFFERS, APART, RANGE))
    plan_base = _part(case.base, sides_given(accounts, case.base.catalogue))
    return _diagnosed(
        replace(accounts, notes=kept), case.base, plan_base, case.engine, case.viewpoint
    )


def _diagnosed(
    filed: Accounts, base: KnowledgeBase, plan_base: KnowledgeBase, engine: str, viewpoint: str
) -> Case:
    """Diagnose accounts in a settled method; ``plan_base`` is the part about the sides given."""
    sides = sides_given(filed, base.catalogue)
    plan = plan_of(plan_base)
    part = plan_base.with_catalogue(base.catalogue)
    accounts = _with_differences(complete(filed, base.catalogue), base)
    benchmarks = compute_benchmarks(accounts, base.catalogue)
    workings = _trusted_workings(accounts, part, benchmarks)
    readings = workings.table
    accounts = with_ranges(
        accounts, base.catalogue, readings, lambda o: _trusted_workings(o, part, benchmarks).table
    )
    runs = {}
    for period in accounts.periods:
        facts = compute_facts(accounts, part, readings, period.id, benchmarks=benchmarks)
        runs[period.id] = run(plan, facts, engine)
    diagnosis = _diagnosis(part, runs, viewpoint, readings, sides)
    whole = Case(
        accounts=accounts,
        base=base,
        readings=readings,
        runs=runs,
        diagnosis=diagnosis,
        viewpoint=viewpoint,
        engine=next(iter(runs.values())).engine,
        benchmarks=benchmarks,
        suspicions=_suspicions(filed, accounts, base, diagnosis.findings),
        sides=sides,
    )
    return whole._replace(subjects=_subjects(whole, workings, plan_base, engine))


def run_of(
    accounts: Accounts,
    base: KnowledgeBase,
    period: str,
    engine: str = "auto",
    *,
    about: tuple[FactKey, ...] = (),
) -> Run:
    """Return what fires in one period of accounts that have been diagnosed, or changed since.

    Method and derived amounts are those of the diagnosis; nothing else is made of the firings, and
    a reading is computed where a rule asks for it. ``about`` names the facts that matter: only the
    rules on which they rest are tried then.
    """
    part = _part(base, sides_given(accounts, base.catalogue))
    asked = _grounds(part, about) if about else part
    benchmarks = compute_benchmarks(accounts, base.catalogue)
    readings = _trusted_workings(accounts, part, benchmarks, everything=False).table
    facts = compute_facts(accounts, asked, readings, period, benchmarks=benchmarks)
    return run(plan_of(asked), facts, engine)


def _subjects(
    whole: Case, workings: Workings, plan_base: KnowledgeBase, engine: str
) -> tuple[Case, ...]:
    """Diagnose the rows that are looked at one by one, each with what was found of the whole."""
    accounts, base = whole.accounts, plan_base.with_catalogue(whole.base.catalogue)
    last = accounts.periods[-1].id
    found: list[Case] = []
    for table in base.catalogue.tables_of_subjects:
        rows = workings.subject_rows(table)
        if not rows or not base.has_rows_of(table):
            continue
        plan = plan_of(plan_base, table)
        of_whole = facts_of_whole(
            accounts, base, whole.readings, whole.runs[last], table, whole.benchmarks
        )
        for index in rows:
            own = workings.row_readings(table, index)
            readings = ChainMap(own, workings.table)
            row = accounts.records[table][index]
            facts = facts_of_row(accounts, base, readings, row, table, of_whole, whole.benchmarks)
            runs = {last: run(plan, facts, engine)}
            found.append(
                whole._replace(
                    readings=readings,
                    runs=runs,
                    diagnosis=_diagnosis(base, runs, whole.viewpoint, own, whole.sides),
                    suspicions=(),
                    subject=Subject(table, index, workings.records.name(table, index)),
                )
            )
    return tuple(found)


def _diagnosis(
    base: KnowledgeBase,
    runs: Mapping[str, Run],
    viewpoint: str,
    readings: ReadingTable,
    sides: frozenset[str],
) -> Diagnosis:
    """Make of the firings what the reader is told; ``base`` is of the sides looked at."""
    findings = find(base, runs, viewpoint)
    causes = explain(base, runs, findings)
    return Diagnosis(
        findings=findings,
        causes=causes,
        verdicts=judge(base, runs, findings),
        advice=advise(base, runs, findings, causes),
        not_assessed=not_assessed(base, runs, readings.values(), sides),
    )


def _in_method(
    accounts: Accounts, base: KnowledgeBase, command: Iterable[Pick]
) -> tuple[Accounts, KnowledgeBase]:
    """Let formulas and lengths of periods follow the method picked, and norms the answers."""
    catalogue = base.catalogue
    method = settle(catalogue.methods, accounts.method, command)
    changed = in_circumstances(in_method(catalogue, method), answers_of(accounts))
    if changed is catalogue:
        return accounts, base
    return in_days_of(accounts, method), base.with_catalogue(changed)


_PLANS: dict[int, tuple[KnowledgeBase, dict[str, Plan]]] = {}


def plan_of(base: KnowledgeBase, per: str = "") -> Plan:
    """Return the compiled plan of a knowledge base; compiled once as long as the base lives.

    ``per`` is the table whose rows the rules are about, '' for those about the whole.
    """
    known = _PLANS.get(id(base))
    if known is None or known[0] is not base:
        _PLANS[id(base)] = known = (base, {})
    if per not in known[1]:
        known[1][per] = _compiled(base, per)
    return known[1][per]


_PARTS: dict[tuple[int, frozenset[str]], tuple[KnowledgeBase, KnowledgeBase]] = {}


def _part(base: KnowledgeBase, sides: frozenset[str]) -> KnowledgeBase:
    """Return what a base says about some sides; worked out once as long as the base lives."""
    if base.part_for == sides or not base.catalogue.sides:
        return base
    known = _PARTS.get((id(base), sides))
    if known is None or known[0] is not base:
        _PARTS[id(base), sides] = known = (base, part_of(base, sides))
        known[1].prepare()
    return known[1]


_GROUNDS: dict[tuple[int, tuple[FactKey, ...]], tuple[KnowledgeBase, KnowledgeBase]] = {}


def _grounds(base: KnowledgeBase, facts: tuple[FactKey, ...]) -> KnowledgeBase:
    """Return the rules on which some facts rest; worked out once as long as the base lives."""
    known = _GROUNDS.get((id(base), facts))
    if known is None or known[0] is not base:
        _GROUNDS[id(base), facts] = known = (base, grounds_of(base, facts))
        known[1].prepare()
    return known[1]


def grounds_for(case: Case, facts: tuple[FactKey, ...]) -> KnowledgeBase:
    """Return the rules of a case on which some facts rest."""
    return _grounds(_part(case.base, sides_given(case.accounts, case.base.catalogue)), facts)


def ready_plans(base: KnowledgeBase) -> dict[str, Plan]:
    """Return the plans, and derive what every diagnosis asks for, so that what is kept has it."""
    plans = {per: plan_of(base, per) for per in ("", *base.catalogue.tables_of_subjects)}
    for plan in plans.values():
        plan.prepare()
    base.prepare()
    return plans


def _compiled(base: KnowledgeBase, per: str) -> Plan:
    states = (state for state in base.states.values() if state.per == per)
    words = {state.id: tuple(word.id for word in state.words) for state in states}
    return compile_plan(tuple(r for r in base.rules.values() if r.per == per), words)


def keep_plans(base: KnowledgeBase, plans: dict[str, Plan]) -> None:
    """Take over the plans that were compiled for this knowledge base before."""
    _PLANS[id(base)] = (base, plans)


def _trusted_workings(
    accounts: Accounts,
    base: KnowledgeBase,
    benchmarks: BenchmarkTable,
    *,
    everything: bool = True,
) -> Workings:
    """Compute the readings; figures that contradict each other give none.

    A data check with ``invalidates`` is decided first, on its own facts; where it holds, nothing
    that rests on that statement of the period is read, but for what shows the contradiction.
    Without ``everything`` a reading is computed when it is first asked for.
    """
    checks = [s for s in base.statements.values() if s.invalidates]
    exempt = {
        leaf.key for s in base.statements.values() if s.place == "data" for leaf in s.when.leaves
    }
    workings = Workings(accounts, base.catalogue, {}, frozenset(), benchmarks)
    readings = workings.all_readings(base.part_for) if everything else workings.table
    void: dict[str, set[str]] = {}
    for period in accounts.periods:
        keys = {leaf.key for check in checks for leaf in check.when.leaves}
        facts = compute_facts(accounts, base, readings, period.id, keys=keys, benchmarks=benchmarks)
        for check in checks:
            if check.when.holds(facts.truth_of) is Truth.YES:
                void.setdefault(period.id, set()).update(check.invalidates)
    if not void:
        return workings
    trusted = Workings(
        accounts, base.catalogue, void, frozenset(exempt), benchmarks, store=workings.store
    )
    if everything:
        trusted.all_readings(base.part_for)
    return trusted


def _suspicions(
    filed: Accounts, accounts: Accounts, base: KnowledgeBase, findings: Sequence[Finding]
) -> tuple[Suspicion, ...]:
    """Find the figures that are most likely wrong; nothing is done where none disagree."""
    contradicted = any(
        f.statement.place == "data"
        and f.statement.polarity in (Polarity.IMPOSSIBLE, Polarity.WATCH)
        for f in findings
    )
    if not contradicted and not any(n.kind.startswith("given_") for n in accounts.notes):
        return ()
    from diagnost.compute.suspects import find_suspects

    return find_suspects(filed, accounts, base)


def _with_differences(accounts: Accounts, base: KnowledgeBase) -> Accounts:
    """Note where an indicator given by the company differs from the one its amounts give."""
    notes = []
    for given, computed, by_amounts in differing(accounts, base.catalogue):
        indicator = base.catalogue.indicators[given.indicator]
        notes.append(
            Note(
                kind=DIFFERS if by_amounts else APART,
                figures={
                    "symbol": indicator.symbol,
                    "period": given.period,
                    "given": str(given.value),
                    "computed": str(computed.value),
                },
                at=given.given.at if given.given else None,
            )
        )
    return replace(accounts, notes=(*accounts.notes, *notes)) if notes else accounts
