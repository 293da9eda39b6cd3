"""What the sheets of empty forms have in common: labels, shaded cells, lists of choices."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diagnost.intake.form_rows import FormRow
from diagnost.intake.row_ids import mark_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_CHOICES = 255
"""Characters of a list of choices that a spreadsheet program takes."""


def offer(sheet: "Worksheet", cells: str, choices: Sequence[str]) -> None:
    """Let cells ("B2", "C3:C500") offer choices, where spreadsheet programs can hold so many."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(choices)
    if choices and len(listed) < MAX_CHOICES and not any("," in choice for choice in choices):
        validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        validation.add(cells)
        sheet.add_data_validation(validation)


def label(sheet: "Worksheet", number: int, row: FormRow, help_column: int) -> None:
    """Write the label of a row, and its help in grey."""
    from openpyxl.styles import Alignment, Font

    sheet.cell(number, 1, row.label).alignment = Alignment(wrap_text=True, vertical="top")
    if row.help:
        cell = sheet.cell(number, help_column, f"# {row.help}")
        cell.font = Font(italic=True, color="FF7F7F7F")


def mark(sheet: "Worksheet", number: int, question: FormRow, column: int) -> None:
    """Write the id of a question behind its row, small and in grey, in a narrow column."""
    from openpyxl.styles import Font

    cell = sheet.cell(number, column, mark_of(question.id))
    cell.font = Font(size=8, color="FFBFBFBF")


def shade(cell: object) -> None:
    """Mark a cell as one to fill in."""
    from openpyxl.styles import Border, PatternFill, Side

    side = Side(style="thin", color="FFD0D0D0")
    cell.fill = PatternFill("solid", start_color="FFFFF9E5")  # type: ignore[attr-defined]
    cell.border = Border(left=side, right=side, top=side, bottom=side)  # type: ignore[attr-defined]


def widths(sheet: "Worksheet", columns: Sequence[int]) -> None:
    """Set the widths of the first columns."""
    for column, width in zip("ABCDEFGH", columns, strict=False):
        sheet.column_dimensions[column].width = width
