"""The form of vehicle retail: tables shared with the sales force, read back in three languages."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from diagnost.app.shipped import ready_knowledge
from diagnost.intake.read import read_accounts
from diagnost.intake.record_form import write_record_form
from diagnost.intake.record_form_rows import record_form_of
from diagnost.model.accounts import Accounts

CATALOGUE = ready_knowledge().catalogue
LANGUAGES = ("en", "pl", "zh")
ANSWERS = {
    "retail.house.product_line": "ebike",
    "retail.leading.target_levels": "0",
    "retail.skill.test_drive_rules": "no",
    "retail.figures.market_share": "12%",
    "retail.figures.customers_lost": "780",
}
EXPECTED = {
    "retail.house.product_line": "ebike",
    "retail.leading.target_levels": Decimal(0),
    "retail.skill.test_drive_rules": "no",
    "retail.figures.market_share": Decimal("0.12"),
    "retail.figures.customers_lost": Decimal(780),
}


def written(key: str, language: str) -> str:
    """Return an answer as a person of that language writes it."""
    labels = CATALOGUE.questions[key].labels
    return labels[ANSWERS[key]].in_language(language) if labels else ANSWERS[key]


def filled(kind: str, language: str) -> bytes:
    empty = write_record_form(kind, CATALOGUE, language, "retail")
    asks = {CATALOGUE.questions[key].asks.in_language(language): key for key in ANSWERS}
    stock = CATALOGUE.tables["stock"]
    reps = CATALOGUE.tables["reps"]
    rows = {
        stock.names.in_language(language): (
            [stock.columns[c].names.in_language(language) for c in ("model", "units")],
            ["Alfa", "12"],
        ),
        reps.names.in_language(language): (
            [reps.columns[c].names.in_language(language) for c in ("rep", "certified")],
            ["Anna", {"en": "yes", "pl": "tak", "zh": "是"}[language]],
        ),
    }
    if kind == "yaml":
        text = empty.decode()
        for key in ANSWERS:
            text = text.replace(f"  {key}:", f"  {key}: {written(key, language)}", 1)
        text = text.replace("\n  stock:\n", "\n  stock:\n    - {model: Alfa, units: 12}\n", 1)
        text = text.replace("\n  reps:\n", "\n  reps:\n    - {rep: Anna, certified: yes}\n", 1)
        return text.encode()
    if kind == "csv":
        mark = ";" if language == "pl" else ","
        lines = list(csv.reader(io.StringIO(empty.decode("utf-8-sig")), delimiter=mark))
        out: list[list[str]] = []
        for line in lines:
            if line and line[0] in asks:
                line[1] = written(asks[line[0]], language)
            out.append(line)
            before = out[-2][0] if len(out) > 1 and out[-2] else ""
            if before in rows:
                heads, values = rows[before]
                said = dict(zip(heads, values, strict=True))
                out.append([said.get(head, "") for head in line])
        stream = io.StringIO()
        csv.writer(stream, delimiter=mark).writerows(out)
        return stream.getvalue().encode("utf-8-sig")
    book = load_workbook(io.BytesIO(empty))
    for row in book.worksheets[1].iter_rows():
        if row[0].value in asks:
            row[1].value = written(asks[str(row[0].value)], language)
    for table, (heads, values) in rows.items():
        for cell in book[table][2]:
            if cell.value in heads:
                book[table].cell(4, cell.column, values[heads.index(str(cell.value))])
    stream_of_book = io.BytesIO()
    book.save(stream_of_book)
    return stream_of_book.getvalue()


def read(content: bytes, kind: str, folder: Path) -> Accounts:
    path = folder / f"shop.{kind}"
    path.write_bytes(content)
    return read_accounts(path, CATALOGUE)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_form_is_read_back(kind: str, language: str, tmp_path: Path) -> None:
    accounts = read(filled(kind, language), kind, tmp_path)
    assert {key: answer.value for key, answer in accounts.context.items()} == EXPECTED
    (lot,) = accounts.records["stock"]
    assert lot.values == {"model": "Alfa", "units": Decimal(12)}
    (person,) = accounts.records["reps"]
    assert person.values == {"rep": "Anna", "certified": True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_read_alike(language: str) -> None:
    asks = [question.asks.in_language(language) for question in CATALOGUE.questions.values()]
    assert len(asks) == len(set(asks))


def test_each_side_is_offered_its_own_columns_of_a_shared_table() -> None:
    columns = {
        side: {
            column.id
            for table in record_form_of(CATALOGUE, "en", side).tables
            if table.id == "reps"
            for column in table.columns
        }
        for side in ("sales", "retail")
    }
    assert columns["retail"] == {
        "rep", "role", "hired_on", "left_on", "certified", "task_units", "own_task_units",
    }  # fmt: skip
    assert "certified" not in columns["sales"]
    assert {"attitude", "role"} <= columns["sales"]
