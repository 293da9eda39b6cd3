"""Causes, alternatives that are ruled out or stay open, and shares of a change, as shipped."""

from decimal import Decimal
from graphlib import TopologicalSorter

import pytest

from diagnost.explain.alternatives import Moved
from diagnost.explain.lookup import Entry
from diagnost.explain.rivals import CLEAR, MOST, explained, ruled_out, undecided
from diagnost.explain.shares import moved_behind, shares
from diagnost.explain.tree import FindingTree, VerdictTree
from diagnost.explain.why import why
from diagnost.model.indicator import Polarity
from diagnost.pipeline import Case
from tests.shipped import EXAMPLES, MIXED, SHOPS, TEAMS, base, case_of

ALL = (*EXAMPLES, *TEAMS, *SHOPS, *MIXED)


def asked(case: Case) -> list[str]:
    """Return what can be asked about in the last period: areas, and every finding."""
    period = case.accounts.periods[-1].id
    found = [f.statement.id for f in case.diagnosis.findings if f.period == period]
    return [*(area.id for area in base().areas), *found]


def test_no_cause_explains_itself_by_any_way_round() -> None:
    effects: dict[str, set[str]] = {}
    for rule in base().causes.values():
        if not rule.identity:
            for effect in rule.effects:
                effects.setdefault(effect, set()).update(rule.causes)
    assert tuple(TopologicalSorter(effects).static_order())  # raises CycleError


@pytest.mark.parametrize("example", ALL)
def test_no_finding_stands_below_itself(example: str) -> None:
    case = case_of(example)
    period = case.accounts.periods[-1].id

    def walk(tree: FindingTree, above: tuple[str, ...]) -> None:
        entry = tree.finding.statement.id
        assert entry not in above
        for link in tree.causes:
            walk(link.end, (*above, entry))

    for area in base().areas:
        answer = why(case, Entry("area", area.id), period).answer
        if isinstance(answer, VerdictTree):
            for tree in (*answer.because, *answer.but):
                walk(tree, ())


@pytest.mark.parametrize("example", ALL)
def test_what_is_ruled_out_is_good_and_would_have_been_a_reason(example: str) -> None:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    run = case.runs[period]
    for effect in asked(case):
        outs = ruled_out(case, effect, period)
        assert len(outs) <= MOST
        assert len({out.key for out in outs}) == len(outs)
        for out in outs:
            assert run.base.facts[out.key].word == out.word
            if out.reading is not None:
                norm = base().catalogue.indicators[out.key].general
                assert norm is not None
                assert out.reading.value is not None
                assert norm.band_of(out.reading.value).polarity is Polarity.GOOD
                assert out.limit is None or out.limit.away >= CLEAR
            for cause in out.causes:
                assert not run.fired(cause)
                assert cause not in run.undecided
            for rule in out.rules:
                assert not run.fired(rule)
                assert set(base().causes[rule].causes) & set(out.causes)


@pytest.mark.parametrize("example", ALL)
def test_what_is_undecided_hangs_on_what_is_not_given(example: str) -> None:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    for effect in asked(case):
        for each in undecided(case, effect, period):
            assert each.keys
            assert not any((need, period) in case.accounts.amounts for need in each.needs)
            assert not any(need in case.accounts.context for need in each.needs)
            assert all(rule in case.runs[period].undecided for rule in each.rules)


@pytest.mark.parametrize("example", ALL)
def test_shares_add_up_to_the_change(example: str) -> None:
    case = case_of(example)

    def check(tree: Moved) -> None:
        breakdown = tree.breakdown
        total = sum((share.effect for share in breakdown.shares), Decimal(0))
        assert total == breakdown.change
        assert breakdown.change
        for behind in tree.behind:
            if behind is not None:
                check(behind)

    for finding in case.diagnosis.findings:
        for tree in moved_behind(case, finding):
            check(tree)


@pytest.mark.parametrize(
    "name",
    [
        "overstocked-manufacturer.yaml",
        "over-indebted-firm.yaml",
    ],  # a figure above nought, one below
)
def test_other_causes_of_low_liquidity(name: str) -> None:
    case = case_of(name)
    (out,) = ruled_out(case, "liquidity", "2023")
    assert out.key == "finance.activity.cash_conversion_cycle"
    assert out.limit is not None
    assert (out.limit.side, out.limit.value) == ("above", Decimal(30))
    assert explained(case, "liquidity", "2023")


def test_people_who_stay_are_no_reason_for_missed_targets() -> None:
    case = case_of("sales/customers-walk-away.yaml")
    outs = ruled_out(case, "results", case.accounts.periods[-1].id)
    assert [out.key for out in outs][:2] == [
        "sales.stability.leavers.tenured_leavers_6m",
        "sales.stability.flow.gross_flow_3m",
    ]


def test_without_a_cause_there_is_what_would_decide() -> None:
    case = case_of("partial-ratios.yaml")
    period = case.accounts.periods[-1].id
    assert not explained(case, "activity", period)
    (each,) = undecided(case, "activity", period)
    assert each.needs == ("inventories",)
    assert each.keys == ("finance.activity.parts.CRZ.leader",)


def test_good_news_has_neither() -> None:
    case = case_of("healthy-trader.yaml")
    period = case.accounts.periods[-1].id
    assert ruled_out(case, "liquidity", period) == ()
    assert undecided(case, "liquidity", period) == ()


def test_the_cycle_is_taken_apart_and_what_hardly_moved_is_not() -> None:
    case = case_of("overstocked-manufacturer.yaml")
    breakdown = shares(case, "finance.activity.operating_cycle", "2023")
    assert breakdown is not None
    assert [(s.part.id, round(s.effect)) for s in breakdown.shares] == [
        ("stock", 46),
        ("collection", 8),
    ]
    assert shares(case, "finance.activity.operating_cycle", "2021") is None
    assert shares(case, "finance.liquidity.cash_ratio", "2023") is None
