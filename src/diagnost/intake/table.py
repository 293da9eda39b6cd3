"""One sheet from top to bottom: where the periods stand, and where the labels.

A row of periods is the heading of a table; labels stand to its left. Two tables may stand side by
side, as assets and liabilities do, or one below the other. Rows before and beside tables may give
the company, the currency, the unit and answers to the questions of the context as label and value.
"""

from itertools import pairwise

from diagnost.intake.cells import Cell, Grid, Row
from diagnost.intake.company_rows import read_company_row, unit_below
from diagnost.intake.draft import Draft, Heading
from diagnost.intake.grid_shapes import (
    BARE_YEAR,
    CORNERS,
    is_line,
    looks_like_number,
    parted,
    span_of,
)
from diagnost.intake.labels import ELSEWHERE, INDICATOR, LINE, QUESTION, LabelIndex, key_of
from diagnost.intake.mapping import MappedSheet
from diagnost.intake.remarks import Remarks
from diagnost.intake.sections import Section
from diagnost.intake.seen import SeenColumn
from diagnost.intake.spans import Span, anchor_in
from diagnost.intake.table_rows import MAX_TOLD, Block, Rows
from diagnost.model.catalogue import Catalogue

_PRINTED = (
    "wydruk", "data sporzadzenia", "utworzono", "printed", "print date", "generated", "created",
    "打印", "制表日期", "导出",
)  # fmt: skip
"""Titles that speak of the day on which the sheet was made, not of a period."""


class Table:
    """Walks down one sheet."""

    def __init__(
        self,
        grid: Grid,
        draft: Draft,
        catalogue: Catalogue,
        index: LabelIndex,
        remarks: Remarks,
        mapped: MappedSheet | None = None,
    ) -> None:
        self.settled = mapped.columns if mapped is not None else {}
        self.grid = grid
        self.draft = draft
        self.index = index
        self.remarks = remarks
        self.blocks: list[Block] = []
        self.anchor: Span | None = None
        self.beside: dict[int, Cell] = {}  # headings of columns that are no periods
        self.told_columns: set[int] = set()
        self.rows = Rows(draft, catalogue, index, remarks, title=grid.title, mapped=mapped)
        self.section = Section()
        self.section.enter_statement(grid.title)

    def read(self) -> None:
        """Read the sheet from top to bottom."""
        for number, row in enumerate(self.grid.rows):
            cells = {column: cell for column, cell in row.items() if not cell.is_remark}
            about_company, day = read_company_row(
                cells, self.draft, self.index, in_table=bool(self.blocks)
            )
            self.anchor = day or self.anchor
            if not cells or about_company:
                continue
            spans = self._heading_row(cells)
            if spans:
                self._open_blocks(number, cells, spans)
            elif self.blocks and unit_below(cells, self._period_columns(), self.draft):
                continue
            elif self.blocks:
                for block in self.blocks:
                    self._row(block, cells)
                self._beside(cells)
            elif not self._unnamed_heading(number, cells):
                self._title(cells)
        self.rows.composer.compose(self.draft, self.remarks)
        if self.rows.unknown_rows > MAX_TOLD:
            more = str(self.rows.unknown_rows - MAX_TOLD)
            self.remarks.note("row_ignored", self.grid.at, label="…", count=more)

    # --- headings --------------------------------------------------------------------------------

    def _heading_row(self, cells: Row) -> dict[int, Span]:
        """Return the periods of a row by column if the row is the heading of a table."""
        spans = {
            column: span for column, cell in cells.items() if (span := self._span(cell)) is not None
        }
        if not spans or (len(cells) == 1 and min(cells) == 0):
            return {}
        others = [cell for column, cell in cells.items() if column not in spans]
        if any(cell.number is not None or self._names_something(cell) for cell in others):
            return {}
        bare = all(BARE_YEAR.fullmatch(cells[column].text) for column in spans)
        if self.blocks and bare and any(key_of(cell.text) not in CORNERS for cell in others):
            known = {heading.span.end for heading in self._open_headings() if heading.span}
            if not {span.end for span in spans.values()} & known:
                return {}  # amounts that happen to look like years
        return spans

    def _span(self, cell: Cell) -> Span | None:
        """Return the period that a cell names, or that a mapping gives it."""
        if self.settled and (key := key_of(cell.text)) in self.settled:
            return self.settled[key]
        return span_of(cell, self.anchor)

    def _see(self, heading: Cell, period: str) -> None:
        """Note what a column was taken for, for a mapping of the sheet."""
        self.draft.seen_columns.append(SeenColumn(self.grid.title, heading, period))

    def _period_columns(self) -> set[int]:
        return {column for block in self.blocks for column in block.periods}

    def _open_headings(self) -> list[Heading]:
        return [self.draft.headings[i] for block in self.blocks for i in block.periods.values()]

    def _names_something(self, cell: Cell) -> bool:
        match = self.index.find(cell.text)
        # "Aktywa" and "Pasywa" head columns of labels as often as they name the total.
        return (
            match is not None
            and match.kind in (LINE, INDICATOR, QUESTION, ELSEWHERE)
            and match.id not in ("total_assets", "total_liabilities")
        )

    def _open_blocks(self, number: int, cells: Row, spans: dict[int, Span]) -> None:
        """Start the tables under a heading: a column of known labels parts two of them."""
        columns = sorted(spans)
        between = {column for left, right in pairwise(columns) for column in range(left + 1, right)}
        parting = {column for column in between if self._labels_below(number, column)}
        for column, cell in cells.items():
            if column not in spans:
                self.section.enter_statement(cell.text)
        if len(spans) == 1:
            self.anchor = next(iter(spans.values()))
        self.blocks = []
        start = 0
        for group in parted(columns, parting):
            labels = tuple(c for c in range(start, group[0]) if c not in spans)
            headings: dict[int, int] = {}
            table = len(self.draft.headings)  # a number that no other table has
            for column in group:
                headings[column] = len(self.draft.headings)
                self._see(cells[column], spans[column].id)
                self.draft.headings.append(Heading(cells[column], table, spans[column]))
            section = Section(self.section.statement)
            self.blocks.append(Block(labels, headings, section))
            start = group[-1] + 1
        if not self.blocks[0].labels:
            self.blocks[0].labels = tuple(range(columns[-1] + 1, columns[-1] + 4))
        self.beside = {c: cell for c, cell in cells.items() if c not in spans}

    def _labels_below(self, number: int, column: int) -> bool:
        found = 0
        for row in self.grid.rows[number + 1 : number + 60]:
            cell = row.get(column)
            found += cell is not None and is_line(self.index, cell)
        return found > 0

    def _unnamed_heading(self, number: int, cells: Row) -> bool:
        """Open a table whose columns are headed by other words ("Rok A"), at its first row."""
        label = cells.get(min(cells))
        amounts = [c for c, cell in cells.items() if c > min(cells) and looks_like_number(cell)]
        if label is None or not amounts or not is_line(self.index, label) or number == 0:
            return False
        above = next((row for row in reversed(self.grid.rows[:number]) if row), {})
        named = {c: above[c] for c in amounts if c in above and not looks_like_number(above[c])}
        if len(named) != len(amounts):
            return False
        self.blocks = [Block((min(cells),), {}, self.section)]
        table = len(self.draft.headings)
        for column, cell in named.items():
            self.blocks[0].periods[column] = len(self.draft.headings)
            self.draft.headings.append(Heading(cell, table, None))
            self._see(cell, cell.text)
        self._row(self.blocks[0], cells)
        return True

    # --- rows ------------------------------------------------------------------------------------

    def _row(self, block: Block, cells: Row) -> None:
        if self.rows.read(block, cells, alone=len(self.blocks) == 1):
            self.section.statement = block.section.statement

    def _beside(self, cells: Row) -> None:
        """Tell, once for each, of columns of numbers that are not under a period."""
        known = {
            column
            for block in self.blocks
            for column in (*block.periods, *block.labels)
            if not self._heads_amounts(column, block)
        }
        last = max(column for block in self.blocks for column in block.periods)
        for column, cell in cells.items():
            if column in known or column in self.told_columns or not looks_like_number(cell):
                continue
            heading = self.beside.get(column)
            if heading is not None and heading.text:
                self.told_columns.add(column)
                self._see(heading, "")
                self.remarks.note("column_ignored", heading.at, label=heading.text)
            elif self.draft.text_files and column == last + 1:
                self.told_columns.add(column)
                self.remarks.error(
                    "A112",
                    "there are more amounts in this row than periods in the heading",
                    cell.at,
                    "Head every column with its period; where commas part the columns, put "
                    'numbers with a decimal comma in quotes ("1 234,50").',
                )

    def _heads_amounts(self, column: int, block: Block) -> bool:
        """Say whether a column left of the periods is one of other amounts: a plan, a forecast."""
        heading = self.beside.get(column)
        if heading is None or column not in block.labels[1:]:
            return False
        return key_of(heading.text) not in CORNERS and not is_line(self.index, heading)

    def _title(self, cells: Row) -> None:
        """Note the statement and the day that a title speaks of."""
        for cell in cells.values():
            if any(word in key_of(cell.text) for word in _PRINTED):
                continue
            if cell.number is None:
                self.section.enter_statement(cell.text)
            span = anchor_in(cell.text) if cell.day is None else Span(cell.day, None)
            if span is not None and cell.number is None:
                self.anchor = span
