"""People one by one: their paragraphs in the document, and a sheet of one page for each."""

from collections.abc import Sequence
from pathlib import Path

from diagnost.pipeline import Case
from diagnost.report.document import Document, PersonRow, Sentence, Sheet
from diagnost.report.narrative import Writer, write
from diagnost.report.words import words_of

__all__ = ["person_rows", "sheets", "write_with_persons"]


def write_with_persons(
    case: Case, language: str, period: str, root: Path, steps: int | None = None
) -> Document:
    """Write the diagnosis of one period with what is to be said about single people."""
    document = write(case, language, period, root, steps)
    rows = person_rows(case, language, period, root)
    if not rows:
        return document
    return document._replace(
        persons=rows,
        persons_head=_heading(case, language),
        persons_note=document.words["persons.note"],
    )


def person_rows(case: Case, language: str, period: str, root: Path) -> tuple[PersonRow, ...]:
    """Return, for everybody of whom there is something to say, the findings and the first steps."""
    rows = []
    for each in case.subjects:
        writer = Writer(each, language, period, root)
        sentences, listed = map(_bare, writer.about_subject())
        steps = tuple(row.what.text for row in writer.advice_rows())
        if each.subject is not None and (sentences or listed or steps):
            rows.append(PersonRow(each.subject.name, sentences, listed, steps))
    return tuple(rows)


def _bare(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentence._replace(notes=()) for sentence in sentences)


def sheets(subjects: Sequence[Case], language: str, period: str, root: Path) -> tuple[Sheet, ...]:
    """Return one sheet for each of some people."""
    return tuple(_sheet(case, language, period, root) for case in subjects)


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
        note=words["persons.note"],
        notes=writer.notes.texts(),
        figures=writer.notes.figure_texts(),
        sources=writer.notes.sources(),
        words=words,
    )


def _heading(case: Case, language: str) -> str:
    table = next((each.subject.table for each in case.subjects if each.subject), "")
    selection = case.base.catalogue.subjects(table)
    if selection is None or selection.name is None:
        return ""
    return selection.name.in_language(language)
