"""What is worth asking for: limits hold, and what is said to hold whatever it is does hold."""

import json
import random
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root
from diagnost.pipeline import Case, diagnose, run_of
from diagnost.report.figures import Figures
from diagnost.report.gap_sentences import gap_sentences
from diagnost.report.missing import missing_page
from diagnost.report.possible_values import limits, with_amount
from diagnost.report.words import words_of
from diagnost.report.worth_asking import (
    Verdicted,
    WorthAsking,
    contradicts,
    most_telling,
    worth_asking,
)
from tests.shipped import LANGUAGES, base
from tests.shipped import case_of as example_of
from tests.test_random_companies import case_of as random_case

GAPS = """\
company: {name: Gap Ltd, activity: trade}
currency: EUR
unit: 1000
periods: ["2023"]
lines:
  current_assets: [1000]
  current_liabilities: [900]
  short_term_receivables: [400]
  revenue: [3000]
  operating_costs: [2900]
  equity: [500]
  total_assets: [2000]
"""


@pytest.fixture
def gaps(tmp_path: Path) -> Path:
    file = tmp_path / "gaps.yaml"
    file.write_text(GAPS)
    return file


def case_of(file: Path) -> Case:
    return diagnose(read_accounts(file, base().catalogue), base(), engine="builtin")


@cache
def asked_of_ratios() -> tuple[WorthAsking, ...]:
    return worth_asking(example_of("partial-ratios.yaml"), "2023")


def test_other_amounts_bound_what_is_missing(gaps: Path) -> None:
    case = case_of(gaps)
    zero = Decimal(0)
    assert limits(case, "2023", "inventories") == (zero, Decimal(600))
    assert limits(case, "2023", "short_term_loans") == (zero, Decimal(900))
    assert limits(case, "2023", "net_profit") == (None, None)
    assert limits(case, "2023", "long_term_liabilities") == (zero, Decimal(600))


def test_what_would_settle_most_comes_first(gaps: Path) -> None:
    found = worth_asking(case_of(gaps), "2023")
    assert [each.rules for each in found] == sorted((e.rules for e in found), reverse=True)
    stock = next(each for each in found if each.name == "inventories")
    assert "finance.liquidity.quick_ratio" in stock.readings
    assert {v.area for v in stock.verdicts} >= {"liquidity"}


@pytest.mark.parametrize("seed", (0, 15, 33))
def test_what_holds_whatever_it_is_holds_for_random_values(seed: int, tmp_path: Path) -> None:
    case, r = random_case(seed, tmp_path), random.Random(seed)
    period = case.accounts.periods[-1].id
    for each in worth_asking(case, period):
        if each.name not in base().catalogue.line_items:
            continue
        least = each.least if each.least is not None else Decimal(-10_000)
        most = each.most if each.most is not None else Decimal(100_000)
        for _ in range(4):
            value = least + (most - least) * Decimal(r.random())
            run = run_of(with_amount(case, period, each.name, value), base(), period, "builtin")
            if contradicts(case, case.runs[period], run):
                continue  # the other figures rule this value out
            fired = {firing.rule for firing in run.firings}
            assert set(each.certain) <= fired, (each.name, value)
            for verdict in each.verdicts:
                state = next(s for s in base().states.values() if s.verdict_on == verdict.area)
                made = {f.made for f in run.firings if f.made[0] == state.id}
                standing = state.standing(made)
                if verdict.open and (standing is None or not standing.graded):
                    continue
                assert standing is not None, (each.name, value)
                assert standing.id in verdict.words, (each.name, value)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "It can be at most EUR 600 thousand."),
        ("pl", "Kwota może wynosić najwyżej 600 tys. €."),
        ("zh", "其数值不会超过60万欧元。"),
    ],
)
def test_the_page_comes_in_three_languages(gaps: Path, language: str, words: str) -> None:
    arguments = ["missing", str(gaps), "--lang", language]
    result = CliRunner().invoke(program.program(), arguments)
    assert result.exit_code == 0
    assert words in result.output.replace("\xa0", " ")


def test_the_answer_of_a_machine_names_ids(gaps: Path) -> None:
    result = CliRunner().invoke(program.program(), ["missing", str(gaps), "--format", "json"])
    stock = next(w for w in json.loads(result.output)["worth_asking"] if w["name"] == "inventories")
    assert (stock["least"], stock["most"]) == (0, 600)


def test_where_nothing_is_missing_it_says_so() -> None:
    file = Path(__file__).parent.parent / "examples" / "high-margin-slow-seller.yaml"
    result = CliRunner().invoke(program.program(), ["missing", str(file)])
    assert "what was given suffices" in result.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_judgement_is_never_told_as_one(language: str) -> None:
    case = example_of("partial-ratios.yaml")
    ungraded = {w.id: w.name for s in base().states.values() for w in s.words if not w.graded}
    assert set(ungraded) == {"contradictory", "withheld"}
    found = asked_of_ratios()
    assert not set(ungraded) & {w for each in found for v in each.verdicts for w in v.words}
    page = missing_page(case, "2023", found, language, content_root())
    told = " ".join(line for row in page.rows for line in row.lines)
    assert ungraded["withheld"].in_language(language) not in told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "“strained”, but not at every value; for the rest, operating profit"),
        ("pl", "w pozostałych przypadkach potrzeba jeszcze danych: zysk (strata)"),
        ("zh", "但有的数值仍不足以作出评价，还需要营业利润"),
    ],
)
def test_a_judgement_that_is_open_says_what_it_would_take(language: str, told: str) -> None:
    verdict = Verdicted("overall", ("strained",), open=True, needs=("operating_profit",))
    asked = WorthAsking("equity", Decimal(0), None, (), 1, (), (verdict,))
    case = example_of("partial-ratios.yaml")
    page = missing_page(case, "2023", (asked,), language, content_root())
    assert told in page.rows[0].lines[0]


def test_of_many_things_that_a_judgement_would_take_three_are_named() -> None:
    needs = (
        "operating_profit",
        "inventories",
        "cash",
        "trade_receivables",
        "net_profit",
        "fixed_assets",
    )
    verdict = Verdicted("overall", ("strained",), open=True, needs=needs)
    asked = WorthAsking("equity", Decimal(0), None, (), 1, (), (verdict,))
    page = missing_page(example_of("partial-ratios.yaml"), "2023", (asked,), "en", content_root())
    (line,) = page.rows[0].lines
    assert "a good deal more would be needed, among other things operating profit" in line
    assert "inventories and cash" in line
    assert "net profit" not in line


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The one figure most worth asking for is total assets; after it"),
        ("pl", "Najwięcej wyjaśniłaby jedna pozycja: aktywa razem; w dalszej kolejności:"),
        ("zh", "最值得先问清的一项是资产总计，其次是"),
    ],
)
def test_the_document_asks_for_the_figure_that_missing_names_first(
    language: str, told: str
) -> None:
    case = example_of("partial-ratios.yaml")
    assert asked_of_ratios()[0].name == "total_assets"
    lines = ["equity", "total_assets", "fixed_assets"]
    assert most_telling(case, "2023", lines)[0] == "total_assets"
    figures = Figures(case, language, words_of(language, content_root()))
    assert told in " ".join(gap_sentences(case, figures, "2023"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "With a balance sheet more could be said of liquidity, debt and balance-sheet str"),
        ("pl", "Bilans pozwoliłby powiedzieć więcej w obszarach: płynność, zadłużenie i struktura"),
        ("zh", "若有资产负债表，可对流动性、负债、资产负债结构作更多判断。"),
    ],
)
def test_long_lists_of_missing_lines_are_told_by_statement(language: str, told: str) -> None:
    case = example_of("retail/thin-promotion.yaml")
    figures = Figures(case, language, words_of(language, content_root()))
    sentences = gap_sentences(case, figures, "2025")
    assert any(sentence.startswith(told) for sentence in sentences), sentences


def test_amounts_that_contradict_each_other_bound_nothing(tmp_path: Path) -> None:
    file = tmp_path / "contradictory.yaml"
    file.write_text(GAPS + "  trade_receivables: [500]\n" + "  long_term_receivables: [300]\n")
    text = file.read_text().replace("  short_term_receivables: [400]\n", "")
    file.write_text(text.replace("current_assets: [1000]", "current_assets: [450]"))
    case = case_of(file)
    least, most = limits(case, "2023", "short_term_receivables")
    assert least is not None and most is not None and least > most
    assert "short_term_receivables" not in {w.name for w in worth_asking(case, "2023")}


def test_what_is_told_in_other_words_is_not_told_otherwise() -> None:
    """Sales are known from an answer to have grown: no revenue is tried at which they fell."""
    case = example_of("retail/forgotten-customers.yaml")
    found = worth_asking(case, "2025")
    assert found
    assert "retail.targets.sales.sales_falling" not in {e for w in found for e in w.certain}
    assert "targets" not in {v.area for w in found for v in w.verdicts}


def test_what_every_answer_gives_is_no_news() -> None:
    found = worth_asking(example_of("sales/healthy-team.xlsx"), "2026-07")
    assert found
    assert all(len(v.words) > 1 or v.open for each in found for v in each.verdicts)


@pytest.mark.parametrize(
    ("given", "may_be_loss"), [("", True), ("indicators: {ROS: [0.7%]}\n", False)]
)
def test_a_given_margin_tells_on_which_side_the_profit_lies(
    tmp_path: Path, given: str, may_be_loss: bool
) -> None:
    file = tmp_path / "margin.yaml"
    without_sales = GAPS.replace("  revenue: [3000]\n  operating_costs: [2900]\n", "")
    file.write_text(without_sales + given)
    (asked,) = (w for w in worth_asking(case_of(file), "2023") if w.name == "net_profit")
    (judged,) = (v for v in asked.verdicts if v.area == "profitability")
    assert ("loss" in judged.words) is may_be_loss
    assert "good" in judged.words
