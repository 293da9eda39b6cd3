import pytest

from diagnost.engine import run as run_module
from diagnost.engine.plan import Plan, compile_plan
from diagnost.engine.run import EngineUnavailable, available, run
from diagnost.model.fact import FactBase, Firing
from diagnost.model.located import DiagnostError
from diagnost.model.rule import Conclusion
from tests.unit.engine.engine_cases import base, rule

needs_durable = pytest.mark.skipif(
    "durable" not in available(), reason="durable-rules does not import on this Python"
)
ENGINES = ["builtin", pytest.param("durable", marks=needs_durable)]
each_engine = pytest.mark.parametrize("engine", ENGINES)


@each_engine
def test_a_rule_fires_over_facts_from_outside(engine: str) -> None:
    plan = compile_plan([rule("r", "d:w", "a:x", none="b:y")])
    assert run(plan, base("a:x b:n"), engine).firings == (
        Firing(rule="r", alternative=0, used=(("a", "x"),), absent=(("b", "y"),), made=("d", "w")),
    )


@each_engine
def test_a_conclusion_made_twice_has_two_firings(engine: str) -> None:
    plan = compile_plan([rule("p", "d:w", "a:x"), rule("q", "d:w", any_="b:x|c:x")])
    result = run(plan, base("a:x b:x c:x"), engine)
    assert [(firing.rule, firing.alternative) for firing in result.firings] == [
        ("p", 0),
        ("q", 0),
        ("q", 1),
    ]
    assert len(result.fired("q")) == 2


@each_engine
def test_a_rule_without_conditions_fires(engine: str) -> None:
    result = run(compile_plan([rule("r", "d:w")]), base(), engine)
    assert [firing.rule for firing in result.firings] == ["r"]


@each_engine
def test_conclusions_lead_to_conclusions_in_a_circle_and_end(engine: str) -> None:
    plan = compile_plan(
        [rule("p", "d1:w", "d2:w"), rule("q", "d2:w", "d1:w"), rule("start", "d1:w", "a:x")]
    )
    assert [f.rule for f in run(plan, base("a:x"), engine).firings] == ["p", "q", "start"]
    idle = run(plan, base("a:n"), engine)
    assert (idle.firings, idle.undecided) == ((), {})


@each_engine
def test_what_no_rule_made_is_absent_in_the_next_stage(engine: str) -> None:
    plan = compile_plan(
        [rule("weak", "v:weak", "a:x"), rule("sound", "v:sound", "b:x", none="v:weak")]
    )
    assert [f.rule for f in run(plan, base("a:x b:x"), engine).firings] == ["weak"]
    assert [f.rule for f in run(plan, base("a:n b:x"), engine).firings] == ["sound"]


STATES = {"v": ("bad", "fair", "good")}


def graded(*more: Conclusion) -> Plan:
    """Three rules on a state, and others besides."""
    on_state = (
        rule("bad", "v:bad", "a:x"),
        rule("fair", "v:fair", "b:x"),
        rule("good", "v:good", "c:x"),
    )
    return compile_plan([*on_state, *more], STATES)


def fired(plan: Plan, facts: FactBase, engine: str) -> list[str]:
    return [firing.rule for firing in run(plan, facts, engine).firings]


@each_engine
def test_of_a_state_the_worst_word_concluded_stands(engine: str) -> None:
    plan = graded(rule("on_good", "d:w", "v:good"), rule("on_fair", "e:w", "v:fair"))
    assert fired(plan, base("a:n b:n c:x"), engine) == ["good", "on_good"]
    assert fired(plan, base("a:n b:x c:x"), engine) == ["fair", "good", "on_fair"]
    assert fired(plan, base("a:x b:x c:x"), engine) == ["bad", "fair", "good"]


@each_engine
def test_a_graver_word_that_is_not_known_leaves_the_milder_one_standing(engine: str) -> None:
    plan = graded(rule("on_good", "d:w", "v:good"))
    result = run(plan, base("b:n c:x", unknown="a"), engine)
    assert [firing.rule for firing in result.firings] == ["good", "on_good"]
    assert result.undecided == {"bad": ("a",)}


@each_engine
def test_a_word_that_does_not_stand_is_absent(engine: str) -> None:
    plan = graded(rule("not_good", "d:w", none="v:good"))
    assert fired(plan, base("a:n b:n c:x"), engine) == ["good"]
    assert fired(plan, base("a:n b:x c:x"), engine) == ["fair", "good", "not_good"]
    assert fired(plan, base("a:n b:n c:n"), engine) == ["not_good"]


@each_engine
def test_a_state_given_from_outside_stands_whatever_is_concluded(engine: str) -> None:
    plan = graded(rule("on_good", "d:w", "v:good"))
    assert fired(plan, base("v:good a:x", closed=True), engine) == ["bad", "on_good"]


@each_engine
def test_a_state_given_as_unknown_leaves_its_askers_undecided(engine: str) -> None:
    plan = graded(rule("on_good", "d:w", "v:good"), rule("not_bad", "e:w", none="v:bad"))
    result = run(plan, base("a:n b:n c:x", unknown="v"), engine)
    assert result.undecided == {"not_bad": ("v",), "on_good": ("v",)}


def test_a_state_may_not_hang_on_itself() -> None:
    with pytest.raises(DiagnostError) as caught:
        graded(rule("worse", "v:bad", "v:fair"))
    assert [problem.code for problem in caught.value.problems] == ["K310"]


@each_engine
def test_unknown_is_not_absent(engine: str) -> None:
    plan = compile_plan([rule("r", "d:w", "a:x", none="b:y")])
    result = run(plan, base("a:x", unknown="b"), engine)
    assert (result.firings, result.undecided) == ((), {"r": ("b",)})


@each_engine
def test_a_rule_that_fails_anyway_is_not_undecided(engine: str) -> None:
    plan = compile_plan([rule("r", "d:w", "a:x b:x")])
    assert run(plan, base("a:n", unknown="b"), engine).undecided == {}


@each_engine
def test_a_rule_that_fires_one_way_is_not_undecided_about_another(engine: str) -> None:
    plan = compile_plan([rule("r", "d:w", any_="a:x|b:x")])
    assert run(plan, base("a:x", unknown="b"), engine).undecided == {}


@each_engine
def test_an_undecided_rule_leads_on_to_the_keys_behind_its_makers(engine: str) -> None:
    plan = compile_plan(
        [
            rule("p", "d1:w", "a:x"),
            rule("q", "d2:w", "b:x", none="d1:w"),
            rule("r", "d3:w", "d2:w c:x"),
        ]
    )
    result = run(plan, base("c:x", unknown="a b"), engine)
    assert result.undecided == {"p": ("a",), "q": ("a", "b"), "r": ("a", "b")}


@each_engine
def test_undecided_rules_in_a_circle_share_their_keys(engine: str) -> None:
    plan = compile_plan(
        [
            rule("p", "d1:w", any_="d2:w|a:x"),
            rule("q", "d2:w", any_="d1:w|b:x"),
        ]
    )
    result = run(plan, base(unknown="a b"), engine)
    assert result.undecided == {"p": ("a", "b"), "q": ("a", "b")}


@each_engine
def test_a_key_nobody_mentions_is_unknown_unless_the_base_is_closed(engine: str) -> None:
    plan = compile_plan([rule("r", "d:w", none="a:x")])
    assert run(plan, base(), engine).undecided == {"r": ("a",)}
    assert run(plan, base(closed=True), engine).undecided == {}
    assert len(run(plan, base(closed=True), engine).firings) == 1
    assert run(plan, base(unknown="a", closed=True), engine).undecided == {"r": ("a",)}


@each_engine
def test_a_derived_fact_may_be_given_from_outside(engine: str) -> None:
    plan = compile_plan([rule("p", "v:weak", "a:x"), rule("q", "d:w", "v:weak", none="v:sound")])
    result = run(plan, base("v:weak", closed=True), engine)
    assert [firing.rule for firing in result.firings] == ["q"]


@each_engine
def test_other_words_of_a_given_derived_key_are_absent_unless_made(engine: str) -> None:
    plan = compile_plan([rule("p", "v:weak", "a:x"), rule("q", "d:w", none="v:weak")])
    open_ = run(plan, base("v:sound", unknown="a"), engine)
    assert [firing.rule for firing in open_.firings] == ["q"]
    assert open_.undecided == {"p": ("a",)}
    made = run(plan, base("v:sound a:x"), engine)
    assert [firing.rule for firing in made.firings] == ["p"]


@each_engine
def test_a_derived_key_may_be_given_as_unknown(engine: str) -> None:
    plan = compile_plan(
        [rule("p", "v:weak", "a:x"), rule("q", "d:w", "v:weak"), rule("r", "e:w", none="v:weak")]
    )
    result = run(plan, base(unknown="v", closed=True), engine)
    assert (result.firings, result.undecided) == ((), {"q": ("v",), "r": ("v",)})
    made = run(plan, base("a:x", unknown="v", closed=True), engine)
    assert [firing.rule for firing in made.firings] == ["p", "q"]


@each_engine
def test_what_is_given_counts_more_than_that_it_is_unknown(engine: str) -> None:
    plan = compile_plan([rule("p", "v:weak", "a:x"), rule("q", "d:w", none="v:weak")])
    result = run(plan, base("v:sound a:n", unknown="v a"), engine)
    assert ([firing.rule for firing in result.firings], result.undecided) == (["q"], {})


@each_engine
def test_the_run_says_which_engine_it_was(engine: str) -> None:
    assert run(compile_plan([]), base(), engine).engine == engine


def test_the_built_in_engine_is_always_there_and_preferred() -> None:
    assert available()[0] == "builtin"


def test_auto_takes_the_built_in_engine_without_looking_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looked_for() -> ImportError:
        raise AssertionError

    monkeypatch.setattr(run_module, "_durable", looked_for)
    assert run(compile_plan([]), base()).engine == "builtin"


def test_an_engine_that_does_not_import_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run_module, "_durable", lambda: ImportError("No module named 'durable'"))
    with pytest.raises(EngineUnavailable) as caught:
        run(compile_plan([]), base(), "durable")
    assert str(caught.value) == (
        "the engine 'durable' cannot be used here (No module named 'durable'): use --engine builtin"
    )
    assert available() == ("builtin",)
    assert run(compile_plan([]), base()).engine == "builtin"


def test_an_engine_that_does_not_exist_is_told_in_one_line() -> None:
    with pytest.raises(EngineUnavailable, match="the engine 'prolog' cannot be used here"):
        run(compile_plan([]), base(), "prolog")
