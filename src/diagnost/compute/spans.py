"""The values that a cell may take while everything it has a part in holds."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import NamedTuple

from diagnost.compute.slopes import CellKey, Slopes


class Span(NamedTuple):
    """The values that a cell may take; None where there is no limit."""

    low: Fraction | None
    high: Fraction | None

    def holds(self, value: Fraction | Decimal) -> bool:
        """Say whether a value is among them."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def both(self, other: "Span") -> "Span | None":
        """Return the values that two spans share, if there are any."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        return None if low is not None and high is not None and low > high else Span(low, high)


ANY = Span(None, None)


def span_of(limits: Iterable[Slopes], cell: CellKey, written: Fraction) -> Span | None:
    """Return the values of a cell at which limits are kept; None if there are none."""
    span: Span | None = ANY
    for limit in limits:
        slope = limit.by_cell.get(cell)
        if slope:
            edge = written - limit.value / slope
            span = span and span.both(Span(None, edge) if slope > 0 else Span(edge, None))
        elif limit.value > 0:
            return None
    return span


def hull(spans: Sequence[Span]) -> Span:
    """Return the span from the lowest to the highest value of several that overlap."""
    lows = [span.low for span in spans]
    highs = [span.high for span in spans]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Span(low, high)


def decimal_of(value: Fraction) -> Decimal:
    """Return a fraction as a decimal, as exact as the context allows."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def rounded(value: Fraction, place: Decimal) -> Decimal:
    """Round to a place of a figure as written."""
    return decimal_of(value).quantize(place, rounding=ROUND_HALF_EVEN)
