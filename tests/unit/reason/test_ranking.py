"""The order of steps: urgency, causes before symptoms, one step for each finding."""

from collections.abc import Sequence

from diagnost.model.diagnosis import Cause, Finding
from diagnost.model.indicator import Citation, Polarity
from diagnost.model.located import At
from diagnost.model.rule import (
    CauseRule,
    Certainty,
    Condition,
    Recommendation,
    Statement,
    Weight,
)
from diagnost.model.text import Text
from diagnost.reason.ranking import ranked

AT = At("rules.yaml", 1, 1)
TEXT = Text({"en": "."}, AT)


def finding(entry: str, weight: str = "serious", polarity: str = "bad") -> Finding:
    statement = Statement(
        id=entry,
        when=Condition(),
        cites=Citation(),
        at=AT,
        area="liquidity",
        polarity=Polarity(polarity),
        certainty=Certainty.CERTAIN,
        weight=Weight(weight),
        viewpoint="",
        place="body",
        text=TEXT,
    )
    return Finding(statement=statement, period="2023", firings=())


def explains(cause: str, effect: str, *, identity: bool = False) -> Cause:
    rule = CauseRule(
        id=f"{cause}_{effect}",
        when=Condition(),
        cites=Citation(),
        at=AT,
        effects=(effect,),
        causes=(cause,),
        text=TEXT,
        identity=identity,
    )
    return Cause(rule=rule, period="2023", effect=effect, cause=cause, firings=())


Step = tuple[Recommendation, list[Finding]]


def step(entry: str, *answers: Finding, urgency: str = "now", area: str = "liquidity") -> Step:
    recommendation = Recommendation(
        id=entry,
        when=Condition(),
        cites=Citation(),
        at=AT,
        area=area,
        urgency=urgency,
        text=TEXT,
        brief=TEXT,
        horizon=None,
        answers=(),
    )
    return recommendation, list(answers)


def order(steps: Sequence[Step], *causes: Cause, areas: Sequence[str] = ()) -> list[str]:
    reasons = {recommendation.id: found for recommendation, found in steps}
    listed = [recommendation for recommendation, _ in steps]
    forwards = [r.id for r in ranked(listed, reasons, causes, areas)]
    assert forwards == [r.id for r in ranked(listed[::-1], reasons, causes, areas)]
    return forwards


SALES, STOCK, DEBT = finding("sales"), finding("stock"), finding("debt")


def test_urgency_comes_before_gravity() -> None:
    steps = [
        step("late", finding("grave", "critical"), urgency="this_quarter"),
        step("soon", finding("small", "note")),
    ]
    assert order(steps) == ["soon", "late"]


def test_the_graver_finding_comes_first() -> None:
    steps = [step("a", finding("small", "note")), step("b", finding("grave", "critical"))]
    assert order(steps) == ["b", "a"]


def test_every_finding_has_a_step_before_any_has_a_second_one() -> None:
    grave = finding("grave", "critical")
    steps = [step("a", grave), step("b", grave), step("c", finding("small", "note"))]
    assert order(steps) == ["a", "c", "b"]


def test_a_step_that_serves_several_findings_leaves_none_of_them_open() -> None:
    steps = [step("a", SALES), step("b", SALES, STOCK), step("c", DEBT)]
    assert order(steps) == ["b", "c", "a"]


def test_a_symptom_gives_no_step_to_the_head() -> None:
    steps = [
        step("cure", finding("cause", "note")),
        step("second_cure", finding("cause", "note")),
        step("ease", finding("symptom", "serious")),
        step("other", finding("other", "note")),
    ]
    cause = explains("cause", "symptom")
    assert order(steps, cause) == ["cure", "other", "second_cure", "ease"]


def test_what_is_critical_does_not_wait_until_its_cause_is_cured() -> None:
    steps = [
        step("cure", finding("cause", "note")),
        step("rescue", finding("symptom", "critical")),
    ]
    assert order(steps, explains("cause", "symptom")) == ["rescue", "cure"]


def test_a_cause_that_nothing_is_advised_against_explains_no_step_away() -> None:
    steps = [step("ease", finding("symptom")), step("other", finding("other", "note"))]
    assert order(steps, explains("unanswered", "symptom")) == ["ease", "other"]


def test_what_explains_more_than_itself_is_a_cause_and_follows_its_own_cause() -> None:
    steps = [
        step("b_root", finding("root")),
        step("a_middle", finding("middle")),
        step("ease", finding("symptom")),
        step("other", finding("other", "note")),
    ]
    causes = explains("root", "middle"), explains("middle", "symptom")
    assert order(steps, *causes) == ["b_root", "a_middle", "other", "ease"]


def test_two_findings_that_explain_each_other_both_have_their_step() -> None:
    steps = [step("b", SALES), step("a", STOCK)]
    assert order(steps, explains("sales", "stock"), explains("stock", "sales")) == ["a", "b"]


def test_the_same_test_seen_twice_explains_nothing() -> None:
    steps = [step("a", SALES), step("b", finding("stock", "note"))]
    assert order(steps, explains("stock", "sales", identity=True)) == ["a", "b"]


def test_what_explains_comes_before_what_stands_alone() -> None:
    steps = [step("a", STOCK), step("b", SALES), step("c", finding("effect", "note"))]
    assert order(steps, explains("sales", "effect")) == ["b", "a", "c"]


def test_the_area_decides_among_equals() -> None:
    steps = [step("a", DEBT, area="debt"), step("b", STOCK, area="liquidity")]
    assert order(steps, areas=["liquidity", "debt"]) == ["b", "a"]
    assert order(steps, areas=["debt", "liquidity"]) == ["a", "b"]


def test_advice_on_what_goes_well_is_last_and_general_advice_last_of_its_urgency() -> None:
    steps = [
        step("keep", finding("fine", "serious", "good")),
        step("general"),
        step("small", finding("small", "note", "watch")),
        step("later", finding("small", "note", "watch"), urgency="this_year"),
    ]
    assert order(steps) == ["small", "general", "later", "keep"]


def test_money_comes_first_where_sides_are_named() -> None:
    people = finding("sales.staff.leaving", "critical")
    money = finding("finance.result.loss", "serious")
    listed = [step("sales.talk", people), step("finance.stop", money)]
    steps = [recommendation for recommendation, _ in listed]
    reasons = {recommendation.id: answers for recommendation, answers in listed}
    by_gravity = ranked(steps, reasons, (), ("liquidity",))
    by_side = ranked(steps, reasons, (), ("liquidity",), ("finance", "sales"))
    assert [r.id for r in by_gravity] == ["sales.talk", "finance.stop"]
    assert [r.id for r in by_side] == ["finance.stop", "sales.talk"]
