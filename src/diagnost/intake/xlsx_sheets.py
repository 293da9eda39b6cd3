"""Excel workbooks → grids: stored values, percent formats, dates, and what can be no amount."""

import io
import re
import warnings
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from diagnost.intake.cells import Cell, Grid
from diagnost.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, kind_of
from diagnost.intake.packed import damaged, looked_through, part_of
from diagnost.intake.raw_records import RawTable
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.table_labels import TableLabels
from diagnost.model.located import At, DiagnostError
from diagnost.model.records import Table

if TYPE_CHECKING:
    from openpyxl import Workbook

_QUOTED = re.compile(r'"[^"]*"|\\.')
_FORMULA = re.compile(rb"<f[ >/]")


def read_xlsx(
    content: bytes,
    name: str,
    suffix: str,
    remarks: Remarks | None = None,
    labels: TableLabels | None = None,
    records: list[RawTable] | None = None,
    called: Table | None = None,
) -> list[Grid]:
    """Read every sheet of a workbook that is not hidden.

    Sheets of records known by ``labels`` go to ``records``. ``called`` is the table that the
    workbook is called like.

    Raises DiagnostError: A104 too large, A106 something else under this name, A108 protected, A109
    damaged.
    """
    _check_content(content, name, suffix)
    has_formulas = _check_parts(content, name)
    try:
        grids = _grids(content, name, remarks, labels, records, called)
        if has_formulas and records and remarks is not None:
            from diagnost.intake.xlsx_records import refuse_empty_formulas

            refuse_empty_formulas(_open(content, values=False), records, remarks)
        tabled = {raw.at.sheet for raw in records or ()}
        return _mark_formulas(content, name, grids, tabled) if has_formulas else grids
    except DiagnostError:
        raise
    except MemoryError as error:
        hint = "Keep only the sheets with the statements."
        raise stop("A104", "the workbook is too large", At(name), hint) from error
    # A damaged workbook fails anywhere inside the library, with any exception.
    except Exception as error:
        raise damaged(name) from error


def _check_content(content: bytes, name: str, suffix: str) -> None:
    what, usual = kind_of(content)
    if usual != ".xlsx":
        found = what or "a text"
        hint = "Save the table from the spreadsheet program as .xlsx."
        if not what:
            hint = "Rename it to .csv if it is a table, to .yaml if it is YAML."
        raise stop("A106", f"the name ends in {suffix}, but this is {found}", At(name), hint)


def _check_parts(content: bytes, name: str) -> bool:
    """Look into the packed parts without unpacking them whole; say whether there are formulas."""
    has_formulas = False
    with looked_through(content, name) as parts:
        names = set(parts.namelist())
        if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
            raise stop(
                "A106", "a packed file, but no Excel workbook", At(name),
                "Save the table from the spreadsheet program as .xlsx.",
            )  # fmt: skip
        for part in names:
            if part.endswith((".xml", ".rels")):
                text = part_of(parts, part, name)
                if part.startswith("xl/worksheets/"):
                    has_formulas = has_formulas or _FORMULA.search(text) is not None
    return has_formulas


def _open(content: bytes, *, values: bool) -> "Workbook":
    from openpyxl.reader.excel import ExcelReader

    class WithoutCharts(ExcelReader):
        """openpyxl fails on sheets that are a chart when it only reads."""

        def read_chartsheet(self, sheet: object, rel: object) -> None:
            """Leave the chart out."""

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = WithoutCharts(io.BytesIO(content), read_only=True, data_only=values)
        reader.read()
        return reader.wb


def _grids(
    content: bytes,
    name: str,
    remarks: Remarks | None,
    labels: TableLabels | None,
    records: list[RawTable] | None,
    called: Table | None,
) -> list[Grid]:
    workbook = _open(content, values=True)
    if remarks is not None:
        _tell_hidden(workbook, name, remarks)
    grids: list[Grid] = []
    count = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sheet in _visible(workbook):
            sheet.reset_dimensions()
            table = None
            if labels and records is not None:
                from diagnost.intake.xlsx_records import sheet_of_records

                table = sheet_of_records(sheet, name, labels, content, called)
                if table is not None:
                    records.append(table)
            # What stands above the headings of records is read as the rest: the unit, the day.
            above = _row_of(table.at) - 1 if table is not None else None
            rows: list[dict[int, Cell]] = []
            beyond: At | None = None
            for row in sheet.iter_rows(max_row=above) if above != 0 else ():
                cells: dict[int, Cell] = {}
                for found in row:
                    if found.value is None:
                        continue
                    column, number = int(found.column), int(found.row)
                    at = At(name, sheet=sheet.title, cell=found.coordinate)
                    if count > MAX_CELLS:
                        hint = "Keep only the sheets with the statements."
                        raise stop("A104", f"more than {MAX_CELLS:,} cells", at, hint)
                    if column > MAX_COLUMNS or number > MAX_ROWS:
                        beyond = beyond or at
                        continue
                    cell = cell_of_value(
                        found.value, found.data_type, found.number_format or "", at
                    )
                    if cell.text:
                        cells[column - 1] = cell
                        count += 1
                if cells:
                    rows.append(cells)
            grids.append(Grid(sheet.title, tuple(rows), At(name, sheet=sheet.title), beyond))
    if not grids:
        raise stop(
            "A107", "the workbook has no sheets to be seen", At(name), "Start from an empty form."
        )
    return grids


def _visible(workbook: "Workbook") -> list[Any]:
    """Return the sheets that somebody who opens the workbook sees."""
    return [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def _tell_hidden(workbook: "Workbook", name: str, remarks: Remarks) -> None:
    """Tell of hidden sheets: mostly drafts, lists of choices, figures of other years."""
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            remarks.note("sheets_hidden", At(name, sheet=sheet.title), label=sheet.title)


def cell_of_value(value: object, data_type: str, number_format: str, at: At) -> Cell:
    """Return the cell of a stored value; ``data_type`` is "e" for an error of the spreadsheet."""
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", at, fault="boolean")
    if data_type == "e":
        return Cell(str(value), at, fault="error")
    if isinstance(value, int | float):
        return _number(value, number_format, at)
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat(), at, day=day, fault="date")
    if isinstance(value, time | timedelta):
        return Cell(str(value), at, fault="date")
    return Cell(str(value).strip(), at)


def _number(value: float, number_format: str, at: At) -> Cell:
    """Return a number with the fifteen digits that a spreadsheet keeps."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124
        return Cell(str(value), at, fault="error")
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if number.as_tuple().exponent == 0 or number != number.to_integral_value():
        number = number.normalize() if "." in str(number) else number
    percent = "%" in _QUOTED.sub("", number_format)
    shown = number * 100 if percent else number
    text = f"{shown.normalize():f}%" if percent else f"{number:f}"
    return Cell(text, at, number=number, percent=percent)


def _mark_formulas(
    content: bytes, name: str, grids: list[Grid], tabled: Collection[str]
) -> list[Grid]:
    """Add the cells whose formula has no stored value; they would look empty otherwise.

    The sheets of records (``tabled``) have been looked through by themselves.
    """
    workbook = _open(content, values=False)
    marked: list[Grid] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sheet, grid in zip(_visible(workbook), grids, strict=True):
            if not grid.rows or grid.title in tabled:
                marked.append(grid)
                continue
            sheet.reset_dimensions()
            stored = {cell.at.cell for row in grid.rows for cell in row.values()}
            by_row: dict[int, dict[int, Cell]] = {}
            for row in sheet.iter_rows():
                for found in row:
                    if found.data_type != "f" or found.coordinate in stored:
                        continue
                    number, column = int(found.row or 0), int(found.column or 0)
                    if number <= MAX_ROWS and column <= MAX_COLUMNS:
                        at = At(name, sheet=sheet.title, cell=found.coordinate)
                        cell = Cell("=", at, fault="formula")
                        by_row.setdefault(number, {})[column - 1] = cell
            marked.append(_merged(grid, by_row) if by_row else grid)
    return marked


def _row_of(at: At) -> int:
    """Return the number of the row of a cell."""
    return int(re.sub(r"\D", "", at.cell))


def _merged(grid: Grid, by_row: dict[int, dict[int, Cell]]) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    for row in grid.rows:
        rows[_row_of(next(iter(row.values())).at)] = dict(row)
    for number, cells in by_row.items():
        rows.setdefault(number, {}).update(cells)
    return grid._replace(rows=tuple(rows[number] for number in sorted(rows)))
