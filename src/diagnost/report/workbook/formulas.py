"""Formulas of the knowledge base as formulas of a spreadsheet."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.formula_tree import Call, Name, Node, Number, Operation, OverRecords

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


class Cell(NamedTuple):
    """A cell by the name of its sheet, its row and its column, both from 0."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """Return what a formula on any sheet calls the cell: ``'Amounts'!$B$3``."""
        sheet = self.sheet.replace("'", "''")
        return f"'{sheet}'!{self.on_its_sheet}"

    @property
    def on_its_sheet(self) -> str:
        """Return what a formula on the same sheet calls the cell: ``B3``."""
        return f"{letters(self.column)}{self.row + 1}"


def letters(column: int) -> str:
    """Return the letters of a column: A, B … Z, AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


Refer = Callable[[Name | OverRecords], str]
"""Writes what stands for a name or a term over records: a cell, a number, a product."""


def as_spreadsheet(node: Node, refer: Refer, outer: int = 0) -> str:
    """Write a tree as a spreadsheet has it, without ``=``; ``outer`` is the rank around it."""
    match node:
        case Number(value=value):
            return written_number(value)
        case Name() | OverRecords():
            return refer(node)
        case Operation(operator=operator, left=left, right=right):
            rank = _RANK[operator]
            right_rank = rank + 1 if operator in "-/" else rank
            sides = (
                as_spreadsheet(left, refer, rank),
                as_spreadsheet(right, refer, right_rank),
            )
            text = operator.join(sides)
            return f"({text})" if rank < outer else text
        case Call(function=function, arguments=arguments):
            inside = ",".join(as_spreadsheet(argument, refer) for argument in arguments)
            return f"{function.upper()}({inside})"


def written_number(value: Decimal) -> str:
    """Write a number as formulas have it; one below nought in brackets, as ``2--1`` is none."""
    return f"({value:f})" if value < 0 else f"{value:f}"
