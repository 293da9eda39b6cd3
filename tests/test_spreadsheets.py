"""Spreadsheets of twelve shapes, none of them ours, are read as the case that they show."""

from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
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
        ("statutory", "其他应收款", "应收账款"),
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
