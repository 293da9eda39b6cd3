"""Whole cases beside the knowledge and in packs: diagnosed, and what came out otherwise told."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from diagnost.app.case_hand import CaseHand
from diagnost.app.paths import within
from diagnost.check.whole_cases import FOLDER, Miss, WholeCase, misses, read_cases
from diagnost.explain.branch import Branch
from diagnost.explain.cells import Cells
from diagnost.explain.cells_text import CellsText
from diagnost.explain.unmet import unmet
from diagnost.explain.unmet_text import UnmetText
from diagnost.knowledge.packs import Pack
from diagnost.knowledge.shape import Problems
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.pipeline import Case


class CasesChecked(NamedTuple):
    """What the cases of some folders brought up, and how many there were."""

    problems: tuple[Problem, ...]
    cases: int


def check_cases(
    base: KnowledgeBase, root: Path, packs: Sequence[Pack] = (), wanted: tuple[str, ...] = ()
) -> CasesChecked:
    """Diagnose the cases below ``root``; K505 for what came out otherwise.

    Where there are packs, only theirs are: those below ``root`` hold without packs.
    With ``wanted`` only the cases in these files or folders.
    """
    problems = Problems()
    cases = [] if packs else list(read_cases(root, base, problems))
    for pack in packs:
        with _unpacked(pack) as folder:
            cases += read_cases(folder, base, problems, pack.label)
    ran = [each for each in cases if not wanted or within(each.at.file, wanted)]
    found: list[Problem] = list(problems)
    for whole in ran:
        case = whole.diagnosed(base)
        found += (_problem(whole, case, miss) for miss in misses(whole, case))
    return CasesChecked(tuple(found), len(ran))


@contextmanager
def _unpacked(pack: Pack) -> Iterator[Path]:
    """Lay the cases of a pack into a folder, since accounts are read from files."""
    with TemporaryDirectory(prefix="diagnost-") as folder:
        root = Path(folder)
        for name, content in pack.files.items():
            if name.startswith(f"{FOLDER}/"):
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        yield root


def _problem(whole: WholeCase, case: Case, miss: Miss) -> Problem:
    expected, got = miss
    if expected.kind == "verdicts":
        message = f"expected is {expected.id}: {expected.word}, got {got}"
    elif expected.kind == "silent":
        message = f"expected is that {expected.id} keeps silent, got that {got}"
    else:
        singular = expected.kind.removesuffix("s")
        message = f"expected is the {singular} {expected.id}, got {got or 'nothing of it'}"
    return Problem("K505", message, expected.at, _why(whole, case, miss))


def _why(whole: WholeCase, case: Case, miss: Miss) -> str:
    """Say on what an entry fired, or what its condition lacks."""
    rule = case.base.rules.get(miss.expected.id)
    if rule is None or miss.got not in ("", "it fired"):
        return ""
    period = whole.judged_period
    cases = [one for one in (case, *case.subjects) if one.subject is None or rule.per]
    if miss.got:
        firings = (f for one in cases for f in one.runs[period].fired(rule.id))
        facts = ", ".join(f"{key}: {word}" for key, word in next(firings).used)
        return f"It rests on {facts}." if facts else "Its condition asks only for absences."
    if rule.per:
        return ""  # each of the people may lack something else
    text = CellsText(case.base, CaseHand("en", case), period)
    lines = UnmetText(text).branches(unmet(rule.when, Cells(case, period)))
    return " ".join(_flat(lines))


def _flat(branches: Iterable[Branch]) -> Iterator[str]:
    for branch in branches:
        yield f"{branch.label}: {branch.text}" if branch.text else f"{branch.label}:"
        yield from _flat(branch.children)
