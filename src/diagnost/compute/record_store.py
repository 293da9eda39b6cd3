"""Rows of records by column and by the row they refer to, each looked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from diagnost.model.accounts import Accounts
from diagnost.model.records import CellValue, Row, Table

Cells = list[CellValue | None]
"""A column, one value a row, None where it is unknown."""


@dataclass(slots=True)
class RecordStore:
    """The records of one company, with columns and references kept as they are asked for."""

    accounts: Accounts
    tables: Mapping[str, Table]
    _columns: dict[tuple[str, str], Cells] = field(default_factory=dict)
    _referring: dict[tuple[str, str], dict[CellValue, list[int]]] = field(default_factory=dict)
    _months: dict[tuple[str, str], date | None] = field(default_factory=dict)

    def given(self, table: str) -> bool:
        """Say whether a table was given, be it without rows."""
        return table in self.accounts.records

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table; none where it was not given."""
        return self.accounts.records.get(table, ())

    def column(self, table: str, column: str) -> Cells:
        """Return the values of a column, in the order of the rows."""
        found = self._columns.get((table, column))
        if found is None:
            found = [row.values.get(column) for row in self.rows(table)]
            self._columns[table, column] = found
        return found

    def referring(self, table: str, to: str, row: int) -> Sequence[int] | None:
        """Return the rows of ``table`` that refer to a row of ``to``; None if it never refers."""
        column = next((c for c, t in self.tables[table].references.items() if t == to), None)
        if column is None:
            return None
        by_key = self._referring.get((table, column))
        if by_key is None:
            by_key = {}
            for index, key in enumerate(self.column(table, column)):
                if key is not None:
                    by_key.setdefault(key, []).append(index)
            self._referring[table, column] = by_key
        key = self.column(to, self.tables[to].key)[row]
        return () if key is None else by_key.get(key, ())
