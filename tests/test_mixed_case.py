"""One company whose money, people and shops explain each other in one document."""

import json
import re

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.knowledge.base import content_root
from diagnost.model.indicator import Polarity
from diagnost.report.persons import write_with_persons
from tests.shipped import LANGUAGES, ROOT, case_of

EXAMPLE = "mixed/ebike-distributor.yaml"
LAST = "2025"


def verdicts() -> dict[str, str]:
    return {v.area: v.word.id for v in case_of(EXAMPLE).diagnosis.verdicts if v.period == LAST}


def links() -> set[tuple[str, str]]:
    """Return which side explains which, by the causes that were told."""
    causes = (c for c in case_of(EXAMPLE).diagnosis.causes if c.period == LAST)
    return {(c.cause.split(".")[0], c.effect.split(".")[0]) for c in causes if not c.gave_way_to}


def plan() -> list[str]:
    steps = [a for a in case_of(EXAMPLE).diagnosis.advice if a.period == LAST and a.rank]
    return [a.recommendation.id for a in sorted(steps, key=lambda a: a.rank)]


def test_every_side_is_judged() -> None:
    found = verdicts()
    assert found["overall"] == "in_danger"
    assert found["profitability"] == "loss"
    assert {"activity", "results", "customers", "stability", "stock", "channel"} <= found.keys()
    bad = {
        v.area
        for v in case_of(EXAMPLE).diagnosis.verdicts
        if v.period == LAST and v.word.polarity is Polarity.BAD
    }
    assert bad >= {"overall", "activity", "results", "customers", "stability", "stock", "channel"}


def test_people_and_shops_explain_the_money() -> None:
    assert links() >= {("sales", "finance"), ("retail", "finance"), ("finance", "finance")}


def test_the_plan_begins_with_money_and_holds_each_thing_once() -> None:
    first = plan()[:4]
    assert first[0].startswith("finance.profitability")
    stock = [step for step in plan() if re.search(r"stock\.recommendations\.clear|cut_stock", step)]
    collect = [step for step in plan() if "collect" in step]
    assert len(stock) == len(collect) == 1
    assert set(stock + collect) < set(first)
    assert any(step.startswith("sales.stability") for step in plan()[:6])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_has_ten_lines_that_can_be_signed(language: str) -> None:
    document = write_with_persons(case_of(EXAMPLE), language, LAST, content_root())
    assert len(document.advice) == 10
    for row in document.advice:
        assert row.owner and row.first and row.until and row.watch != "–", row.what.text
    firsts = [row.first for row in document.advice]
    assert len(set(firsts)) == len(firsts)


def test_the_plan_goes_into_a_calendar() -> None:
    file = str(ROOT / "examples" / EXAMPLE)
    result = CliRunner().invoke(program.program(), ["actions", file, "--format", "json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)
