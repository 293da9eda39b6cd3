"""The pack that is shipped as an example: its check, and what it changes."""

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import pytest

from diagnost.app.checking import check_knowledge
from diagnost.app.shipped import using_packs
from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root, load
from diagnost.knowledge.packs import read_packs
from diagnost.model.accounts import Answer
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.pipeline import Case, diagnose
from diagnost.report.json_form import as_json
from diagnost.report.narrative import write
from diagnost.report.render import render
from tests.shipped import ROOT

PACK = ROOT / "packs" / "sector-norms"
STOCK, LIQUIDITY = "finance.activity.inventory_cycle", "finance.liquidity.current_ratio"


@lru_cache
def with_pack() -> KnowledgeBase:
    return load(packs=read_packs([PACK]))


@lru_cache
def case_of(activity: str) -> Case:
    path = ROOT / "examples" / "overstocked-manufacturer.yaml"
    accounts = read_accounts(path, with_pack().catalogue, name=path.name)
    answer = Answer("activity", activity, At("test"))
    context = {**accounts.context, "activity": answer}
    return diagnose(replace(accounts, context=context), with_pack(), engine="builtin")


def test_the_pack_passes_its_check() -> None:
    with using_packs([PACK]):
        result = check_knowledge()
    assert result.problems == ()
    assert result.examples == 106


def test_all_of_its_numbers_are_marked_as_assumed() -> None:
    indicators = with_pack().catalogue.indicators.values()
    variants = [v for i in indicators for n in i.norms for v in n.variants]
    assert len(variants) == 9
    for variant in variants:
        edges = [band for band in variant.bands if band.edge not in (None, 0, 1)]
        assert [band.id for band in edges if not band.assumed] == []


@pytest.mark.parametrize(
    ("activity", "longest", "least"),
    [
        ("trade", 60, "1.1"),
        ("production", 110, "1.3"),
        ("services", 20, "1.1"),
        ("unstated", 90, "1.2"),
    ],
)
def test_the_activity_chooses_the_norm(activity: str, longest: int, least: str) -> None:
    catalogue = case_of(activity).base.catalogue
    assert catalogue.edge("CRZ.normal.upper") == longest
    assert catalogue.edge("WPB.safe.lower") == Decimal(least)


def test_the_document_says_by_what_it_judges_once() -> None:
    case = case_of("production")
    root, period = content_root(), case.accounts.periods[-1].id
    text = " ".join(render(write(case, "en", period, root), "text", root).split())
    assert text.count("judged by norms assumed for manufacturing: stock of up to 110 days") == 1
    assert "the minimum of financial safety is 1.3" in text or "safety minimum of 1.3" in text
    assert "the pack “Norms by sector (illustrative)”, version 1.0.0" in text
    assert '"packs": [' in as_json(case, "en", period, root)
    assert "SN: Reasoning behind the illustrative norms by sector" in text


def test_a_norm_is_taken_anew_for_every_company() -> None:
    assert with_pack().catalogue.edge("CRZ.normal.upper") == 90
