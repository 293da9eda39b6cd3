"""Grids of cells → a draft: where the periods stand, where the labels, which rows are known.

A row of periods is the heading of a table; labels stand to its left. Two tables may stand side by
side, as assets and liabilities do, or one below the other. Rows before and beside tables may give
the company, the currency, the unit and answers to the questions of the context as label and value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from diagnost.intake.cells import Cell, Grid, Row
from diagnost.intake.company_rows import read_company_row
from diagnost.intake.draft import LESS, Draft, Entry, Heading
from diagnost.intake.grid_shapes import (
    BARE_YEAR,
    CORNERS,
    is_line,
    looks_like_number,
    parted,
    span_of,
    upright,
)
from diagnost.intake.labels import (
    AMBIGUOUS,
    ELSEWHERE,
    INDICATOR,
    LINE,
    METHOD,
    QUESTION,
    LabelIndex,
    Match,
    key_of,
)
from diagnost.intake.method_rows import choice_in
from diagnost.intake.methods import MethodEntry
from diagnost.intake.numbers import says_unknown
from diagnost.intake.remarks import Remarks
from diagnost.intake.sections import NO_ITEM, Section
from diagnost.intake.spans import Span, anchor_in
from diagnost.intake.yaml_accounts import answer_value
from diagnost.model.accounts import Answer
from diagnost.model.catalogue import Catalogue

_ANSWER_SHEETS = frozenset({"answers", "odpowiedzi", "回答", "答案", "问卷"})
_RECORD_SHEETS = frozenset({"records", "rekordy", "ewidencja", "记录"})
MAX_TOLD = 300
"""A statement has some dozens of further rows; a ledger of thousands is not listed row by row."""


@dataclass(slots=True)
class _Block:
    """One table: the columns of its labels, and of its periods with the index of the heading."""

    labels: tuple[int, ...]
    periods: dict[int, int]
    section: Section


def read_grids(
    grids: Sequence[Grid],
    draft: Draft,
    catalogue: Catalogue,
    index: LabelIndex,
    remarks: Remarks,
) -> None:
    """Read all sheets of a file into the draft; sheets without anything known are left alone."""
    for grid in grids:
        title = grid.title.strip().casefold()
        if title in _ANSWER_SHEETS:
            _read_answers(grid, draft)
        elif title not in _RECORD_SHEETS:
            _Table(upright(grid, index), draft, catalogue, index, remarks).read()
    if not draft.headings and not remarks.problems:
        remarks.error(
            "A116",
            "no table was found: there is no row of periods above amounts",
            grids[0].at,
            "Put the periods (2022, 2023 or 31.12.2023) in one row, the line items below it in "
            "the first column; an empty form shows the layout.",
        )
    _drop_empty_columns(draft)


def _drop_empty_columns(draft: Draft) -> None:
    """Leave out headings at the ends of a table that have no amounts under them.

    Such are the unused columns of a form, and dates in titles.
    """
    filled = {index for entry in draft.entries for index in entry.cells}
    ends: dict[int, list[int]] = {}
    for index in sorted(filled):
        ends.setdefault(draft.headings[index].group, []).append(index)
    used = [
        index
        for index, heading in enumerate(draft.headings)
        if heading.group in ends and ends[heading.group][0] <= index <= ends[heading.group][-1]
    ]
    place = {index: position for position, index in enumerate(used)}
    draft.headings = [draft.headings[index] for index in used]
    draft.entries = [
        entry._replace(cells={place[index]: cell for index, cell in entry.cells.items()})
        for entry in draft.entries
    ]
    draft.elsewhere = [
        figure._replace(heading=None if figure.heading is None else place[figure.heading])
        for figure in draft.elsewhere
        if figure.heading is None or figure.heading in place
    ]


def _read_answers(grid: Grid, draft: Draft) -> None:
    for row in grid.rows:
        cells = [row[column] for column in sorted(row) if not row[column].is_remark]
        if len(cells) >= 2 and not cells[0].text.isspace():
            key, value = cells[0].text, cells[1]
            draft.answers[key] = Answer(key=key, value=answer_value(value.text), at=value.at)


class _Table:
    """Walks down one sheet."""

    def __init__(
        self,
        grid: Grid,
        draft: Draft,
        catalogue: Catalogue,
        index: LabelIndex,
        remarks: Remarks,
    ) -> None:
        self.grid = grid
        self.draft = draft
        self.catalogue = catalogue
        self.index = index
        self.remarks = remarks
        self.blocks: list[_Block] = []
        self.anchor: Span | None = None
        self.beside: dict[int, Cell] = {}  # headings of columns that are no periods
        self.told_columns: set[int] = set()
        self.unknown_rows = 0
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
            elif self.blocks:
                for block in self.blocks:
                    self._row(block, cells)
                self._beside(cells)
            elif not self._unnamed_heading(number, cells):
                self._title(cells)
        if self.unknown_rows > MAX_TOLD:
            more = str(self.unknown_rows - MAX_TOLD)
            self.remarks.note("row_ignored", self.grid.at, label="…", count=more)

    # --- headings --------------------------------------------------------------------------------

    def _heading_row(self, cells: Row) -> dict[int, Span]:
        """Return the periods of a row by column if the row is the heading of a table."""
        spans = {
            column: span
            for column, cell in cells.items()
            if (span := span_of(cell, self.anchor)) is not None
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
                self.draft.headings.append(Heading(cells[column], table, spans[column]))
            section = Section(self.section.statement)
            self.blocks.append(_Block(labels, headings, section))
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
        self.blocks = [_Block((min(cells),), {}, self.section)]
        table = len(self.draft.headings)
        for column, cell in named.items():
            self.blocks[0].periods[column] = len(self.draft.headings)
            self.draft.headings.append(Heading(cell, table, None))
        self._row(self.blocks[0], cells)
        return True

    # --- rows ------------------------------------------------------------------------------------

    def _row(self, block: _Block, cells: Row) -> None:
        values = {
            index: cells[column]
            for column, index in block.periods.items()
            if column in cells and not says_unknown(cells[column].text)
        }
        label, match = self._label(block, cells)
        if label is None:
            if any(looks_like_number(cell) for cell in values.values()) and len(self.blocks) == 1:
                self._ignored(next(iter(values.values())), "", values)
            return
        if match is None and choice_in(label.text):
            match = Match(METHOD, choice_in(label.text))
        block.section.enter_statement(label.text)
        self.section.statement = block.section.statement
        use = block.section.use(label.text, match)
        if use is None or use.match.kind == AMBIGUOUS:
            self._unknown(label, use.match if use else None, values)
        elif use.match is NO_ITEM or not values:
            return
        elif use.match.kind == QUESTION:
            self.draft.context.extend((use.match.id, cell) for cell in values.values())
        elif use.match.kind == ELSEWHERE:
            for heading, cell in values.items():
                self.draft.add_elsewhere(use.match.id, cell, heading)
        elif use.match.kind == METHOD:
            self.draft.method.extend(
                MethodEntry(use.match.id, label, cell) for cell in values.values()
            )
        else:
            item = self.catalogue.line_items.get(use.match.id)
            here = block.section.statement
            weak = bool(here and item and item.statement != here and use.how != LESS)
            self.draft.entries.append(Entry(use.match, label, values, use.how, weak))

    def _label(self, block: _Block, cells: Row) -> tuple[Cell | None, Match | None]:
        """Return the label of a row: the first cell that names something, else the longest."""
        texts = [
            cells[c]
            for c in block.labels
            if c in cells and cells[c].number is None and cells[c].text.strip(" -–—.·")
        ]
        found = [(cell, match) for cell in texts if (match := self.index.find(cell.text))]
        for cell, match in found:
            if match.kind != AMBIGUOUS:
                return cell, match
        if found:
            return found[0]
        return max(texts, key=lambda cell: len(cell.text), default=None), None

    def _unknown(self, label: Cell, match: Match | None, values: dict[int, Cell]) -> None:
        """Tell of a row with amounts that names no line item; without amounts it is a heading."""
        if not any(looks_like_number(cell) for cell in values.values()):
            return
        if match is not None:
            self.remarks.error(
                "A130",
                f"'{label.text}' can mean several line items",
                label.at,
                f"Name the row after one of: {', '.join(self._named(match.choices))}.",
            )
            return
        self.unknown_rows += 1
        slip = self.index.typo(label.text) if self.unknown_rows <= MAX_TOLD else ""
        if slip:
            self.remarks.error(
                "A131",
                f"'{label.text}' is no known label",
                label.at,
                f"Did you mean {slip}? If not, word the label otherwise and it will be left out.",
            )
            return
        self._ignored(label, label.text, values)

    def _ignored(self, at: Cell, label: str, values: dict[int, Cell]) -> None:
        if self.unknown_rows > MAX_TOLD:
            return
        candidates = ", ".join(self.index.candidates(label)) if label else ""
        self.remarks.note("row_ignored", at.at, label=label, candidates=candidates)
        self.draft.stray.extend(values.values())

    def _named(self, ids: Iterable[str]) -> list[str]:
        return [
            f"{item} ({self.catalogue.line_items[item].names.in_language('en')})"
            if item in self.catalogue.line_items
            else item
            for item in ids
        ]

    def _beside(self, cells: Row) -> None:
        """Tell, once for each, of columns of numbers that are not under a period."""
        known = {column for block in self.blocks for column in (*block.periods, *block.labels)}
        last = max(column for block in self.blocks for column in block.periods)
        for column, cell in cells.items():
            if column in known or column in self.told_columns or not looks_like_number(cell):
                continue
            heading = self.beside.get(column)
            if heading is not None and heading.text:
                self.told_columns.add(column)
                self.remarks.note("column_ignored", heading.at, label=heading.text)
            elif self.draft.text and column == last + 1:
                self.told_columns.add(column)
                self.remarks.error(
                    "A112",
                    "there are more amounts in this row than periods in the heading",
                    cell.at,
                    "Head every column with its period; where commas part the columns, put "
                    'numbers with a decimal comma in quotes ("1 234,50").',
                )

    def _title(self, cells: Row) -> None:
        """Note the statement and the day that a title speaks of."""
        for cell in cells.values():
            if cell.number is None:
                self.section.enter_statement(cell.text)
            span = anchor_in(cell.text) if cell.day is None else Span(cell.day, None)
            if span is not None and cell.number is None:
                self.anchor = span
