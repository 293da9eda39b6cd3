"""Formulas of the knowledge base as they are read: parsed once, never by eval."""

import ast
from decimal import Decimal

from diagnost.model.expression import ExpressionError, parse_expression
from diagnost.model.formula import Formula
from diagnost.model.formula_tree import Call, Name, Node, Number, Operation, OverRecords
from diagnost.model.terms import Term, TermError, begins_term, dotted, read_term, tidy


class FormulaError(ValueError):
    """A formula that cannot be read; ``offset`` is the place of the fault in its text, from 0."""

    def __init__(self, message: str, offset: int) -> None:
        self.offset = offset
        super().__init__(message)


_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_FUNCTIONS = {"abs": 1, "min": 2, "max": 2}


def parse(text: str) -> Formula:
    """Read a formula: names, numbers, ``+ - * / ( )``, ``abs min max``, ``previous first average``.

    Aggregates and functions of records (``diagnost.model.terms``) stand where names do.

    ``lower(WPB, safe)`` and ``upper(WPB, safe)`` are the edges of a band of a norm, so that a
    threshold stands in one place. ``sector(CRN)`` is what the indicator is in the sector,
    ``others(CRN, competitors)`` what it is in another group of firms.
    Raises FormulaError with the offset of the fault.
    """
    try:
        tree = parse_expression(text.strip(), "a formula")
    except ExpressionError as error:
        raise FormulaError(str(error), error.offset) from error
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
