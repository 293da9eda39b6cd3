"""Which figures are most likely wrong where the figures of a company contradict each other."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from diagnost.model.located import At

Check = tuple[str, str]
"""A contradiction: the data check, or the given indicator that differs, and the period."""


class Slip(StrEnum):
    """An everyday mistake that turns one figure into another."""

    SWAPPED_DIGITS = "swapped_digits"
    FACTOR = "factor"  # thousands against units, a nought too many
    SIGN = "sign"
    OTHER_PERIOD = "other_period"  # the right figure stands in a column beside
    OTHER_ROW = "other_row"  # the right figure stands in a row beside
    MISTYPED_DIGIT = "mistyped_digit"
    DROPPED_DIGIT = "dropped_digit"
    DOUBLED_DIGIT = "doubled_digit"
    REPEATED_PERIOD = "repeated_period"  # the figure of a column beside stands here as well
    REPEATED_ROW = "repeated_row"  # the figure of a row beside stands here as well
    COLUMN_UNIT = "column_unit"  # a whole column in another unit


class Bound(StrEnum):
    """How the figure that would fit is known."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Suspect(NamedTuple):
    """A figure of the company with the value it would have to have.

    ``name`` is a line item or an indicator, '' for a whole column; then ``would_be`` is what its
    amounts would have to be multiplied by. ``written`` is as the company means it (a cost positive,
    a percent a fraction), ``as_written`` its own spelling, '' where the item is not given at all.
    ``detail`` of a slip is the factor, or the period or line item whose figure stands here.
    """

    name: str
    period: str
    at: At
    written: Decimal
    would_be: Decimal
    as_written: str = ""
    bound: Bound = Bound.EXACT
    slip: Slip | None = None
    detail: str = ""
    given: bool = True


class SuspectSet(NamedTuple):
    """Figures that, changed together, leave no contradiction; no smaller set does."""

    cells: tuple[Suspect, ...]

    @property
    def is_column(self) -> bool:
        """Say whether it is a whole column in another unit."""
        return self.cells[0].slip is Slip.COLUMN_UNIT

    @property
    def explained(self) -> bool:
        """Say whether every figure of the set has an everyday explanation."""
        return all(cell.slip is not None for cell in self.cells)


class Suspicion(NamedTuple):
    """What a group of contradictions points to: sets of equal size, the most likely one first.

    No sets: several figures disagree, and no set of up to three explains all.
    """

    checks: tuple[Check, ...]
    sets: tuple[SuspectSet, ...] = ()

    @property
    def leading(self) -> tuple[SuspectSet, ...]:
        """Return the sets that an everyday slip explains where some are; else all."""
        explained = tuple(each for each in self.sets if each.explained)
        return explained or self.sets
