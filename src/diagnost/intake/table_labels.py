"""Which declared table a sheet or a heading row belongs to, and which column a heading names."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from diagnost.intake.labels import MIN_TYPO, key_of, one_slip, spellings
from diagnost.intake.words import unit_in_title, unit_stated
from diagnost.model.records import MONEY, WORD, Table


class Headings(NamedTuple):
    """A row of headings: the columns by position, twins of them, and headings of no column."""

    table: Table
    columns: Mapping[int, str]  # position → column id
    twins: Mapping[int, str]  # position → column id that stands further left too
    others: Mapping[int, str]  # position → the heading as written
    units: Mapping[int, int] = {}  # position → the unit that the heading of an amount states


LOOKED_AHEAD = 5
"""Rows below headings that are looked at before they are taken for those of records."""


class TableLabels:
    """Every name of every table and column, ready for looking up.

    ``names_line`` says whether a label is that of a line item of the statements.
    """

    def __init__(
        self, tables: Iterable[Table], names_line: Callable[[str], bool] | None = None
    ) -> None:
        self.tables = {table.id: table for table in tables}
        self._names_line = names_line

    def __bool__(self) -> bool:
        return bool(self.tables)

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        return _entered(
            (table.id, table.names.by_language.values(), table.synonyms)
            for table in self.tables.values()
        )

    @cached_property
    def _columns(self) -> Mapping[str, Mapping[str, str]]:
        return {
            table.id: _entered(
                (column.id, column.names.by_language.values(), column.synonyms)
                for column in table.columns.values()
            )
            for table in self.tables.values()
        }

    @property
    def names(self) -> Iterable[str]:
        """Return the names of all tables, folded."""
        return self._by_key

    def table(self, label: str) -> Table | None:
        """Return the table of that id, name or synonym, if there is one."""
        found = _named(label, self._by_key)
        return self.tables[found] if found else None

    def column(self, table: Table, label: str) -> str:
        """Return the id of the column that a heading names, '' if it names none."""
        return _named(label, self._columns[table.id])

    def near(self, table: Table, label: str) -> str:
        """Return the column whose label is one slip away from a heading, or ''."""
        key = key_of(label)
        if len(key) < MIN_TYPO or not key.isascii():
            return ""
        for known, column in self._columns[table.id].items():
            if len(known) >= MIN_TYPO and abs(len(known) - len(key)) <= 1 and one_slip(key, known):
                return column
        return ""

    def headings(self, cells: Mapping[int, str], hint: Table | None = None) -> Headings | None:
        """Return what a row heads, or None where it is no row of headings.

        Under the name of a table (``hint``) two known headings are enough, or all of few; without
        it, every required column must be there and half of all headings must be known.
        """
        if not cells:
            return None
        tables = (hint,) if hint is not None else tuple(self.tables.values())
        best: Headings | None = None
        for table in tables:
            found = self._as_headings(table, cells)
            known = len(found.columns)
            if hint is not None:
                fits = known >= min(2, len(cells))
            else:
                required = {c.id for c in table.columns.values() if c.required}
                fits = known >= 2 and known * 2 >= len(cells)
                fits = fits and required <= set(found.columns.values())
            if fits and (best is None or known > len(best.columns)):
                best = found
        return best

    def heads_statement(self, headings: Headings, below: Iterable[Mapping[int, str]]) -> bool:
        """Say whether the rows below headings are those of a statement, not of records.

        "Pozycja, Plan, Wykonanie" heads costs against the budget and, as often, the income
        statement; line items in place of the words of a column tell which.
        """
        worded = [p for p, c in headings.columns.items() if headings.table.columns[c].kind == WORD]
        if not worded or self._names_line is None:
            return False
        values = {row[position] for row in below for position in worded if position in row}
        return any(map(self._names_line, values))

    def _as_headings(self, table: Table, cells: Mapping[int, str]) -> Headings:
        columns: dict[int, str] = {}
        twins: dict[int, str] = {}
        others: dict[int, str] = {}
        units: dict[int, int] = {}
        for position, text in cells.items():
            column = self.column(table, text)
            if not column:
                others[position] = text
            elif column in columns.values():
                twins[position] = column
            else:
                columns[position] = column
                if table.columns[column].kind == MONEY and (unit := unit_stated(text)):
                    units[position] = unit
        return Headings(table, columns, twins, others, units)


def _entered(named: Iterable[tuple[str, Iterable[str], Iterable[str]]]) -> dict[str, str]:
    """Enter ids and names before synonyms."""
    by_key: dict[str, str] = {}
    listed = [(id_, (id_, *names), tuple(synonyms)) for id_, names, synonyms in named]
    for id_, names, _ in listed:
        for label in names:
            by_key.setdefault(key_of(label), id_)
    for id_, _, synonyms in listed:
        for label in synonyms:
            by_key.setdefault(key_of(label), id_)
    return by_key


def _named(label: str, by_key: Mapping[str, str]) -> str:
    """Look a label up as it is, else without the unit that it states ("Kwota w tys. zł")."""
    found = _found(label, by_key)
    if not found and (titled := unit_in_title(label)) is not None:
        return _found(titled[1], by_key)
    return found


def _found(label: str, by_key: Mapping[str, str]) -> str:
    exact = by_key.get(key_of(label))
    if exact is not None or len(label) > 100:
        return exact or ""
    for spelling, _ in spellings(label):
        found = by_key.get(key_of(spelling))
        if found:
            return found
    return ""
