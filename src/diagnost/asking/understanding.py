"""What a question in words asks for: a Question, or what is unclear about it; nothing is guessed.

A question is parted into words that are known, the longest first; every word must be known and have
its place. What kind of question it is follows from the words that ask; where they ask for two
things, or name two, nothing is decided and both are offered.
"""

from collections.abc import Container, Iterable
from typing import Self

from diagnost.asking.lexicon import Lexicon
from diagnost.asking.offers import offers, recognised
from diagnost.asking.question import Question, Unclear
from diagnost.asking.reading import Reader
from diagnost.compute.sides import sides_given
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.vocabulary import Vocabulary
from diagnost.pipeline import Case

MAX_QUESTION = 400
"""Longer texts are no questions; what counts are characters."""


def understand(
    text: str,
    vocabulary: Vocabulary,
    base: KnowledgeBase,
    periods: Iterable[str],
    people: Iterable[str],
    language: str = "",
    *,
    unit: int = 1,
    present: Container[str] = (),
) -> Question | Unclear:
    """Return what a question asks for, or what of it is clear and the nearest questions that are.

    ``periods`` are ids of the case's periods, oldest first; ``people`` the names of those who are
    looked at one by one. ``language`` decides where the words leave it open. ``unit`` is that of
    the accounts. ``present`` are the ids of findings and steps of the case: of several that bear
    one name they go first. Who asks more than once makes an ``Understanding``.
    """
    known = tuple(periods)
    lexicon = Lexicon(vocabulary, base, known, people)
    return Understanding(lexicon, known, unit=unit, present=present).of(text, language)


class Understanding:
    """Understands questions about one case; made once for many of them."""

    def __init__(
        self,
        lexicon: Lexicon,
        periods: tuple[str, ...],
        *,
        unit: int = 1,
        present: Container[str] = (),
    ) -> None:
        self.lexicon = lexicon
        self._reader = Reader(lexicon, periods, unit, present)

    @classmethod
    def of_case(cls, case: Case, vocabulary: Vocabulary) -> Self:
        """Return what understands questions about a case; its base may have more sides than it."""
        accounts, diagnosis = case.accounts, case.diagnosis
        periods = tuple(period.id for period in accounts.periods)
        people = [each.subject.name for each in case.subjects if each.subject is not None]
        sides = sides_given(accounts, case.base.catalogue)
        present = {f.statement.id for f in diagnosis.findings}
        present |= {a.recommendation.id for a in diagnosis.advice}
        lexicon = Lexicon(vocabulary, case.base, periods, people, sides)
        return cls(lexicon, periods, unit=accounts.unit, present=present)

    def of(self, text: str, language: str = "") -> Question | Unclear:
        """Return what a text asks for, or why that is unclear; see ``understand``."""
        short = text[: MAX_QUESTION + 1]
        reading = self._reader.read(short, language)
        if reading.question is not None and len(text) <= MAX_QUESTION:
            return reading.question
        return Unclear(
            language=reading.language,
            recognised=recognised(reading, self.lexicon),
            offered=offers(reading, self._reader),
        )

    def phrases(self, language: str) -> tuple[str, ...]:
        """Return what a prompt can complete in a language: names of entries, and questions."""
        offered = self.lexicon.vocabulary.languages[language].offers.values()
        whole = tuple(question for question in offered if "{name}" not in question)
        return (*whole, *self.lexicon.names(language))
