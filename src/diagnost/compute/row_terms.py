"""Terms over records, read in one row or outside all rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from diagnost.compute import windows
from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import (
    COMPARERS,
    FUNCTIONS,
    Plain,
    Value,
    arithmetic,
    extremes,
    logic,
    missing,
)
from diagnost.compute.rows_used import UsedRows
from diagnost.model.binding import ATOM
from diagnost.model.formula_tree import Missing
from diagnost.model.records import RECORDS
from diagnost.model.terms import (
    SUBJECT,
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
)


class Frame(NamedTuple):
    """The row that a term is read in, and the one around it; or a ``member`` of a series."""

    table: str
    row: int
    outer: "Frame | None" = None
    member: Plain | None = None


Figure = Callable[[str], Decimal | Missing]
RowFigure = Callable[[str, str, int], Decimal | Missing]
Aggregated = Callable[[Aggregate, Frame | None], Value]


@dataclass(slots=True)
class RowTerms:
    """What bound terms give in a row.

    ``figure`` gives the figures outside all rows, ``row_figure`` those read by the rows of a table
    (name, table, row), ``aggregate`` those made of many rows, which are kept in ``used``.
    """

    store: RecordStore
    as_of: date | None
    figure: Figure
    row_figure: RowFigure
    aggregate: Aggregated
    used: UsedRows

    def value(self, term: Term, frame: Frame | None) -> Value:
        """Return what a term gives in a row (None: outside all rows)."""
        match term:
            case Literal(value=value):
                return value
            case Ref():
                return self._ref(term, frame)
            case Binary(operator=sign, left=left, right=right):
                return arithmetic(sign, self.value(left, frame), self.value(right, frame))
            case Known(term=part, unknown=unknown):
                return isinstance(self.value(part, frame), Missing) is unknown
            case Comparison(operator=sign, left=left, right=right):
                return self._compared(sign, left, right, frame)
            case Not(part=part):
                found = self.value(part, frame)
                return found if isinstance(found, Missing) else not found
            case Logic(operator=word, parts=parts):
                return logic(word, [self.value(part, frame) for part in parts])
            case Func():
                return self._func(term, frame)
            case Aggregate():
                return self.aggregate(term, frame)
            case Choice():
                return Missing("missing")

    def _ref(self, ref: Ref, frame: Frame | None) -> Value:
        if ref.owner == ATOM:
            return self._atom(ref.name, frame)
        if not ref.owner:
            return self.figure(ref.name)
        found = frame
        if ref.owner == SUBJECT:
            while found is not None and found.outer is not None:
                found = found.outer
        else:
            while found is not None and found.table != ref.owner:
                found = found.outer
        if found is None:
            return Missing("missing", (ref.name,))
        if ref.name in self.store.tables[found.table].columns:
            cell = self.store.column(found.table, ref.name)[found.row]
            need = f"{RECORDS}{found.table}.{ref.name}"
            if cell is None:
                return Missing("missing", (need,))
            self.used.note_cell(found.table, ref.name, found.row)
            return cell
        return self.row_figure(ref.name, found.table, found.row)

    def _atom(self, name: str, frame: Frame | None) -> Value:
        if name == "value":
            member = frame.member if frame is not None else None
            return Missing("missing") if member is None else member
        if self.as_of is None:
            return Missing("missing", ("as_of",))
        match name:
            case "as_of":
                return self.as_of
            case "this_month":
                return windows.this_month(self.as_of)
            case _:
                return windows.whole_month(self.as_of)

    def _compared(self, sign: str, left: Term, right: Term, frame: Frame | None) -> Value:
        one = self.value(left, frame)
        if isinstance(right, Choice):
            others = [self.value(part, frame) for part in right.parts]
            gap = missing([one, *others])
            return gap if gap is not None else bool(one in others)
        other = self.value(right, frame)
        gap = missing([one, other])
        return gap if gap is not None else bool(COMPARERS[sign](one, other))

    def _func(self, term: Func, frame: Frame | None) -> Value:
        name = term.function
        if name in ("last", "ago"):
            return self._moment(term)
        if name == "either":
            return self._either(term.arguments, frame)
        arguments = [self.value(argument, frame) for argument in term.arguments]
        gap = missing(arguments)
        if gap is not None:
            return gap
        if name in ("top", "bottom"):
            return extremes(arguments[0], arguments[1], largest=name == "top")
        if name.endswith("_since"):
            if self.as_of is None:
                return Missing("missing", ("as_of",))
            arguments.append(self.as_of)
        found: Value = FUNCTIONS[name](*arguments)
        return found

    def _either(self, choices: tuple[Term, ...], frame: Frame | None) -> Value:
        """Return the first that is known; the rows of those before it were not used."""
        gaps: list[Value] = []
        before = len(self.used.kept)
        for choice in choices:
            found = self.value(choice, frame)
            if not isinstance(found, Missing):
                return found
            self.used.forget(before)
            gaps.append(found)
        return missing(gaps) or Missing("missing")

    def _moment(self, term: Func) -> Value:
        """Return the window ``last(3, months)`` or the day ``ago(3, months)``."""
        if self.as_of is None:
            return Missing("missing", ("as_of",))
        numbers = [int(a.value) for a in term.arguments if isinstance(a, Literal)]
        unit = next(a.name for a in term.arguments if isinstance(a, Ref))
        if term.function == "ago":
            return windows.ago(numbers[0], unit, self.as_of)
        return windows.last(numbers[0], unit, self.as_of, *numbers[1:])
