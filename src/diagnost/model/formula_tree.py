"""The trees of formulas: numbers, names, operations, and why there is no number."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.terms import Term, names_of


class Missing(NamedTuple):
    """Why there is no number: a reason code and the line items or answers that would be needed.

    ``counts`` are, where there are too few rows, how many there are and the least that it takes.
    """

    reason: str
    needs: tuple[str, ...] = ()
    counts: tuple[int, int] | None = None


class Number(NamedTuple):
    """A constant."""

    value: Decimal


class Name(NamedTuple):
    """A line item, an indicator, a number of the context, ``days`` or ``year_days``.

    ``days`` is the length of the period, ``year_days`` that of a year. ``moment`` is the period it
    is taken from: now (this one), previous (the one before) or first (the first one given).

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


def terms_in(node: Node) -> list[OverRecords]:
    """Return the terms over records in a tree, in order of appearance."""
    match node:
        case OverRecords():
            return [node]
        case Operation(left=left, right=right):
            return terms_in(left) + terms_in(right)
        case Call(arguments=arguments):
            return [over for argument in arguments for over in terms_in(argument)]
        case _:
            return []


def names_in(node: Node) -> list[Name]:
    """Return the names in a tree, in order of appearance."""
    match node:
        case Name():
            return [node]
        case Operation(left=left, right=right):
            return names_in(left) + names_in(right)
        case Call(arguments=arguments):
            return [name for argument in arguments for name in names_in(argument)]
        case _:
            return []


def averaged(node: Node, is_balance: Callable[[str], bool]) -> Node:
    """Put the average over two periods for every balance of the present moment."""
    match node:
        case Name(name=name, moment="now") if is_balance(name):
            return _average(node, Name(name, "previous"))
        case Operation(operator=operator, left=left, right=right):
            return Operation(operator, averaged(left, is_balance), averaged(right, is_balance))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(averaged(a, is_balance) for a in arguments))
        case _:
            return node


def _average(now: Node, before: Node) -> Operation:
    return Operation("/", Operation("+", now, before), Number(Decimal(2)))


def with_averages_named(node: Node) -> Node:
    """Put a name of the moment ``average`` for every average of a name over two periods."""
    match node:
        case Operation(left=Operation(left=Name(name=name, moment="now"))) if node == _average(
            Name(name), Name(name, "previous")
        ):
            return Name(name, "average")
        case Operation(operator=operator, left=left, right=right):
            return Operation(operator, with_averages_named(left), with_averages_named(right))
        case Call(function=function, arguments=arguments):
            return Call(function, tuple(with_averages_named(a) for a in arguments))
        case _:
            return node
