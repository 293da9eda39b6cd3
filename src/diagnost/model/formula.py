"""Formulas of the knowledge base: parsed once, evaluated on exact decimals, never by eval."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import reduce
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.terms import (
    Term,
    TermError,
    begins_term,
    dotted,
    names_of,
    read_term,
    tables_of,
    tidy,
)

MOMENTS = ("now", "previous", "first")
"""Which period a name is taken from: this one, the one before, the first one given."""


class Missing(NamedTuple):
    """Why there is no number: a reason code and the line items or answers that would be needed."""

    reason: str
    needs: tuple[str, ...] = ()


Lookup = Callable[[str, str], Decimal | Missing]
"""``lookup(name, moment)`` gives the value of a name in a moment of ``MOMENTS``."""

Reckon = Callable[["OverRecords"], Decimal | Missing]
"""Gives the value of a term over records."""


class FormulaError(ValueError):
    """A formula that cannot be read; ``offset`` is the place of the fault in its text, from 0."""

    def __init__(self, message: str, offset: int) -> None:
        self.offset = offset
        super().__init__(message)


class Number(NamedTuple):
    """A constant."""

    value: Decimal


class Name(NamedTuple):
    """A line item, an indicator, a number of the context, ``days`` or ``year_days``.

    ``days`` is the length of the period, ``year_days`` that of a year.

    The edge of a band, ``lower(WPB, safe)``, goes by the name ``WPB.safe.lower``, the figure of
    another group, ``sector(CRN)``, by ``CRN@sector``.
    """

    name: str
    moment: str = "now"

    @property
    def elsewhere(self) -> tuple[str, str] | None:
        """Return indicator and group where the name is a figure of other firms."""
        indicator, mark, group = self.name.partition("@")
        return (indicator, group) if mark else None


class Operation(NamedTuple):
    """``+ - * /`` between two terms."""

    operator: str
    left: "Node"
    right: "Node"


class Call(NamedTuple):
    """``abs``, ``min`` or ``max`` of terms."""

    function: str
    arguments: tuple["Node", ...]


class OverRecords(NamedTuple):
    """A term over records: ``sum(orders.amount, where=kind == new)``; ``text`` as written."""

    term: Term
    text: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name inside, be it a column, a figure or a word."""
        return names_of(self.term)


Node = Number | Name | Operation | Call | OverRecords

_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_FUNCTIONS = {"abs": 1, "min": 2, "max": 2}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written and as a tree; ``at`` is where it stands, if it was read from a file."""

    text: str
    tree: Node
    at: At | None = field(default=None, compare=False)

    @property
    def names(self) -> tuple[Name, ...]:
        """Return the names used, in order of appearance, each once."""
        return tuple(dict.fromkeys(_names(self.tree)))

    @property
    def terms(self) -> tuple[OverRecords, ...]:
        """Return the terms over records, in order of appearance, each once."""
        return tuple(dict.fromkeys(_terms(self.tree)))

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables and selections of records that are aggregated, each once."""
        return tuple(dict.fromkeys(t for over in self.terms for t in tables_of(over.term)))

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return the names used, also those inside terms over records, words among them."""
        plain = (name.name for name in self.names)
        return tuple(dict.fromkeys((*plain, *(n for over in self.terms for n in over.names))))

    def place_of(self, name: str) -> At | None:
        """Return where a name stands in the file, as far as the formula's own place tells."""
        found = re.search(rf"\b{re.escape(name)}\b", self.text)
        if self.at is None or found is None:
            return self.at
        return self.at._replace(column=self.at.column + found.start(), width=len(name))

    def evaluate(self, lookup: Lookup, reckon: Reckon | None = None) -> Decimal | Missing:
        """Compute the value, or say why there is none.

        A missing name makes the result missing and collects everything that is needed;
        a division by zero gives the reason ``zero_denominator``. ``reckon`` gives the terms over
        records; without it they are missing.
        """
        with localcontext() as context:
            context.prec = 28
            return _evaluate(self.tree, lookup, reckon or _no_records)

    def written(self, write: "Write") -> str:
        """Write the formula with each name and term over records replaced, as on a printed page."""
        return _write(self.tree, write, 0)

    def named(self, write: "Write") -> str:
        """Write the formula as ``written`` does, an average as one name (moment ``average``)."""
        return _write(_with_averages_named(self.tree), write, 0)

    def averaged(self, is_balance: Callable[[str], bool]) -> "Formula | None":
        """Return the formula on averages of opening and closing balances; None if it has none.

        Every balance of the present moment is averaged with the same of the period before.
        """
        tree = _averaged(self.tree, is_balance)
        if tree == self.tree:
            return None
        return Formula(_source(_with_averages_named(tree), 0), tree, self.at)


Write = Callable[[Name | OverRecords], str]
"""Writes a name or a term over records of a formula."""


def parse(text: str) -> Formula:
    """Read a formula: names, numbers, ``+ - * / ( )``, ``abs min max``, ``previous first average``.

    Aggregates and functions of records (``diagnost.model.terms``) stand where names do.

    ``lower(WPB, safe)`` and ``upper(WPB, safe)`` are the edges of a band of a norm, so that a
    threshold stands in one place. ``sector(CRN)`` is what the indicator is in the sector,
    ``others(CRN, competitors)`` what it is in another group of firms.
    Raises FormulaError with the offset of the fault.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = getattr(error, "offset", None) or 1
        raise FormulaError("not a formula", offset - 1) from error
    return Formula(text.strip(), _read(tree, "now", text.strip()))


def own_name(symbol: str) -> Formula:
    """Return what stands for a formula where an indicator is only ever given: its own name."""
    return Formula(symbol, Name(symbol))


def _read(node: ast.expr, moment: str, text: str) -> Node:
    if begins_term(node):
        if moment != "now":
            raise FormulaError(f"records have no {moment}()", node.col_offset)
        try:
            term = read_term(node, text)
        except TermError as error:
            raise FormulaError(str(error), error.offset) from error
        return OverRecords(term, tidy(ast.get_source_segment(text, node) or ""))
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return Number(Decimal(ast.get_source_segment(text, node) or "0"))
        case ast.Name(id=name):
            return Name(name, moment)
        case ast.Attribute() if (path := dotted(node)) is not None and path.count(".") > 1:
            return Name(path, moment)
        case ast.Attribute():
            return OverRecords(
                _row_name(node, text), tidy(ast.get_source_segment(text, node) or "")
            )
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            return Operation(
                _OPERATORS[type(operator)], _read(left, moment, text), _read(right, moment, text)
            )
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Operation("-", Number(Decimal(0)), _read(operand, moment, text))
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            return _read_call(node, function, arguments, moment, text)
    raise FormulaError(
        "only names, numbers, + - * / ( ) and abs, min, max, previous, first, average are known",
        node.col_offset,
    )


def _row_name(node: ast.expr, text: str) -> Term:
    try:
        return read_term(node, text)
    except TermError as error:
        raise FormulaError(str(error), error.offset) from error


def _no_records(over: OverRecords) -> Decimal | Missing:
    return Missing("missing", tables_of(over.term))


def _terms(node: Node) -> list[OverRecords]:
    match node:
        case OverRecords():
            return [node]
        case Operation(left=left, right=right):
            return _terms(left) + _terms(right)
        case Call(arguments=arguments):
            return [over for argument in arguments for over in _terms(argument)]
        case _:
            return []


def _read_call(
    node: ast.expr, function: str, arguments: list[ast.expr], moment: str, text: str
) -> Node:
    if function in ("previous", "first", "average"):
        if len(arguments) != 1:
            raise FormulaError(f"{function}() takes one argument", node.col_offset)
        if moment != "now":
            raise FormulaError(f"{function}() cannot stand inside {moment}()", node.col_offset)
        if function == "average":
            now, before = (_read(arguments[0], m, text) for m in ("now", "previous"))
            return Operation("/", Operation("+", now, before), Number(Decimal(2)))
        return _read(arguments[0], function, text)
    if function in ("lower", "upper"):
        match arguments:
            case [ast.Name(id=indicator), ast.Name(id=band)]:
                return Name(f"{indicator}.{band}.{function}")
        message = f"{function}() takes an indicator and one of its bands"
        raise FormulaError(message, node.col_offset)
    if function in ("sector", "others"):
        match function, arguments:
            case "sector", [ast.Name(id=indicator)]:
                return Name(f"{indicator}@sector", moment)
            case "others", [ast.Name(id=indicator), ast.Name(id=group)]:
                return Name(f"{indicator}@{group}", moment)
        message = "write sector(CRN) or others(CRN, competitors)"
        raise FormulaError(message, node.col_offset)
    least = _FUNCTIONS.get(function)
    if least is None:
        raise FormulaError(f"unknown function {function}", node.col_offset)
    if len(arguments) < least or (least == 1 and len(arguments) > 1):
        raise FormulaError(f"{function}() takes {least} or more arguments", node.col_offset)
    return Call(function, tuple(_read(a, moment, text) for a in arguments))


def _names(node: Node) -> list[Name]:
    match node:
        case Name():
            return [node]
        case Operation(left=left, right=right):
            return _names(left) + _names(right)
        case Call(arguments=arguments):
            return [name for argument in arguments for name in _names(argument)]
        case _:
            return []


def _evaluate(node: Node, lookup: Lookup, reckon: Reckon) -> Decimal | Missing:
    match node:
        case Number(value=value):
            return value
        case Name(name=name, moment=moment):
            return lookup(name, moment)
        case OverRecords():
            return reckon(node)
        case Operation(operator=operator, left=left, right=right):
            sides = [_evaluate(left, lookup, reckon), _evaluate(right, lookup, reckon)]
            return _apply(operator, sides)
        case Call(function=function, arguments=arguments):
            return _apply(function, [_evaluate(a, lookup, reckon) for a in arguments])


def _apply(operator: str, values: list[Decimal | Missing]) -> Decimal | Missing:
    missing = [value for value in values if isinstance(value, Missing)]
    if missing:
        # A reason other than a plain gap (no sales, negative equity) says more: it comes first.
        first = next((m for m in missing if m.reason != "missing"), missing[0])
        return Missing(first.reason, tuple(dict.fromkeys(n for m in missing for n in m.needs)))
    numbers = [value for value in values if isinstance(value, Decimal)]
    match operator:
        case "+":
            return numbers[0] + numbers[1]
        case "-":
            return numbers[0] - numbers[1]
        case "*":
            return numbers[0] * numbers[1]
        case "/":
            return numbers[0] / numbers[1] if numbers[1] else Missing("zero_denominator")
        case "abs":
            return abs(numbers[0])
        case "min":
            return reduce(min, numbers)
        case _:
            return reduce(max, numbers)


def _averaged(node: Node, is_balance: Callable[[str], bool]) -> Node:
    match node:
        case Name(name=name, moment="now") if is_balance(name):
            return _average(node, Name(name, "previous"))
        case Operation(operator=operator, left=left, right=right):
            return Operation(operator, _averaged(left, is_balance), _averaged(right, is_balance))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(_averaged(a, is_balance) for a in arguments))
        case _:
            return node


def _average(now: Node, before: Node) -> Operation:
    return Operation("/", Operation("+", now, before), Number(Decimal(2)))


def _with_averages_named(node: Node) -> Node:
    """Put a name of the moment ``average`` for every average of a name over two periods."""
    match node:
        case Operation(left=Operation(left=Name(name=name, moment="now"))) if node == _average(
            Name(name), Name(name, "previous")
        ):
            return Name(name, "average")
        case Operation(operator=operator, left=left, right=right):
            return Operation(operator, _with_averages_named(left), _with_averages_named(right))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(_with_averages_named(a) for a in arguments))
        case _:
            return node


def _source(node: Node, outer: int) -> str:
    """Write a tree as the knowledge base would write its formula."""
    match node:
        case Name(name=name, moment=moment):
            parts = name.split(".")
            if node.elsewhere is not None:
                indicator, group = node.elsewhere
                return f"{group}({indicator})"
            if len(parts) == 3:  # the edge of a band
                return f"{parts[2]}({parts[0]}, {parts[1]})"
            return name if moment == "now" else f"{moment}({name})"
        case Number(value=value):
            return str(value)
        case OverRecords(text=text):
            return text
        case Operation(operator=operator, left=left, right=right):
            rank = _RANK[operator]
            right_rank = rank + 1 if operator in "-/" else rank
            text = f"{_source(left, rank)} {operator} {_source(right, right_rank)}"
            return f"({text})" if rank < outer else text
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_source(a, 0) for a in arguments)})"


_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "/"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def _write(node: Node, write: Write, outer: int) -> str:
    match node:
        case Number(value=value):
            return str(value)
        case Name() | OverRecords():
            return write(node)
        case Operation(operator="-", left=Number(value=zero), right=right) if not zero:
            return f"−{_write(right, write, 2)}"
        case Operation(operator=operator, left=left, right=right):
            rank = _RANK[operator]
            # The right side of − and / needs brackets already at equal rank.
            right_rank = rank + 1 if operator in "-/" else rank
            text = (
                f"{_write(left, write, rank)} {_SIGNS[operator]} {_write(right, write, right_rank)}"
            )
            return f"({text})" if rank < outer else text
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_write(a, write, 0) for a in arguments)})"
