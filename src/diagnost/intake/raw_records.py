"""Records as a file gives them: rows of raw values under recognised headings, with their places."""

import csv
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from diagnost.intake.remarks import stop
from diagnost.intake.table_labels import Headings
from diagnost.model.located import At, DiagnostError
from diagnost.model.records import Column, Filed, Table

MAX_RECORDS = 500_000
"""Rows of records in one file: 300 people over six years of working days."""

Raw = Sequence[Any]
"""The values of a row by position: text, or what a workbook holds."""


class RawTable(NamedTuple):
    """Rows under one row of headings.

    ``places`` and ``filed`` say where: ``filed`` by number of the row (from 1) and column id,
    ``places`` for the headings by position. ``unit`` is what 1 means in its amounts, 0 where the
    table does not say.
    """

    headings: Headings
    rows: Sequence[Raw]
    filed: Filed
    places: Mapping[int, At]
    at: At
    unit: int = 0


def column_letters(position: int) -> str:
    """Return how a spreadsheet calls a column, counted from 0: A to Z, then AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_position(letters: bytes) -> int:
    """Return the position of a column from how a spreadsheet calls it, from 0."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - ord("A") + 1
    return position - 1


def no_headings(table: Table, at: At) -> DiagnostError:
    """Return the problem of a sheet or a file that is called like a table and has no headings."""
    hint = f"Put {_headings_of(table)}; an empty form has them all."
    return stop("A202", f"{table.id} has no row of headings", at, hint)


def nothing_under(table: Table, at: At) -> DiagnostError:
    """Return the problem of a sheet called like a table in which nothing stands."""
    hint = f"Put {_headings_of(table)}, and the records below them; an empty form has them all."
    return stop("A107", f"the sheet is called like the table {table.id} and is empty", at, hint)


def _headings_of(table: Table) -> str:
    columns = table.columns.values()
    needed = [column for column in columns if column.required] or list(columns)[:3]
    wanted = "; ".join(" / ".join(dict.fromkeys(_labels(column))) for column in needed)
    return f"headings into the first row, at least {wanted}"


def _labels(column: Column) -> tuple[str, ...]:
    return column.id, *column.names.by_language.values()


class SheetFiled:
    """Rows of a sheet of a workbook."""

    def __init__(self, file: str, sheet: str, columns: Mapping[int, str]) -> None:
        self.file, self.sheet = file, sheet
        self.positions = {column: position for position, column in columns.items()}
        self.letters = {c: column_letters(p) for p, c in columns.items()}
        self.lines = array("L")
        self.rows: list[Raw] = []

    def written(self, number: int, column: str) -> str:
        """Return a value as text."""
        row, position = self.rows[number - 1], self.positions.get(column)
        value = row[position] if position is not None and position < len(row) else None
        return "" if value is None else str(value)

    def at(self, number: int, column: str = "") -> At:
        """Return the cell, or the first cell of its row."""
        letter = self.letters.get(column) or next(iter(self.letters.values()), "A")
        return At(self.file, sheet=self.sheet, cell=f"{letter}{self.lines[number - 1]}")


class TextFiled:
    """Rows of a text file; of each row only its offset and line are kept."""

    def __init__(self, file: str, text: str, delimiter: str, columns: Mapping[int, str]) -> None:
        self.file, self.text, self.delimiter = file, text, delimiter
        self.positions = {column: position for position, column in columns.items()}
        self.offsets = array("Q")
        self.lengths = array("L")
        self.lines = array("L")

    def add(self, line: int, offset: int, length: int) -> None:
        """Note where a row stands."""
        self.lines.append(line)
        self.offsets.append(offset)
        self.lengths.append(length)

    def _raw(self, number: int) -> str:
        start = self.offsets[number - 1]
        return self.text[start : start + self.lengths[number - 1]]

    def written(self, number: int, column: str) -> str:
        """Return the user's own spelling."""
        fields = next(csv.reader([self._raw(number)], delimiter=self.delimiter), [])
        position = self.positions.get(column)
        return fields[position].strip() if position is not None and position < len(fields) else ""

    def at(self, number: int, column: str = "") -> At:
        """Return line and column of a field, or of the row."""
        from diagnost.intake.csv_grid import places_in

        line, position = self.lines[number - 1], self.positions.get(column)
        raw = self._raw(number)
        if position is None:
            return At(self.file, line, 1)
        places = places_in(raw, self.delimiter, position + 1)
        down, across = places[position]
        written = self.written(number, column)
        lead = (
            0
            if raw[across - 1 :].startswith('"')
            else len(raw[across - 1 :]) - len(raw[across - 1 :].lstrip(" "))
        )
        return At(self.file, line + down, across + lead, width=max(len(written), 1))
