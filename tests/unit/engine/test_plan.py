import pytest

from diagnost.engine.names import ALWAYS
from diagnost.engine.plan import Alternative, Plan, compile_plan
from diagnost.model.located import DiagnostError, Problem
from tests.unit.engine.engine_cases import place, rule


def stages(plan: Plan) -> dict[str, int]:
    return {alternative.rule: alternative.stage for alternative in plan.alternatives}


def test_an_alternative_knows_what_it_waits_for_and_makes() -> None:
    plan = compile_plan([rule("r", "d:w", "b:y a:x", none="c:z")])
    (alternative,) = plan.alternatives
    assert alternative == Alternative(
        rule="r",
        number=0,
        stage=0,
        present=(("a", "x"), ("b", "y")),
        absent=(("c", "z"),),
        makes=("d", "w"),
    )
    assert plan.asks == ((("a", "x"), ("b", "y"), ("c", "not:z")),)


def test_a_rule_without_conditions_waits_for_what_is_always_there() -> None:
    assert compile_plan([rule("r", "d:w")]).asks == ((ALWAYS,),)


def test_the_order_of_the_rules_does_not_change_the_plan() -> None:
    rules = [
        rule("c", "z:w", "y:w"),
        rule("b", "y:w", any_="a:x|b:x"),
        rule("a", "u:w", none="z:w"),
    ]
    forth, back = compile_plan(rules), compile_plan(rules[::-1])
    assert forth.alternatives == back.alternatives
    assert [(each.rule, each.number) for each in forth.alternatives] == [
        ("b", 0),
        ("b", 1),
        ("c", 0),
        ("a", 0),
    ]


def test_a_rule_comes_with_or_after_the_makers_of_what_it_uses() -> None:
    plan = compile_plan(
        [
            rule("first", "d1:w", "a:x"),
            rule("second", "d2:w", none="d1:w"),
            rule("third", "d3:w", "d2:w"),
            rule("fourth", "d4:w", "a:x", none="d3:w"),
        ]
    )
    assert stages(plan) == {"first": 0, "second": 1, "third": 1, "fourth": 2}
    assert plan.settled == ((), (("d1", "w"),), (("d3", "w"),))


def test_the_absence_of_a_fact_from_outside_needs_no_stage() -> None:
    plan = compile_plan([rule("r", "d:w", none="a:x")])
    assert stages(plan) == {"r": 0}
    assert plan.settled == ((),)


def test_facts_that_make_each_other_share_a_stage() -> None:
    plan = compile_plan([rule("p", "d1:w", "d2:w"), rule("q", "d2:w", "d1:w")])
    assert stages(plan) == {"p": 0, "q": 0}


def test_the_absence_of_another_word_of_the_key_it_makes_is_no_circle() -> None:
    plan = compile_plan(
        [rule("weak", "verdict:weak", "a:x"), rule("sound", "verdict:sound", none="verdict:weak")]
    )
    assert stages(plan) == {"weak": 0, "sound": 1}


def test_a_circle_through_absence_names_both_places() -> None:
    with pytest.raises(DiagnostError) as caught:
        compile_plan(
            [
                rule("p", "d1:w", none="d3:w", line=4),
                rule("q", "d2:w", "d1:w", line=8),
                rule("r", "d3:w", "d2:w", line=12),
            ]
        )
    assert caught.value.problems == (
        Problem(
            code="K310",
            message=(
                "p fires only while 'd3: w' is absent, and r, which makes it, hangs on p in turn"
            ),
            at=place(4),
            also=place(12),
            hint="Ask in 'none' only for facts that do not depend on this rule",
        ),
    )


def test_two_rules_that_wait_for_each_others_absence_are_told_once() -> None:
    with pytest.raises(DiagnostError) as caught:
        compile_plan([rule("p", "d1:w", none="d2:w"), rule("q", "d2:w", none="d1:w")])
    assert len(caught.value.problems) == 1


def test_a_rule_may_not_wait_for_the_absence_of_what_it_makes() -> None:
    with pytest.raises(DiagnostError, match="r fires only while 'd: w' is absent, and makes it"):
        compile_plan([rule("r", "d:w", none="d:w")])
