"""Backwards: what rests on a figure is what changes when it changes, and nothing is left out."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.explain.lookup import UnknownEntry
from diagnost.explain.rests_on import Rested, read_target, rests_on
from diagnost.model.accounts import Origin
from diagnost.pipeline import Case, diagnose
from tests.shipped import ROOT, accounts_of, base, case_of
from tests.test_random_companies import case_of as random_case

MANUFACTURER = "overstocked-manufacturer.yaml"


def resting(case: Case, target: str) -> Rested:
    return rests_on(case, read_target(case, target), case.accounts.periods[-1].id)


def found_ids(case: Case) -> set[str]:
    period = case.accounts.periods[-1].id
    findings = {f.statement.id for f in case.diagnosis.findings if f.period == period}
    return findings | {a.recommendation.id for a in case.diagnosis.advice if a.period == period}


@pytest.mark.parametrize("seed", [None, *range(6)])
def test_what_a_change_takes_away_rested_on_the_figure(seed: int | None, tmp_path: Path) -> None:
    case = case_of(MANUFACTURER) if seed is None else random_case(seed, tmp_path)
    period = case.accounts.periods[-1].id
    filed = accounts_of(MANUFACTURER) if seed is None else case.accounts
    before = diagnose(filed, base(), engine="builtin")
    for (item, at), amount in filed.amounts.items():
        if at != period or amount.origin is not Origin.GIVEN:
            continue
        amounts = {
            **filed.amounts,
            (item, at): amount._replace(value=amount.value * Decimal("1.7")),
        }
        after = diagnose(replace(filed, amounts=amounts), base(), engine="builtin")
        rested = resting(before, item)
        ids = {f.statement.id for f in rested.findings}
        ids |= {a.recommendation.id for a in rested.advice}
        doubted = {f.statement.id for f in after.diagnosis.findings if f.statement.invalidates}
        if doubted <= {f.statement.id for f in before.diagnosis.findings}:
            assert found_ids(before) - found_ids(after) <= ids, item


def test_a_cell_and_the_figure_in_it_carry_the_same() -> None:
    case = case_of(MANUFACTURER)
    amount = case.accounts.amounts["inventories", "2023"]
    by_cell = resting(case, f"{amount.at.line}:{amount.at.column}")
    by_item = resting(case, "Zapasy")
    assert [a.item for a in by_cell.amounts] == ["inventories"]
    assert {r.indicator for r in by_cell.readings} <= {r.indicator for r in by_item.readings}
    assert "finance.activity.inventory_cycle.slow" in {f.statement.id for f in by_cell.findings}


def test_a_cell_of_an_earlier_period_carries_what_compares_with_it() -> None:
    case = case_of(MANUFACTURER)
    amount = case.accounts.amounts["inventories", "2021"]
    found = {f.statement.id for f in resting(case, str(amount.at)).findings}
    assert "finance.activity.inventory_cycle.lengthening" in found
    assert "finance.activity.inventory_cycle.slow" not in found


def test_a_source_carries_what_cites_it() -> None:
    rested = resting(case_of(MANUFACTURER), "F6")
    assert "finance.liquidity.both_ratios.frozen_stock" in rested.entries
    spoken = {f.statement.id for f in rested.findings}
    cited = {id_ for id_ in rested.entries if id_ in base().statements}
    assert spoken & cited
    assert {v.area for v in rested.verdicts} >= {"liquidity"}


def test_a_cell_of_records_carries_the_figures_of_its_rows() -> None:
    case = case_of("sales/month-end-sprinters.yaml")
    place = case.accounts.records["orders"][-1].cell("signed_on")
    assert place is not None
    rested = resting(case, str(place.at))
    assert rested.readings


@pytest.mark.parametrize("target", ["Z99", "9999:1", "nonsense", "F99.1"])
def test_what_means_nothing_is_told(target: str) -> None:
    with pytest.raises(UnknownEntry):
        read_target(case_of(MANUFACTURER), target)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "what rests on Inventories"),
        ("pl", "co opiera się na pozycji Zapasy"),
        ("zh", "以存货为依据的内容"),
    ],
)
def test_the_answer_comes_in_three_languages(language: str, words: str) -> None:
    file = str(ROOT / "examples" / MANUFACTURER)
    arguments = ["rests-on", file, "inventories", "--lang", language]
    result = CliRunner().invoke(program.program(), arguments)
    assert result.exit_code == 0
    assert words in result.output


def test_the_answer_of_a_machine_names_ids() -> None:
    file = str(ROOT / "examples" / MANUFACTURER)
    result = CliRunner().invoke(
        program.program(), ["rests-on", file, "inventories", "--format", "json"]
    )
    data = json.loads(result.output)
    assert data["target"] == {"kind": "line", "text": "inventories"}
    assert {a["item"]: a["value"] for a in data["amounts"]} == {"inventories": 12000}
    assert "finance.activity.inventory_cycle.slow" in data["findings"]
