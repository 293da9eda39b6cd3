"""Places in the user's and the experts' files, and problems that point to them."""

from collections.abc import Iterable
from typing import NamedTuple

_LONGEST = 200
"""Characters of a word that may be a slip; longer ones are something else."""


class At(NamedTuple):
    """A place: a line and column of a text file, or a cell of a sheet; both count from 1.

    ``width`` is the number of characters that a caret under the place should span; it makes no
    two places of one. (There are more places than anything else: as a dataclass they would take
    a quarter of the time to load the knowledge.)
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""
    width: int = 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, At) and self[:5] == other[:5]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:5])

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}!{self.sheet}!{self.cell}"
        if self.sheet:
            return f"{self.file}!{self.sheet}"
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return self.file


class Problem(NamedTuple):
    """Something wrong in a file: where, what, and how to mend it.

    ``code`` is K… for the knowledge base and A… for accounts (``docs/problems.md``).
    ``also`` is a second place, for duplicates and contradictions.
    """

    code: str
    message: str
    at: At
    hint: str = ""
    also: At | None = None

    def __str__(self) -> str:
        text = f"{self.at}: {self.code} {self.message}"
        return f"{text} (see also {self.also})" if self.also else text


class DiagnostError(Exception):
    """Files that cannot be used: carries every problem found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=lambda p: p.at))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known words come close to ``word``, as the end of a hint; '' when none does."""
    import difflib

    if len(word) > _LONGEST:
        return ""
    close = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(close)}?" if close else ""
