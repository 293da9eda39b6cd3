"""The packs that all reading of the knowledge works with, as long as somebody says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnost.knowledge.packs import Pack

_IN_USE: "ContextVar[tuple[Pack, ...]]" = ContextVar("packs in use", default=())


@contextmanager
def in_use(packs: "tuple[Pack, ...]") -> Iterator[None]:
    """Let all that is asked within work with these packs."""
    token = _IN_USE.set(packs)
    try:
        yield
    finally:
        _IN_USE.reset(token)


def packs_in_use() -> "tuple[Pack, ...]":
    """Return the packs that are laid over the shipped knowledge, by their ids."""
    return _IN_USE.get()
