"""The sheet of a calculation as a workbook: one sheet for the figures, one for a split."""

import io
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from diagnost.model.calculator import PERCENT_UNIT
from diagnost.report.calculation_sheet import Sheet
from diagnost.report.calculation_text import part_rows, rows_of
from diagnost.report.steady_archive import without_clock

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_EPOCH = datetime(2000, 1, 1)
_UNIT_FORMATS = {"money": "#,##0.00", "count": "#,##0", "days": "#,##0", "percent": "0.0###%"}


def as_workbook(sheet: Sheet) -> bytes:
    """Return the sheet as a workbook; the same sheet gives the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    workbook.properties.created = _EPOCH
    page = workbook.active
    assert page is not None
    page.title = sheet.word("result")[:31]
    units = {line.name: line.unit for line in (*sheet.given, *sheet.results)}
    plain = sheet._replace(parts=())
    for number, row in enumerate(rows_of(plain), start=1):
        for column, value in enumerate(row, start=1):
            unit = units.get(str(row[0]), "") if column == 2 else ""
            _fill(page.cell(number, column), value, unit)
        heads = (sheet.title, sheet.word("given"), sheet.word("result"))
        if row and row[0] in heads:
            for cell in page[number]:
                cell.font = Font(bold=True)
    _widths(page, (46, 18, 60, 30))
    if sheet.parts:
        _parts(workbook.create_sheet(sheet.word("parts")[:31]), sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return without_clock(stream.getvalue())


def _parts(page: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Font

    levels = len(sheet.levels)
    for number, row in enumerate(part_rows(sheet), start=1):
        for column, value in enumerate(row, start=1):
            _fill(page.cell(number, column), value, PERCENT_UNIT if column == levels + 2 else "")
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    _widths(page, (*([20] * levels), 16, 10))


def _fill(cell: "Cell | MergedCell", value: str | Decimal, unit: str) -> None:
    if isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
        cell.number_format = _UNIT_FORMATS.get(unit, "General")
    elif value:
        cell.value = value
        cell.data_type = "s"  # never a formula, whatever a name begins with


def _widths(page: "Worksheet", widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        page.column_dimensions["ABCDEFGHIJKLMNOP"[column]].width = width
