"""Scores of the areas of a questionnaire."""

from decimal import Decimal

from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.profile import AreaScore


def area_scores(accounts: Accounts, catalogue: Catalogue, purpose: str) -> tuple[AreaScore, ...]:
    """Return the score of each area of the questionnaire of a side, in its order.

    None are returned where it has no profile. Questions without an answer are left out of the mean.
    """
    profile = catalogue.profiles.get(purpose)
    if profile is None:
        return ()
    asked: dict[str, int] = {}
    scores: dict[str, list[Decimal]] = {}
    for question in catalogue.questions.values():
        if question.purpose != purpose or not profile.counts(question):
            continue
        asked[question.area] = asked.get(question.area, 0) + 1
        answer = accounts.context.get(question.id)
        if answer is not None:
            scores.setdefault(question.area, []).append(profile.score(question, answer.value))
    found = []
    for area in catalogue.question_areas:
        if area not in asked:
            continue
        given = scores.get(area, [])
        enough = bool(given) and len(given) >= profile.answered * asked[area]
        score = sum(given, Decimal(0)) / len(given) if enough else None
        band = profile.band(score) if score is not None else None
        found.append(AreaScore(area, score, band, len(given), asked[area]))
    return tuple(found)
