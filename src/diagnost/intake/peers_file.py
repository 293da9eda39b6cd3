"""A file of other firms: one row for each firm and a column for each indicator, or the reverse.

Columns may also say the firm's name, what kind of firm it is (competitor, direct competitor,
similar, sector average) and the year. Cells left empty are not known.

===== =============================================================================================
A160  no row or column of indicators was found
A161  a word that is no kind of firm
A162  a year that cannot be read
===== =============================================================================================
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from diagnost.intake.cells import Cell, Grid, Row
from diagnost.intake.elsewhere import without_repeats
from diagnost.intake.files import CSV_SUFFIXES, WORKBOOK_SUFFIXES, read_workbook
from diagnost.intake.filing import Filed, read_numbers
from diagnost.intake.grid_shapes import looks_like_number
from diagnost.intake.labels import INDICATOR, LabelIndex, index_of, key_of
from diagnost.intake.limits import read_bytes
from diagnost.intake.numbers import says_unknown
from diagnost.intake.particulars import fits_unit
from diagnost.intake.remarks import Remarks, gathered, stop
from diagnost.intake.spans import recognise
from diagnost.model.accounts import Accounts
from diagnost.model.benchmark import Group, PeerFigure
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Unit
from diagnost.model.located import At

FIRM, KIND, YEAR = "firm", "kind", "year"
_HEADINGS = {
    key_of(word): field
    for field, words in {
        FIRM: "firm|firms|company|companies|name|firm name|company name|entity|firma|firmy|spółka|"
        "nazwa|nazwa firmy|nazwa spółki|przedsiębiorstwo|企业|公司|公司名称|企业名称|名称",
        KIND: "kind|kind of firm|type|group|relation|rodzaj|rodzaj firmy|typ|grupa|relacja|类型|"
        "类别|企业类型|企业类别|关系",
        YEAR: "year|period|rok|okres|年|年度|年份|期间",
    }.items()
    for word in words.split("|")
}
_PERCENT = r"\s*[(（\[]?\s*[%％]\s*[)）\]]?\s*$"
_SEARCHED = 40
"""So far down, and in the other direction so far across, the indicators' headings are sought."""
_ACROSS = 400


class _Layout(NamedTuple):
    """A table with firms in rows: where its headings stand and what its columns hold."""

    rows: tuple[Row, ...]
    heading: int
    indicators: dict[int, str]  # column → indicator
    fields: dict[int, str]  # column → firm, kind or year

    def column(self, field: str) -> int | None:
        """Return the column of a field."""
        return next((column for column, name in self.fields.items() if name == field), None)


class _Claim(NamedTuple):
    """A cell that says what an indicator is in a firm."""

    group: str
    firm: str
    period: str
    indicator: str
    cell: Cell
    in_percent: bool  # the heading says that bare numbers are percents


def with_peers(accounts: Accounts, path: Path, catalogue: Catalogue, *, name: str = "") -> Accounts:
    """Return the accounts with the figures of a file of other firms.

    ``name`` is what places call the file. Raises DiagnostError with every problem found.
    """
    name = name or path.name
    remarks = Remarks()
    index = index_of(catalogue)
    grids = _grids(path, name, remarks)
    layouts = [layout for grid in grids if (layout := _laid_out(grid, index)) is not None]
    if not layouts:
        raise stop(
            "A160",
            "no indicators are named in this file",
            grids[0].at,
            "Head the columns with symbols or names of indicators (ROS, WPK, CRN …), one row for "
            "each firm; or the rows, one column for each firm.",
        )
    reader = _Reader(accounts, catalogue, index, remarks)
    claims = [claim for layout in layouts for claim in reader.claims(layout)]
    text_files = [name] if path.suffix.lower() in CSV_SUFFIXES else []
    numbers = read_numbers(
        [(claim.cell, False) for claim in claims], (), text_files=text_files, remarks=remarks
    )
    figures = [
        _figure(claim, filed)
        for claim in claims
        if (filed := numbers.of(claim.cell)) is not None and _fits(claim, filed, catalogue, remarks)
    ]
    if not figures and not remarks.problems and not reader.other_years:
        raise stop(
            "A117",
            "there are no figures of other firms in this file",
            grids[0].at,
            "Fill in at least one indicator of one firm.",
        )
    peers = without_repeats((*accounts.peers, *figures), catalogue, remarks)
    reader.tell_other_years(At(name))
    remarks.stop_if_any()
    return replace(accounts, peers=peers, notes=(*accounts.notes, *gathered(remarks.notes)))


# --- the file -------------------------------------------------------------------------------------


def _grids(path: Path, name: str, remarks: Remarks) -> list[Grid]:
    suffix = path.suffix.lower()
    if suffix not in (*WORKBOOK_SUFFIXES, *CSV_SUFFIXES) and not path.is_dir() and path.exists():
        hint = "Save the table of other firms as .csv or .xlsx."
        raise stop("A105", f"files ending in '{suffix}' cannot be read here", At(name), hint)
    content = read_bytes(path, name)
    if suffix in WORKBOOK_SUFFIXES:
        return read_workbook(content, name, suffix, remarks)
    from diagnost.intake.csv_grid import read_csv

    return [read_csv(content, name, suffix, remarks)]


def _laid_out(grid: Grid, index: LabelIndex) -> _Layout | None:
    """Find the headings of a sheet, along its rows or down its columns; the more figures win."""
    rows = tuple(_without_remarks(row) for row in grid.rows)
    found = [_headed(rows, index), _headed(_turned(rows), index)]
    (across, upright), (down, turned) = found
    if not across and not down:
        return None
    return upright if across >= down else turned


def _without_remarks(row: Row) -> Row:
    return {column: cell for column, cell in row.items() if not cell.is_remark}


def _turned(rows: Sequence[Row]) -> tuple[Row, ...]:
    columns: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(rows):
        for column, cell in row.items():
            columns.setdefault(column, {})[number] = cell
    return tuple(columns[column] for column in sorted(columns))


def _headed(rows: tuple[Row, ...], index: LabelIndex) -> tuple[int, _Layout | None]:
    """Return how many figures stand below the best row of headings, and the layout it gives."""
    best: tuple[int, _Layout | None] = (0, None)
    for number, row in enumerate(rows[:_SEARCHED]):
        indicators = {
            column: found
            for column, cell in list(row.items())[:_ACROSS]
            if (found := _indicator_of(cell, index))
        }
        if not indicators:
            continue
        below = rows[number + 1 :]
        count = sum(
            looks_like_number(line[column])
            for line in below
            for column in indicators
            if column in line
        )
        if count > best[0]:
            fields = _fields(row, indicators, below)
            best = (count, _Layout(rows, number, indicators, fields))
    return best


def _indicator_of(cell: Cell, index: LabelIndex) -> str:
    if cell.number is not None or len(cell.text) > 200:
        return ""
    match = index.find(re.sub(_PERCENT, "", cell.text))
    return match.id if match is not None and match.kind == INDICATOR else ""


def _fields(row: Row, indicators: dict[int, str], below: Sequence[Row]) -> dict[int, str]:
    """Say which columns hold the firm, its kind and the year."""
    fields: dict[int, str] = {}
    for column, cell in row.items():
        field = _HEADINGS.get(key_of(cell.text), "")
        if field and field not in fields.values():
            fields[column] = field
    if FIRM in fields.values():
        return fields
    columns = sorted({column for line in below for column in line})
    for column in columns:
        if column in indicators or column in fields:
            continue
        cells = [line[column] for line in below if column in line]
        if not any(looks_like_number(cell) for cell in cells):
            return {**fields, column: FIRM}
    return fields


# --- the firms ------------------------------------------------------------------------------------


class _Reader:
    def __init__(
        self, accounts: Accounts, catalogue: Catalogue, index: LabelIndex, remarks: Remarks
    ) -> None:
        self.catalogue = catalogue
        self.index = index
        self.remarks = remarks
        self.own_name = key_of(accounts.company.name)
        self.periods = {period.id for period in accounts.periods}
        self.other_years: list[str] = []

    def claims(self, layout: _Layout) -> Iterator[_Claim]:
        """Yield the figures of a table, firm by firm."""
        self._tell_ignored(layout)
        for row in layout.rows[layout.heading + 1 :]:
            cells = {
                column: row[column]
                for column in layout.indicators
                if column in row and not _silent(row[column])
            }
            if cells:
                yield from self._of_firm(layout, row, cells)

    def _of_firm(self, layout: _Layout, row: Row, cells: dict[int, Cell]) -> Iterator[_Claim]:
        firm, kind, year = (
            row.get(column) if (column := layout.column(field)) is not None else None
            for field in (FIRM, KIND, YEAR)
        )
        name = firm.text.strip() if firm is not None else ""
        if name and key_of(name) == self.own_name:
            assert firm is not None
            self.remarks.note("peers_own_row", firm.at, label=name)
            return
        group, period = self._group(name, kind), self._period(year)
        if group is None or period is None:
            return
        named = "" if group.average else name or f"({self._row_number(next(iter(row.values())))})"
        heads = layout.rows[layout.heading]
        for column, cell in cells.items():
            in_percent = re.search(_PERCENT, heads[column].text) is not None
            indicator = layout.indicators[column]
            yield _Claim(group.id, named, period, indicator, cell, in_percent)

    def _row_number(self, cell: Cell) -> str:
        return cell.at.cell or str(cell.at.line)

    def _group(self, firm: str, kind: Cell | None) -> Group | None:
        groups = self.catalogue.groups
        if kind is not None and not says_unknown(kind.text):
            found = self.index.group_of(kind.text)
            if not found:
                names = ", ".join(g.name.in_language("en") for g in groups.values())
                self.remarks.error(
                    "A161",
                    f"'{kind.text}' is no kind of firm",
                    kind.at,
                    f"Write one of: {names}; or leave it empty.",
                )
                return None
            return groups[found]
        named = self.index.group_of(firm) if firm else ""
        return groups[named] if named else next(g for g in groups.values() if g.otherwise)

    def _period(self, year: Cell | None) -> str | None:
        """Return the period of a year, '' where none is said, None where it does not count."""
        if year is None or says_unknown(year.text):
            return ""
        if year.text in self.periods:
            return year.text
        span = recognise(year.text)
        if span is None:
            hint = "Write the year or period as in the accounts, such as 2023."
            self.remarks.error("A162", f"'{year.text}' is no year", year.at, hint)
            return None
        if span.id not in self.periods:
            self.other_years.append(span.id)
            return None
        return span.id

    def tell_other_years(self, at: At) -> None:
        """Tell which years the accounts do not have."""
        years = sorted(set(self.other_years))
        if years:
            self.remarks.note("peers_other_years", at, years=", ".join(years))

    def _tell_ignored(self, layout: _Layout) -> None:
        """Tell of columns of numbers whose heading names no indicator."""
        below = layout.rows[layout.heading + 1 :]
        for column, cell in layout.rows[layout.heading].items():
            if column in layout.indicators or column in layout.fields:
                continue
            if not any(looks_like_number(row[column]) for row in below if column in row):
                continue
            slip = self.index.typo(cell.text)
            if slip:
                self.remarks.error(
                    "A131",
                    f"'{cell.text}' is no known label",
                    cell.at,
                    f"Did you mean {slip}? If not, word it otherwise and it will be left out.",
                )
            else:
                self.remarks.note("peers_ignored", cell.at, label=cell.text)


def _silent(cell: Cell) -> bool:
    return cell.number is None and not cell.fault and says_unknown(cell.text)


def _fits(claim: _Claim, filed: Filed, catalogue: Catalogue, remarks: Remarks) -> bool:
    indicator = catalogue.indicators[claim.indicator]
    if claim.in_percent and indicator.unit is Unit.PERCENT:
        return True
    return fits_unit(filed, indicator.symbol, indicator.unit.value, remarks)


def _figure(claim: _Claim, filed: Filed) -> PeerFigure:
    points = claim.in_percent and not filed.percent
    return PeerFigure(
        group=claim.group,
        firm=claim.firm,
        indicator=claim.indicator,
        value=filed.value.scaleb(-2) if points else filed.value,
        at=claim.cell.at,
        as_written=claim.cell.text,
        period=claim.period,
    )
