"""The shipped examples: their readings, bands and trends are those worked out beforehand."""

import json
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
import yaml

from diagnost.model.indicator import Unit
from tests.shipped import EXAMPLES, FORMS, LANGUAGES, ROOT, accounts_of, base, case_of, document

EXPECTED: dict[str, dict[str, Any]] = yaml.load(
    (ROOT / "tests" / "data" / "expected_readings.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # every scalar as written: decimals stay exact
)
PARTIAL = ("impossible-data.yaml", "partial-ratios.yaml", "swapped-digits.yaml")
WHOLE = tuple(name for name in EXAMPLES if name not in PARTIAL)


def rows(example: str, symbol: str) -> list[dict[str, Any]]:
    """Return what the JSON form says about an indicator, by period."""
    whole = json.loads(document(example, "en", "json"))
    return [row for row in whole["indicators"] if row["symbol"] == symbol]


@pytest.mark.parametrize(
    ("company", "symbol"),
    [(company, symbol) for company, expected in EXPECTED.items() for symbol in expected],
)
def test_readings_bands_and_trend_are_those_worked_out(company: str, symbol: str) -> None:
    expected = EXPECTED[company][symbol]
    indicator = base().catalogue.indicator(symbol)
    assert indicator is not None
    digits = Decimal("0.000001" if indicator.unit is Unit.PERCENT else "0.0001")
    found = []
    for row in rows(f"{company}.yaml", symbol):
        value = case_of(f"{company}.yaml").reading(symbol, row["period"]).value
        written = None if value is None else value.quantize(digits)
        found.append((written, row["band"] or row["reason"]))
    wanted = [
        (None if value == "null" else Decimal(value).quantize(digits), band)
        for value, band in zip(expected["values"], expected["bands"], strict=True)
    ]
    assert found == wanted
    trend = None if expected["trend"] == "null" else expected["trend"]
    assert rows(f"{company}.yaml", symbol)[-1]["trend"] == trend


def test_every_indicator_shown_has_expected_readings() -> None:
    shown = {i.symbol for i in base().catalogue.indicators.values() if i.shown and not i.dated}
    assert shown == set(EXPECTED["healthy-trader"])


@pytest.mark.parametrize("example", WHOLE)
def test_the_statements_of_an_example_add_up(example: str) -> None:
    accounts = accounts_of(example)
    for period, identity in product(accounts.periods, base().catalogue.identities):
        total = accounts.amounts[identity.total, period.id].value
        parts = [accounts.amounts[part, period.id].value for part in identity.parts]
        assert total == sum(parts), f"{identity.total} {period.id}"


@pytest.mark.parametrize(
    ("workbook", "original"),
    [
        ("kamienna-dolina.xlsx", "overstocked-manufacturer.yaml"),
        ("qinghe-zh.xlsx", "supplier-financed-trader.yaml"),
    ],
)
def test_a_workbook_says_the_same_as_the_yaml(workbook: str, original: str) -> None:
    sheet, text = case_of(workbook), case_of(original)
    assert sheet.accounts.company == text.accounts.company
    assert sheet.accounts.currency == text.accounts.currency
    assert sheet.accounts.unit == text.accounts.unit
    assert [(p.id, p.days) for p in sheet.accounts.periods] == [
        (p.id, p.days) for p in text.accounts.periods
    ]
    assert {key: a.value for key, a in sheet.accounts.amounts.items()} == {
        key: a.value for key, a in text.accounts.amounts.items()
    }
    assert sheet.accounts.notes == ()
    for kind in ("findings", "causes", "verdicts", "recommendations", "not_assessed"):
        assert _without_places(workbook)[kind] == _without_places(original)[kind]


def _without_places(example: str) -> dict[str, Any]:
    def strip(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: strip(value) for key, value in node.items() if key != "where"}
        return [strip(item) for item in node] if isinstance(node, list) else node

    stripped: dict[str, Any] = strip(json.loads(document(example, "pl", "json")))
    return stripped


@pytest.mark.parametrize(("form", "language"), list(product(FORMS, LANGUAGES)))
def test_every_example_gives_every_document(form: str, language: str) -> None:
    for example in EXAMPLES:
        assert len(document(example, language, form)) > 1000, example


def test_what_contradicts_itself_is_said_and_not_judged() -> None:
    whole = json.loads(document("impossible-data.yaml", "en", "json"))
    impossible = {c["period"] for c in whole["data_checks"] if c["polarity"] == "impossible"}
    assert {"2022", "2023"} <= impossible
    on_balance = {
        row["symbol"]: row["reason"]
        for row in whole["indicators"]
        if row["period"] == "2022" and row["symbol"] in ("WPB", "WOZ", "KS", "equity_share")
    }
    assert set(on_balance.values()) == {"contradictory_data"}
    on_sales = [
        row["value"]
        for row in whole["indicators"]
        if row["period"] == "2022" and row["symbol"] in ("ROS", "WPK")
    ]
    assert None not in on_sales


def test_the_given_figure_that_differs_is_told() -> None:
    kinds = [note.kind for note in case_of("impossible-data.yaml").accounts.notes]
    assert "given_differs" in kinds
    assert "negative_amount" in kinds


def test_ratios_given_directly_are_judged() -> None:
    by_symbol = {
        row["symbol"]: row
        for row in json.loads(document("partial-ratios.yaml", "en", "json"))["indicators"]
        if row["period"] == "2023"
    }
    assert (by_symbol["WPB"]["value"], by_symbol["WPB"]["band"]) == (1.12, "low")
    assert by_symbol["WPB"]["given"] is True
    assert (by_symbol["WOZ"]["value"], by_symbol["WOZ"]["trend"]) == (0.64, "rising")
    assert (by_symbol["KO"]["value"], by_symbol["KO"]["reason"]) == (None, "missing")


def test_suppliers_finance_the_trader() -> None:
    case = case_of("supplier-financed-trader.yaml")
    for period in case.accounts.periods:
        working_capital = case.reading("KO", period.id).value
        current_ratio = case.reading("WPB", period.id).value
        assert working_capital is not None
        assert working_capital < 0
        assert current_ratio is not None
        assert Decimal("0.85") < current_ratio < 1
