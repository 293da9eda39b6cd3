"""An empty form as a folder of text files, one for each table; ``intake.folder`` reads it."""

from collections.abc import Mapping

from diagnost.intake.form import write_form
from diagnost.intake.form_files import CsvForm
from diagnost.intake.form_rows import WORDS
from diagnost.intake.record_form_rows import FormTable, record_form_of
from diagnost.model.catalogue import Catalogue


def write_form_folder(catalogue: Catalogue, language: str, purpose: str) -> Mapping[str, bytes]:
    """Return the files of a form by name: the company, the answers and each table of records.

    Without a ``purpose`` it is the one file of the accounts. KeyError for a language not known.
    """
    if not purpose:
        return {_file(WORDS[language]["accounts"]): write_form("csv", catalogue, language)}
    form = record_form_of(catalogue, language, purpose)
    company = CsvForm(language)
    for row in form.fields:
        company.line(row.label, "", remark=row.help)
    files = {_file(form.word("company")): company.content()}
    if form.areas:
        answers = CsvForm(language)
        answers.line(remark=form.word("help_answers"))
        for area, rows in form.areas:
            answers.line(remark=area)
            for row in rows:
                answers.line(row.label, "", remark=row.help, question=row.id)
        files[_file(form.word("answers"))] = answers.content()
    return files | {_file(table.name): _table(table, language) for table in form.tables}


def _file(title: str) -> str:
    return f"{title.replace('/', '-')}.csv"


def _table(table: FormTable, language: str) -> bytes:
    sheet = CsvForm(language)
    if table.rows:
        sheet.line(remark=table.rows)
    sheet.line(*(column.heading for column in table.columns))
    sheet.line(*(f"# {column.help}" if column.help else "" for column in table.columns))
    return sheet.content()
