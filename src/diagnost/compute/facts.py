"""Readings against norms, trends and answers: the facts of one period. Words only from here on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from diagnost.compute.benchmarks import BenchmarkTable, compute_benchmarks
from diagnost.compute.decompositions import break_down
from diagnost.compute.readings import ReadingTable
from diagnost.compute.trends import comparable, pace, step, trend, unbroken
from diagnost.model.accounts import Accounts
from diagnost.model.benchmark import OTHERS
from diagnost.model.decomposition import LEADERS, LEADS, MOMENTS, NONE, Breakdown
from diagnost.model.fact import Fact, FactBase
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import OF_SINGLE_ROWS, Indicator, Reading, Steadiness
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import FactKey


def compute_facts(
    accounts: Accounts,
    base: KnowledgeBase,
    readings: ReadingTable,
    period: str,
    *,
    keys: Iterable[FactKey] | None = None,
    closed: bool = False,
    benchmarks: BenchmarkTable | None = None,
) -> FactBase:
    """Return the facts of a period that some rule asks for, and the keys that stay unknown.

    ``benchmarks`` spares computing them anew.
    """
    if benchmarks is None:
        benchmarks = compute_benchmarks(accounts, base.catalogue)
    words = _Words(accounts, base, readings, period, benchmarks)
    for key in sorted(base.keys_used if keys is None else keys):
        if key in base.words:  # a wrong name has been reported on loading
            words.say(key)
    return FactBase(period=period, facts=words.facts, unknown=words.unknown, closed=closed)


@dataclass(slots=True)
class _Words:
    accounts: Accounts
    base: KnowledgeBase
    readings: ReadingTable
    period: str
    benchmarks: BenchmarkTable
    facts: dict[FactKey, Fact] = field(default_factory=dict)
    unknown: dict[FactKey, tuple[str, ...]] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    breakdowns: dict[tuple[str, str], Breakdown | Missing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everything = [period.id for period in self.accounts.periods]
        self.ids = everything[: everything.index(self.period) + 1]

    def say(self, key: FactKey) -> None:
        """Find the word of one key, or note what it would need."""
        if key == "company.periods":
            count = ("one", "two", "several")[min(len(self.ids), 3) - 1]
            self.facts[key] = Fact(key=key, word=count)
        elif key.startswith("company."):
            self._answer(key, key.removeprefix("company."))
        elif key.startswith("method."):
            option = self.base.catalogue.method.option(key.removeprefix("method."))
            self.facts[key] = Fact(key=key, word=option.id)
        elif key.startswith("lines."):
            item, _, what = key.removeprefix("lines.").partition(".")
            self._line_item(key, item, what)
        else:
            self._indicator(key)

    def _answer(self, key: FactKey, question_id: str) -> None:
        question = self.base.catalogue.questions[question_id]
        if question.purpose and self.period != self.accounts.periods[-1].id:
            self.unknown[key] = ("reason:last_period_only",)
            return
        answer = self.accounts.context.get(question_id)
        if answer is not None and question.word_of(answer.value):
            self.facts[key] = Fact(key=key, word=question.word_of(answer.value), at=answer.at)
        elif question.silence:
            self.facts[key] = Fact(key=key, word=question.silence)
        else:
            self.unknown[key] = (question_id,)

    def _line_item(self, key: FactKey, item: str, what: str) -> None:
        amounts = [self.accounts.amounts.get((item, period)) for period in self.ids]
        readings = tuple(
            Reading(
                indicator=f"lines.{item}",
                period=amount.period,
                value=amount.value,
                inputs=(amount,),
            )
            for amount in amounts
            if amount is not None
        )
        if amounts[-1] is None:
            self.unknown[key] = (item,)
        elif what == "sign":
            value = amounts[-1].value
            word = "zero" if value == 0 else ("positive" if value > 0 else "negative")
            self.facts[key] = Fact(key=key, word=word, readings=readings[-1:])
        else:
            money = self.base.catalogue.steadiness["money"]
            self._movement(
                key, what, [a.value if a else None for a in amounts], readings, money, item
            )

    def _indicator(self, key: FactKey) -> None:
        indicators = self.base.catalogue.indicators
        if key in indicators:
            self._band(key, indicators[key], "general", self.period)
            return
        head, _, tail = key.rpartition(".")
        if head in self.base.catalogue.decompositions:
            self._mover(key, head, tail)
            return
        indicator = indicators.get(head)
        if indicator is None:
            return  # a derived fact: rules make it
        if tail == "previous":
            if len(self.ids) > 1:
                self._band(key, indicator, "general", self.ids[-2])
            else:
                self.unknown[key] = ("earlier_period",)
        elif tail in ("trend", "step", "pace"):
            rows = [self.readings[head, period] for period in self.ids]
            if rows[-1].value is None:
                self.unknown[key] = _needs(rows[-1], indicator)
                return
            values = [comparable(row.value, indicator) for row in rows]
            if values[-1] is None:
                self.unknown[key] = ("reason:no_course",)
                return
            known = tuple(row for row, value in zip(rows, values, strict=True) if value is not None)
            self._movement(key, tail, values, known, indicator.steadiness, indicator.symbol)
        elif tail == "quartile" or tail.startswith("against_"):
            self._comparison(key, indicator, tail)
        elif any(norm.id == tail for norm in indicator.norms):
            self._band(key, indicator, tail, self.period)

    def _band(self, key: FactKey, indicator: Indicator, norm_id: str, period: str) -> None:
        if indicator.per and (indicator.id, period) not in self.readings:
            self.unknown[key] = (f"reason:{OF_SINGLE_ROWS}",)
            return
        reading = self.readings[indicator.id, period]
        if reading.value is None:
            self.unknown[key] = _needs(reading, indicator)
            return
        band = indicator.norm(norm_id).band_of(reading.value)
        self.facts[key] = Fact(key=key, word=band.id, readings=(reading,))

    def _mover(self, key: FactKey, decomposition_id: str, what: str) -> None:
        """Say which part moved a figure most, or how much of the change that part accounts for."""
        catalogue = self.base.catalogue
        decomposition = catalogue.decompositions[decomposition_id]
        if len(self.ids) < 2:
            self.unknown[key] = ("earlier_period",)
            return
        moment = MOMENTS[{**LEADERS, **LEADS}[what]]
        since = self.ids[0] if moment == "first" else self.ids[-2]
        breakdown = self.breakdowns.get((decomposition_id, since))
        if breakdown is None:
            breakdown = break_down(
                decomposition, self.accounts, catalogue, self.readings, self.period, since=since
            )
            self.breakdowns[decomposition_id, since] = breakdown
        if isinstance(breakdown, Missing):
            self.unknown[key] = _gap(breakdown)
            return
        word = NONE
        if breakdown.leader is not None and breakdown.lead is not None:
            word = breakdown.leader.part.id
            if what in LEADS and catalogue.lead is not None:
                word = catalogue.lead.band_of(breakdown.lead).id
        self.facts[key] = Fact(key, word, breakdown.readings, breakdown=breakdown)

    def _comparison(self, key: FactKey, indicator: Indicator, what: str) -> None:
        """Say where the company stands beside a group, or in which quarter of the firms."""
        reading = self.readings[indicator.id, self.period]
        group = what.removeprefix("against_")
        benchmark = self.benchmarks.groups.get((indicator.id, group, self.period))
        spread = self.benchmarks.spreads.get((indicator.id, self.period))
        beside = spread if what == "quartile" else benchmark
        if reading.value is None and beside is not None:
            self.unknown[key] = _needs(reading, indicator)
            return
        word = None
        if reading.value is not None and what == "quartile":
            word = spread.quarter(reading.value) if spread else None
        elif reading.value is not None and benchmark is not None:
            yardstick = self.base.catalogue.yardsticks[indicator.id]
            word = yardstick.against(reading.value, benchmark.value)
        if word is None:
            self.unknown[key] = (f"{OTHERS}{indicator.symbol}@{group}",)
        else:
            self.facts[key] = Fact(key=key, word=word, readings=(reading,), beside=beside)

    def _movement(
        self,
        key: FactKey,
        what: str,
        values: list[Decimal | None],
        readings: tuple[Reading, ...],
        steadiness: Steadiness,
        needed: str,
    ) -> None:
        """Say step, pace or trend; a gap before the last period breaks the series there."""
        series = unbroken(values)
        if len(series) < 2:
            self.unknown[key] = ("earlier_period",) if len(values) < 2 else (needed,)
            return
        before, now = series[-2], series[-1]
        if what == "step":
            word = step(before, now, steadiness)
        elif what == "pace":
            word = pace(before, now, steadiness)
        else:
            word = trend(series, steadiness)
        used = readings[-len(series) :] if what == "trend" else readings[-2:]
        self.facts[key] = Fact(key=key, word=word, readings=used)


def _needs(reading: Reading, indicator: Indicator) -> tuple[str, ...]:
    """Return the lines that would settle a missing reading, or the reason why none would."""
    return _gap(reading.missing or Missing("missing", (indicator.symbol,)))


def _gap(missing: Missing) -> tuple[str, ...]:
    if missing.reason == "no_previous_period":
        return ("earlier_period",)
    if missing.reason == "missing" and missing.needs:
        return missing.needs
    return (f"reason:{missing.reason}",)
