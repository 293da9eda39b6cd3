"""Rows of records by column and by the row they refer to, each looked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diagnost.model.accounts import Accounts
from diagnost.model.indicator import RowsUsed
from diagnost.model.records import CellValue, Row, Table, row_name

Cells = list[CellValue | None]
"""A column, one value a row, None where it is unknown."""


@dataclass(slots=True)
class RecordStore:
    """The records of one company, with columns and references kept as they are asked for."""

    accounts: Accounts
    tables: Mapping[str, Table]
    _columns: dict[tuple[str, str], Cells] = field(default_factory=dict)
    _referring: dict[tuple[str, str], dict[CellValue, list[int]]] = field(default_factory=dict)

    def given(self, table: str) -> bool:
        """Say whether a table was given, be it without rows."""
        return table in self.accounts.records

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table; none where it was not given."""
        return self.accounts.records.get(table, ())

    def column(self, table: str, column: str) -> Cells:
        """Return the values of a column by row."""
        found = self._columns.get((table, column))
        if found is None:
            found = [row.values.get(column) for row in self.rows(table)]
            self._columns[table, column] = found
        return found

    def name(self, table: str, row: int) -> str:
        """Return what a row is called: its name, else its key, else its number."""
        rows = self.rows(table)
        if row >= len(rows):
            return ""
        return row_name(self.tables[table], rows[row])

    def cell_used(self, table: str, column: str, row: int) -> RowsUsed:
        """Return a single cell as what a figure was made of."""
        filed = self.rows(table)[row]
        return RowsUsed("", table, column, 1, 1, (filed.filed.at(filed.number, column),))

    def reference(self, table: str, to: str) -> str | None:
        """Return the column by which ``table`` refers to rows of ``to``; None if it never does."""
        references = self.tables[table].references
        return next((column for column, other in references.items() if other == to), None)

    def key(self, table: str, row: int) -> CellValue | None:
        """Return what other tables call a row by; None where that is unknown."""
        return self.column(table, self.tables[table].key)[row]

    def referring(self, table: str, column: str, key: CellValue | None) -> Sequence[int]:
        """Return the rows whose reference holds a key."""
        by_key = self._referring.get((table, column))
        if by_key is None:
            by_key = {}
            for index, held in enumerate(self.column(table, column)):
                if held is not None:
                    by_key.setdefault(held, []).append(index)
            self._referring[table, column] = by_key
        return () if key is None else by_key.get(key, ())
