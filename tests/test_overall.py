"""The judgement of the whole company, and when none is given."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
from diagnost.model.indicator import Polarity
from diagnost.pipeline import Case, diagnose
from diagnost.report.document import Document
from diagnost.report.json_form import as_json
from diagnost.report.narrative import write
from tests.shipped import EXAMPLES, ROOT, accounts_of, base, case_of

DEBT_SERVICE = ("operating_profit", "interest_expense", "loan_repayments")


def without(accounts: Accounts, items: Collection[str]) -> Accounts:
    """Take lines away, as if the company had not given them."""
    kept = {key: amount for key, amount in accounts.amounts.items() if key[0] not in items}
    return replace(accounts, amounts=kept)


def judged(accounts: Accounts) -> Case:
    return diagnose(accounts, base(), engine="builtin")


def document(case: Case, language: str = "en") -> Document:
    return write(case, language, case.accounts.periods[-1].id, ROOT)


def overall(case: Case) -> str:
    last = case.accounts.periods[-1].id
    return next(
        v.word.id for v in case.diagnosis.verdicts if (v.area, v.period) == ("overall", last)
    )


def company(tmp_path: Path, indicators: Mapping[str, float | str]) -> Case:
    """Diagnose a company that knows nothing but ratios."""
    file = {
        "company": {"name": "Ratios", "activity": "production"},
        "periods": ["2023"],
        "indicators": {symbol: [value] for symbol, value in indicators.items()},
    }
    path = tmp_path / "ratios.yaml"
    path.write_text(yaml.safe_dump(file), encoding="utf-8")
    return judged(read_accounts(path, base().catalogue, name=path.name))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_whole_is_judged_in_every_period_and_stands_first(example: str) -> None:
    case = case_of(example)
    periods = [p.id for p in case.accounts.periods]
    verdicts = [v for v in case.diagnosis.verdicts if v.area == "overall"]
    assert [v.period for v in verdicts] == periods
    assert document(case).verdicts[0].id == "overall"
    last = periods[-1]
    told = json.loads(as_json(case, "en", last, ROOT))["verdicts"]
    assert next(v["area"] for v in told if v["period"] == last) == "overall"


@pytest.mark.parametrize(
    ("example", "word"),
    [
        ("healthy-trader.yaml", "strong"),
        ("overstocked-manufacturer.yaml", "in_danger"),
        ("negative-equity.yaml", "in_danger"),
        ("over-indebted-firm.yaml", "in_danger"),
        ("over-liquid-unprofitable.yaml", "mixed"),
        ("supplier-financed-trader.yaml", "mixed"),
        ("impossible-data.yaml", "contradictory"),
    ],
)
def test_the_examples(example: str, word: str) -> None:
    assert overall(case_of(example)) == word


def test_without_the_cover_of_debt_service_no_judgement_is_given() -> None:
    case = judged(without(accounts_of("overstocked-manufacturer.yaml"), DEBT_SERVICE))
    told = document(case)
    assert overall(case) == "withheld"
    assert told.verdicts[0].because == "lacking: operating profit (EBIT) and interest expense"
    assert told.summary[-2].text == (
        "The company as a whole cannot be judged on these figures; "
        "that would take operating profit (EBIT) and interest expense."
    )
    assert all(not s.entry.startswith("finance.overall.") for s in told.summary), (
        "a judgement that is not given has no sentence"
    )


def test_without_a_liquidity_ratio_no_judgement_is_given() -> None:
    lines = ("current_assets", "current_liabilities", "inventories", "provisions_short_term")
    case = judged(without(accounts_of("partial-ratios.yaml"), lines))
    given = {key: g for key, g in case.accounts.given.items() if "liquidity" not in key[0]}
    assert overall(judged(replace(case.accounts, given=given))) == "withheld"


def test_the_level_of_debt_alone_supports_no_judgement(tmp_path: Path) -> None:
    assert overall(company(tmp_path, {"WOZ": "95%", "DER": 3.5})) == "withheld"
    assert overall(company(tmp_path, {"WOZ": "95%", "WPB": 1.5})) == "withheld"
    assert overall(company(tmp_path, {"WOZ": "95%", "WPOZ": 3.0})) == "withheld"


def test_the_level_of_debt_alone_does_not_decide(tmp_path: Path) -> None:
    healthy: dict[str, float | str] = {"WPB": 1.5, "WPW": 1.2, "WPOZ": 6.0, "ROI": "12%"}
    assert overall(company(tmp_path, healthy | {"WOZ": "50%"})) == "sound"
    assert overall(company(tmp_path, healthy | {"WOZ": "79%"})) == "sound"


def test_good_profit_is_named_but_does_not_outweigh_a_lack_of_cash(tmp_path: Path) -> None:
    case = company(tmp_path, {"WPB": 0.7, "WPW": 0.4, "WPOZ": 6.0, "ROI": "12%", "WOZ": "50%"})
    assert overall(case) == "in_danger"
    first = document(case).summary[0]
    assert first.entry == "finance.overall.judgement.profitable_but_short_of_cash"
    assert document(case).verdicts[0].because == "profit, but tight liquidity"


def test_a_company_without_interest_can_be_judged(tmp_path: Path) -> None:
    rows = {"current_assets": 100, "current_liabilities": 60, "inventories": 10}
    file = {
        "company": {"name": "No debt", "activity": "services"},
        "currency": "PLN",
        "periods": ["2023"],
        "lines": {item: [amount] for item, amount in rows.items()} | {"interest_expense": [0]},
    }
    path = tmp_path / "no-debt.yaml"
    path.write_text(yaml.safe_dump(file), encoding="utf-8")
    assert overall(judged(read_accounts(path, base().catalogue, name=path.name))) == "sound"


def test_every_contradiction_keeps_the_judgement_back() -> None:
    impossible = {s.id for s in base().statements.values() if s.polarity is Polarity.IMPOSSIBLE}
    rule = base().conclusions["finance.overall.verdict.impossible_figures"]
    assert {leaf.key for leaf in rule.when.leaves} == impossible
