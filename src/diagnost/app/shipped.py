"""The knowledge base that the program works with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnost.model.knowledge import KnowledgeBase


def knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base with all its examples."""
    from diagnost.knowledge.base import load

    return load()


def ready_knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base without its examples, its plan compiled."""
    from diagnost.knowledge.cache import load_kept
    from diagnost.pipeline import keep_plan, plan_of

    base, plan = load_kept(plan_of)
    keep_plan(base, plan)
    return base
