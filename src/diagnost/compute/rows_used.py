"""The rows that figures were made of, with their places."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from diagnost.compute.record_store import RecordStore
from diagnost.model.indicator import RowsUsed
from diagnost.model.located import At
from diagnost.model.terms import Aggregate, Ref, inner


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

    def note(self, term: Aggregate, rows: Sequence[int], known: int) -> None:
        """Keep the rows that an aggregate was made of, with the places of the first and last."""
        table = term.over
        columns = self.store.tables[table].columns
        named = [t.name for t in inner(term.of) if isinstance(t, Ref)] if term.of else []
        shown = term.weight or next((name for name in named if name in columns), "")
        listed = self.store.rows(table)
        ends = dict.fromkeys((*rows[:1], *rows[-1:]))
        places = tuple(listed[row].filed.at(listed[row].number, shown) for row in ends)
        used = RowsUsed(term.function, table, shown, len(rows), known, _stretch(places))
        if used not in self.kept:
            self.kept.append(used)


def _stretch(places: tuple[At, ...]) -> tuple[At, ...]:
    """Write the first and the last cell of a sheet as one stretch: D2:D43."""
    if len(places) == 2:
        first, last = places
        if first.cell and last.cell and first.sheet == last.sheet and first.file == last.file:
            return (first._replace(cell=f"{first.cell}:{last.cell}"),)
    return places
