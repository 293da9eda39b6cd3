"""CSV, TSV and text tables → a grid, whatever the encoding and the delimiter."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from diagnost.intake.cells import Cell, Grid
from diagnost.intake.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    expect_text,
    utf_16_without_mark,
)
from diagnost.intake.remarks import Remarks, stop
from diagnost.model.located import At

_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”’–—°§…€×·«»éüöäß\xa0")
_MOSTLY = 0.9
_CHINESE = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}
"""Encodings with the first bytes of their everyday characters; the first one where it is open."""
_CHINESE_MARKS = frozenset("，。、：；（）《》“”「」％－—…　")
_DELIMITERS = ("\t", ";", "|", ",")
_YAML_START = re.compile(r"(?m)^(?:lines|periods|company):")
MAX_FIELD = 100_000


def read_csv(
    content: bytes,
    name: str,
    suffix: str,
    remarks: Remarks,
    collect: "Callable[[str, str], CsvRecords] | None" = None,
) -> Grid:
    """Read a text table; raises DiagnostError where it is none (A100, A104, A106).

    ``collect`` makes from text and delimiter what takes the lines of records out of the grid.
    """
    expect_text(content, name, suffix)
    text = decode(content, name, remarks)
    delimiter, text, skipped = _delimiter(text)
    if _YAML_START.search(text) and delimiter not in text.split("\n", 1)[0]:
        hint = "Rename the file to .yaml."
        raise stop("A106", f"the name ends in {suffix}, but this is YAML", At(name), hint)
    csv.field_size_limit(MAX_FIELD)
    records = collect(text, delimiter) if collect is not None else None
    rows: list[dict[int, Cell]] = []
    count = 0
    try:
        lines = _records(text, delimiter)
        for line in lines if records is None else records.taken_from(lines, skipped):
            fields = line.fields
            number = line.number + skipped
            cells = _cells(name, number, line.raw, fields, delimiter)
            count += len(cells)
            if len(rows) >= MAX_ROWS or len(fields) > MAX_COLUMNS or count > MAX_CELLS:
                message = f"more than {MAX_ROWS} rows or {MAX_COLUMNS} columns"
                hint = "Keep only the table of the statements."
                raise stop("A104", message, At(name, number, 1), hint)
            if cells:
                rows.append(cells)
    except csv.Error as error:
        hint = "Look for a quotation mark that is not closed."
        raise stop("A104", f"cannot be parted into columns: {error}", At(name), hint) from error
    return Grid("", tuple(rows), At(name))


def decode(content: bytes, name: str, remarks: Remarks) -> str:
    """Return the text of a file; an encoding that had to be found out is told by a note.

    Without a mark at its start a file is UTF-8 where that fits, else Polish Windows, ISO or DOS
    text if the letters it would have are Polish, else Chinese GB18030 or Big5.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16", name)
    if wide := utf_16_without_mark(content):
        return _decoded(content, wide, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    best, share = "", 0.0
    for encoding in ("cp1250", "iso8859-2", "cp852"):
        try:
            letters = [c for c in content.decode(encoding) if not c.isascii()]
        except UnicodeDecodeError:
            continue
        polish = sum(c in _POLISH for c in letters) / len(letters)
        if polish > share:
            best, share = encoding, polish
    encoding = best if share >= _MOSTLY else _chinese(content)
    text = _decoded(content, encoding, name)
    remarks.note("encoding", At(name), encoding=encoding)
    return text


def _chinese(content: bytes) -> str:
    """Return the Chinese encoding in which a text has the larger part of everyday characters.

    Both put them into a range of first bytes of its own; read in the other one, a text has rare
    characters, kana and gaps.
    """
    return max(_CHINESE, key=lambda encoding: _everyday(content, encoding))


def _everyday(content: bytes, encoding: str) -> float:
    try:
        letters = [c for c in content.decode(encoding) if not c.isascii()]
    except UnicodeDecodeError:
        return 0
    first, last = _CHINESE[encoding]
    everyday = sum(first <= c.encode(encoding)[0] <= last or c in _CHINESE_MARKS for c in letters)
    return everyday / len(letters)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        hint = "Save the file as UTF-8 (in a spreadsheet program: CSV UTF-8)."
        raise stop("A100", "its encoding cannot be told", At(name), hint) from error
    return text.removeprefix("\ufeff")


def _delimiter(text: str) -> tuple[str, str, int]:
    """Return the delimiter, the text without a ``sep=`` line, and the lines left out."""
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', first)
    if declared:
        return declared[1], rest, 1
    lines = [line for line in text.splitlines()[:500] if line.strip()][:200]
    outside = [re.sub(r'"[^"]*"', "", line) for line in lines]
    counts = {mark: sum(mark in line for line in outside) for mark in _DELIMITERS}
    for mark in _DELIMITERS:
        if counts[mark] and counts[mark] * 2 >= len(outside):
            return mark, text, 0
    return max(_DELIMITERS, key=lambda mark: counts[mark]), text, 0


class Line(NamedTuple):
    """A record of the file: the line it starts on, from 1, its offset in the text, its fields."""

    number: int
    offset: int
    raw: str
    fields: list[str]


class CsvRecords(Protocol):
    """Takes the lines of records out of a file."""

    def taken_from(self, lines: Iterator[Line], skipped: int) -> Iterator[Line]:
        """Yield the lines that are no records; ``skipped`` lines stood before the first."""
        ...


def _records(text: str, delimiter: str) -> Iterator[Line]:
    """Yield each record of the text."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    start, offset, last, opened = 1, 0, 0, ""
    for fields in csv.reader(lines(), delimiter=delimiter):
        raw = taken[0] if len(taken) == 1 else "".join(taken)
        yield Line(start, offset, raw, fields)
        last, opened = start, raw
        start += len(taken)
        offset += len(raw)
        taken.clear()
    # A mark that is never closed would take in every line below it, silently.
    if opened.count("\n") > 1 and opened.count('"') % 2:
        raise csv.Error(f"the quotation mark in line {last} is not closed")


def _cells(name: str, line: int, raw: str, fields: list[str], delimiter: str) -> dict[int, Cell]:
    places = places_in(raw, delimiter, len(fields)) if '"' in raw else None
    cells: dict[int, Cell] = {}
    column = 1
    for position, field in enumerate(fields):
        text = field.strip()
        if text:
            lead = len(field) - len(field.lstrip())
            down, across = places[position] if places else (0, column + lead)
            width = len(text) if "\n" not in text else 1
            cells[position] = Cell(text, At(name, line + down, across, width=width))
        column += len(field) + 1
    return cells


def places_in(raw: str, delimiter: str, count: int) -> list[tuple[int, int]]:
    """Return for each field of a record with quotes the lines down and the column it starts at."""
    mark = re.escape(delimiter)
    pattern = re.compile(rf'\s*"(?:[^"]|"")*"[^{mark}\n]*|[^{mark}\n]*')
    places: list[tuple[int, int]] = []
    position = 0
    while len(places) < count:
        before = raw[:position]
        places.append((before.count("\n"), position - (before.rfind("\n") + 1) + 1))
        match = pattern.match(raw, position)
        position = (match.end() if match else position) + 1
    return places
