"""What an engine does, whichever it is: it is told facts and says which alternatives fire."""

from collections.abc import Iterable
from typing import Protocol

from diagnost.engine.names import Name


class Session(Protocol):
    """One engine at work on one period.

    Only conjunctions of facts that are there reach it; absences are told as facts of their own.
    So the order in which it is told does not matter.
    """

    believed: set[Name]
    """All it was told and all it concluded."""

    fired: list[int]
    """The plan's alternatives that fired, by their index, in no particular order."""

    def tell(self, names: Iterable[Name]) -> None:
        """Add facts and chain forward until nothing more fires."""
