"""Which statements of the sources are encoded, excused or missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from diagnost.model.knowledge import KnowledgeBase, Section, Source

_STATES = ("all", "encoded", "excused", "missing")


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """The state of one section of a source; no id stands in two of the three."""

    source: Source
    section: Section
    encoded: tuple[str, ...]
    excused: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The state of all sections, in order of the sources."""

    sections: tuple[SectionCoverage, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the ids that are neither encoded nor excused."""
        return tuple(id_ for part in self.sections for id_ in part.missing)

    def rows(self, language: str = "en") -> Iterator[tuple[str, ...]]:
        """Yield rows for people: each source, its sections below it, and the sum of all."""
        sources = {part.source.prefix: part.source for part in self.sections}
        for prefix, source in sources.items():
            parts = [part for part in self.sections if part.source.prefix == prefix]
            yield _row(prefix, source.title.in_language(language), parts)
            for part in parts:
                title = part.section.title.in_language(language)
                yield _row(f"  {part.section.id}", f"  {title}", [part])
        yield _row("", "all sources", self.sections)

    def as_data(self) -> dict[str, Any]:
        """Return the state for JSON: by section with the ids, and the sums."""
        return {
            "sections": [
                {
                    "source": part.source.prefix,
                    "section": part.section.id,
                    "encoded": list(part.encoded),
                    "excused": list(part.excused),
                    "missing": list(part.missing),
                }
                for part in self.sections
            ],
            "totals": dict(zip(_STATES, _counts(self.sections), strict=True)),
        }


def _counts(parts: tuple[SectionCoverage, ...] | list[SectionCoverage]) -> tuple[int, ...]:
    encoded, excused, missing = (
        sum(len(getattr(part, state)) for part in parts) for state in _STATES[1:]
    )
    return encoded + excused + missing, encoded, excused, missing


def _row(
    id_: str, title: str, parts: tuple[SectionCoverage, ...] | list[SectionCoverage]
) -> tuple[str, ...]:
    return (id_, title, *map(str, _counts(parts)))


def coverage(base: KnowledgeBase) -> Coverage:
    """Return the coverage of every section.

    A statement is encoded where an indicator or a norm cites it, a calculator with a worked case,
    or a rule that has both a firing and a silent example: what no example shows, nobody has seen at
    work.
    """
    cited = set(_cited(base))
    excused = {statement for excuse in base.excuses for statement in excuse.ids}
    return Coverage(
        tuple(
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
    )


def _cited(base: KnowledgeBase) -> Iterator[str]:
    for indicator in base.catalogue.indicators.values():
        yield from indicator.cites.ids
        for norm in indicator.norms:
            yield from norm.cites.ids
            for variant in norm.variants:
                yield from variant.cites.ids
    for decomposition in base.catalogue.decompositions.values():
        yield from decomposition.cites.ids
    for calculator in base.calculators.values():
        if calculator.examples:
            # What it only infers from a statement does not encode that statement.
            drawn = (cites.ids for cites in calculator.citations if not cites.inference)
            yield from (id_ for ids in drawn for id_ in ids)
    for rule in base.rules.values():
        if rule.fires_on and rule.silent_on:
            yield from rule.cites.ids
