"""Records written in YAML: a list of rows under the id of each table."""

from collections.abc import Mapping as AnyMapping
from decimal import Decimal
from typing import Any

from diagnost.intake.raw_records import RawTable
from diagnost.intake.remarks import Remarks
from diagnost.intake.table_labels import Headings, TableLabels
from diagnost.intake.yaml_shapes import PLAIN_NUMBER
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At, nearest
from diagnost.model.records import NUMERIC, FiledCells, Table
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence


def read_records(node: Node | None, catalogue: Catalogue, remarks: Remarks) -> list[RawTable]:
    """Read ``records: {table: [{column: value}]}``; unknown tables and columns are problems."""
    if node is None or (isinstance(node, Scalar) and node.text is None):
        return []
    if not isinstance(node, Mapping):
        hint = (
            "Write under records the name of a table, and its rows below: 'reps:' and '- {rep: …}'."
        )
        remarks.error("A111", "'records' must be a mapping", node.at, hint)
        return []
    labels = TableLabels(catalogue.tables.values())
    found = []
    for key, rows in node.entries.values():
        table = labels.table(key.text or "")
        if table is None:
            hint = nearest(key.text or "", labels.tables)
            hint = hint or f"Known are: {', '.join(labels.tables)}."
            remarks.error("A200", f"'{key.text}' is no table of records", key.at, hint)
        elif isinstance(rows, Sequence):
            found.append(_Rows(table, key.at, labels, remarks).read(rows))
        elif not (isinstance(rows, Scalar) and rows.text is None):
            hint = "Write one row a line, each beginning with '- {'."
            remarks.error("A111", f"the rows of {table.id} must be a list", rows.at, hint)
    return found


class _Rows:
    """The rows of one table; positions are those of the declared columns."""

    def __init__(self, table: Table, at: At, labels: TableLabels, remarks: Remarks) -> None:
        self.table, self.at = table, at
        self.labels, self.remarks = labels, remarks
        self.positions = {column: number for number, column in enumerate(table.columns)}
        self.places: dict[int, At] = {}
        self.rows_at: dict[int, At] = {}
        self.cells: dict[tuple[int, str], tuple[str, At]] = {}

    def read(self, node: Sequence) -> RawTable:
        """Read the list."""
        rows = [self._row(number, item) for number, item in enumerate(node.items, start=1)]
        return RawTable(
            headings=Headings(self.table, {p: c for c, p in self.positions.items()}, {}, {}),
            rows=rows,
            filed=FiledCells(self.rows_at, self.cells),
            places=dict.fromkeys(self.positions.values(), self.at),
            at=self.at,
        )

    def _row(self, number: int, node: Node) -> list[Any]:
        self.rows_at[number] = node.at
        row: list[Any] = [None] * len(self.positions)
        if not isinstance(node, Mapping):
            hint = "Write 'column: value' pairs between braces."
            message = f"row {number} of {self.table.id} must be a mapping"
            self.remarks.error("A111", message, node.at, hint)
            return row
        self._cells(number, row, node.entries)
        return row

    def _cells(
        self, number: int, row: list[Any], entries: AnyMapping[str, tuple[Scalar, Node]]
    ) -> None:
        seen: dict[str, At] = {}
        for key, value in entries.values():
            column = self.labels.column(self.table, key.text or "")
            place = f"row {number} of {self.table.id}"
            if not column:
                hint = nearest(key.text or "", self.positions)
                hint = hint or f"Known are: {', '.join(self.positions)}."
                self.remarks.error("A201", f"{place}: no column '{key.text}'", key.at, hint)
            elif column in seen:
                message = f"{place}: the column {column} stands twice"
                hint = "Keep one of the two."
                self.remarks.error("A201", message, key.at, hint, also=seen[column])
            elif not isinstance(value, Scalar):
                hint = "Write one value, without brackets or further levels."
                message = f"{place}, column {column}: not one value"
                self.remarks.error("A111", message, value.at, hint)
            elif value.text is not None:
                seen[column] = key.at
                self.cells[number, column] = (value.text, value.at)
                row[self.positions[column]] = self._value(column, value)

    def _value(self, column: str, scalar: Scalar) -> Any:
        """Return the text, or the number that YAML writes without quotes."""
        text = (scalar.text or "").strip()
        numeric = self.table.columns[column].kind in NUMERIC
        if numeric and scalar.plain and PLAIN_NUMBER.fullmatch(text) and len(text) <= 30:
            return Decimal(text)
        return text
