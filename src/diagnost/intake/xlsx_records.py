"""Sheets of a workbook that hold records: found by their name or their headings."""

import io
import warnings
import zipfile
from array import array
from collections.abc import Iterable
from itertools import islice
from typing import Any

from diagnost.intake.raw_records import MAX_RECORDS, RawTable, SheetFiled, no_headings
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.table_labels import LOOKED_AHEAD, Headings, TableLabels
from diagnost.intake.words import unit_stated
from diagnost.intake.xlsx_scan import merged_down, scanned
from diagnost.model.located import At
from diagnost.model.records import DATED, NUMERIC, Table

HEADING_WITHIN = 15
"""Rows that may stand above the headings."""


def sheet_of_records(
    sheet: Any,
    file: str,
    labels: TableLabels,
    content: bytes | None,
    called: Table | None = None,
) -> RawTable | None:
    """Return the records of a sheet, or None where it holds none.

    ``content`` is the workbook, None for one whose sheets know what is ``merged_down`` in them.

    A sheet called like a table has its headings in the first row that shows some of its columns;
    another sheet is one of records if a row heads most of the columns of a table. A workbook may
    itself be ``called`` like a table.
    """
    named = labels.table(sheet.title)
    top = list(islice(sheet.iter_rows(values_only=True), HEADING_WITHIN))
    texts = [
        {p: v.strip() for p, v in enumerate(row) if isinstance(v, str) and v.strip()} for row in top
    ]
    for index, row in enumerate(texts):
        shown = {p: text for p, text in row.items() if not text.startswith("# ")}
        headings = labels.headings(shown, named or called)
        if headings is not None:
            if labels.heads_statement(headings, texts[index + 1 : index + 1 + LOOKED_AHEAD]):
                return None
            table = _rows(sheet, file, index, headings, content)
            return table._replace(unit=unit_stated(sheet.title))
    if named is not None and any(any(v is not None for v in row) for row in top):
        raise no_headings(named, At(file, sheet=sheet.title))
    return None


def _rows(sheet: Any, file: str, index: int, headings: Headings, content: bytes | None) -> RawTable:
    filed = SheetFiled(file, sheet.title, headings.columns)
    heads = SheetFiled(file, sheet.title, {p: str(p) for p in range(len(headings.columns) + 200)})
    heads.lines = array("L", [index + 1])
    width = max(headings.columns) + 1
    known: dict[Any, Any] = {}  # one object for each text, however many rows
    for line, row in _numbered(sheet, headings, content):
        cells = row[:width]
        if line <= index + 1 or all(value is None for value in cells):
            continue
        first = next(value for value in cells if value is not None)
        if isinstance(first, str) and first.startswith("# "):
            continue
        if len(filed.rows) >= MAX_RECORDS:
            at = At(file, sheet=sheet.title, cell=f"A{line}")
            hint = "Give the last two years, or part the file."
            raise stop("A211", f"more than {MAX_RECORDS:,} rows of records", at, hint)
        filed.rows.append(tuple(known.setdefault(v, v) if isinstance(v, str) else v for v in cells))
        filed.lines.append(line)
    _fill_merged(filed, sheet, headings, content)
    positions = (*headings.columns, *headings.twins, *headings.others)
    return RawTable(
        headings=headings,
        rows=filed.rows,
        filed=filed,
        places={p: heads.at(1, str(p)) for p in positions},
        at=At(file, sheet=sheet.title, cell=f"A{index + 1}"),
    )


def _fill_merged(filed: SheetFiled, sheet: Any, headings: Headings, content: bytes | None) -> None:
    """Let what stands in a cell merged over several rows hold in each of them, save numbers.

    A sheet keeps it in the first row only: a name merged over its orders is that of all of them,
    whereas an amount merged over two rows is one amount.
    """
    if content is None:
        merged = sheet.merged_down
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            merged = merged_down(parts, sheet)
    if not merged:
        return
    columns = headings.table.columns
    numbers = {line: index for index, line in enumerate(filed.lines)}
    for position, first, last in merged:
        column = headings.columns.get(position)
        if column is None or columns[column].kind in NUMERIC or first not in numbers:
            continue
        row = filed.rows[numbers[first]]
        value = row[position] if position < len(row) else None
        for line in range(first + 1, last + 1):
            index = numbers.get(line)
            if index is not None:
                cells = [*filed.rows[index]]
                cells += [None] * (position + 1 - len(cells))
                cells[position] = value
                filed.rows[index] = tuple(cells)


def _numbered(
    sheet: Any, headings: Headings, content: bytes | None
) -> Iterable[tuple[int, tuple[Any, ...]]]:
    """Return the values of all rows with their numbers."""
    if content is None:
        return enumerate(sheet.iter_rows(values_only=True), start=1)
    columns = headings.table.columns
    dated = frozenset(p for p, c in headings.columns.items() if columns[c].kind in DATED)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        rows = scanned(parts, sheet, dated)
    return enumerate(sheet.iter_rows(values_only=True), start=1) if rows is None else rows


def refuse_empty_formulas(workbook: Any, records: list[RawTable], remarks: Remarks) -> None:
    """Tell of cells of records whose formula has no stored value; they would look empty."""
    hint = "Open and save the file in a spreadsheet program, or type the value."
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets = {sheet.title: sheet for sheet in workbook.worksheets}
        for raw in records:
            filed = raw.filed
            if not isinstance(filed, SheetFiled):
                continue
            sheet = sheets[filed.sheet]
            sheet.reset_dimensions()
            numbers = {line: number for number, line in enumerate(filed.lines, start=1)}
            for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                number = numbers.get(line)
                if number is None:
                    continue
                for position, column in raw.headings.columns.items():
                    formula = position < len(row) and str(row[position]).startswith("=")
                    stored = filed.rows[number - 1]
                    if formula and (position >= len(stored) or stored[position] is None):
                        at = filed.at(number, column)
                        remarks.error("A124", "a formula without a stored value", at, hint)
