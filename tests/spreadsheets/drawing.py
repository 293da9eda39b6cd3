"""What all spreadsheets are drawn with: the amounts of a company, workbooks and text tables."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from diagnost.intake.read import read_accounts
from tests import shipped

EXAMPLES = Path(__file__).parents[2] / "examples"
POLISH, CHINESE = "overstocked-manufacturer.yaml", "qinghe-zh.xlsx"
YEARS = ("2021", "2022", "2023")
Cells = Sequence[Any]
Sheets = Mapping[str, Sequence[Cells]]


class Row(tuple[int, ...]):
    """Amounts of one row by year, oldest first; rows are added up and taken off each other."""

    def __add__(self, other: object) -> "Row":
        assert isinstance(other, Row)
        return Row(a + b for a, b in zip(self, other, strict=True))

    def __sub__(self, other: object) -> "Row":
        assert isinstance(other, Row)
        return Row(a - b for a, b in zip(self, other, strict=True))

    def part(self, per_cent: int) -> "Row":
        """Return a share of each amount, in whole units."""
        return Row(each * per_cent // 100 for each in self)


NIL = Row((0, 0, 0))


@cache
def firm(name: str) -> Mapping[str, Row]:
    """Return the amounts of an example by line item, in the unit of the example."""
    accounts = read_accounts(EXAMPLES / name, shipped.base().catalogue)
    items = dict.fromkeys(item for item, _ in accounts.amounts)
    return {item: Row(int(accounts.amounts[item, year].value) for year in YEARS) for item in items}


def workbook(
    sheets: Sheets, merged: Mapping[str, Iterable[str]] = {}, formats: str = "General"
) -> bytes:
    """Return a workbook with rows as given; totals and headings in bold, as people make them."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
            number = sheet.max_row
            text = next((str(value) for value in row if isinstance(value, str) and value), "")
            bold = text.isupper() or any(word in text for word in ("Total", "合计", "razem"))
            for cell in sheet[number]:
                cell.font = Font(bold=bold)
                if isinstance(cell.value, int | float):
                    cell.number_format = formats
                elif isinstance(cell.value, str) and cell.value.startswith("    "):
                    cell.alignment = Alignment(indent=2)
        for area in merged.get(title, ()):
            sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text(rows: Iterable[Cells], delimiter: str, encoding: str) -> bytes:
    """Return a text table."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode(encoding)


def falling(row: Row, *, times: int = 1, years: int = 2) -> list[int]:
    """Return the last years of a row, the latest first."""
    return [each * times for each in reversed(row[-years:])]
