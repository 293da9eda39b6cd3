"""The numbers of a file, read by the one convention that the file follows."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.numbers import (
    COMMA,
    MAX_DIGITS,
    POINT,
    Convention,
    Figure,
    NumberError,
    dissect,
    says_nil,
    says_unknown,
    settle,
)
from diagnost.intake.remarks import Remarks
from diagnost.model.located import At

_FAULTS = {
    "error": (
        "A123",
        "the spreadsheet error {}",
        "Mend the formula in the spreadsheet, or type the amount.",
    ),
    "formula": (
        "A124",
        "a formula without a stored value",
        "Open and save the file in a spreadsheet program, or type the amount.",
    ),
    "boolean": ("A125", "{} instead of a number", "Write a number; leave it empty if not known."),
    "date": (
        "A125",
        "the date {} instead of a number",
        "Format the cell as a number and type the amount again.",
    ),
}


class Filed(NamedTuple):
    """A number that the file gives; ``percent`` where it was written with the percent sign."""

    value: Decimal
    percent: bool
    cell: Cell


class Numbers(NamedTuple):
    """Reads the number of a cell once the convention of its whole file is known."""

    conventions: Mapping[str, str]  # file → what stands before decimals
    figures: Mapping[At, Figure]

    def decimal(self, file: str) -> str:
        """Return what stands before the decimals in a file."""
        return self.conventions.get(file, POINT)

    def of(self, cell: Cell) -> Filed | None:
        """Return the number of a cell; None where nothing is known or the cell is faulty."""
        if cell.number is not None:
            return Filed(cell.number, cell.percent, cell)
        figure = self.figures.get(cell.at)
        if figure is None:
            return None
        return Filed(figure.value(self.decimal(cell.at.file)), figure.percent, cell)


def read_numbers(
    filed: Sequence[tuple[Cell, bool]],
    stray: Sequence[Cell],
    *,
    text_files: Collection[str],
    remarks: Remarks,
) -> Numbers:
    """Read all cells that should hold numbers, each with whether it is an amount of money.

    ``stray`` cells only help to find the convention. A comma for decimals in one of the
    ``text_files`` is told; two conventions in one file are a problem.
    """
    figures: dict[At, Figure] = {}
    by_file: dict[str, list[_Read]] = {}
    for cell, is_money in filed:
        figure = _figure(cell, remarks)
        if figure is not None:
            figures[cell.at] = figure
            by_file.setdefault(cell.at.file, []).append(_Read(cell, figure, is_money))
    conventions = {
        file: _convention(
            found,
            [cell for cell in stray if cell.at.file == file],
            file if file in text_files else "",
            remarks,
        )
        for file, found in by_file.items()
    }
    return Numbers(conventions, figures)


class _Read(NamedTuple):
    """A number as written; ``is_money`` where it is an amount."""

    cell: Cell
    figure: Figure
    is_money: bool


def _convention(
    found: Sequence[_Read], stray: Sequence[Cell], text_file: str, remarks: Remarks
) -> str:
    """Return what stands before the decimals in the numbers of one file."""
    money = [(each.figure, each.is_money) for each in found]
    convention = settle(money)
    if len(convention.proofs) == 2:
        _contradiction(convention, [each.cell for each in found], remarks)
    if not convention.proofs:
        convention = _helped(convention, money, stray)
    if convention.assumed is not None:
        cell = found[convention.assumed].cell
        remarks.note("convention_assumed", cell.at, written=cell.text)
    elif text_file and convention.decimal == COMMA and any("," in f.body for f, _ in money):
        remarks.note("convention", At(text_file), decimal=COMMA)
    return convention.decimal


def _figure(cell: Cell, remarks: Remarks) -> Figure | None:
    if cell.fault:
        code, message, hint = _FAULTS[cell.fault]
        remarks.error(code, message.format(cell.text), cell.at, hint)
        return None
    if cell.number is not None:
        if len(cell.number.as_tuple().digits) > MAX_DIGITS or abs(cell.number) >= 10**MAX_DIGITS:
            hint = "Give the amount in thousands or millions and set the unit."
            remarks.error("A121", f"a number of more than {MAX_DIGITS} digits", cell.at, hint)
        return None
    if says_unknown(cell.text) or says_nil(cell.text):
        return None
    try:
        return dissect(cell.text)
    except NumberError as fault:
        remarks.error(fault.code, fault.message, cell.at, fault.hint)
        return None


def _helped(
    convention: Convention, money: list[tuple[Figure, bool]], stray: Sequence[Cell]
) -> Convention:
    """Let the amounts of rows that were not recognised decide what the others leave open."""
    more: list[tuple[Figure, bool]] = []
    for cell in stray:
        if cell.number is None and not cell.fault:
            try:
                more.append((dissect(cell.text), True))
            except NumberError:
                continue
    helped = settle([*money, *more]) if more else convention
    return helped if len(helped.proofs) == 1 else convention


def _contradiction(convention: Convention, cells: Sequence[Cell], remarks: Remarks) -> None:
    (_, first), (_, second) = sorted(convention.proofs.items(), key=lambda proof: proof[1])
    remarks.error(
        "A122",
        f"'{cells[second].text}' and '{cells[first].text}' follow different conventions for "
        "decimals and thousands",
        cells[second].at,
        "Write all numbers of a file in one way, either 1 234,50 or 1,234.50.",
        also=cells[first].at,
    )
