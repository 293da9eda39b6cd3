"""One reading at a time: formulas filled with amounts, answers, other readings and records."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from diagnost.compute.benchmarks import BenchmarkTable
from diagnost.compute.reckoning import Reckoner
from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import FEW_RECORDS, NO_RECORDS, SHORT_RECORDS
from diagnost.compute.row_terms import Frame
from diagnost.model.accounts import Accounts, Amount, GivenReading
from diagnost.model.benchmark import OTHERS, Benchmark
from diagnost.model.binding import Unbound, bind, bind_row
from diagnost.model.catalogue import Catalogue
from diagnost.model.formula import Formula
from diagnost.model.formula_tree import Missing, OverRecords
from diagnost.model.indicator import LAST_PERIOD_ONLY, Indicator, Reading, Reckoned
from diagnost.model.located import At
from diagnost.model.records import RECORDS
from diagnost.model.terms import Term

ReadingTable: TypeAlias = Mapping[tuple[str, str], Reading]
"""Readings by (indicator id, period id)."""


@dataclass(slots=True)
class Workings:
    """Computes the readings of one company, each once."""

    accounts: Accounts
    catalogue: Catalogue
    void: Mapping[str, Collection[str]]
    exempt: frozenset[str]
    benchmarks: BenchmarkTable
    store: RecordStore | None = None  # spares going through the records anew
    subject_given: Mapping[str, Decimal] = field(default_factory=dict)  # in examples
    given_first: bool = False  # in examples: a figure that is given goes before its formula
    table: dict[tuple[str, str], Reading] = field(init=False)
    _rows: dict[tuple[str, int], Reading] = field(default_factory=dict)
    _terms: dict[tuple[Term, str], Term | None] = field(default_factory=dict)
    _reckoner: Reckoner | None = None
    _few: frozenset[str] = frozenset()  # the reasons of indicators of which there are too few rows

    def __post_init__(self) -> None:
        self.table = _Readings(self)
        self._few = frozenset(i.few_rows for i in self.catalogue.indicators.values() if i.few_rows)

    def all_readings(self, sides: Collection[str] | None = None) -> ReadingTable:
        """Compute every indicator of the whole in every period.

        Those of other sides than ``sides``, if some are named, are read when they are asked for.
        """
        side_of = self.catalogue.side_of
        wanted = [
            indicator
            for indicator in self.catalogue.indicators.values()
            if not indicator.per and (sides is None or side_of(indicator.id) in ("", *sides))
        ]
        for period in self.accounts.periods:
            for indicator in wanted:
                self.table[indicator.id, period.id] = self.read(indicator, period.id)
        return self.table

    def row_readings(self, table: str, row: int) -> dict[tuple[str, str], Reading]:
        """Compute every indicator that is read by the rows of a table, for one of them."""
        last = self.accounts.periods[-1].id
        return {
            (indicator.id, last): self.row_reading(indicator, row)
            for indicator in self.catalogue.indicators.values()
            if indicator.per == table
        }

    def row_reading(self, indicator: Indicator, row: int) -> Reading:
        """Compute one indicator for one row of the table that it is read by."""
        key = (indicator.id, row)
        if key not in self._rows:
            frame = Frame(indicator.per, row)
            found = self.read(indicator, self.accounts.periods[-1].id, frame)
            self._rows[key] = found._replace(subject=self.records.name(indicator.per, row))
        return self._rows[key]

    def subject_rows(self, table: str) -> list[int]:
        """Return the rows of a table that are looked at one by one."""
        selection = self.catalogue.subjects(table)
        if selection is None or not self.records.given(table):
            return []
        where = bind_row(selection.where, self.catalogue, table)
        return self.reckoner.rows_where(where, table)

    @property
    def records(self) -> RecordStore:
        """Return the records by column."""
        if self.store is None:
            self.store = RecordStore(self.accounts, self.catalogue.tables)
        return self.store

    def read(self, indicator: Indicator, period: str, frame: Frame | None = None) -> Reading:
        """Compute one reading; a plain gap is filled from what the company gave.

        ``frame`` is the row for an indicator read by the rows of a table.
        """
        given = self._given(indicator, period)
        # the company's word goes before its records
        if given is not None and (indicator.dated or self.given_first):
            return Reading(indicator.id, period, value=given.value, given=given)
        if indicator.dated and period != self.accounts.periods[-1].id:
            return Reading(indicator.id, period, missing=Missing(LAST_PERIOD_ONLY))
        if indicator.only_given:
            return Reading(indicator.id, period, missing=Missing("missing", (indicator.symbol,)))
        gap: Reading | None = None
        for formula in indicator.formulas:
            inputs: dict[tuple[str, str], Amount] = {}
            reckoned: dict[Reckoned, None] = {}
            evaluation = _Evaluation(self, indicator, period, frame, inputs, reckoned)
            result = evaluation.evaluate(formula)
            used = tuple(inputs.values())
            if isinstance(result, Decimal):
                return Reading(
                    indicator=indicator.id,
                    period=period,
                    value=result,
                    formula=formula,
                    inputs=used,
                    beside=self._beside(formula, period),
                    reckoned=tuple(reckoned),
                )
            if formula is indicator.averaged:
                continue  # an opening balance is not known: the closing one serves
            if gap is None:
                gap = Reading(
                    indicator=indicator.id,
                    period=period,
                    missing=_in_its_words(result, indicator),
                    formula=formula,
                    inputs=used,
                    reckoned=tuple(reckoned),
                )
            if result.reason not in _GAPS and result.reason not in self._few:
                break
            if given is not None:  # known better than by a second formula, which approximates
                return Reading(indicator.id, period, value=given.value, given=given)
        return gap or Reading(indicator=indicator.id, period=period, missing=Missing("missing"))

    def reading(self, indicator: Indicator, period: str) -> Reading:
        """Return a reading that may have been computed already."""
        return self.table.get((indicator.id, period)) or self.read(indicator, period)

    def benchmark(self, name: str, period: str) -> Benchmark | None:
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
            at = self.moment(name.moment, period)
            indicator = self.catalogue.indicator(name.name)
            if at is None:
                continue
            if name.elsewhere:
                benchmark = self.benchmark(name.name, at)
                found += [benchmark] if benchmark else []
            elif indicator is not None:
                found += self.reading(indicator, at).beside
        return tuple(dict.fromkeys(found))

    def moment(self, moment: str, period: str) -> str | None:
        """Return the period that a moment means as seen from another; None if there is none."""
        if moment == "now":
            return period
        ids = [p.id for p in self.accounts.periods]
        index = ids.index(period)
        if index == 0:
            return None
        return ids[0] if moment == "first" else ids[index - 1]

    def _given(self, indicator: Indicator, period: str) -> GivenReading | None:
        if indicator.per:
            value = self.subject_given.get(indicator.id)
            at = At(self.accounts.file)
            return None if value is None else GivenReading(indicator.id, period, value, at)
        return self.accounts.given.get((indicator.id, period))

    # --- records --------------------------------------------------------------------------------

    @property
    def reckoner(self) -> Reckoner:
        """Return what reckons terms over the records."""
        if self._reckoner is None:
            last = self.accounts.periods[-1].id if self.accounts.periods else ""
            self._reckoner = Reckoner(
                self.records,
                self.accounts.as_of,
                lambda name: self._figure(name, last),
                self._row_figure,
            )
        return self._reckoner

    def bound(self, over: OverRecords, per: str) -> Term | None:
        """Return a term with its names bound; None where that cannot be, which loading tells."""
        key = (over.term, per)
        if key not in self._terms:
            try:
                self._terms[key] = bind(over.term, self.catalogue, per).term
            except (Unbound, KeyError):
                self._terms[key] = None
        return self._terms[key]

    def _figure(self, name: str, period: str) -> Decimal | Missing:
        """Return a figure of the whole that a term over records names."""
        edge = self.catalogue.edge(name) if name.count(".") == 2 else None
        if edge is not None:
            return edge
        indicator = self.catalogue.indicator(name)
        if indicator is None:
            evaluation = _Evaluation(self, None, period, None, {}, {})
            return evaluation.lookup(name, "now")
        reading = self.reading(indicator, period)
        if reading.value is None:
            return reading.missing or Missing("missing", (indicator.symbol,))
        return reading.value

    def _row_figure(self, name: str, table: str, row: int) -> Decimal | Missing:
        """Return a figure of one row of a table that a term over records names."""
        indicator = self.catalogue.indicator(name)
        if indicator is None:
            return Missing("missing", (name,))
        reading = self.row_reading(indicator, row)
        if reading.value is None:
            return reading.missing or Missing("missing", (indicator.symbol,))
        return reading.value


class _Readings(dict[tuple[str, str], Reading]):
    """The readings so far; one of the whole that is not among them is read when it is asked for."""

    def __init__(self, workings: Workings) -> None:
        super().__init__()
        self._workings = workings

    def __missing__(self, key: tuple[str, str]) -> Reading:
        indicator = self._workings.catalogue.indicators[key[0]]
        if indicator.per:
            raise KeyError(key)
        self[key] = self._workings.read(indicator, key[1])
        return self[key]


@dataclass(slots=True)
class _Evaluation:
    """Fills one formula in one period, and keeps what it was filled with."""

    workings: Workings
    indicator: Indicator | None
    period: str
    frame: Frame | None
    inputs: dict[tuple[str, str], Amount]
    reckoned: dict[Reckoned, None]

    def evaluate(self, formula: Formula) -> Decimal | Missing:
        """Compute a formula of the indicator, unless it has no meaning."""
        for undefined in self.indicator.undefined if self.indicator else ():
            value = undefined.value.evaluate(self.lookup, self.reckon)
            if isinstance(value, Decimal) and (
                (undefined.sign == "zero" and value == 0)
                or (undefined.sign == "negative" and value < 0)
            ):
                return Missing(undefined.reason)
        return formula.evaluate(self.lookup, self.reckon)

    def reckon(self, over: OverRecords) -> Decimal | Missing:
        """Reckon a term over records and keep the rows it was made of."""
        per = self.frame.table if self.frame else ""
        term = self.workings.bound(over, per)
        if term is None:
            return Missing("missing", over.names)
        reckoner = self.workings.reckoner
        value, used = reckoner.reckon_with_rows(term, self.frame)
        if isinstance(value, Decimal):
            self.reckoned[Reckoned(over.text, value, used)] = None
        return value

    def lookup(self, name: str, moment: str) -> Decimal | Missing:
        """Return what a name of a formula stands for, money in the unit of what is computed."""
        value = self._found(name, moment)
        if not isinstance(value, Decimal) or self.indicator is None:
            return value
        workings = self.workings
        into, unit = self.indicator.id, workings.accounts.unit
        return workings.catalogue.converted(value, name, into, unit)

    def _found(self, name: str, moment: str) -> Decimal | Missing:
        workings, catalogue = self.workings, self.workings.catalogue
        at = workings.moment(moment, self.period)
        if at is None:
            return Missing("no_previous_period")
        if name == "days":
            return Decimal(workings.accounts.period(at).days)
        if "@" in name:
            benchmark = workings.benchmark(name, at)
            if benchmark is None:
                return Missing("missing", (f"{OTHERS}{name}",))
            return benchmark.value
        if name == "year_days":
            return Decimal(catalogue.method.year_days)
        if "." in name and name not in catalogue.questions:
            edge = catalogue.edge(name)
            return edge if edge is not None else Missing("missing", (name,))
        if self.frame is not None and name in catalogue.tables[self.frame.table].columns:
            return self._cell(name)
        indicator = catalogue.indicator(name)
        if indicator is not None:
            return self._inner(indicator, at)
        if name in catalogue.questions:
            answer = workings.accounts.context.get(name)
            if answer is None or not isinstance(answer.value, Decimal):
                return Missing("missing", (name,))
            return answer.value
        item = catalogue.line_items[name]
        void = workings.void.get(at, ())
        exempt = self.indicator is not None and self.indicator.id in workings.exempt
        if not exempt and (item.statement in void or item.id in void):
            return Missing("contradictory_data", (name,))
        amount = workings.accounts.amounts.get((name, at))
        if amount is None:
            return Missing("missing", (name,))
        self.inputs[name, at] = amount
        return amount.value

    def _inner(self, indicator: Indicator, at: str) -> Decimal | Missing:
        workings = self.workings
        if indicator.per:
            if self.frame is None:
                return Missing("missing", (indicator.symbol,))
            reading = workings.row_reading(indicator, self.frame.row)
        else:
            reading = workings.reading(indicator, at)
        self.inputs.update({(a.item, a.period): a for a in reading.inputs})
        self.reckoned.update(dict.fromkeys(reading.reckoned))
        if reading.value is None:
            return reading.missing or Missing("missing", (indicator.symbol,))
        return reading.value

    def _cell(self, column: str) -> Decimal | Missing:
        """Return the number that the row itself holds, and keep its place."""
        if self.frame is None:
            return Missing("missing", (column,))
        records, (table, row) = self.workings.records, self.frame[:2]
        value = records.column(table, column)[row]
        if not isinstance(value, Decimal):
            return Missing("missing", (f"{RECORDS}{table}.{column}",))
        self.reckoned[Reckoned(column, value, (records.cell_used(table, column, row),))] = None
        return value


def _in_its_words(missing: Missing, indicator: Indicator) -> Missing:
    """Return the reason that the indicator has of its own where too few rows take part.

    A divisor that is nought is one of rows of which there are none.
    """
    few = missing.reason in (NO_RECORDS, FEW_RECORDS, "zero_denominator") and indicator.few_rows
    return Missing(indicator.few_rows) if few else missing


_GAPS = frozenset({"missing", "no_previous_period", NO_RECORDS, SHORT_RECORDS, FEW_RECORDS})
