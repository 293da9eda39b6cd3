"""The sheet of a calculation as text for a terminal and as a table for spreadsheet programs."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from diagnost.model.calculator import REFUSES
from diagnost.report import layout
from diagnost.report.calculation_sheet import ORDER, Line, Sheet
from diagnost.report.csv_cells import no_formula


def as_text(sheet: Sheet, width: int) -> str:
    """Return the sheet as plain text."""
    return "\n\n".join(_blocks(sheet, width)) + "\n"


def _blocks(sheet: Sheet, width: int) -> Iterator[str]:
    yield f"{sheet.title}\n{'=' * min(layout.width_of(sheet.title), width)}"
    yield from _notes(sheet, (REFUSES,), width)
    if sheet.results:
        rows = [(line.name, line.printed, _how(sheet, line)) for line in sheet.results]
        yield _block(sheet.word("result"), _table(rows, width))
    if sheet.parts:
        yield _block(sheet.word("parts"), _parts(sheet, width))
    yield from _notes(sheet, [kind for kind in ORDER if kind != REFUSES], width)
    if sheet.gaps:
        yield layout.wrapped(sheet.gaps, width)
    given = [(line.name, line.printed, line.note) for line in sheet.given]
    yield _block(sheet.word("given"), _table(given, width))
    if sheet.unit:
        yield layout.wrapped(sheet.unit, width)
    if sheet.sources:
        listed = "\n".join(layout.wrapped(source, width - 2) for source in sheet.sources)
        yield _block(sheet.word("sources"), _indented(listed))


def _how(sheet: Sheet, line: Line) -> str:
    if not line.source:
        return line.note
    return sheet.words["calculation.how_source"].format(how=line.note, source=line.source)


def _notes(sheet: Sheet, kinds: Sequence[str], width: int) -> Iterator[str]:
    for kind in kinds:
        found = sheet.notes_of(kind)
        if found:
            lines = (f"- {_hanging(note.text, width)}" for note in found)
            yield _block(sheet.word(kind), _indented("\n".join(lines)))


def _hanging(text: str, width: int) -> str:
    return layout.wrapped(text, width - 4).replace("\n", "\n  ")


def _table(rows: Sequence[Sequence[str]], width: int) -> str:
    return _indented(layout.columns([("", "", ""), *rows], width - 2, right=(1,)).lstrip("\n"))


def _parts(sheet: Sheet, width: int) -> str:
    head = (sheet.word("part"), sheet.word("amount"), sheet.word("share"))
    rows = [
        (f"{'  ' * (len(part.path) - 1)}{part.path[-1]}", part.printed, part.printed_share)
        for part in sheet.parts
    ]
    return _indented(layout.columns([head, *rows], width - 2, right=(1, 2)))


def _block(title: str, body: str) -> str:
    return f"{title}\n{body}"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.split("\n"))


def as_csv(sheet: Sheet) -> bytes:
    """Return the sheet as CSV, with the separators that spreadsheet programs expect."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if sheet.language == "pl" else ",")
    for row in rows_of(sheet):
        writer.writerow([_cell(value, sheet.language) for value in row])
    # With the mark at its start, spreadsheet programs read the file as UTF-8.
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: str | Decimal, language: str) -> str:
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.replace(".", ",") if language == "pl" else plain
    return no_formula(value)


def rows_of(sheet: Sheet) -> Iterator[tuple[str | Decimal, ...]]:
    """Yield the rows of a table: what was given, the figures, the sentences, the parts."""
    yield (sheet.title,)
    yield ()
    for title, lines in (("given", sheet.given), ("result", sheet.results)):
        if not lines:
            continue
        note = sheet.word("origin" if title == "given" else "how")
        yield (sheet.word(title), sheet.word("value"), note, sheet.word("source"))
        for line in lines:
            value = line.printed if line.value is None or line.unit == "flag" else line.value
            yield (line.name, value, line.note, line.source)
        yield ()
    for kind in ORDER:
        for note_ in sheet.notes_of(kind):
            yield (sheet.word(kind), note_.text)
    if sheet.gaps:
        yield (sheet.gaps,)
    if sheet.unit:
        yield (sheet.unit,)
    for source in sheet.sources:
        yield (sheet.word("sources"), source)
    if sheet.parts:
        yield ()
        yield from part_rows(sheet)


def part_rows(sheet: Sheet) -> Iterator[tuple[str | Decimal, ...]]:
    """Yield the rows of a split: a column for each level, then amount and share."""
    yield (*sheet.levels, sheet.word("amount"), sheet.word("share"))
    for part in sheet.parts:
        empty = [""] * (len(sheet.levels) - len(part.path))
        yield (*part.path, *empty, part.amount, part.share)
