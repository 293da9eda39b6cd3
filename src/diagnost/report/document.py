"""The document before it is laid out: finished sentences, rows and notes in one language."""

import re
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.report.chart import Chart

_ABBREVIATED = re.compile("[ \u00a0](r|proc)\\.$")
"""What ends in the point of a Polish abbreviation, whether its space is tied yet or not."""


class Sentence(NamedTuple):
    """A finished sentence, the numbers of its notes and the entry that it comes from."""

    text: str
    notes: tuple[int, ...] = ()
    entry: str = ""


class Word(NamedTuple):
    """A judging word with its polarity, for colour."""

    text: str
    polarity: str


class VerdictRow(NamedTuple):
    """One area: a word per period and the main reasons in the last."""

    id: str
    area: str
    words: tuple[Word, ...]
    because: str


class AreaSection(NamedTuple):
    """What is said about one area: the paragraph, its why, and what is told as a list."""

    id: str
    name: str
    verdict: Word | None
    sentences: tuple[Sentence, ...]
    why: tuple[Sentence, ...]
    question: str  # what the why paragraph answers
    listed: tuple[Sentence, ...] = ()  # good practice that is missing


class ComparedRow(NamedTuple):
    """One indicator beside other firms."""

    symbol: str  # '' where readers do not know it by one
    name: str
    company: str
    others: tuple[str, ...]
    position: Word
    note: int


class Compared(NamedTuple):
    """The company beside its sector and other firms in one period."""

    period: str  # a sentence
    heads: tuple[str, ...]  # over ``others``
    rows: tuple[ComparedRow, ...]
    remark: str


class AdviceRow(NamedTuple):
    """One recommendation."""

    rank: int
    when: str
    what: Sentence
    effect: str  # what it moves, else why it is advised
    owner: str
    first: str  # what can be done at once, '' if nothing is said
    watch: str
    until: str
    moves: str = ""  # the effect alone, without the reasons that stand in for it


class LaterSteps(NamedTuple):
    """Steps of one area that the plan tells in a few words only."""

    area: str
    steps: str


class ReadingRow(NamedTuple):
    """One indicator over the periods."""

    symbol: str  # '' where readers do not know it by one
    name: str
    values: tuple[str, ...]
    norm: str
    judgement: Word | None
    trend: str
    formula: str
    derivation: str  # the formula with the figures of the period put in
    id: str = ""  # of the indicator


class MovementRow(NamedTuple):
    """One figure that has moved since the first period, and the parts that moved it."""

    name: str
    before: str
    now: str
    change: str
    parts: Sentence


class ProfileRow(NamedTuple):
    """One area of a questionnaire with its score and how much of it was answered."""

    area: str
    score: str
    band: Word
    answered: str


class AnswersProfile(NamedTuple):
    """The areas of one questionnaire; ``name`` heads it where there is more than one."""

    name: str
    note: str  # on the scale
    rows: tuple[ProfileRow, ...]


class AmountRow(NamedTuple):
    """One line item over the periods and where it stands."""

    name: str
    values: tuple[str, ...]
    places: str
    id: str = ""  # of the line item


class FigureText(NamedTuple):
    """A figure that notes name: how it came about, and where its numbers stand."""

    number: int
    brief: str  # "WPB = 1.05"
    text: str  # "WPB = 17,460 / 16,700 = 1.05. Where: …"
    of: tuple[str, str] = ("", "")  # the indicator and the period
    places: tuple[At, ...] = ()


class NoteText(NamedTuple):
    """A numbered note: the figures named, the rest behind them, and both as one text.

    ``short`` has the source and the cells alone, those of the figures among them.
    """

    number: int
    text: str
    figures: tuple[FigureText, ...]
    rest: str
    short: str


class PersonRow(NamedTuple):
    """What the document says about one person: findings without notes, and the steps advised."""

    name: str
    sentences: tuple[Sentence, ...]
    listed: tuple[Sentence, ...]
    steps: tuple[str, ...]


class OneByOne(NamedTuple):
    """The rows of one table, each by itself: people, distributors."""

    head: str
    note: str  # how what follows may be used
    rows: tuple[PersonRow, ...]
    table: str = ""


class Letterhead(NamedTuple):
    """What a document tells of the firm that hands it out, in the language of the document."""

    name: str
    logo: str  # the picture as an address that holds it, '' where there is none
    picture: bytes  # its bytes
    author: str
    date: str
    contact: tuple[str, ...]
    disclaimer: str
    accent: str  # colours as #rrggbb, '' for those of the page
    accent_dark: str  # the accent on dark paper
    line: str


class Document(NamedTuple):
    """Everything that a page shows, in the order of the page."""

    language: str
    company: str
    subtitle: str
    reader: str  # for whom it is written
    period: str
    periods: tuple[str, ...]
    summary: tuple[Sentence, ...]
    verdicts: tuple[VerdictRow, ...]
    areas: tuple[AreaSection, ...]
    compared: Compared | None
    advice: tuple[AdviceRow, ...]
    later: tuple[LaterSteps, ...]  # what the plan has beyond its rows
    development: tuple[str, ...]
    since: str  # the first period, as the language writes it
    movements: tuple[MovementRow, ...]
    readings: tuple[ReadingRow, ...]
    gaps: tuple[str, ...]
    data: tuple[Sentence, ...]
    near_limits: tuple[str, ...]  # figures that a small change would carry across a limit
    conventions: tuple[str, ...]  # which other method, or rounding, would change a judgement
    method: tuple[str, ...]  # how the indicators were computed
    about: tuple[str, ...]  # the asterisk, the knowledge base
    amounts: tuple[AmountRow, ...]
    notes: tuple[NoteText, ...]
    figures: tuple[FigureText, ...]  # that the notes name, each once
    sources: tuple[str, ...]  # what the letters of cited statements stand for
    words: dict[str, str]
    profiles: tuple[AnswersProfile, ...] = ()  # one for each questionnaire
    one_by_one: tuple[OneByOne, ...] = ()  # one part for each table
    charts: tuple[Chart, ...] = ()  # only where the form shows pictures
    letterhead: Letterhead | None = None
    unremarkable: str = ""  # of a brief document: the areas that its table leaves out
    first_steps: tuple[str, ...] = ()  # of a brief document: the steps, in the place of the plan
    asks: tuple[str, ...] = ()  # of a brief document: what to ask the company for
    causes: tuple[str, ...] = ()  # of a full one: what was found to lead to what
    derivations: tuple[str, ...] = ()  # of a full one: how each indicator came about

    @property
    def one_page(self) -> bool:
        """Say whether this is a brief document, which goes on a single page."""
        return bool(self.first_steps or self.asks or self.unremarkable)

    def charts_of(self, area: str) -> tuple[Chart, ...]:
        """Return the charts that stand beside the paragraph of an area."""
        return tuple(chart for chart in self.charts if chart.area == area)

    @property
    def charts_elsewhere(self) -> tuple[Chart, ...]:
        """Return the charts of the appendix, and of areas of which nothing is said.

        One that names people stands below the remark on how that may be used, or nowhere.
        """
        told = {"overall", *(area.id for area in self.areas)}
        people = of_people("")
        others = (chart for chart in self.charts if not chart.area.startswith(people))
        return tuple(chart for chart in others if chart.area not in told)

    def charts_of_people(self, part: OneByOne) -> tuple[Chart, ...]:
        """Return the charts of a table whose rows are told of one by one."""
        return self.charts_of(of_people(part.table))

    def join(self, sentences: tuple[Sentence, ...]) -> str:
        """Return sentences as one paragraph with note numbers in brackets."""
        return self.words["list.space"].join(
            marked(sentence, self.language) for sentence in sentences
        )


class Sheet(NamedTuple):
    """One page about one person."""

    language: str
    name: str
    company: str
    subtitle: str
    sentences: tuple[Sentence, ...]
    listed: tuple[Sentence, ...]  # one line each, below
    nothing: str  # said where there is nothing to say
    advice: tuple[AdviceRow, ...]
    readings: tuple[ReadingRow, ...]
    gaps: tuple[str, ...]
    note: str  # how the page may be used
    notes: tuple[NoteText, ...]
    figures: tuple[FigureText, ...]
    sources: tuple[str, ...]
    words: dict[str, str]
    letterhead: Letterhead | None = None

    def join(self, sentences: tuple[Sentence, ...]) -> str:
        """Return sentences as one paragraph with note numbers in brackets."""
        return self.words["list.space"].join(
            marked(sentence, self.language) for sentence in sentences
        )


def of_people(table: str) -> str:
    """Return the place of charts about the rows of a table, in the stead of an area."""
    return f"people-{table}"


def marked(sentence: Sentence, language: str) -> str:
    """Write a sentence with its note numbers before the full stop, as the language has it."""
    if not sentence.notes:
        return sentence.text
    numbers = ", ".join(str(number) for number in sentence.notes)
    mark = note_mark(numbers, language)
    space = "" if language == "zh" else " "
    return f"{body(sentence)}{space}{mark}{stop(sentence)}"


def note_mark(numbers: object, language: str) -> str:
    """Write numbers of notes in brackets."""
    return f"［{numbers}］" if language == "zh" else f"[{numbers}]"


def body(sentence: Sentence) -> str:
    """Return a sentence without its full stop, so that notes can stand before it.

    The point of an abbreviation that ends a Polish sentence ("2021 r.", "2 pkt proc.") stays.
    """
    text = sentence.text
    return text[:-1] if stop(sentence) and not _ABBREVIATED.search(text) else text


def stop(sentence: Sentence) -> str:
    """Return the full stop of a sentence, if it has one."""
    return sentence.text[-1:] if sentence.text[-1:] in (".", "。") else ""
