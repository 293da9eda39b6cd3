"""What if: changes spread through the statements, the balance sheet balances, both sides agree."""

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.compute.supposing import Supposed, suppose
from diagnost.intake.changes import read_change
from diagnost.model.accounts import Accounts
from diagnost.model.supposition import Change, How, SuppositionError
from diagnost.pipeline import diagnose_changed
from tests.shipped import EXAMPLES, ROOT, accounts_of, base, case_of
from tests.test_random_companies import case_of as random_case

MANUFACTURER = "overstocked-manufacturer.yaml"
ROUNDING = Decimal("0.01")


def supposed(accounts: Accounts, *changes: str, balance: str = "") -> Supposed:
    catalogue = base().catalogue
    read = [read_change(text, catalogue) for text in changes]
    period = accounts.periods[-1].id
    return suppose(accounts, catalogue, read, period=period, balance=balance)


def moved(*changes: str, balance: str = "") -> dict[str, Decimal]:
    """Return by how much each line item of the manufacturer moves."""
    found = supposed(case_of(MANUFACTURER).accounts, *changes, balance=balance)
    return {each.item: each.by for each in found.moved}


def broken_sums(accounts: Accounts) -> set[tuple[str, str]]:
    """Return the sums that do not hold, by total and period."""
    broken = set()
    for period in accounts.periods:
        for identity in base().catalogue.identities:
            terms = [
                accounts.amounts.get((i, period.id)) for i in (identity.total, *identity.parts)
            ]
            values = [term.value for term in terms if term is not None]
            if len(values) == len(terms) and abs(values[0] - sum(values[1:])) > ROUNDING:
                broken.add((f"{identity.total} {identity.parts}", period.id))
    return broken


# --- what moves with a change -------------------------------------------------------------------


def test_stock_that_is_sold_becomes_cash() -> None:
    assert moved("inventories=-20%") == {
        "inventories": -2400,
        "cash": 2400,
        "short_term_investments": 2400,
    }


def test_sales_move_the_result_and_equity() -> None:
    found = moved("revenue=+100")
    assert {found[i] for i in ("operating_profit", "profit_before_tax", "net_profit")} == {100}
    assert found["equity"] == found["cash"] == found["total_assets"] == 100
    assert "operating_costs" not in found


def test_costs_move_the_result_the_other_way() -> None:
    found = moved("operating_costs=-300")
    assert found["net_profit"] == found["equity"] == found["cash"] == 300


def test_depreciation_costs_no_cash() -> None:
    found = moved("depreciation=+50")
    assert found["net_profit"] == found["equity"] == found["fixed_assets"] == -50
    assert "cash" not in found


def test_a_new_loan_is_cash_or_takes_the_place_of_another() -> None:
    assert moved("long_term_loans=+500")["cash"] == 500
    swapped = moved("long_term_loans=+500", balance="short_term_loans")
    assert swapped["short_term_loans"] == swapped["current_liabilities"] == -500
    assert "cash" not in swapped and "total_liabilities" not in swapped


def test_a_whole_that_is_set_scales_its_parts() -> None:
    found = supposed(case_of(MANUFACTURER).accounts, "short_term_receivables=-10%")
    by_item = {each.item: each for each in found.moved}
    trade = by_item["trade_receivables"]
    assert trade.before is not None
    assert trade.after == trade.before * Decimal("0.9")
    assert trade.why == "follows"


def test_what_is_set_stays_as_it_is_set() -> None:
    found = moved("revenue=+100", "operating_profit=(50)", balance="short_term_loans")
    profit = case_of(MANUFACTURER).accounts.amounts["operating_profit", "2023"].value
    assert found["operating_profit"] == -50 - profit


def test_a_result_that_is_set_comes_from_the_one_before() -> None:
    found = moved("net_profit=+200")
    assert found["profit_before_tax"] == found["equity"] == found["cash"] == 200
    assert "operating_profit" not in found


def trader(*changes: str) -> dict[str, Decimal]:
    """Return every line item of the trader that moves, as it would be: tax 494 of 2,600."""
    accounts = case_of("healthy-trader.yaml").accounts
    found = supposed(accounts, *changes, balance="short_term_loans")
    return {each.item: each.after for each in found.moved}


RESULTS = ("profit_before_tax", "income_tax", "net_profit")


@pytest.mark.parametrize(
    ("changes", "results"),
    [
        (("revenue=-1300",), (1300, 247, 1053)),
        (("revenue=-2700",), (-100, 0, -100)),
        (("net_profit=1053",), (1300, 247, 1053)),
        (("net_profit=(50)",), (-50, 0, -50)),
    ],
)
def test_tax_follows_the_result_and_is_nought_on_a_loss(
    changes: tuple[str, ...], results: tuple[int, ...]
) -> None:
    """The trader pays 494 on 2,600."""
    accounts = case_of("healthy-trader.yaml").accounts
    found = supposed(accounts, *changes, balance="short_term_loans").accounts
    assert [found.amounts[item, "2023"].value for item in RESULTS] == [*map(Decimal, results)]


def test_without_a_tax_on_a_profit_no_rate_is_known() -> None:
    assert "income_tax" not in moved("operating_costs=-300")


def test_stock_receivables_and_payables_can_be_told_in_days() -> None:
    """The manufacturer sells 28,200 a year, 77.26 a day; its stock of 12,000 lasts 155 days."""
    case = case_of(MANUFACTURER)
    stock = supposed(case.accounts, "inventories=90d").accounts
    assert diagnose_changed(case, stock).reading(
        "finance.activity.inventory_cycle", "2023"
    ).value == pytest.approx(90)
    a_day = case.accounts.amounts["revenue", "2023"].value / 365
    for item, sign in (("trade_receivables", -1), ("trade_payables", 1)):
        by = moved(f"{item}={'-' if sign < 0 else '+'}10 days")
        assert by[item] == pytest.approx(sign * 10 * a_day)
    assert moved("trade_receivables=-10dni")["short_term_receivables"] == pytest.approx(-10 * a_day)


def test_an_earlier_period_can_be_changed() -> None:
    found = supposed(case_of(MANUFACTURER).accounts, "inventories@2022=-10%")
    assert {each.period for each in found.moved} == {"2022"}


def test_given_indicators_that_the_change_decides_give_way() -> None:
    found = supposed(case_of(MANUFACTURER).accounts, "inventories=-20%")
    assert not any(n.kind.startswith("given_") for n in found.accounts.notes)


@pytest.mark.parametrize(
    ("changes", "balance", "message"),
    [
        (("cash=-200%",), "", "cash was changed"),
        (("fixed_assets=+900000",), "", "cash would be"),
        (("total_assets=-10%",), "", "holds short_term_investments|holds cash"),
        (("inventories=+1", "current_assets=5"), "fixed_assets", "current_assets would be 5 while"),
        (("inventories@2031=-20%",), "", "no period 2031"),
        (("inventories=-20%",), "revenue", "no item of the balance sheet"),
        (("WPB=1.2",), "", "follows from other figures"),
        (("revenue=-100%",), "", "cash would be -28140 in"),
        (("cash=10d",), "", "cash is not told in days"),
        (("inventories=-300d",), "", "inventories would be"),
        (("revenue=0", "inventories=90d"), "", "cash would be"),
        (("inventories=-20%",), "cahs", "'cahs' is no line item"),
    ],
)
def test_what_cannot_be_supposed_is_refused(
    changes: tuple[str, ...], balance: str, message: str
) -> None:
    with pytest.raises(SuppositionError, match=message):
        supposed(case_of(MANUFACTURER).accounts, *changes, balance=balance)


@pytest.mark.parametrize("seed", range(60))
def test_the_statements_agree_after_any_change(seed: int, tmp_path: Path) -> None:
    case = random_case(seed, tmp_path)
    accounts, r = case.accounts, random.Random(seed)
    items = sorted({item for item, _ in accounts.amounts})
    for _ in range(10 if items else 0):
        item, by = r.choice(items), Decimal(r.randint(-40, 40))
        how = r.choice([How.SHARE, How.BY])
        change = Change(item, how, by / 100 if how is How.SHARE else by)
        balance = r.choice(["", "", "short_term_loans", "equity"])
        try:
            found = suppose(
                accounts, base().catalogue, [change], period=accounts.periods[-1].id,
                balance=balance,
            )  # fmt: skip
        except SuppositionError:
            continue
        assert broken_sums(found.accounts) <= broken_sums(accounts), (item, how, by, balance)


# --- how changes are written --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("inventories=-20%", Change("inventories", How.SHARE, Decimal("-0.2"))),
        ("Zapasy@2022 = +150", Change("inventories", How.BY, Decimal(150), "2022")),
        ("存货=1 200", Change("inventories", How.TO, Decimal(1200))),
        ("inventories=90d", Change("inventories", How.TO, Decimal(90), days=True)),
        ("Zapasy = -10 dni", Change("inventories", How.BY, Decimal(-10), days=True)),
        ("应收账款=+12.5天", Change("trade_receivables", How.BY, Decimal("12.5"), days=True)),
        ("net_profit=(200)", Change("net_profit", How.TO, Decimal(-200))),
        ("cash=−12,5", Change("cash", How.BY, Decimal("-12.5"))),
        ("loan_rate=9%", Change("loan_rate", How.TO, Decimal("0.09"))),
        ("loan_rate=+1%", Change("loan_rate", How.BY, Decimal("0.01"))),
        ("ROS=5%", Change("finance.profitability.return_on_sales", How.TO, Decimal("0.05"))),
        ("high_inflation=tak", Change("high_inflation", How.TO, "yes")),
    ],
)
def test_a_change_is_read(text: str, change: Change) -> None:
    found = read_change(text, base().catalogue)
    assert found._replace(as_written="", name="") == change._replace(name="")
    assert found.name == change.name or found.name == base().catalogue.symbols.get("ROS")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("inventories", "no change", "ITEM=VALUE"),
        ("=5", "no change", "ITEM=VALUE"),
        ("inventoris=5", "no figure", "Inventories"),
        ("inventories=many", "no amount", ""),
        ("inventories=20%", "is a percent", r"\+20%"),
        ("loan_rate=9", "no percent sign", ""),
        ("high_inflation=perhaps", "no answer", "yes"),
    ],
)
def test_a_change_that_cannot_be_read_is_told(text: str, message: str, hint: str) -> None:
    with pytest.raises(SuppositionError, match=message) as caught:
        read_change(text, base().catalogue)
    assert hint.replace("\\", "") in caught.value.hint


# --- the command --------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    result = CliRunner().invoke(program.program(), ["what-if", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_the_page_names_what_came_and_what_went(language: str) -> None:
    file = str(ROOT / "examples" / MANUFACTURER)
    text = run(file, "--set", "inventories=-20%", "--lang", language)
    words = {"en": "threatened → strained", "pl": "zagrożona → napięta", "zh": "→"}
    assert words[language] in text
    assert "2,460" in text or "2 460" in text.replace("\xa0", " ")


def test_the_answer_of_a_machine_agrees_with_the_case() -> None:
    file = str(ROOT / "examples" / MANUFACTURER)
    data = json.loads(run(file, "--set", "inventories=-20%", "--format", "json"))
    assert {"area": "liquidity", "before": "threatened", "after": "strained"} in data["verdicts"]
    quick = next(i for i in data["indicators"] if i["symbol"] == "WPW")
    assert quick["before"] < quick["after"]
    assert set(data["findings_gone"]).isdisjoint(data["findings_new"])
    assert {m["item"]: m["why"] for m in data["moved"]}["cash"] == "balances"


def test_the_whole_document_says_that_it_is_supposed() -> None:
    file = str(ROOT / "examples" / MANUFACTURER)
    text = run(file, "--set", "inventories=-20%", "--as-report", "--format", "md")
    assert "Supposed: inventories 9,600 in 2023." in text


@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_changes_where_nothing_is_changed(example: str) -> None:
    accounts = case_of(example).accounts
    item = next(
        (item for item, period in accounts.amounts if period == accounts.periods[-1].id), ""
    )
    if not item:
        assert accounts_of(example).given
        return
    found = supposed(accounts, f"{item}=+0")
    assert not found.moved


def test_an_indicator_is_told_as_it_was_set_for_its_period(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "company: {name: A}\ncurrency: EUR\nperiods: ['2022', '2023']\n"
        "indicators:\n  ROS: [4%, 5%]\n  WOZ: [50%, 51%]\n"
    )
    text = run(str(file), "--set", "ROS@2022=9%", "--period", "2023")
    assert "9%" in text.split("JUDGEMENT")[0]


# --- the method ---------------------------------------------------------------------------------

CYCLES = {"CRN", "CSZ", "CO"}
"""Cycles that a long-term loan does not touch."""


def test_a_year_picked_in_the_accounts_is_counted_once(tmp_path: Path) -> None:
    text = (ROOT / "examples" / MANUFACTURER).read_text(encoding="utf-8")
    file = tmp_path / "a.yaml"
    file.write_text(
        text.replace("\ncurrency:", "\nmethod: {year: 360}\ncurrency:"), encoding="utf-8"
    )
    data = json.loads(run(str(file), "--set", "long_term_loans=+1", "--format", "json"))
    assert data["indicators"]
    assert CYCLES.isdisjoint(i["symbol"] for i in data["indicators"])


@pytest.mark.parametrize("method", ["averages", "year=360"])
def test_the_method_of_the_command_line_stays(method: str) -> None:
    file = str(ROOT / "examples" / MANUFACTURER)
    changed = ["--set", "long_term_loans=+1", "--as-report", "--method", method]
    assert "Set on the command line" in run(file, *changed)


def test_what_a_diagnosis_notes_is_noted_once() -> None:
    accounts = case_of("impossible-data.yaml").accounts
    noted = [n for n in accounts.notes if n.kind.startswith("given_")]
    again = diagnose_changed(case_of("impossible-data.yaml"), accounts).accounts.notes
    assert [n for n in again if n.kind.startswith("given_")] == noted
