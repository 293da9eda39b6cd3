"""Names put out of sight: people go by a number, the same in every table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At
from diagnost.model.records import CellValue, Filed, Row, Table


def mask_names(accounts: Accounts, catalogue: Catalogue, language: str) -> Accounts:
    """Return the accounts with every person who is looked at one by one called by a number.

    All rows of their table are numbered, in the order of the file; places stay as they are.
    """
    records = dict(accounts.records)
    for table_id in catalogue.tables_of_subjects:
        selection, table = catalogue.subjects(table_id), catalogue.tables[table_id]
        if selection is None or selection.one is None:
            continue
        one = selection.one.in_language(language)
        space = "" if language == "zh" else " "
        known: dict[CellValue, str] = {}
        for row in records.get(table_id, ()):
            key = row.values.get(table.key)
            if key is not None:
                known.setdefault(key, f"{one}{space}{len(known) + 1}")
        for id_, rows in records.items():
            columns = _columns_of_names(catalogue.tables[id_], table_id)
            if columns:
                records[id_] = tuple(_masked(row, columns, known, table.key) for row in rows)
    return replace(accounts, records=records)


def _columns_of_names(table: Table, subjects: str) -> tuple[str, ...]:
    """Return the columns in which the people of a table are named."""
    if table.id == subjects:
        return tuple(c for c in (table.key, "name") if c in table.columns)
    return tuple(column for column, to in table.references.items() if to == subjects)


def _masked(row: Row, columns: Collection[str], known: Mapping[CellValue, str], key: str) -> Row:
    values = dict(row.values)
    own = known.get(values.get(key, ""), "")
    for column in columns:
        if column in values:
            values[column] = known.get(values[column], own)
    return Row(row.number, values, _Unnamed(row.filed, frozenset(columns)))


@dataclass(frozen=True, slots=True)
class _Unnamed:
    """Where rows stand, without the user's spelling of the names."""

    filed: Filed
    columns: frozenset[str]

    def written(self, number: int, column: str) -> str:
        """Return the user's own spelling, but for the names."""
        return "" if column in self.columns else self.filed.written(number, column)

    def at(self, number: int, column: str = "") -> At:
        """Return the place of a cell."""
        return self.filed.at(number, column)
