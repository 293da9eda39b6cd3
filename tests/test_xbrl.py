"""XBRL reports as JSON: years, later filings, taxonomies, files that are none."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts, Origin
from diagnost.model.located import DiagnostError
from diagnost.pipeline import diagnose
from tests.shipped import base

BALANCE = {
    "Assets": (1000, 1100), "AssetsCurrent": (600, 700), "InventoryNet": (200, 260),
    "AccountsReceivableNetCurrent": (150, 170), "CashAndCashEquivalentsAtCarryingValue": (90, 60),
    "LiabilitiesCurrent": (300, 420), "LongTermDebtNoncurrent": (200, 220),
    "Liabilities": (600, 720), "StockholdersEquity": (400, 380), "ShortTermBorrowings": (40, 60),
    "LongTermDebtCurrent": (20, 25),
}  # fmt: skip
FLOWS = {
    "SalesRevenueNet": (1500, None),
    "RevenueFromContractWithCustomerExcludingAssessedTax": (None, 1600),
    "CostOfRevenue": (1000, 1100), "OperatingExpenses": (380, 410),
    "OperatingIncomeLoss": (120, 90),
    "InterestExpense": (20, 24), "IncomeTaxExpenseBenefit": (20, 12), "NetIncomeLoss": (80, 54),
}  # fmt: skip


def companyfacts() -> dict[str, Any]:
    concepts: dict[str, Any] = {}

    def add(concept: str, **fact: object) -> None:
        units = concepts.setdefault(concept, {"label": concept, "units": {"USD": []}})["units"]
        units["USD"].append({"fy": 2023, "form": "10-K", "filed": "2024-02-20", **fact})

    for concept, values in BALANCE.items():
        for year, value in zip((2022, 2023), values, strict=True):
            add(concept, end=f"{year}-12-31", val=value)
    for concept, flows in FLOWS.items():
        for year, flow in zip((2022, 2023), flows, strict=True):
            if flow is not None:
                add(concept, start=f"{year}-01-01", end=f"{year}-12-31", val=flow)
    # what must not be taken: a quarter, a quarterly form, an earlier filing of the same figure
    add("NetIncomeLoss", start="2023-10-01", end="2023-12-31", val=7)
    add("Assets", end="2024-03-31", val=9999, form="10-Q")
    add("NetIncomeLoss", start="2022-01-01", end="2022-12-31", val=99, filed="2023-02-20")
    return {"cik": 123456, "entityName": "Fictional Tools Inc.", "facts": {"us-gaap": concepts}}


def xbrl_json() -> dict[str, Any]:
    facts: dict[str, Any] = {}

    def add(concept: str, value: object, period: str, **more: str) -> None:
        dimensions = {"concept": f"ifrs-full:{concept}", "entity": "lei:5493001KJTIIGC8Y1R12"}
        dimensions |= {"period": period, "unit": "iso4217:EUR", **more}
        facts[f"f{len(facts)}"] = {"value": str(value), "dimensions": dimensions}

    for year, assets, profit in ((2022, 500, 30), (2023, 520, 25)):
        add("Assets", assets, f"{year + 1}-01-01T00:00:00")
        add("Assets", 1, f"{year + 1}-01-01T00:00:00", **{"ifrs-full:SegmentsAxis": "x:A"})
        add("Equity", assets - 300, f"{year + 1}-01-01T00:00:00")
        add("CurrentAssets", 250, f"{year + 1}-01-01T00:00:00")
        add("CurrentLiabilities", 200, f"{year + 1}-01-01T00:00:00")
        add("ProfitLoss", profit, f"{year}-01-01T00:00:00/{year + 1}-01-01T00:00:00")
        add("Revenue", 700, f"{year}-01-01T00:00:00/{year + 1}-01-01T00:00:00")
    add("NameOfReportingEntityOrOtherMeansOfIdentification", "Fictional SE",
        "2023-01-01T00:00:00/2024-01-01T00:00:00")  # fmt: skip
    return {"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}, "facts": facts}


def read(tmp_path: Path, data: object) -> Accounts:
    path = tmp_path / "facts.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_accounts(path, base().catalogue)


def values(accounts: Accounts, period: str) -> dict[str, float]:
    return {item: float(a.value) for (item, p), a in accounts.amounts.items() if p == period}


def test_companyfacts(tmp_path: Path) -> None:
    accounts = read(tmp_path, companyfacts())
    assert [period.id for period in accounts.periods] == ["2022", "2023"]
    assert (accounts.company.name, accounts.company.registry_id) == (
        "Fictional Tools Inc.", "123456",
    )  # fmt: skip
    assert accounts.currency == "USD"
    found = values(accounts, "2023")
    assert found["revenue"] == 1600
    assert values(accounts, "2022")["revenue"] == 1500  # an older concept
    assert found["operating_costs"] == 1510
    assert found["short_term_loans"] == 85
    assert values(accounts, "2022")["net_profit"] == 80  # filed later than 99
    assert "short_term_securities" not in found
    assert found["short_term_investments"] == 60
    place = accounts.amounts["inventories", "2023"].at
    assert str(place) == "facts.json!us-gaap!InventoryNet 2023-12-31"


def test_current_liabilities_are_those_in_the_wide_sense(tmp_path: Path) -> None:
    case = diagnose(read(tmp_path, companyfacts()), base(), engine="builtin")
    other = case.accounts.amounts["short_term_prepayments", "2023"]
    assert (int(other.value), other.origin) == (
        210,
        Origin.DERIVED,
    )  # 700 − 260 − 170 − 60, no cash
    reading = case.readings["finance.liquidity.current_ratio", "2023"]
    assert reading.value == Decimal(700) / Decimal(420)
    assert any(note.kind == "xbrl_wide" for note in case.accounts.notes)


def test_xbrl_json_of_an_annual_report(tmp_path: Path) -> None:
    accounts = read(tmp_path, xbrl_json())
    assert [period.id for period in accounts.periods] == ["2022", "2023"]
    assert (accounts.company.name, accounts.currency) == ("Fictional SE", "EUR")
    found = values(accounts, "2023")
    assert (found["total_assets"], found["net_profit"], found["revenue"]) == (520, 25, 700)


def test_no_more_than_the_last_five_years(tmp_path: Path) -> None:
    data = companyfacts()
    for concept in ("Assets", "NetIncomeLoss"):
        for year in range(2010, 2022):
            fact = {"end": f"{year}-12-31", "val": year, "form": "10-K", "filed": "2024-02-20"}
            if concept == "NetIncomeLoss":
                fact["start"] = f"{year}-01-01"
            data["facts"]["us-gaap"][concept]["units"]["USD"].append(fact)
    assert len(read(tmp_path, data).periods) == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("{", "A185"),
        ("[" * 100_000, "A185"),
        ("[]", "A185"),
        (
            json.dumps(companyfacts()).replace("1100", "1e999999999").replace("1000", "1e-999999"),
            "A186",
        ),
        ({"cik": 1, "facts": None}, "A185"),
        ({"cik": 1, "facts": {"us-gaap": {"Assets": {"units": {"USD": [{"val": "x"}]}}}}}, "A185"),
        (
            {
                "cik": 1,
                "facts": {
                    "us-gaap": {
                        "Assets": {
                            "units": {"USD": [{"end": "2023-12-31", "val": 1, "form": "10-K"}]}
                        }
                    }
                },
            },
            "A186",
        ),
    ],
)
def test_files_that_are_none(tmp_path: Path, data: object, code: str) -> None:
    with pytest.raises(DiagnostError) as caught:
        read(tmp_path, data)
    assert [problem.code for problem in caught.value.problems] == [code]
