"""Raw rows → records: values read column by column, keys and references settled, rows checked.

A column is read through its distinct values: two hundred thousand rows hold few of them.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from diagnost.intake.cells import Cell
from diagnost.intake.labels import TOTAL_WORDS, key_of
from diagnost.intake.numbers import NumberError, dissect, says_unknown
from diagnost.intake.raw_records import MAX_RECORDS, Raw, RawTable
from diagnost.intake.record_days import leaves_open, month_first
from diagnost.intake.record_values import (
    Reader,
    RecordError,
    common_form,
    shows_convention,
)
from diagnost.intake.remarks import Remarks
from diagnost.intake.table_labels import TableLabels
from diagnost.model.located import At, nearest
from diagnost.model.records import (
    DATED,
    MONEY,
    NUMERIC,
    REFERENCE,
    CellValue,
    Column,
    Records,
    Row,
    Table,
)

MAX_TOLD = 5
"""So many places are named of one fault that comes again and again."""

DAY_FIRST = "day_first_assumed"
TOTALS = frozenset(
    map(key_of, f"{TOTAL_WORDS}|grand total|subtotal|podsumowanie|总和|本月合计|累计".split("|"))
)
"""What a row of totals begins with."""
MAX_TOTAL = 20

Values = dict[int, dict[str, CellValue]]
"""The values by number of the row."""


def number_cells(tables: Iterable[RawTable]) -> list[tuple[Cell, bool]]:
    """Return cells that show how the file writes its numbers, one of each form in a column."""
    found: list[tuple[Cell, bool]] = []
    for raw in tables:
        for position, column in _columns(raw):
            if column.kind not in NUMERIC:
                continue
            forms: set[str] = set()
            for number, row in enumerate(raw.rows, start=1):
                text = row[position] if position < len(row) else None
                if not isinstance(text, str) or not shows_convention(text):
                    continue
                form = common_form(text)
                if form == "whole" or form in forms or not _may_be_number(text):
                    continue
                if form:
                    forms.add(form)
                found.append((Cell(text.strip(), raw.filed.at(number, column.id)), True))
    return found


def _may_be_number(text: str) -> bool:
    """Say whether a text can be read; what cannot is told when its column is read."""
    if says_unknown(text):
        return False
    try:
        dissect(text)
    except NumberError:
        return False
    return True


def settle_records(
    raw_tables: Sequence[RawTable],
    decimal: Callable[[str], str],
    unit: Callable[[At], int],
    labels: TableLabels,
    remarks: Remarks,
) -> Records:
    """Return the records of a case, money in whole units of the currency.

    ``decimal`` says how a file writes decimals, ``unit`` in which unit the records of a
    place are where neither their table nor their headings say so.
    """
    if sum(len(raw.rows) for raw in raw_tables) > MAX_RECORDS:
        hint = "Give the last two years, or part the file."
        at = raw_tables[0].at
        remarks.error("A211", f"more than {MAX_RECORDS:,} rows of records", at, hint)
        return {}
    settled: dict[str, list[tuple[RawTable, Values]]] = {}
    for raw in raw_tables:
        _check_headings(raw, labels, remarks)
        values = _read(raw, decimal(raw.at.file), raw.unit or unit(raw.at), remarks)
        values = _without_totals(raw, values, remarks)
        settled.setdefault(raw.headings.table.id, []).append((raw, values))
    names = _Names(settled, labels.tables, remarks)
    records: dict[str, tuple[Row, ...]] = {}
    for table_id, parts in settled.items():
        table = labels.tables[table_id]
        rows: list[Row] = []
        for raw, values in parts:
            names.settle(raw, values)
            _check_required(raw, values, remarks)
            # Several sheets of one table are numbered each from 1, so that places are found.
            rows += [Row(number, cells, raw.filed) for number, cells in values.items()]
        _check_once(table, rows, remarks)
        if rows:
            records[table_id] = tuple(rows)
    return records


def _columns(raw: RawTable) -> Iterable[tuple[int, Column]]:
    table = raw.headings.table
    for position, column in raw.headings.columns.items():
        yield position, table.columns[column]


def _check_headings(raw: RawTable, labels: TableLabels, remarks: Remarks) -> None:
    """Tell of columns that are there twice, left out, or not there although required."""
    table, headings = raw.headings.table, raw.headings
    for position, column in headings.twins.items():
        first = next(p for p, c in headings.columns.items() if c == column)
        message = f"the column {column} of {table.id} stands twice"
        hint = "Keep one of the two, or name it differently."
        remarks.error("A201", message, raw.places[position], hint, also=raw.places.get(first))
    for position, text in headings.others.items():
        near = labels.near(table, text)
        if near:
            message = f"'{text}' is nearly the column {near} of {table.id}"
            hint = f"Write {near}, or a heading that means something else."
            remarks.error("A201", message, raw.places[position], hint)
        else:
            remarks.note("records_ignored", raw.places[position], label=text)
    known = set(headings.columns.values())
    for wanted in table.columns.values():
        if wanted.required and wanted.id not in known:
            names = ", ".join(dict.fromkeys((wanted.id, *wanted.names.by_language.values())))
            hint = f"Head it with one of: {names}."
            message = f"the table {table.id} lacks the column {wanted.id}"
            remarks.error("A202", message, raw.at, hint)


def _read(raw: RawTable, decimal: str, table_unit: int, remarks: Remarks) -> Values:
    """Read every value; rows without any are left out."""
    caches: list[tuple[int, str, dict[Any, CellValue | None]]] = []
    for position, column in _columns(raw):
        reader = Reader(column, decimal, months_first=_months_first(raw, position, column, remarks))
        cache: dict[Any, CellValue | None] = {None: None}
        faults: dict[Any, RecordError] = {}
        # True and 1 are one key of a dictionary, so values of a workbook go with their type.
        for value in {_keyed(row[position]) for row in raw.rows if position < len(row)}:
            try:
                read = reader.read(value[1] if isinstance(value, tuple) else value)
                if column.kind == MONEY and isinstance(read, Decimal):
                    read *= raw.headings.units.get(position, table_unit)
                cache[value] = read
            except RecordError as fault:
                cache[value] = None
                faults[value] = fault
        if faults:
            _tell(raw, position, column, faults, remarks)
        caches.append((position, column.id, cache))
    values: Values = {}
    for number, row in enumerate(raw.rows, start=1):
        width = len(row)
        cells = {
            column: value
            for position, column, cache in caches
            if position < width and (value := cache[_keyed(row[position])]) is not None
        }
        if cells:
            values[number] = cells
    return values


def _months_first(raw: RawTable, position: int, column: Column, remarks: Remarks) -> bool:
    """Say how a column of days writes 03/04/2025; where nothing tells, that is told once."""
    if column.kind not in DATED:
        return False
    texts = {row[position] for row in raw.rows if position < len(row)}
    written = [text for text in texts if isinstance(text, str)]
    doubtful = leaves_open(sorted(written))
    if doubtful and not any(note.kind == DAY_FIRST for note in remarks.notes):
        remarks.note(DAY_FIRST, raw.places[position], written=doubtful.strip())
    return month_first(written)


def _without_totals(raw: RawTable, values: Values, remarks: Remarks) -> Values:
    """Tell of rows of totals, which would count everything twice, and leave them out."""
    totals = [number for number in values if _is_total(raw.rows[number - 1])]
    for number in totals[:MAX_TOLD]:
        word = _first(raw.rows[number - 1])
        message = f"row {number} of {raw.headings.table.id} is a row of totals: '{word}'"
        hint = "Leave it out; where somebody is called so, write the name in full."
        remarks.error("A214", message, raw.filed.at(number), hint)
    return {number: cells for number, cells in values.items() if number not in set(totals)}


def _first(row: Raw) -> str:
    """Return what the row begins with."""
    return next((str(v).strip() for v in row if v is not None and str(v).strip()), "")


def _is_total(row: Raw) -> bool:
    first = _first(row)
    return len(first) <= MAX_TOTAL and key_of(first) in TOTALS


def _keyed(value: Any) -> Hashable:
    if value is None or isinstance(value, str):
        return value
    return type(value), value


def _tell(
    raw: RawTable,
    position: int,
    column: Column,
    faults: Mapping[Any, RecordError],
    remarks: Remarks,
) -> None:
    """Tell of wrong values, each once with its first place and how often it comes."""
    first: dict[Any, int] = {}
    count: dict[Any, int] = {}
    for number, row in enumerate(raw.rows, start=1):
        key = _keyed(row[position]) if position < len(row) else None
        if key in faults:
            first.setdefault(key, number)
            count[key] = count.get(key, 0) + 1
    for key, number in sorted(first.items(), key=lambda item: item[1]):
        fault = faults[key]
        more = f" (and in {count[key] - 1} further rows)" if count[key] > 1 else ""
        message = f"{_place(raw.headings.table, number, column)}: {fault.message}{more}"
        remarks.error(fault.code, message, raw.filed.at(number, column.id), fault.hint)


def _place(table: Table, number: int, column: Column) -> str:
    return f"row {number} of {table.id}, column {column.id}"


def _check_required(raw: RawTable, values: Values, remarks: Remarks) -> None:
    table = raw.headings.table
    given = set(raw.headings.columns.values())
    for column in table.columns.values():
        if not column.required or column.id not in given:
            continue
        empty = [number for number, cells in values.items() if column.id not in cells]
        told = [n for n in empty if not _had_value(raw, n, column.id)][:MAX_TOLD]
        for number in told:
            message = f"{_place(table, number, column)}: nothing is written"
            hint = "Fill it in, or leave the row out; rows of totals do not belong here."
            remarks.error("A202", message, raw.filed.at(number, column.id), hint)


def _had_value(raw: RawTable, number: int, column: str) -> bool:
    """Say whether something was written that could not be read; that is told already."""
    position = next(p for p, c in raw.headings.columns.items() if c == column)
    row: Raw = raw.rows[number - 1]
    written = row[position] if position < len(row) else None
    return written is not None and bool(str(written).strip(" -?"))


def _check_once(table: Table, rows: Sequence[Row], remarks: Remarks) -> None:
    """Refuse rows that agree in what tells them apart."""
    if not table.once:
        return
    seen: dict[tuple[CellValue | None, ...], Row] = {}
    told = 0
    for row in rows:
        key = tuple(row.values.get(column) for column in table.once)
        if table.key and key[0] is None:
            continue
        before = seen.setdefault(key, row)
        if before is row:
            continue
        told += 1
        if told <= MAX_TOLD:
            what = ", ".join(str(part) for part in key if part is not None) or "without a name"
            columns = " and ".join(table.once)
            remarks.error(
                "A209",
                f"{table.id} has {what} twice: row {before.number} and row {row.number}",
                row.filed.at(row.number, table.once[0]),
                f"Give one row for each {columns}.",
                also=before.filed.at(before.number, table.once[0]),
            )


class _Names:
    """Brings names of people and the like to one spelling, and checks references."""

    def __init__(
        self,
        settled: Mapping[str, Sequence[tuple[RawTable, Values]]],
        tables: Mapping[str, Table],
        remarks: Remarks,
    ) -> None:
        self.remarks = remarks
        self.spellings: dict[str, dict[str, str]] = {}
        self.closed: set[str] = set()  # tables that are given: what they lack does not exist
        for table_id, parts in settled.items():
            key = tables[table_id].key
            if not key:
                continue
            known = self.spellings.setdefault(table_id, {})
            for _, values in parts:
                for cells in values.values():
                    if key in cells:
                        self.closed.add(table_id)
                        known.setdefault(key_of(str(cells[key])), str(cells[key]))

    def settle(self, raw: RawTable, values: Values) -> None:
        """Give every reference of a table the spelling of the key that it means."""
        table = raw.headings.table
        named = {table.key: table.id} if table.key else {}
        for column, other in {**named, **table.references}.items():
            known = self.spellings.setdefault(other, {})
            one: dict[CellValue, str] = {}
            missing: dict[str, list[int]] = {}
            for number, cells in values.items():
                name = cells.get(column)
                if name is None:
                    continue
                if name not in one:
                    key = key_of(str(name))
                    if key not in known and other in self.closed:
                        missing.setdefault(str(name), []).append(number)
                        continue
                    one[name] = known.setdefault(key, str(name))
                cells[column] = one[name]
            self._tell(raw, table.columns[column], other, known, missing)

    def _tell(
        self,
        raw: RawTable,
        column: Column,
        other: str,
        known: Mapping[str, str],
        missing: Mapping[str, Sequence[int]],
    ) -> None:
        if column.kind != REFERENCE:
            return
        for name, numbers in missing.items():
            more = f" (and in {len(numbers) - 1} further rows)" if len(numbers) > 1 else ""
            place = _place(raw.headings.table, numbers[0], column)
            close = nearest(name, known.values())
            hint = close or f"Add the row to {other}, or correct the name; leave totals out."
            self.remarks.error(
                "A210",
                f"{place}: '{name}' is not in {other}{more}",
                raw.filed.at(numbers[0], column.id),
                hint,
            )
