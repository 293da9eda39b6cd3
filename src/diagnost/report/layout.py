"""Plain text for terminals: wrapping and columns that know the width of Chinese characters."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


@cache
def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_WORDS = re.compile(r"[^ ]* |[^ ]+")
_NO_LINE_START = "，。；：！？、）］”》%"
_NO_LINE_END = "（［“《"


def wrapped(text: str, width: int, indent: int = 0) -> str:
    """Break a text into lines; Chinese may break between characters, but not before a full stop."""
    lines = [""]
    room = width - indent
    used = 0  # columns of the last line
    for piece in _pieces(text):
        fits = used + width_of(piece.rstrip()) <= room
        if fits or not lines[-1].strip() or piece[:1] in _NO_LINE_START:
            lines[-1] += piece
            used += width_of(piece)
            continue
        carried = lines[-1][-1] if lines[-1][-1] in _NO_LINE_END else ""
        if carried:
            lines[-1] = lines[-1][:-1]
        lines.append(carried + piece.lstrip(" "))
        used = width_of(lines[-1])
    pad = " " * indent
    return "\n".join(pad + line.rstrip() for line in lines)


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into what may not be broken: words with the space after them, wide characters."""
    if text.isascii():
        yield from _WORDS.findall(text)
        return
    word = ""
    for character in text:
        if _character_width(character) == 2:
            if word:
                yield word
                word = ""
            yield character
        elif character == " ":
            yield word + character
            word = ""
        else:
            word += character
    if word:
        yield word


def columns(rows: Sequence[Sequence[str]], width: int, right: Collection[int] = ()) -> str:
    """Lay rows out in columns; where the page is narrow the widest text column wraps.

    Columns named in ``right`` hold figures: they are set flush right and keep their width.
    """
    count = max(len(row) for row in rows)
    cells = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(width_of(row[i]) for row in cells) for i in range(count)]
    for i in right:  # the heads of figures wrap between words
        words = cells[0][i].split()
        widths[i] = max(0, *map(width_of, words), *(width_of(row[i]) for row in cells[1:]))
    gap = 2
    texts = [i for i in range(count) if i not in right]
    while sum(widths) + gap * (count - 1) > width:
        widest = max(texts, key=lambda i: widths[i])
        if widths[widest] <= 12:
            break
        widths[widest] -= 1
    lines: list[str] = []
    for row in cells:
        broken = [wrapped(cell, widths[i]).split("\n") for i, cell in enumerate(row)]
        for level in range(max(len(cell) for cell in broken)):
            parts = [
                _padded(cell[level] if level < len(cell) else "", widths[i], right=i in right)
                for i, cell in enumerate(broken)
            ]
            lines.append((" " * gap).join(parts).rstrip())
    return "\n".join(lines)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * max(width - width_of(text), 0)
    return space + text if right else text + space
