"""What logic finds doubtful, less what the authors expect."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from diagnost.model.expectation import Expected
from diagnost.model.located import Problem


class Doubt(NamedTuple):
    """A problem of logic and the entries, norms or sections that it is about."""

    problem: Problem
    about: tuple[str, ...]


def unexpected(
    doubts: Iterable[Doubt], expected: Iterable[Expected], looked_for: Collection[str]
) -> Iterator[Problem]:
    """Yield what nobody expects; and K699 for what is expected, was looked for and is not so.

    ``looked_for`` are the codes that this run decides.
    """
    open_ = {(each.code, each.about): each for each in expected}
    met = set()
    for doubt in doubts:
        name = (doubt.problem.code, tuple(sorted(doubt.about)))
        if name in open_:
            met.add(name)
        else:
            yield doubt.problem
    for name, each in open_.items():
        if name not in met and each.code in looked_for:
            message = f"{each.code} of {' and '.join(each.about)} is expected and is not so"
            yield Problem("K699", message, each.at, "Take the entry out, or mend the names.")
