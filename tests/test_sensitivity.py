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
from diagnost.pipeline import Case
from diagnost.report.near_limits import fragile
from tests.shipped import EXAMPLES, ROOT, accounts_of, case_of, document


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
