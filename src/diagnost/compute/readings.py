"""Amounts through formulas: a reading for every indicator and period, or why there is none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from diagnost.compute.benchmarks import BenchmarkTable, compute_benchmarks
from diagnost.model.accounts import Accounts, Amount
from diagnost.model.benchmark import OTHERS, Benchmark
from diagnost.model.catalogue import Catalogue
from diagnost.model.formula import Formula, Missing
from diagnost.model.indicator import Indicator, Reading

ReadingTable = Mapping[tuple[str, str], Reading]
"""Readings by (indicator id, period id)."""


def compute_readings(
    accounts: Accounts,
    catalogue: Catalogue,
    *,
    void: Mapping[str, Collection[str]] | None = None,
    exempt: Collection[str] = (),
    benchmarks: BenchmarkTable | None = None,
) -> ReadingTable:
    """Compute every indicator in every period.

    ``void`` names, by period, the line items and the statements (``balance_sheet`` …) whose
    amounts cannot be true: what rests on them has no reading, save for the ``exempt`` indicators
    that show the contradiction. An indicator given by the company serves where its formula has
    no result. ``benchmarks`` spares computing them anew.
    """
    if benchmarks is None:
        benchmarks = compute_benchmarks(accounts, catalogue)
    computation = _Computation(accounts, catalogue, void or {}, frozenset(exempt), benchmarks)
    for period in accounts.periods:
        for indicator in catalogue.indicators.values():
            reading = computation.read(indicator, period.id)
            computation.table[indicator.id, period.id] = reading
    return computation.table


def differing(accounts: Accounts, catalogue: Catalogue) -> list[tuple[Reading, Reading]]:
    """Return pairs of given and computed readings that differ by more than 1 % (or 0.01)."""
    if not accounts.given:
        return []
    computed = compute_readings(_without_given(accounts), catalogue)
    pairs = []
    for key, given in accounts.given.items():
        reading = computed[key]
        if reading.value is None:
            continue
        tolerance = max(abs(reading.value) / 100, Decimal("0.005"))
        if abs(reading.value - given.value) > tolerance:
            stated = Reading(indicator=key[0], period=key[1], value=given.value, given=given)
            pairs.append((stated, reading))
    return pairs


def _without_given(accounts: Accounts) -> Accounts:
    return replace(accounts, given={})


@dataclass(slots=True)
class _Computation:
    accounts: Accounts
    catalogue: Catalogue
    void: Mapping[str, Collection[str]]
    exempt: frozenset[str]
    benchmarks: BenchmarkTable
    table: dict[tuple[str, str], Reading] = field(default_factory=dict)

    def read(self, indicator: Indicator, period: str) -> Reading:
        """Compute one reading; a plain gap is filled from what the company gave."""
        given = self.accounts.given.get((indicator.id, period))
        gap: Reading | None = None
        for formula in (indicator.formula, indicator.otherwise):
            if formula is None:
                continue
            inputs: dict[tuple[str, str], Amount] = {}
            result = self._evaluate(indicator, formula, period, inputs)
            used = tuple(inputs.values())
            if isinstance(result, Decimal):
                return Reading(
                    indicator=indicator.id,
                    period=period,
                    value=result,
                    formula=formula,
                    inputs=used,
                    beside=self._beside(formula, period),
                )
            if gap is None:
                gap = Reading(
                    indicator=indicator.id,
                    period=period,
                    missing=result,
                    formula=formula,
                    inputs=used,
                )
            if result.reason not in _GAPS:
                break
        if given is not None and gap and gap.missing and gap.missing.reason in _GAPS:
            return Reading(indicator=indicator.id, period=period, value=given.value, given=given)
        return gap or Reading(indicator=indicator.id, period=period, missing=Missing("missing"))

    def _evaluate(
        self,
        indicator: Indicator,
        formula: Formula,
        period: str,
        inputs: dict[tuple[str, str], Amount],
    ) -> Decimal | Missing:
        exempt = indicator.id in self.exempt

        def lookup(name: str, moment: str) -> Decimal | Missing:
            return self._lookup(name, moment, period, inputs, exempt)

        for undefined in indicator.undefined:
            value = undefined.value.evaluate(lookup)
            if isinstance(value, Decimal) and (
                (undefined.sign == "zero" and value == 0)
                or (undefined.sign == "negative" and value < 0)
            ):
                return Missing(undefined.reason)
        return formula.evaluate(lookup)

    def _lookup(
        self,
        name: str,
        moment: str,
        period: str,
        inputs: dict[tuple[str, str], Amount],
        exempt: bool,
    ) -> Decimal | Missing:
        at = self._moment(moment, period)
        if at is None:
            return Missing("no_previous_period")
        if name == "days":
            return Decimal(self.accounts.period(at).days)
        if "@" in name:
            benchmark = self._benchmark(name, at)
            if benchmark is None:
                return Missing("missing", (f"{OTHERS}{name}",))
            return benchmark.value
        if "." in name:
            edge = self.catalogue.edge(name)
            return edge if edge is not None else Missing("missing", (name,))
        indicator = self.catalogue.indicator(name)
        if indicator is not None:
            reading = self.table.get((indicator.id, at)) or self.read(indicator, at)
            inputs.update({(a.item, a.period): a for a in reading.inputs})
            if reading.value is None:
                return reading.missing or Missing("missing", (indicator.symbol,))
            return reading.value
        if name in self.catalogue.questions:
            answer = self.accounts.context.get(name)
            if answer is None or not isinstance(answer.value, Decimal):
                return Missing("missing", (name,))
            return answer.value
        item = self.catalogue.line_items[name]
        void = self.void.get(at, ())
        if not exempt and (item.statement in void or item.id in void):
            return Missing("contradictory_data", (name,))
        amount = self.accounts.amounts.get((name, at))
        if amount is None:
            return Missing("missing", (name,))
        inputs[name, at] = amount
        return amount.value

    def _benchmark(self, name: str, period: str) -> Benchmark | None:
        """Return the figure of other firms that a formula names ``CRN@sector``."""
        indicator, _, group = name.partition("@")
        compared = self.catalogue.symbols.get(indicator, indicator)
        return self.benchmarks.groups.get((compared, group, period))

    def _beside(self, formula: Formula, period: str) -> tuple[Benchmark, ...]:
        """Return the figures of other firms that a formula used, also in indicators inside it."""
        if not self.benchmarks.groups:
            return ()
        found: list[Benchmark] = []
        for name in formula.names:
            at = self._moment(name.moment, period)
            indicator = self.catalogue.indicator(name.name)
            if at is None:
                continue
            if name.elsewhere:
                benchmark = self._benchmark(name.name, at)
                found += [benchmark] if benchmark else []
            elif indicator is not None:
                found += self.table[indicator.id, at].beside
        return tuple(dict.fromkeys(found))

    def _moment(self, moment: str, period: str) -> str | None:
        if moment == "now":
            return period
        ids = [p.id for p in self.accounts.periods]
        index = ids.index(period)
        if index == 0:
            return None
        return ids[0] if moment == "first" else ids[index - 1]


_GAPS = frozenset({"missing", "no_previous_period"})
