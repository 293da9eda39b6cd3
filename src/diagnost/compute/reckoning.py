"""Terms over records: the rows that take part, and the one figure or series made of them.

An unknown cell is never nought: a row whose condition cannot be decided, or whose value is not
known, takes no part; where that leaves nothing although there are rows, the figure is missing.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from diagnost.compute import windows
from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import (
    CALCULATORS,
    COMPARERS,
    FUNCTIONS,
    NO_RECORDS,
    SHORT_RECORDS,
    Plain,
    Same,
    Series,
    Value,
    Vector,
    aggregated,
    arithmetic,
    extremes,
    first_known,
    fixed,
    logic,
    logic_of,
    mapped,
    missing,
    plain,
    zipped,
)
from diagnost.compute.windows import Window
from diagnost.model.binding import ATOM
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import RowsUsed
from diagnost.model.located import At
from diagnost.model.records import RECORDS, CellValue
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
    inner,
)


class _Scope(NamedTuple):
    """The rows that may take part: all of a table, or those whose ``column`` holds the ``key``."""

    rows: Sequence[int]
    column: str = ""
    key: Plain | None = None


class Frame(NamedTuple):
    """The row that a term is read in, and the one around it; or a ``member`` of a series."""

    table: str
    row: int
    outer: "Frame | None" = None
    member: Plain | None = None


Figure = Callable[[str], Decimal | Missing]
RowFigure = Callable[[str, str, int], Decimal | Missing]


@dataclass(slots=True)
class Reckoner:
    """Reckons bound terms over the records of one company.

    ``figure`` gives the figures outside all rows, ``row_figure`` those read by the rows of a table
    (name, table, row). ``used`` collects the rows of the aggregates of the outermost term.
    """

    store: RecordStore
    as_of: date | None
    figure: Figure
    row_figure: RowFigure
    used: list[RowsUsed] = field(default_factory=list)
    _vectors: dict[tuple[Term, str], Vector] = field(default_factory=dict)
    _closed: dict[tuple[Term, str], bool] = field(default_factory=dict)
    _chosen: dict[tuple[Term, str, str], dict[Plain | None, list[int]]] = field(
        default_factory=dict
    )
    _depth: int = 0

    def reckon(self, term: Term, subject: Frame | None) -> Decimal | Missing:
        """Return the number that a bound term gives, or why there is none."""
        value = self.value(term, subject)
        if isinstance(value, Missing):
            return value
        return value if isinstance(value, Decimal) else Missing("missing")

    def reckon_with_rows(
        self, term: Term, subject: Frame | None
    ) -> tuple[Decimal | Missing, tuple[RowsUsed, ...]]:
        """Do the same, and return the rows that the aggregates of the term were made of.

        The terms inside, such as figures of single rows, keep theirs to themselves.
        """
        outer, depth = self.used, self._depth
        self.used, self._depth = [], 0
        try:
            return self.reckon(term, subject), tuple(self.used)
        finally:
            self.used, self._depth = outer, depth

    def rows_where(self, where: Term, table: str) -> list[int]:
        """Return the rows of a table for which a bound condition is true."""
        found = self._where(where, table, self._scope(table, None), None)
        return [] if isinstance(found, Missing) else list(found)

    # --- one value ------------------------------------------------------------------------------

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
                return self._aggregate(term, frame)
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
            return Missing("missing", (need,)) if cell is None else cell
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
        arguments = [self.value(argument, frame) for argument in term.arguments]
        if name == "either":
            known = (a for a in arguments if not isinstance(a, Missing))
            return next(known, missing(arguments) or Missing("missing"))
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

    def _moment(self, term: Func) -> Value:
        """Return the window ``last(3, months)`` or the day ``ago(3, months)``."""
        if self.as_of is None:
            return Missing("missing", ("as_of",))
        numbers = [int(a.value) for a in term.arguments if isinstance(a, Literal)]
        unit = next(a.name for a in term.arguments if isinstance(a, Ref))
        if term.function == "ago":
            return windows.ago(numbers[0], unit, self.as_of)
        return windows.last(numbers[0], unit, self.as_of, *numbers[1:])

    # --- whole columns ----------------------------------------------------------------------------

    def vector(self, term: Term, table: str) -> Vector:
        """Return what a term that hangs on one row only gives in every row of a table."""
        known = self._vectors.get((term, table))
        if known is None:
            known = self._vectors[term, table] = self._composed(term, table, None, None)
        return known

    def _part(
        self, term: Term, table: str, rows: Sequence[int] | None, frame: Frame | None
    ) -> Vector:
        """Return what a term gives in some rows (None: in all) of a table."""
        if frame is not None and not self._hangs_on(term, table):
            return self._composed(term, table, rows, frame)
        vector = self.vector(term, table)
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
                return Same(fixed(self.value(term, frame)))
            case Func(function="last" | "ago"):
                return Same(fixed(self.value(term, None)))
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
                if self.as_of is not None:
                    return zipped(FUNCTIONS[name], part(one), Same(self.as_of))
            case Func(function="either", arguments=choices):
                return first_known([part(each) for each in choices])
            case Func(function=name, arguments=[one, *others]) if name in FUNCTIONS:
                found = part(one)
                for other in others:  # min and max of several are those of pairs
                    found = zipped(FUNCTIONS[name], found, part(other))
                return found
        listed = range(len(self.store.rows(table))) if rows is None else rows
        return [plain(self.value(term, Frame(table, row, frame))) for row in listed]

    def _hangs_on(self, term: Term, table: str) -> bool:
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

    # --- aggregates -------------------------------------------------------------------------------

    def _aggregate(self, term: Aggregate, frame: Frame | None) -> Value:
        if not term.over:
            return self._of_series(term, frame)
        if not self.store.given(term.over):
            return Missing("missing", (f"{RECORDS}{term.over}",))
        scope = self._scope(term.over, frame)
        outermost = self._depth == 0
        self._depth += 1
        try:
            return self._of_rows(term, frame, scope, outermost=outermost)
        finally:
            self._depth -= 1

    def _scope(self, table: str, frame: Frame | None) -> "_Scope":
        """Return the rows that refer to the innermost row they can, else all."""
        around = frame
        while around is not None:
            if around.table and around.table != table:
                column = self.store.reference(table, around.table)
                if column is not None:
                    key = self.store.key(around.table, around.row)
                    return _Scope(self.store.referring(table, column, key), column, key)
            around = around.outer
        return _Scope(range(len(self.store.rows(table))))

    def _each(
        self, term: Term, table: str, rows: Sequence[int], frame: Frame | None
    ) -> list[Plain | None]:
        """Return what a term gives in some rows."""
        everywhere = len(rows) == len(self.store.rows(table))
        vector = self._part(term, table, None if everywhere else rows, frame)
        if isinstance(vector, Same):
            value = vector.value
            return [None if isinstance(value, Window) else value] * len(rows)
        return vector

    def _of_rows(
        self,
        term: Aggregate,
        frame: Frame | None,
        scope: _Scope,
        *,
        outermost: bool,
    ) -> Value:
        table = term.over
        rows = scope.rows
        if term.where is not None:
            chosen = self._where(term.where, table, scope, frame)
            if isinstance(chosen, Missing):
                return chosen
            rows = chosen
        if term.by is not None:
            return self._grouped(term, frame, scope.rows, rows, outermost=outermost)
        figure = self._figure(term, frame, rows, noted=outermost)
        if isinstance(figure, Missing) and figure.reason == NO_RECORDS and term.none is not None:
            return self.value(term.none, frame)
        return figure

    def _where(
        self, where: Term, table: str, scope: "_Scope", frame: Frame | None
    ) -> Sequence[int] | Missing:
        """Return the rows for which a condition is true.

        It is missing where there are rows and the condition can be decided in none of them.
        """
        shared = frame is None or self._hangs_on(where, table)
        if shared:
            chosen = self._chosen_of(where, table, scope)
            if chosen:
                return chosen
        truths = self._each(where, table, scope.rows, frame)
        if not shared:
            chosen = [row for row, truth in zip(scope.rows, truths, strict=True) if truth]
        if not chosen and scope.rows and all(truth is None for truth in truths):
            return Missing("missing", self._needs(where, table, scope.rows))
        return chosen

    def _chosen_of(self, where: Term, table: str, scope: "_Scope") -> Sequence[int]:
        """Return the same for a condition that hangs on no other row: found once for all rows."""
        by_key = self._chosen.get((where, table, scope.column))
        if by_key is None:
            truths = self._each(where, table, range(len(self.store.rows(table))), None)
            by_key = {}
            if scope.column:
                keys = self.store.column(table, scope.column)
                for row, truth in enumerate(truths):
                    if truth:
                        by_key.setdefault(keys[row], []).append(row)
            else:
                by_key[None] = [row for row, truth in enumerate(truths) if truth]
            self._chosen[where, table, scope.column] = by_key
        return by_key.get(scope.key, ())

    def _figure(
        self, term: Aggregate, frame: Frame | None, rows: Sequence[int], *, noted: bool
    ) -> Plain | Missing:
        """Return one figure of rows."""
        table, function = term.over, term.function
        if function == "share":
            return self._share(term, frame, rows, noted=noted)
        if term.of is None:
            if noted:
                self._note(term, rows, len(rows))
            return Decimal(len(rows))
        found = self._each(term.of, table, rows, frame)
        known = [value for value in found if value is not None]
        if noted:
            self._note(term, rows, len(known))
        if not known and rows:
            return Missing("missing", self._needs(term.of, table, rows))
        if function == "count":
            return Decimal(sum(1 for value in known if value))
        return aggregated(function, known)

    def _share(
        self, term: Aggregate, frame: Frame | None, rows: Sequence[int], *, noted: bool
    ) -> Plain | Missing:
        """Return the part of rows, or of the sum of a column, for which a condition is true."""
        if term.of is None:
            return Missing("missing")
        table = term.over
        truths = self._each(term.of, table, rows, frame)
        weights: list[Plain | None] = [Decimal(1)] * len(rows)
        if term.weight:
            weights = self._each(Ref(term.weight, table), table, rows, frame)
        decided = [
            (truth, weight)
            for truth, weight in zip(truths, weights, strict=True)
            if truth is not None and isinstance(weight, Decimal)
        ]
        if noted:
            self._note(term, rows, len(decided))
        if not decided:
            if not rows:
                return Missing(NO_RECORDS)
            return Missing("missing", self._needs(term.of, table, rows))
        total = sum((weight for _, weight in decided), Decimal(0))
        part = sum((weight for truth, weight in decided if truth), Decimal(0))
        return part / total if total else Missing("zero_denominator")

    # --- groups -----------------------------------------------------------------------------------

    def _grouped(
        self,
        term: Aggregate,
        frame: Frame | None,
        scope: Sequence[int],
        rows: Sequence[int],
        *,
        outermost: bool,
    ) -> Value:
        table, by = term.over, term.by
        if by is None:
            return Missing("missing")
        window: Window | None = None
        key = by
        if isinstance(by, Comparison):
            found = self.value(by.right, frame)
            if isinstance(found, Missing):
                return found
            window = found if isinstance(found, Window) else None
            key = by.left
        keys = self._each(key, table, rows, frame)
        groups: dict[CellValue, list[int]] = {}
        for row, group in zip(rows, keys, strict=True):
            if group is not None:
                groups.setdefault(group, []).append(row)
        if rows and not groups:
            return Missing("missing", self._needs(key, table, rows))
        if window is not None:
            groups = self._monthly(groups, window, key, term, scope, frame)
        if outermost:
            taking_part = [row for group in groups.values() for row in group]
            self._note(term, taking_part, len(taking_part))
        if term.function == "share":
            return self._parts(term, frame, groups)
        members: dict[CellValue, Plain | None] = {}
        for group, inside in groups.items():
            if window is not None and not inside:
                members[group] = self._empty_month(term, key, table, scope, frame, group)
                continue
            figure = self._figure(term, frame, inside, noted=False)
            members[group] = None if isinstance(figure, Missing) else figure
        return Series(members, loose=window is None, table=table)

    @staticmethod
    def _monthly(
        groups: dict[CellValue, list[int]],
        window: Window,
        key: Term,
        term: Aggregate,
        scope: Sequence[int],
        frame: Frame | None,
    ) -> dict[CellValue, list[int]]:
        """Return the rows of every month of a window, also of those that have none."""
        return {month: groups.get(month, []) for month in window.months}

    def _empty_month(
        self,
        term: Aggregate,
        key: Term,
        table: str,
        scope: Sequence[int],
        frame: Frame | None,
        month: CellValue,
    ) -> Plain | None:
        """Return the figure of a month without rows: nought for a day book, else unknown.

        In a table with one row a month the row is lacking; in one of events nothing happened,
        unless the month is before all rows there are.
        """
        if not isinstance(key, Func) or term.function not in ("sum", "count", "distinct"):
            return None
        months = self._each(key, table, scope, frame)
        known = [m for m in months if isinstance(m, date)]
        if not known or not isinstance(month, date) or month < min(known):
            return None
        return Decimal(0)

    def _parts(
        self, term: Aggregate, frame: Frame | None, groups: dict[CellValue, list[int]]
    ) -> Value:
        """Return what part of the whole each group makes up."""
        sizes: dict[CellValue, Decimal] = {}
        for group, rows in groups.items():
            if not term.weight:
                sizes[group] = Decimal(len(rows))
                continue
            weights = self._each(Ref(term.weight, term.over), term.over, rows, frame)
            known = [w for w in weights if isinstance(w, Decimal)]
            if known or not rows:
                sizes[group] = sum(known, Decimal(0))
        total = sum(sizes.values(), Decimal(0))
        if groups and not sizes:
            return Missing("missing", (f"{RECORDS}{term.over}.{term.weight}",))
        if not total:
            return Missing(NO_RECORDS if not groups else "zero_denominator")
        members: dict[CellValue, Plain | None] = {g: size / total for g, size in sizes.items()}
        return Series(members, loose=True, table=term.over)

    def _of_series(self, term: Aggregate, frame: Frame | None) -> Value:
        """Return one figure of the members of a series."""
        if term.of is None:
            return Missing("missing")
        series = self.value(term.of, frame)
        if isinstance(series, Missing):
            return series
        if not isinstance(series, Series):
            return Missing("missing")
        known = [member for member in series.members.values() if member is not None]
        if len(known) < len(series.members) and not series.loose:
            return Missing(SHORT_RECORDS, (f"{RECORDS}{series.table}",))
        if term.where is not None:
            kept = []
            for member in known:
                truth = self.value(term.where, Frame("", -1, frame, member))
                if isinstance(truth, Missing):
                    return truth
                if truth:
                    kept.append(member)
            known = kept
        figure = Decimal(len(known)) if term.function == "count" else None
        found = figure if figure is not None else aggregated(term.function, known)
        if isinstance(found, Missing) and found.reason == NO_RECORDS and term.none is not None:
            return self.value(term.none, frame)
        return found

    # --- what was used ----------------------------------------------------------------------------

    def _note(self, term: Aggregate, rows: Sequence[int], known: int) -> None:
        """Keep the rows that an aggregate was made of, with the places of the first and last."""
        table = term.over
        columns = self.store.tables[table].columns
        named = [t.name for t in inner(term.of) if isinstance(t, Ref)] if term.of else []
        shown = term.weight or next((name for name in named if name in columns), "")
        listed = self.store.rows(table)
        ends = dict.fromkeys((*rows[:1], *rows[-1:]))
        places = tuple(listed[row].filed.at(listed[row].number, shown) for row in ends)
        used = RowsUsed(term.function, table, shown, len(rows), known, _stretch(places))
        if used not in self.used:
            self.used.append(used)

    def _needs(self, term: Term, table: str, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the figures or columns for want of which a term is known in none of the rows."""
        figures = (self.figure(t.name) for t in inner(term) if isinstance(t, Ref) and not t.owner)
        wanting = missing(list(figures))
        if wanting is not None and wanting.needs:
            return wanting.needs
        columns = self.store.tables[table].columns
        named = dict.fromkeys(
            t.name for t in inner(term) if isinstance(t, Ref) and t.owner == table
        )
        asked = [name for name in named if name in columns]
        empty = [
            name
            for name in asked
            if all(self.store.column(table, name)[row] is None for row in rows)
        ]
        return tuple(f"{RECORDS}{table}.{name}" for name in empty or asked) or (
            f"{RECORDS}{table}",
        )


def _stretch(places: tuple[At, ...]) -> tuple[At, ...]:
    """Write the first and the last cell of a sheet as one stretch: D2:D43."""
    if len(places) == 2:
        first, last = places
        if first.cell and last.cell and first.sheet == last.sheet and first.file == last.file:
            return (first._replace(cell=f"{first.cell}:{last.cell}"),)
    return places
