"""Spreadsheets of twelve shapes, none of them ours, are read as the case that they show."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.intake.cells import Cell
from diagnost.intake.grid_shapes import span_of
from diagnost.intake.read import read_accounts
from diagnost.intake.spans import Span
from diagnost.intake.words import unit_in_title, unit_of
from diagnost.model.accounts import Accounts
from diagnost.model.located import At, DiagnostError
from tests import shipped
from tests.spreadsheets import SHEETS, Sheet

WITHOUT = {"provisions"}
"""Given as a row beside its parts; what the parts are is compared."""


def read(sheet: Sheet, folder: Path) -> Accounts:
    path = folder / sheet.file
    path.write_bytes(sheet.drawn())
    return read_accounts(path, shipped.base().catalogue)


def in_full(accounts: Accounts) -> dict[tuple[str, str], Decimal]:
    return {
        key: amount.value * accounts.unit
        for key, amount in accounts.amounts.items()
        if key[0] not in WITHOUT
    }


@pytest.mark.parametrize("name", SHEETS)
def test_is_read_without_a_mapping(name: str, tmp_path: Path) -> None:
    sheet = SHEETS[name]
    accounts = read(sheet, tmp_path)
    assert in_full(accounts) == sheet.expected()
    assert tuple(period.id for period in accounts.periods) == sheet.years
    assert all(period.days == 365 for period in accounts.periods)


@pytest.mark.parametrize("name", ["optima", "symfonia", "enova"])
def test_undivided_provisions_are_the_sum_of_their_rows(name: str, tmp_path: Path) -> None:
    accounts = read(SHEETS[name], tmp_path)
    for year in SHEETS[name].years:
        parts = [
            accounts.amounts[f"provisions_{term}_term", year].value for term in ("long", "short")
        ]
        assert accounts.amounts["provisions", year].value == sum(parts)


@pytest.mark.parametrize(
    ("name", "label", "near"),
    [
        ("optima", "Środki trwałe w budowie", "Środki trwałe"),
        ("statutory", "其他流动资产", "流动资产"),
        ("continental", "Other debtors", "Trade debtors"),
    ],
)
def test_rows_without_an_item_are_listed_with_the_nearest(
    name: str, label: str, near: str, tmp_path: Path
) -> None:
    accounts = read(SHEETS[name], tmp_path)
    note = next(each for each in accounts.notes if each.kind == "row_ignored")
    assert label in note.figures["labels"].split(", ")
    told = dict(each.split(": ", 1) for each in note.figures["candidates"].split("; "))
    assert near in told[label].split(", ")


def test_columns_that_are_no_period_are_told(tmp_path: Path) -> None:
    told = {
        name: next(
            note.figures["labels"]
            for note in read(SHEETS[name], tmp_path).notes
            if note.kind == "column_ignored"
        )
        for name in ("optima", "small_firm")
    }
    assert told == {"optima": "Różnica, Zmiana %", "small_firm": "本月金额"}


def test_provisions_within_debts_and_finance_costs_above_the_result_are_told(
    tmp_path: Path,
) -> None:
    accounts = read(SHEETS["statutory"], tmp_path)
    told = {note.kind: note.figures.get("labels") for note in accounts.notes}
    assert told["counted_within_debts"] == "预计负债, 递延收益"
    assert told["finance_costs_added"] == "财务费用"
    debts = accounts.amounts["current_liabilities", "2023"]
    assert [part.item for part in debts.parts] == ["current_liabilities", "provisions_short_term"]
    assert debts.parts[0].value - debts.parts[1].value == debts.value


def test_costs_below_a_gross_profit_are_those_beside_the_cost_of_sales(tmp_path: Path) -> None:
    accounts = read(SHEETS["xero"], tmp_path)
    costs = accounts.amounts["operating_costs", "2023"]
    assert {part.as_written for part in costs.parts} == {"3600000", "24300000"}


def test_costs_below_a_gross_profit_are_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Item;2023\nRevenue;100\nCost of sales;60\nGross profit;40\nOperating expenses;30\n"
        "Total operating expenses;30\nOperating profit;10\nInterest;2\nTotal expenses;32\n",
        encoding="utf-8",
    )
    accounts = read_accounts(path, shipped.base().catalogue)
    assert accounts.amounts["operating_costs", "2023"].value == 90
    told = next(note for note in accounts.notes if note.kind == "row_ignored")
    assert told.figures["labels"].startswith("Gross profit, Total operating expenses, ")


def test_a_loss_without_a_sign_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Item;2022;2023\nRevenue;100;90\nLoss before tax;(5);4\nLoss for the year;(5);(4)\n",
        encoding="utf-8",
    )
    accounts = read_accounts(path, shipped.base().catalogue)
    assert ("profit_before_tax", "2023") not in accounts.amounts
    assert accounts.amounts["net_profit", "2023"].value == -4


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Dec 31, 23", "2023"),
        ("Jan - Jun 23", "2023-H1"),
        ("Jan - Dec 2023", "2023"),
        ("31.12.23", "2023"),
        ("FY23", "2023"),
        ("Mar-24", "2024-03"),
        ("2023 £'000", "2023"),
        ("2023 $000", "2023"),
        ("2023 EUR m", "2023"),
        ("2023年 万元", "2023"),
        ("2023 PLN", "2023"),
        ("Feb 30, 23", ""),
        ("Dec - Jan 23", ""),
        ("12.34.56", ""),
    ],
)
def test_headings_of_two_digit_years(heading: str, period: str) -> None:
    span = span_of(Cell(heading, At("a.csv")), None)
    assert (span.id if span else "") == period


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("期末余额", "2023-06-30"),
        ("年初余额", "2022"),
        ("本年累计金额", "2023-H1"),
        ("上年同期金额", "2022-H1"),
        ("本期金额", "2023-06"),
    ],
)
def test_words_for_periods_in_a_report_of_a_month(heading: str, period: str) -> None:
    june = Span(date(2023, 6, 30), 1)
    span = span_of(Cell(heading, At("a.csv")), june)
    assert span is not None
    assert span.id == period


def test_units_under_the_years_and_thousands_by_apostrophe() -> None:
    assert unit_of("PLN'000") == (1000, "PLN")
    assert unit_of("£'000") == (1000, "GBP")
    assert unit_of("$000s") == (1000, "USD")
    assert unit_of("1'000") == (1000, "")


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("All amounts in thousands of PLN unless otherwise stated", (1000, "PLN")),
        ("Balance sheet (in millions, except share data)", (10**6, "")),
        ("Balance sheet, EUR m", (10**6, "EUR")),
        ("$000", (1000, "USD")),
        ("Item ($000)", (1000, "USD")),
        ("2023 $m", (10**6, "USD")),
        ("31.12.2023 tys. zł", (1000, "PLN")),
        ("项目（单位：万元）", (10_000, "CNY")),
        ("人民币百万元", (10**6, "CNY")),
        ("PLN", None),
        ("2000 m", None),
        ("Towary", None),
    ],
)
def test_units_in_titles_and_headings(title: str, unit: tuple[int, str] | None) -> None:
    found = unit_in_title(title)
    assert (unit_of(found[0]) if found else None) == unit


def table(folder: Path, text: str) -> Accounts:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read_accounts(path, shipped.base().catalogue)


FORM_ZH = {
    "2019": "应收票据;120\n应收账款;800\n应收款项融资;60\n预付款项;90\n其他应收款;70\n"
    "其中：应收利息;5\n应收股利;\n存货;900\n合同资产;110\n其他流动资产;50\n",
    "2018": "应收票据及应收账款;980\n其中：应收票据;180\n预付款项;90\n其他应收款;70\n"
    "存货;900\n合同资产;110\n其他流动资产;50\n",
    "small": "应收票据;180\n应收账款;800\n预付账款;90\n应收股利;10\n应收利息;5\n其他应收款;55\n"
    "存货;900\n其中：原材料;300\n其他流动资产;160\n",
}


@pytest.mark.parametrize(("form", "others"), [("2019", 180), ("2018", 180), ("small", 70)])
def test_totals_that_chinese_forms_lack_are_put_together(
    form: str, others: int, tmp_path: Path
) -> None:
    top, end = "项目;2023\n货币资金;500\n交易性金融资产;100\n", "流动资产合计;2800\n"
    liabilities = "应付票据;150\n应付账款;700\n"
    found = table(tmp_path, f"{top}{FORM_ZH[form]}{end}{liabilities}").amounts
    assert found["trade_receivables", "2023"].value == 980
    assert found["short_term_receivables", "2023"].value == 980 + others
    assert found["short_term_investments", "2023"].value == 600
    assert found["trade_payables", "2023"].value == 850


def test_rows_that_are_no_such_form_are_not_put_together(tmp_path: Path) -> None:
    found = table(tmp_path, "项目;2023\n货币资金;500\n应收账款;800\n其他应收款;70\n").amounts
    assert set(found) == {("cash", "2023"), ("trade_receivables", "2023")}
    whole = "项目;2023\n应收款项合计;900\n应收账款;800\n其他应收款;70\n流动资产合计;2800\n"
    assert table(tmp_path, whole).amounts["short_term_receivables", "2023"].value == 900


@pytest.mark.parametrize(
    "text",
    [
        "Pozycja; Plan; Wykonanie\nPrzychody netto ze sprzedaży;2000;1880\nZysk netto;90;60\n",
        "Item,Budget,Actual\nRevenue,2000,1880\nNet profit,90,60\n",
        "项目,预算,实际\n营业收入,2000,1880\n净利润,90,60\n",
    ],
)
def test_a_statement_beside_its_plan_is_no_list_of_costs(text: str, tmp_path: Path) -> None:
    accounts = table(tmp_path, text)
    assert {item: a.value for (item, _), a in accounts.amounts.items()} == {
        "revenue": 1880, "net_profit": 60,
    }  # fmt: skip
    (told,) = [note for note in accounts.notes if note.kind == "column_ignored"]
    assert told.figures["labels"] in ("Plan", "Budget", "预算")
    assert not accounts.records


def test_rows_of_a_cash_flow_statement_are_read_or_left_without_a_list(tmp_path: Path) -> None:
    accounts = table(
        tmp_path,
        "Statement of cash flows;2022;2023\n£m;;\nDepreciation;38;40\nTax paid;(18);(20)\n"
        "Net cash from operating activities;118;120\nRepayment of borrowings;(25);(30)\n",
    )
    assert {item: a.value for (item, year), a in accounts.amounts.items() if year == "2023"} == {
        "depreciation": 40, "loan_repayments": 30,
    }  # fmt: skip
    assert (accounts.unit, accounts.currency) == (10**6, "GBP")
    assert not [note for note in accounts.notes if note.kind == "row_ignored"]


def test_costs_against_their_budget_stay_records(tmp_path: Path) -> None:
    accounts = table(tmp_path, "Pozycja;Plan;Wykonanie\nMateriały;100;120\nInne;50;40\n")
    assert [row.values["actual"] for row in accounts.records["costs"]] == [120, 40]


def test_two_companies_in_one_file_are_told_once(tmp_path: Path) -> None:
    one = "Firma;{}\nPozycja;2023\nZapasy;{}\nPrzychody;{}\n"
    with pytest.raises(DiagnostError) as caught:
        table(tmp_path, one.format("Alfa", 5, 90) + one.format("Beta", 7, 80))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.at)) == ("A144", "a.csv:5:7")
