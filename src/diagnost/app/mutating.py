"""Small changes of the knowledge, and whether its examples notice them: tried, scored, told."""

import gc
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, NamedTuple

from diagnost.app.paths import as_name, within
from diagnost.app.shipped import knowledge, packs_in_use
from diagnost.check.examples import judged
from diagnost.check.mutation.bench import Bench
from diagnost.check.mutation.verdicts import (
    OPERATORS,
    Outcome,
    Subject,
    Survivor,
    changes_of,
    examine,
    subjects,
    together,
)
from diagnost.check.mutation.written import written_example
from diagnost.knowledge import files
from diagnost.knowledge.base import load
from diagnost.knowledge.packs import Pack
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError

Progress = Callable[[int], object]
"""Is told how many more subjects have been gone through."""

_AT_ONCE = 8
"""So many subjects a process takes at a time."""


class MutationResult(NamedTuple):
    """What became of the mutants, and of what they were made."""

    outcome: Outcome
    subjects: int
    base: KnowledgeBase


class MutationRun:
    """The mutants of the knowledge base or of some of its files, ready to be tried.

    Where packs are in use and no paths are named, only what the packs bring is changed.
    ``sample`` tries so many of them only, spread over all and the same each time. Raises
    UsageError for paths that are no part of the knowledge base, DiagnostError where an example
    fails as things are: then nothing can be said of changes.
    """

    def __init__(self, paths: Iterable[str] = (), sample: int = 0) -> None:
        packs = packs_in_use()
        wanted = tuple(as_name(path, files.content_root(), packs) for path in paths)
        wanted = wanted or tuple(pack.label for pack in packs)
        self._bench = Bench(knowledge())
        base = self._bench.base
        found = [s for s in subjects(base) if not wanted or within(s.at.file, wanted)]
        self.subjects = _sampled(base, found, sample) if sample else tuple(found)
        _refuse_failing(self._bench, self.subjects)

    def run(
        self, jobs: int = 0, progress: Progress = lambda _: None, *, propose: bool = True
    ) -> MutationResult:
        """Try every mutant, in so many processes (0: one for each processor).

        With ``propose`` look for examples that kill the survivors.
        """
        jobs = min(jobs or os.cpu_count() or 1, len(self.subjects) // _AT_ONCE + 1)
        outcomes = []
        for outcome in self._outcomes(jobs, propose):
            outcomes.append(outcome)
            progress(1)
        return MutationResult(together(outcomes), len(self.subjects), self._bench.base)

    def _outcomes(self, jobs: int, propose: bool) -> Iterator[Outcome]:
        if jobs == 1:
            yield from (examine(self._bench, s, propose=propose) for s in self.subjects)
            return
        _ready.append(self._bench)  # a forked process finds it there
        gc.freeze()
        try:
            packs = packs_in_use()
            with ProcessPoolExecutor(jobs, initializer=_make_ready, initargs=(packs,)) as pool:
                work = partial(_examine, propose=propose)
                yield from pool.map(work, self.subjects, chunksize=_AT_ONCE)
        finally:
            _ready.clear()


_ready: list[Bench] = []
"""The examples at work in this process."""


def _make_ready(packs: tuple[Pack, ...]) -> None:
    """Load the knowledge in a process that was not forked from one that had it."""
    if not _ready:
        _ready.append(Bench(load(packs=packs)))


def _examine(subject: Subject, *, propose: bool) -> Outcome:
    return examine(_ready[0], subject, propose=propose)


def _refuse_failing(bench: Bench, tried: Iterable[Subject]) -> None:
    problems = []
    for subject in tried:
        for trial in bench.by_entry.get(subject.id, ()):
            problem = judged(bench.base, trial, bench.ran(trial))
            if problem is not None:
                problems.append(problem)
    if problems:
        raise DiagnostError(problems)


def _sampled(base: KnowledgeBase, found: Iterable[Subject], sample: int) -> tuple[Subject, ...]:
    """Choose so many mutants by a hash of what they change: spread, and the same each time."""
    marks = []
    for subject in found:
        for number, change in enumerate(changes_of(base, subject)):
            text = f"{subject.id} {change.operator} {change.change}"
            marks.append((hashlib.sha256(text.encode()).digest(), subject, number))
    chosen: dict[str, set[int]] = {}
    for _, subject, number in sorted(marks, key=lambda mark: mark[0])[:sample]:
        chosen.setdefault(subject.id, set()).add(number)
    return tuple(s._replace(only=frozenset(chosen[s.id])) for s in found if s.id in chosen)


# --- told -----------------------------------------------------------------------------------------


def mutation_text(result: MutationResult, *, brief: bool = False) -> str:
    """Write the score by operator, and every survivor with the example that would kill it.

    ``brief`` tells the survivors by entry in a line each, without places.
    """
    from diagnost.report.layout import columns

    outcome = result.outcome
    rows: list[tuple[str, ...]] = [("change", "mutants", "killed", "survived", "same")]
    for operator in OPERATORS:
        counts = _counts(outcome, operator)
        if sum(counts):
            rows.append((operator, str(sum(counts)), *map(str, counts)))
    killed, survived, equal = _counts(outcome)
    rows.append(("all", str(killed + survived + equal), str(killed), str(survived), str(equal)))
    parts = [columns(rows, 100, right=(1, 2, 3, 4)) + "\n", "\n"]
    if brief:
        parts += (f"{s.subject}  {s.operator}: {s.change}\n" for s in outcome.survivors)
        parts.append("\n" if outcome.survivors else "")
    else:
        parts += (f"{_survivor(each, result.base)}\n" for each in outcome.survivors)
    score = "nothing to kill" if outcome.score is None else f"{outcome.score:.1f} %"
    parts.append(f"Mutation score: {score} ({killed} of {killed + survived} killed)\n")
    return "".join(parts)


def _survivor(survivor: Survivor, base: KnowledgeBase) -> str:
    head = f"{survivor.at} {survivor.subject}\n  {survivor.operator}: {survivor.change}\n"
    killer = survivor.killer
    if killer is None:
        return f"{head}  no example was found that would kill it\n"
    group = "fires_on" if killer.fires else "silent_on"
    text = written_example(killer.example, base.catalogue)
    return f"{head}  would be killed by, in {killer.entry}:\n    {group}:\n{text}"


def mutation_json(result: MutationResult) -> str:
    """Write the same as JSON."""
    outcome = result.outcome
    data: dict[str, Any] = {
        "schema": 1,
        "knowledge": result.base.version,
        "score": None if outcome.score is None else round(outcome.score, 2),
        **_as_counts(_counts(outcome)),
        "operators": {operator: _as_counts(_counts(outcome, operator)) for operator in OPERATORS},
        "survivors": [
            {
                "entry": each.subject,
                "operator": each.operator,
                "change": each.change,
                "file": each.at.file,
                "line": each.at.line,
                "killed_by": _killer(each, result.base),
            }
            for each in outcome.survivors
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _killer(survivor: Survivor, base: KnowledgeBase) -> dict[str, str] | None:
    killer = survivor.killer
    if killer is None:
        return None
    return {
        "entry": killer.entry,
        "group": "fires_on" if killer.fires else "silent_on",
        "example": written_example(killer.example, base.catalogue, 0),
    }


def _counts(outcome: Outcome, operator: str = "") -> tuple[int, int, int]:
    """Return how many were killed, survived, and make no difference."""
    by_operator = (outcome.killed, outcome.survived, outcome.equal)
    if operator:
        killed, survived, equal = (counts.get(operator, 0) for counts in by_operator)
    else:
        killed, survived, equal = (sum(counts.values()) for counts in by_operator)
    return killed, survived, equal


def _as_counts(counts: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("killed", "survived", "no_difference"), counts, strict=True))
