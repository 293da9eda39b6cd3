"""Figures with what a change of each cell would do to them: formulas opened down to the cells."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from diagnost.model.formula_tree import Call, Name, Node, Number, Operation
from diagnost.model.located import At

CellKey = tuple[str, str, At]
"""A cell of the accounts: line item or indicator, period, place."""


class Slopes(NamedTuple):
    """A value and, by cell, how much it changes when the cell changes by one.

    Exact for every change of a single cell where each term holds that cell once, as the formulas
    of the trade do.
    """

    value: Fraction
    by_cell: Mapping[CellKey, Fraction] = {}

    def plus(self, other: "Slopes", times: int | Fraction = 1) -> "Slopes":
        """Add another figure, ``times`` over."""
        by_cell = dict(self.by_cell)
        added = other if times == 1 else other.scaled(times)
        for cell, slope in added.by_cell.items():
            before = by_cell.get(cell)
            by_cell[cell] = slope if before is None else before + slope
        return Slopes(self.value + added.value, by_cell)

    def scaled(self, factor: int | Fraction) -> "Slopes":
        """Multiply by a number."""
        if factor == 1:
            return self
        if factor == -1:
            return Slopes(-self.value, {cell: -slope for cell, slope in self.by_cell.items()})
        by_cell = {cell: factor * slope for cell, slope in self.by_cell.items()}
        return Slopes(factor * self.value, by_cell)

    def times(self, other: "Slopes") -> "Slopes":
        """Multiply by another figure."""
        if not other.by_cell:
            return self.scaled(other.value)
        if not self.by_cell:
            return other.scaled(self.value)
        by_cell = {cell: slope * other.value for cell, slope in self.by_cell.items()}
        for cell, slope in other.by_cell.items():
            by_cell[cell] = by_cell.get(cell, Fraction(0)) + slope * self.value
        return Slopes(self.value * other.value, by_cell)

    def cleared(self) -> "Slopes":
        """Leave out the cells that take no part after all."""
        return Slopes(self.value, {cell: slope for cell, slope in self.by_cell.items() if slope})

    def size(self) -> "Slopes":
        """Return the figure without its sign."""
        return self.scaled(-1) if self.value < 0 else self


ONE = Slopes(Fraction(1))


class Ratio(NamedTuple):
    """A figure as ``over / under``, ``under`` above nought; each opened down to the cells."""

    over: Slopes
    under: Slopes = ONE

    @property
    def value(self) -> Fraction:
        """Return the figure itself."""
        return self.over.value / self.under.value


class NoRatioError(Exception):
    """A figure that is not known, or that divides by nought."""


Lookup = Callable[[Name], Ratio]


def opened(node: Node, lookup: Lookup) -> Ratio:
    """Open a formula down to the cells; raises NoRatioError where a figure is not known."""
    match node:
        case Number(value=value):
            return Ratio(Slopes(Fraction(value)))
        case Name():
            return lookup(node)
        case Operation(operator=operator, left=left, right=right):
            return _operated(operator, opened(left, lookup), opened(right, lookup))
        case Call(function="abs", arguments=(argument,)):
            ratio = opened(argument, lookup)
            return Ratio(ratio.over.size(), ratio.under)
        case Call(function=function, arguments=arguments):
            choose = min if function == "min" else max
            return choose((opened(a, lookup) for a in arguments), key=lambda ratio: ratio.value)
    raise NoRatioError  # records have no cells of a statement behind them


def _operated(operator: str, left: Ratio, right: Ratio) -> Ratio:
    if operator == "*":
        return Ratio(left.over.times(right.over), left.under.times(right.under))
    if operator == "/":
        if not right.over.value:
            raise NoRatioError
        sign = -1 if right.over.value < 0 else 1
        over = left.over.times(right.under).scaled(sign)
        return Ratio(over, left.under.times(right.over).scaled(sign))
    sign = 1 if operator == "+" else -1
    if left.under == right.under:
        return Ratio(left.over.plus(right.over, sign), left.under)
    over = left.over.times(right.under).plus(right.over.times(left.under), sign)
    return Ratio(over, left.under.times(right.under))
