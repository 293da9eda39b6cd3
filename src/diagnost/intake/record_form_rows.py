"""What an empty form for a side such as sales holds: its questions by area, and its tables."""

from collections.abc import Iterator
from typing import NamedTuple

from diagnost.intake.form_rows import WORDS, FormRow, help_of_answer
from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question
from diagnost.model.records import DATE, FLAG, MONEY, MONTH, NUMERIC, SCORE, Column, Table


class FormColumn(NamedTuple):
    """A column to fill in: its heading, help and choices."""

    id: str
    heading: str
    kind: str
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False


class FormTable(NamedTuple):
    """A table to fill in: its name, and what one row of it is."""

    id: str
    name: str
    rows: str
    columns: tuple[FormColumn, ...]


class RecordForm(NamedTuple):
    """An empty form for one side in one language."""

    language: str
    fields: tuple[FormRow, ...]
    areas: tuple[tuple[str, tuple[FormRow, ...]], ...]
    tables: tuple[FormTable, ...]

    def word(self, key: str) -> str:
        """Return a word of the form's furniture."""
        return WORDS[self.language][key]


FIELDS = ("name", "currency", "as_of", "records_unit")


def purposes_of(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the sides that have a form of their own beside finance, in order of declaration."""
    found = {question.purpose for question in catalogue.questions.values()}
    found |= {side for table in catalogue.tables.values() for side in table.sides}
    return tuple(side for side in catalogue.sides if side in found)


def record_form_of(catalogue: Catalogue, language: str, purpose: str) -> RecordForm:
    """Lay out the form of a side; KeyError for a language that is not known."""
    words = WORDS[language]
    return RecordForm(
        language=language,
        fields=tuple(FormRow(f, words[f], words.get(f"help_{f}", "")) for f in FIELDS),
        areas=tuple(_areas(catalogue, language, purpose)),
        tables=tuple(
            _table(table, purpose, language, words)
            for table in catalogue.tables.values()
            if purpose in table.sides
        ),
    )


def in_order(catalogue: Catalogue, purpose: str) -> tuple[Question, ...]:
    """Return the questions of a side in the order in which they are asked."""
    asked = [q for q in catalogue.questions.values() if q.purpose == purpose]
    return tuple(sorted(asked, key=lambda question: question.order))


def _areas(
    catalogue: Catalogue, language: str, purpose: str
) -> Iterator[tuple[str, tuple[FormRow, ...]]]:
    """Yield each area with its questions, the areas in the order of their first question."""
    questions = in_order(catalogue, purpose)
    for area in dict.fromkeys(question.area for question in questions):
        rows = tuple(
            _question(question, catalogue, language)
            for question in questions
            if question.area == area
        )
        yield catalogue.question_areas[area].name.in_language(language), rows


def _question(question: Question, catalogue: Catalogue, language: str) -> FormRow:
    words = WORDS[language]
    helps = [takes(question, language)]
    if question.help is not None:
        helps.append(question.help.in_language(language))
    if question.spared_by:
        names = [catalogue.tables[t].names.in_language(language) for t in question.spared_by]
        mark = "、" if language == "zh" else ", "
        helps.append(words["spared"].format(tables=mark.join(names)))
    return FormRow(
        question.id,
        question.asks.in_language(language),
        ("；" if language == "zh" else "; ").join(helps),
        choices_of(question, language),
        question.unit,
    )


def takes(question: Question, language: str) -> str:
    """Say what a question takes: its words, the ends of its scale, or a number."""
    words = WORDS[language]
    scale = question.scale
    if scale is not None:
        low, high = (end.in_language(language) for end in scale.ends)
        return words["scale"].format(least=scale.least, most=scale.most, low=low, high=high)
    if question.words:
        return ("、" if language == "zh" else ", ").join(choices_of(question, language))
    return help_of_answer(question.unit, words)


def choices_of(question: Question, language: str) -> tuple[str, ...]:
    """Return the answers to choose from, as the reader knows them."""
    if question.scale is not None:
        return tuple(str(n) for n in range(question.scale.least, question.scale.most + 1))
    return tuple(
        text.in_language(language) if (text := question.labels.get(word)) else word
        for word in question.words
    )


def _table(table: Table, purpose: str, language: str, words: dict[str, str]) -> FormTable:
    return FormTable(
        table.id,
        table.names.in_language(language),
        table.rows.in_language(language) if table.rows else "",
        tuple(_column(column, language, words) for column in table.columns_of(purpose)),
    )


def _column(column: Column, language: str, words: dict[str, str]) -> FormColumn:
    choices = tuple(text.in_language(language) for text in column.words.values())
    if column.kind == FLAG:
        choices = (words["yes"], words["no"])
    mark = "、" if language == "zh" else ", "
    usual = {
        DATE: words["help_day"],
        MONTH: words["help_month"],
        FLAG: words["help_yes_no"],
    }.get(column.kind, mark.join(choices))
    if column.kind == SCORE:
        usual = f"{column.least}–{column.most}"
    elif column.kind == "count":
        usual = words["help_count"]
    elif column.kind == MONEY:
        usual = words["help_money_in_full"]
    own = column.help.in_language(language) if column.help else ""
    parts = [words["required"]] if column.required else []
    parts += [own] if own and column.kind not in (DATE, MONTH) else [p for p in (own, usual) if p]
    return FormColumn(
        column.id,
        column.names.in_language(language),
        column.kind,
        ("；" if language == "zh" else "; ").join(parts),
        choices,
        column.required,
    )


def is_number(column: FormColumn) -> bool:
    """Say whether a column holds numbers."""
    return column.kind in NUMERIC
