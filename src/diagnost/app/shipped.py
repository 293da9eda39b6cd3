"""The knowledge base that the program works with."""

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnost.model.knowledge import KnowledgeBase


def knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base with all its examples."""
    from diagnost.knowledge.base import load

    base = load()
    leave_alone()
    return base


def ready_knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base without its examples, its plan compiled."""
    from diagnost.knowledge.cache import load_kept
    from diagnost.pipeline import keep_plans, ready_plans

    base, plans = load_kept(ready_plans)
    keep_plans(base, plans)
    leave_alone()
    return base


def leave_alone() -> None:
    """Let the garbage collector pass over what is loaded so far: it stays to the end."""
    gc.freeze()
