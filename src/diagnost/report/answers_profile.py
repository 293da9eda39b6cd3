"""The profiles of the answers, one for each questionnaire, area by area."""

from diagnost.compute.profile import area_scores
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.document import AnswersProfile, ProfileRow, Word
from diagnost.report.figures import Figures


def answers_profiles(case: Case, figures: Figures) -> tuple[AnswersProfile, ...]:
    """Return for each side that is looked at the areas that have a score.

    A single area makes no profile: it is judged by what is found in it. Where there are several
    profiles each is headed by the name of its side.
    """
    catalogue = case.base.catalogue
    found = {
        side: rows
        for side in catalogue.sides
        if side in case.sides and side in catalogue.profiles
        if len(rows := _rows(case, figures, side)) > 1
    }
    return tuple(
        AnswersProfile(_name(side, figures) if len(found) > 1 else "", _note(side, figures), rows)
        for side, rows in found.items()
    )


def _rows(case: Case, figures: Figures, side: str) -> tuple[ProfileRow, ...]:
    catalogue, language = case.base.catalogue, figures.language
    answered = figures.words["profile.answered"]
    return tuple(
        ProfileRow(
            area=catalogue.question_areas[found.area].name.in_language(language),
            score=formats.count(found.score, language),
            band=Word(found.band.name.in_language(language), found.band.polarity.value),
            answered=answered.format(answered=found.answered, asked=found.asked),
        )
        for found in area_scores(case.accounts, catalogue, side)
        if found.score is not None and found.band is not None
    )


def _name(side: str, figures: Figures) -> str:
    name = figures.case.base.catalogue.sides[side].name
    return name.in_language(figures.language) if name is not None else side


def _note(side: str, figures: Figures) -> str:
    """Say on which scale the areas are scored, and that the edges are customary."""
    profile = figures.case.base.catalogue.profiles[side]
    least, most = (formats.limit(edge, figures.language) for edge in (profile.least, profile.most))
    return figures.words["profile.scale"].format(least=least, most=most)
