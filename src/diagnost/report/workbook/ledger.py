"""Which cell holds what, and how it follows from other cells."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.accounts import Amount, Origin
from diagnost.model.formula_tree import Missing, Name, OverRecords
from diagnost.model.indicator import Indicator, Reading, Unit
from diagnost.pipeline import Case
from diagnost.report.workbook.formulas import Cell, as_spreadsheet, written_number

NEAR = Decimal("1e-12")
"""How far, as a share, a figure may differ from its formula by the rounding of decimals."""
YEAR_DAYS = "year_days"

Key = tuple[str, str]
"""An amount, a reading or another input by its id and the period that it is of ('' if of none)."""


class Content(NamedTuple):
    """What a cell holds: a value, and the formula (without ``=``) that it follows from."""

    value: Decimal
    formula: str = ""


class Layout(NamedTuple):
    """Names of the sheets of figures, and the row and column where their figures begin."""

    indicators: str
    amounts: str
    inputs: str
    row: int
    column: int


class Ledger:
    """The figures of a case on three sheets: indicators, amounts, other inputs.

    Below the indicators that the document shows stand the intermediate ones that they rest on.
    """

    def __init__(
        self, case: Case, periods: tuple[str, ...], shown: Iterable[str], layout: Layout
    ) -> None:
        """Lay out the indicators ``shown``, in that order, for some periods."""
        self._case = case
        self._catalogue = case.base.catalogue
        self._periods = periods
        self._layout = layout
        self.items = tuple(
            item
            for item in self._catalogue.line_items
            if any((item, period) in case.accounts.amounts for period in periods)
        )
        self.shown = tuple(shown)
        self.inputs: dict[Key, Decimal] = {}
        self.terms: dict[Key, tuple[OverRecords, Reading]] = {}
        self.used_in: dict[Key, list[str]] = {}  # the indicators of each term
        self.between = self._needed()
        self._rows = {
            **{id_: n for n, id_ in enumerate(self.shown)},
            # one row is left free, one has the heading of what follows
            **{id_: n + len(self.shown) + 2 for n, id_ in enumerate(self.between)},
        }

    # --- what is there ------------------------------------------------------------------------

    def _needed(self) -> tuple[str, ...]:
        """Collect what the shown indicators are made of, down to inputs."""
        found: dict[str, None] = {}
        waiting = [(id_, period) for id_ in self.shown for period in self._periods]
        seen = set(waiting)
        while waiting:
            reading = self._case.readings[waiting.pop(0)]
            for name, period in self._names(reading):
                indicator = self._catalogue.indicator(name.name)
                if indicator is None:
                    self._note_input(name, period)
                    continue
                if indicator.id not in self.shown:
                    found[indicator.id] = None
                if (indicator.id, period) not in seen:
                    seen.add((indicator.id, period))
                    waiting.append((indicator.id, period))
            formula = reading.formula if self._computed(reading) else None
            for over in formula.terms if formula else ():
                term = next((r for r in reading.reckoned if r.text == over.text), None)
                if term is not None:
                    self.inputs[over.text, reading.period] = term.value
                    self.terms[over.text, reading.period] = (over, reading)
                    self.used_in.setdefault((over.text, reading.period), []).append(
                        reading.indicator
                    )
        return tuple(found)

    def _computed(self, reading: Reading) -> bool:
        return reading.value is not None and reading.given is None and reading.formula is not None

    def _names(self, reading: Reading) -> Iterator[tuple[Name, str]]:
        """Yield the names of a reading's formula, each with the period that it is taken from."""
        if reading.formula is None or not self._computed(reading):
            return
        for name in reading.formula.names:
            period = self._period(name, reading.period)
            if period is not None and period in self._periods:
                yield name, period

    def _period(self, name: Name, period: str) -> str | None:
        place = self._periods.index(period)
        if name.moment == "now":
            return period
        if place == 0:
            return None
        return self._periods[0] if name.moment == "first" else self._periods[place - 1]

    def _note_input(self, name: Name, period: str) -> None:
        """Note what is neither an amount nor an indicator: days, answers, other firms' figures."""
        if name.name in self._catalogue.line_items:
            return
        value = self._input(name, period)
        if value is not None:
            self.inputs[self._input_key(name, period)] = value

    def _input(self, name: Name, period: str) -> Decimal | None:
        if name.name == "days":
            return Decimal(self._case.accounts.period(period).days)
        if name.name == YEAR_DAYS:
            return Decimal(self._catalogue.method.year_days)
        if name.elsewhere is not None:
            indicator, group = name.elsewhere
            compared = self._catalogue.symbols.get(indicator, indicator)
            benchmark = self._case.benchmarks.groups.get((compared, group, period))
            return None if benchmark is None else benchmark.value
        answer = self._case.accounts.context.get(name.name)
        if answer is not None and isinstance(answer.value, Decimal):
            return answer.value
        return None

    def _input_key(self, name: Name, period: str) -> Key:
        dated = name.name == "days" or name.elsewhere is not None
        return name.name, period if dated else ""

    # --- cells --------------------------------------------------------------------------------

    def reading_cell(self, indicator: str, period: str) -> Cell:
        """Return the cell of a reading."""
        layout = self._layout
        row = layout.row + self._rows[indicator]
        return Cell(layout.indicators, row, self._column(period))

    def amount_cell(self, item: str, period: str) -> Cell:
        """Return the cell of an amount."""
        row = self._layout.row + self.items.index(item)
        return Cell(self._layout.amounts, row, self._column(period))

    def input_cell(self, key: Key) -> Cell:
        """Return the cell of another input."""
        row = self._layout.row + list(self.inputs).index(key)
        return Cell(self._layout.inputs, row, self._layout.column)

    def _column(self, period: str) -> int:
        return self._layout.column + self._periods.index(period)

    # --- contents -----------------------------------------------------------------------------

    def reading(self, indicator: str, period: str) -> Content | None:
        """Return a reading with its formula, None where it has no value.

        A formula is given only where the cells really make the figure.
        """
        reading = self._case.readings[indicator, period]
        if reading.value is None:
            return None
        if reading.formula is None or not self._computed(reading):
            return Content(reading.value)
        made = reading.formula.evaluate(
            lambda name, moment: self._value(Name(name, moment), reading),
            lambda over: self.inputs.get((over.text, period), Missing("missing")),
        )
        if not isinstance(made, Decimal) or abs(made - reading.value) > abs(made) * NEAR:
            return Content(reading.value)
        text = as_spreadsheet(reading.formula.tree, lambda part: self._refer(part, reading))
        return Content(reading.value, text)

    def _value(self, name: Name, reading: Reading) -> Decimal | Missing:
        """Return what the cell of a name holds, money in the unit of what is made of it."""
        missing = Missing("missing", (name.name,))
        edge = self._edge(name)
        if edge is not None:
            return edge
        period = self._period(name, reading.period)
        if period is None or period not in self._periods:
            return missing
        indicator = self._catalogue.indicator(name.name)
        if indicator is not None:
            value = self._case.readings[indicator.id, period].value
        elif name.name in self._catalogue.line_items:
            amount = self._case.accounts.amounts.get((name.name, period))
            value = None if amount is None else amount.value
        else:
            value = self.inputs.get(self._input_key(name, period))
        return missing if value is None else value * self._factor(name, reading)

    def _refer(self, part: Name | OverRecords, reading: Reading) -> str:
        """Write the cell that a part of a reading's formula stands in."""
        if isinstance(part, OverRecords):
            return self.input_cell((part.text, reading.period)).reference
        edge = self._edge(part)
        if edge is not None:
            return written_number(edge)
        period = self._period(part, reading.period) or reading.period
        indicator = self._catalogue.indicator(part.name)
        if indicator is not None:
            text = self.reading_cell(indicator.id, period).on_its_sheet
        elif part.name in self._catalogue.line_items:
            text = self.amount_cell(part.name, period).reference
        else:
            text = self.input_cell(self._input_key(part, period)).reference
        factor = self._factor(part, reading)
        if factor == 1:
            return text
        unit = self._case.accounts.unit
        return f"({text}*{unit})" if factor > 1 else f"({text}/{unit})"

    def _edge(self, name: Name) -> Decimal | None:
        if name.name.count(".") != 2 or name.name in self._catalogue.questions:
            return None
        return self._catalogue.edge(name.name)

    def _factor(self, name: Name, reading: Reading) -> Decimal:
        unit = self._case.accounts.unit
        return self._catalogue.converted(Decimal(1), name.name, reading.indicator, unit)

    def amount(self, item: str, period: str) -> Content | None:
        """Return an amount, and the formula that it was derived by, if it was."""
        amount = self._case.accounts.amounts.get((item, period))
        if amount is None:
            return None
        formula = self._derived(amount) if amount.origin is Origin.DERIVED else ""
        return Content(amount.value, formula)

    def _derived(self, amount: Amount) -> str:
        """Write the sum or difference that an amount was derived by; '' where it is neither."""
        parts = {part.item: part.value for part in amount.parts}
        signs: list[dict[str, int]] = [dict.fromkeys(parts, 1)]
        for identity in self._catalogue.identities:
            if {identity.total, *identity.parts} == {amount.item, *parts}:
                signs.append({item: 1 if item == identity.total else -1 for item in parts})
        first = next(iter(parts), "")
        signs.append({item: 1 if item == first else -1 for item in parts})
        known = all(
            self._case.accounts.amounts.get((item, amount.period)) == part
            for item, part in zip(parts, amount.parts, strict=True)
        )
        for signed in signs if known and parts else ():
            if sum(parts[item] * sign for item, sign in signed.items()) == amount.value:
                ordered = sorted(signed.items(), key=lambda entry: -entry[1])
                cells = [
                    ("+" if sign > 0 else "-") + self.amount_cell(item, amount.period).on_its_sheet
                    for item, sign in ordered
                ]
                return "".join(cells).removeprefix("+")
        return ""

    def indicator(self, id_: str) -> Indicator:
        """Return an indicator by its id."""
        return self._catalogue.indicators[id_]


def number_format(unit: Unit, value: Decimal) -> str:
    """Return how a spreadsheet shows a figure; separators are those of the reader's own program."""
    whole = value == value.to_integral_value()
    match unit:
        case Unit.PERCENT:
            return "0.0%"
        case Unit.TIMES:
            return "0.00"
        case Unit.MONEY:
            return "#,##0" if whole or abs(value) >= 1000 else "#,##0.00"
        case _:
            return "#,##0" if whole else "#,##0.0"
