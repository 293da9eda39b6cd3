"""Whole cases beside the knowledge: what must be found, judged and advised for a company, and not.

A file of ``cases/`` holds one case: accounts, inline or in a file beside, and what is expected of
their diagnosis. A file that a case names as its accounts is no case itself.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from diagnost.compute.sides import sides_given
from diagnost.intake.read import read_accounts, read_accounts_in
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.accounts import Accounts
from diagnost.model.diagnosis import Advice, Cause, Finding
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At, DiagnostError, nearest
from diagnost.model.method import UnknownMethod, read_picks
from diagnost.model.rule import VIEWPOINTS
from diagnost.pipeline import Case, diagnose
from diagnost.yaml_reader import Mapping as NodeMapping
from diagnost.yaml_reader import Node, Scalar, read

FOLDER = "cases"
KINDS = ("findings", "causes", "recommendations")
"""What may be expected by id."""


class Expected(NamedTuple):
    """One thing expected: of which ``kind``, and where that stands.

    ``kind`` is one of ``KINDS``, ``silent``, or ``verdicts``: then ``id`` is an area and ``word``
    the judgement.
    """

    kind: str
    id: str
    at: At
    word: str = ""


class WholeCase(NamedTuple):
    """A company, how it is to be looked at, and what is expected of its diagnosis."""

    at: At
    accounts: Accounts
    expected: tuple[Expected, ...]
    period: str = ""  # the last one if empty
    viewpoint: str = "owner"
    method: str = ""

    def diagnosed(self, base: KnowledgeBase) -> Case:
        """Diagnose the company."""
        picks = read_picks(self.method, base.catalogue.methods) if self.method else ()
        return diagnose(
            self.accounts, base, engine="builtin", viewpoint=self.viewpoint, method=picks
        )

    @property
    def judged_period(self) -> str:
        """Return the period of which something is expected."""
        return self.period or self.accounts.periods[-1].id


class Miss(NamedTuple):
    """Something expected that came out otherwise; ``got`` tells how."""

    expected: Expected
    got: str


def case_files(root: Path) -> tuple[str, ...]:
    """Return the names of the YAML files below ``cases/`` of a root folder, in order."""
    found = (path.relative_to(root).as_posix() for path in (root / FOLDER).rglob("*.yaml"))
    return tuple(sorted(found))


def read_cases(
    root: Path, base: KnowledgeBase, problems: Problems, label: str = ""
) -> tuple[WholeCase, ...]:
    """Read the cases of a root folder; what is wrong with a file goes to ``problems``.

    ``label`` is what places call the folder (that of a pack).
    """
    reader = _Reader(root.resolve(), base, problems, f"{label}/" if label else "")
    nodes = {name: node for name in case_files(root) if (node := reader.node(name)) is not None}
    named = {accounts for name, node in nodes.items() if (accounts := reader.named(name, node))}
    found = [reader.case(name, node) for name, node in nodes.items() if name not in named]
    return tuple(case for case in found if case is not None)


class _Reader:
    """Reads the cases of one folder."""

    def __init__(self, root: Path, base: KnowledgeBase, problems: Problems, prefix: str) -> None:
        self._root = root
        self._base = base
        self._problems = problems
        self._prefix = prefix

    def node(self, name: str) -> Node | None:
        try:
            return read(self._root / name, name=f"{self._prefix}{name}")
        except DiagnostError as error:
            self._problems.extend(error.problems)
            return None

    def named(self, name: str, node: Node) -> str:
        """Return the file of the same folder that a case names as its accounts, '' if none."""
        file = node.get("file") if isinstance(node, NodeMapping) else None
        if not isinstance(file, Scalar) or not file.text:
            return ""
        path = (self._root / name).parent.joinpath(file.text).resolve()
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else ""

    def case(self, name: str, node: Node) -> WholeCase | None:
        shape = Shape(node, self._problems, "a case")
        before = len(self._problems)
        shape.word("about", default="")
        period = shape.word("period", default="")
        viewpoint = shape.word("viewpoint", among=VIEWPOINTS, default="owner")
        method = shape.word("method", default="")
        inline = shape.node("accounts")
        file = shape.scalar("file") if "file" in shape.entries else None
        expected = self._expected(shape.node("expect", required=True))
        shape.taken.add("file")
        shape.done()
        if (inline is None) == (file is None):
            hint = "Write accounts: with periods and lines below it, or file: and its name."
            self._problems.say("K107", "a case has either accounts or a file", node.at, hint)
        if len(self._problems) > before:
            return None
        accounts = self._accounts(name, inline, file)
        if accounts is None or not self._can_be_judged(accounts, period, method, node.at):
            return None
        return WholeCase(node.at, accounts, expected, period, viewpoint, method)

    def _expected(self, node: Node | None) -> tuple[Expected, ...]:
        if node is None:
            return ()
        shape = Shape(node, self._problems, "what is expected")
        found = [
            Expected(kind, scalar.text or "", scalar.at)
            for kind in (*KINDS, "silent")
            for scalar in shape.words(kind)
        ]
        verdicts = shape.node("verdicts")
        if isinstance(verdicts, NodeMapping):
            for area, (scalar, value) in verdicts.entries.items():
                word = value.text if isinstance(value, Scalar) else None
                found.append(Expected("verdicts", area, scalar.at, word or ""))
        elif verdicts is not None:
            hint = "Write {liquidity: strained}."
            self._problems.say("K107", "'verdicts' gives a word for each area", verdicts.at, hint)
        shape.done()
        for each in found:
            self._look_up(each)
        if not found and not shape.taken & shape.entries.keys():
            self._problems.say("K106", "a case must expect something", node.at)
        return tuple(found)

    def _look_up(self, expected: Expected) -> None:
        """Report an id, an area or a word that is not known."""
        base = self._base
        by_kind: dict[str, Mapping[str, object]] = {
            "findings": base.statements,
            "causes": base.causes,
            "recommendations": base.recommendations,
            "silent": base.rules,
            "verdicts": {s.verdict_on: s for s in base.states.values() if s.verdict_on},
        }
        known = by_kind[expected.kind]
        if expected.id not in known:
            hint = nearest(expected.id, known)
            message = f"'{expected.id}' is none of the {expected.kind} there are"
            if expected.kind == "silent":
                message = f"there is no entry '{expected.id}'"
            self._problems.say("K206", message, expected.at, hint)
        elif expected.kind == "verdicts":
            state = next(s for s in base.states.values() if s.verdict_on == expected.id)
            words = [word.id for word in state.words]
            if expected.word not in words:
                hint = f"Allowed: {', '.join(words)}."
                message = f"'{expected.word}' is no judgement on {expected.id}"
                self._problems.say("K202", message, expected.at, hint)

    def _accounts(self, name: str, inline: Node | None, file: Scalar | None) -> Accounts | None:
        try:
            if inline is not None:
                return read_accounts_in(inline, self._base.catalogue, f"{self._prefix}{name}")
            assert file is not None  # one of the two is there
            path = (self._root / name).parent.joinpath(file.text or "").resolve()
            if not path.is_relative_to(self._root):
                hint = "Put the accounts beside the case."
                self._problems.say("K107", "the file lies outside the knowledge", file.at, hint)
                return None
            called = f"{self._prefix}{path.relative_to(self._root).as_posix()}"
            return read_accounts(path, self._base.catalogue, name=called, within=self._root)
        except DiagnostError as error:
            self._problems.extend(error.problems)
            return None

    def _can_be_judged(self, accounts: Accounts, period: str, method: str, at: At) -> bool:
        ids = [each.id for each in accounts.periods]
        if period and period not in ids:
            hint = f"The accounts have {', '.join(ids)}."
            self._problems.say("K206", f"there is no period '{period}'", at, hint)
            return False
        try:
            _ = method and read_picks(method, self._base.catalogue.methods)
        except UnknownMethod as error:
            self._problems.say("K212", str(error), at, error.hint)
            return False
        return True


def misses(whole: WholeCase, case: Case) -> Iterator[Miss]:
    """Yield what came out otherwise than expected; ``case`` is the company, diagnosed."""
    period = whole.judged_period
    told = _told(case, period)
    gave_way = _gave_way(case, period)
    for each in whole.expected:
        if each.kind == "verdicts":
            stands = next(
                (
                    verdict
                    for verdict in case.diagnosis.verdicts
                    if (verdict.area, verdict.period) == (each.id, period)
                ),
                None,
            )
            word = stands.word.id if stands is not None else ""
            if word != each.word:
                because = ", ".join(stands.because) if stands is not None else ""
                rests = f", which rests on {because}" if because else ""
                yield Miss(each, f"{word}{rests}" if word else "no judgement")
        elif each.kind == "silent":
            if each.id in told:
                yield Miss(each, "it fired")
        elif each.id in gave_way:
            yield Miss(each, f"it gave way to {gave_way[each.id]}")
        elif each.id not in told:
            yield Miss(each, "" if _is_looked_at(each.id, case) else "its side was given nothing")


def _is_looked_at(entry: str, case: Case) -> bool:
    sides = sides_given(case.accounts, case.base.catalogue)
    return case.base.catalogue.side_of(entry) in ("", *sides)


def _entries(case: Case, period: str) -> Iterator[tuple[str, Finding | Cause | Advice]]:
    """Yield what was concluded in a period, of people too, by the id of its entry."""
    for one in (case, *case.subjects):
        found = one.diagnosis
        yield from ((f.statement.id, f) for f in found.findings if f.period == period)
        yield from ((c.rule.id, c) for c in found.causes if c.period == period)
        yield from ((a.recommendation.id, a) for a in found.advice if a.period == period)


def _told(case: Case, period: str) -> set[str]:
    told = {entry for entry, each in _entries(case, period) if not each.gave_way_to}
    firings = (run.firings for one in (case, *case.subjects) for run in [one.runs[period]])
    concluded = {**case.base.rulings, **case.base.conclusions}
    return told | {f.rule for fired in firings for f in fired if f.rule in concluded}


def _gave_way(case: Case, period: str) -> dict[str, str]:
    told = {entry for entry, each in _entries(case, period) if not each.gave_way_to}
    return {e: each.gave_way_to for e, each in _entries(case, period) if e not in told}
