"""Terms over records: aggregates of rows with filter, window and grouping, as a tree.

``sum(orders.cash_amount, where=kind == new, by=month(cash_on) in last(6, months))``
"""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.expression import ExpressionError, nested_calls, parse_expression


class TermError(ValueError):
    """A term that cannot be read; ``offset`` is the place of the fault in its text, from 0."""

    def __init__(self, message: str, offset: int) -> None:
        self.offset = offset
        super().__init__(message)


class Literal(NamedTuple):
    """A number, or a text in quotes."""

    value: Decimal | str


class Ref(NamedTuple):
    """A name: a column of the row, an indicator, a question, a word or one of ``ATOMS``.

    ``owner`` is ``subject`` where the row is meant that the whole formula is about.
    """

    name: str
    owner: str = ""


class Binary(NamedTuple):
    """``+ - * /`` of two terms."""

    operator: str
    left: "Term"
    right: "Term"


class Comparison(NamedTuple):
    """``== != < <= > >= in`` of two terms."""

    operator: str
    left: "Term"
    right: "Term"


class Known(NamedTuple):
    """``X is known``, or with ``unknown`` the contrary."""

    term: "Term"
    unknown: bool


class Logic(NamedTuple):
    """``and`` or ``or`` of conditions."""

    operator: str
    parts: tuple["Term", ...]


class Not(NamedTuple):
    """``not`` of a condition."""

    part: "Term"


class Choice(NamedTuple):
    """Several values of which one is meant: ``channel in (internet, newspaper)``."""

    parts: tuple["Term", ...]


class Func(NamedTuple):
    """A function of terms, such as ``months_since(hire_date)`` or ``last(3, months)``."""

    function: str
    arguments: tuple["Term", ...]


class Aggregate(NamedTuple):
    """One figure, or with ``by`` a series of figures, of many rows.

    ``of`` is what is aggregated in each row of ``over``, a table or selection; with ``over`` empty
    it is a series. ``weight`` is the column that a share is a share of. ``where`` says which rows
    or members take part, ``none`` what the figure is where no row does. Of fewer than ``least``
    rows or members that are known no figure is made.
    """

    function: str
    of: "Term | None"
    over: str = ""
    weight: str = ""
    where: "Term | None" = None
    by: "Term | None" = None
    none: "Term | None" = None
    least: int = 0


Term = Literal | Ref | Binary | Comparison | Known | Logic | Not | Choice | Func | Aggregate

AGGREGATES = frozenset(
    ("count", "sum", "mean", "median", "min", "max", "share", "stdev", "distinct")
)
SERIES_FUNCTIONS = {"top": (2, 2), "bottom": (2, 2)}
FUNCTIONS = {
    "abs": (1, 1),
    "round": (1, 2),
    "floor": (1, 1),
    "min": (2, 99),
    "max": (2, 99),
    "either": (2, 99),
    "month": (1, 1),
    "third": (1, 1),
    "workday": (1, 1),
    "workdays_left": (1, 1),
    "days_since": (1, 1),
    "weeks_since": (1, 1),
    "months_since": (1, 1),
    "workdays_since": (1, 1),
    "days_between": (2, 2),
    "months_between": (2, 2),
    "working_days": (1, 1),
    "ago": (2, 2),
    "last": (2, 3),
    **SERIES_FUNCTIONS,
}
"""The functions of terms and how many arguments each takes, least and most."""
UNITS = ("days", "weeks", "months")  # that windows are counted in
ATOMS = ("as_of", "this_month", "whole_month", "value", "yes", "no", *UNITS)
"""Names with a meaning of their own: the day read, its month so far and whole, a series' member."""

MOST_NESTED = 3
STARTERS = frozenset((AGGREGATES | FUNCTIONS.keys()) - {"abs", "min", "max"})
"""The functions by which a formula knows that a term over records begins."""

SUBJECT = "subject"
_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
}
_EDGES = ("lower", "upper")
_KEYWORDS = frozenset(("over", "of", "where", "by", "none", "at_least"))


def begins_term(node: ast.expr) -> bool:
    """Say whether a call of a formula is a term over records rather than arithmetic of figures."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords):
            if name in STARTERS:
                return True
            if name in ("min", "max"):
                return bool(keywords) or len(arguments) == 1
    return False


def parse_term(text: str) -> Term:
    """Read a term that stands by itself, such as the filter of a selection.

    Raises TermError with the offset of the fault.
    """
    try:
        tree = parse_expression(text.strip(), "a condition")
    except ExpressionError as error:
        raise TermError(str(error), error.offset) from error
    return read_term(tree, text.strip())


def read_term(node: ast.expr, text: str) -> Term:
    """Read a term from the tree of Python's parser; raises TermError."""
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return Literal(Decimal(ast.get_source_segment(text, node) or "0"))
        case ast.Constant(value=str(word)):
            return Literal(word)
        case ast.Name(id=name):
            return Ref(name)
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner == SUBJECT:
            return Ref(name, SUBJECT)
        case ast.Attribute() if (path := dotted(node)) is not None and path.count(".") > 1:
            return Ref(path)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Binary("-", Literal(Decimal(0)), read_term(operand, text))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(read_term(operand, text))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _BINARY:
            return Binary(_BINARY[type(operator)], read_term(left, text), read_term(right, text))
        case ast.BoolOp(op=operator, values=values):
            word = "and" if isinstance(operator, ast.And) else "or"
            return Logic(word, tuple(read_term(value, text) for value in values))
        case ast.Compare(left=left, ops=operators, comparators=others):
            return _comparison(left, operators, others, text)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return Choice(tuple(read_term(part, text) for part in parts))
        case ast.Call(func=ast.Name(id=name)):
            return _call(node, name, text)
    raise TermError(
        "in a term over records only names, numbers, words, + - * /, comparisons, and, or, not, "
        "in, is known and functions are known",
        node.col_offset,
    )


def dotted(node: ast.expr) -> str | None:
    """Return a name of several parts, such as that of a question: ``sales.rhythm.goal_height``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            before = dotted(value)
            return None if before is None else f"{before}.{name}"
    return None


def _comparison(
    left: ast.expr, operators: list[ast.cmpop], others: list[ast.expr], text: str
) -> Term:
    found: list[Term] = []
    for operator, right in zip(operators, others, strict=True):
        match operator, right:
            case ((ast.Is() | ast.IsNot()), ast.Name(id="known" | "unknown" as word)):
                unknown = (word == "unknown") is isinstance(operator, ast.Is)
                found.append(Known(read_term(left, text), unknown))
            case (
                (ast.Is() | ast.IsNot()),
                ast.UnaryOp(op=ast.Not(), operand=ast.Name(id="known")),
            ):
                found.append(Known(read_term(left, text), isinstance(operator, ast.Is)))
            case ast.NotIn(), _:
                inner = Comparison("in", read_term(left, text), read_term(right, text))
                found.append(Not(inner))
            case _ if type(operator) in _COMPARISONS:
                sign = _COMPARISONS[type(operator)]
                found.append(Comparison(sign, read_term(left, text), read_term(right, text)))
            case _:
                raise TermError("write 'is known' or 'is unknown'", right.col_offset)
        left = right
    return found[0] if len(found) == 1 else Logic("and", tuple(found))


def _call(node: ast.Call, name: str, text: str) -> Term:
    if name in _EDGES:
        match node.args:
            case [ast.Name(id=indicator), ast.Name(id=band)] if not node.keywords:
                return Ref(f"{indicator}.{band}.{name}")
        raise TermError(f"{name}() takes an indicator and one of its bands", node.col_offset)
    if name in AGGREGATES and (name not in FUNCTIONS or node.keywords or len(node.args) == 1):
        return _aggregate(node, name, text)
    if name not in FUNCTIONS:
        raise TermError(f"unknown function {name}", node.col_offset)
    least, most = FUNCTIONS[name]
    if node.keywords or not least <= len(node.args) <= most:
        raise TermError(f"{name}() takes {_count(least, most)}", node.col_offset)
    arguments = tuple(read_term(argument, text) for argument in node.args)
    if name in ("last", "ago"):
        _check_window(name, arguments, node.col_offset)
    return Func(name, arguments)


def _check_window(name: str, arguments: tuple[Term, ...], offset: int) -> None:
    counts = (arguments[0], *arguments[2:])
    whole = all(
        isinstance(c, Literal)
        and isinstance(c.value, Decimal)
        and c.value == c.value.to_integral_value()
        and 0 <= c.value <= 10_000
        for c in counts
    )
    match arguments[1]:
        case Ref(name=unit) if unit in UNITS and whole:
            return
    raise TermError(f"write {name}(3, months), with days, weeks or months", offset)


def _count(least: int, most: int) -> str:
    if least == most:
        return "one argument" if least == 1 else f"{least} arguments"
    return f"{least} or more arguments" if most > 9 else f"{least} to {most} arguments"


def _aggregate(node: ast.Call, name: str, text: str) -> Aggregate:
    named: dict[str, ast.expr] = {}
    for keyword in node.keywords:
        if keyword.arg not in _KEYWORDS or keyword.arg == "of":
            hint = "over, where, by, none and at_least"
            raise TermError(f"{name}() takes {hint} by name", keyword.value.col_offset)
        named[keyword.arg] = keyword.value
    if len(node.args) > 1:
        raise TermError(f"{name}() takes one argument without a name", node.col_offset)
    over, weight, of = "", "", None
    first = node.args[0] if node.args else None
    if "over" in named:
        over, weight = _place(named["over"], name)
        if weight and name != "share":
            raise TermError("over takes a table", named["over"].col_offset)
        of = read_term(first, text) if first is not None else None
    else:
        match first:
            case ast.Attribute(value=ast.Name(id=table), attr=column) if table != SUBJECT:
                over, of = table, Ref(column)
                if name == "share":
                    weight, of = column, None
            case ast.Name(id=table) if name in ("count", "share"):
                over = table
            case None:
                raise TermError(f"{name}() needs a table", node.col_offset)
            case ast.Name() | ast.Constant():
                message = f"{name}() takes a column (orders.amount), a term with over=, or a series"
                raise TermError(message, node.col_offset)
            case _:
                of = read_term(first, text)
    if name == "share" and over and (of is None) is ("by" not in named):
        message = "write share(condition, over=table) or share(table, by=column)"
        raise TermError(message, node.col_offset)
    if over and of is None and name not in ("count", "share"):
        raise TermError(f"{name}() needs something to work on", node.col_offset)
    least = _least(named.pop("at_least", None), name, grouped="by" in named)
    if nested_calls(node, AGGREGATES) > MOST_NESTED:
        raise TermError(f"more than {MOST_NESTED} aggregates inside each other", node.col_offset)
    parts = {key: read_term(value, text) for key, value in named.items() if key != "over"}
    return Aggregate(
        function=name,
        of=of,
        over=over,
        weight=weight,
        where=parts.get("where"),
        by=parts.get("by"),
        none=parts.get("none"),
        least=least,
    )


def _least(node: ast.expr | None, name: str, *, grouped: bool) -> int:
    match node:
        case None:
            return 0
        case ast.Constant(value=int(least)) if least > 1 and not grouped:
            return least
    what = "stands with one figure, not with by" if grouped else "is a whole number from 2"
    raise TermError(f"at_least of {name}() {what}", node.col_offset)


def _place(node: ast.expr, name: str) -> tuple[str, str]:
    match node:
        case ast.Name(id=table):
            return table, ""
        case ast.Attribute(value=ast.Name(id=table), attr=column):
            return table, column
    raise TermError(f"over of {name}() names a table", node.col_offset)


def inner(term: Term) -> Iterator[Term]:
    """Yield a term and every term inside it."""
    yield term
    match term:
        case Binary(left=left, right=right) | Comparison(left=left, right=right):
            yield from inner(left)
            yield from inner(right)
        case Known(term=part) | Not(part=part):
            yield from inner(part)
        case Logic(parts=parts) | Choice(parts=parts) | Func(arguments=parts):
            for part in parts:
                yield from inner(part)
        case Aggregate():
            for each in (term.of, term.where, term.by, term.none):
                if each is not None:
                    yield from inner(each)


def names_of(term: Term) -> tuple[str, ...]:
    """Return every name in a term, be it a column, a figure or a word, each once."""
    return tuple(dict.fromkeys(t.name for t in inner(term) if isinstance(t, Ref)))


def tables_of(term: Term) -> tuple[str, ...]:
    """Return the tables and selections that a term aggregates over, each once."""
    return tuple(dict.fromkeys(t.over for t in inner(term) if isinstance(t, Aggregate) and t.over))


def tidy(text: str) -> str:
    """Write a term on one line, as it was written."""
    return re.sub(r"\s+", " ", text).strip()
