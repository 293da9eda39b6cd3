from dataclasses import replace

import pytest

from diagnost.engine.plan import compile_plan
from diagnost.model.located import DiagnostError, Problem
from diagnost.model.rule import Conclusion, Condition
from tests.unit.engine.engine_cases import place, rule, when


def refusals(rules: list[Conclusion]) -> tuple[Problem, ...]:
    with pytest.raises(DiagnostError) as caught:
        compile_plan(rules)
    return caught.value.problems


def test_an_alternative_may_ask_for_fifteen_facts() -> None:
    asked = [f"k{number}:w" for number in range(16)]
    compile_plan([rule("r", "made:w", " ".join(asked[:15]))])
    assert refusals([rule("r", "made:w", " ".join(asked[:15]), none="k15:w", line=7)]) == (
        Problem(
            code="K311",
            message="r: one alternative asks for 16 facts, more than 15",
            at=place(7),
            hint="Let a rule of its own conclude a word for some of them, and ask for that word",
        ),
    )


def test_groups_that_explode_are_refused_without_being_expanded() -> None:
    group = tuple(when(f"k{number}:w") for number in range(10))
    broad = replace(rule("r", "made:w", line=3), when=Condition(any=(group,) * 30))
    (problem,) = refusals([broad])
    assert (problem.code, problem.at) == ("K311", place(3))
    assert f"give {10**30} alternatives, more than 250" in problem.message


def test_one_fact_may_be_asked_for_by_250_alternatives() -> None:
    rules = [rule(f"r{n}", f"made.x.{n}:w", "popular:w", line=n) for n in range(251)]
    compile_plan(rules[:250])
    (problem,) = refusals(rules)
    assert problem.at == place(250)
    assert problem.message == "r250: 251 alternatives ask for 'popular: w', more than 250"


def test_an_area_may_have_500_facts_that_are_asked_for() -> None:
    rules = [rule(f"r{n}", f"made.x.{n}:w", f"one.area.k{n}:w", line=n) for n in range(501)]
    compile_plan(rules[:500])
    (problem,) = refusals(rules)
    assert problem.at == place(500)
    assert problem.message == "r500: rules ask for 501 facts under 'one.area', more than 500"


def test_there_may_be_500_areas() -> None:
    rules = [rule(f"r{n}", "made.x:w", f"area.no{n}:w", line=n) for n in range(501)]
    compile_plan(rules[:500])
    (problem,) = refusals(rules)
    assert problem.at == place(500)
    assert "facts of 501 areas, more than 500" in problem.message
