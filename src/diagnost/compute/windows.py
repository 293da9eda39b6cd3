"""Stretches of the calendar as seen from the day on which records are read.

Working days are Mondays to Fridays; holidays are not known here.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_DAY = timedelta(days=1)
_FRIDAY = 4


class Window(NamedTuple):
    """The days from ``first`` to ``last``, both of them included."""

    first: date
    last: date

    @property
    def months(self) -> Iterator[date]:
        """Yield the first day of every month of the window."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = add_months(month, 1)


def this_month(as_of: date) -> Window:
    """Return the month of a day up to that day."""
    return Window(as_of.replace(day=1), as_of)


def whole_month(as_of: date) -> Window:
    """Return the whole month of a day."""
    return Window(as_of.replace(day=1), month_end(as_of))


def last(count: int, unit: str, as_of: date, skipped: int = 0) -> Window:
    """Return the last days, weeks or closed months, leaving out the ``skipped`` latest of them.

    Days and weeks end with ``as_of``; a month counts once no working day of it is left.
    """
    if unit != "months":
        length = count * (7 if unit == "weeks" else 1)
        end = as_of - timedelta(days=skipped * (7 if unit == "weeks" else 1))
        return Window(end - timedelta(days=length - 1), end)
    month = as_of.replace(day=1)
    if working_days(Window(as_of + _DAY, month_end(as_of))) > 0:
        month = add_months(month, -1)
    newest = add_months(month, -skipped)
    return Window(add_months(newest, 1 - count), month_end(newest))


def ago(count: int, unit: str, as_of: date) -> date:
    """Return the day that many days, weeks or months before ``as_of``."""
    if unit == "months":
        return add_months(as_of, -count)
    return as_of - timedelta(days=count * (7 if unit == "weeks" else 1))


def next_day(day: date) -> date:
    """Return the day after another."""
    return day + _DAY


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, count: int) -> date:
    """Return the same day of another month, or the last one of that month if it is shorter.

    Months before the first year are that year's first.
    """
    months = max(day.year * 12 + day.month - 1 + count, 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def months_between(start: date, end: date) -> Decimal:
    """Return the months from one day to another, whole ones and the part of the one begun."""
    if end < start:
        return -months_between(end, start)
    whole = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, whole) > end:
        whole -= 1
    begun = add_months(start, whole)
    length = (add_months(start, whole + 1) - begun).days
    return Decimal(whole) + Decimal((end - begun).days) / Decimal(length)


def working_days(window: Window) -> int:
    """Count the working days of a window; none where it ends before it begins."""
    days = (window.last - window.first).days + 1
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    start = window.first.weekday()
    return weeks * 5 + sum((start + offset) % 7 <= _FRIDAY for offset in range(rest))


@lru_cache(maxsize=4096)
def workday(day: date) -> int:
    """Return which working day of its month a day is, from 1; a weekend counts as the day before.

    A weekend at the beginning of a month counts as its first working day.
    """
    return max(working_days(Window(day.replace(day=1), day)), 1)


@lru_cache(maxsize=4096)
def workdays_left(day: date) -> int:
    """Return which working day of its month a day is from the end; the last one is 1."""
    in_month = working_days(whole_month(day))
    return in_month - workday(day) + 1


@lru_cache(maxsize=4096)
def third(day: date) -> int:
    """Return in which third of the working days of its month a day lies: 1, 2 or 3."""
    in_month = working_days(whole_month(day))
    return -(-3 * workday(day) // in_month)
