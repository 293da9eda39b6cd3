"""From an entry down to the cells; what is not so is told with what it lacks."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.explain.lookup import entries, find_entry
from diagnost.explain.tree import (
    AdviceTree,
    CauseTree,
    FactTree,
    FindingTree,
    IndicatorTree,
    LineTree,
    NotFired,
    NoVerdict,
    RuleTree,
    UnknownFact,
    VerdictTree,
)
from diagnost.explain.why import KINDS, why
from diagnost.explain.why_json import as_data
from diagnost.explain.why_text import as_text
from diagnost.model.rule import Truth
from diagnost.pipeline import Case
from tests.unit.explain.conftest import ACCOUNTS, ask, told

Diagnose = Callable[..., Case]
TRADE = ACCOUNTS.replace("services", "trade")
ONE_PERIOD = ACCOUNTS.replace('"2022", ', "").replace("[200, 110]", "[110]").replace("100, ", "")
GIVEN = 'company: {name: A}\nperiods: ["2023"]\nlines: {}\nindicators: {WPB: [1.1]}\n'
EMPTY = 'company: {name: A}\nperiods: ["2023"]\nlines: {current_assets: [5]}\n'


def test_a_finding_is_drawn_down_to_the_cells(case: Diagnose) -> None:
    assert told(case(), "ratio.low") == (
        """\
Only 1.10.

finding  finance.liquidity.ratio.low, 2023 (unfavourable, certain, serious)
├ because   It fell to 1.10. (gives way to another)      finance.liquidity.rules.falling
│ ├ inferred  It was eaten up.                   rules/finance/liquidity/rules.yaml:58:5
│ └ source    our inference from Overview, Current ratio (F5.3)
├ explains  It fell to 1.10. (gives way to another)      finance.liquidity.rules.falling
└ rule      finance.liquidity.ratio.low      knowledge/finance/liquidity/ratio.yaml:19:5
  ├ source  Overview, Current ratio (F5.2)
  └ fact    Current ratio (WPB): low                             finance.liquidity.ratio
    ├ norm     general, low: below 1.2       knowledge/finance/liquidity/ratio.yaml:15:9
    └ reading  WPB = 110 / 100 = 1.10
      ├ Current assets       110                                          acme.yaml:4:25
      └ Current liabilities  100                                          acme.yaml:5:30
"""
    )


def test_what_a_finding_explains_is_no_explanation_of_it(case: Diagnose) -> None:
    """The two explain each other; whichever is asked about, the other stands below it, and ends."""
    for asked, other in (("ratio.low", "rules.falling"), ("rules.falling", "ratio.low")):
        tree = ask(case(), asked).answer
        assert isinstance(tree, FindingTree)
        (first,) = tree.causes
        assert first.end.finding.statement.id.endswith(other)
        assert not first.end.causes
        assert not first.end.again


def test_a_finding_made_by_findings_goes_on_to_their_rules(case: Diagnose) -> None:
    tree = ask(case(), "rules.both").answer
    assert isinstance(tree, FindingTree)
    assert tree.firing is not None
    low, falling = tree.firing.used
    assert low.firing is not None
    assert falling.firing is not None
    assert low.firing.rule.id == "finance.liquidity.ratio.low"
    (fact,) = falling.firing.used
    assert [r.reading.period for r in fact.readings] == ["2022", "2023"]
    assert [each.entry for each in tree.silenced] == ["finance.liquidity.rules.falling"]


def test_a_reading_told_before_comes_again_without_its_amounts(case: Diagnose) -> None:
    tree = ask(case(), "rules.both").answer
    assert isinstance(tree, FindingTree)
    assert tree.firing is not None
    first = tree.firing.used[0].firing
    second = tree.firing.used[1].firing
    assert first is not None
    assert second is not None
    assert [len(r.inputs) for r in first.used[0].readings] == [2]
    assert [(r.again, len(r.inputs)) for r in second.used[0].readings] == [(False, 2), (True, 0)]


def test_what_a_finding_gave_way_to_is_told_with_the_ruling(case: Diagnose) -> None:
    tree = ask(case(TRADE), "ratio.low").answer
    assert isinstance(tree, FindingTree)
    assert tree.gave_way is not None
    assert tree.gave_way.entry == "finance.liquidity.rules.traders_may"
    assert "gave way to  Traders may." in told(case(TRADE), "ratio.low")
    ruling = ask(case(TRADE), "traders_may").answer
    assert isinstance(ruling, RuleTree)
    assert [each.entry for each in ruling.silenced] == ["finance.liquidity.ratio.low"]


def test_a_fact_that_had_to_be_absent_is_shown_as_what_it_is(case: Diagnose) -> None:
    tree = ask(case(), "no_trader").answer
    assert isinstance(tree, FindingTree)
    assert tree.firing is not None
    (absent,) = tree.firing.absent
    assert (absent.key, absent.word) == ("company.activity", "trade")
    assert absent.instead is not None
    assert absent.instead.word == "services"
    assert "answer  services" in told(case(), "no_trader")


def test_silence_taken_for_an_answer_is_said(case: Diagnose) -> None:
    silent = ACCOUNTS.replace(", activity: services", "")
    assert "not stated (nothing is said, so this is taken)" in told(case(silent), "no_trader")


def test_a_verdict_rests_on_findings_and_rules(case: Diagnose) -> None:
    tree = ask(case(), "Płynność").answer
    assert isinstance(tree, VerdictTree)
    assert tree.verdict.word.id == "threatened"
    assert [firing.rule.id for firing in tree.firings] == ["finance.liquidity.rules.bad"]
    assert "finance.liquidity.ratio.low" in [b.finding.statement.id for b in tree.because]
    assert told(case(), "liquidity").startswith("verdict  Liquidity in 2023: threatened\n")


def test_a_verdict_that_nothing_concluded_names_what_is_lacking(case: Diagnose) -> None:
    high = ACCOUNTS.replace("110]", "310]")
    tree = ask(case(high), "liquidity").answer
    assert isinstance(tree, NoVerdict)
    assert [each.rule.id for each in tree.rules] == [
        "finance.liquidity.rules.bad",
        "finance.liquidity.rules.good",
    ]


def test_advice_tells_its_effect_and_what_it_answers(case: Diagnose) -> None:
    tree = ask(case(), "raise").answer
    assert isinstance(tree, AdviceTree)
    assert [b.finding.statement.id for b in tree.because] == ["finance.liquidity.ratio.low"]
    assert "effect   100 less." in told(case(), "raise")


def test_a_cause_rule_names_both_ends(case: Diagnose) -> None:
    tree = ask(case(), "fall_explains").answer
    assert isinstance(tree, CauseTree)
    assert [b.finding.statement.id for b in tree.effects] == ["finance.liquidity.ratio.low"]
    assert [b.finding.statement.id for b in tree.causes] == ["finance.liquidity.rules.falling"]


def test_an_indicator_shows_its_facts_and_what_rests_on_it(case: Diagnose) -> None:
    tree = ask(case(), "WPB").answer
    assert isinstance(tree, IndicatorTree)
    assert tree.reading.reading.value == Decimal("1.1")
    facts = {fact.key.rpartition(".")[2]: fact.word for fact in tree.facts}
    assert facts == {
        "ratio": "low",
        "previous": "safe",
        "trend": "falling",
        "step": "falling",
        "pace": "sharp",
    }
    assert [finding.statement.id.rpartition(".")[2] for finding in tree.findings] == [
        "low",
        "both",
        "falling",
        "no_trader",
    ]


def test_an_indicator_given_by_the_company_stands_where_it_was_given(case: Diagnose) -> None:
    text = told(case(GIVEN), "WPB")
    assert "reading  WPB = 1.10, as given by the company" in text
    assert "acme.yaml:4:20" in text


def test_an_indicator_without_reading_says_what_is_missing(case: Diagnose) -> None:
    text = told(case(EMPTY), "WPB")
    assert "(Current liabilities)" in text
    assert "Current liabilities  not given" in text


def test_a_line_item_shows_its_amount_and_what_rests_on_it(case: Diagnose) -> None:
    tree = ask(case(), "current_assets").answer
    assert isinstance(tree, LineTree)
    assert tree.amount is not None
    assert str(tree.amount.amount.at) == "acme.yaml:4:25"
    assert tree.users == ("finance.liquidity.ratio", "finance.liquidity.reserve")
    assert len(tree.findings) == 4


def test_a_fact_is_explained_even_if_no_rule_asks_for_it(case: Diagnose) -> None:
    fact = ask(case(), "ratio.pace").answer
    assert isinstance(fact, FactTree)
    assert fact.word == "sharp"
    unknown = ask(case(ONE_PERIOD), "ratio.pace").answer
    assert unknown == UnknownFact(key="finance.liquidity.ratio.pace", needs=("earlier_period",))


# --- what is not so -----------------------------------------------------------------------------


def test_the_band_asked_for_stands_beside_the_reading(case: Diagnose) -> None:
    assert told(case(), "ratio.low", period="2022") == (
        """\
finding  finance.liquidity.ratio.low does not hold in 2022
│                                            knowledge/finance/liquidity/ratio.yaml:19:5
└ not met  Current ratio (WPB): asked for is low (below 1.2); it is safe, WPB = 200 /
           100 = 2.00; 0.8 away                                  finance.liquidity.ratio
"""
    )


def test_an_unknown_fact_names_what_would_settle_it(case: Diagnose) -> None:
    missing = ask(case(EMPTY), "ratio.low").answer
    assert isinstance(missing, NotFired)
    (part,) = missing.unmet
    assert (part.truth, part.needs) == (Truth.UNKNOWN, ("current_liabilities",))
    earlier = told(case(ONE_PERIOD), "rules.falling")
    assert "not known  Current ratio (WPB), step since the period before: asked for is" in earlier


def test_a_derived_fact_that_hangs_on_something_unknown_names_it(case: Diagnose) -> None:
    tree = ask(case(ONE_PERIOD), "rules.both").answer
    assert isinstance(tree, NotFired)
    (part,) = tree.unmet
    assert part.key == "finance.liquidity.rules.falling"
    assert (part.truth, part.needs) == (Truth.UNKNOWN, ("earlier_period",))


def test_what_must_be_absent_and_is_there_is_told(case: Diagnose) -> None:
    assert "must not be trade, but is" in told(case(TRADE), "no_trader")


def test_of_several_ways_each_tells_what_it_lacks(case: Diagnose) -> None:
    tree = ask(case(), "high_or_rising").answer
    assert isinstance(tree, NotFired)
    (part,) = tree.unmet
    assert [[each.key.rpartition(".")[2] for each in choice] for choice in part.choices] == [
        ["ratio"],
        ["step", "activity"],
    ]
    assert part.choices[0][0].words == ("safe", "high")


def test_what_is_told_to_another_reader_only_is_said_so(case: Diagnose) -> None:
    tree = ask(case(), "for_banks").answer
    assert isinstance(tree, NotFired)
    assert tree.other_reader == "bank"
    assert isinstance(ask(case(viewpoint="bank"), "for_banks").answer, FindingTree)


# --- all of it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("accounts", [ACCOUNTS, TRADE, ONE_PERIOD, GIVEN, EMPTY])
@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_every_entry_can_be_asked_about(case: Diagnose, accounts: str, language: str) -> None:
    diagnosed = case(accounts)
    hand = CaseHand(language, diagnosed)
    for entry in entries(diagnosed.base, KINDS):
        for period in diagnosed.accounts.periods:
            tree = why(diagnosed, entry, period.id)
            text = as_text(tree, diagnosed.base, hand, 88)
            assert all(hand.width_of(line) <= 110 for line in text.splitlines())
            assert json.loads(json.dumps(as_data(tree, hand)))["entry"] == entry.id


def test_json_nests_as_the_tree_does(case: Diagnose) -> None:
    diagnosed = case()
    entry = find_entry(diagnosed.base, "ratio.low")
    data = as_data(why(diagnosed, entry, "2023"), CaseHand("en", diagnosed))
    assert (data["kind"], data["id"], data["text"]) == ("finding", entry.id, "Only 1.10.")
    fact = data["firing"]["used"][0]
    assert fact["norm"]["upper"] == {"value": 1.2, "included": False, "assumed": False}
    assert fact["readings"][0]["value"] == 1.1
    assert fact["readings"][0]["inputs"][0]["where"] == "acme.yaml:4:25"
    assert data["causes"][0]["link"]["basis"] == "inference"
    assert set(_floats(data)) <= {1.1, 1.2}


def _floats(data: Any) -> Iterator[float]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _floats(value)
    elif isinstance(data, list):
        for value in data:
            yield from _floats(value)
    elif isinstance(data, float):
        yield data
