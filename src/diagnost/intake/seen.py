"""How rows and columns of sheets were taken, for those who want to settle it otherwise."""

from typing import NamedTuple

from diagnost.intake.cells import Cell


class SeenRow(NamedTuple):
    """A row with amounts as it was taken: ``item`` is '' for one that is no item.

    ``how`` says whether it is the item itself, a part of it or taken off it. ``choices`` are the
    items that its label can mean where it was not decided.
    """

    sheet: str
    label: Cell
    item: str
    how: str
    choices: tuple[str, ...] = ()


class SeenColumn(NamedTuple):
    """A column over amounts: its heading, and the period that it was taken for, '' for none."""

    sheet: str
    heading: Cell
    period: str
