"""The profile of a questionnaire: a score for each of its areas, out of the answers to them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.context import Question
from diagnost.model.indicator import Polarity
from diagnost.model.located import At
from diagnost.model.text import Text


class ProfileBand(NamedTuple):
    """A named stretch of the scores; ``edge`` is its upper end, None for the last one."""

    id: str
    name: Text
    polarity: Polarity
    edge: Decimal | None
    included: bool  # the edge belongs to the band

    def reaches(self, score: Decimal) -> bool:
        """Say whether a score lies within the upper edge."""
        if self.edge is None:
            return True
        return score <= self.edge if self.included else score < self.edge


class Profile(NamedTuple):
    """How a questionnaire is scored, area by area.

    Questions up to the order ``through`` count. A score lies between ``least`` and ``most``; an
    area has one if at least the share ``answered`` of its questions has an answer.
    """

    through: int
    answered: Decimal
    least: Decimal
    most: Decimal
    bands: tuple[ProfileBand, ...]
    scores: Mapping[str, Mapping[Decimal, Decimal]]  # by question: what each number is worth
    at: At

    def counts(self, question: Question) -> bool:
        """Say whether a question is one of those scored: yes or no, or a scale."""
        return question.order <= self.through and (
            question.scale is not None or set(question.words) == {"yes", "no"}
        )

    def score(self, question: Question, value: str | Decimal) -> Decimal:
        """Return what an answer is worth, the better the nearer to ``most``."""
        if isinstance(value, Decimal) and question.scale is not None:
            own = self.scores.get(question.id, {}).get(value)
            if own is not None:
                return own
            part = (value - question.scale.least) / (question.scale.most - question.scale.least)
        else:
            part = Decimal(value == "yes")
        if question.reverse:
            part = 1 - part
        return self.least + part * (self.most - self.least)

    def band(self, score: Decimal) -> ProfileBand:
        """Return the band of a score."""
        return next(band for band in self.bands if band.reaches(score))


class AreaScore(NamedTuple):
    """The score of an area of a questionnaire, None where too few questions are answered."""

    area: str
    score: Decimal | None
    band: ProfileBand | None
    answered: int
    asked: int
