"""The part of a plan that one rule hangs on: small enough to be quick, whole enough to be right."""

from diagnost.engine.part import part_of
from diagnost.engine.plan import Plan, compile_plan
from diagnost.engine.run import run
from tests.unit.engine.engine_cases import base, rule


def rules_of(part: Plan) -> list[str]:
    return [each.rule for each in part.alternatives]


def test_a_rule_keeps_what_makes_its_facts_and_those_of_its_absences() -> None:
    plan = compile_plan(
        [
            rule("a", "made:a", "x:low"),
            rule("b", "made:b", "y:low"),
            rule("c", "made:c", "made:a", none="made:b"),
            rule("apart", "made:apart", "x:low"),
            rule("after", "made:after", "made:c"),
        ]
    )
    assert rules_of(part_of(plan, "c")) == ["a", "b", "c"]
    assert part_of(plan, "c").asked == {("x", "low"), ("y", "low"), ("made", "a"), ("made", "b")}
    assert rules_of(part_of(plan, "apart")) == ["apart"]


def test_of_a_state_the_graver_words_are_kept_too() -> None:
    plan = compile_plan(
        [rule("grave", "s:bad", "x:low"), rule("light", "s:good"), rule("asks", "d:w", "s:good")],
        {"s": ("bad", "good")},
    )
    part = part_of(plan, "asks")
    assert set(rules_of(part)) == {"grave", "light", "asks"}
    assert not run(part, base("x:low")).fired("asks")
    assert run(part, base("x:high")).fired("asks")


def test_rules_in_a_circle_keep_each_other() -> None:
    plan = compile_plan([rule("p", "d:p", "d:q"), rule("q", "d:q", any_="d:p|x:low")])
    assert set(rules_of(part_of(plan, "p"))) == {"p", "q"}
    assert run(part_of(plan, "p"), base("x:low")).fired("p")


def test_a_rule_that_can_never_fire_has_an_empty_part() -> None:
    plan = compile_plan([rule("never", "d:w", "x:low x:high")])
    assert run(part_of(plan, "never"), base("x:low")).firings == ()
