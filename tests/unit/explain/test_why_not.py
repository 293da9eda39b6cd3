"""Why an entry does not hold, or another word does not stand."""

from collections.abc import Callable
from typing import Any

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.explain.lookup import find_entry
from diagnost.explain.tree import NotFired, NoVerdict
from diagnost.explain.why_not import (
    KINDS,
    Holds,
    NoWordError,
    OtherWord,
    WhyNot,
    Yielded,
    why_not,
    word_of,
)
from diagnost.explain.why_not_json import as_data
from diagnost.explain.why_not_text import as_text
from diagnost.pipeline import Case
from tests.unit.explain.conftest import ACCOUNTS

Diagnose = Callable[..., Case]
TRADE = ACCOUNTS.replace("services", "trade")
SAFE = ACCOUNTS.replace("[200, 110]", "[200, 150]")
EMPTY = 'company: {name: A}\nperiods: ["2023"]\nlines: {current_assets: [5]}\n'


def asked(case: Case, name: str, word: str = "") -> WhyNot:
    entry = find_entry(case.base, name, KINDS)
    return why_not(case, entry, case.accounts.periods[-1].id, word)


def text(case: Case, name: str, word: str = "", language: str = "en") -> str:
    return as_text(asked(case, name, word), case.base, CaseHand(language, case), 88)


def data(case: Case, name: str, word: str = "") -> dict[str, Any]:
    return as_data(asked(case, name, word), CaseHand("en", case))


def test_what_is_lacking_is_followed_to_the_reading_with_its_distance(case: Diagnose) -> None:
    assert text(case(SAFE), "rules.both") == (
        """\
finding  finance.liquidity.rules.both does not hold in 2023
│                                                rules/finance/liquidity/rules.yaml:15:5
└ not met  finance.liquidity.ratio.low does not hold
  └ not met  Current ratio (WPB): asked for is low (below 1.2); it is safe, WPB = 150 /
             100 = 1.50; 0.3 away                                finance.liquidity.ratio
"""
    )


def test_what_holds_is_said_to_hold(case: Diagnose) -> None:
    answer = asked(case(), "ratio.low").answer
    assert isinstance(answer, Holds)
    assert text(case(), "ratio.low").startswith("It does hold in 2023 (see why): Only 1.10.")
    assert data(case(), "ratio.low")["kind"] == "holds"


def test_what_fired_and_gave_way_is_told_with_the_winner_and_its_reason(case: Diagnose) -> None:
    answer = asked(case(TRADE), "ratio.low").answer
    assert isinstance(answer, Yielded)
    assert answer.gave_way.entry == "finance.liquidity.rules.traders_may"
    assert "Traders may." in text(case(TRADE), "ratio.low")
    assert data(case(TRADE), "ratio.low")["gave_way_to"]["id"] == answer.gave_way.entry


def test_another_word_is_told_with_what_its_rules_lack(case: Diagnose) -> None:
    answer = asked(case(), "liquidity", "sound").answer
    assert isinstance(answer, OtherWord)
    assert answer.stands is not None
    assert (answer.stands.id, [tree.rule.id for tree in answer.rules]) == (
        "threatened",
        ["finance.liquidity.rules.good"],
    )
    assert text(case(), "liquidity", "sound").startswith(
        "verdict  Liquidity in 2023: threatened, not sound"
    )
    assert data(case(), "liquidity", "sound")["rules"][0]["unmet"]


@pytest.mark.parametrize("word", ["sound", "Dobra", "良好"])
def test_a_word_is_known_by_its_name_in_any_language(case: Diagnose, word: str) -> None:
    state = case().base.states["finance.liquidity.verdict"]
    assert word_of(state, word).id == "sound"


def test_a_word_that_stands_holds_and_an_unknown_one_is_refused(case: Diagnose) -> None:
    assert isinstance(asked(case(), "liquidity", "threatened").answer, Holds)
    with pytest.raises(NoWordError, match="the words are: threatened, sound"):
        asked(case(), "liquidity", "splendid")
    with pytest.raises(NoWordError):
        asked(case(), "liquidity")


def test_what_hangs_on_something_not_given_is_not_said_to_fail(case: Diagnose) -> None:
    answer = asked(case(EMPTY), "ratio.low").answer
    assert isinstance(answer, NotFired)
    assert answer.undecided
    written = " ".join(text(case(EMPTY), "ratio.low").split())
    assert "finance.liquidity.ratio.low cannot be decided in 2023" in written
    assert "asked for is low (below 1.2); to tell, needed: Current liabilities" in written


def test_an_area_without_a_verdict_needs_no_word(case: Diagnose) -> None:
    answer = asked(case(EMPTY), "liquidity").answer
    assert isinstance(answer, NoVerdict)
    assert "Current liabilities" in text(case(EMPTY), "liquidity")


def test_a_conclusion_is_asked_about_as_its_word_is(case: Diagnose) -> None:
    assert isinstance(asked(case(), "rules.bad").answer, Holds)
    answer = asked(case(), "rules.good").answer
    assert isinstance(answer, NotFired)


def test_what_speaks_to_another_reader_is_told_so(case: Diagnose) -> None:
    answer = asked(case(), "for_banks").answer
    assert isinstance(answer, NotFired)
    assert answer.other_reader == "bank"


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_every_kind_of_answer_is_written_in_every_language(case: Diagnose, language: str) -> None:
    for accounts in (ACCOUNTS, TRADE, SAFE, EMPTY):
        one = case(accounts)
        for name in one.base.rules:
            assert "{" not in text(one, name, language=language)
        for word in ("sound", "threatened"):
            assert "{" not in text(one, "liquidity", word, language)
