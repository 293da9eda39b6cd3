"""Rows one by one, people or distributors: their paragraphs, and a sheet of one page for each."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from diagnost.model.diagnosis import Finding
from diagnost.model.indicator import Polarity
from diagnost.model.rule import Weight
from diagnost.pipeline import Case
from diagnost.report.document import Document, OneByOne, PersonRow, Sentence, Sheet
from diagnost.report.narrative import Writer, write
from diagnost.report.words import words_of

_TROUBLE = (Polarity.IMPOSSIBLE, Polarity.BAD, Polarity.WATCH)

__all__ = ["gravest_first", "one_by_one", "sheets", "usage_note", "write_with_persons"]


def write_with_persons(
    case: Case, language: str, period: str, root: Path, steps: int | None = None
) -> Document:
    """Write the diagnosis of one period with what is to be said about single rows."""
    document = write(case, language, period, root, steps)
    return document._replace(one_by_one=one_by_one(case, language, period, root))


def one_by_one(case: Case, language: str, period: str, root: Path) -> tuple[OneByOne, ...]:
    """Return, table by table, the findings and steps of every row of which there is any."""
    tables = {each.subject.table: None for each in case.subjects if each.subject is not None}
    rows: dict[str, list[PersonRow]] = {table: [] for table in tables}
    for each in gravest_first(case.subjects, period):
        writer = Writer(each, language, period, root)
        sentences, listed = map(_bare, writer.about_subject())
        steps = tuple(row.what.text for row in writer.advice_rows())
        if each.subject is not None and (sentences or listed or steps):
            row = PersonRow(each.subject.name, sentences, listed, steps)
            rows[each.subject.table].append(row)
    return tuple(
        OneByOne(
            _heading(case, table, language),
            _note(case, table, language, root),
            tuple(told),
            table,
        )
        for table, told in rows.items()
        if told
    )


def gravest_first(subjects: Iterable[Case], period: str) -> tuple[Case, ...]:
    """Order rows by what is found of them: the gravest trouble first, more of it before less.

    Among equals the order of the records stays.
    """

    def trouble(case: Case) -> tuple[tuple[int, int], ...]:
        found = (f for f in case.diagnosis.findings if f.period == period and not f.gave_way_to)
        weighed = (_weighed(f) for f in found if f.statement.polarity in _TROUBLE)
        return (*sorted(weighed), (len(Weight), 0))

    return tuple(sorted(subjects, key=trouble))


def _weighed(finding: Finding) -> tuple[int, int]:
    weight, polarity = finding.statement.weight, finding.statement.polarity
    return list(Weight).index(weight), list(Polarity).index(polarity)


def _bare(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentence._replace(notes=()) for sentence in sentences)


def sheets(subjects: Sequence[Case], language: str, period: str, root: Path) -> tuple[Sheet, ...]:
    """Return one sheet for each of some rows, the gravest first."""
    return tuple(_sheet(case, language, period, root) for case in gravest_first(subjects, period))


def _sheet(case: Case, language: str, period: str, root: Path) -> Sheet:
    writer = Writer(case, language, period, root)
    words = words_of(language, root)
    sentences, listed = writer.about_subject()
    return Sheet(
        language=language,
        name=case.subject.name if case.subject else "",
        company=case.accounts.company.name or words["the_company"],
        subtitle=writer.subtitle(),
        sentences=sentences,
        listed=listed,
        nothing="" if sentences or listed else words["persons.nothing"],
        advice=writer.advice_rows(),
        readings=writer.reading_rows(),
        gaps=writer.gaps(),
        note=usage_note(case, language, root),
        notes=writer.notes.texts(),
        figures=writer.notes.figure_texts(),
        sources=writer.notes.sources(),
        words=words,
    )


def usage_note(case: Case, language: str, root: Path) -> str:
    """Return how what is said of the row that a case is about may be used."""
    return _note(case, case.subject.table, language, root) if case.subject else ""


def people_note(case: Case, language: str, root: Path) -> str:
    """Return how what is said of the rows that are looked at one by one may be used."""
    tables = dict.fromkeys(each.subject.table for each in case.subjects if each.subject)
    return next((_note(case, table, language, root) for table in tables), "")


def _heading(case: Case, table: str, language: str) -> str:
    selection = case.base.catalogue.subjects(table)
    if selection is None or selection.name is None:
        return ""
    return selection.name.in_language(language)


def _note(case: Case, table: str, language: str, root: Path) -> str:
    """Return how what is said of the rows may be used; of people unless the table says more."""
    selection = case.base.catalogue.subjects(table)
    if selection is None or selection.note is None:
        return words_of(language, root)["persons.note"]
    return selection.note.in_language(language)
