"""Problems as people read them: the place, the line with a caret, the hint."""

import io
import unicodedata
from functools import lru_cache
from pathlib import Path

from diagnost.model.located import DiagnostError, Problem

_LONGEST = 2_000


def written(problem: Problem, folder: Path) -> str:
    """Write a problem: first line ``file:line:column: CODE message``, then line, caret, hint.

    ``folder`` is where the file names of places start.
    """
    lines = [_cut(str(problem))]
    source = _line(folder / problem.at.file, problem.at.line) if problem.at.line else None
    if source is not None and len(source) <= 400:
        start = problem.at.column - 1
        lines.append(f"    {source}")
        marked = source[start : start + problem.at.width]
        lines.append("    " + " " * _width(source[:start]) + "^" * max(_width(marked), 1))
    if problem.hint:
        lines.append(f"    {_cut(problem.hint)}")
    return "\n".join(lines)


def _cut(text: str) -> str:
    """Shorten what quotes a whole file by mistake."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _line(path: Path, number: int) -> str | None:
    lines = _lines(path)
    return lines[number - 1] if 0 < number <= len(lines) else None


@lru_cache(maxsize=8)
def _lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a file, in the encoding in which it was read."""
    from diagnost.intake.csv_grid import decode
    from diagnost.intake.remarks import Remarks

    try:
        text = decode(path.read_bytes(), path.name, Remarks())
    except (OSError, DiagnostError):
        return ()
    return tuple(line.rstrip("\r\n").replace("\t", " ") for line in io.StringIO(text, newline=None))
