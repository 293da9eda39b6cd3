"""Goals: what is found reaches the goal, a hundredth less does not, and what-if says the same."""

import json
import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.compute.supposing import suppose
from diagnost.explain.goals import read_goal
from diagnost.explain.reach import Attempt, Probe, holds, reach
from diagnost.knowledge.base import content_root
from diagnost.model.lever import (
    Comparison,
    Direction,
    FindingGoal,
    GoalError,
    IndicatorGoal,
    Pull,
)
from diagnost.model.supposition import Change, How, SuppositionError
from diagnost.pipeline import Case, run_of
from diagnost.report.figures import Figures
from diagnost.report.goal import goal_page, goal_text
from diagnost.report.pulls import pull_text
from diagnost.report.words import words_of
from tests.shipped import ROOT, base, case_of
from tests.test_random_companies import case_of as random_case

MANUFACTURER = "overstocked-manufacturer.yaml"


def ways(case: Case, goal: str) -> tuple[Attempt, ...]:
    period = case.accounts.periods[-1].id
    return reach(case, read_goal(goal, base()), base().levers.values(), period)


def as_changes(attempt: Attempt, share: Decimal = Decimal(1)) -> list[Change]:
    """Write the pulls as changes that what-if takes."""
    changes = []
    for pull in attempt.pulls:
        amount = pull.amount * share
        first, *others = pull.way
        sign = -1 if first.direction is Direction.DOWN else 1
        changes.append(Change(first.item, How.BY, sign * amount))
        for move in others:
            if move.direction is Direction.IN_PROPORTION:
                changes.append(Change(move.item, How.SHARE, sign * pull.share * share))
            else:
                by = -amount if move.direction is Direction.DOWN else amount
                changes.append(Change(move.item, How.BY, by))
    return changes


# --- goal and what-if agree ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(16))
def test_what_is_found_reaches_the_goal_and_a_hundredth_less_does_not(
    seed: int, tmp_path: Path
) -> None:
    case, r = random_case(seed, tmp_path), random.Random(seed)
    period = case.accounts.periods[-1].id
    wanted = [
        reading
        for (id_, at), reading in case.readings.items()
        if at == period and reading.value and base().catalogue.indicators[id_].printed_symbol
        and base().catalogue.indicators[id_].shown and reading.inputs
    ]  # fmt: skip
    for reading in r.sample(wanted, min(2, len(wanted))):
        assert reading.value is not None
        up = r.random() < 0.5
        by = Decimal(r.randint(2, 40)) / 100 * abs(reading.value)
        goal = IndicatorGoal(
            reading.indicator,
            Comparison.AT_LEAST if up else Comparison.AT_MOST,
            reading.value + (by if up else -by),
        )
        for attempt in reach(case, goal, base().levers.values(), period):
            names = [pull.lever.id for pull in attempt.pulls]
            assert reached(case, goal, attempt, Decimal(1)), (names, goal)
            assert not reached(case, goal, attempt, Decimal("0.99")), (names, goal)


def reached(case: Case, goal: IndicatorGoal, attempt: Attempt, share: Decimal) -> bool:
    """Say whether a share of the pulls, as what-if takes them, reaches a goal."""
    period, catalogue = case.accounts.periods[-1].id, case.base.catalogue
    changed = suppose(case.accounts, catalogue, as_changes(attempt, share), period=period)
    readings = ReadingsOnDemand(changed.accounts, catalogue, case.benchmarks)
    value = readings[goal.indicator, period].value
    if value is None:
        return False
    return value >= goal.value if goal.comparison is Comparison.AT_LEAST else value <= goal.value


@pytest.mark.parametrize(
    "goal",
    ["verdict liquidity >= strained", "finding quick_ratio.far_too_low absent", "CRZ <= 90"],
)
def test_every_way_of_the_manufacturer_reaches_its_goal(goal: str) -> None:
    case = case_of(MANUFACTURER)
    read = read_goal(goal, base())
    assert not holds(case, read, "2023")
    found = ways(case, goal)
    assert found
    for attempt in found:
        assert all(0 < pull.share <= pull.lever.most for pull in attempt.pulls)
        assert [a.size for a in found] == sorted(a.size for a in found)
        probe = Probe(case, read, attempt.pulls[0].lever, "2023", "")
        assert probe.holds(as_changes(attempt))
        assert not probe.holds(as_changes(attempt, Decimal("0.99")))


def test_where_no_lever_reaches_it_alone_two_are_tried() -> None:
    case = case_of(MANUFACTURER)
    levers = [base().levers[id_] for id_ in ("sell_stock", "collect_sooner")]
    far = reach(case, read_goal("CO <= 20", base()), levers, "2023")
    assert {len(attempt.pulls) for attempt in far} == {2}


def test_a_lever_whose_items_are_not_known_is_left_out(tmp_path: Path) -> None:
    case = random_case(3, tmp_path)
    known = {item for item, _ in case.accounts.amounts}
    period = case.accounts.periods[-1].id
    for lever in base().levers.values():
        probe = Probe(case, read_goal("WPB >= 1.2", base()), lever, period, "")
        assert {move.item for move in probe.way} <= known


def test_a_goal_that_is_out_of_reach_is_said_to_be() -> None:
    assert ways(case_of(MANUFACTURER), "WPB >= 500") == ()


def test_a_lever_is_pulled_no_longer_than_cash_lasts() -> None:
    case = case_of(MANUFACTURER)
    goal = read_goal("WPB >= 500", base())
    probe = Probe(case, goal, base().levers["repay_short_term_loans"], "2023", "")
    cash = case.accounts.amounts["cash", "2023"].value
    assert Decimal("0.99") * cash <= probe.longest <= cash
    with pytest.raises(SuppositionError):
        suppose(case.accounts, base().catalogue, probe.changes(cash + 1), period="2023")


# --- how the size of a step is told -------------------------------------------------------------


@pytest.mark.parametrize("symbol", ["CRN", "CRZ"])
@pytest.mark.parametrize("days", ["1", "12", "0.4"])
def test_a_lever_in_days_is_pulled_by_exactly_the_days_asked_for(symbol: str, days: str) -> None:
    case = case_of(MANUFACTURER)
    now = case.reading(symbol, "2023").value
    assert now is not None
    lever = {"CRN": "collect_sooner", "CRZ": "sell_stock"}[symbol]
    goal = IndicatorGoal(
        base().catalogue.symbols[symbol], Comparison.AT_MOST, now - Decimal(days)
    )  # fmt: skip
    attempt = next(
        a for a in reach(case, goal, [base().levers[lever]], "2023") if len(a.pulls) == 1
    )
    pull = attempt.pulls[0]
    assert pull.before == now
    assert pull.after is not None
    assert goal.value * Decimal("0.99") < pull.after <= goal.value
    figures = Figures(case, "en", words_of("en", content_root()))
    told = pull_text(pull, figures)
    before, after, change = (Decimal(n) for n in DAYS.search(told).group(2, 3, 1))  # type: ignore[union-attr]
    assert before - after == change  # a reader who subtracts finds it
    assert after <= goal.value  # doing as told suffices
    assert abs(change - Decimal(days)) <= (1 if Decimal(days) >= 3 else Decimal("0.1"))


DAYS = re.compile(r"([\d.]+) days? (?:of sales|sooner) \(([\d.]+) → ([\d.]+) days?\)")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "collect 25 days sooner (69 → 44 days), which brings in PLN 1.85 million, 37% of"),
        ("pl", "ściągać należności o 25 dni szybciej (69 → 44 dni), co przyniesie 1,85 mln zł"),
        ("zh", "应收账款提前25天收回（69 → 44天），可收回185万兹罗提，占应收账款的37%"),
    ],
)
def test_collecting_sooner_is_told_in_days_and_money(language: str, told: str) -> None:
    attempt = next(
        a for a in ways(case_of(MANUFACTURER), "CO <= 200")
        if a.pulls[0].lever.id == "collect_sooner"
    )  # fmt: skip
    figures = Figures(case_of(MANUFACTURER), language, words_of(language, content_root()))
    assert told in pull_text(attempt.pulls[0], figures).replace("\u00a0", " ")


def test_days_that_another_lever_moves_too_are_not_told() -> None:
    case = case_of(MANUFACTURER)
    levers = [base().levers[id_] for id_ in ("sell_more", "collect_sooner")]
    for attempt in reach(case, read_goal("CO <= 60", base()), levers, "2023"):
        collected = next(p for p in attempt.pulls if p.lever.id == "collect_sooner")
        figures = Figures(case, "en", words_of("en", content_root()))
        assert len(attempt.pulls) == 2
        assert pull_text(collected, figures).startswith("collect receivables sooner: PLN")


def test_what_is_counted_is_moved_by_whole_ones() -> None:
    case = case_of("retail/thin-promotion.yaml")
    goal = read_goal("units_growth >= 5%", base())
    pull = reach(case, goal, base().levers.values(), "2025")[0].pulls[0]
    assert pull.lever.id == "sell_more_vehicles"
    assert (pull.was, pull.becomes) == (Decimal(4400), Decimal(4668))
    probe = Probe(case, goal, pull.lever, "2025", "")
    assert probe.reaches(pull.amount)
    assert not probe.reaches(pull.amount - 1)


def test_an_item_of_nought_is_not_told_as_a_share_of_itself() -> None:
    case = case_of(MANUFACTURER)
    lever = base().levers["borrow_long_term"]
    pull = Pull(lever, lever.ways[0], Decimal(500), Decimal("0.02"), was=Decimal(0))
    told = pull_text(pull, Figures(case, "en", words_of("en", content_root())))
    assert told == "borrow long-term and keep the money in cash: PLN 500 thousand"


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ("WPB >= 2", "This figure is given as such"),
        ("fair_coverage >= 90%", "added up from the records, row by row"),
        ("rural_share >= 90%", "None of the steps known here moves what it rests on"),
    ],
)
def test_a_figure_that_no_step_moves_is_said_to_be_one(goal: str, words: str) -> None:
    text = run(goal, example="retail/thin-promotion.yaml")
    assert words in text.replace("\n", " ")


@pytest.mark.parametrize("example", [MANUFACTURER, "mixed/ebike-distributor.yaml"])
def test_judging_by_the_grounds_alone_is_judging_by_everything(example: str) -> None:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    for state in case.base.states.values():
        if state.verdict_on and not state.per:
            whole = run_of(case.accounts, case.base, period)
            part = run_of(case.accounts, case.base, period, about=(state.id,))
            words = [{f.made for f in r.firings if f.made[0] == state.id} for r in (whole, part)]
            assert words[0] == words[1]
            assert len(part.firings) < len(whole.firings)


# --- how goals are written ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("WPB", "no goal"),
        ("WPB = 1.2", "at least or at most"),
        ("WPB >= much", "no number"),
        ("WPB >= 120%", "not measured in percent"),
        ("ROE >= 5", "is a percent"),
        ("nonsense >= 5", "nonsense"),
        ("verdict liquidity >= splendid", "no judgement"),
        ("verdict weather >= sound", "no area"),
        ("finding far_too_low", "no goal"),
        ("finding nonsense absent", "nonsense"),
    ],
)
def test_what_is_no_goal_is_told(text: str, message: str) -> None:
    with pytest.raises(GoalError, match=message):
        read_goal(text, base())


def test_goals_are_read_in_three_languages() -> None:
    wanted = read_goal("verdict liquidity >= sound", base())
    state = base().states[wanted.state]  # type: ignore[union-attr]
    area = next(a for a in base().areas if a.id == "liquidity")
    word = next(w for w in state.words if w.id == "sound")
    for language in ("en", "pl", "zh"):
        text = f"verdict {area.name.in_language(language)} ≥ {word.name.in_language(language)}"
        assert read_goal(text, base()) == wanted
    absent = read_goal("finding quick_ratio.far_too_low absent", base())
    assert absent == FindingGoal("finance.liquidity.quick_ratio.far_too_low", False)


# --- the command --------------------------------------------------------------------------------


def run(*arguments: str, code: int = 0, example: str = MANUFACTURER) -> str:
    file = str(ROOT / "examples" / example)
    result = CliRunner().invoke(program.program(), ["goal", file, *arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize(
    ("language", "goal", "lever"),
    [
        (
            "en",
            "The goal: current ratio of at least 1.2",
            "short-term loans into long-term",
        ),
        ("pl", "co najmniej 1,2", "kredytów krótkoterminowych na długoterminowe"),
        ("zh", "不低于1.2", "转为长期借款，占短期借款的"),
    ],
)
def test_the_page_names_goal_and_levers(language: str, goal: str, lever: str) -> None:
    text = run("WPB >= 1.2", "--lang", language)
    assert goal in text.replace("\n", " ").replace("  ", " ") or goal in text.replace("\n", "")
    assert lever in text.replace("\n", " ") or lever in text.replace("\n", "")


def test_the_answer_of_a_machine_can_be_fed_to_what_if() -> None:
    data = json.loads(run("WPB >= 1.2", "--format", "json"))
    assert data["reached"] is False
    way = next(w for w in data["ways"] if w["levers"][0]["id"] == "lengthen_loans")
    amount = way["levers"][0]["amount"]
    file = str(ROOT / "examples" / MANUFACTURER)
    result = CliRunner().invoke(
        program.program(),
        ["what-if", file, "--set", f"short_term_loans=-{amount}", "--set",
         f"long_term_loans=+{amount}", "--format", "json"],
    )  # fmt: skip
    ratio = next(i for i in json.loads(result.output)["indicators"] if i["symbol"] == "WPB")
    assert ratio["after"] >= 1.2


def test_a_goal_that_is_reached_is_said_to_be() -> None:
    assert "already reached: 1.05 in 2023" in run("WPB >= 0.5")


def test_a_finding_is_told_with_the_figures_of_the_period_judged() -> None:
    case = case_of(MANUFACTURER)
    goal = read_goal("finding cash_conversion_cycle.safe absent", base())
    figures = Figures(case, "en", words_of("en", content_root()))
    told = {period: goal_text(goal, figures, period) for period in ("2022", "2023")}
    assert "16 days" in told["2022"]
    assert "10 days" in told["2023"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "this figure has no value for"),
        ("pl", "nie ma tego wskaźnika"),
        ("zh", "没有该指标的数值"),
    ],
)
def test_a_figure_that_is_not_known_is_no_goal_out_of_reach(language: str, words: str) -> None:
    case = case_of("sales/month-end-sprinters.yaml")
    figures = Figures(case, language, words_of(language, content_root()))
    period, goal = case.accounts.periods[-1].id, read_goal("WPB >= 1.2", base())
    page = goal_page(goal, False, (), figures, period, content_root())
    assert words in page.opening
