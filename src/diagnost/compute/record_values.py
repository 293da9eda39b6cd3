"""Values of terms over records, one by one and whole columns at a time."""

import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple, TypeAlias

from diagnost.compute import windows
from diagnost.compute.windows import Window
from diagnost.model.formula_tree import Missing
from diagnost.model.records import CellValue

NO_RECORDS, SHORT_RECORDS, FEW_RECORDS = "no_records", "short_records", "few_records"
"""Why there is no figure: no row takes part; the rows do not go back far enough; too few rows."""

Plain: TypeAlias = CellValue


class Series(NamedTuple):
    """One figure for each of several groups of rows; None where it is not known.

    Groups without a known figure are left out of a ``loose`` series; in one over given months they
    make what rests on the series missing.
    """

    members: dict[CellValue, Plain | None]
    loose: bool
    table: str


class Same(NamedTuple):
    """One value for all rows; None where it is not known."""

    value: Plain | Window | None


Value: TypeAlias = Plain | Window | Series | Missing
Vector: TypeAlias = list[Plain | None] | Same


def plain(value: Value) -> Plain | None:
    """Return a value that may stand in a row; None where there is none."""
    return None if isinstance(value, Missing | Series | Window) else value


def fixed(value: Value) -> Plain | Window | None:
    """Return a value that is the same for all rows; None where there is none."""
    return None if isinstance(value, Missing | Series) else value


def missing(values: Iterable[Value]) -> Missing | None:
    """Return why at least one value is missing, with all that is needed; None where none is."""
    gaps = [value for value in values if isinstance(value, Missing)]
    if not gaps:
        return None
    first = next((gap for gap in gaps if gap.reason != "missing"), gaps[0])
    return first._replace(needs=tuple(dict.fromkeys(n for gap in gaps for n in gap.needs)))


def logic(word: str, values: Sequence[Value]) -> Value:
    """Combine truths in three values."""
    decisive = word == "or"
    if any(value is decisive for value in values):
        return decisive
    return missing(values) or not decisive


# --- arithmetic -----------------------------------------------------------------------------------


def _divided(one: Decimal, other: Decimal) -> Decimal | None:
    return one / other if other else None


CALCULATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided,
}


def arithmetic(sign: str, one: Value, other: Value) -> Value:
    """Calculate with two numbers, or member by member with series."""
    gap = missing([one, other])
    if gap is not None:
        return gap
    calculate = CALCULATORS[sign]
    if isinstance(one, Series) or isinstance(other, Series):
        return _by_members(calculate, one, other)
    found: Decimal | None = calculate(one, other)
    return Missing("zero_denominator") if found is None else found


def _by_members(calculate: Callable[[Any, Any], Any], one: Value, other: Value) -> Series:
    """Calculate for the groups that both series have; a part of nothing is left out."""
    series = [each for each in (one, other) if isinstance(each, Series)]
    groups = [g for g in series[0].members if all(g in each.members for each in series)]
    members: dict[CellValue, Plain | None] = {}
    for group in groups:
        left = one.members[group] if isinstance(one, Series) else one
        right = other.members[group] if isinstance(other, Series) else other
        if left is None or right is None:
            members[group] = None
            continue
        found = calculate(left, right)
        if found is not None:
            members[group] = found
    return Series(members, all(each.loose for each in series), series[0].table)


def _within(day: Any, window: Any) -> bool:
    return bool(window.first <= day <= window.last)


COMPARERS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": _within,
}


# --- functions ------------------------------------------------------------------------------------


def _round(value: Decimal, digits: Decimal = Decimal(0)) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP)


def _days_between(start: date, end: date) -> Decimal:
    return Decimal((end - start).days)


def _weeks_between(start: date, end: date) -> Decimal:
    return Decimal((end - start).days) / 7


def _workdays_between(start: date, end: date) -> Decimal:
    """Count the working days after one day up to and including another."""
    return Decimal(windows.working_days(Window(windows.next_day(start), end)))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": abs,
    "round": _round,
    "floor": lambda value: value.to_integral_value(rounding=ROUND_FLOOR),
    "min": min,
    "max": max,
    "month": lambda day: day.replace(day=1),
    "third": lambda day: Decimal(windows.third(day)),
    "workday": lambda day: Decimal(windows.workday(day)),
    "workdays_left": lambda day: Decimal(windows.workdays_left(day)),
    "days_since": _days_between,
    "weeks_since": _weeks_between,
    "months_since": windows.months_between,
    "workdays_since": _workdays_between,
    "days_between": _days_between,
    "months_between": windows.months_between,
    "working_days": lambda window: Decimal(windows.working_days(window)),
}
"""Functions of known values; those ending in ``_since`` take the day read as the last one."""


def extremes(count: Value, series: Value, *, largest: bool) -> Value:
    """Return the members of a series with the largest or the smallest figures."""
    if not isinstance(series, Series) or not isinstance(count, Decimal):
        return Missing("missing")
    known: list[tuple[CellValue, Any]] = [
        (group, member) for group, member in series.members.items() if member is not None
    ]
    if len(known) < len(series.members) and not series.loose:
        return Missing(SHORT_RECORDS)
    known.sort(key=lambda pair: pair[1], reverse=largest)
    return Series(dict(known[: int(count)]), loose=True, table=series.table)


def aggregated(function: str, values: Sequence[Any]) -> Plain | Missing:
    """Return one figure of known values; the standard deviation is that of a sample."""
    count = len(values)
    if function == "sum":
        return sum(values, Decimal(0))
    if function == "distinct":
        return Decimal(len(set(values)))
    if not count:
        return Missing(NO_RECORDS)
    match function:
        case "mean":
            return Decimal(sum(values, Decimal(0)) / count)
        case "median":
            ordered = sorted(values)
            middle = count // 2
            if count % 2:
                return Decimal(ordered[middle])
            return Decimal((ordered[middle - 1] + ordered[middle]) / 2)
        case "stdev":
            if count < 2:
                return Missing(FEW_RECORDS)
            mean = sum(values, Decimal(0)) / count
            squares = sum(((value - mean) ** 2 for value in values), Decimal(0))
            return Decimal(squares / (count - 1)).sqrt()
        case "min":
            least: Plain = min(values)
            return least
        case _:
            most: Plain = max(values)
            return most


# --- whole columns --------------------------------------------------------------------------------


def mapped(function: Callable[[Any], Any], vector: Vector) -> Vector:
    """Apply a function to every known value of a column."""
    if isinstance(vector, Same):
        return Same(None if vector.value is None else function(vector.value))
    known = _Known(function)  # of many rows few days and words differ
    return [None if value is None else known[value] for value in vector]


class _Known(dict[Any, Any]):
    """What a function gives, kept by its argument."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self.function(value)
        return found


def zipped(function: Callable[[Any, Any], Any], one: Vector, other: Vector) -> Vector:
    """Apply a function to two columns, row by row."""
    if isinstance(one, Same) and isinstance(other, Same):
        known = one.value is not None and other.value is not None
        return Same(function(one.value, other.value) if known else None)
    if isinstance(other, Same):
        right = other.value
        if right is None:
            return Same(None)
        if isinstance(right, Window) and isinstance(one, list):
            first, last = right
            days: list[Any] = list(one)
            return [None if day is None else first <= day <= last for day in days]
        return mapped(lambda value: function(value, right), one)
    if isinstance(one, Same):
        given = one.value
        if given is None:
            return Same(None)
        return mapped(lambda value: function(given, value), other)
    return [
        None if left is None or right is None else function(left, right)
        for left, right in zip(one, other, strict=True)
    ]


def first_known(vectors: Sequence[Vector]) -> Vector:
    """Return, row by row, the first value that is known."""
    found = vectors[0]
    for vector in vectors[1:]:
        if isinstance(found, Same):
            found = vector if found.value is None else found
        elif isinstance(vector, Same):
            other = None if isinstance(vector.value, Window) else vector.value
            found = [other if value is None else value for value in found]
        else:
            pairs = zip(found, vector, strict=True)
            found = [other if value is None else value for value, other in pairs]
    return found


def logic_of(word: str, vectors: Sequence[Vector]) -> Vector:
    """Combine columns of truths in three values."""
    decisive = word == "or"
    given = [vector.value for vector in vectors if isinstance(vector, Same)]
    lists = [vector for vector in vectors if not isinstance(vector, Same)]
    if any(value is decisive for value in given):
        return Same(decisive)
    doubtful = any(value is None for value in given)
    if not lists:
        return Same(None if doubtful else not decisive)

    def combined(truths: tuple[Any, ...]) -> bool | None:
        if decisive in truths:
            return decisive
        return None if doubtful or None in truths else not decisive

    if len(lists) == 2 and not doubtful:
        one, other = lists
        if decisive:
            return [
                True if a or b else (None if a is None or b is None else False)
                for a, b in zip(one, other, strict=True)
            ]
        return [
            False if a is False or b is False else (None if a is None or b is None else True)
            for a, b in zip(one, other, strict=True)
        ]
    return [combined(truths) for truths in zip(*lists, strict=True)]
