"""What cells look like: periods, labels, numbers; and grids turned upright."""

import re
from collections.abc import Sequence
from itertools import pairwise

from diagnost.intake.cells import Cell, Grid
from diagnost.intake.labels import LINE, LabelIndex
from diagnost.intake.numbers import NumberError, dissect, says_nil, says_unknown
from diagnost.intake.spans import Span, recognise, relative, short_year

BARE_YEAR = re.compile(r"(19|20)\d\d")
CORNERS = frozenset(
    {
        "pozycja", "pozycje", "wyszczegolnienie", "tresc", "nazwa", "lp", "nota", "item", "items",
        "line item", "note", "notes", "项目", "行次", "附注", "aktywa", "pasywa",
        "rachunek zyskow i strat", "symbol", "kod", "code", "caption", "account", "description",
        "科目代码", "科目名称", "科目编码", "资产", "负债和所有者权益", "单位",
    }
)  # fmt: skip
"""What stands over a column of labels."""
_YEAR_INSIDE = re.compile(r"[1１][9９]\d\d|[2２][0０]\d\d")
_DIGIT = re.compile(r"\d")


def upright(grid: Grid, index: LabelIndex) -> Grid:
    """Return the grid with items in rows; one with periods down the side is turned over."""
    labels_across = max(
        (sum(is_line(index, cell) for cell in row.values()) for row in grid.rows[:30]), default=0
    )
    if labels_across < 2:
        return grid
    first_cells = [row[min(row)] for row in grid.rows if row]
    labels_down = sum(is_line(index, cell) for cell in first_cells)
    periods_down = sum(span_of(cell, None) is not None for cell in first_cells)
    if not periods_down or labels_down > 1:
        return grid
    turned: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(grid.rows):
        for column, cell in row.items():
            turned.setdefault(column, {})[number] = cell
    return grid._replace(rows=tuple(turned[column] for column in sorted(turned)))


def is_line(index: LabelIndex, cell: Cell) -> bool:
    """Say whether a cell names a line item."""
    if cell.number is not None or len(cell.text) > 200:
        return False
    match = index.find(cell.text)
    return match is not None and match.kind == LINE


def span_of(cell: Cell, anchor: Span | None) -> Span | None:
    """Return the period that a cell names; "previous year" counts from ``anchor``."""
    if cell.day is not None:
        return Span(cell.day, None)
    if cell.number is not None and not BARE_YEAR.fullmatch(cell.text):
        return None
    if not cell.text or len(cell.text) > 80 or cell.fault not in ("", "date"):
        return None
    if _YEAR_INSIDE.search(cell.text):
        return recognise(cell.text) or short_year(cell.text)
    if (short := short_year(cell.text)) is not None:
        return short
    return relative(cell.text, anchor) if not _DIGIT.search(cell.text) else None


def parted(columns: Sequence[int], parting: set[int]) -> list[list[int]]:
    """Part columns of periods into tables wherever a parting column lies between."""
    groups: list[list[int]] = [[columns[0]]]
    for left, right in pairwise(columns):
        if any(column in parting for column in range(left + 1, right)):
            groups.append([])
        groups[-1].append(right)
    return groups


def looks_like_number(cell: Cell) -> bool:
    """Say whether a cell holds an amount, or what should have been one."""
    plain = cell.text.isascii() and cell.text.isdigit()
    if plain or cell.number is not None or cell.fault in ("error", "formula"):
        return True
    if says_unknown(cell.text) or cell.day is not None:
        return False
    if says_nil(cell.text):
        return True
    try:
        dissect(cell.text)
    except NumberError as error:
        return error.code in ("A121", "A123")
    return True
