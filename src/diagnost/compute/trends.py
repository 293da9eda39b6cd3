"""What a figure did over time: the step since the period before, its pace, the trend so far."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from diagnost.model.indicator import Indicator, Steadiness


def comparable(value: Decimal | None, indicator: Indicator) -> Decimal | None:
    """Return a value that may be set against that of another period, else None.

    Where a band says ``course: no``, as with cover by a loss, sizes have no meaning.
    """
    norm = indicator.general
    return None if value is None or (norm and not norm.band_of(value).course) else value


def unbroken(values: Sequence[Decimal | None]) -> list[Decimal]:
    """Return the values up to the last one, back to the first gap before it."""
    series: list[Decimal] = []
    for value in reversed(values):
        if value is None:
            break
        series.insert(0, value)
    return series


def step(before: Decimal, now: Decimal, steadiness: Steadiness) -> str:
    """Return rising, falling or stable for one step."""
    change = now - before
    if change == 0:
        return "stable"
    if steadiness.absolute is not None and abs(change) <= steadiness.absolute:
        return "stable"
    if steadiness.relative is not None and abs(change) <= steadiness.relative * abs(before):
        return "stable"
    return "rising" if change > 0 else "falling"


def pace(before: Decimal, now: Decimal, steadiness: Steadiness) -> str:
    """Return steady, moderate or sharp for one step."""
    if step(before, now, steadiness) == "stable":
        return "steady"
    change = abs(now - before)
    absolute, relative = steadiness.sharp_absolute, steadiness.sharp_relative
    sharp = (absolute is not None and change > absolute) or (
        relative is not None and change > relative * abs(before)
    )
    return "sharp" if sharp else "moderate"


def trend(values: Sequence[Decimal], steadiness: Steadiness) -> str:
    """Return rising, falling, stable or fluctuating over two or more periods.

    Rising: no step falls and the whole way rises (a slow creep counts); falling likewise;
    stable: no step moves and neither does the whole way; everything else fluctuates.
    """
    steps = {step(a, b, steadiness) for a, b in pairwise(values)}
    whole = step(values[0], values[-1], steadiness)
    if whole == "rising" and "falling" not in steps:
        return "rising"
    if whole == "falling" and "rising" not in steps:
        return "falling"
    if whole == "stable" and steps <= {"stable"}:
        return "stable"
    return "fluctuating"
