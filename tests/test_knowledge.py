"""The shipped knowledge base: no problem in it, and every example beside an entry holds."""

import pytest

from diagnost.check.examples import Trial, check_example, trials
from diagnost.check.excerpt import written
from diagnost.check.lint import lint
from diagnost.knowledge.base import content_root, load_with_problems

BASE, PROBLEMS = load_with_problems()


def test_the_knowledge_base_loads_without_problems() -> None:
    assert [written(problem, content_root()) for problem in PROBLEMS] == []


def test_the_knowledge_base_has_no_lint() -> None:
    assert [written(problem, content_root()) for problem in lint(BASE)] == []


@pytest.mark.parametrize("trial", [pytest.param(t, id=t.name) for t in trials(BASE)])
def test_an_example_beside_an_entry_holds(trial: Trial) -> None:
    if PROBLEMS:
        pytest.skip("the knowledge base does not load")
    problem = check_example(BASE, trial)
    if problem is not None:
        pytest.fail(written(problem, content_root()), pytrace=False)


def test_every_entry_has_an_example_of_either_kind() -> None:
    shown = {(trial.rule.id, trial.fires) for trial in trials(BASE)}
    tested = {rule.id for rule in BASE.rules.values() if rule.fires_on or rule.silent_on}
    assert {(rule, kind) for rule in tested for kind in (True, False)} <= shown
