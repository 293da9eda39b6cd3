"""A tree of lines drawn with └ ├ │, whatever it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diagnost.explain.pen import Pen

_LEAST = 24  # columns that a text keeps, however deep it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A line: what it is, what it says, where that stands; and the lines it rests on."""

    label: str = ""
    text: str = ""
    place: str = ""
    children: tuple["Branch", ...] = ()


def draw(root: Branch, pen: Pen, width: int) -> str:
    """Draw a tree; texts wrap, places stand at the right edge or on a line of their own."""
    lines = _lines(root, pen, width, first="", rest="", label_width=pen.width_of(root.label))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _lines(
    branch: Branch, pen: Pen, width: int, *, first: str, rest: str, label_width: int
) -> Iterator[str]:
    lead = f"{_padded(branch.label, label_width, pen)}  " if branch.label else ""
    stem = "│ " if branch.children else "  "
    indent = stem + " " * max(len(" " * pen.width_of(lead)) - len(stem), 0)
    room = max(width - pen.width_of(first + lead), _LEAST)
    texts = pen.wrapped(branch.text, room).split("\n")
    fits = pen.width_of(texts[-1]) + 2 + pen.width_of(branch.place) <= room
    for number, text in enumerate(texts):
        line = first + lead + text if number == 0 else rest + indent + text
        last = number == len(texts) - 1
        yield _placed(line, branch.place, width, pen) if last and fits and branch.place else line
    if branch.place and not fits:
        yield _placed(rest + indent.rstrip() + " ", branch.place, width, pen)
    yield from _children(branch.children, pen, width, rest)


def _children(children: Sequence[Branch], pen: Pen, width: int, rest: str) -> Iterator[str]:
    label_width = max((pen.width_of(child.label) for child in children), default=0)
    for number, child in enumerate(children):
        last = number == len(children) - 1
        yield from _lines(
            child,
            pen,
            width,
            first=rest + ("└ " if last else "├ "),
            rest=rest + ("  " if last else "│ "),
            label_width=label_width,
        )


def _placed(line: str, place: str, width: int, pen: Pen) -> str:
    gap = max(width - pen.width_of(line) - pen.width_of(place), 2)
    return line + " " * gap + place


def _padded(text: str, width: int, pen: Pen) -> str:
    return text + " " * max(width - pen.width_of(text), 0)
