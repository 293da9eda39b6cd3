"""The rows that figures were made of, with their places."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from diagnost.compute.record_store import RecordStore
from diagnost.compute.windows import Window
from diagnost.model.indicator import MONTHS, RowsUsed
from diagnost.model.located import At
from diagnost.model.terms import Aggregate, Comparison, Func, Ref, Term, inner


@dataclass(slots=True)
class UsedRows:
    """Keeps the rows of the aggregates of the outermost term.

    The terms inside, such as figures of single rows, keep theirs to themselves.
    """

    store: RecordStore
    kept: list[RowsUsed] = field(default_factory=list)
    _depth: int = 0

    @contextmanager
    def apart(self) -> Iterator[list[RowsUsed]]:
        """Keep the rows of one term apart from those of the term around it."""
        outer, depth = self.kept, self._depth
        self.kept, self._depth = [], 0
        try:
            yield self.kept
        finally:
            self.kept, self._depth = outer, depth

    @contextmanager
    def inside(self) -> Iterator[bool]:
        """Go into an aggregate; say whether it is the outermost."""
        self._depth += 1
        try:
            yield self._depth == 1
        finally:
            self._depth -= 1

    def forget(self, count: int) -> None:
        """Keep only the first so many: what was tried since then has come to nothing."""
        del self.kept[count:]

    def note_cell(self, table: str, column: str, row: int) -> None:
        """Keep a cell of the row that is read, unless an aggregate is being made."""
        if not self._depth:
            used = self.store.cell_used(table, column, row)
            if used not in self.kept:
                self.kept.append(used)

    def note(
        self, term: Aggregate, rows: Sequence[int], known: int, window: Window | None = None
    ) -> None:
        """Keep the rows that an aggregate was made of, with the places of the first and last."""
        table = term.over
        columns = self.store.tables[table].columns
        inside = inner(term.of) if term.of else ()
        named = [t.name for t in inside if isinstance(t, Ref) and t.name in columns]
        first = shown = term.weight or (named[0] if named else "")
        if known < len(rows) and len(named) > 1 and not term.weight:
            shown = self._least_filled(table, named, rows)
        listed = self.store.rows(table)
        ends = dict.fromkeys((*rows[:1], *rows[-1:]))
        places = tuple(listed[row].filed.at(listed[row].number, first) for row in ends)
        own = isinstance(term.of, Ref) and term.of.owner == table
        of = term.of.name if isinstance(term.of, Ref) and own else ""
        used = RowsUsed(
            function=term.function,
            table=table,
            column=shown,
            rows=len(rows),
            known=known,
            places=_stretch(places),
            of={"share": term.weight, "count": ""}.get(term.function, of),
            by=_key(term.by, table, columns),
            window=(window.first, window.last) if window is not None else None,
        )
        if used not in self.kept:
            self.kept.append(used)

    def _least_filled(self, table: str, columns: Sequence[str], rows: Sequence[int]) -> str:
        """Return the column by which most of the rows fell out: the days paid, not those signed."""
        cells = {name: self.store.column(table, name) for name in columns}
        return min(columns, key=lambda name: sum(cells[name][row] is not None for row in rows))


def _key(by: Term | None, table: str, columns: Collection[str]) -> str:
    """Return the column by which rows are grouped, ``MONTHS`` for months of days."""
    match by:
        case Comparison(left=key):
            return _key(key, table, columns)
        case Func(function="month"):
            return MONTHS
        case Ref(name=name, owner=owner) if owner == table and name in columns:
            return name
    return ""


def _stretch(places: tuple[At, ...]) -> tuple[At, ...]:
    """Write the first and the last cell of a sheet as one stretch: D2:D43."""
    if len(places) == 2:
        first, last = places
        if first.cell and last.cell and first.sheet == last.sheet and first.file == last.file:
            return (first._replace(cell=f"{first.cell}:{last.cell}"),)
    return places
