"""Why: from an entry down to the cells of the accounts, or what its condition lacks."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from diagnost.compute.facts import compute_facts
from diagnost.explain.alternatives import Moved
from diagnost.explain.cells import Cells
from diagnost.explain.lookup import Entry
from diagnost.explain.rests import all_users, holds_amount, readings_behind, users
from diagnost.explain.rivals import alternatives
from diagnost.explain.shares import moved, moved_behind
from diagnost.explain.tree import (
    AdviceTree,
    Answer,
    CauseTree,
    FactTree,
    FindingTree,
    FiringTree,
    GaveWay,
    IndicatorTree,
    LineTree,
    Link,
    NotFired,
    NoVerdict,
    RuleTree,
    UnknownFact,
    VerdictTree,
    Why,
)
from diagnost.explain.unmet import unmet
from diagnost.model.diagnosis import Advice, Cause, Finding
from diagnost.model.fact import Fact, FactBase, Firing
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import OF_SINGLE_ROWS, Reading
from diagnost.model.rule import CauseRule, FactKey, Recommendation, Ruling, Statement
from diagnost.model.suspicion import Suspicion
from diagnost.pipeline import Case

KINDS = (
    "statement",
    "cause",
    "recommendation",
    "rule",
    "ruling",
    "indicator",
    "area",
    "state",
    "line",
    "fact",
)
"""The kinds of entries that can be asked about, those meant first coming first."""


def why(case: Case, entry: Entry, period: str) -> Why:
    """Answer why an entry is as it is in a period."""
    return Why(entry=entry.id, period=period, answer=_Builder(case, period).answer(entry))


def reading_in(case: Case, indicator: str, period: str) -> Reading:
    """Return the reading of an indicator; of what is read row by row the whole has none."""
    of_single_rows = Reading(indicator, period, missing=Missing(OF_SINGLE_ROWS))
    return case.readings.get((indicator, period), of_single_rows)


def fact_in(case: Case, key: FactKey, period: str) -> Fact | UnknownFact:
    """Return a fact of a period, also one that no rule asks for, or what would settle it."""
    computed = _facts_for(case, [key], period)
    fact = computed.facts.get(key)
    return fact or UnknownFact(key=key, needs=computed.unknown.get(key, ()))


def _facts_for(case: Case, keys: Iterable[FactKey], period: str) -> FactBase:
    return compute_facts(case.accounts, case.base, case.readings, period, keys=keys)


class _Builder:
    def __init__(self, case: Case, period: str) -> None:
        self.case = case
        self.base = case.base
        self.period = period
        self.run = case.runs[period]
        self.cells = Cells(case, period)
        self.findings = {
            finding.statement.id: finding
            for finding in case.diagnosis.findings
            if finding.period == period
        }
        links = [cause for cause in case.diagnosis.causes if cause.period == period]
        self.causes = [link for link in links if not link.gave_way_to]
        self.silenced = {link.rule.id: link.gave_way_to for link in links if link.gave_way_to}
        self._explained: set[str] = set()  # findings whose causes stand in the tree already
        self._above: list[str] = []  # the findings on the way down to where the tree is built
        self._taken_apart: set[tuple[str, str]] = set()  # changes that stand in the tree already

    def answer(self, entry: Entry) -> Answer:
        match entry.kind:
            case "indicator":
                return self._indicator(entry.id)
            case "line":
                return self._line(entry.id)
            case "fact":
                return self._fact(entry.id)
            case "area":
                return self._area(entry.id)
            case "state":
                state = self.base.states[entry.id]
                return self._area(state.verdict_on) if state.verdict_on else self._state(entry.id)
            case _:
                return self._rule(entry.id)

    # --- rules ----------------------------------------------------------------------------------

    def _rule(self, entry: str) -> Answer:
        rule = self.base.rules[entry]
        firings = self.run.fired(entry)
        if not firings:
            return self._not_fired(entry)
        match rule:
            case Statement():
                finding = self.findings.get(entry)
                if finding is None:
                    return NotFired(rule=rule, unmet=(), other_reader=rule.viewpoint)
                return self._finding(finding)
            case CauseRule():
                return CauseTree(
                    rule=rule,
                    effects=tuple(self._named(rule.effects)),
                    causes=tuple(self._named(rule.causes)),
                    firing=self.cells.firing(firings),
                    gave_way=self._gave_way(self.silenced.get(entry, "")),
                )
            case Recommendation():
                return self._advice(entry)
            case Ruling():
                silenced = self._silenced(entry)
                return RuleTree(firing=self.cells.firing(firings), silenced=silenced)
            case _:
                return RuleTree(firing=self.cells.firing(firings))

    def _not_fired(self, entry: str) -> NotFired:
        rule = self.base.rules[entry]
        side = self.base.catalogue.side_of(entry)
        if rule.per != (self.case.subject.table if self.case.subject is not None else ""):
            return NotFired(rule=rule, unmet=(), of_rows=rule.per)
        return NotFired(
            rule=rule,
            unmet=unmet(rule.when, self.cells),
            other_side=side not in ("", *self.case.sides),
            undecided=entry in self.run.undecided,
        )

    def _finding(self, finding: Finding) -> FindingTree:
        explained = self._explanation(finding)
        entry = finding.statement.id
        effects = tuple(
            Link(rule=cause.rule, end=FindingTree(finding=self.findings[cause.effect], again=True))
            for cause in self._links(entry, lambda cause: cause.cause)
        )
        return replace(
            explained,
            effects=effects,
            firing=self.cells.firing(finding.firings),
            gave_way=self._gave_way(finding.gave_way_to),
            silenced=self._silenced(entry),
            suspicion=self._suspicion(entry),
            alternatives=alternatives(self.case, entry, self.period),
        )

    def _suspicion(self, entry: str) -> Suspicion | None:
        """Return what a contradiction of the period points to, if the entry is one."""
        for suspicion in self.case.suspicions:
            if (entry, self.period) in suspicion.checks:
                return suspicion
        return None

    def _explanation(self, finding: Finding) -> FindingTree:
        """Build a finding with what explains it, cause by cause; each is explained once.

        What stands above is no explanation of what explains it, so there are no circles.
        """
        entry = finding.statement.id
        if entry in self._explained:
            return FindingTree(finding=finding, again=True)
        self._explained.add(entry)
        self._above.append(entry)
        changes = tuple(self._fresh(moved_behind(self.case, finding)))
        causes = []
        for cause in self._links(entry, lambda cause: cause.effect):
            end = self.findings[cause.cause]
            if cause.cause in self._above:
                continue
            # The same test seen twice explains nothing further.
            tree = FindingTree(finding=end) if cause.rule.identity else self._explanation(end)
            causes.append(Link(rule=cause.rule, end=tree))
        self._above.pop()
        return FindingTree(finding=finding, causes=tuple(causes), moved=changes)

    def _fresh(self, changes: Iterable[Moved]) -> Iterable[Moved]:
        """Yield the changes that are not taken apart further up."""
        for change in changes:
            breakdown = change.breakdown
            key = (breakdown.decomposition.id, breakdown.before.period)
            if key not in self._taken_apart:
                self._taken_apart.add(key)
                yield change

    def _links(self, entry: str, side: Callable[[Cause], str]) -> list[Cause]:
        return [cause for cause in self.causes if side(cause) == entry]

    def _named(self, statements: Iterable[str]) -> Iterable[FindingTree]:
        """Yield the findings among these statements, without what explains them."""
        for entry in statements:
            if entry in self.findings:
                yield FindingTree(finding=self.findings[entry])

    def _advice(self, entry: str) -> AdviceTree:
        advice = next(
            advice
            for advice in self.case.diagnosis.advice
            if advice.period == self.period and advice.recommendation.id == entry
        )
        return AdviceTree(
            advice=advice,
            because=tuple(self._explanation(self.findings[id_]) for id_ in advice.because),
            firing=self.cells.firing(advice.firings),
            gave_way=self._gave_way(advice.gave_way_to),
            silenced=self._silenced(entry),
        )

    def _gave_way(self, winner: str) -> GaveWay | None:
        return GaveWay(entry=winner, ruling=self.base.rulings.get(winner)) if winner else None

    def _silenced(self, winner: str) -> tuple[GaveWay, ...]:
        spoken: list[Finding | Advice] = [*self.findings.values()]
        spoken += [a for a in self.case.diagnosis.advice if a.period == self.period]
        losers = [
            each.statement.id if isinstance(each, Finding) else each.recommendation.id
            for each in spoken
            if each.gave_way_to == winner
        ]
        losers += [cause for cause, ruling in self.silenced.items() if ruling == winner]
        ruling = self.base.rulings.get(winner)
        return tuple(GaveWay(entry=loser, ruling=ruling) for loser in losers)

    # --- areas and states -----------------------------------------------------------------------

    def _area(self, area_id: str) -> VerdictTree | NoVerdict:
        area = next(area for area in self.base.areas if area.id == area_id)
        for verdict in self.case.diagnosis.verdicts:
            if verdict.area == area_id and verdict.period == self.period:
                return VerdictTree(
                    area=area,
                    verdict=verdict,
                    because=tuple(self._explanation(self.findings[i]) for i in verdict.because),
                    but=tuple(self._explanation(self.findings[i]) for i in verdict.but),
                    firings=tuple(self._by_rule(verdict.firings)),
                    alternatives=alternatives(self.case, area_id, self.period),
                )
        states = {state.id for state in self.base.states.values() if state.verdict_on == area_id}
        return NoVerdict(
            area=area,
            rules=tuple(
                self._not_fired(rule.id)
                for rule in self.base.conclusions.values()
                if rule.key in states
            ),
        )

    def _by_rule(self, firings: tuple[Firing, ...]) -> Iterable[FiringTree]:
        for rule in dict.fromkeys(firing.rule for firing in firings):
            yield self.cells.firing(firing for firing in firings if firing.rule == rule)

    def _state(self, state_id: str) -> Answer:
        state = self.base.states[state_id]
        made = {firing.made for firing in self.run.firings}
        for word in state.words:
            if (state_id, word.id) in made:
                return self.cells.fact((state_id, word.id))
        return UnknownFact(key=state_id, needs=())

    # --- facts and figures ----------------------------------------------------------------------

    def _fact(self, key: str) -> FactTree | UnknownFact:
        found = fact_in(self.case, key, self.period)
        return found if isinstance(found, UnknownFact) else self.cells.given(found)

    def _computed(self, keys: Iterable[str]) -> FactBase:
        return _facts_for(self.case, keys, self.period)

    def _indicator(self, indicator_id: str) -> IndicatorTree:
        catalogue = self.base.catalogue
        reading = self.cells.reading(reading_in(self.case, indicator_id, self.period))
        keys = [
            key
            for key in self.base.words
            if key == indicator_id or key.rpartition(".")[0] == indicator_id
        ]
        facts = self._computed(key for key in keys if key not in self.base.rules).facts
        involved = all_users(catalogue, indicator_id)
        return IndicatorTree(
            indicator=catalogue.indicators[indicator_id],
            reading=reading,
            facts=tuple(self.cells.given(facts[key]) for key in keys if key in facts),
            findings=self._resting_on(lambda reading: reading.indicator in involved),
            users=users(catalogue, indicator_id),
            suspicion=self._suspicion(indicator_id),
            moved=moved(self.case, indicator_id, self.period),
        )

    def _line(self, item: str) -> LineTree:
        amount = self.case.accounts.amounts.get((item, self.period))
        return LineTree(
            item=item,
            amount=self.cells.amount(amount) if amount else None,
            findings=self._resting_on(lambda reading: holds_amount(reading, item)),
            users=users(self.base.catalogue, item),
        )

    def _resting_on(self, involves: Callable[[Reading], bool]) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in self.findings.values()
            if any(map(involves, readings_behind(finding, self.run, self.cells.grounds)))
        )
