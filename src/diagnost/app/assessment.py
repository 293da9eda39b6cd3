"""A questionnaire being answered: which question comes next, what is kept, what is written."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.kept_answers import UNKNOWN, KeptAnswers, forget, keep, kept_in, state_of
from diagnost.app.saving import save
from diagnost.app.shipped import ReadyShelf
from diagnost.intake.record_form import filled_record_form
from diagnost.intake.record_form_rows import choices_of, in_order, purposes_of, takes
from diagnost.intake.yaml_shapes import PLAIN_NUMBER
from diagnost.knowledge import files
from diagnost.model.context import Question
from diagnost.model.rule import Leaf, Truth
from diagnost.report.words import words_of

SECONDS = 22
"""What a question takes: forty in a quarter of an hour."""


class Choice(NamedTuple):
    """An answer to choose: as the file writes it, as it is shown, and the key that picks it."""

    value: str
    label: str
    key: str


class Asked(NamedTuple):
    """A question with all that is shown of it."""

    id: str
    area: str
    number: int
    of: int  # how many are asked
    text: str
    help: str
    choices: tuple[Choice, ...]  # none where a number is asked for
    answer: str  # what was said before, '' if nothing


class Assessment:
    """The questionnaire of a side, kept beside ``output`` after every answer."""

    def __init__(self, purpose: str, language: str, output: Path) -> None:
        self.catalogue = ReadyShelf().catalogue
        known = purposes_of(self.catalogue)
        if purpose not in known:
            listed = ", ".join(known) or "nothing"
            raise UsageError(f"--for: there are no questions for '{purpose}', only for {listed}")
        self.purpose, self.language, self.output = purpose, language, output
        self.words = words_of(language, files.content_root())
        self.state = state_of(output)
        found = kept_in(self.state, purpose)
        self.resumed = found is not None
        self.kept = found or KeptAnswers(purpose)

    def _keep(self, **changed: object) -> None:
        self.kept = self.kept._replace(**changed)  # type: ignore[arg-type]
        keep(self.kept, self.state)

    # --- before the questions --------------------------------------------------------------------

    def start(self, name: str, as_of: date, tables: tuple[str, ...]) -> None:
        """Take what is asked first; tables to be added leave questions out."""
        self._keep(name=name, as_of=as_of.isoformat(), tables=tables)

    @property
    def tables(self) -> dict[str, str]:
        """Return the tables of this side that could answer questions, with their names."""
        return {
            table.id: table.names.in_language(self.language)
            for table in self.catalogue.tables.values()
            if self.purpose in table.sides
        }

    def spared(self, tables: tuple[str, ...]) -> tuple[Question, ...]:
        """Return the questions that these tables would make unnecessary."""
        return tuple(
            question
            for question in in_order(self.catalogue, self.purpose)
            if question.spared_by and set(question.spared_by) <= set(tables)
        )

    # --- the questions ---------------------------------------------------------------------------

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions that are asked, in order."""
        spared = {question.id for question in self.spared(self.kept.tables or ())}
        return tuple(
            question
            for question in in_order(self.catalogue, self.purpose)
            if question.id not in spared
            and (self.kept.deeper or not question.optional)
            and self._arises(question)
        )

    def _arises(self, question: Question) -> bool:
        """Say whether the answers so far make an answer matter (``asked_where``)."""
        return question.asked_where.holds(self._truth_of) is Truth.YES

    def _truth_of(self, leaf: Leaf) -> Truth:
        asked = self.catalogue.questions.get(leaf.key.removeprefix("company."))
        said = self.kept.answers.get(asked.id, UNKNOWN) if asked is not None else UNKNOWN
        if asked is None or said == UNKNOWN:
            return Truth.UNKNOWN
        value = Decimal(said.rstrip("%")) if asked.unit else said
        return Truth.YES if asked.word_of(value) == leaf.word else Truth.NO

    @property
    def _position(self) -> int:
        """Return the place of the next question; as many as there are where all are done."""
        ids = [question.id for question in self.questions]
        if self.kept.at in ids:
            return ids.index(self.kept.at)
        return len(ids) if self.kept.at == DONE else 0

    @property
    def done(self) -> int:
        """Return how many questions are behind us, answered or not."""
        return self._position

    @property
    def minutes(self) -> int:
        """Return how long the questions will take."""
        return max(1, round(len(self.questions) * SECONDS / 60))

    @property
    def more(self) -> int:
        """Return how many optional questions could follow, 0 once that is settled."""
        if self.kept.deeper is not None:
            return 0
        spared = {question.id for question in self.spared(self.kept.tables or ())}
        questions = in_order(self.catalogue, self.purpose)
        return sum(q.optional and q.id not in spared and self._arises(q) for q in questions)

    def go_deeper(self, wanted: bool) -> None:
        """Settle whether the optional questions are asked."""
        before = self.questions
        self._keep(deeper=wanted)
        if wanted:
            following = self.questions[len(before) :]
            self._keep(at=following[0].id if following else DONE)

    def current(self) -> Asked | None:
        """Return the question to ask, None where all are done."""
        questions = self.questions
        position = self._position
        if position >= len(questions):
            return None
        question = questions[position]
        area = self.catalogue.question_areas[question.area].name.in_language(self.language)
        return Asked(
            id=question.id,
            area=area,
            number=position + 1,
            of=len(questions),
            text=question.asks.in_language(self.language),
            help=self._help(question),
            choices=self._choices(question),
            answer=self.kept.answers.get(question.id, ""),
        )

    def _help(self, question: Question) -> str:
        helps = [question.help.in_language(self.language)] if question.help else []
        if not choices_of(question, self.language):
            helps.insert(0, takes(question, self.language))
        return self.words["list.semicolon"].join(helps)

    def _choices(self, question: Question) -> tuple[Choice, ...]:
        labels = choices_of(question, self.language)
        scale = question.scale
        if not labels:
            return ()
        if scale is None:
            return tuple(
                Choice(word, label, str(number))
                for number, (word, label) in enumerate(zip(question.words, labels, strict=True), 1)
            )
        low, high = (end.in_language(self.language) for end in scale.ends)
        ends = {str(scale.least): low, str(scale.most): high}
        return tuple(Choice(label, ends.get(label, label), label) for label in labels)

    def number(self, text: str) -> str:
        """Return a number as the file writes it, '' if the text is none."""
        plain = text.strip().replace(" ", "").replace(",", ".")
        if not PLAIN_NUMBER.fullmatch(plain.removesuffix("%")):
            return ""
        asked = self.current()
        unit = self.catalogue.questions[asked.id].unit if asked is not None else ""
        if unit == "percent":
            return f"{plain.removesuffix('%')}%"
        return "" if plain.endswith("%") else plain

    def answer(self, value: str) -> None:
        """Take an answer, or ``unknown``, and go on."""
        asked = self.current()
        if asked is not None:
            self._keep(answers={**self.kept.answers, asked.id: value}, at=self._following())

    def skip(self) -> None:
        """Leave the question without an answer and go on."""
        asked = self.current()
        if asked is not None:
            others = {key: v for key, v in self.kept.answers.items() if key != asked.id}
            self._keep(answers=others, at=self._following())

    def back(self) -> None:
        """Return to the question before."""
        position = max(self._position - 1, 0)
        if self.questions:
            self._keep(at=self.questions[position].id)

    def _following(self) -> str:
        questions = self.questions
        position = self._position + 1
        return questions[position].id if position < len(questions) else DONE

    # --- the end ---------------------------------------------------------------------------------

    @property
    def answered(self) -> int:
        """Return how many questions have an answer other than "I do not know"."""
        known = {question.id for question in self.questions}
        said = (v for key, v in self.kept.answers.items() if key in known)
        return sum(value != UNKNOWN for value in said)

    def would_spare(self) -> list[tuple[str, int]]:
        """Return the tables that alone would make answers given unnecessary, most first."""
        alone: Counter[str] = Counter()
        for question in self.questions:
            if len(question.spared_by) == 1 and question.id in self.kept.answers:
                alone[question.spared_by[0]] += 1
        return [(self.tables[table], count) for table, count in alone.most_common()]

    def write(self) -> None:
        """Write the accounts file, and forget the unfinished one."""
        asked = {question.id for question in self.questions}
        values = {key: value for key, value in self.kept.answers.items() if key in asked}
        if self.kept.name:
            values["name"] = json.dumps(self.kept.name, ensure_ascii=False)
        values["as_of"] = self.kept.as_of
        text = filled_record_form(
            self.catalogue, self.language, self.purpose, values, self.kept.tables or ()
        )
        save(self.output, text.encode())
        forget(self.state)


DONE = "-"
"""What is kept as the next question where there is none; no question has this id."""
