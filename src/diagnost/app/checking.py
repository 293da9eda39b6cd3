"""The check of the knowledge base: shape, references, language, plan, examples, logic."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.app.paths import as_name, within
from diagnost.app.shipped import leave_alone, packs_in_use
from diagnost.app.whole_cases import check_cases
from diagnost.check.calculator_examples import check_case, worked_cases
from diagnost.check.codes import is_warning
from diagnost.check.examples import Trial, judged, run_trial, trials
from diagnost.check.excerpt import written
from diagnost.check.lint import lint
from diagnost.check.logic.doubts import unexpected
from diagnost.check.logic.firing import circles, proven
from diagnost.check.logic.words import BY_EXAMPLES, BY_WORDS, doubts_by_examples, doubts_by_words
from diagnost.check.problem_forms import as_data, as_github, as_sarif
from diagnost.knowledge import files
from diagnost.knowledge.base import load_with_problems
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, DiagnostError, Problem
from diagnost.model.rule import FactKey, Word
from diagnost.model.text import LANGUAGES
from diagnost.pipeline import plan_of
from diagnost.report.words import read_words
from diagnost.yaml_reader import Node


class CheckResult(NamedTuple):
    """The problems of a knowledge base and how much was looked at."""

    problems: tuple[Problem, ...]
    entries: int
    examples: int
    base: KnowledgeBase
    root: Path

    @property
    def errors(self) -> int:
        """Count the problems that are more than warnings."""
        return sum(not is_warning(problem.code) for problem in self.problems)


def check_knowledge(
    paths: Iterable[str] = (),
    *,
    thorough: bool = False,
    root: Path | None = None,
    read_file: Callable[[files.KnowledgeFile], Node] | None = None,
) -> CheckResult:
    """Check shape, references, language, examples and logic of the whole base.

    With ``paths`` only problems in those files (or folders) are returned, and only their examples
    run. ``thorough`` looks at the accounting identities too; raise UsageError where the solver for
    that is not installed. ``root`` is another folder with knowledge than the program's own;
    ``read_file`` reads a file otherwise than from the disk.
    """
    root = root or files.content_root()
    base, problems = load_with_problems(root, packs=packs_in_use(), read_file=read_file)
    leave_alone()
    wanted = tuple(as_name(path, root, packs_in_use()) for path in paths)
    faulty = {problem.at.file for problem in problems}
    problems = [*problems, *lint(base)]
    problems += _word_problems(root)
    plan = _plan_problems(base)
    problems += plan
    ran = 0
    shown: set[tuple[FactKey, Word]] = set()
    alive: set[str] = {rule.id for rule in base.rules.values() if _elsewhere(rule.at, wanted)}
    dangling = any(problem.code == "K203" for problem in problems)  # a formula cannot be computed
    if not plan and not dangling:
        for trial in trials(base):
            if _left_out(trial, faulty, wanted) or _not_of_packs(trial, base):
                continue
            ran += 1
            run = run_trial(base, trial)
            shown.update(_bands(run))
            alive |= proven(base, trial.example, run)
            problem = judged(base, trial, run)
            if problem is not None:
                problems.append(problem)
    for calculator, case in worked_cases(base):
        if calculator.at.file in faulty or _elsewhere(calculator.at, wanted):
            continue
        ran += 1
        problems += check_case(calculator, case, base.catalogue.edge)
    if not plan and not faulty and not dangling:
        of_cases = check_cases(base, root, packs_in_use(), wanted)
        problems += of_cases.problems
        ran += of_cases.cases
    if not plan and not faulty:  # of what cannot be read whole, logic would tell untrue things
        problems += _logic(base, alive, None if wanted or base.packs else shown)
        if thorough and not circles(base):
            problems += _identities(base)
    kept = [problem for problem in problems if not _elsewhere(problem.at, wanted)]
    return CheckResult(
        problems=tuple(sorted(kept, key=lambda p: (p.at, p.code))),
        entries=len(base.rules) + len(base.catalogue.indicators) + len(base.calculators),
        examples=ran,
        base=base,
        root=root,
    )


def _left_out(trial: Trial, faulty: set[str], wanted: tuple[str, ...]) -> bool:
    return trial.rule.at.file in faulty or _elsewhere(trial.rule.at, wanted)


def _not_of_packs(trial: Trial, base: KnowledgeBase) -> bool:
    """Say whether packs are checked, and an example is of what they are laid over.

    Its figures were chosen for norms and entries that a pack may have changed on purpose.
    """
    return bool(base.packs) and base.pack_at(trial.example.at) is None


def _elsewhere(at: At, wanted: tuple[str, ...]) -> bool:
    """Say whether a place lies in none of the files that were asked for."""
    return bool(wanted) and not within(at.file, wanted)


def _bands(run: Run) -> Iterator[tuple[FactKey, Word]]:
    """Yield the bands into which values of an example fell."""
    return (fact.name for fact in run.base.facts.values() if fact.readings)


def _logic(
    base: KnowledgeBase, alive: set[str], shown: set[tuple[FactKey, Word]] | None
) -> Iterator[Problem]:
    """Yield what logic finds; ``shown`` is None where not all examples ran."""
    # What packs change may settle what is expected of the shipped knowledge.
    expected = BY_WORDS if not base.packs else ()
    yield from unexpected(doubts_by_words(base, alive), base.expected, expected)
    if shown is not None:
        of_examples = BY_EXAMPLES if not base.packs else ()
        yield from unexpected(doubts_by_examples(base, shown), base.expected, of_examples)


def _identities(base: KnowledgeBase) -> Iterator[Problem]:
    try:
        from diagnost.check.identities.found import BY_IDENTITIES, doubts_by_identities
    except ImportError as error:
        raise UsageError(
            f"--thorough needs a solver that is not installed ({error}): "
            "pip install 'diagnost[logic]'"
        ) from error
    looked_for = BY_IDENTITIES if not base.packs else ()
    yield from unexpected(doubts_by_identities(base), base.expected, looked_for)


def _word_problems(root: Path) -> Iterator[Problem]:
    """Read the phrases of the pages in every language as documents do."""
    for language in LANGUAGES:
        if (root / "templates" / "words" / f"{language}.yaml").exists():
            try:
                read_words(language, root)
            except DiagnostError as error:
                yield from error.problems


def _plan_problems(base: KnowledgeBase) -> tuple[Problem, ...]:
    try:
        for per in ("", *base.catalogue.tables_of_subjects):
            plan_of(base, per)
    except DiagnostError as error:
        return error.problems
    return ()


# --- forms ----------------------------------------------------------------------------------------


def check_text(result: CheckResult) -> str:
    """Write each problem with its line, a caret and a suggestion, and how many there are."""
    told = "".join(f"{_written(problem, result)}\n" for problem in result.problems)
    return f"{told}{_counted(result)}\n"


def _written(problem: Problem, result: CheckResult) -> str:
    """Write a problem with its line, which may be one of a pack."""
    label = problem.at.file.partition("/")[0]
    folder = next((pack.path.parent for pack in packs_in_use() if pack.label == label), result.root)
    return written(problem, folder)


def _counted(result: CheckResult) -> str:
    count = len(result.problems)
    of_them = count - result.errors
    warnings = f" ({of_them} of them warnings)" if of_them else ""
    return (
        f"{count} problem{'' if count == 1 else 's'}{warnings} in {result.entries} entries, "
        f"{result.examples} examples run"
    )


def check_json(result: CheckResult) -> str:
    """Write the problems as JSON."""
    data = {
        "problems": [as_data(problem) for problem in result.problems],
        "totals": {
            "errors": result.errors,
            "warnings": len(result.problems) - result.errors,
            "entries": result.entries,
            "examples": result.examples,
        },
    }
    return machine_form(result.base, data)


def check_github(result: CheckResult) -> str:
    """Write the problems as workflow commands, and below them how many there are."""
    return f"{as_github(result.problems)}{_counted(result)}\n"


def check_sarif(result: CheckResult) -> str:
    """Write the problems as SARIF 2.1.0, with the manual's help on each code."""
    return as_sarif(result.problems, result.root)
