"""Terms over records, read in whole columns at a time."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass, field

from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import (
    CALCULATORS,
    COMPARERS,
    FUNCTIONS,
    Plain,
    Same,
    Vector,
    first_known,
    fixed,
    logic_of,
    mapped,
    plain,
    zipped,
)
from diagnost.compute.row_terms import Frame, RowTerms
from diagnost.compute.windows import Window
from diagnost.model.binding import ATOM
from diagnost.model.terms import (
    Aggregate,
    Binary,
    Choice,
    Comparison,
    Func,
    Known,
    Literal,
    Logic,
    Not,
    Ref,
    Term,
    inner,
)


@dataclass(slots=True)
class ColumnTerms:
    """What bound terms give in the rows of a table, each term worked out once for all rows."""

    rows: RowTerms
    _vectors: dict[tuple[Term, str], Vector] = field(default_factory=dict)
    _closed: dict[tuple[Term, str], bool] = field(default_factory=dict)

    @property
    def store(self) -> RecordStore:
        """Return the records."""
        return self.rows.store

    def each(
        self, term: Term, table: str, rows: Sequence[int], frame: Frame | None
    ) -> list[Plain | None]:
        """Return what a term gives in some rows."""
        everywhere = len(rows) == len(self.store.rows(table))
        vector = self._part(term, table, None if everywhere else rows, frame)
        if isinstance(vector, Same):
            value = vector.value
            return [None if isinstance(value, Window) else value] * len(rows)
        return vector

    def _vector(self, term: Term, table: str) -> Vector:
        """Return what a term that hangs on one row only gives in every row of a table."""
        known = self._vectors.get((term, table))
        if known is None:
            known = self._vectors[term, table] = self._composed(term, table, None, None)
        return known

    def _part(
        self, term: Term, table: str, rows: Sequence[int] | None, frame: Frame | None
    ) -> Vector:
        """Return what a term gives in some rows (None: in all) of a table."""
        if frame is not None and not self.hangs_on(term, table):
            return self._composed(term, table, rows, frame)
        vector = self._vector(term, table)
        return vector if rows is None or isinstance(vector, Same) else [vector[r] for r in rows]

    def _composed(
        self, term: Term, table: str, rows: Sequence[int] | None, frame: Frame | None
    ) -> Vector:
        """Compose what a term gives in rows from what its parts give."""

        def part(inside: Term) -> Vector:
            return self._part(inside, table, rows, frame)

        match term:
            case Literal(value=value):
                return Same(value)
            case Ref(name=name, owner=owner) if owner == table:
                if name in self.store.tables[table].columns:
                    cells = self.store.column(table, name)
                    return cells if rows is None else [cells[row] for row in rows]
            case Ref():
                return Same(fixed(self.rows.value(term, frame)))
            case Func(function="last" | "ago"):
                return Same(fixed(self.rows.value(term, None)))
            case Binary(operator=sign, left=left, right=right):
                return zipped(CALCULATORS[sign], part(left), part(right))
            case Known(term=known, unknown=unknown):
                found = part(known)
                if isinstance(found, Same):
                    return Same((found.value is None) is unknown)
                return [(value is None) is unknown for value in found]
            case Comparison(left=left, right=Choice(parts=parts)):
                wanted = [part(each) for each in parts]
                if all(isinstance(each, Same) for each in wanted):
                    among = {each.value for each in wanted if isinstance(each, Same)}
                    return mapped(lambda value: value in among, part(left))
            case Comparison(operator=sign, left=left, right=right):
                return zipped(COMPARERS[sign], part(left), part(right))
            case Not(part=denied):
                return mapped(operator.not_, part(denied))
            case Logic(operator=word, parts=parts):
                return logic_of(word, [part(each) for each in parts])
            case Func(function=name, arguments=[one]) if name in FUNCTIONS:
                if not name.endswith("_since"):
                    return mapped(FUNCTIONS[name], part(one))
                if self.rows.as_of is not None:
                    return zipped(FUNCTIONS[name], part(one), Same(self.rows.as_of))
            case Func(function="either", arguments=choices):
                return first_known([part(each) for each in choices])
            case Func(function=name, arguments=[one, *others]) if name in FUNCTIONS:
                found = part(one)
                for other in others:  # min and max of several are those of pairs
                    found = zipped(FUNCTIONS[name], found, part(other))
                return found
        listed = range(len(self.store.rows(table))) if rows is None else rows
        return [plain(self.rows.value(term, Frame(table, row, frame))) for row in listed]

    def hangs_on(self, term: Term, table: str) -> bool:
        """Say whether a term hangs on no row but that of the table, and on the whole."""
        known = self._closed.get((term, table))
        if known is None:
            own = {table, ATOM, ""}
            known = all(
                (not isinstance(t, Ref) or (t.owner in own and t.name != "value"))
                and not isinstance(t, Aggregate)
                for t in inner(term)
            )
            self._closed[term, table] = known
        return known
