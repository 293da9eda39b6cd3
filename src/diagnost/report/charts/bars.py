"""Rows as level bars, each with its name at the left, and lines across them to measure by."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.report.charts.canvas import Canvas, Fill, folded, width_of

WIDTH = 640.0
SMALL = 11.0
NAME, ROW, BAR, HEAD, LABEL = 196.0, 24.0, 14.0, 24.0, 15.0


class Bar(NamedTuple):
    """A row: its name, how long its bar is, what is written at its end and at the right edge."""

    name: str
    length: Decimal
    written: str
    fill: Fill
    beside: str = ""


class Line(NamedTuple):
    """A line across the bars and what it stands for."""

    at: Decimal
    label: str


def draw_bars(bars: Sequence[Bar], lines: Sequence[Line], *, beside: str = "") -> Canvas:
    """Draw bars from the first down, none below zero; ``beside`` heads what is at the right edge.

    Above them there is room for a legend of one line.
    """
    top = HEAD + LABEL * len(lines)
    canvas = Canvas(WIDTH, top + ROW * len(bars) + 6)
    name = min(NAME, max(width_of(bar.name, SMALL) for bar in bars) + 18)
    edge = max(width_of(text, SMALL) for text in (beside, *(bar.beside for bar in bars)))
    end = max(width_of(bar.written, SMALL, bold=True) for bar in bars) + 14
    longest = max(*(bar.length for bar in bars), *(line.at for line in lines)) or Decimal(1)
    scale = (WIDTH - name - end - edge - 20) / float(longest)
    foot = top + ROW * len(bars)
    if beside:
        canvas.text(WIDTH - 6, top - 7, beside, anchor="end", size=SMALL, kind="soft-text")
    for number, bar in enumerate(bars):
        y = top + ROW * number + ROW / 2
        canvas.lines(name - 8, y, folded(bar.name, name - 14, SMALL, 1), anchor="end", size=SMALL)
        canvas.block(name, y - BAR / 2, float(bar.length) * scale, BAR, bar.fill)
    for number, line in enumerate(lines):
        x = name + float(line.at) * scale
        canvas.line((x, top - 2), (x, foot), dash="4 3", weight=1.4, kind="ink")
        room = width_of(line.label, SMALL) / 2
        middle = min(max(x, name + room), WIDTH - edge - 20 - room)
        canvas.text(middle, HEAD + LABEL * number + 4, line.label, anchor="middle", size=SMALL)
    for number, bar in enumerate(bars):
        y = top + ROW * number + ROW / 2
        x = name + float(bar.length) * scale + 7
        canvas.text(x, y, bar.written, size=SMALL, bold=True, clear=True)
        canvas.text(WIDTH - 6, y, bar.beside, anchor="end", size=SMALL)
    canvas.line((name, top), (name, foot), kind="ink")
    return canvas
