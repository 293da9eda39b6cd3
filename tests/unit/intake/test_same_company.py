"""One company, written in every format and language, gives the same accounts."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from diagnost.intake.form import write_form
from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
from diagnost.model.located import At, DiagnostError
from tests.unit.intake.intake_cases import catalogue, read

PERIODS = ("2021", "2022", "2023")
ITEMS = tuple(catalogue().line_items)
AMOUNTS = {
    item: (Decimal(1200 + n), None, Decimal(f"{1350 + n}.5")) for n, item in enumerate(ITEMS)
}
NOWHERE = At("")
LANGUAGES = ("en", "pl", "zh")
WORDS = {
    "en": ("Company name", "Activity", "trade", "Unit", "in thousands of PLN"),
    "pl": ("Nazwa firmy", "Działalność", "handel", "Jednostka", "tys. zł"),
    "zh": ("公司名称", "行业类型", "贸易", "单位", "千元"),
}


def label(item: str, language: str) -> str:
    return catalogue().line_items[item].names.in_language(language)


def essence(accounts: Accounts) -> object:
    """Return what the accounts say, without places and spellings."""
    return (
        accounts.company,
        accounts.currency,
        accounts.unit,
        [(p.id, p.days, p.stated) for p in accounts.periods],
        {key: (a.value, a.origin) for key, a in accounts.amounts.items()},
        {key: g.value for key, g in accounts.given.items()},
        {key: a.value for key, a in accounts.context.items()},
    )


def as_yaml() -> str:
    lines = [
        "company: {name: Firma Zażółć, activity: trade}",
        "currency: PLN",
        "unit: 1000",
        'periods: ["2021", "2022", "2023"]',
        "lines:",
    ]
    for item, (first, _, last) in AMOUNTS.items():
        lines.append(f"  {item}: [{first}, null, {last}]")
    lines += ["indicators: {ROI: [15%, null, 12.5%], CRZ: [null, 30, null]}"]
    lines += ["context: {loan_rate: 8.5%, high_inflation: no}"]
    return "\n".join(lines)


def rows(language: str, number: type) -> list[list[object]]:
    name, activity, trade, unit, thousands = WORDS[language]
    asks = {key: q.asks.in_language(language) for key, q in catalogue().questions.items()}
    shown = {i.symbol: i.name.in_language(language) for i in catalogue().indicators.values()}
    text = number is str

    def written(value: Decimal | None) -> object:
        if value is None:
            return ""
        return f"{value:,}".replace(",", " ").replace(".", ",") if text else float(value)

    table: list[list[object]] = [
        [name, "Firma Zażółć"],
        [activity, trade],
        [unit, thousands],
        ["PLN" if language == "zh" else ""],
        [asks["loan_rate"], "8,5%" if text else 0.085],
        [asks["high_inflation"], {"en": "no", "pl": "nie", "zh": "否"}[language]],
        [],
        ["", "2023", "2021", "2022"] if text else ["", 2023, 2021, 2022],
    ]
    for item, (first, middle, last) in AMOUNTS.items():
        table.append([label(item, language), written(last), written(first), written(middle)])
    percents = ("12,5%", "15%") if text else (0.125, 0.15)
    table.append([shown["ROI"], *percents, ""])
    table.append([shown["CRZ"], "", "", "30" if text else 30])
    return table


def as_csv(language: str) -> bytes:
    table = rows(language, str)
    if language == "zh":
        table[2][1], table[3] = "1000", ["币种", "PLN"]
    stream = io.StringIO()
    csv.writer(stream, delimiter=";" if language == "pl" else ",").writerows(table)
    return stream.getvalue().encode("utf-8-sig" if language == "pl" else "utf-8")


def as_xlsx(language: str) -> bytes:
    table = rows(language, float)
    if language == "zh":
        table[2][1], table[3] = 1000, ["币种", "PLN"]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, float) and cell.value < 1:
                cell.number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_yaml_csv_and_workbook_are_the_same(tmp_path: Path, language: str) -> None:
    expected = essence(read(tmp_path, "a.yaml", as_yaml()))
    assert essence(read(tmp_path, "a.csv", as_csv(language))) == expected
    assert essence(read(tmp_path, "a.xlsx", as_xlsx(language))) == expected


def test_every_amount_remembers_its_cell(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.xlsx", as_xlsx("pl"))
    assert str(accounts.amounts["fixed_assets", "2023"].at) == "a.xlsx!Sheet!B9"
    accounts = read(tmp_path, "a.csv", as_csv("pl"))
    assert str(accounts.amounts["fixed_assets", "2023"].at) == "a.csv:9:15"
    accounts = read(tmp_path, "a.yaml", as_yaml())
    assert str(accounts.amounts["fixed_assets", "2021"].at) == "a.yaml:6:18"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
def test_an_empty_form_has_no_amounts(tmp_path: Path, kind: str, language: str) -> None:
    path = tmp_path / f"form.{kind}"
    path.write_bytes(write_form(kind, catalogue(), language))
    with pytest.raises(DiagnostError) as caught:
        read_accounts(path, catalogue())
    assert [problem.code for problem in caught.value.problems] == ["A117"]


def filled_csv(language: str) -> bytes:
    mark = ";" if language == "pl" else ","
    text = write_form("csv", catalogue(), language, 2023).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=mark))
    by_label = {label(item, language): item for item in ITEMS}
    name, activity, trade, unit, _ = WORDS[language]
    asks = {key: q.asks.in_language(language) for key, q in catalogue().questions.items()}
    answers = {
        name: "Firma Zażółć",
        activity: trade,
        unit: "1000",
        {"en": "Currency", "pl": "Waluta", "zh": "币种"}[language]: "PLN",
        asks["loan_rate"]: "8,5%" if mark == ";" else "8.5%",
        asks["high_inflation"]: {"en": "no", "pl": "nie", "zh": "否"}[language],
    }
    for row in table:
        if row and row[0] in answers:
            row[1] = answers[row[0]]
        elif row and row[0] in by_label:
            for column, value in enumerate(AMOUNTS[by_label[row[0]]], start=1):
                written = "" if value is None else str(value)
                row[column] = written.replace(".", ",") if mark == ";" else written
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(table)
    return stream.getvalue().encode("utf-8-sig")


def filled_xlsx(language: str) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_form("xlsx", catalogue(), language, 2023)))
    company, accounts, indicators, _ = book.worksheets
    name, activity, trade, unit, _ = WORDS[language]
    asks = {key: q.asks.in_language(language) for key, q in catalogue().questions.items()}
    answers: dict[str, object] = {
        name: "Firma Zażółć",
        activity: trade,
        unit: 1000,
        {"en": "Currency", "pl": "Waluta", "zh": "币种"}[language]: "PLN",
        asks["loan_rate"]: 0.085,
        asks["high_inflation"]: {"en": "no", "pl": "nie", "zh": "否"}[language],
    }
    by_label = {label(item, language): item for item in ITEMS}
    for row in company.iter_rows():
        if row[0].value in answers:
            row[1].value = answers[str(row[0].value)]  # type: ignore[assignment]
    for row in accounts.iter_rows():
        if row[0].value in by_label:
            for cell, value in zip(row[1:4], AMOUNTS[by_label[str(row[0].value)]], strict=True):
                cell.value = None if value is None else float(value)
    for row in indicators.iter_rows():
        if row[1].value == "ROI":
            row[2].value, row[4].value = 0.15, 0.125
        elif row[1].value == "CRZ":
            row[3].value = 30
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_form_reads_back(tmp_path: Path, language: str) -> None:
    expected = read(tmp_path, "a.yaml", as_yaml())
    assert essence(read(tmp_path, "a.xlsx", filled_xlsx(language))) == essence(expected)
    without_indicators = replace(expected, given={})
    assert essence(read(tmp_path, "a.csv", filled_csv(language))) == essence(without_indicators)


def test_a_form_has_a_frozen_head_and_a_list_of_activities() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_form("xlsx", catalogue(), "pl", 2023)))
    company, accounts, *_ = book.worksheets
    assert accounts.freeze_panes == "B2"
    assert [cell.value for cell in accounts[1]][:4] == ["Pozycja", 2021, 2022, 2023]
    lists = [rule.formula1 for rule in company.data_validations.dataValidation]
    assert '"handel,produkcja,usługi"' in lists


def test_a_form_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="xlsx, csv, yaml"):
        write_form("pdf", catalogue(), "en")
