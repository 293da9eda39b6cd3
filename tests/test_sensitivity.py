"""How firm a diagnosis is: what is near a limit, and the amount that carries it across."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.compute.derived import complete
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Pick
from diagnost.model.indicator import Nearness, Unit
from diagnost.pipeline import Case, diagnose
from diagnost.report.conventions import conventions
from diagnost.report.near_limits import fragile
from tests.shipped import EXAMPLES, ROOT, accounts_of, base, case_of, document


def near(case: Case) -> list[tuple[str, Decimal]]:
    return [(f.indicator.symbol, f.edge) for f in fragile(case, case.accounts.periods[-1].id)]


def test_the_nearest_limit_comes_first_and_carries_its_sentences() -> None:
    found = fragile(case_of("indebted-with-good-cover.yaml"), "2024")
    shares = [f.distance / abs(f.edge) for f in found]
    assert shares == sorted(shares)
    near = case_of("indebted-with-good-cover.yaml").base.catalogue.near
    assert max(shares) <= near.share == Decimal("0.05")
    current = next(f for f in found if f.indicator.symbol == "WPB")
    assert (current.edge, current.band.id, current.beyond.id) == (Decimal("1.2"), "low", "safe")
    assert {v.area for v in current.verdicts}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_amount_that_is_told_carries_the_figure_across(example: str) -> None:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    catalogue = case.base.catalogue
    filed = accounts_of(example)
    for each in fragile(case, period):
        amended = each.amended
        if amended is None or (amended.item, amended.period) not in filed.amounts:
            continue
        key = amended.item, amended.period
        past = amended.by * Decimal("1.0001")
        amounts = dict(filed.amounts)
        amounts[key] = amounts[key]._replace(value=amounts[key].value + past, parts=())
        others = {k: a for k, a in amounts.items() if not a.parts or k == key}
        changed = complete(replace(filed, amounts=others, given={}), catalogue)
        value = ReadingsOnDemand(changed, catalogue)[each.indicator.id, period].value
        if value is not None:
            assert each.norm.band_of(value).id != each.band.id, (each.indicator.id, amended)


def test_a_figure_far_from_every_limit_is_not_named() -> None:
    case = case_of("overstocked-manufacturer.yaml")
    assert "WPW" not in {symbol for symbol, _ in near(case)}  # 0.32, the next limit is 0.25


def test_rounding_to_the_unit_is_told_where_it_matters(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(
        "company: {name: Small}\nunit: 1000\nperiods: ['2023']\n"
        "lines: {current_assets: [12], current_liabilities: [10], inventories: [3],"
        " short_term_receivables: [4], short_term_investments: [5]}\n"
    )
    run = CliRunner().invoke(program.program(), ["sensitivity", str(file), "--format", "json"])
    limits = {n["indicator"]: n for n in json.loads(run.output)["near_limits"]}
    assert limits["finance.liquidity.current_ratio"]["rounding"] is True


def test_a_ratio_that_is_given_is_not_rounded_as_amounts_are(tmp_path: Path) -> None:
    file = tmp_path / "ratio.yaml"
    file.write_text(
        "company: {name: Ratio}\nunit: 1000\nperiods: ['2023']\n"
        "indicators: {WPK: [96%], WPB: [1.21]}\n"
    )
    run = CliRunner().invoke(program.program(), ["sensitivity", str(file), "--format", "json"])
    limits = json.loads(run.output)["near_limits"]
    assert limits
    assert not any(limit["rounding"] for limit in limits)


def test_a_judgement_that_hangs_on_the_method_is_named() -> None:
    file = str(ROOT / "examples" / "indebted-with-good-cover.yaml")
    run = CliRunner().invoke(program.program(), ["sensitivity", file, "--format", "json"])
    flipped = [m for m in json.loads(run.output)["methods"] if m["verdicts"]]
    assert flipped
    option = flipped[0]
    again = CliRunner().invoke(
        program.program(),
        [
            "diagnose",
            file,
            "--format",
            "json",
            "--method",
            f"{option['choice']}={option['option']}",
        ],
    )
    told = {
        v["area"]: v["word"] for v in json.loads(again.output)["verdicts"] if v["period"] == "2024"
    }
    for verdict in option["verdicts"]:
        assert told.get(verdict["area"]) == verdict["after"] != verdict["before"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Figures near a limit"), ("pl", "Wskaźniki bliskie granicy"), ("zh", "接近界限的指标")],
)
def test_the_document_names_the_figures_near_a_limit(language: str, words: str) -> None:
    text = document("indebted-with-good-cover.yaml", language, "md")
    chapter = text.partition(f"## {words}\n")[2].partition("\n## ")[0]
    assert "1.2" in chapter or "1,2" in chapter


def test_what_no_list_shows_is_not_told() -> None:
    case = case_of("indebted-with-good-cover.yaml")
    assert "WPB" in {symbol for symbol, _ in near(case)}
    catalogue = case.base.catalogue
    hidden = {i.id: i._replace(shown=i.symbol != "WPB") for i in catalogue.indicators.values()}
    unlisted = case.base.with_catalogue(replace(catalogue, indicators=hidden))
    assert "WPB" not in {symbol for symbol, _ in near(case._replace(base=unlisted))}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "By another method (debts in the payment cycle: trade payables only): Cash cycle “"),
        ("pl", "Przy innej metodzie (zobowiązania w cyklu spłaty: tylko zobowiązania wobec"),
        ("zh", "若改用另一口径（付款天数所用负债：仅应付账款），则现金周转由“尚可”转为“紧张”。"),
    ],
)
def test_the_document_names_the_conventions_that_change_a_judgement(
    language: str, told: str
) -> None:
    assert told in document("indebted-with-good-cover.yaml", language, "md")


def test_conventions_say_what_diagnosing_by_the_other_method_says() -> None:
    name = "healthy-trader.yaml"
    case, accounts = case_of(name), accounts_of(name)
    told = {
        (each.choice.id, each.option.id): {f.area: f.after.id for f in each.flips}
        for each in conventions(case, "2023")
        if each.choice is not None and each.option is not None
    }
    assert told
    now = {v.area: v.word.id for v in case.diagnosis.verdicts if v.period == "2023"}
    for choice_id in ("payables", "return_on_investment", "debt_to_equity", "receivables"):
        for option in case.method.choices[choice_id].options[1:]:
            picks = (Pick(choice_id, option.id),)
            other = diagnose(accounts, base(), engine="builtin", method=picks)
            then = {v.area: v.word.id for v in other.diagnosis.verdicts if v.period == "2023"}
            differing = {area: word for area, word in then.items() if now.get(area) != word}
            assert told.get((choice_id, option.id), {}) == differing


def test_a_judgement_that_hangs_on_rounding_is_told_as_such(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(
        "company: {name: Small}\ncurrency: EUR\nunit: 1000\nperiods: ['2023']\n"
        "lines: {current_assets: [12], current_liabilities: [10], inventories: [3],"
        " short_term_receivables: [4], short_term_investments: [5]}\n"
    )
    accounts = read_accounts(file, base().catalogue)
    found = conventions(diagnose(accounts, base(), engine="builtin"), "2023")
    rounding = next(each for each in found if each.choice is None)
    liquidity = next(f for f in rounding.flips if f.area == "liquidity")
    assert (liquidity.before and liquidity.before.id) != liquidity.after.id == "sound"
    in_full = replace(accounts, amounts={
        key: amount._replace(value=amount.value * 1000) for key, amount in accounts.amounts.items()
    })  # fmt: skip
    found = conventions(diagnose(in_full, base(), engine="builtin"), "2023")
    assert not [each for each in found if each.choice is None]


def test_how_near_a_limit_is_near_stands_in_the_knowledge_base() -> None:
    case = case_of("indebted-with-good-cover.yaml")
    wider = replace(case.base.catalogue, near=case.base.catalogue.near._replace(share=Decimal(1)))
    more = fragile(case._replace(base=case.base.with_catalogue(wider)), "2024")
    assert len(more) > len(fragile(case, "2024"))
    nearness = case.base.catalogue.near
    assert nearness.holds(Decimal("0.004"), Decimal(0), Unit.PERCENT)
    assert not nearness.holds(Decimal("0.006"), Decimal(0), Unit.PERCENT)
    assert not Nearness().holds(Decimal("0.1"), Decimal(1), Unit.TIMES)
