"""Records: many rows of one kind, such as people, orders or days of work, each with its places."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, TypeAlias

from diagnost.model.located import At
from diagnost.model.text import Text

CellValue: TypeAlias = str | Decimal | date | bool

TEXT, WORD, REFERENCE = "text", "word", "reference"
DATE, MONTH = "date", "month"
NUMBER, MONEY, COUNT, SCORE, FLAG = "number", "money", "count", "score", "flag"

KINDS = (TEXT, DATE, MONTH, NUMBER, MONEY, COUNT, SCORE, WORD, FLAG, REFERENCE)
"""What a column may hold.

``text``, ``word`` (one of the column's ``words``) and ``reference`` (the key of a row of another
table) give a ``str``; ``date`` a day, ``month`` the first day of the month, both a ``date``;
``number``, ``money`` (whole units of the currency, whatever the accounts' ``unit``), ``count``
(whole, from 0) and ``score`` (whole, within ``least`` and ``most``) a ``Decimal``; ``flag`` a
``bool``.
"""

RECORDS = "records."
"""What a need begins with that is a table or a column of records: ``records.orders.amount``."""

NUMERIC = frozenset((NUMBER, MONEY, COUNT, SCORE))
"""The kinds whose cells hold a ``Decimal``."""

DATED = frozenset((DATE, MONTH))
"""The kinds whose cells hold a ``date``."""


class Column(NamedTuple):
    """A column of a table: what its cells hold, and between which bounds.

    ``names`` are the headings shown, ``synonyms`` the further headings recognised on reading.
    ``purpose`` is the side that added the column to another side's table, '' for its own columns.
    ``words`` gives the labels of a ``word`` column, ``word_synonyms`` further spellings (folded) of
    the words. ``refers_to`` is the table whose key a ``reference`` holds. ``least`` and ``most``
    bound numbers. A ``required`` column must be filled in every row that is used.
    """

    id: str
    kind: str  # one of KINDS
    names: Text
    at: At
    synonyms: tuple[str, ...] = ()
    words: Mapping[str, Text] = {}
    word_synonyms: Mapping[str, str] = {}
    least: Decimal | None = None
    most: Decimal | None = None
    required: bool = False
    refers_to: str = ""
    ahead: bool = False  # a date that may lie ahead of the day on which the records are read
    help: Text | None = None
    purpose: str = ""


class Table(NamedTuple):
    """A declared kind of records, one row per person, order, day or month.

    ``key`` is the column by which other tables refer to a row, or ''. No two rows may agree in all
    columns of ``once`` (the key alone where there is one). ``purpose`` is the side that declares
    the table (``sales``, ``retail``); ``shared`` names the further sides that use it, each with the
    columns that it looks at, so that a firm keeps one list of its staff whatever is read from it.
    """

    id: str
    names: Text
    columns: Mapping[str, Column]  # in the order shown
    at: At
    synonyms: tuple[str, ...] = ()
    key: str = ""
    once: tuple[str, ...] = ()
    purpose: str = ""
    rows: Text | None = None  # what one row is: "one row per person and month"
    shared: Mapping[str, tuple[str, ...]] = {}

    @property
    def sides(self) -> tuple[str, ...]:
        """Return the sides that use the table, the one that declares it first."""
        return (self.purpose, *self.shared)

    def columns_of(self, side: str) -> tuple[Column, ...]:
        """Return the columns that a side looks at, in the order shown; none where it uses none."""
        if side == self.purpose:
            return tuple(column for column in self.columns.values() if not column.purpose)
        wanted = self.shared.get(side, ())
        return tuple(column for column in self.columns.values() if column.id in wanted)

    @property
    def references(self) -> Mapping[str, str]:
        """Return for each column that refers to another table the id of that table."""
        return {c.id: c.refers_to for c in self.columns.values() if c.refers_to}


class Cell(NamedTuple):
    """One value of a row, as it is understood (see ``KINDS``) and as the user wrote it."""

    value: CellValue
    as_written: str
    at: At


class Filed(Protocol):
    """Where the rows of a table stand: a sheet, a text file, a list in YAML."""

    def written(self, number: int, column: str) -> str:
        """Return the user's own spelling of a cell, '' where nothing is known of it."""
        ...

    def at(self, number: int, column: str = "") -> At:
        """Return the place of a cell; without a column, or where it is not known, of its row."""
        ...


class Row(NamedTuple):
    """One record; a column that is not among ``values`` is unknown, never zero or no.

    ``number`` counts from 1 in the order of the file. Places and spellings are fetched from
    ``filed`` when asked for, as a hundred thousand rows may stand in one table.
    """

    number: int
    values: Mapping[str, CellValue]  # by column id
    filed: Filed

    def cell(self, column: str) -> Cell | None:
        """Return a value with its place and spelling, or None where it is unknown."""
        value = self.values.get(column)
        if value is None:
            return None
        return Cell(
            value, self.filed.written(self.number, column), self.filed.at(self.number, column)
        )

    @property
    def cells(self) -> Mapping[str, Cell]:
        """Return every known value of the row with its place and spelling."""
        return {column: cell for column in self.values if (cell := self.cell(column)) is not None}

    @property
    def at(self) -> At:
        """Return the place of the row."""
        return self.filed.at(self.number)


class FiledCells(NamedTuple):
    """The places of few rows, each cell kept by itself; ``rows`` holds the place of each row."""

    rows: Mapping[int, At]
    cells: Mapping[tuple[int, str], tuple[str, At]]  # (row number, column id)

    def written(self, number: int, column: str) -> str:
        """Return the user's own spelling of a cell."""
        found = self.cells.get((number, column))
        return "" if found is None else found[0]

    def at(self, number: int, column: str = "") -> At:
        """Return the place of a cell, or of its row."""
        found = self.cells.get((number, column))
        return self.rows[number] if found is None else found[1]


def rows_of(cells: Iterable[tuple[At, Mapping[str, Cell]]]) -> tuple[Row, ...]:
    """Return rows, numbered from 1, from the cells of each and the place where it begins."""
    listed = [(number, at, filled) for number, (at, filled) in enumerate(cells, start=1)]
    filed = FiledCells(
        rows={number: at for number, at, _ in listed},
        cells={
            (number, column): (cell.as_written, cell.at)
            for number, _, filled in listed
            for column, cell in filled.items()
        },
    )
    return tuple(
        Row(number, {column: cell.value for column, cell in filled.items()}, filed)
        for number, _, filled in listed
    )


def row_name(table: Table, row: Row) -> str:
    """Return what a row is called: its name, else its key, else its number."""
    for column in ("name", table.key):
        found = row.values.get(column)
        if found is not None:
            return str(found)
    return str(row.number)


Records: TypeAlias = Mapping[str, tuple[Row, ...]]
"""The rows given, by id of their table; a table that is not given is not a key."""
