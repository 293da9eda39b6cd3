"""The profile of the answers to a questionnaire, area by area."""

from diagnost.compute.profile import area_scores
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.document import ProfileRow, Word
from diagnost.report.figures import Figures


def profile_rows(case: Case, figures: Figures) -> tuple[ProfileRow, ...]:
    """Return the areas that have a score, of the sides that are looked at.

    A single area makes no profile: it is judged by what is found in it.
    """
    catalogue, language, words = case.base.catalogue, figures.language, figures.words
    rows = []
    for side in sorted(case.sides & catalogue.profiles.keys()):
        for found in area_scores(case.accounts, catalogue, side):
            if found.score is None or found.band is None:
                continue
            rows.append(
                ProfileRow(
                    area=catalogue.question_areas[found.area].name.in_language(language),
                    score=formats.count(found.score, language),
                    band=Word(found.band.name.in_language(language), found.band.polarity.value),
                    answered=words["profile.answered"].format(
                        answered=found.answered, asked=found.asked
                    ),
                )
            )
    return tuple(rows) if len(rows) > 1 else ()


def profile_note(case: Case, figures: Figures) -> str:
    """Say on which scale the areas are scored, and that the edges are customary."""
    catalogue, language = case.base.catalogue, figures.language
    told = []
    for side in sorted(case.sides & catalogue.profiles.keys()):
        profile = catalogue.profiles[side]
        bounds = [formats.limit(edge, language) for edge in (profile.least, profile.most)]
        told.append(figures.words["profile.scale"].format(least=bounds[0], most=bounds[1]))
    return figures.words["list.space"].join(dict.fromkeys(told))
