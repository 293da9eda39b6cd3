"""The shipped knowledge base: no problem in it, and every example beside an entry holds."""

import pytest

from diagnost.check.examples import Trial, check_example, example_facts, run_trial, trials
from diagnost.check.excerpt import written
from diagnost.check.lint import lint
from diagnost.engine.run import run
from diagnost.knowledge.base import content_root, load_with_problems
from diagnost.pipeline import plan_of

BASE, PROBLEMS = load_with_problems()


def test_the_knowledge_base_loads_without_problems() -> None:
    assert [written(problem, content_root()) for problem in PROBLEMS] == []


def test_the_knowledge_base_has_no_lint() -> None:
    assert [written(problem, content_root()) for problem in lint(BASE)] == []


def _by_file() -> dict[str, list[Trial]]:
    """Return the examples by the file they stand in: a test for each of them takes too long."""
    found: dict[str, list[Trial]] = {}
    for trial in trials(BASE):
        found.setdefault(trial.rule.at.file, []).append(trial)
    return found


@pytest.mark.parametrize("examples", [pytest.param(t, id=file) for file, t in _by_file().items()])
def test_the_examples_beside_entries_hold(examples: list[Trial]) -> None:
    if PROBLEMS:
        pytest.skip("the knowledge base does not load")
    found = [problem for trial in examples if (problem := check_example(BASE, trial)) is not None]
    if found:
        told = (written(problem, content_root()) for problem in found)
        pytest.fail("\n".join(told), pytrace=False)


def test_an_example_runs_alike_with_all_rules_and_with_those_its_entry_hangs_on() -> None:
    for trial in list(trials(BASE))[::40]:
        part = run_trial(BASE, trial)
        per = trial.rule.per
        about = [key for key in BASE.words if BASE.per_of(key) in ("", per)] if per else None
        facts = example_facts(BASE, trial.example, about, per)
        whole = run(plan_of(BASE, per), facts, "builtin")
        assert part.fired(trial.rule.id) == whole.fired(trial.rule.id), trial.name
        asked = {leaf.key for leaf in trial.rule.when.leaves}
        for kept, every in ((part.base.facts, whole.base.facts), (part.undecided, whole.undecided)):
            assert {k: kept[k] for k in asked & kept.keys()} == {
                k: every[k] for k in asked & every.keys()
            }, trial.name


def test_every_entry_has_an_example_of_either_kind() -> None:
    shown = {(trial.rule.id, trial.fires) for trial in trials(BASE)}
    tested = {rule.id for rule in BASE.rules.values() if rule.fires_on or rule.silent_on}
    assert {(rule, kind) for rule in tested for kind in (True, False)} <= shown
