"""Names of a term bound to what they stand for, and the kinds of values checked on the way."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from diagnost.model.records import DATED, FLAG, NUMERIC, WORD, Column, Table
from diagnost.model.selection import Selection
from diagnost.model.terms import (
    ATOMS,
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

ATOM = "@"
"""The owner of a bound name that is one of ``ATOMS``; a figure of the team has the owner ''."""

NUMBER_, DATE_, TRUTH, WINDOW, WORDS, TEXT_ = "number", "date", "truth", "window", "word", "text"


class Unbound(ValueError):  # noqa: N818 - told as a problem of the knowledge base
    """A term that means nothing here; ``name`` is the name at fault, ``known`` what it might be."""

    def __init__(self, message: str, name: str = "", known: tuple[str, ...] = ()) -> None:
        self.name = name
        self.known = known
        super().__init__(message)


class Surroundings(Protocol):
    """What names may stand for: tables, selections, and the figures outside them."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """Return the declared tables."""
        ...

    @property
    def selections(self) -> Mapping[str, Selection]:
        """Return the declared selections."""
        ...

    def per(self, name: str) -> str | None:
        """Return the table by whose rows a figure is read, '' for the whole; None if unknown."""
        ...


class Bound(NamedTuple):
    """A term with its names bound; ``kind`` is what it gives, of each member where a ``series``."""

    term: Term
    kind: str
    series: bool = False
    column: Column | None = None


def bind(term: Term, around: Surroundings, subject: str = "") -> Bound:
    """Bind a whole term; ``subject`` is the table by whose rows its formula is read.

    Raises Unbound.
    """
    return _Binder(around, subject).bind(term, (subject,) if subject else ())


def bind_row(term: Term, around: Surroundings, table: str) -> Term:
    """Bind a condition on the rows of a table; raises Unbound."""
    return _Binder(around, "").truth(term, (table,))


class _Binder:
    def __init__(self, around: Surroundings, subject: str) -> None:
        self.around = around
        self.subject = subject

    def bind(self, term: Term, tables: tuple[str, ...], *, member: str = "") -> Bound:
        """Bind a term among the rows of ``tables``, innermost first.

        ``member`` is the kind of a series' member, where ``value`` means one.
        """
        match term:
            case Literal(value=value):
                return Bound(term, TEXT_ if isinstance(value, str) else NUMBER_)
            case Ref():
                return self._ref(term, tables, member)
            case Binary():
                return self._binary(term, tables, member)
            case Comparison():
                return self._comparison(term, tables, member)
            case Known(term=part, unknown=unknown):
                return Bound(Known(self.bind(part, tables, member=member).term, unknown), TRUTH)
            case Logic(operator=operator, parts=parts):
                bound = tuple(self.truth(part, tables, member=member) for part in parts)
                return Bound(Logic(operator, bound), TRUTH)
            case Not(part=part):
                return Bound(Not(self.truth(part, tables, member=member)), TRUTH)
            case Func():
                return self._func(term, tables, member)
            case Aggregate():
                return self._aggregate(term, tables)
            case Choice():
                raise Unbound("several values in brackets stand behind 'in' only")

    def truth(self, term: Term, tables: tuple[str, ...], *, member: str = "") -> Term:
        """Bind a condition."""
        bound = self.bind(term, tables, member=member)
        if bound.kind != TRUTH or bound.series:
            raise Unbound("a condition is needed here, such as amount > 0 or kind == new")
        return bound.term

    def _number(self, term: Term, tables: tuple[str, ...], member: str) -> Bound:
        bound = self.bind(term, tables, member=member)
        if bound.kind != NUMBER_:
            raise Unbound(f"a number is needed, not a {bound.kind}")
        return bound

    # --- names --------------------------------------------------------------------------------

    def _ref(self, ref: Ref, tables: tuple[str, ...], member: str) -> Bound:
        name = ref.name
        if ref.owner == SUBJECT:
            if not self.subject:
                raise Unbound("subject is known in topics with 'per' only", name)
            found = self._in_row(name, self.subject)
            if found is None:
                raise Unbound(f"{self.subject} has no column or figure '{name}'", name)
            return found._replace(term=Ref(name, SUBJECT))
        if name in ATOMS:
            return self._atom(name, member)
        for table in tables:
            found = self._in_row(name, table)
            if found is not None:
                return found
        per = self.around.per(name)
        if per is None and name.endswith((".lower", ".upper")):  # the edge of a band
            return Bound(Ref(name), NUMBER_)
        if per == "":
            return Bound(Ref(name), NUMBER_)
        if per:
            message = f"'{name}' is read for each row of {per}: aggregate it over that table"
            raise Unbound(message)
        known = (c for t in tables for c in self.around.tables[t].columns)
        raise Unbound(f"'{name}' is no column and no figure", name, tuple(known))

    def _in_row(self, name: str, table: str) -> Bound | None:
        column = self.around.tables[table].columns.get(name)
        if column is not None:
            return Bound(Ref(name, table), _kind_of(column), column=column)
        if self.around.per(name) == table:
            return Bound(Ref(name, table), NUMBER_)
        return None

    @staticmethod
    def _atom(name: str, member: str) -> Bound:
        if name == "as_of":
            return Bound(Ref(name, ATOM), DATE_)
        if name in ("this_month", "whole_month"):
            return Bound(Ref(name, ATOM), WINDOW)
        if name == "value":
            if not member:
                raise Unbound("value is known in the condition on a series only", name)
            return Bound(Ref(name, ATOM), member)
        raise Unbound(f"'{name}' cannot stand here", name)

    # --- arithmetic and comparisons -------------------------------------------------------------

    def _binary(self, term: Binary, tables: tuple[str, ...], member: str) -> Bound:
        left = self._number(term.left, tables, member)
        right = self._number(term.right, tables, member)
        made = Binary(term.operator, left.term, right.term)
        return Bound(made, NUMBER_, series=left.series or right.series)

    def _comparison(self, term: Comparison, tables: tuple[str, ...], member: str) -> Bound:
        left = self._side(term.left, term.right, tables, member)
        right = self._side(term.right, term.left, tables, member)
        if left.series or right.series:
            raise Unbound("a series is compared inside an aggregate: count(…, where=value > 0)")
        if term.operator == "in":
            if left.kind == DATE_ and right.kind == WINDOW:
                return Bound(Comparison("in", left.term, right.term), TRUTH)
            if not isinstance(right.term, Choice):
                raise Unbound("behind 'in' stands a window of time or several values in brackets")
        elif isinstance(right.term, Choice) or isinstance(left.term, Choice):
            raise Unbound("several values in brackets stand behind 'in' only")
        flag = _flag(term.operator, left, right)
        if flag is not None:
            return Bound(flag, TRUTH)
        if WINDOW in (left.kind, right.kind):
            # month == this_month: the column holds the first day of a month
            return self._in_window(term.operator, left, right)
        like = {left.kind, right.kind}
        if len(like) > 1 and like != {WORDS, TEXT_}:
            raise Unbound(f"a {left.kind} is compared with a {right.kind}")
        if left.kind in (WORDS, TEXT_, TRUTH) and term.operator not in ("==", "!=", "in"):
            raise Unbound("words have no order: compare them with == or !=")
        return Bound(Comparison(term.operator, left.term, right.term), TRUTH)

    @staticmethod
    def _in_window(operator: str, left: Bound, right: Bound) -> Bound:
        day, window = (left, right) if right.kind == WINDOW else (right, left)
        if day.kind != DATE_ or operator not in ("==", "!="):
            raise Unbound("a window of time is compared with a date: cash_on in this_month")
        within = Comparison("in", day.term, window.term)
        return Bound(within if operator == "==" else Not(within), TRUTH)

    def _side(self, term: Term, other: Term, tables: tuple[str, ...], member: str) -> Bound:
        """Bind one side of a comparison; beside a column of words a name is one of its words."""
        if isinstance(term, Choice):
            sides = [self._side(part, other, tables, member) for part in term.parts]
            kinds = {side.kind for side in sides}
            if len(kinds) != 1:
                raise Unbound("the values in brackets are of several kinds")
            return Bound(Choice(tuple(side.term for side in sides)), kinds.pop())
        if isinstance(term, Ref) and not term.owner and isinstance(other, Ref):
            column = self._column(other, tables)
            if column is not None and column.kind == FLAG and term.name in ("yes", "no"):
                return Bound(Literal(term.name), TRUTH)
            if column is not None and column.kind == WORD:
                if term.name not in column.words:
                    if self._column(term, tables) is not None:
                        return self.bind(term, tables, member=member)
                    message = f"'{term.name}' is no word of {column.id}"
                    raise Unbound(message, term.name, tuple(column.words))
                return Bound(Literal(term.name), WORDS)
        return self.bind(term, tables, member=member)

    def _column(self, ref: Ref, tables: tuple[str, ...]) -> Column | None:
        if ref.owner == SUBJECT:
            tables = (self.subject,) if self.subject else ()
        columns = (self.around.tables[table].columns.get(ref.name) for table in tables)
        return next((column for column in columns if column is not None), None)

    # --- functions ----------------------------------------------------------------------------

    def _func(self, term: Func, tables: tuple[str, ...], member: str) -> Bound:
        name, arguments = term.function, term.arguments
        if name in ("last", "ago"):
            bare = (Ref(a.name, ATOM) if isinstance(a, Ref) else a for a in arguments)
            return Bound(Func(name, tuple(bare)), WINDOW if name == "last" else DATE_)
        bound = [self.bind(argument, tables, member=member) for argument in arguments]
        made = Func(name, tuple(each.term for each in bound))
        kinds = [each.kind for each in bound]
        if name in ("top", "bottom"):
            if kinds != [NUMBER_, NUMBER_] or bound[0].series or not bound[1].series:
                raise Unbound(f"write {name}(5, sum(…, by=…)): a number and a series")
            return Bound(made, NUMBER_, series=True)
        if name == "either":
            if len(set(kinds)) > 1:
                raise Unbound("the arguments of either() are of several kinds")
            return Bound(made, kinds[0])
        if any(each.series for each in bound):
            raise Unbound(f"{name}() takes no series")
        if name == "working_days":
            wanted = [WINDOW]
        elif name in ("abs", "round", "floor", "min", "max"):
            wanted = [NUMBER_] * len(kinds)
        else:
            wanted = [DATE_] * len(kinds)
        if kinds != wanted:
            raise Unbound(f"{name}() takes a {wanted[0]}, not a {', a '.join(kinds)}")
        return Bound(made, DATE_ if name == "month" else NUMBER_)

    # --- aggregates ---------------------------------------------------------------------------

    def _aggregate(self, term: Aggregate, tables: tuple[str, ...]) -> Bound:
        if not term.over:
            return self._reduction(term, tables)
        selection = self.around.selections.get(term.over)
        table = selection.of if selection else term.over
        if table not in self.around.tables:
            known = (*self.around.tables, *self.around.selections)
            raise Unbound(f"'{term.over}' is no table of records", term.over, known)
        rows = (table, *tables)
        of = self.bind(term.of, rows) if term.of is not None else None
        if of is not None and of.series:
            raise Unbound("a series cannot stand in a row")
        self._check_of(term, of, table)
        where = self.truth(term.where, rows) if term.where is not None else None
        if selection is not None:
            own = _Binder(self.around, "").truth(selection.where, (table,))
            where = own if where is None else Logic("and", (own, where))
        by = self._key(term.by, rows) if term.by is not None else None
        none = self.bind(term.none, tables) if term.none is not None else None
        kind = of.kind if of is not None and term.function in ("min", "max") else NUMBER_
        if none is not None and (none.kind != kind or by is not None):
            raise Unbound(f"none gives a {kind} where no row takes part")
        made = Aggregate(
            term.function,
            of.term if of else None,
            table,
            term.weight,
            where,
            by,
            none.term if none else None,
            term.least,
        )
        return Bound(made, kind, series=by is not None)

    def _check_of(self, term: Aggregate, of: Bound | None, table: str) -> None:
        function = term.function
        if term.weight:
            column = self.around.tables[table].columns.get(term.weight)
            if column is None or column.kind not in NUMERIC:
                known = tuple(self.around.tables[table].columns)
                raise Unbound(f"{table} has no number '{term.weight}'", term.weight, known)
        if of is None:
            return
        if function in ("share", "count") and of.kind != TRUTH:
            raise Unbound(f"{function}() takes a condition")
        if function in ("min", "max") and of.kind not in (NUMBER_, DATE_):
            raise Unbound(f"{function}() takes numbers or dates, not a {of.kind}")
        if function in ("sum", "mean", "median", "stdev") and of.kind != NUMBER_:
            raise Unbound(f"{function}() takes numbers, not a {of.kind}")

    def _key(self, term: Term, rows: tuple[str, ...]) -> Term:
        """Bind what rows are grouped by; ``month in last(6, months)`` takes each of the months."""
        if isinstance(term, Comparison) and term.operator == "in":
            key, window = self.bind(term.left, rows), self.bind(term.right, rows)
            monthly = (key.column is not None and key.column.kind == "month") or (
                isinstance(term.left, Func) and term.left.function == "month"
            )
            if window.kind != WINDOW or not monthly:
                raise Unbound("write by=month in last(6, months), or by=month(signed_on) in …")
            return Comparison("in", key.term, window.term)
        bound = self.bind(term, rows)
        if bound.series or bound.kind == WINDOW:
            raise Unbound("rows are grouped by a column, or by the month of a date")
        return bound.term

    def _reduction(self, term: Aggregate, tables: tuple[str, ...]) -> Bound:
        """Bind an aggregate of the members of a series."""
        if term.of is None or term.function in ("share", "distinct") or term.by is not None:
            raise Unbound(f"{term.function}() needs a table: over=…")
        of = self.bind(term.of, tables)
        if not of.series:
            raise Unbound(f"{term.function}() needs a table, or a series made with by=")
        where = None
        if term.where is not None:
            where = self.truth(term.where, tables, member=of.kind)
        none = self.bind(term.none, tables) if term.none is not None else None
        instead = none.term if none else None
        made = Aggregate(term.function, of.term, where=where, none=instead, least=term.least)
        return Bound(made, NUMBER_ if term.function == "count" else of.kind)


def _flag(operator: str, left: Bound, right: Bound) -> Term | None:
    """Write ``flag == no`` as a condition by itself."""
    match right.term:
        case Literal(value="yes" | "no" as word) if left.kind == TRUTH == right.kind:
            return left.term if (word == "yes") is (operator == "==") else Not(left.term)
    return None


def _kind_of(column: Column) -> str:
    if column.kind in NUMERIC:
        return NUMBER_
    if column.kind in DATED:
        return DATE_
    return {FLAG: TRUTH, WORD: WORDS}.get(column.kind, TEXT_)


def outer_figures(term: Term) -> tuple[str, ...]:
    """Return the figures outside all rows that a bound term uses."""
    return tuple(dict.fromkeys(t.name for t in inner(term) if isinstance(t, Ref) and not t.owner))
