"""The knowledge base that the program works with: what is shipped, and the packs in use."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from diagnost.knowledge.in_use import in_use, packs_in_use

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

    from diagnost.model.catalogue import Catalogue
    from diagnost.model.knowledge import KnowledgeBase

__all__ = ["packs_in_use"]


@contextmanager
def using_packs(paths: "Sequence[Path]") -> Iterator[None]:
    """Let all that is asked within work with packs laid over the shipped knowledge.

    Raises DiagnostError for packs that cannot be read.
    """
    if not paths:
        yield
        return
    from diagnost.knowledge.packs import read_packs

    with in_use(read_packs(paths)):
        yield


@contextmanager
def using_packs_and_settings(paths: "Sequence[Path]") -> Iterator[None]:
    """Let all that is asked within work with packs, and with those of the user's settings."""
    from diagnost.knowledge.user_config import configured_packs

    with using_packs((*configured_packs(), *paths)):
        yield


def knowledge() -> "KnowledgeBase":
    """Return the knowledge base with all its examples."""
    from diagnost.knowledge.base import load

    base = load(packs=packs_in_use())
    leave_alone()
    return base


def ready_knowledge() -> "KnowledgeBase":
    """Return the knowledge base without its examples, its plans compiled."""
    return ReadyShelf().base_of(None)


class ReadyShelf:
    """The knowledge in the parts that a command can use."""

    def __init__(self) -> None:
        from diagnost.knowledge.cache import Shelf

        self._shelf = Shelf(packs=packs_in_use())

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
