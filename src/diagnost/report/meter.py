"""How much a layout from outside may do: what it makes and repeats is counted as it goes."""

from collections.abc import Iterable
from time import monotonic
from typing import Any

MOST = 4_000_000
"""Units of work: about as many characters as may be made, repetitions counted too."""
SECONDS = 10.0
MOST_NUMBER = 10**9


class TooMuch(Exception):  # noqa: N818 - told in the words of the reader
    """A layout does something that layouts need not do, or too much of it."""


class Meter:
    """Counts the work of one document, and does what could grow without end within bounds."""

    def __init__(self) -> None:
        self._left = MOST
        self._until = monotonic() + SECONDS
        self._looked = MOST

    def spend(self, units: int) -> str:
        """Count some work; raises TooMuch when there is no more to spend. Prints as nothing."""
        self._left -= units
        if self._left < 0:
            raise TooMuch("it never comes to an end, or makes far too much")
        if self._looked - self._left > 10_000:
            self._looked = self._left
            if monotonic() > self._until:
                raise TooMuch("it takes far too long")
        return ""

    def plain(self, value: Any) -> Any:
        """Return what may be printed: a text or a number, not a list or a thing."""
        if isinstance(value, str):
            self.spend(len(value) + 1)
        elif value is None or isinstance(value, int | float):
            self.number(value)
        elif not _is_number(value) and not hasattr(value, "_fail_with_undefined_error"):
            raise TooMuch("only texts and numbers are printed")
        return value

    def weighed(self, value: Any) -> Any:
        """Count what looking through a value takes."""
        if isinstance(value, str | list | tuple):
            self.spend(len(value) // 8 + 1)
        return value

    def flat(self, value: Any) -> Any:
        """Return a list that is no deeper than a table: a list of lists of plain things."""
        for item in value:
            inner = item if isinstance(item, list) else ()
            self.spend(len(inner) + 1)
            if any(isinstance(each, list) for each in inner):
                raise TooMuch("lists are no deeper than a table")
        return value

    def added(self, one: Any, other: Any) -> Any:
        """Add two numbers, or put two texts or lists together."""
        return self._made(one + other) if _alike(one, other) else self._refuse("+")

    def taken_away(self, one: Any, other: Any) -> Any:
        """Take a number away from another."""
        numbers = _is_number(one) and _is_number(other)
        return self.number(one - other) if numbers else self._refuse("-")

    def multiplied(self, one: Any, other: Any) -> Any:
        """Multiply two numbers, or repeat a text."""
        if isinstance(one, str) and isinstance(other, int):
            self.spend(len(one) * max(other, 0))
            return one * other
        numbers = _is_number(one) and _is_number(other)
        return self.number(one * other) if numbers else self._refuse("*")

    def joined(self, parts: Iterable[Any], between: str = "") -> str:
        """Join texts; what they come to is counted before they are."""
        items = [self.plain(part) for part in parts]
        self.spend(len(between) * len(items))
        return between.join(map(str, items))

    def number(self, value: Any) -> Any:
        """Return a number that is none of those that grow without end."""
        if value is not None and not -MOST_NUMBER <= value <= MOST_NUMBER:
            raise TooMuch("the number is far too large")
        return value

    def _made(self, value: Any) -> Any:
        if isinstance(value, str | list | tuple):
            self.spend(len(value))
            return value
        return self.number(value)

    def _refuse(self, sign: str) -> Any:
        raise TooMuch(f"'{sign}' is for numbers, texts and lists of a kind")


def _is_number(value: Any) -> bool:
    from decimal import Decimal

    return isinstance(value, int | float | Decimal)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return True
    if isinstance(one, list) and isinstance(other, list):
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return True
    return _is_number(one) and _is_number(other)
