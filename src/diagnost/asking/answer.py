"""What an answer is: sentences, figures, steps and further questions, before it is laid out."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.asking.question import Question
from diagnost.report.document import FigureText, NoteText, Sentence, Word, marked


class NumberRow(NamedTuple):
    """A figure that carries the answer; ``value`` and ``earlier`` in its unit, None if unknown.

    ``id`` is that of an indicator or a line item; ``now``, ``then``, ``norm`` and ``name`` are as
    they are printed.
    """

    id: str
    name: str
    now: str
    then: str
    norm: str
    judgement: Word | None
    value: Decimal | None
    earlier: Decimal | None


class Numbers(NamedTuple):
    """A short table of figures; the heads stand over what is now and what was, or would be."""

    now: str
    then: str  # '' where there is nothing to set beside
    rows: tuple[NumberRow, ...] = ()


class Step(NamedTuple):
    """A recommendation that hangs on the answer; texts are '' where nothing is said."""

    what: Sentence
    when: str
    effect: str
    first: str


class FollowUp(NamedTuple):
    """A question that may be asked next, in words and as it is understood."""

    text: str
    question: Question


class Answer(NamedTuple):
    """An answer in one language: the direct sentence first, then what it rests on."""

    question: Question
    asked: str  # in the words of the asker, '' where it was not put in words
    company: str
    period: str
    direct: tuple[Sentence, ...]
    head: str  # over the chain, '' where it needs none
    chain: tuple[Sentence, ...]
    numbers: Numbers
    steps: tuple[Step, ...]
    remarks: tuple[Sentence, ...]
    legend: str  # what a mark in the figures means, '' where there is none
    follow_ups: tuple[FollowUp, ...]
    notes: tuple[NoteText, ...]
    figures: tuple[FigureText, ...]
    sources: tuple[str, ...]
    words: dict[str, str]

    @property
    def language(self) -> str:
        """Return the language of the answer."""
        return self.question.language

    def join(self, sentences: tuple[Sentence, ...]) -> str:
        """Return sentences as one paragraph with note numbers in brackets."""
        return self.words["list.space"].join(marked(s, self.language) for s in sentences)

    def without_notes(self) -> "Answer":
        """Leave the notes out, and the numbers that refer to them."""
        return self._replace(
            direct=tuple(s._replace(notes=()) for s in self.direct),
            chain=tuple(s._replace(notes=()) for s in self.chain),
            remarks=tuple(s._replace(notes=()) for s in self.remarks),
            steps=tuple(s._replace(what=s.what._replace(notes=())) for s in self.steps),
            notes=(),
        )


class UnclearPage(NamedTuple):
    """What is told of a question that was not understood: what was, and what comes near."""

    language: str
    lines: tuple[str, ...]
    offered: tuple[str, ...]
    words: dict[str, str]
