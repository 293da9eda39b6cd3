"""Which statements of the sources are encoded, excused or missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from diagnost.model.knowledge import KnowledgeBase, Section, Source


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """The state of one section of a source."""

    source: Source
    section: Section
    encoded: tuple[str, ...]
    excused: tuple[str, ...]
    missing: tuple[str, ...]


def coverage(base: KnowledgeBase) -> tuple[SectionCoverage, ...]:
    """Return the coverage of every section, in order of the sources."""
    cited = set(_cited(base))
    excused = {statement for excuse in base.excuses for statement in excuse.ids}
    return tuple(
        SectionCoverage(
            source=source,
            section=section,
            encoded=tuple(i for i in section.ids if i in cited),
            excused=tuple(i for i in section.ids if i in excused and i not in cited),
            missing=tuple(i for i in section.ids if i not in cited and i not in excused),
        )
        for source in base.sources
        for section in source.sections
    )


def _cited(base: KnowledgeBase) -> Iterator[str]:
    for indicator in base.catalogue.indicators.values():
        yield from indicator.cites.ids
        for norm in indicator.norms:
            yield from norm.cites.ids
    for rule in base.rules.values():
        yield from rule.cites.ids
