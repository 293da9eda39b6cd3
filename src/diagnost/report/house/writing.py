"""The diagnosis of a period as a house hands it out: as long and with such parts as it chose."""

from collections.abc import Iterator
from pathlib import Path

from diagnost.pipeline import Case
from diagnost.report.briefs import briefs
from diagnost.report.document import Document
from diagnost.report.figures import Figures
from diagnost.report.house.brief import briefly
from diagnost.report.house.dressing import chosen_sections, dressed
from diagnost.report.house.style import HouseStyle
from diagnost.report.narrative import write
from diagnost.report.persons import write_with_persons
from diagnost.report.words import words_of

STEPS_OF_A_PAGE = 3
"""How many steps a brief document numbers."""


def write_in_style(
    case: Case, language: str, period: str, root: Path, style: HouseStyle, steps: int | None = None
) -> Document:
    """Write the diagnosis of one period in the style of a house.

    ``steps`` are the most rows of the plan; else three of a brief document, all of a full one.
    """
    if steps is None and style.length != "standard":
        brief = style.length == "brief"
        steps = STEPS_OF_A_PAGE if brief else len(case.base.recommendations)
    chosen = chosen_sections(style)
    writes = write_with_persons if "people" in chosen else write
    document = writes(case, language, period, root, steps)
    figures = Figures(case, language, words_of(language, root))
    if style.length == "brief":
        document = briefly(document, case, figures)
    if "causes" in chosen:
        document = document._replace(causes=tuple(_cause_lines(case, figures, period)))
    if "derivations" in chosen:
        document = document._replace(derivations=tuple(_derivations(document)))
    return dressed(document, style)


def _cause_lines(case: Case, figures: Figures, period: str) -> Iterator[str]:
    """Say of every finding that has causes among the others what these are."""
    of: dict[str, dict[str, None]] = {}  # as they are told: findings may share their short form
    for cause in case.diagnosis.causes:
        if cause.period == period and not cause.rule.identity and not cause.gave_way_to:
            for told in briefs(case.base, figures, (cause.effect,), period):
                of.setdefault(told, {})[cause.cause] = None
    words = figures.words
    for told, causes in of.items():
        reasons = briefs(case.base, figures, tuple(causes), period)
        if reasons:
            listed = words["list.semicolon"].join(reasons)
            yield words["causes.line"].format(effect=told, causes=listed)


def _derivations(document: Document) -> Iterator[str]:
    """Tell how each indicator of the table came about, in general and with its figures."""
    words = document.words
    for row in document.readings:
        if row.derivation:
            yield words["derivations.line"].format(
                name=row.name,
                formula=f"{row.symbol or row.name} = {row.formula}",
                period=document.period,
                figures=row.derivation,
            )
