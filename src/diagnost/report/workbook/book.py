"""Sheets, cells and their looks: the only door to XlsxWriter, which writes formulas with values."""

import io
import math
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

_EPOCH = datetime(2000, 1, 1)
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME, _LONGEST_MARGIN = 31, 60
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet may take for a formula once it is edited."""
_COLORS = {
    "impossible": "#9C2B23",
    "bad": "#9C2B23",
    "watch": "#80560A",
    "good": "#1F6B3F",
    "info": "#44506A",
}


_RULE, _TINT = "#C4C9D4", "#F3F4F8"
_LINE, _HIGHEST = 15, 409
"""Points of a line, and the most that a row may have."""
_CHINESE_FROM = 0x2E80


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of so many characters."""
    paragraphs = text.split("\n")
    sizes = (sum(2 if ord(sign) > _CHINESE_FROM else 1 for sign in line) for line in paragraphs)
    return sum(max(1, math.ceil(size * 1.05 / width)) for size in sizes)


def sheet_name(text: str) -> str:
    """Return a text as spreadsheet programs allow it for the name of a sheet."""
    return text.translate(_NOT_IN_NAMES).strip("' ")[:_LONGEST_NAME]


def _in_margin(text: str) -> str:
    """Return a text as headers and footers have it, where & begins an instruction."""
    return text[:_LONGEST_MARGIN].replace("&", "&&")


class Book:
    """A workbook while it is being written."""

    def __init__(self, title: str, subject: str, author: str = "", house: str = "") -> None:
        """Begin a workbook; ``house`` is the name of the firm that hands it out."""
        self._stream = io.BytesIO()
        self._book = Workbook(self._stream, {"in_memory": True})
        named = {"title": title, "subject": subject, "author": author, "company": house}
        self._book.set_properties(named | {"created": _EPOCH})
        self._house, self._title = _in_margin(house), _in_margin(title)
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, widths: Sequence[int], *, one_page: bool = False) -> "Sheet":
        """Add a sheet; widths are in characters. It is printed as wide as a page."""
        page = self._book.add_worksheet(sheet_name(name))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.set_paper(9)  # A4
        page.fit_to_pages(1, int(one_page))
        page.set_header(f"&L{self._title}&R{_in_margin(name)}")
        page.set_footer(f"&L{self._house}&R&P / &N")
        page.set_landscape()
        return Sheet(self, page, widths)

    def look(self, **traits: Any) -> Any:
        """Return a format; the same traits give the same one."""
        key = tuple(sorted(traits.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **traits})
        return self._formats[key]

    def content(self) -> bytes:
        """Return the file; the same sheets give the same bytes."""
        self._book.close()
        return self._stream.getvalue()


class Sheet:
    """One sheet of a book; rows and columns are from 0."""

    def __init__(self, book: Book, page: Any, widths: Sequence[int]) -> None:
        self._book = book
        self._page = page
        self._widths = widths
        self._lines: dict[int, int] = {}
        self._headed = -1  # the row of the heads of columns, below which rows are ruled

    def text(self, row: int, column: int, text: str, *, polarity: str = "", **traits: Any) -> None:
        """Write a text, which never is a formula, whatever it begins with."""
        if polarity:
            traits |= {"bold": True, "font_color": _COLORS[polarity]}
        if text.startswith(_RISKY):
            traits["quote_prefix"] = True
        look = self._book.look(text_wrap=True, **(self._rule(row) | traits))
        self._page.write_string(row, column, text, look)
        self._make_room(row, text, self._widths[column])

    def line(self, row: int, text: str, **traits: Any) -> None:
        """Write a text over the whole width of the sheet."""
        look = self._book.look(text_wrap=True, **traits)
        if len(self._widths) > 1:
            self._page.merge_range(row, 0, row, len(self._widths) - 1, "", look)
        self._headed = -1  # the table above has ended
        self.text(row, 0, text, **traits)
        lines = _lines(text, sum(self._widths))
        self._lines[row] = lines
        self._page.set_row(row, max(lines * _LINE, traits.get("font_size", 0) * 1.4))

    def _rule(self, row: int) -> dict[str, Any]:
        return {"bottom": 4, "bottom_color": _RULE} if 0 <= self._headed < row else {}

    def _make_room(self, row: int, text: str, width: int) -> None:
        """Let a row be as high as its text: not every program sees to that itself."""
        lines = _lines(text, width)
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self._page.set_row(row, min(lines * _LINE, _HIGHEST))

    def head(self, row: int, texts: Sequence[str], figures: range = range(0)) -> None:
        """Write the heads of columns, those of figures to the right."""
        for column, text in enumerate(texts):
            side = {"align": "right"} if column in figures else {}
            self.text(row, column, text, bold=True, bottom=1, bg_color=_TINT, **side)
        self._headed = row

    def number(self, row: int, column: int, value: Decimal, form: str, formula: str = "") -> None:
        """Write a figure, and with a formula (without ``=``) the figure that it gives."""
        look = self._book.look(num_format=form, **self._rule(row))
        if formula:
            self._page.write_formula(row, column, f"={formula}", look, float(value))
        else:
            self._page.write_number(row, column, float(value), look)

    def filtered(self, rows: int) -> None:
        """Let so many rows below the heads of columns be filtered and sorted."""
        last = max(self._headed + rows, self._headed + 1)
        self._page.autofilter(self._headed, 0, last, len(self._widths) - 1)

    def freeze(self, row: int, column: int) -> None:
        """Keep what is above and to the left of a cell in view, and repeat it in print."""
        self._page.freeze_panes(row, column)
        if row:
            self._page.repeat_rows(row - 1)
