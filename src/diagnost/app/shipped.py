"""The knowledge base that the program works with."""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

    from diagnost.model.catalogue import Catalogue
    from diagnost.model.knowledge import KnowledgeBase


def knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base with all its examples."""
    from diagnost.knowledge.base import load

    base = load()
    leave_alone()
    return base


def ready_knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base without its examples, its plans compiled."""
    return ReadyShelf().base_of(None)


class ReadyShelf:
    """The shipped knowledge in the parts that a command can use."""

    def __init__(self) -> None:
        from diagnost.knowledge.cache import Shelf

        self._shelf = Shelf()

    @property
    def catalogue(self) -> "Catalogue":
        """Return what reading a company's data needs, of all sides."""
        return self._shelf.catalogue

    def base_of(self, sides: "Set[str] | None") -> "KnowledgeBase":
        """Return what can be said of some sides (None: of all), the plans compiled."""
        from diagnost.pipeline import keep_plans, ready_plans

        base, plans = self._shelf.base(ready_plans, sides)
        keep_plans(base, plans)
        leave_alone()
        return base


def leave_alone() -> None:
    """Let the garbage collector pass over what is loaded so far: it stays to the end."""
    gc.freeze()
