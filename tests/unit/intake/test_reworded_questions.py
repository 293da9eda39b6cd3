"""Forms filled in before a question was worded otherwise are read as they were meant."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from diagnost.intake.form import write_form
from diagnost.intake.form_folder import write_form_folder
from diagnost.intake.read import read_accounts
from diagnost.intake.record_form import write_record_form
from diagnost.model.catalogue import Catalogue
from tests.unit.intake.record_cases import faults, hints, read, sales

LANGUAGES = ("en", "pl", "zh")
ANSWERS = {"sales.rhythm.goals_split": "2", "sales.work.usual_fault": "skill"}
EXPECTED = {"sales.rhythm.goals_split": Decimal(2), "sales.work.usual_fault": "skill"}


def as_asked(key: str, language: str) -> str:
    return sales().questions[key].asks.in_language(language)


def workbook_form(language: str, label: str | None, *, swapped: bool = False) -> bytes:
    """Return a form with answers, whose labels of the questions read otherwise."""
    book = load_workbook(io.BytesIO(write_record_form("xlsx", sales(), language, "sales")))
    rows = {str(row[0].value): row for row in book.worksheets[1].iter_rows()}
    for key, said in ANSWERS.items():
        row = rows[as_asked(key, language)]
        row[1].value = int(said) if said.isdigit() else said
        if label is not None:
            row[0].value = f"{label} {said}?"
    if swapped:
        first, second = (rows[as_asked(key, language)] for key in ANSWERS)
        first[0].value, second[0].value = second[0].value, first[0].value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_form(language: str, label: str) -> bytes:
    mark = ";" if language == "pl" else ","
    text = write_record_form("csv", sales(), language, "sales").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    asked = {as_asked(key, language): said for key, said in ANSWERS.items()}
    for line in lines:
        if line and line[0] in asked:
            said = asked[line[0]]
            line[:2] = f"{label} {said}?", said
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(lines)
    return stream.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reworded_question_is_known_by_its_id(tmp_path: Path, language: str) -> None:
    for kind, content in (
        ("xlsx", workbook_form(language, "As it was asked last year:")),
        ("csv", csv_form(language, "As it was asked last year:")),
    ):
        accounts = read(tmp_path, f"f.{kind}", content)
        assert {key: a.value for key, a in accounts.context.items()} == EXPECTED
        assert accounts.notes == ()


def test_a_label_of_another_question_than_the_id_is_told(tmp_path: Path) -> None:
    content = workbook_form("en", None, swapped=True)
    found = faults(tmp_path, "f.xlsx", content)
    assert [fault.split()[1] for fault in found[:2]] == ["A133", "A133"]
    assert "sales.work.usual_fault" in found[0]
    assert "sales.rhythm.goals_split" in found[0]
    assert "delete the id" in hints(tmp_path, "f.xlsx", content)[0]


def test_an_id_that_is_gone_leaves_the_label_to_decide(tmp_path: Path) -> None:
    asked = as_asked("sales.rhythm.goals_split", "en")
    rows = [["Answers"], [asked, "2", "# help", "#sales.rhythm.of_old"]]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    accounts = read(tmp_path, "f.csv", f"As of,2026-10-31\n{text}\n")
    assert accounts.context["sales.rhythm.goals_split"].value == 2


def with_synonym(synonym: str) -> Catalogue:
    question = sales().questions["sales.rhythm.goals_split"]._replace(synonyms=(synonym,))
    return replace(sales(), questions={**sales().questions, question.id: question})


@pytest.mark.parametrize("written", ["Do goals fall to weeks", "#sales.rhythm.weekly_goals"])
def test_a_former_wording_or_id_is_a_synonym(tmp_path: Path, written: str) -> None:
    row = [written, "2"] if written[0] != "#" else ["Unknown text", "2", written]
    path = tmp_path / "f.csv"
    path.write_text(f"As of,2026-10-31\n{','.join(row)}\n", encoding="utf-8")
    accounts = read_accounts(path, with_synonym(written.removeprefix("#")))
    assert accounts.context["sales.rhythm.goals_split"].value == 2


def test_the_wording_of_today_goes_before_one_of_yesterday(tmp_path: Path) -> None:
    today = as_asked("sales.work.usual_fault", "en")
    path = tmp_path / "f.csv"
    path.write_text(f'As of,2026-10-31\n"{today}",skill\n', encoding="utf-8")
    accounts = read_accounts(path, with_synonym(today))
    assert accounts.context["sales.work.usual_fault"].value == "skill"


def test_errors_of_a_spreadsheet_are_no_ids(tmp_path: Path) -> None:
    text = "Item,2023\nRevenue,#REF!\nInventories,10\n"
    assert [fault.split()[1] for fault in faults(tmp_path, "f.csv", text)] == ["A123"]


def test_every_form_carries_the_ids_of_its_questions_last_and_in_grey() -> None:
    book = load_workbook(io.BytesIO(write_record_form("xlsx", sales(), "pl", "sales")))
    sheet = book.worksheets[1]
    ids = [row[3] for row in sheet.iter_rows() if row[3].value]
    wanted = {f"#{q.id}" for q in sales().questions.values() if q.purpose == "sales"}
    assert {cell.value for cell in ids} == wanted
    assert sheet.max_column == 4
    assert sheet.column_dimensions["D"].width < 10
    assert {cell.font.color.rgb for cell in ids} == {"FFBFBFBF"}
    accounts = load_workbook(io.BytesIO(write_form("xlsx", sales(), "en", 2023))).worksheets[0]
    assert "#loan_rate" in [cell.value for cell in accounts["D"]]
    assert "#loan_rate" in write_form("csv", sales(), "zh", 2023).decode("utf-8-sig")
    folder = write_form_folder(sales(), "en", "sales")
    assert "#sales.rhythm.goals_split" in folder["Questionnaire.csv"].decode("utf-8-sig")
