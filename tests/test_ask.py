"""Answers to questions in words: what they say first, what they rest on, how they are asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from diagnost.asking.answer import Answer
from diagnost.asking.answer_data import answer_data
from diagnost.asking.question import Direction, Kind, Question, Unclear
from diagnost.knowledge.base import content_root
from diagnost.model.supposition import SuppositionError
from diagnost.report.render import render_answer
from tests.shipped import LANGUAGES, ROOT, answered, asked, base, case_of, understanding_of
from tests.terminal import Terminal

MAKER, SERVICES, LOSSES = (
    "overstocked-manufacturer.yaml",
    "over-indebted-firm.yaml",
    "negative-equity.yaml",
)
TEAM, SOUND = "sales/unpaid-friends.yaml", "healthy-trader.yaml"
CURRENT, QUICK = "finance.liquidity.current_ratio", "finance.liquidity.quick_ratio"
TURNOVER = "finance.profitability.asset_turnover"

EACH = {
    Kind.WHY: Question(Kind.WHY, "en", "area", "liquidity"),
    Kind.WHY_NOT: Question(Kind.WHY_NOT, "en", "statement", f"{CURRENT}.satisfactory"),
    Kind.HOW: Question(Kind.HOW, "en", "indicator", CURRENT),
    Kind.MEANING: Question(Kind.MEANING, "en", "indicator", QUICK),
    Kind.VALUE: Question(Kind.VALUE, "en", "indicator", CURRENT),
    Kind.STATE: Question(Kind.STATE, "en", "area", "debt"),
    Kind.WRONG: Question(Kind.WRONG, "en"),
    Kind.FIRST: Question(Kind.FIRST, "en"),
    Kind.ADVICE: Question(Kind.ADVICE, "en", "area", "debt"),
    Kind.WHAT_IF: Question(Kind.WHAT_IF, "en", change=("inventories=-20%",)),
    Kind.GOAL: Question(Kind.GOAL, "en", goal="WPB >= 1.2"),
    Kind.CHANGED: Question(Kind.CHANGED, "en"),
    Kind.FOR_READER: Question(Kind.FOR_READER, "en", viewpoint="bank"),
    Kind.MISSING: Question(Kind.MISSING, "en"),
    Kind.GOOD: Question(Kind.GOOD, "en"),
    Kind.DATA: Question(Kind.DATA, "en"),
    Kind.PEERS: Question(Kind.PEERS, "en"),
    Kind.CONCERN: Question(Kind.CONCERN, "en", "concern", "failure"),
    Kind.HELP: Question(Kind.HELP, "en"),
}
UNNOTED = (
    Kind.WHAT_IF,
    Kind.GOAL,
    Kind.MISSING,
    Kind.HELP,
    Kind.WHY_NOT,
    Kind.DATA,
    Kind.PEERS,
)
"""Their sentences tell what would be, or what is not: they rest on no finding of this case."""


def words_of(answer: Answer) -> str:
    return " ".join(s.text for s in (*answer.direct, *answer.chain))


def entries(answer: Answer) -> list[str]:
    return [sentence.entry for sentence in answer.chain]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_answered(kind: Kind, language: str) -> None:
    answer = answered(MAKER, EACH[kind]._replace(language=language), "…")
    assert answer.direct
    assert all(s.text.strip() and "{" not in s.text for s in (*answer.direct, *answer.chain))
    sentences = (*answer.direct, *answer.chain, *answer.remarks, *(s.what for s in answer.steps))
    assert len(sentences) <= 14  # a screen
    assert len({s.text for s in sentences}) == len(sentences)
    numbers = {note.number for note in answer.notes}
    assert {n for s in sentences for n in s.notes} == numbers
    assert (kind in UNNOTED) or numbers
    data = json.loads(json.dumps(answer_data(answer), ensure_ascii=False))
    assert data["understood"]
    assert data["question"]["kind"] == kind.value
    assert [each["text"] for each in data["direct"]] == [s.text for s in answer.direct]
    for form in ("text", "md", "html"):
        assert answer.direct[0].text[:12] in render_answer(answer, form, content_root(), width=400)


def test_low_liquidity_has_three_causes() -> None:
    """Stock with days and amounts, too little long-term capital, losses."""
    question = Question(Kind.WHY, "en", "area", "liquidity", Direction.LOW)
    stock, capital = answered(MAKER, question), answered(SERVICES, question)
    losses, root = (answered(LOSSES, question._replace(root=deep)) for deep in (False, True))
    assert entries(stock)[0] == "finance.liquidity.causes.held_in_stock"
    assert "155 days" in stock.direct[1].text
    assert "PLN 3 million more stock" in stock.chain[1].text
    assert "PLN 3.54 million" in stock.steps[0].effect
    assert "long-term capital does not even cover the fixed assets" in capital.chain[0].text
    for told in (losses, root):
        assert told.chain[0].text.startswith("The root lies in the losses")
        assert "PLN 1.05 million" in told.chain[0].text


def test_a_false_premise_is_told_first() -> None:
    low = Question(Kind.WHY, "en", "area", "liquidity", Direction.LOW)
    for language, said in (
        ("en", "That is not so: liquidity is good."),
        ("pl", "Tak nie jest: płynność jest dobra."),
        ("zh", "并非如此：流动性良好。"),
    ):
        assert answered(SOUND, low._replace(language=language)).direct[0].text == said
    ratio = Question(Kind.STATE, "en", "indicator", CURRENT, Direction.HIGH)
    assert answered(MAKER, ratio).direct[0].text == "No."
    why = ratio._replace(kind=Kind.WHY)
    assert answered(MAKER, why).direct[0].text == "That is not so."
    assert answered(MAKER, ratio._replace(direction=Direction.LOW)).direct[0].text == "Yes."


def test_much_or_little_is_measured() -> None:
    """Stock is high by the days that it lasts, not by its amount."""
    stock = Question(Kind.WHY, "en", "line", "inventories", Direction.HIGH)
    assert answered(MAKER, stock).direct[0].text.startswith("Inventory cycle: 155 days")
    assert answered(SOUND, stock).direct[0].text == "That is not so."
    stock = stock._replace(kind=Kind.WHY_NOT)
    assert answered(MAKER, stock).direct[0].text == "It is said in the diagnosis."
    assert answered(SOUND, stock).direct[0].text == "Because it is not so."


def test_what_cash_does_not_suffice_for_is_borrowed() -> None:
    told = answered(SOUND, Question(Kind.WHAT_IF, "en", change=("revenue=-10%",)))
    # A profit of 2,106 becomes a loss of 120, untaxed: 115 are in the till, 2,111 are borrowed.
    assert "short-term loans PLN 300 thousand → PLN 2.41 million" in told.direct[1].text
    less = answered(SOUND, Question(Kind.WHAT_IF, "en", change=("cash=-50%",)))
    assert (
        "pay debts back: short-term loans PLN 300 thousand → PLN 243 thousand"
        in less.direct[1].text
    )
    more = answered(SOUND, Question(Kind.WHAT_IF, "en", change=("cash=+50%",)))
    assert "PLN 300 thousand → PLN 358 thousand" in more.direct[1].text
    unknown = Question(Kind.WHAT_IF, "en", change=("inventories=-20%",))
    assert answered("partial-ratios.yaml", unknown).direct[0].text.startswith("That cannot")


def test_costs_that_follow_sales_are_told_beside_costs_that_do_not() -> None:
    """The trader earned 2,600 before tax; a tenth less of both leaves 2,327, or 1,885 net."""
    told = answered(SOUND, Question(Kind.WHAT_IF, "en", change=("revenue=-10%",)))
    assert told.remarks[-1].text == (
        "If operating costs changed in the same proportion (PLN 24.5 million → PLN 22 million): "
        "net profit PLN 2.11 million → PLN 1.88 million; the company as a whole would then be "
        "“mixed”."
    )
    assert told.direct[2].text == "Net profit PLN 2.11 million → PLN −120 thousand."
    unchanged = Question(Kind.WHAT_IF, "en", change=("revenue=-10%",))
    poor = answered("over-liquid-unprofitable.yaml", unchanged)
    assert poor.remarks[-1].text.endswith("the company as a whole would stay “mixed”.")
    for change in (("revenue=-10%", "operating_costs=-5%"), ("inventories=-20%",)):
        told = answered(SOUND, Question(Kind.WHAT_IF, "en", change=change))
        assert not any("same proportion" in each.text for each in told.remarks)


def test_a_single_step_is_told_in_the_singular() -> None:
    fall = Question(Kind.WHAT_IF, "pl", change=("operating_costs=-3%",))
    told = [each.text for each in answered("price-leader.yaml", fall).chain]
    assert "Zbędny stałby się krok: zatrzymywać zyski w firmie." in told
    losing = Question(Kind.WHAT_IF, "pl", change=("revenue=-10%",))
    told = [each.text for each in answered(SOUND, losing).chain]
    assert any(each.startswith("Doszłyby kroki: ") and ";" in each for each in told)


def test_a_meaning_that_tells_follows_its_name_without_a_colon() -> None:
    meaning = {lang: Question(Kind.MEANING, lang, "indicator", QUICK) for lang in LANGUAGES}
    said = {lang: answered(MAKER, each).direct[0].text for lang, each in meaning.items()}
    assert "(WPW) mówi, jaką część" in said["pl"]
    assert "表示" in said["zh"] and "：表示" not in said["zh"]
    assert said["en"].startswith("Quick ratio: what part")


def supposed(example: str, change: str) -> str:
    """Return what is said first of a supposition."""
    return answered(example, Question(Kind.WHAT_IF, "en", change=(change,))).direct[0].text


def test_days_of_an_item_are_supposed_by_the_item_itself() -> None:
    """Stock of 12,000 lasts 155 days: a tenth of the days is a tenth of the stock."""
    tenth = supposed(MAKER, "finance.activity.inventory_cycle=-10%")
    assert tenth.startswith("Assumed: inventories PLN 12 million → PLN 10.8 million;")
    assert supposed(MAKER, "CRZ=-15") == supposed(MAKER, "inventories=-15d")
    # Where the days alone are given, they are supposed themselves.
    alone = "Assumed: inventory cycle 95 days → 60 days;"
    assert supposed("partial-ratios.yaml", "inventories=60d").startswith(alone)
    assert supposed("partial-ratios.yaml", "CRZ=60").startswith(alone)


def test_what_cannot_be_supposed_is_refused_in_words() -> None:
    for change, said in (
        ("inventories=-156d", "an amount cannot fall by more than it is"),
        ("inventories=(5)", "an amount cannot fall by more than it is"),
        ("WPB=1.5", "one of these changed: current liabilities,"),
        ("total_assets=1", "the statements would no longer agree"),
    ):
        with pytest.raises(SuppositionError, match=said):
            supposed(MAKER, change)
    for item in ("inventories", "short_term_receivables"):
        told = supposed(MAKER, f"{item}=0d")  # nothing at all, whatever the days come to
        assert "→ PLN 0;" in told
    assert supposed(TEAM, "WPB=+10%") == "Current ratio is not known."
    nothing_changes = answered(MAKER, Question(Kind.WHAT_IF, "en", change=("income_tax=0",)))
    assert [each.text for each in nothing_changes.direct] == [
        "Income tax: PLN 0 in 2023, PLN 114 thousand less than in 2021.",
        "No judgement would change.",
    ]


def test_more_days_than_the_amount_has_units_can_be_supposed(tmp_path: Path) -> None:
    """Stock of 9 million lasts 91 days: 30 of these are a third of it, whatever the unit."""
    case = tmp_path / "case.yaml"
    case.write_text(
        "currency: PLN\nunit: 1000000\nperiods: ['2023']\n"
        "lines: {revenue: 36, inventories: 9, cash: 1}\n",
        encoding="utf-8",
    )
    told = run(str(case), "what if stock fell by 30 days?").stdout
    assert "inventories PLN 9 million → PLN 6.04 million" in told


def test_nobody_is_asked_how_to_lower_what_falls_short() -> None:
    """Stock makes the current ratio high; it is the quick ratio that must rise."""
    told = answered("high-margin-slow-seller.yaml", Question(Kind.WHY, "en", "area", "liquidity"))
    goals = [each.question.goal for each in told.follow_ups if each.question.kind is Kind.GOAL]
    assert goals == [f"{QUICK} >= 1"]
    told = answered("idle-cash.yaml", Question(Kind.WHY, "en", "area", "liquidity"))
    goals = [each.question.goal for each in told.follow_ups if each.question.kind is Kind.GOAL]
    assert goals == [f"{CURRENT} <= 2"]


def test_what_is_supposed_of_one_year_asks_for_no_return_to_an_earlier_one() -> None:
    fewer = Question(Kind.WHAT_IF, "en", change=("revenue=-10%",))
    told = words_of(answered("over-indebted-firm.yaml", fewer))
    assert "Steps would change" in told
    assert "Steps that would be added" not in told


def test_what_was_said_before_with_another_figure_is_not_new() -> None:
    told = words_of(answered("overstocked-manufacturer.yaml", Question(Kind.CHANGED, "en")))
    new = told.partition("New since then: ")[2]
    assert "a growing loss" in new
    assert "% of sales" not in new


def test_what_is_denied_may_be_so() -> None:
    low = Question(Kind.WHY, "en", "area", "liquidity", Direction.LOW, negated=True)
    assert answered(MAKER, low).direct[0].text == "That is not so: liquidity is threatened."
    assert answered(SOUND, low).direct[0].text == "Liquidity is good."
    rising = Question(Kind.WHY, "en", "line", "revenue", Direction.RISING, negated=True)
    assert answered(MAKER, rising).direct[0].text.startswith("Net sales revenue: PLN 28.2")
    told = answered(MAKER, rising._replace(negated=False)).direct
    assert told[0].text == "That is not so."


@pytest.mark.parametrize(
    ("example", "kind", "subject", "claimed", "said"),
    [
        (MAKER, "line", "revenue", "-20%", "The change from 2022 to 2023 was −2.8%, not −20%."),
        (MAKER, "line", "revenue", "-2.8%", "The change from 2022 to 2023 was −2.8%."),
        (MAKER, "indicator", CURRENT, "-50%", "The change from 2022 to 2023 was"),
        (MAKER, "line", "net_profit", "-20%", "Whether the change was −20% cannot be told"),
        (MAKER, "area", "debt", "+20%", "The +20% of the question was not checked"),
    ],
)
def test_a_figure_in_the_question_is_checked(
    example: str, kind: str, subject: str, claimed: str, said: str
) -> None:
    question = Question(Kind.WHY, "en", kind, subject, Direction.FALLING, claimed=claimed)
    answer = answered(example, question)
    texts = [s.text for s in (*answer.direct, *answer.remarks)]
    assert [text for text in texts if text.startswith(said)]


def test_what_bears_on_a_concern_is_told() -> None:
    failure = Question(Kind.CONCERN, "en", "concern", "failure")
    answer = answered(MAKER, failure)
    assert answer.direct[0].text.startswith("Whether a company will fail cannot be read")
    assert answer.direct[1].entry == "overall"
    assert entries(answer) == ["liquidity", "debt", "structure"]
    assert answer.steps
    unknown = answered(TEAM, failure._replace(subject="borrowing"))
    assert unknown.direct[-1].text == "Nothing in the figures given bears on it (taking a loan)."
    debtors = answered(TEAM, failure._replace(subject="debtors"))
    assert debtors.chain[0].text.startswith("Overdue share of amounts due: 34%")


def test_where_a_figure_goes_is_told_with_its_course() -> None:
    falling = Question(Kind.WHY, "en", "indicator", CURRENT, Direction.FALLING)
    said = answered("supplier-financed-trader.yaml", falling).direct[0].text
    assert (
        said
        == "It is not falling: 0.86 in 2021, 0.87 in 2023, though still below the norm (1.2–2)."
    )
    assert answered(MAKER, falling).direct[0].text.startswith("It is falling: 1.13 in 2021")
    turnover = falling._replace(subject=TURNOVER, direction=Direction.LOW)
    said = answered("price-leader.yaml", turnover).direct[0].text
    assert said.startswith("Asset turnover: there is no norm")
    worse = Question(Kind.WHY, "en", "indicator", "finance.activity.receivables_cycle")
    worse = worse._replace(direction=Direction.WORSENING)
    assert answered("swapped-digits.yaml", worse).direct[0].text.startswith("It is rising: 55 days")


def test_a_figure_of_the_year_before_tells_the_course_of_a_single_period() -> None:
    share = Question(Kind.WHY, "en", "indicator", "retail.market.share.own_market_share")
    fall = answered("retail/slow-maker.yaml", share._replace(direction=Direction.FALLING))
    assert fall.direct[0].text == "It is falling: 12% a year before, 11% in 2025."
    assert any("project to launch" in link.text for link in fall.chain)
    rise = answered("retail/slow-maker.yaml", share._replace(direction=Direction.RISING))
    assert rise.direct[-1].text == "It is not rising: 12% a year before, 11% in 2025."


def test_good_news_stands_beside_a_figure_that_is_not_known() -> None:
    share = Question(Kind.WHY, "en", "indicator", "retail.market.share.own_market_share")
    told = answered("retail/travel-agreement.yaml", share._replace(direction=Direction.FALLING))
    assert "4.9%" in told.direct[0].text
    assert told.direct[1].text.startswith("Market share cannot be worked out yet")


def test_what_helps_an_area_takes_in_the_measures_on_its_causes() -> None:
    told = answered("retail/stuck-debts.yaml", Question(Kind.ADVICE, "en", "area", "liquidity"))
    assert told.direct[0].text.startswith("The first step is to collect overdue debts")


def test_figures_that_cannot_be_right_are_told_first() -> None:
    wrong = answered("swapped-digits.yaml", Question(Kind.CHANGED, "en"))
    assert wrong.direct[0].text.startswith("The data first")
    assert "3,075 instead of 3,705" in wrong.direct[2].text
    assert wrong.direct[2].text.startswith("A further wrong figure is most likely")
    bank = Question(Kind.FOR_READER, "en", viewpoint="bank", direction=Direction.BAD)
    told = answered("swapped-digits.yaml", bank)
    assert told.direct[0].text == "In part."
    assert told.direct[1].text.startswith("A lender would have reservations")
    assert told.remarks[-1].text.startswith("Some of the figures given do not fit together")
    part = answered("swapped-digits.yaml", Question(Kind.WHY, "en", "area", "liquidity"))
    assert part.remarks[-1].text.startswith("Some of the figures given do not fit together")


def test_a_figure_that_is_not_known_is_not_answered_with_another_one() -> None:
    late = Question(Kind.WHY, "en", "indicator", "finance.activity.receivables_cycle")
    told = answered("impossible-data.yaml", late._replace(direction=Direction.HIGH))
    assert told.direct[0].text.startswith("Receivables cycle cannot be worked out")
    share = Question(Kind.WHY, "en", "indicator", "retail.market.share.own_market_share")
    course = share._replace(direction=Direction.FALLING)
    told = answered("retail/faster-market.yaml", course)
    assert told.direct[0].text == "The firm fell behind the market of its area and lost share."


def test_what_is_told_of_two_figures_together_answers_on_either() -> None:
    margin = "finance.profitability.return_on_sales"
    low = Question(Kind.WHY, "en", "indicator", margin, Direction.LOW)
    told = answered("price-leader.yaml", low)
    assert "lives on volume rather than margin" in told.chain[0].text
    assert not told.remarks


def test_what_speaks_against_a_judgement_is_no_reason_for_it() -> None:
    debt = Question(Kind.STATE, "en", "area", "debt", Direction.BAD)
    told = answered("partial-ratios.yaml", debt)
    assert told.direct[0].text == "No, the debt is bearable."
    assert told.head == "What still calls for attention:"
    assert {row.name for row in told.numbers.rows} == {"Interest cover", "Total debt ratio"}
    assert not answered(SOUND, debt).head


@pytest.mark.parametrize("kind", [Kind.WHY, Kind.STATE])
def test_what_is_neither_good_nor_bad_is_told_so(kind: Kind) -> None:
    bad = Question(kind, "en", "area", "structure", Direction.BAD)
    assert answered("supplier-financed-trader.yaml", bad).direct[0].text == (
        "That is neither good nor bad: suppliers finance the business."
    )


def test_a_course_is_told_once() -> None:
    wait = Question(Kind.WHY, "en", "indicator", "finance.activity.receivables_cycle")
    told = answered("swapped-digits.yaml", wait._replace(direction=Direction.HIGH))
    assert told.direct[-1].text == "It has risen, though: 55 days in 2021."
    assert not any("has grown by" in sentence.text for sentence in told.chain)
    plain = answered("swapped-digits.yaml", wait)
    assert any("has grown by 8 days" in sentence.text for sentence in plain.chain)


def test_a_formula_names_the_figures_that_it_takes() -> None:
    capital = Question(Kind.HOW, "en", "indicator", "finance.structure.working_capital")
    assert "(KO) = Constant (permanent) capital − Fixed assets" in (
        answered(SOUND, capital).direct[0].text
    )
    assert "= Constant (permanent) capital − Fixed assets" in (
        answered("partial-ratios.yaml", capital).chain[0].text
    )


def test_what_is_going_well() -> None:
    good = Question(Kind.GOOD, "en")
    assert (
        answered(SOUND, good).direct[0].text.startswith("These areas are in good order: liquidity")
    )
    answer = answered(MAKER, good)
    assert answer.direct[0].text == "No area is in good order throughout."
    assert answer.chain[0].text.startswith("Customers pay after 69 days")


def test_whether_the_data_fit_together() -> None:
    data = Question(Kind.DATA, "en")
    assert answered(MAKER, data).direct[0].text.startswith("The figures given do not contradict")
    for example in ("swapped-digits.yaml", "impossible-data.yaml"):
        doubtful = answered(example, data)
        assert doubtful.direct[0].text.startswith("Not altogether")
        assert any("wrong figure is most likely" in s.text for s in doubtful.chain)
        assert doubtful.remarks


def test_beside_other_firms() -> None:
    peers = Question(Kind.PEERS, "en")
    assert answered(MAKER, peers).direct[0].text.startswith("How the company stands")
    answer = answered(SOUND, peers)
    assert "more favourable: 6, less favourable: 0" in answer.direct[0].text
    assert "median of the firms: 4.5%" in answer.chain[0].text
    assert answer.chain[0].notes


def test_what_an_area_is_says_how_it_stands_and_what_it_is_judged_by() -> None:
    answer = answered(MAKER, Question(Kind.VALUE, "en", "area", "liquidity"))
    assert answer.direct[0].text == "Liquidity is threatened."
    assert answer.remarks[0].text.startswith("Liquidity: judged by current ratio")


def test_names_mean_what_the_case_has() -> None:
    wanted = {MAKER: "inventories", "retail/stuck-debts.yaml": "stock"}
    for example, subject in wanted.items():
        question = understanding_of(example).of("do we have too much stock?")
        assert isinstance(question, Question)
        assert question.subject == subject


def test_a_verdict_beside_the_question_is_told_as_such() -> None:
    debts = "Too much money is tied up in unpaid debts."
    high = Question(Kind.WHY, "en", "area", "stock", Direction.HIGH)
    for asked_so in (high, high._replace(kind=Kind.STATE)):
        told = answered("retail/stuck-debts.yaml", asked_so).direct
        assert [s.text for s in told] == ["The figures given do not show that.", debts]
    advice = answered("retail/stuck-debts.yaml", Question(Kind.ADVICE, "en", "area", "stock"))
    assert advice.direct[0].text == debts
    slow = answered("retail/caught-by-season.yaml", high).direct
    assert slow[0].text == "Too much money is tied up in slow stock."


@pytest.mark.parametrize(
    ("example", "opening"),
    [
        ("sales/strict-hand.yaml", "One person calls for attention: P. Kurek."),
        ("sales/new-manager.yaml", "These people call for attention before others: B. Stroud,"),
    ],
)
def test_people_who_call_for_attention_are_named(example: str, opening: str) -> None:
    answer = answered(example, Question(Kind.STATE, "en", "area", "persons"))
    assert answer.direct[0].text.startswith(opening)
    assert 1 <= len(answer.chain) <= 5


def test_what_is_not_given_is_said() -> None:
    loans = answered("partial-ratios.yaml", Question(Kind.VALUE, "en", "line", "inventories"))
    assert loans.direct[0].text == "No figure was given for inventories in 2023."
    team = answered(MAKER, Question(Kind.WHY, "en", "area", "results"))
    assert team.direct[0].text.startswith("Results and the rhythm of the month cannot")
    assert not team.numbers.rows
    earlier = answered(MAKER, Question(Kind.VALUE, "en", "indicator", CURRENT, period="2021"))
    assert "1.13 in 2021" in earlier.direct[0].text
    assert earlier.numbers.now == "2021"


def test_an_area_is_mended_where_its_causes_lie() -> None:
    """Money is short since customers do not pay: debts are collected before loans are changed."""
    advice = Question(Kind.ADVICE, "en", "area", "liquidity")
    told = answered("retail/stuck-debts.yaml", advice)
    first, second = (step.what.entry for step in told.steps)
    assert first == "retail.stock.recommendations.collect_receivables"
    assert second.startswith("finance.")
    good = answered("retail/thin-promotion.yaml", advice)
    assert not good.steps


def test_why_is_offered_of_what_is_not_well() -> None:
    def offered(example: str, kind: str, subject: str) -> set[Kind]:
        state = Question(Kind.STATE if kind == "area" else Kind.VALUE, "en", kind, subject)
        found = answered(example, state).follow_ups
        return {each.question.kind for each in found if each.question.subject == subject}

    small, well = "sales/eighty-small-orders.yaml", "sales/healthy-team.xlsx"
    reached = "sales.results.targets.target_attainment"
    assert Kind.WHY in offered(small, "area", "results")
    assert Kind.WHY not in offered(well, "area", "results")
    assert Kind.WHY in offered(small, "indicator", reached)
    assert Kind.WHY not in offered(well, "indicator", reached)


def test_people_are_counted_before_they_are_named() -> None:
    one_by_one = Question(Kind.STATE, "en", "area", "persons")
    said = {
        team: answered(f"sales/{team}.yaml", one_by_one).direct[0].text
        for team in ("strict-hand", "new-manager")
    }
    assert said["strict-hand"] == "One person calls for attention: P. Kurek."
    assert said["new-manager"].startswith("These people call for attention before others")


def test_people_are_put_in_order_and_debtors_named() -> None:
    best = Question(Kind.VALUE, "en", "indicator", "sales.persons.results.to_median")
    said = answered("sales/stars-and-veterans.yaml", best).direct[0].text
    assert said.startswith("By results against the median, the best first: Fang Zhiyuan 151%")
    tenure = best._replace(subject="sales.persons.results.tenure")
    assert (
        answered("sales/stars-and-veterans.yaml", tenure)
        .direct[0]
        .text.startswith("By months in the department, the highest first: ")
    )
    assert answered(TEAM, best).direct[0].text.startswith("Nobody can be put in order by this")
    owe = Question(Kind.CONCERN, "en", "concern", "debtors")
    assert "Ningbo Haixin CNY 237 thousand; Boyuan" in answered(TEAM, owe).direct[0].text


def test_a_payment_is_no_debt_and_an_unknown_amount_is_not_nought(tmp_path: Path) -> None:
    case = tmp_path / "team.yaml"
    case.write_text(
        "currency: PLN\nas_of: 2026-06-30\nrecords:\n  orders:\n"
        "    - {customer: Alfa, signed_on: 2026-03-02, amount: 90000, cash_amount: 20000}\n"
        "    - {customer: Alfa, kind: balance, amount: 90000, cash_on: 2026-05-04, "
        "cash_amount: 30000}\n"
        "    - {customer: Beta, signed_on: 2026-03-03, amount: 50000}\n"
        "    - {customer: Beta, signed_on: 2026-03-04, cash_amount: 45000}\n"
        "    - {customer: Gamma, signed_on: 2026-03-05, amount: 60000, cash_on: 2026-05-05}\n",
        encoding="utf-8",
    )
    told = " ".join(run(str(case), "who owes us money?").stdout.split())
    assert "By the records most is owed by: Beta PLN 50 thousand; Alfa PLN 40 thousand." in told


def test_people_are_asked_about() -> None:
    case = next(c for c in case_of("sales/stars-and-veterans.yaml").subjects if c.subject)
    assert case.subject is not None
    name = case.subject.name
    answer = answered("sales/stars-and-veterans.yaml", Question(Kind.WHY, "en", person=name))
    assert name in answer.direct[0].text
    with pytest.raises(KeyError):
        answered(TEAM, Question(Kind.WHY, "en", person="Nobody"))


def test_what_to_do_about_a_person_begins_with_the_first_step() -> None:
    question = Question(Kind.ADVICE, "en", person="Hou Lijuan")
    told = answered("sales/stars-and-veterans.yaml", question)
    assert told.direct[0].text.startswith("The first step is to agree with Hou Lijuan")
    assert told.chain[0].text.startswith("After more than a year")


@pytest.mark.parametrize("example", [MAKER, TEAM, "retail/stuck-debts.yaml"])
def test_all_that_can_be_asked_is_answered(example: str) -> None:
    case = case_of(example)
    subjects = [("area", area.id) for area in base().areas]
    subjects += [("indicator", i) for i in list(base().catalogue.indicators)[::60]]
    subjects += [("line", i) for i in list(base().catalogue.line_items)[::12]]
    subjects += [("statement", f.statement.id) for f in case.diagnosis.findings[::40]]
    subjects += [("statement", s) for s in list(base().statements)[::400]]
    subjects += [("recommendation", a.recommendation.id) for a in case.diagnosis.advice[::20]]
    told_otherwise = (
        Kind.WHAT_IF,
        Kind.GOAL,
        Kind.FOR_READER,
        Kind.HELP,
        Kind.MISSING,
        Kind.CONCERN,
    )
    for number, (kind_of, subject) in enumerate(subjects):
        language = LANGUAGES[number % 3]
        for kind in Kind:
            if kind in told_otherwise:
                continue
            answer = answered(example, Question(kind, language, kind_of, subject, Direction.LOW))
            assert answer.direct[0].text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", [MAKER, TEAM, "retail/stuck-debts.yaml"])
def test_what_is_offered_is_understood(example: str, language: str) -> None:
    known = set()
    for kind in (Kind.WRONG, Kind.FIRST, Kind.HELP, Kind.STATE):
        for offered in answered(example, Question(kind, language)).follow_ups:
            known.add(offered)
    verdicts = {v.area for v in case_of(example).diagnosis.verdicts}
    for area in sorted(verdicts):
        known |= set(answered(example, Question(Kind.WHY, language, "area", area)).follow_ups)
    own = {w.why.in_language(language) for s in base().states.values() for w in s.words if w.why}
    for offered in known:
        if offered.text in own:
            continue  # understood by its very words, see below
        question = understanding_of(example).of(offered.text, language)
        assert isinstance(question, Question), offered.text
        assert (question.kind, question.subject) == offered.question[:1] + offered.question[3:4]


# --- through the command line -------------------------------------------------------------------


def run(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "diagnost", "ask", *arguments]
    return subprocess.run(
        command, input=said, capture_output=True, text=True, encoding="utf-8", check=False
    )


FILE = str(ROOT / "examples" / MAKER)


def test_a_question_on_the_line() -> None:
    done = run(FILE, "为什么流动性低？")
    assert done.returncode == 0
    assert done.stdout.startswith("流动性堪忧。")
    done = run(FILE, "Why can the debt not be serviced?", "--format", "json", "--lang", "pl")
    answer = json.loads(done.stdout)
    assert (answer["language"], answer["question"]["subject"]) == ("pl", "debt")


def test_questions_line_by_line_and_one_that_is_not_understood() -> None:
    done = run(FILE, "--format", "json", said="what is wrong?\n\nqwertz uiop\n")
    assert done.returncode == 2
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["understood"] for each in answers] == [True, False]
    assert len(answers[1]["offered"]) == 3
    done = run(FILE, "qwertz uiop")
    assert (done.returncode, done.stdout) == (2, "")
    assert "1. What are the main problems?" in done.stderr


def test_a_question_that_cannot_be_supposed_leaves_the_others_their_answers() -> None:
    done = run(FILE, "--format", "json", said="what if cash falls by 300%?\nwhat is wrong?\n")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.returncode, first["understood"], second["understood"]) == (2, False, True)
    assert "cannot fall by more than it is" in first["reason"]
    told = run(FILE, said="what if cash falls by 300%?\nwhat is wrong?\n").stdout
    assert "cannot fall by more than it is" in told
    assert "› what is wrong?" in told


def test_wrong_use_and_unusable_input(tmp_path: Path) -> None:
    assert "no question" in run(FILE, said="\n").stderr
    impossible = run(FILE, "what if cash falls by 300%?")
    assert impossible.returncode == 2
    assert "an amount cannot fall by more than it is" in impossible.stderr
    broken = tmp_path / "broken.yaml"
    broken.write_text("lines: [", encoding="utf-8")
    assert run(str(broken), "why is liquidity low?").returncode == 3


def test_a_conversation(tmp_path: Path) -> None:
    first = answered(MAKER, Question(Kind.WHY, "en", "area", "liquidity")).follow_ups[0]
    with Terminal(tmp_path, "ask", FILE, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.answer("an empty line to end)", "why is liquidity low?\r")
        terminal.answer("Liquidity is threatened.", "")
        terminal.answer("an empty line to end)", "1\r")
        terminal.answer(f"› {first.text}", "")
        terminal.answer("an empty line to end)", "99\r")
        terminal.answer("There is no question 99", "")
        terminal.answer("an empty line to end)", "!\r")
        terminal.answer("NOTES", "")
        terminal.answer("an empty line to end)", "\r")
        assert terminal.end() == 0
    kept = (tmp_path / "diagnost" / "questions").read_text(encoding="utf-8")
    assert "why is liquidity low?" in kept


def test_what_is_unclear_is_offered() -> None:
    assert isinstance(asked(MAKER, "qwertz uiop"), Unclear)
    found = asked(MAKER, "why is liquidity low?")
    assert isinstance(found, Answer)
    assert "threatened" in words_of(found)
