"""Every indicator once by hand, and every case in which one has no meaning.

The working stands beside each value. A figure that has no meaning is a reason, never a number.
"""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from diagnost.compute.readings import compute_readings
from diagnost.compute.trends import trend
from diagnost.model.accounts import Accounts, Amount, Company, Period
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Indicator, Reading
from diagnost.model.located import At
from tests.shipped import base

# A year of a firm that sells 4 a day. Current liabilities in the wide sense (CLX) are
# 260 + 25 + 15 = 300, constant capital 450 + 50 + 200 = 700.
FIRM = {
    "fixed_assets": 600,
    "current_assets": 400,
    "inventories": 150,
    "short_term_receivables": 120,
    "short_term_investments": 100,
    "short_term_prepayments": 30,
    "total_assets": 1000,
    "equity": 450,
    "provisions_long_term": 50,
    "provisions_short_term": 25,
    "long_term_liabilities": 200,
    "current_liabilities": 260,
    "accruals_and_deferred_income": 15,
    "total_liabilities": 550,
    "revenue": 1460,
    "operating_costs": 1314,
    "operating_profit": 146,
    "interest_expense": 40,
    "net_profit": 73,
    "loan_repayments": 33,
}

BY_HAND = {
    "fixed_asset_share": "0.6",  # 600 / 1000
    "current_asset_share": "0.4",  # 400 / 1000
    "inventory_share": "0.375",  # 150 / 400
    "equity_share": "0.45",  # 450 / 1000
    "KS": "700",  # 450 + 50 + 200
    "KO": "100",  # 700 - 600, and from the other side 400 - 300
    "golden_rule": "0.75",  # 450 / 600
    "silver_rule": "0.9545",  # 700 / (600 + 400/3) = 2100 / 2200 = 21/22
    "WPB": "1.3333",  # 400 / 300
    "WPW": "0.7333",  # (400 - 150 - 30) / 300 = 220 / 300
    "WPG": "0.3333",  # 100 / 300
    "CRKO": "25",  # 100 / 4 a day
    "ROS": "0.05",  # 73 / 1460
    "ROA": "0.146",  # 146 / 1000
    "ROI": "0.073",  # 73 / 1000, which is ROS x WRA = 0.05 x 1.46
    "ROE": "0.1622",  # 73 / 450
    "WOZ": "0.55",  # 550 / 1000, which is 1 - equity_share
    "DER": "0.4444",  # 200 / 450
    "WPOZ": "3.65",  # 146 / 40
    "WOD": "2",  # 146 / (33 + 40)
    "CRZ": "37.5",  # 150 / 4 a day
    "CRN": "30",  # 120 / 4 a day
    "CO": "67.5",  # 37.5 + 30
    "CSZ": "65",  # 260 / 4 a day
    "CKG": "2.5",  # 67.5 - 65
    "WRA": "1.46",  # 1460 / 1000
    "WPK": "0.9",  # 1314 / 1460
}


def catalogue() -> Catalogue:
    return base().catalogue


def shown() -> list[Indicator]:
    """Return those of finance; what rests on records is worked by hand beside the records."""
    return [i for i in catalogue().indicators.values() if i.shown and not i.dated]


def readings(*years: Mapping[str, int | None], days: int = 365) -> dict[str, Reading]:
    """Return the readings of the last of some periods by symbol."""
    at = At("by hand")
    periods = tuple(Period(id=f"p{n}", days=days, at=at) for n in range(len(years)))
    amounts = {
        (item, period.id): Amount(item=item, period=period.id, value=Decimal(value), at=at)
        for period, year in zip(periods, years, strict=True)
        for item, value in year.items()
        if value is not None
    }
    accounts = Accounts(
        file="by hand",
        company=Company(),
        currency="PLN",
        unit=1,
        periods=periods,
        amounts=amounts,
        given={},
        context={},
    )
    table = compute_readings(accounts, catalogue())
    finance = (i for i in catalogue().indicators.values() if not i.dated)
    return {i.symbol: table[i.id, periods[-1].id] for i in finance}


def firm(**changes: int | None) -> dict[str, int | None]:
    return {**FIRM, **changes}


def outcome(reading: Reading) -> str:
    """Return a value to four decimals, or the reason why there is none."""
    if reading.value is None:
        assert reading.missing is not None
        return reading.missing.reason
    return format(reading.value.quantize(Decimal("0.0001")).normalize(), "f")


def outcomes(found: Mapping[str, Reading], *symbols: str) -> dict[str, str]:
    return {symbol: outcome(found[symbol]) for symbol in symbols}


def same(word: str, *symbols: str) -> dict[str, str]:
    return dict.fromkeys(symbols, word)


def without_meaning(found: Mapping[str, Reading]) -> set[str]:
    return {i.symbol for i in shown() if found[i.symbol].value is None}


@pytest.mark.parametrize("symbol", BY_HAND)
def test_an_indicator_is_what_the_working_gives(symbol: str) -> None:
    assert outcome(readings(FIRM)[symbol]) == BY_HAND[symbol]


def test_every_indicator_shown_is_worked_by_hand() -> None:
    assert set(BY_HAND) == {indicator.symbol for indicator in shown()}


def test_without_current_liabilities_the_liquidity_ratios_have_no_meaning() -> None:
    found = readings(
        firm(current_liabilities=0, provisions_short_term=0, accruals_and_deferred_income=0)
    )
    assert without_meaning(found) == {"WPB", "WPW", "WPG"}
    assert outcomes(found, "WPB", "WPW", "WPG") == same(
        "no_current_liabilities", "WPB", "WPW", "WPG"
    )
    # Nothing is owed, so nothing is waited for: the conversion cycle is the operating cycle.
    assert outcomes(found, "CSZ", "CKG") == {"CSZ": "0", "CKG": "67.5"}


def test_wide_current_liabilities_keep_the_ratios_alive() -> None:
    # 25 + 15 = 40 remain: 400 / 40.
    assert outcome(readings(firm(current_liabilities=0))["WPB"]) == "10"


def test_negative_equity_gives_no_return_on_it_and_no_debt_to_it() -> None:
    found = readings(firm(equity=-90, total_liabilities=1090, net_profit=-50))
    assert without_meaning(found) == {"ROE", "DER"}
    assert outcomes(found, "ROE", "DER") == same("negative_equity", "ROE", "DER")
    # -90 / 600; -90 / 1000; 1090 / 1000; constant capital -90 + 50 + 200.
    assert outcomes(found, "golden_rule", "equity_share", "WOZ", "KS") == {
        "golden_rule": "-0.15",
        "equity_share": "-0.09",
        "WOZ": "1.09",
        "KS": "160",
    }


def test_zero_equity_gives_no_return_on_it_and_no_debt_to_it() -> None:
    found = readings(firm(equity=0, total_liabilities=1000))
    assert without_meaning(found) == {"ROE", "DER"}
    assert outcomes(found, "ROE", "DER") == same("zero_equity", "ROE", "DER")
    assert outcomes(found, "golden_rule", "WOZ") == {"golden_rule": "0", "WOZ": "1"}


def test_thin_equity_is_still_computed() -> None:
    found = readings(firm(equity=10, total_liabilities=990))
    assert outcomes(found, "ROE", "DER") == {"ROE": "7.3", "DER": "20"}  # 73 / 10, 200 / 10


ON_REVENUE = ("ROS", "CRKO", "CRZ", "CRN", "CO", "CSZ", "CKG", "WPK")


def test_without_sales_cycles_and_margins_have_no_meaning() -> None:
    found = readings(firm(revenue=0))
    assert without_meaning(found) == set(ON_REVENUE)
    assert outcomes(found, *ON_REVENUE) == same("zero_revenue", *ON_REVENUE)
    assert outcome(found["WRA"]) == "0"


def test_negative_sales_are_questionable() -> None:
    found = readings(firm(revenue=-10))
    assert without_meaning(found) == {*ON_REVENUE, "WRA"}
    assert outcomes(found, *ON_REVENUE, "WRA") == same("negative_revenue", *ON_REVENUE, "WRA")


def test_without_interest_there_is_nothing_to_cover() -> None:
    found = readings(firm(interest_expense=0))
    assert without_meaning(found) == {"WPOZ"}
    assert outcomes(found, "WPOZ", "WOD") == {"WPOZ": "no_interest", "WOD": "4.4242"}  # 146 / 33


def test_without_debt_service_there_is_nothing_to_cover() -> None:
    found = readings(firm(interest_expense=0, loan_repayments=0))
    assert without_meaning(found) == {"WPOZ", "WOD"}
    assert outcomes(found, "WPOZ", "WOD") == {"WPOZ": "no_interest", "WOD": "no_debt_service"}


def test_an_operating_loss_gives_a_negative_cover() -> None:
    found = readings(firm(operating_profit=-80))
    assert outcomes(found, "WPOZ", "WOD") == {"WPOZ": "-2", "WOD": "-1.0959"}  # -80 / 40, -80 / 73


def test_no_stock_and_no_receivables_are_cycles_of_nil() -> None:
    found = readings(firm(inventories=0, short_term_receivables=0))
    assert outcomes(found, "CRZ", "inventory_share", "CRN", "CO", "WPW") == {
        **same("0", "CRZ", "inventory_share", "CRN", "CO"),
        "WPW": "1.2333",  # (400 - 30) / 300
    }
    bands = {}
    for symbol in ("CRZ", "CRN"):
        indicator, value = catalogue().indicator(symbol), found[symbol].value
        assert indicator is not None
        assert indicator.general is not None
        assert value is not None
        bands[symbol] = indicator.general.band_of(value).id
    assert bands == {"CRZ": "nil", "CRN": "nil"}  # not "too short"


def test_without_current_assets_stock_has_no_share_in_them() -> None:
    found = readings(firm(current_assets=0, inventories=0, short_term_prepayments=0))
    assert without_meaning(found) == {"inventory_share"}
    assert outcome(found["inventory_share"]) == "no_current_assets"


def test_without_fixed_assets_the_golden_rule_has_nothing_to_finance() -> None:
    found = readings(firm(fixed_assets=0))
    assert without_meaning(found) == {"golden_rule"}
    assert outcome(found["golden_rule"]) == "no_fixed_assets"


ON_TOTAL = ("fixed_asset_share", "current_asset_share", "equity_share", "ROA", "ROI", "WOZ", "WRA")


@pytest.mark.parametrize("total", [0, -5])
def test_a_balance_sheet_without_assets_gives_no_share_of_them(total: int) -> None:
    found = readings(firm(total_assets=total))
    assert without_meaning(found) == set(ON_TOTAL)
    assert outcomes(found, *ON_TOTAL) == same("no_assets", *ON_TOTAL)


def test_an_empty_balance_sheet_gives_no_rule_a_reading() -> None:
    empty = dict.fromkeys(set(FIRM) - {"revenue", "operating_costs"}, 0)
    found = readings(firm(**empty))
    assert {"golden_rule", "silver_rule", "inventory_share", *ON_TOTAL} <= without_meaning(found)


def test_a_loss_is_a_negative_return() -> None:
    found = readings(firm(operating_profit=-20, net_profit=-60))
    assert outcomes(found, "ROS", "ROA", "ROI", "ROE") == {
        "ROS": "-0.0411",  # -60 / 1460
        "ROA": "-0.02",  # -20 / 1000
        "ROI": "-0.06",  # -60 / 1000
        "ROE": "-0.1333",  # -60 / 450
    }


@pytest.mark.parametrize("item", FIRM)
def test_a_missing_line_item_is_a_reason_and_never_nil(item: str) -> None:
    found = readings(firm(**{item: None}))
    gone = without_meaning(found)
    assert gone or item == "short_term_prepayments"
    for symbol in gone:
        missing = found[symbol].missing
        assert missing is not None
        assert missing.reason == "missing"
        assert item in missing.needs or any(need in gone for need in missing.needs)
    for symbol in set(BY_HAND) - gone:
        assert outcome(found[symbol]) == BY_HAND[symbol]


def test_one_period_gives_every_reading() -> None:
    assert without_meaning(readings(FIRM)) == set()


def test_a_half_year_has_its_own_days_and_yearly_returns() -> None:
    found = readings(firm(), days=181)
    assert outcomes(found, "CRZ", "CRN", "CSZ", "CRKO") == {
        "CRZ": "18.5959",  # 150 x 181 / 1460
        "CRN": "14.8767",  # 120 x 181 / 1460
        "CSZ": "32.2329",  # 260 x 181 / 1460
        "CRKO": "12.3973",  # 100 x 181 / 1460
    }
    # Returns and turnover are made yearly: times 365 / 181 = 2.016575.
    assert outcomes(found, "ROA", "ROI", "ROE", "WRA") == {
        "ROA": "0.2944",
        "ROI": "0.1472",
        "ROE": "0.3271",
        "WRA": "2.9442",
    }
    # What divides flow by flow is not.
    same_as_before = ("ROS", "WPK", "WPOZ", "WOD")
    assert outcomes(found, *same_as_before) == {s: BY_HAND[s] for s in same_as_before}


def test_a_creep_in_small_steps_is_a_trend() -> None:
    indicator = catalogue().indicator("WPB")
    assert indicator is not None
    # Each step is within 5 %, the whole way is not: 1.20 to 1.31 is 9 %.
    assert (
        trend([Decimal("1.20"), Decimal("1.255"), Decimal("1.31")], indicator.steadiness)
        == "rising"
    )
