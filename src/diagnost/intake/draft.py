"""What a file says before it is judged: headings, rows and fields, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from diagnost.intake.cells import Cell, Grid
from diagnost.intake.labels import Match
from diagnost.intake.methods import MethodEntry
from diagnost.intake.seen import SeenColumn, SeenRow
from diagnost.intake.spans import Span

if TYPE_CHECKING:
    from diagnost.intake.raw_records import RawTable

WHOLE, PART, LESS, MORE = "whole", "part", "less", "more"


class Heading(NamedTuple):
    """The heading of a column of amounts; headings of one table share a ``group``.

    ``days`` is the length of the period where the file states it by itself.
    """

    cell: Cell
    group: int
    span: Span | None
    days: int | None = None


class Entry(NamedTuple):
    """A row that was recognised, with its cells by index of the heading.

    ``how`` says whether the row is the item itself, one of several rows that make it up, or is
    taken off it or added to it. A ``weak`` row only fills a gap, such as net profit repeated in the
    balance sheet.
    ``turned`` are amounts filed with a minus sign by habit; the numbers of the cells are positive.
    ``own`` is the item that the row is by itself, where it is taken off another one.
    """

    match: Match
    label: Cell
    cells: Mapping[int, Cell]
    how: str = WHOLE
    weak: bool = False
    turned: bool = False
    own: str = ""


class Elsewhere(NamedTuple):
    """A figure of other firms, with the index of the heading where it stands in a table."""

    group: str
    indicator: str
    cell: Cell
    heading: int | None = None


class Tables(NamedTuple):
    """What was read from a text table or a workbook: whether there is a table in it at all."""

    draft: "Draft"
    has_table: bool
    grids: Sequence[Grid]


@dataclass(slots=True)
class Draft:
    """Everything that a file says, as written."""

    file: str
    text_files: Sequence[str] = ()  # whose numbers follow some convention, as workbooks' do not
    headings: list[Heading] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    facts: list[tuple[str, Cell]] = field(default_factory=list)  # company field → as written
    context: list[tuple[str, Cell]] = field(default_factory=list)  # question or indicator key
    records: "list[RawTable]" = field(default_factory=list)
    as_of: list[Cell] = field(default_factory=list)  # the day on which records are read
    elsewhere: list[Elsewhere] = field(default_factory=list)
    peers_files: list[Cell] = field(default_factory=list)  # names of files of other firms
    method: list[MethodEntry] = field(default_factory=list)
    stray: list[Cell] = field(default_factory=list)  # amounts of rows not recognised
    seen_rows: list[SeenRow] = field(default_factory=list)  # rows of sheets as they were taken
    seen_columns: list[SeenColumn] = field(default_factory=list)

    def add_elsewhere(self, name: str, cell: Cell, heading: int | None = None) -> None:
        """Take a figure of other firms by its name ``ROS@sector``, or the name of their file."""
        indicator, mark, group = name.partition("@")
        if mark:
            self.elsewhere.append(Elsewhere(group, indicator, cell, heading))
        else:
            self.peers_files.append(cell)

    @property
    def says_anything(self) -> bool:
        """Say whether anything was understood."""
        return bool(
            self.entries or self.facts or self.context or self.records or self.as_of
            or self.elsewhere or self.peers_files or self.method
        )  # fmt: skip

    @property
    def extent(self) -> int:
        """Return how much was understood so far; more of it shows that a sheet is used."""
        answers = len(self.facts) + len(self.context) + len(self.as_of) + len(self.method)
        return len(self.entries) + len(self.elsewhere) + len(self.peers_files) + answers

    def take(self, other: "Draft") -> None:
        """Add what another file of the same case says."""
        start = len(self.headings)
        self.headings += [h._replace(group=h.group + start) for h in other.headings]
        self.entries += [
            entry._replace(cells={start + index: cell for index, cell in entry.cells.items()})
            for entry in other.entries
        ]
        self.elsewhere += [
            figure._replace(heading=None if figure.heading is None else start + figure.heading)
            for figure in other.elsewhere
        ]
        self.text_files = [*self.text_files, *other.text_files]
        self.facts += other.facts
        self.context += other.context
        self.records += other.records
        self.as_of += other.as_of
        self.peers_files += other.peers_files
        self.method += other.method
        self.stray += other.stray
