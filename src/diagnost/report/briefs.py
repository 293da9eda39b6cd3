"""Findings in a few words, for tables and lists."""

from collections.abc import Iterable

from diagnost.model.knowledge import KnowledgeBase
from diagnost.report.figures import Figures


def briefs(base: KnowledgeBase, figures: Figures, entries: Iterable[str], period: str) -> list[str]:
    """Return the short forms of statements whose figures are known, each once."""
    found = (figures.sentence(base.statements[entry].brief, period) for entry in entries)
    return list(dict.fromkeys(brief for brief in found if brief))
