"""What a drawing shows, told in a sentence."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from diagnost.report.charts.canvas import Canvas
from diagnost.report.charts.figure import Shown
from diagnost.report.figures import Figures


class Drawing(NamedTuple):
    """A finished drawing and what it shows, in words.

    ``counts`` are what a title may name besides the figures of the case.
    """

    canvas: Canvas
    told: str
    counts: Mapping[str, str] = MappingProxyType({})


def listed(parts: Sequence[str], words: dict[str, str]) -> str:
    """Join what is told of several figures."""
    return words["list.semicolon"].join(parts)


def over_periods(course: Sequence[Shown | None], periods: Sequence[str], figures: Figures) -> str:
    """Write a figure with its values: "current ratio 1.04 (2021), 0.92 (2023)"."""
    words = figures.words
    known = [(each, period) for each, period in zip(course, periods, strict=True) if each]
    name = known[-1][0].name
    values = (
        words["chart.value"].format(value=each.written, period=period) for each, period in known
    )
    return words["chart.figure"].format(name=name, values=words["list.comma"].join(values))


def with_limits(told: str, limits: Sequence[Shown], words: dict[str, str]) -> str:
    """Add the limits that are drawn to what is told."""
    if not limits:
        return told
    lines = (words["chart.limit"].format(name=each.name, value=each.written) for each in limits)
    joined = words["list.semicolon"].join(line.strip() for line in lines)
    return words["chart.limits"].format(told=told, limits=joined)
