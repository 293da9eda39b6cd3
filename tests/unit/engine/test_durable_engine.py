"""What durable-rules does otherwise than one expects, and that it does not reach a run."""

import gc
import threading
from collections.abc import Callable

import pytest

from diagnost.engine.errors import EngineError
from diagnost.engine.plan import compile_plan
from diagnost.engine.run import run
from tests.unit.engine.engine_cases import base, rule

pytest.importorskip(
    "durable.engine",
    reason="durable-rules does not import on this Python",
    exc_type=ImportError,
)
from diagnost.engine import durable_engine
from diagnost.engine.durable_engine import DurableSession

CHAIN = [rule("p", "d1:w", "a:x"), rule("q", "d2:w", "d1:w b:x"), rule("r", "d3:w", "d2:w")]


def test_an_exception_in_an_action_stops_the_run_with_its_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorded: list[int] = []

    def refuse(session: DurableSession, index: int) -> None:
        recorded.append(index)
        raise OSError("the disk is full")

    monkeypatch.setattr(DurableSession, "_record", refuse)
    with pytest.raises(EngineError, match="the disk is full") as caught:
        run(compile_plan(CHAIN), base("a:x b:x"), "durable")
    assert isinstance(caught.value.__cause__, OSError)
    assert len(recorded) == 1


def test_an_interrupt_in_an_action_stays_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(session: DurableSession, index: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(DurableSession, "_record", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(compile_plan(CHAIN), base("a:x b:x"), "durable")


def test_a_lost_firing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DurableSession, "_fire", lambda session, index: None)
    with pytest.raises(EngineError, match=r"lost or repeated firings of: p$"):
        run(compile_plan(CHAIN), base("a:x b:x"), "durable")


def test_a_repeated_firing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    record: Callable[[DurableSession, int], None] = DurableSession._record

    def twice(session: DurableSession, index: int) -> None:
        record(session, index)
        record(session, index)

    monkeypatch.setattr(DurableSession, "_record", twice)
    with pytest.raises(EngineError, match=r"lost or repeated firings of: p, q, r$"):
        run(compile_plan(CHAIN), base("a:x b:x"), "durable")


def test_a_fact_that_durable_rules_refuses_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(rules: durable_engine._Rules, name: tuple[str, str], session: str) -> int:
        raise MemoryError("out of sessions")

    monkeypatch.setattr(durable_engine._Rules, "assert_", refuse)
    with pytest.raises(EngineError, match="out of sessions") as caught:
        run(compile_plan(CHAIN), base("a:x b:x"), "durable")
    assert isinstance(caught.value.__cause__, MemoryError)


def test_a_session_in_which_nothing_fires_can_be_deleted() -> None:
    # durable-rules frees a pointer that only a firing sets: without the opening rule this crashes.
    for number in range(40):
        plan = compile_plan([rule(f"r{number}", "d:w", "a:x b:x")])
        for _ in range(12):
            assert run(plan, base("a:x b:n"), "durable").firings == ()


def test_more_runs_than_durable_rules_has_sessions(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = compile_plan(CHAIN)
    for _ in range(1100):
        assert len(run(plan, base("a:x b:x"), "durable").firings) == 3

    def refuse(session: DurableSession, index: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(DurableSession, "_record", refuse)
    for _ in range(1100):
        with pytest.raises(EngineError, match="the disk is full"):
            run(plan, base("a:x b:x"), "durable")


def test_no_thread_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise AssertionError("a thread was started")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    before = threading.active_count()
    assert len(run(compile_plan(CHAIN), base("a:x b:x"), "durable").firings) == 3
    assert threading.active_count() == before


def test_sessions_of_one_plan_do_not_meet() -> None:
    plan = compile_plan(CHAIN)
    with durable_engine.open_session(plan) as one, durable_engine.open_session(plan) as other:
        one.tell([("a", "x")])
        other.tell([("b", "x")])
        assert ("d1", "w") in one.believed
        assert ("d1", "w") not in other.believed
        assert (len(one.fired), len(other.fired)) == (1, 0)


def test_a_plan_is_compiled_once_and_forgotten_with_the_plan() -> None:
    plan = compile_plan(CHAIN)
    run(plan, base("a:x"), "durable")
    compiled = durable_engine._COMPILED[plan]
    run(plan, base("b:x"), "durable")
    assert durable_engine._COMPILED[plan] is compiled
    gc.collect()
    before = len(durable_engine._COMPILED)
    del plan, compiled
    gc.collect()
    assert len(durable_engine._COMPILED) == before - 1


def test_words_in_any_language_are_told_apart() -> None:
    plan = compile_plan(
        [
            rule("pl", "d1:w", "płynność.szybka:za_niska"),
            rule("pl2", "d2:w", "płynność.szybka:za_niską"),
            rule("zh", "d3:w", "流动性.速动比率:过低"),
            rule("quoted", "d4:w", 'a"b\\c:"x'),
        ]
    )
    given = base('płynność.szybka:za_niska 流动性.速动比率:过低 a"b\\c:"x')
    fired = [firing.rule for firing in run(plan, given, "durable").firings]
    assert fired == ["pl", "quoted", "zh"]


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = [rule(f"r{n:04}", f"d{n // 400}.x.k{n}:w", "a:x") for n in range(1)]
    chain += [
        rule(f"r{n:04}", f"d{n // 400}.x.k{n}:w", f"d{(n - 1) // 400}.x.k{n - 1}:w")
        for n in range(1, 1500)
    ]
    assert len(run(compile_plan(chain), base("a:x"), "durable").firings) == 1500


@pytest.mark.parametrize(
    ("keys", "makes"),
    [
        ([f"one.area.k{number}" for number in range(500)], "d:w"),
        ([f"area.no{number}" for number in range(500)], "d:w"),
        (["popular"] * 250, "d{number}:w"),
        ([f"area.no{number % 300}.k{number}" for number in range(4000)], "d:w"),
    ],
    ids=["500 facts in one area", "500 areas", "250 askers of one fact", "4000 rules"],
)
def test_what_the_limits_let_through_is_carried(keys: list[str], makes: str) -> None:
    rules = [
        rule(f"r{number}", makes.format(number=number), f"{key}:w")
        for number, key in enumerate(keys)
    ]
    given = base(" ".join(f"{key}:w" for key in keys))
    assert len(run(compile_plan(rules), given, "durable").firings) == len(keys)


def test_more_rules_than_a_ruleset_holds_are_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conclusions go back and forth between rulesets, and absences are concluded in both."""
    monkeypatch.setattr(durable_engine, "MOST_RULES", 2)
    rules = [
        rule("a", "d1:w", "x:w"),
        rule("b", "d4:w", "d3:w"),
        rule("c", "d2:w", "d1:w"),
        rule("d", "d3:w", "d2:w"),
        rule("e", "d5:w", "d4:w", "d9:w"),
        rule("f", "d9:w", "y:w"),
    ]
    plan = compile_plan(rules)
    for given in ("x:w", "x:w y:w", "y:w"):
        expected = run(plan, base(given, closed=True), "builtin")
        assert run(plan, base(given, closed=True), "durable").firings == expected.firings
    found = run(plan, base("x:w", closed=True), "durable")
    assert [firing.rule for firing in found.firings] == ["a", "b", "c", "d", "e"]


def test_fifteen_facts_are_carried() -> None:
    asked = " ".join(f"k{number}:w" for number in range(15))
    assert len(run(compile_plan([rule("r", "d:w", asked)]), base(asked), "durable").firings) == 1
