"""All that logic finds by the words of facts alone: without line items and their identities."""

from collections.abc import Collection, Iterator

from diagnost.check.logic.doubts import Doubt
from diagnost.check.logic.firing import circles, dead
from diagnost.check.logic.norms import contradicting_norms, unshown_edges
from diagnost.check.logic.together import side_by_side
from diagnost.check.logic.unused import (
    idle_rulings,
    uncited_sources,
    uncounted_findings,
    unreached_advice,
    unused_facts,
)
from diagnost.check.logic.worlds import Worlds
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import FactKey, Word

BY_WORDS = frozenset(f"K{number}" for number in range(601, 611)) | {"K612"}
"""The codes of what is decided here."""

BY_EXAMPLES = frozenset({"K611"})
"""The codes of what only a run of all examples decides."""


def doubts_by_words(base: KnowledgeBase, alive: Collection[str] = ()) -> Iterator[Doubt]:
    """Yield what is doubtful about a base whose references all lead somewhere.

    ``alive`` are entries of which it is known that they can fire.
    """
    yield from unused_facts(base)
    yield from uncounted_findings(base)
    yield from uncited_sources(base)
    yield from contradicting_norms(base)
    found = circles(base)
    yield from found
    if found:
        return  # nothing can be said of what fires in a circle
    informed = Worlds(base, informed=True)
    yield from dead(Worlds(base), informed, alive)
    yield from side_by_side(informed)
    yield from unreached_advice(informed)
    yield from idle_rulings(informed)


def doubts_by_examples(
    base: KnowledgeBase, shown: Collection[tuple[FactKey, Word]]
) -> Iterator[Doubt]:
    """Yield what the examples leave out; ``shown`` are bands into which values of them fell."""
    yield from unshown_edges(base, shown)
