"""One company beside itself: each difference is put down to figures, method or reader."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from diagnost.app.errors import UsageError
from diagnost.cli import program
from diagnost.report.before_after import Side, differences
from diagnost.report.moved_by import FIGURES, RULES, VIEWPOINT, Stop, stages
from tests.shipped import ROOT, case_of

NAME = "overstocked-manufacturer.yaml"
FILE = str(ROOT / "examples" / NAME)
KEYS = ("findings_gone", "findings_new", "recommendations_gone", "recommendations_new")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


def data(*arguments: str) -> dict[str, Any]:
    result = run("compare", FILE, "--format", "json", *arguments)
    assert result.exit_code == 0, result.exception
    found: dict[str, Any] = json.loads(result.output)
    return found


def test_by_default_the_last_two_years_are_compared() -> None:
    found = data()
    assert (found["from"]["period"], found["to"]["period"]) == ("2022", "2023")
    [stage] = found["stages"]
    assert (stage["moved_by"], stage["before"], stage["after"]) == (FIGURES, "2022", "2023")
    case = case_of(NAME)
    net = differences(Side(case, "2022"), Side(case, "2023"))
    assert set(stage["findings_new"]) == {f.statement.id for f in net.new}
    assert {v["area"]: (v["before"], v["after"]) for v in stage["verdicts"]} == {
        "liquidity": ("strained", "threatened"),
        "debt": ("heavy", "unserviceable"),
    }


def test_one_method_against_another_leaves_the_year() -> None:
    found = data("--methods", "own", "averages")
    assert found["from"] == {"period": "2023", "method": "own", "viewpoint": "owner"}
    assert found["to"] == {"period": "2023", "method": "averages", "viewpoint": "owner"}
    [stage] = found["stages"]
    assert stage["moved_by"] == RULES
    assert "finance.activity.inventory_cycle" in {each["id"] for each in stage["indicators"]}


def test_a_reader_moves_what_is_said_to_him_and_no_judgement() -> None:
    [stage] = data("--viewpoints", "owner", "bank")["stages"]
    assert stage["moved_by"] == VIEWPOINT
    assert stage["verdicts"] == []
    assert stage["indicators"] == []
    bank = case_of(NAME).base.statements
    assert {bank[id_].viewpoint for id_ in stage["findings_new"]} == {"bank"}


def test_each_difference_is_put_down_to_one_change_and_all_of_them_to_some() -> None:
    found = data(
        "--periods", "2021", "2023", "--methods", "own", "averages", "--viewpoints", "owner", "bank"
    )
    assert [stage["moved_by"] for stage in found["stages"]] == [FIGURES, RULES, VIEWPOINT]
    for key in KEYS:
        told = [id_ for stage in found["stages"] for id_ in stage[key]]
        assert len(told) == len(set(told)), key
    gone = {id_ for stage in found["stages"] for id_ in stage["findings_gone"]}
    new = {id_ for stage in found["stages"] for id_ in stage["findings_new"]}
    assert not gone & new


def test_what_comes_and_goes_again_on_the_way_is_no_difference() -> None:
    case = case_of(NAME)
    there = Stop(FIGURES, Side(case, "2023"), "2023", "2022")
    back = Stop(FIGURES, Side(case, "2022"), "2022", "2023")
    found = stages([Stop("", Side(case, "2022"), "2022"), there, back])
    assert [(s.found.gone, s.found.new, s.found.verdicts) for s in found] == [((), (), ())] * 2


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_the_page_tells_what_moved_it(language: str) -> None:
    page = run("compare", FILE, "--lang", language).output
    heads = {
        "en": "MOVED BY THE FIGURES: 2022 → 2023",
        "pl": "WYNIKA ZE ZMIANY DANYCH",
        "zh": "因数据变动：2022 → 2023",
    }
    assert heads[language] in page
    assert "224" in page


def test_nothing_is_told_as_nothing() -> None:
    page = run("compare", FILE, "--methods", "own", "year=360", "--period", "2021").output
    assert "Moved by the method: as the accounts have it → year=360".upper() in page.upper()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--methods", "own", "own"), "both sides are the same"),
        (("--periods", "2022", "1999"), "there is no period 1999"),
        (("--methods", "own", "avrages"), "--method: "),
        (("--viewpoints", "owner", "press"), "no reader is called 'press'"),
        (("--periods", "2021", "2022", "--period", "2022"), "--period is for both sides"),
    ],
)
def test_wrong_wishes_are_told(arguments: tuple[str, ...], told: str) -> None:
    result = run("compare", FILE, *arguments)
    assert isinstance(result.exception, UsageError)
    assert told in str(result.exception)
