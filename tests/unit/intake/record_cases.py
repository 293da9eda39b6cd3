"""What the tests of records share: the shipped declarations and a way to read a text as a file."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from diagnost import yaml_reader
from diagnost.intake.read import read_accounts
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.question_files import read_questionnaires
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.table_files import read_tables
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import DiagnostError
from tests.unit.intake.intake_cases import catalogue

SALES = Path(__file__).parents[3] / "knowledge" / "sales"


@cache
def sales() -> Catalogue:
    problems = Problems()
    mentions: list[Mention] = []
    asked = [yaml_reader.read(SALES / "questionnaire.yaml")]
    questionnaire = read_questionnaires(asked, mentions, problems)
    tables = read_tables([yaml_reader.read(SALES / "tables.yaml")], problems)
    assert not problems
    return replace(
        catalogue(),
        questions={**catalogue().questions, **questionnaire.questions},
        question_areas=questionnaire.areas,
        tables=tables,
    )


def read(tmp_path: Path, name: str, content: str | bytes) -> Accounts:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_accounts(path, sales())


def faults(tmp_path: Path, name: str, content: str | bytes) -> list[str]:
    """Return the problems of a file, each as place, code and message; none if it can be read."""
    try:
        read(tmp_path, name, content)
    except DiagnostError as error:
        return [str(problem) for problem in error.problems]
    return []


def hints(tmp_path: Path, name: str, content: str | bytes) -> list[str]:
    try:
        read(tmp_path, name, content)
    except DiagnostError as error:
        return [problem.hint for problem in error.problems]
    return []


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(accounts: Accounts, table: str) -> list[dict[str, str]]:
    """Return the rows of a table as texts."""
    return [
        {column: str(value) for column, value in row.values.items()}
        for row in accounts.records[table]
    ]
