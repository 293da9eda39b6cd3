"""Amounts through formulas: a reading for every indicator and period, or why there is none."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from diagnost.compute.benchmarks import NOTHING, BenchmarkTable, compute_benchmarks
from diagnost.compute.tolerances import GIVEN
from diagnost.model.accounts import Accounts, Amount, GivenReading
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


class ReadingsOnDemand(Mapping[tuple[str, str], Reading]):
    """The same readings, each computed when it is first asked for.

    Nothing is void; without ``benchmarks`` nothing of other firms is known.
    """

    def __init__(
        self, accounts: Accounts, catalogue: Catalogue, benchmarks: BenchmarkTable = NOTHING
    ) -> None:
        self._computation = _Computation(accounts, catalogue, {}, frozenset(), benchmarks)

    def __getitem__(self, key: tuple[str, str]) -> Reading:
        """Return the reading of (indicator id, period id); KeyError if there is no such thing."""
        table = self._computation.table
        if key not in table:
            indicator = self._computation.catalogue.indicators[key[0]]
            table[key] = self._computation.read(indicator, key[1])
        return table[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for period in self._computation.accounts.periods:
            for indicator in self._computation.catalogue.indicators:
                yield indicator, period.id

    def __len__(self) -> int:
        periods, indicators = self._computation.accounts.periods, self._computation.catalogue
        return len(periods) * len(indicators.indicators)


class Difference(NamedTuple):
    """An indicator as the company gives it and as its other figures make it.

    ``by_amounts`` is False where other given indicators have a part in that.
    """

    stated: Reading
    computed: Reading
    by_amounts: bool


def differing(accounts: Accounts, catalogue: Catalogue) -> list[Difference]:
    """Return the given indicators that differ by more than ``tolerances.GIVEN`` from the others.

    An indicator is compared with what the amounts make it; where these do not suffice, with what
    the other given indicators make it, which may then be rounded as they are written.
    """
    if not accounts.given:
        return []
    by_amounts = ReadingsOnDemand(replace(accounts, given={}), catalogue)
    found = []
    for key, given in accounts.given.items():
        computed = by_amounts[key]
        if from_amounts := computed.value is not None:
            rounding = Decimal(0)
        else:
            computed, rounding = _by_the_others(given, accounts, catalogue)
        if computed.value is None:
            continue
        if abs(computed.value - given.value) > GIVEN.around(computed.value) + rounding:
            stated = Reading(indicator=key[0], period=key[1], value=given.value, given=given)
            found.append(Difference(stated, computed, from_amounts))
    return found


def _by_the_others(
    given: GivenReading, accounts: Accounts, catalogue: Catalogue
) -> tuple[Reading, Decimal]:
    """Compute a given indicator from the others, and how far their rounding may move it."""
    key = given.indicator, given.period
    others = {k: other for k, other in accounts.given.items() if k != key}

    def computed(figures: dict[tuple[str, str], GivenReading]) -> Reading:
        return ReadingsOnDemand(replace(accounts, given=figures), catalogue)[key]

    reading = computed(others)
    value = reading.value
    if value is None or abs(value - given.value) <= GIVEN.around(value):
        return reading, Decimal(0)
    rounding = _half_a_place(given.value)
    for name, other in others.items():
        if other.period == given.period:
            moved = other._replace(value=other.value + _half_a_place(other.value))
            shifted = computed(others | {name: moved}).value
            rounding += abs(shifted - value) if shifted is not None else 0
    return reading, rounding


def _half_a_place(value: Decimal) -> Decimal:
    """Return half a unit of the last place that a figure is written to, at most one half."""
    exponent = value.as_tuple().exponent
    return Decimal("0.5").scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


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
        for formula in indicator.formulas:
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
            if formula is indicator.averaged:
                continue  # an opening balance is not known: the closing one serves
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
            if given is not None:  # known better than by a second formula, which approximates
                return Reading(indicator.id, period, value=given.value, given=given)
        return gap or Reading(indicator=indicator.id, period=period, missing=Missing("missing"))

    def _reading(self, indicator: Indicator, period: str) -> Reading:
        return self.table.get((indicator.id, period)) or self.read(indicator, period)

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
        if name == "year_days":
            return Decimal(self.catalogue.method.year_days)
        if "." in name:
            edge = self.catalogue.edge(name)
            return edge if edge is not None else Missing("missing", (name,))
        indicator = self.catalogue.indicator(name)
        if indicator is not None:
            reading = self._reading(indicator, at)
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
                found += self._reading(indicator, at).beside
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
