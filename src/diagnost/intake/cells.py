"""Cells and grids: what a spreadsheet, a CSV file and a YAML file have in common."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.located import At


class Cell(NamedTuple):
    """One cell of a sheet, one field of a CSV line or one scalar of a YAML file.

    ``number`` is set where the file itself holds a number, not a text that looks like one;
    ``percent`` where such a number is shown in percent (then 15 % is 0.15). ``fault`` names what
    can be no amount: ``formula`` (without a stored value), ``error``, ``boolean``.
    """

    text: str
    at: At
    number: Decimal | None = None
    percent: bool = False
    day: date | None = None
    fault: str = ""

    @property
    def is_remark(self) -> bool:
        """Say whether the cell is help for the reader ("# …") and not part of the accounts."""
        return self.text.startswith("# ")


Row = Mapping[int, Cell]
"""The cells of a row that are not empty, by column, from 0."""


class Grid(NamedTuple):
    """One sheet of a workbook, or one CSV file.

    ``beyond`` is a cell too far out to be read, such as one touched by mistake.
    """

    title: str
    rows: tuple[Row, ...]
    at: At
    beyond: At | None = None
