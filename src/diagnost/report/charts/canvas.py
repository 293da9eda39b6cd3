"""A sheet to draw on: shapes and text in grey that any reader of SVG shows alike.

Every shape has plain colours of its own, for print and for Word, and a class by which a page in
the dark gives it others. Hatching is drawn line by line: not every reader knows patterns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

LATIN = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans'"
CHINESE = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei'"
"""Letters of each kind in the fonts of common machines; those of the language come first."""
SIZE = 12.5
"""Of the letters, in the unit of the drawing: a pixel of a page, three quarters of a point."""
LEADING = 1.25
"""The distance of two lines of text, in letters."""
INK, SOFT, LINE, PAPER = "#1d2330", "#5a6272", "#b9bfca", "#ffffff"

_NARROW, _WIDE = frozenset("iljtfrI.,:;!'’|()[]·- "), frozenset("mwMW%—→@")


class Fill(NamedTuple):
    """How a surface is filled: a lightness, hatching or both; ``text`` is what is legible on it."""

    kind: str  # class by which a dark page gives it another colour
    colour: str
    text: str
    hatched: bool = False


FILLS = (
    Fill("fill-1", "#2f3d55", PAPER),
    Fill("fill-2", "#8b9bb4", INK),
    Fill("fill-3", "#d5dbe5", INK),
    Fill("fill-4", "#f3f5f8", INK, hatched=True),
    Fill("fill-5", "#5f6f8a", PAPER),
    Fill("fill-6", "#ffffff", INK),
)
"""Surfaces that neighbours can be told apart by, also in grey."""
EMPTY = FILLS[5]


class Box(NamedTuple):
    """Where a piece of text stands."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: "Box") -> bool:
        """Say whether two pieces of text stand on each other, by more than a hair."""
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )


class Canvas:
    """Shapes and text, collected from the back to the front."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.texts: list[Box] = []
        self._parts: list[str] = []

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        dash: str = "",
        weight: float = 1,
        kind: str = "line",
    ) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line class="{kind}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" '
            f'stroke="{_COLOURS[kind]}" stroke-width="{_n(weight)}"{dashes}/>'
        )

    def path(
        self, points: Sequence[tuple[float, float]], *, dash: str = "", weight: float = 2
    ) -> None:
        """Draw a line through points."""
        for start, end in pairwise(points):
            self.line(start, end, dash=dash, weight=weight, kind="ink")

    def arrow(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a line with a point at its end."""
        (x, y), (tip, height) = start, end
        self.line((x, y), (tip - 6, height), kind="soft-line")
        points = " ".join(
            f"{_n(a)},{_n(b)}"
            for a, b in ((tip, height), (tip - 7, height - 3.5), (tip - 7, height + 3.5))
        )
        self._parts.append(f'<polygon class="soft-point" fill="{SOFT}" points="{points}"/>')

    def block(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """Draw a filled rectangle with an outline."""
        self._parts.append(
            f'<rect class="{fill.kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" '
            f'height="{_n(height)}" fill="{fill.colour}" stroke="{INK}" stroke-width="0.8"/>'
        )
        if fill.hatched:
            self.hatch(x, y, width, height)

    def hatch(self, x: float, y: float, width: float, height: float, step: float = 7) -> None:
        """Draw slanting lines over a rectangle."""
        start = step
        while start < width + height:
            x1, y1 = (x + start, y) if start <= width else (x + width, y + start - width)
            x2, y2 = (x, y + start) if start <= height else (x + start - height, y + height)
            self.line((x1, y1), (x2, y2), weight=0.8, kind="soft-line")
            start += step

    def mark(self, x: float, y: float, shape: int) -> None:
        """Draw a mark about a point; there are four shapes."""
        r = 4.5
        corners = (
            (),
            ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
            ((x, y - r - 1.5), (x + r + 1.5, y), (x, y + r + 1.5), (x - r - 1.5, y)),
            ((x, y - r - 1), (x + r + 1, y + r), (x - r - 1, y + r)),
        )[shape % 4]
        fill, kind = (INK, "solid") if shape % 2 == 0 else (PAPER, "hollow")
        look = f'class="{kind}" fill="{fill}" stroke="{INK}" stroke-width="1.5"'
        if not corners:
            self._parts.append(f'<circle {look} cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>')
            return
        points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
        self._parts.append(f'<polygon {look} points="{points}"/>')

    def marker(self, x: float, y: float, height: float) -> None:
        """Draw an upright bar that marks a place on a scale, with a light edge."""
        self._parts.append(
            f'<rect class="marker" x="{_n(x - 3)}" y="{_n(y)}" width="6" height="{_n(height)}" '
            f'fill="{INK}" stroke="{PAPER}" stroke-width="1.5"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: float = SIZE,
        kind: str = "ink-text",
        colour: str = INK,
        bold: bool = False,
        clear: bool = False,
    ) -> None:
        """Write one line whose middle is at height ``y``; ``anchor`` is start, middle or end.

        With ``clear`` what lies behind the letters is covered.
        """
        if not text:
            return
        wide = width_of(text, size, bold=bold)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        self.texts.append(Box(left, y - size * 0.55, left + wide, y + size * 0.55, text))
        if clear:
            self._parts.append(
                f'<rect class="paper" x="{_n(left - 2)}" y="{_n(y - size * 0.6)}" '
                f'width="{_n(wide + 4)}" height="{_n(size * 1.2)}" fill="{PAPER}"/>'
            )
        weight = ' font-weight="600"' if bold else ""
        self._parts.append(
            f'<text class="{kind}" x="{_n(x)}" y="{_n(y + size * 0.35)}" fill="{colour}" '
            f'font-size="{_n(size)}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
        )

    def amount(self, x: float, y: float, text: str, fill: Fill, size: float) -> None:
        """Write about a point of a filled surface, covering hatching and lines behind it."""
        kind = fill.kind.replace("fill", "on")
        wide = width_of(text, size) + 4
        self._parts.append(
            f'<rect class="{fill.kind}" x="{_n(x - wide / 2)}" y="{_n(y - size * 0.55)}" '
            f'width="{_n(wide)}" height="{_n(size * 1.1)}" fill="{fill.colour}"/>'
        )
        self.text(x, y, text, anchor="middle", size=size, kind=kind, colour=fill.text)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        anchor: str = "start",
        size: float = SIZE,
        kind: str = "ink-text",
        colour: str = INK,
    ) -> None:
        """Write lines whose middle is at height ``y``."""
        first = y - (len(lines) - 1) * size * LEADING / 2
        for number, line in enumerate(lines):
            at = first + number * size * LEADING
            self.text(x, at, line, anchor=anchor, size=size, kind=kind, colour=colour)

    def svg(self, told: str, language: str) -> str:
        """Return the drawing; ``told`` is what it shows, in words."""
        width, height = _n(self.width), _n(self.height)
        order = (CHINESE, LATIN) if language == "zh" else (LATIN, CHINESE)
        fonts = ", ".join((*order, "sans-serif"))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
            f'aria-label={quoteattr(told)} xml:lang="{language}" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}" font-family="{fonts}">'
            + "".join(self._parts)
            + "</svg>"
        )


_COLOURS = {"line": LINE, "ink": INK, "soft-line": SOFT}


def width_of(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return how wide a line of text is at most, in the fonts that a reader is likely to have."""
    letters = sum(_letter(letter) for letter in text)
    return letters * size * (1.06 if bold else 1)


def _letter(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.95
    return 0.7 if letter.isupper() else 0.6


def folded(text: str, width: float, size: float = SIZE, most: int = 2) -> tuple[str, ...]:
    """Break a text into at most so many lines of a width, the last cut short with an ellipsis."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        if width_of(rest, size) <= width:
            return (*lines, rest)
        end = _break(rest, width, size)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest and lines:
        last = lines[-1]
        while last and width_of(f"{last}…", size) > width:
            last = last[:-1].rstrip()
        lines[-1] = f"{last}…"
    return tuple(lines)


def _break(text: str, width: float, size: float) -> int:
    """Return where to break a line that is too long: after a space, or between Chinese signs."""
    end, used = 0, 0.0
    good = 0
    for end, letter in enumerate(text):
        used += _letter(letter) * size
        if used > width:
            break
        wide = east_asian_width(letter) in "WF"
        if letter in " -/" or (wide and _may_begin(text[end + 1 : end + 2])):
            good = end + 1
    return good or max(end, 1)


def _may_begin(letter: str) -> bool:
    """Say whether a line may begin with a sign: no closing punctuation of Chinese does."""
    return letter not in "，。；：、）》」！？%"


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Move the middles of labels apart so that none overlaps, near where each is wanted.

    They keep their order and stay between ``low`` and ``high`` as far as there is room; what does
    not fit goes beyond ``high``.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[_Group] = []
    for i in order:
        group = _Group([i], [wanted[i] - heights[i] / 2], heights[i])
        group.top = group.place(low, high)
        while groups and groups[-1].top + groups[-1].height > group.top:
            before = groups.pop()
            shifted = [start - before.height for start in group.starts]
            group = _Group(
                before.members + group.members,
                before.starts + shifted,
                before.height + group.height,
            )
            group.top = group.place(low, high)
        groups.append(group)
    places = [0.0] * len(wanted)
    for group in groups:
        edge = group.top
        for i in group.members:
            places[i] = edge + heights[i] / 2
            edge += heights[i]
    return places


@dataclass(slots=True)
class _Group:
    """Labels that touch each other; ``starts`` are where each would have the group begin."""

    members: list[int]
    starts: list[float]
    height: float
    top: float = 0.0

    def place(self, low: float, high: float) -> float:
        """Return where the group begins, so that all are equally near their places."""
        mean = sum(self.starts) / len(self.starts)
        return max(low, min(mean, high - self.height))


def _n(number: float) -> str:
    """Write a number of the drawing: two decimals at most, no idle noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"
