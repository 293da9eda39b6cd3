"""Everyday slips: what a figure may have been before it was mistyped or misread."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.suspicion import Slip

FACTORS = (3, 1, 2, 6)
"""Powers of ten by which figures are mistaken, the commonest first."""

_CLEAR = frozenset({Slip.SWAPPED_DIGITS, Slip.FACTOR, Slip.SIGN, Slip.OTHER_PERIOD, Slip.OTHER_ROW})


class Guess(NamedTuple):
    """A figure that a slip turned into the one written."""

    slip: Slip
    value: Decimal
    detail: str = ""


def is_clear(slip: Slip) -> bool:
    """Say whether a slip allows so few figures that a hit is hardly chance."""
    return slip in _CLEAR


def slips_of(written: Decimal) -> Iterator[Guess]:
    """Yield what a figure may have been, the clearest slips first."""
    if not written:
        return
    digits, exponent = _digits(written)
    place = Decimal(1).scaleb(exponent)
    sign = -1 if written < 0 else 1

    def figure(text: str) -> Decimal:
        return sign * Decimal(text).scaleb(exponent)

    yield from (Guess(Slip.SWAPPED_DIGITS, figure(text)) for text in _swapped(digits))
    yield Guess(Slip.SIGN, -written)
    for power in FACTORS:
        for times in (power, -power):
            scaled = written.scaleb(times).quantize(place)  # as far as the figure is written to
            if abs(scaled) >= 10 * place:  # of a single digit nothing can be told
                yield Guess(Slip.FACTOR, scaled, str(10**power))
    if len(digits) > 1:
        yield from (Guess(Slip.DOUBLED_DIGIT, figure(text)) for text in _halved(digits))
        yield from (Guess(Slip.MISTYPED_DIGIT, figure(text)) for text in _mistyped(digits))
        yield from (Guess(Slip.DROPPED_DIGIT, figure(text)) for text in _completed(digits))


def quantum(value: Decimal) -> Decimal:
    """Return the unit of the last place that a figure is written to, at most one."""
    return Decimal(1).scaleb(_digits(value)[1])


def _digits(value: Decimal) -> tuple[str, int]:
    text = f"{abs(value):f}"
    whole, _, decimals = text.partition(".")
    return (whole + decimals).lstrip("0") or "0", -len(decimals)


def _swapped(digits: str) -> Iterator[str]:
    for i in range(len(digits) - 1):
        a, b = digits[i], digits[i + 1]
        if a != b and (i or b != "0"):
            yield digits[:i] + b + a + digits[i + 2 :]


def _halved(digits: str) -> Iterator[str]:
    for i in range(len(digits) - 1):
        if digits[i] == digits[i + 1] != "0":
            yield digits[:i] + digits[i + 1 :]


def _mistyped(digits: str) -> Iterator[str]:
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and (i or new != "0"):
                yield digits[:i] + new + digits[i + 1 :]


def _completed(digits: str) -> Iterator[str]:
    for i in range(len(digits) + 1):
        for new in "0123456789":
            if i or new != "0":
                yield digits[:i] + new + digits[i:]
