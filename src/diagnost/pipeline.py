"""The order of the stages: accounts and knowledge in, a Case out. Computes nothing itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from diagnost.compute.benchmarks import NOTHING, BenchmarkTable, compute_benchmarks
from diagnost.compute.decompositions import break_down
from diagnost.compute.derived import complete
from diagnost.compute.facts import compute_facts
from diagnost.compute.methods import in_days_of, in_method
from diagnost.compute.readings import ReadingTable, compute_readings, differing
from diagnost.engine.plan import Plan, compile_plan
from diagnost.engine.run import run
from diagnost.model.accounts import Accounts, Note, Pick
from diagnost.model.decomposition import Breakdown, Decomposition
from diagnost.model.diagnosis import Diagnosis, Finding
from diagnost.model.fact import Run
from diagnost.model.indicator import Polarity, Reading
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.method import Method, settle
from diagnost.model.rule import Truth
from diagnost.model.suspicion import Suspicion
from diagnost.reason.advice import advise
from diagnost.reason.causes import explain
from diagnost.reason.findings import find
from diagnost.reason.gaps import not_assessed
from diagnost.reason.verdicts import judge


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

    @property
    def method(self) -> Method:
        """Return the method by which the readings were computed."""
        return self.base.catalogue.method

    def reading(self, name: str, period: str) -> Reading:
        """Return the reading of an indicator, by id or symbol; KeyError if there is none."""
        return self.readings[self.base.catalogue.symbols.get(name, name), period]

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

    ``method`` are options that go before those which the accounts pick.
    """
    plan = plan_of(base)
    filed, base = _in_method(accounts, base, method)
    accounts = _with_differences(complete(filed, base.catalogue), base)
    benchmarks = compute_benchmarks(accounts, base.catalogue)
    readings = _trusted_readings(accounts, base, benchmarks)
    runs = {}
    for period in accounts.periods:
        facts = compute_facts(accounts, base, readings, period.id, benchmarks=benchmarks)
        runs[period.id] = run(plan, facts, engine)
    findings = find(base, runs, viewpoint)
    diagnosis = Diagnosis(
        findings=findings,
        causes=explain(base, runs, findings),
        verdicts=judge(base, runs, findings),
        advice=advise(base, runs, findings),
        not_assessed=not_assessed(base, runs, readings.values()),
    )
    return Case(
        accounts=accounts,
        base=base,
        readings=readings,
        runs=runs,
        diagnosis=diagnosis,
        viewpoint=viewpoint,
        engine=next(iter(runs.values())).engine,
        benchmarks=benchmarks,
        suspicions=_suspicions(filed, accounts, base, findings),
    )


def _in_method(
    accounts: Accounts, base: KnowledgeBase, command: Iterable[Pick]
) -> tuple[Accounts, KnowledgeBase]:
    """Let the formulas and the lengths of the periods follow the method that was picked."""
    catalogue = base.catalogue
    method = settle(catalogue.methods, accounts.method, command)
    changed = in_method(catalogue, method)
    if changed is catalogue:
        return accounts, base
    return in_days_of(accounts, method), base.with_catalogue(changed)


_PLANS: dict[int, tuple[KnowledgeBase, Plan]] = {}


def plan_of(base: KnowledgeBase) -> Plan:
    """Return the compiled plan of a knowledge base; compiled once as long as the base lives."""
    known = _PLANS.get(id(base))
    if known is None or known[0] is not base:
        _PLANS[id(base)] = known = (base, _compiled(base))
    return known[1]


def ready_plan(base: KnowledgeBase) -> Plan:
    """Return the plan, and derive what every diagnosis asks for, so that what is kept has it."""
    plan = plan_of(base)
    plan.prepare()
    base.prepare()
    return plan


def _compiled(base: KnowledgeBase) -> Plan:
    words = {state.id: tuple(word.id for word in state.words) for state in base.states.values()}
    return compile_plan(tuple(base.rules.values()), words)


def keep_plan(base: KnowledgeBase, plan: Plan) -> None:
    """Take over a plan that was compiled for this knowledge base before."""
    _PLANS[id(base)] = (base, plan)


def _trusted_readings(
    accounts: Accounts, base: KnowledgeBase, benchmarks: BenchmarkTable
) -> ReadingTable:
    """Compute the readings; figures that contradict each other give none.

    A data check with ``invalidates`` is decided first, on its own facts; where it holds, nothing
    that rests on that statement of the period is read, but for what shows the contradiction.
    """
    checks = [s for s in base.statements.values() if s.invalidates]
    exempt = {
        leaf.key for s in base.statements.values() if s.place == "data" for leaf in s.when.leaves
    }
    readings = compute_readings(accounts, base.catalogue, benchmarks=benchmarks)
    void: dict[str, set[str]] = {}
    for period in accounts.periods:
        keys = {leaf.key for check in checks for leaf in check.when.leaves}
        facts = compute_facts(accounts, base, readings, period.id, keys=keys, benchmarks=benchmarks)
        for check in checks:
            if check.when.holds(facts.truth_of) is Truth.YES:
                void.setdefault(period.id, set()).update(check.invalidates)
    if not void:
        return readings
    return compute_readings(
        accounts, base.catalogue, void=void, exempt=exempt, benchmarks=benchmarks
    )


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
                kind="given_differs" if by_amounts else "given_apart",
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
