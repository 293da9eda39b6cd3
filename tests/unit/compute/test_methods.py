"""The method applied: worked by hand, with the working beside it."""

from decimal import Decimal
from typing import Any

import pytest

from diagnost.compute.methods import in_days_of, in_method
from diagnost.compute.readings import ReadingTable, compute_readings
from diagnost.model.accounts import Accounts, Amount, Company, GivenReading, Period
from diagnost.model.catalogue import Catalogue
from diagnost.model.formula_tree import Missing
from diagnost.model.located import At
from diagnost.model.method import read_picks, settle
from tests.shipped import base

HERE = At("acme.yaml")
LINES: dict[str, list[int | None]] = {
    "inventories": [300, 420],
    "short_term_receivables": [200, 240],
    "trade_receivables": [180, 220],
    "current_assets": [600, 700],
    "short_term_investments": [60, 30],
    "cash": [40, 20],
    "short_term_securities": [10, 5],
    "short_term_prepayments": [40, 10],
    "fixed_assets": [400, 500],
    "total_assets": [1000, 1200],
    "equity": [400, 480],
    "provisions_long_term": [20, 20],
    "provisions_short_term": [10, 20],
    "accruals_and_deferred_income": [20, 30],
    "long_term_liabilities": [150, 200],
    "long_term_loans": [150, 200],
    "current_liabilities": [400, 450],
    "trade_payables": [250, 300],
    "short_term_loans": [50, 100],
    "total_liabilities": [600, 720],
    "revenue": [1800, 2000],
    "cost_of_sales": [1200, 1400],
    "operating_costs": [1600, 1850],
    "depreciation": [100, 50],
    "operating_profit": [200, 150],
    "interest_expense": [30, 40],
    "profit_before_tax": [180, 120],
    "net_profit": [140, 90],
    "loan_repayments": [20, 60],
}


def accounts(days: int = 365, **changed: list[int | None]) -> Accounts:
    periods = (Period("2022", HERE, days), Period("2023", HERE, days))
    amounts = {
        (item, period.id): Amount(item, period.id, Decimal(value), HERE)
        for item, values in {**LINES, **changed}.items()
        for period, value in zip(periods, values, strict=True)
        if value is not None
    }
    return Accounts(
        file="acme.yaml",
        company=Company(),
        currency="",
        unit=1,
        periods=periods,
        amounts=amounts,
        given={},
        context={},
    )


def catalogue(method: str) -> Catalogue:
    methods = base().catalogue.methods
    return in_method(base().catalogue, settle(methods, read_picks(method, methods)))


def read(method: str, of: Accounts | None = None) -> tuple[Catalogue, ReadingTable]:
    known = catalogue(method)
    return known, compute_readings(in_days_of(of or accounts(), known.method), known)


def value(symbol: str, method: str, period: str = "2023", **changed: Any) -> Decimal | str:
    known, table = read(method, accounts(**changed))
    reading = table[known.symbols[symbol], period]
    if reading.missing is not None:
        return reading.missing.reason
    assert reading.value is not None
    return round(reading.value, 4)


@pytest.mark.parametrize(
    ("symbol", "method", "worked"),
    [
        # balances: (opening + closing) / 2
        ("CRZ", "averages", "65.7"),  # (300 + 420) / 2 = 360; 360 × 365 / 2000
        ("CRN", "averages", "40.15"),  # 220 × 365 / 2000
        ("CSZ", "averages", "77.5625"),  # 425 × 365 / 2000
        ("CO", "averages", "105.85"),  # 65.7 + 40.15
        ("CRKO", "averages", "33.7625"),  # KO 170 and 200, 185 × 365 / 2000
        ("ROA", "averages", "0.1364"),  # 150 / 1100
        ("ROE", "averages", "0.2045"),  # 90 / 440
        ("WRA", "averages", "1.8182"),  # 2000 / 1100
        ("WPB", "averages", "1.4"),  # no cycle and no return: 700 / 500
        # days in the year
        ("CRZ", "year=360", "75.6"),  # 420 × 360 / 2000
        ("ROA", "year=360", "0.125"),  # 150 / 1200 × 360 / 360
        # bases of the cycles
        ("CRZ", "cycle_base=cost_of_sales", "109.5"),  # 420 × 365 / 1400
        ("CRN", "cycle_base=cost_of_sales", "43.8"),  # on revenue as ever: 240 × 365 / 2000
        ("CSZ", "cycle_base=cost_of_sales", "117.3214"),  # 450 × 365 / 1400
        ("CRZ", "cycle_base=cost_of_sales,balances=average", "93.8571"),  # 360 × 365 / 1400
        ("CRN", "receivables=trade", "40.15"),  # 220 × 365 / 2000
        ("CSZ", "payables=trade", "54.75"),  # 300 × 365 / 2000
        ("CSZ", "payables=without_loans", "63.875"),  # 350 × 365 / 2000
        ("CSZ", "payables=trade,cycle_base=cost_of_sales", "78.2143"),  # 300 × 365 / 1400
        ("CSZ", "payables=trade,cycle_base=cost_of_sales,balances=average", "71.6964"),  # 275
        ("CRKO", "working_capital_base=operating_costs", "39.4595"),  # 200 × 365 / 1850
        ("CRKO", "working_capital_base=cash_costs", "40.5556"),  # 200 × 365 / 1800
        # liquidity
        ("WPB", "current_liabilities=narrow", "1.5556"),  # 700 / 450
        ("KO", "current_liabilities=narrow", "250"),  # 700 − 450
        ("WPW", "quick_ratio=with_prepayments", "0.56"),  # 280 / 500
        ("WPG", "cash_ratio=cash", "0.04"),  # 20 / 500
        ("WPG", "cash_ratio=cash_and_securities", "0.05"),  # 25 / 500
        # returns
        ("ROA", "return_on_assets=net_profit", "0.075"),  # 90 / 1200
        ("ROA", "return_on_assets=before_tax_and_interest", "0.1333"),  # (120 + 40) / 1200
        ("ROI", "return_on_investment=invested_capital", "0.1154"),  # 90 / (480 + 300)
        ("ROE", "return_on_equity=before_result", "0.2308"),  # 90 / (480 − 90)
        # equity before the result: 400 − 140 = 260 and 390, 325 on average; 90 / 325
        ("ROE", "return_on_equity=before_result,balances=average", "0.2769"),
        # debt
        ("WOZ", "debt_ratio=liabilities", "0.5417"),  # (200 + 450) / 1200
        ("DER", "debt_to_equity=with_provisions", "0.4583"),  # 220 / 480
        ("DER", "debt_to_equity=all", "1.5"),  # 720 / 480
        ("WPOZ", "interest_cover=before_tax_and_interest", "4"),  # 160 / 40
        ("WOD", "interest_cover=before_tax_and_interest", "1.6"),  # 160 / 100
        ("WOD", "debt_service=cash_flow", "1.8"),  # (90 + 50 + 40) / 100
        # costs
        ("WPK", "cost_level=cost_of_sales", "0.7"),  # 1400 / 2000
        ("WPK", "cost_level=all_costs", "0.94"),  # (2000 − 120) / 2000
    ],
)
def test_an_option_gives_its_own_value(symbol: str, method: str, worked: str) -> None:
    assert value(symbol, method) == Decimal(worked)
    if symbol not in ("WPB", "CRN", "ROA") or method not in (
        "averages",
        "cycle_base=cost_of_sales",
        "year=360",
    ):
        assert value(symbol, "") != Decimal(worked)


def test_every_option_but_the_usual_moves_some_figure() -> None:
    _, usual = read("")
    for choice in base().catalogue.methods.choices.values():
        for option in choice.options[1:]:
            if option.takes_provisions:
                continue  # moves those that are not divided: tests/test_filings.py
            _, table = read(f"{choice.id}={option.id}")
            moved = [key for key in table if table[key].value != usual[key].value]
            assert moved, f"{choice.id}={option.id} changes nothing"


def test_the_usual_method_is_no_work_and_changes_nothing() -> None:
    assert in_method(base().catalogue, base().catalogue.method) is base().catalogue


@pytest.mark.parametrize("symbol", ["CRZ", "ROE", "WRA"])
def test_the_first_period_rests_on_closing_balances_and_says_so(symbol: str) -> None:
    known, table = read("averages")
    _, usual = read("")
    indicator = known.indicators[known.symbols[symbol]]
    first, last = (table[indicator.id, period] for period in ("2022", "2023"))
    assert first.value == usual[indicator.id, "2022"].value
    assert indicator.on_closing(first)
    assert not indicator.on_closing(last)
    assert {amount.period for amount in last.inputs} == {"2022", "2023"}


def test_an_unknown_opening_balance_is_replaced_by_the_closing_one() -> None:
    opening_unknown: dict[str, Any] = {"inventories": [None, 420]}
    assert value("CRZ", "averages", **opening_unknown) == value("CRZ", "", **opening_unknown)


def test_what_is_needed_is_the_closing_balance() -> None:
    known, table = read("averages", accounts(inventories=[300, None]))
    missing = table[known.symbols["CRZ"], "2023"].missing
    assert missing is not None
    assert missing == Missing("missing", ("inventories",))


def test_equity_that_is_negative_at_either_reckoning_has_no_return() -> None:
    assert value("ROE", "averages", equity=[900, -10]) == "negative_equity"  # closing
    assert value("ROE", "averages", equity=[-900, 10]) == "negative_equity"  # on average
    assert value("ROE", "averages", equity=[-100, 500]) == Decimal("0.45")  # 90 / 200


def test_no_cost_of_sales_is_told_apart_from_no_sales() -> None:
    assert value("CRZ", "cycle_base=cost_of_sales", cost_of_sales=[0, 0]) == "no_cost_of_sales"
    assert value("CRZ", "cycle_base=cost_of_sales", revenue=[0, 0]) == "zero_revenue"


@pytest.mark.parametrize(
    ("days", "counted"),
    [(365, 360), (366, 360), (181, 180), (92, 90), (31, 30), (28, 30), (50, 49)],
)
def test_a_year_of_360_days_has_months_of_30(days: int, counted: int) -> None:
    of = in_days_of(accounts(days), catalogue("year=360").method)
    assert [period.days for period in of.periods] == [counted, counted]


def test_both_ways_to_working_capital_agree_under_every_reckoning_of_current_liabilities() -> None:
    for method in ("", "current_liabilities=narrow"):
        assert value("working_capital_difference", method) == 0


def test_formulas_are_written_as_they_are_computed() -> None:
    known = catalogue("balances=average,cycle_base=cost_of_sales")
    averaged = known.indicators[known.symbols["CRZ"]].averaged
    assert averaged is not None
    assert averaged.text == "average(inventories) * days / cost_of_sales"
    working_capital = known.indicators[known.symbols["CRKO"]].averaged
    assert working_capital is not None
    assert working_capital.text == "average(KO) * days / revenue"


def test_an_indicator_that_the_company_gives_stays_as_it_is() -> None:
    known = catalogue("averages")
    id_ = known.symbols["CRZ"]
    given = GivenReading(indicator=id_, period="2023", value=Decimal(99), at=HERE)
    of = accounts(inventories=[None, None])
    table = compute_readings(
        Accounts(
            file=of.file,
            company=of.company,
            currency="",
            unit=1,
            periods=of.periods,
            amounts=of.amounts,
            given={(id_, "2023"): given},
            context={},
        ),
        known,
    )
    assert table[id_, "2023"].value == 99
    assert not known.indicators[id_].on_closing(table[id_, "2023"])
