"""How an entry came about: the derivation and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.explain.how import KINDS, Computed, Filed, How, Made, NotMade, how
from diagnost.explain.how_json import as_data
from diagnost.explain.how_text import as_text
from diagnost.explain.lookup import find_entry
from diagnost.explain.tree import FactTree, UnknownFact
from diagnost.pipeline import Case
from tests.unit.explain.conftest import ACCOUNTS

Diagnose = Callable[..., Case]
THOUSANDS = ACCOUNTS.replace("periods:", "currency: PLN\nunit: 1000\nperiods:")
EMPTY = 'company: {name: A}\nperiods: ["2023"]\nlines: {current_assets: [5]}\n'


def asked(case: Case, name: str) -> How:
    return how(case, find_entry(case.base, name, KINDS), case.accounts.periods[-1].id)


def text(case: Case, name: str, language: str = "en") -> str:
    return as_text(asked(case, name), case.base, CaseHand(language, case), 88)


def data(case: Case, name: str) -> dict[str, Any]:
    return as_data(asked(case, name), CaseHand("en", case))


def test_an_indicator_is_derived_from_formula_unit_and_cells(case: Diagnose) -> None:
    assert text(case(THOUSANDS), "WPB") == (
        """\
indicator  Current ratio (WPB), 2023                             finance.liquidity.ratio
├ formula  Current assets / Current liabilities
│                                             knowledge/finance/liquidity/ratio.yaml:3:3
├ unit     amounts in PLN thousand
└ reading  WPB = 110 / 100 = 1.10
  ├ Current assets       110                                              acme.yaml:6:25
  └ Current liabilities  100                                              acme.yaml:7:30
"""
    )


def test_neither_causes_nor_what_rests_on_it_are_told(case: Diagnose) -> None:
    assert isinstance(asked(case(), "WPB").answer, Computed)
    assert set(data(case(), "WPB")) == {
        "entry", "period", "unit_of_amounts", "kind", "symbol", "method", "reading",
    }  # fmt: skip
    assert "because" not in text(case(), "ratio.low")


def test_what_is_not_given_is_said_not_to_be(case: Diagnose) -> None:
    answer = asked(case(EMPTY), "current_liabilities").answer
    assert answer == Filed(item="current_liabilities", amount=None)
    assert "not given" in text(case(EMPTY), "current_liabilities")
    assert isinstance(asked(case(EMPTY), "ratio.step").answer, UnknownFact)


def test_a_finding_and_a_verdict_go_back_to_every_firing(case: Diagnose) -> None:
    for name in ("ratio.low", "liquidity", "finance.liquidity.verdict"):
        answer = asked(case(), name).answer
        assert isinstance(answer, Made)
        made = [f for f in case().runs["2023"].firings if f.made == (answer.key, answer.word)]
        assert len(answer.firings) == len(made) == data(case(), name)["count"]


def test_a_fact_goes_back_to_its_readings(case: Diagnose) -> None:
    answer = asked(case(), "ratio.step").answer
    assert isinstance(answer, FactTree)
    assert [tree.reading.period for tree in answer.readings] == ["2022", "2023"]


def test_what_does_not_hold_has_no_derivation(case: Diagnose) -> None:
    answer = asked(case(), "high_or_rising").answer
    assert isinstance(answer, NotMade)
    assert "see why-not" in text(case(), "high_or_rising")
    assert isinstance(asked(case(EMPTY), "liquidity").answer, NotMade)


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_every_kind_of_entry_is_written_in_every_language(case: Diagnose, language: str) -> None:
    for accounts in (THOUSANDS, EMPTY):
        one = case(accounts)
        names = [*one.base.rules, *one.base.catalogue.indicators, *one.base.catalogue.line_items]
        for name in (*names, "liquidity", "finance.liquidity.verdict", "ratio.step"):
            assert "{" not in text(one, name, language)
            assert data(one, name)["kind"]
