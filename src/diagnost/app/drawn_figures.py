"""What accounts give of the inputs of a calculator: figures, rows by name, one row of a table."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.app.shipped import ReadyShelf
from diagnost.app.sources import read_case
from diagnost.compute.benchmarks import NOTHING
from diagnost.compute.calculation import FROM_ACCOUNTS, Given
from diagnost.compute.workings import Workings
from diagnost.intake.calculator_inputs import MOST_SHARES, InputError, checked
from diagnost.knowledge.drawn_inputs import drawn_id, with_drawn
from diagnost.model.accounts import Accounts
from diagnost.model.binding import bind_row
from diagnost.model.calculator import Calculator, Input
from diagnost.model.catalogue import Catalogue
from diagnost.model.formula import Formula
from diagnost.model.located import At, DiagnostError, Problem, nearest


@dataclass(frozen=True)
class Drawer:
    """Accounts from which a calculator draws what no option gives.

    ``of`` names the row that a calculator is about which is worked for the rows of a table.
    """

    accounts: Accounts
    catalogue: Catalogue
    calculator: Calculator
    name: str
    of: str = ""

    def given(self, spared: Collection[str]) -> dict[str, Given]:
        """Return the inputs that the accounts give; raises DiagnostError for those out of bounds.

        Inputs in ``spared`` are not looked for. Raises UsageError where a row has to be named.
        """
        row = self._row() if self.calculator.about else None
        found: dict[str, Given] = {}
        for wanted in self.calculator.inputs.values():
            if wanted.id in spared:
                continue
            drawn = self._rows(wanted) if wanted.rows else self._figure(wanted, row)
            if drawn is not None:
                found[wanted.id] = drawn
        return found

    @cached_property
    def _workings(self) -> Workings:
        catalogue = with_drawn(self.catalogue, [self.calculator])
        return Workings(self.accounts, catalogue, {}, frozenset(), NOTHING)

    def _figure(self, wanted: Input, row: int | None) -> Given | None:
        if wanted.drawn is None:
            return None
        indicator = self._workings.catalogue.indicators[drawn_id(self.calculator, wanted)]
        if row is not None:
            reading = self._workings.row_reading(indicator, row)
        else:
            reading = self._workings.reading(indicator, self.accounts.periods[-1].id)
        if reading.value is None:
            return None
        places = reading.places or self._answers(wanted.drawn) or (At(self.name),)  # the calendar
        try:
            value = checked(wanted, reading.value)
        except InputError as error:
            message = f"{wanted.name.in_language('en')}: {error.message}"
            hint = error.hint or f"Mend the accounts, or give {wanted.option}."
            raise DiagnostError([Problem("A190", message, places[0], hint)]) from None
        return Given(wanted, value, wanted.drawn.text, FROM_ACCOUNTS, places)

    def _answers(self, formula: Formula) -> tuple[At, ...]:
        """Return the places of the answers that a formula rests on, also through indicators."""
        found: dict[At, None] = {}
        way, seen = list(formula.all_names), set[str]()
        while way:
            name = way.pop()
            if name in seen:
                continue
            seen.add(name)
            answer = self.accounts.context.get(name)
            indicator = self.catalogue.indicator(name)
            if answer is not None:
                found[answer.at] = None
            elif indicator is not None:
                way += [n for each in indicator.formulas for n in each.all_names]
        return tuple(sorted(found))

    def _rows(self, wanted: Input) -> Given | None:
        """Return the rows of a table or selection by name, each with the weight 1."""
        selection = self.catalogue.selections.get(wanted.rows)
        table = selection.of if selection is not None else wanted.rows
        store = self._workings.records
        if not store.given(table):
            return None
        rows = list(range(len(store.rows(table))))
        if selection is not None:
            where = bind_row(selection.where, self.catalogue, table)
            rows = self._workings.reckoner.rows_where(where, table)
        shares = {store.name(table, row): Decimal(1) for row in rows[:MOST_SHARES]}
        if not shares:
            return None
        places = tuple(store.rows(table)[row].at for row in (rows[0], rows[-1]))
        return Given(
            wanted,
            tuple(shares.items()),
            wanted.rows,
            FROM_ACCOUNTS,
            tuple(dict.fromkeys(places)),
        )

    def _row(self) -> int | None:
        """Return the row that is asked about; None where the accounts have no such table."""
        table, store = self.calculator.about, self._workings.records
        names = [store.name(table, row) for row in range(len(store.rows(table)))]
        if not names:
            if self.of:
                raise UsageError(f"--of: the accounts have no table '{table}'")
            return None
        if not self.of and len(names) > 1:
            raise UsageError(f"say whom it is about, --of NAME: {', '.join(names[:12])}")
        folded = [name.casefold() for name in names]
        wanted = self.of.strip().casefold() or folded[0]
        if wanted not in folded:
            hint = nearest(self.of, names) or f"There is {', '.join(names[:12])}."
            raise UsageError(f"--of: nobody is called '{self.of}' in {self.name}. {hint}")
        return folded.index(wanted)


def drawer(file: Path, calculator: Calculator, of: str) -> Drawer:
    """Read accounts for a calculator; raises DiagnostError where they cannot be used."""
    catalogue = ReadyShelf().catalogue
    accounts = read_case(file, catalogue)
    return Drawer(accounts, catalogue, calculator, file.name, of)
