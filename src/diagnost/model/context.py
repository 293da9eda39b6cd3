"""What is asked about a company beside its statements and records."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.rule import Condition
from diagnost.model.text import Text


class Step(NamedTuple):
    """A word for part of a scale, such as ``low`` for 1 and 2; both ends belong to it."""

    word: str
    least: int
    most: int


class Scale(NamedTuple):
    """Whole numbers from ``least`` to ``most`` by which an answer is given, and their words.

    ``ends`` say in words what the lowest and the highest number mean.
    """

    least: int
    most: int
    steps: tuple[Step, ...]  # from the lowest up, without a gap
    ends: tuple[Text, Text]

    def word(self, value: Decimal) -> str:
        """Return the word for a number of the scale."""
        return next(step.word for step in self.steps if step.least <= value <= step.most)

    def holds(self, value: Decimal) -> bool:
        """Say whether a number belongs to the scale."""
        return value % 1 == 0 and self.least <= value <= self.most


class QuestionArea(NamedTuple):
    """A part of a questionnaire, such as the rhythm of the month."""

    id: str
    name: Text
    at: At


class Question(NamedTuple):
    """A question of the context or of a questionnaire: what it takes, and what silence means.

    It takes one of its ``words``, a number in a ``unit`` (as indicators have), or a whole
    number of its ``scale`` (its unit is ``number``). Words and scales give the fact
    ``company.<id>: <word>``; what has a unit can be used in formulas. ``silence`` is the word taken
    when nothing is said, or '' where silence leaves the matter unknown. ``labels`` are the words
    as people write them.

    Questions of a questionnaire have a ``purpose`` (``sales``), an ``area`` and an ``order``;
    ``reverse`` says that a high number, or yes, is the bad answer. Records of the tables in
    ``spared_by``, all of them together, would make the answer unnecessary.
    The document asks it of the reader only where ``asked_where`` holds: elsewhere an answer would
    change nothing. ``synonyms`` are former wordings and ids: forms filled in earlier are read by
    them.
    """

    id: str
    asks: Text
    at: At
    words: tuple[str, ...] = ()
    unit: str = ""
    silence: str = ""
    asked_where: Condition = Condition()
    scale: Scale | None = None
    labels: Mapping[str, Text] = {}
    purpose: str = ""
    area: str = ""
    order: int = 0
    help: Text | None = None
    reverse: bool = False
    optional: bool = False  # asked only of those who want to go deeper
    spared_by: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    @property
    def fact_words(self) -> tuple[str, ...]:
        """Return the words of the fact ``company.<id>``; none where the answer has a unit."""
        return tuple(step.word for step in self.scale.steps) if self.scale else self.words

    def word_of(self, value: str | Decimal) -> str:
        """Return the word of the fact that an answer gives, '' for a number with a unit."""
        if isinstance(value, Decimal):
            return self.scale.word(value) if self.scale else ""
        return value

    def takes(self, value: str | Decimal) -> bool:
        """Say whether ``value`` is an answer to this question."""
        if not isinstance(value, Decimal):
            return value in self.words
        return self.scale.holds(value) if self.scale else bool(self.unit)
