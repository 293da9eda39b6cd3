"""Empty forms for a sales force: in three languages and formats they read back."""

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from diagnost.intake.form import write_form
from diagnost.intake.record_form import write_record_form
from diagnost.model.accounts import Accounts
from tests.unit.intake.record_cases import faults, read, sales

LANGUAGES = ("en", "pl", "zh")
KINDS = ("xlsx", "csv", "yaml")
ANSWERS = {
    "sales.rhythm.goals_split": "2",
    "sales.structure.reference_shares": "no",
    "sales.work.usual_fault": "skill",
    "sales.rules.dismissal_checks": "0",
}
RECORDS: dict[str, list[dict[str, str]]] = {
    "reps": [
        {"rep": "Anna", "role": "manager", "hired_on": "2025-02-03", "goal_written": "yes"},
        {"rep": "Jan", "role": "new", "attitude": "4"},
    ],
    "results": [{"rep": "Jan", "month": "2026-09", "receipts": "8500"}],
    "losses": [{"customer": "Acme", "lost_on": "2026-08-30", "reason": "needs"}],
}


def in_words(table: str, column: str, value: str, language: str) -> str:
    """Return a value as a person of that language writes it."""
    words = sales().tables[table].columns[column].words
    if column == "goal_written":
        return {"en": "yes", "pl": "tak", "zh": "是"}[language]
    return words[value].in_language(language) if value in words else value


def answer(key: str, value: str, language: str) -> str:
    labels = sales().questions[key].labels
    return labels[value].in_language(language) if value in labels else value


def asks(language: str) -> dict[str, str]:
    return {sales().questions[key].asks.in_language(language): key for key in ANSWERS}


def headings(table: str, language: str) -> dict[str, str]:
    columns = sales().tables[table].columns.values()
    return {column.id: column.names.in_language(language) for column in columns}


def filled_csv(language: str) -> bytes:
    mark = ";" if language == "pl" else ","
    text = write_record_form("csv", sales(), language, "sales").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    by_name = {sales().tables[table].names.in_language(language): table for table in RECORDS}
    filled: list[list[str]] = []
    table = ""
    for line in lines:
        filled.append(line)
        if line and line[0] in asks(language):
            key = asks(language)[line[0]]
            line[1] = answer(key, ANSWERS[key], language)
        elif len(filled) == 4:  # the last of the fields
            line[1] = "2026-10-31"
        elif line and line[0] in by_name:
            table = by_name[line[0]]
        elif table:
            ids = [next(c for c, h in headings(table, language).items() if h == x) for x in line]
            filled += [
                [in_words(table, c, row[c], language) if c in row else "" for c in ids]
                for row in RECORDS[table]
            ]
            table = ""
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(filled)
    return stream.getvalue().encode("utf-8-sig")


def filled_xlsx(language: str) -> bytes:
    book = load_workbook(io.BytesIO(write_record_form("xlsx", sales(), language, "sales")))
    company, answers, *_ = book.worksheets
    company["B3"] = datetime.date(2026, 10, 31)
    for row in answers.iter_rows():
        if row[0].value in asks(language):
            key = asks(language)[str(row[0].value)]
            said = answer(key, ANSWERS[key], language)
            row[1].value = int(said) if said.isdigit() else said
    for table, rows in RECORDS.items():
        sheet = book[sales().tables[table].names.in_language(language)]
        heads = {str(cell.value): number for number, cell in enumerate(sheet[2], start=1)}
        for number, filled in enumerate(rows, start=4):
            for column, value in filled.items():
                place = heads[headings(table, language)[column]]
                said = in_words(table, column, value, language)
                sheet.cell(number, place, int(said) if said.isdigit() else said)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled_yaml(language: str) -> bytes:
    text = write_record_form("yaml", sales(), language, "sales").decode()
    text = text.replace("as_of:", "as_of: 2026-10-31", 1)
    for key, value in ANSWERS.items():
        text = text.replace(f"  {key}:", f"  {key}: {answer(key, value, language)}", 1)
    for table, rows in RECORDS.items():
        listed = "".join(
            "    - {"
            + ", ".join(f'{c}: "{in_words(table, c, v, language)}"' for c, v in row.items())
            + "}\n"
            for row in rows
        )
        text = text.replace(f"  {table}:\n", f"  {table}:\n{listed}", 1)
    return text.encode()


def essence(accounts: Accounts) -> tuple[object, ...]:
    return (
        accounts.as_of,
        [period.id for period in accounts.periods],
        {key: str(answer.value) for key, answer in accounts.context.items()},
        {
            table: [
                {c: str(v) if isinstance(v, Decimal) else v for c, v in row.values.items()}
                for row in rows
            ]
            for table, rows in accounts.records.items()
        },
    )


EXPECTED = (
    datetime.date(2026, 10, 31),
    ["2026-10"],
    ANSWERS,
    {
        "reps": [
            {
                "rep": "Anna", "role": "manager", "hired_on": datetime.date(2025, 2, 3),
                "goal_written": True,
            },
            {"rep": "Jan", "role": "new", "attitude": "4"},
        ],
        "results": [{"rep": "Jan", "month": datetime.date(2026, 9, 1), "receipts": "8500"}],
        "losses": [
            {"customer": "Acme", "lost_on": datetime.date(2026, 8, 30), "reason": "needs"}
        ],
    },
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_an_empty_case(tmp_path: Path, kind: str, language: str) -> None:
    content = write_record_form(kind, sales(), language, "sales")
    assert faults(tmp_path, f"f.{kind}", content) == [
        f"f.{kind}: A117 there are no amounts in this file"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_form_reads_back(tmp_path: Path, kind: str, language: str) -> None:
    fill = {"xlsx": filled_xlsx, "csv": filled_csv, "yaml": filled_yaml}[kind]
    accounts = read(tmp_path, f"f.{kind}", fill(language))
    assert essence(accounts) == EXPECTED
    assert [note.kind for note in accounts.notes] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_column_stands_in_the_form(language: str) -> None:
    text = write_record_form("yaml", sales(), language, "sales").decode()
    for question in sales().questions.values():
        assert (f"\n  {question.id}:  # " in text) == (question.purpose == "sales")
    for table in sales().tables.values():
        assert f"\n  {table.id}:\n" in text
        for column in table.columns.values():
            assert f"#   {column.id} " in text


def test_the_form_for_accounts_leaves_the_questions_of_sales_out() -> None:
    text = write_form("yaml", sales(), "en", 2023).decode()
    assert "sales." not in text
    assert "  loan_rate:" in text
