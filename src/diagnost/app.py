"""One function per command: takes plain values, returns data or text, knows no command line.

What only some commands need is imported inside them: a diagnosis must start fast.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root, load, load_with_problems
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError, Problem
from diagnost.pipeline import Case, diagnose, plan_of
from diagnost.report.json_form import as_json
from diagnost.report.narrative import write
from diagnost.report.render import render

if TYPE_CHECKING:
    from diagnost.check.coverage import SectionCoverage


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The problems of a knowledge base and how much was looked at."""

    problems: tuple[Problem, ...]
    entries: int
    examples: int


def check_knowledge(paths: Iterable[str] = ()) -> CheckResult:
    """Check shape, references, language and examples of the whole base.

    With ``paths`` only problems in those files (or folders) are returned.
    """
    from diagnost.check.examples import check_example, trials
    from diagnost.check.lint import lint

    base, problems = load_with_problems()
    wanted = tuple(_as_name(path) for path in paths)
    ran = 0
    faulty = {problem.at.file for problem in problems}
    problems = [*problems, *lint(base)]
    plan = _plan_problems(base)
    problems += plan
    if not plan:
        for trial in trials(base):
            file = trial.rule.at.file
            if file in faulty or (wanted and not _within(file, wanted)):
                continue
            ran += 1
            problem = check_example(base, trial)
            if problem is not None:
                problems.append(problem)
    kept = [p for p in problems if not wanted or _within(p.at.file, wanted)]
    return CheckResult(
        problems=tuple(sorted(kept, key=lambda p: (p.at, p.code))),
        entries=len(base.rules) + len(base.catalogue.indicators),
        examples=ran,
    )


def _plan_problems(base: KnowledgeBase) -> tuple[Problem, ...]:
    try:
        plan_of(base)
    except DiagnostError as error:
        return error.problems
    return ()


def _as_name(path: str) -> str:
    root = content_root().resolve()
    full = Path(path).resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path


def _within(name: str, wanted: tuple[str, ...]) -> bool:
    return any(name == path or name.startswith(f"{path.rstrip('/')}/") for path in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a diagnosis is asked for."""

    file: Path
    form: str = "text"  # text | md | html | json
    language: str = "en"
    period: str = ""  # the last one if empty
    viewpoint: str = "owner"
    engine: str = "auto"
    width: int = 88


class UsageError(Exception):
    """Wrong use of a command: told in one line, exit code 2."""


def knowledge() -> KnowledgeBase:
    """Return the shipped knowledge base."""
    return load()


def case_of(file: Path, *, engine: str = "auto", viewpoint: str = "owner") -> Case:
    """Read accounts and diagnose them."""
    base = load()
    accounts = read_accounts(file, base.catalogue, name=file.name)
    return diagnose(accounts, base, engine=engine, viewpoint=viewpoint)


def diagnosis(request: Request) -> tuple[str, Case]:
    """Return the written diagnosis and the case behind it."""
    case = case_of(request.file, engine=request.engine, viewpoint=request.viewpoint)
    period = chosen_period(case, request.period)
    root = content_root()
    if request.form == "json":
        return as_json(case, request.language, period, root), case
    document = write(case, request.language, period, root)
    return render(document, request.form, root, width=request.width), case


def chosen_period(case: Case, wanted: str) -> str:
    """Return the period asked for, by default the last; raise UsageError if there is none."""
    ids = [period.id for period in case.accounts.periods]
    if not wanted:
        return ids[-1]
    if wanted not in ids:
        raise UsageError(f"there is no period {wanted}; the accounts have {', '.join(ids)}")
    return wanted


def reached(case: Case, period: str, gravity: str) -> bool:
    """Say whether a spoken finding of the period is at least that grave (``--fail-on``)."""
    order = ("note", "serious", "critical")
    least = order.index(gravity)
    return any(
        f.period == period
        and not f.gave_way_to
        and f.statement.polarity in (Polarity.BAD, Polarity.IMPOSSIBLE)
        and order.index(f.statement.weight.value) >= least
        for f in case.diagnosis.findings
    )


def indicator_table(file: Path, language: str, *, width: int = 88) -> str:
    """Return the readings of a company with norms and trends."""
    case = case_of(file)
    root = content_root()
    document = write(case, language, case.accounts.periods[-1].id, root)
    return render(document, "indicators", root, width=width)


def knowledge_coverage() -> "tuple[SectionCoverage, ...]":
    """Return which statements of the sources are encoded, excused or missing."""
    from diagnost.check.coverage import coverage

    return coverage(load())
