"""Records in a text file: a table alone, or tables one below the other, each under its name."""

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice

from diagnost.intake.csv_grid import Line
from diagnost.intake.raw_records import Raw, RawTable, TextFiled
from diagnost.intake.table_labels import LOOKED_AHEAD, Headings, TableLabels
from diagnost.intake.words import unit_stated
from diagnost.model.located import At
from diagnost.model.records import Table


class Collector:
    """Takes the lines of records out of a file and gathers them into tables.

    A table begins with a row of headings that is known as one, with or without the name of the
    table in a row of its own above it, and goes on to the next table or the end of the file. A
    file may itself be ``called`` like a table.
    """

    def __init__(
        self,
        name: str,
        text: str,
        delimiter: str,
        labels: TableLabels,
        found: list[RawTable],
        called: Table | None = None,
    ) -> None:
        self.name, self.text, self.delimiter = name, text, delimiter
        self.labels, self.found, self.called = labels, found, called
        self.rows: list[Raw] | None = None
        self.filed: TextFiled | None = None
        self.lines = _Lines(iter(()))
        self.known: dict[str, str] = {}  # one object for each spelling, however many rows
        self.skipped = 0

    def taken_from(self, lines: Iterator[Line], skipped: int) -> Iterator[Line]:
        """Yield the lines that are no records; ``skipped`` lines stood before the first."""
        self.skipped = skipped
        self.lines = lines = _Lines(lines)
        waiting: Line | None = None  # the name of a table, until its headings are seen
        named: Table | None = None
        for line in lines:
            filled = {p: text for p, f in enumerate(line.fields) if (text := f.strip())}
            shown = {p: text for p, text in filled.items() if not text.startswith("# ")}
            if waiting is not None:
                if not shown:
                    continue
                headings = self.labels.headings(shown, named)
                if headings is not None and not self._statement_below(headings):
                    self._open(line, headings, unit_stated(_only(waiting)))
                    waiting = named = None
                    continue
                if not self._row(waiting):
                    yield waiting
                waiting = named = None
            if len(shown) == 1 and (table := self.labels.table(next(iter(shown.values())))):
                waiting, named = line, table
            elif self.rows is None and (headings := self._headings(shown)) is not None:
                self._open(line, headings)
            elif not (shown and self._row(line)) and not (self.rows is not None and not shown):
                yield line
        if waiting is not None and not self._row(waiting):
            yield waiting

    def _headings(self, shown: Mapping[int, str]) -> Headings | None:
        """Return what a row heads; in a file called like a table, few columns are enough."""
        found = self.labels.headings(shown, self.called) or (
            self.labels.headings(shown) if self.called is not None else None
        )
        return None if found is not None and self._statement_below(found) else found

    def _statement_below(self, headings: Headings) -> bool:
        return self.labels.heads_statement(
            headings,
            (
                {p: text for p, f in enumerate(line.fields) if (text := f.strip())}
                for line in self.lines.ahead(LOOKED_AHEAD)
            ),
        )

    def _open(self, line: Line, headings: Headings, unit: int = 0) -> None:
        self.filed = TextFiled(self.name, self.text, self.delimiter, headings.columns)
        self.rows = []
        heads = TextFiled(
            self.name, self.text, self.delimiter, {p: str(p) for p in range(len(line.fields))}
        )
        heads.add(line.number + self.skipped, line.offset, len(line.raw))
        self.found.append(
            RawTable(
                headings=headings,
                rows=self.rows,
                filed=self.filed,
                places={p: heads.at(1, str(p)) for p in range(len(line.fields))},
                at=At(self.name, line.number + self.skipped, 1),
                unit=unit,
            )
        )

    def _row(self, line: Line) -> bool:
        """Take a line as a row of the table that is open; say whether there is one."""
        if self.rows is None or self.filed is None:
            return False
        known = self.known
        self.rows.append([known.setdefault(field, field) for field in line.fields])
        self.filed.add(line.number + self.skipped, line.offset, len(line.raw))
        return True


class _Lines(Iterator[Line]):
    """Lines that can be looked at before their turn."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._seen: deque[Line] = deque()

    def __next__(self) -> Line:
        return self._seen.popleft() if self._seen else next(self._lines)

    def ahead(self, count: int) -> list[Line]:
        """Return the next lines, as many as there are."""
        self._seen.extend(islice(self._lines, count - len(self._seen)))
        return list(self._seen)


def _only(line: Line) -> str:
    """Return the name of a table from the row where it stands alone, remarks aside."""
    return next(text for field in line.fields if (text := field.strip()))
