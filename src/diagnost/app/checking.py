"""The check of the knowledge base: shape, references, language, plan, examples."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.shipped import leave_alone, packs_in_use
from diagnost.check.calculator_examples import check_case, worked_cases
from diagnost.check.examples import check_example, trials
from diagnost.check.lint import lint
from diagnost.knowledge import files
from diagnost.knowledge.base import load_with_problems
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError, Problem
from diagnost.pipeline import plan_of


class CheckResult(NamedTuple):
    """The problems of a knowledge base and how much was looked at."""

    problems: tuple[Problem, ...]
    entries: int
    examples: int


def check_knowledge(paths: Iterable[str] = ()) -> CheckResult:
    """Check shape, references, language and examples of the whole base.

    With ``paths`` only problems in those files (or folders) are returned.
    """
    base, problems = load_with_problems(packs=packs_in_use())
    leave_alone()
    wanted = tuple(_as_name(path) for path in paths)
    ran = 0
    faulty = {problem.at.file for problem in problems}
    problems = [*problems, *lint(base)]
    plan = _plan_problems(base)
    problems += plan
    dangling = any(problem.code == "K203" for problem in problems)  # a formula cannot be computed
    if not plan and not dangling:
        for trial in trials(base):
            file = trial.rule.at.file
            if file in faulty or (wanted and not _within(file, wanted)):
                continue
            ran += 1
            problem = check_example(base, trial)
            if problem is not None:
                problems.append(problem)
    for calculator, case in worked_cases(base):
        if calculator.at.file in faulty or (wanted and not _within(calculator.at.file, wanted)):
            continue
        ran += 1
        problems += check_case(calculator, case, base.catalogue.edge)
    kept = [p for p in problems if not wanted or _within(p.at.file, wanted)]
    return CheckResult(
        problems=tuple(sorted(kept, key=lambda p: (p.at, p.code))),
        entries=len(base.rules) + len(base.catalogue.indicators) + len(base.calculators),
        examples=ran,
    )


def _plan_problems(base: KnowledgeBase) -> tuple[Problem, ...]:
    try:
        for per in ("", *base.catalogue.tables_of_subjects):
            plan_of(base, per)
    except DiagnostError as error:
        return error.problems
    return ()


def _as_name(path: str) -> str:
    """Return how places call a file of the knowledge base; raise UsageError if it is none."""
    root = files.content_root().resolve()
    full = Path(path).resolve()
    for candidate in (full, root / path):  # as seen from here, or as places call it
        if candidate.exists() and candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    if full.exists():
        raise UsageError(f"{path} is no part of the knowledge base in {root}")
    raise UsageError(f"there is no file or folder {path}")


def _within(name: str, wanted: tuple[str, ...]) -> bool:
    return any(path in (name, ".") or name.startswith(f"{path}/") for path in wanted)
