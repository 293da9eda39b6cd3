"""Workbooks of Excel 97 (.xls), binary ones (.xlsb) and OpenDocument (.ods) → grids.

The guards are those of the others. The library keeps a whole sheet in memory up to its last cell,
so how far that lies is looked at before. Percent formats and the formulas of cells are not to be
had: a percent needs its sign typed, and what a formula gave when the workbook was saved is its
value.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from diagnost.intake.binary_extent import (
    MAX_XLS,
    Extent,
    extents_of_xls,
    extents_of_xlsb,
    is_encrypted,
    packed_alone,
    workbook_of_xls,
)
from diagnost.intake.cells import Cell, Grid
from diagnost.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, kind_of
from diagnost.intake.packed import PASSWORD_HINT, damaged, looked_through, part_of
from diagnost.intake.raw_records import RawTable
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.table_labels import TableLabels
from diagnost.intake.xlsx_sheets import cell_of_value, read_xlsx
from diagnost.model.located import At, DiagnostError
from diagnost.model.records import Table

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_AREA = 4_000_000
"""Cells of a sheet up to its last one, empty ones included; a quarter of a gigabyte of memory."""
_COLUMNS_THERE_ARE = 16_384
"""No program has more, and a column beyond has no letters."""
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA|ADR!|ARG!|LICZBA!)")
_ATTRIBUTES = rb"""((?:[^>"']|"[^"]*"|'[^']*')*)"""
_PARTS = re.compile(
    rb"<table:table(?=[\s>])|<table:table-row\b" + _ATTRIBUTES + rb">|"
    rb"<table:(?:covered-)?table-cell\b" + _ATTRIBUTES + rb">"
)
_ROWS = re.compile(rb"""table:number-rows-repeated=["'](\d{1,9})["']""")
_COLUMNS = re.compile(rb"""table:number-columns-repeated=["'](\d{1,9})["']""")


def read_other_workbook(
    content: bytes,
    name: str,
    suffix: str,
    remarks: Remarks | None = None,
    labels: TableLabels | None = None,
    records: list[RawTable] | None = None,
    called: Table | None = None,
) -> list[Grid]:
    """Read every sheet of a workbook that is not hidden; see ``xlsx_sheets.read_xlsx``.

    A workbook of the newer kind that goes by an older name is read as what it is. Raises
    DiagnostError: A104 too large, A106 something else under this name, A107 no sheets, A108
    protected, A109 damaged.
    """
    kind = _kind(content, name, suffix)
    if kind == ".xlsx":
        return read_xlsx(content, name, kind, remarks, labels, records, called)
    if kind == ".xls":
        content = _alone(content, name)
    sheets = _sheets(content, name, remarks)
    if not sheets:
        message = "the workbook has no sheets to be seen"
        raise stop("A107", message, At(name), "Start from an empty form.")
    grids: list[Grid] = []
    count = 0
    for sheet in sheets:
        table = None
        if labels and records is not None:
            from diagnost.intake.xlsx_records import sheet_of_records

            table = sheet_of_records(sheet, name, labels, None, called)
            if table is not None:
                records.append(table)
        # What stands above the headings of records is read as the rest: the unit, the day.
        above = int(table.at.cell[1:]) - 1 if table is not None else None
        grid = _grid(sheet, name, above)
        count += sum(map(len, grid.rows))
        if count > MAX_CELLS:
            hint = "Keep only the sheets with the statements."
            raise stop("A104", f"more than {MAX_CELLS:,} cells", grid.at, hint)
        grids.append(grid)
    return grids


class _Sheet(NamedTuple):
    """A sheet as records are read from: its values row by row, and what is merged downwards."""

    title: str
    values: Sequence[tuple[Any, ...]]
    merged_down: Sequence[tuple[int, int, int]]

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[Any, ...]]:
        """Yield the values of each row; there is nothing else to a cell."""
        assert values_only
        return iter(self.values)


def _kind(content: bytes, name: str, suffix: str) -> str:
    """Return the kind of workbook that the content is: .xls, .xlsb, .ods or .xlsx."""
    what, usual = kind_of(content)
    if usual == ".xls":
        return usual
    if usual == ".xlsx":
        with looked_through(content, name) as parts:
            names = set(parts.namelist())
            if "content.xml" in names:
                _refuse_wide(part_of(parts, "content.xml", name), name)
                return ".ods"
            if "xl/workbook.bin" in names:
                _refuse_far(extents_of_xlsb(parts), name)
                return ".xlsb"
            if "[Content_Types].xml" in names:
                return ".xlsx"
        hint = "Save the table from the spreadsheet program as .xlsx."
        raise stop("A106", "a packed file, but no workbook that can be read", At(name), hint)
    hint = "Save the table from the spreadsheet program as .xlsx."
    if not what:
        hint = "Rename it to .csv if it is a table."
    found = what or "a text"
    raise stop("A106", f"the name ends in {suffix}, but this is {found}", At(name), hint)


def _alone(content: bytes, name: str) -> bytes:
    """Return an .xls workbook without whatever else its file holds, macros among it."""
    if is_encrypted(content):
        message = "the workbook is protected by a password"
        raise stop("A108", message, At(name), PASSWORD_HINT)
    try:
        stream = workbook_of_xls(content)
        extents = extents_of_xls(stream)
    # A damaged file fails anywhere inside the library, with any exception.
    except Exception as error:
        raise damaged(name) from error
    if len(stream) > MAX_XLS:
        message = f"an old workbook of more than {MAX_XLS // 2**20} MB"
        raise stop("A104", message, At(name), "Save it as .xlsx and give that file.")
    _refuse_far(extents, name)
    return packed_alone(stream)


def _refuse_far(extents: Iterable[Extent], name: str) -> None:
    """Refuse a workbook with a sheet that reaches further than is read."""
    for extent in extents:
        if extent.rows * extent.columns > MAX_AREA or extent.columns > _COLUMNS_THERE_ARE:
            raise _too_far(At(name))


def _refuse_wide(content: bytes, name: str) -> None:
    """Refuse an OpenDocument sheet that unfolds to more cells than are read.

    Rows and cells that are alike are written once, with how often they stand there.
    """
    row = last_row = column = last_column = times = 0
    for found in _PARTS.finditer(content):
        attributes = found[1] if found[1] is not None else found[2]
        if attributes is None:
            row = last_row = last_column = times = 0
        elif found[1] is not None:
            row += times
            repeated = _ROWS.search(attributes)
            times, column = int(repeated[1]) if repeated else 1, 0
        else:
            repeated = _COLUMNS.search(attributes)
            column += int(repeated[1]) if repeated else 1
            if b"office:" in attributes or not attributes.rstrip().endswith(b"/"):
                last_row, last_column = max(last_row, row + times), max(last_column, column)
                if last_row * last_column > MAX_AREA or last_column > _COLUMNS_THERE_ARE:
                    raise _too_far(At(name))


def _too_far(at: At) -> DiagnostError:
    message = f"a cell beyond row {MAX_ROWS} or column {MAX_COLUMNS}, or as good as"
    return stop("A104", message, at, "Keep only the table of the statements.")


def _sheets(content: bytes, name: str, remarks: Remarks | None) -> list[_Sheet]:
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return list(_visible(workbook, name, remarks))
    except DiagnostError:
        raise
    except PasswordError as error:
        message = "the workbook is protected by a password"
        raise stop("A108", message, At(name), PASSWORD_HINT) from error
    # A damaged workbook fails anywhere inside the library, with any exception; where the library is
    # caught unawares, with one that is no Exception and cannot be imported.
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged(name) from error
        raise


def _visible(workbook: "CalamineWorkbook", name: str, remarks: Remarks | None) -> Iterator[_Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        if about.visible is not SheetVisibleEnum.Visible:
            if remarks is not None:
                remarks.note("sheets_hidden", At(name, sheet=about.name), label=about.name)
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.total_height * sheet.total_width > MAX_AREA:
            raise _too_far(At(name, sheet=about.name))
        merged = [
            (left, top + 1, bottom + 1)
            for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
            if bottom > top
        ]
        rows = [tuple(map(_plain, row)) for row in sheet.to_python(skip_empty_area=False)]
        yield _Sheet(about.name, rows, merged)


def _plain(value: Any) -> Any:
    """Return a value as records take it; whole numbers are kept as such."""
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _grid(sheet: _Sheet, name: str, above: int | None) -> Grid:
    from openpyxl.utils import get_column_letter

    rows: list[dict[int, Cell]] = []
    beyond: At | None = None
    for number, row in enumerate(islice(sheet.values, above), start=1):
        cells: dict[int, Cell] = {}
        for column, value in enumerate(row):
            if value is None:
                continue
            at = At(name, sheet=sheet.title, cell=f"{get_column_letter(column + 1)}{number}")
            if number > MAX_ROWS or column >= MAX_COLUMNS:
                beyond = beyond or at
                continue
            error = isinstance(value, str) and _ERROR.fullmatch(value) is not None
            cell = cell_of_value(value, "e" if error else "", "", at)
            if cell.text:
                cells[column] = cell
        if cells:
            rows.append(cells)
    return Grid(sheet.title, tuple(rows), At(name, sheet=sheet.title), beyond)
