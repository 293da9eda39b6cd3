"""Figures as ratios of sums of line items, as far as their formulas can be written so."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from diagnost.model.catalogue import Catalogue
from diagnost.model.formula_tree import Name, Node, Number, Operation

ONE = ("", "")
"""Stands for the number 1 in a sum."""

Sum = Mapping[tuple[str, str], Fraction]
"""Line items, each with its moment (now, previous, first), and by what each is multiplied."""


class Ratio(NamedTuple):
    """A sum of line items divided by another one."""

    top: Sum
    bottom: Sum


def constant(value: Fraction) -> Ratio:
    """Return a number as a ratio."""
    return Ratio({ONE: value}, {ONE: Fraction(1)})


class Ratios:
    """The figures of a catalogue as ratios; a year has the days that the usual method gives it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[tuple[str, str], Ratio | None] = {}

    def of(self, name: str, moment: str = "now") -> Ratio | None:
        """Return a line item or an indicator (id or symbol) as a ratio; None if it is none."""
        key = (name, moment)
        if key not in self._known:
            self._known[key] = None  # of a formula that leads back to itself
            self._known[key] = self._made(name, moment)
        return self._known[key]

    def tree(self, node: Node, moment: str = "now") -> Ratio | None:
        """Return a formula as a ratio; products of figures, abs, min and max are none."""
        match node:
            case Number(value=value):
                return constant(Fraction(value))
            case Name(name=name, moment=at):
                if "now" not in (at, moment):
                    return None  # the period before the one before
                return self.of(name, at if moment == "now" else moment)
            case Operation(operator=operator, left=left, right=right):
                one, other = self.tree(left, moment), self.tree(right, moment)
                if one is None or other is None:
                    return None
                return _combined(operator, one, other)
            case _:
                return None

    def _made(self, name: str, moment: str) -> Ratio | None:
        catalogue = self._catalogue
        if name in ("days", "year_days"):
            return constant(Fraction(365))
        if name in catalogue.line_items:
            return Ratio({(name, moment): Fraction(1)}, {ONE: Fraction(1)})
        if "." in name and (edge := catalogue.edge(name)) is not None:
            return constant(Fraction(edge))
        indicator = catalogue.indicator(name)
        if indicator is None or indicator.dated or indicator.only_given:
            return None
        return self.tree(indicator.formula.tree, moment)


def _combined(operator: str, one: Ratio, other: Ratio) -> Ratio | None:
    match operator:
        case "+" | "-":
            sign = Fraction(1 if operator == "+" else -1)
            return _added(one, other, sign)
        case "*":
            return _times(one, other)
        case _:
            return _times(one, Ratio(other.bottom, other.top))


def _added(one: Ratio, other: Ratio, sign: Fraction) -> Ratio | None:
    by = _multiple(other.bottom, one.bottom)
    if by is not None:  # the same below the line
        return Ratio(_sum(one.top, other.top, sign / by), one.bottom)
    first, second = _number(one), _number(other)
    if second is not None:
        return Ratio(_sum(one.top, one.bottom, sign * second), one.bottom)
    if first is not None:
        scaled = {item: sign * by for item, by in other.top.items()}
        return Ratio(_sum(scaled, other.bottom, first), other.bottom)
    return None


def _times(one: Ratio, other: Ratio) -> Ratio | None:
    """Multiply where the product is a ratio of sums again."""
    for first, second in ((one, other), (other, one)):
        number = _number(second)
        if number is not None:
            return Ratio({item: by * number for item, by in first.top.items()}, first.bottom)
        shared = _multiple(first.top, second.bottom)
        if shared is not None:
            return Ratio({item: by * shared for item, by in second.top.items()}, first.bottom)
    if _is_number(one.bottom) and _is_number(other.top) and one.bottom.get(ONE):
        by = other.top.get(ONE, Fraction(0)) / one.bottom[ONE]
        return Ratio({item: each * by for item, each in one.top.items()}, other.bottom)
    if _is_number(other.bottom) and _is_number(one.top) and other.bottom.get(ONE):
        return _times(other, one)
    return None


def _number(ratio: Ratio) -> Fraction | None:
    if _is_number(ratio.top) and _is_number(ratio.bottom) and ratio.bottom.get(ONE):
        return ratio.top.get(ONE, Fraction(0)) / ratio.bottom[ONE]
    return None


def _is_number(terms: Sum) -> bool:
    return all(item == ONE for item, by in terms.items() if by)


def _sum(one: Sum, other: Sum, by: Fraction) -> Sum:
    items = dict.fromkeys((*one, *other))
    added = {item: one.get(item, Fraction(0)) + by * other.get(item, Fraction(0)) for item in items}
    return {item: value for item, value in added.items() if value}


def _multiple(one: Sum, other: Sum) -> Fraction | None:
    """Return by what ``other`` must be multiplied to give ``one``; None where nothing does."""
    if one.keys() != other.keys() or not one:
        return None
    factors = {one[item] / other[item] for item in one}
    return factors.pop() if len(factors) == 1 else None
