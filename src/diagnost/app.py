"""One function per command: takes plain values, returns data or text, knows no command line.

Everything is imported where it is used: a command starts with no more than it needs.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from diagnost.check.coverage import Coverage
    from diagnost.model.accounts import Pick
    from diagnost.model.indicator import Reading, Unit
    from diagnost.model.knowledge import KnowledgeBase
    from diagnost.model.located import Problem
    from diagnost.model.suspicion import Suspicion
    from diagnost.model.text import Text
    from diagnost.pipeline import Case


class UsageError(Exception):
    """Wrong use of a command: told in one line, exit code 2."""


def knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base with all its examples."""
    from diagnost.knowledge.base import load

    return load()


def ready_knowledge() -> "KnowledgeBase":
    """Return the shipped knowledge base without its examples, its plan compiled."""
    from diagnost.knowledge.cache import load_kept
    from diagnost.pipeline import keep_plan, plan_of

    base, plan = load_kept(plan_of)
    keep_plan(base, plan)
    return base


# --- diagnosis ------------------------------------------------------------------------------------


class Request(NamedTuple):
    """What a diagnosis is asked for."""

    file: Path
    form: str = "text"  # text | md | html | json
    language: str = "en"
    period: str = ""  # the last one if empty
    viewpoint: str = "owner"
    engine: str = "auto"
    width: int = 88
    peers: Path | None = None  # a file of other firms
    method: str = ""  # options that go before those of the accounts


def case_of(
    file: Path,
    *,
    engine: str = "auto",
    viewpoint: str = "owner",
    peers: Path | None = None,
    method: str = "",
) -> "Case":
    """Read accounts and diagnose them, beside a file of other firms if there is one.

    ``method`` picks options where traditions differ (``year=360``), before what the accounts pick.
    """
    from diagnost.intake.read import read_accounts
    from diagnost.pipeline import diagnose

    base = ready_knowledge()
    picks = _picks(method, base)
    accounts = read_accounts(file, base.catalogue, name=file.name, peers=peers)
    return diagnose(accounts, base, engine=engine, viewpoint=viewpoint, method=picks)


def _picks(method: str, base: "KnowledgeBase") -> "tuple[Pick, ...]":
    """Read the method of the command line; raise UsageError where it names nothing known."""
    if not method:
        return ()
    from diagnost.model.method import UnknownMethod, read_picks

    try:
        return read_picks(method, base.catalogue.methods)
    except UnknownMethod as error:
        raise UsageError(f"--method: {error}. {error.hint}") from None


def diagnosis(request: Request) -> tuple[str, "Case"]:
    """Return the written diagnosis and the case behind it."""
    from diagnost.knowledge.files import content_root

    case = case_of(
        request.file,
        engine=request.engine,
        viewpoint=request.viewpoint,
        peers=request.peers,
        method=request.method,
    )
    period = chosen_period(case, request.period)
    root = content_root()
    if request.form == "json":
        from diagnost.report.json_form import as_json

        return as_json(case, request.language, period, root), case
    from diagnost.report.narrative import write
    from diagnost.report.render import render

    document = write(case, request.language, period, root)
    return render(document, request.form, root, width=request.width), case


def chosen_period(case: "Case", wanted: str) -> str:
    """Return the period asked for, by default the last; raise UsageError if there is none."""
    ids = [period.id for period in case.accounts.periods]
    if not wanted:
        return ids[-1]
    if wanted not in ids:
        raise UsageError(f"there is no period {wanted}; the accounts have {', '.join(ids)}")
    return wanted


def reached(case: "Case", period: str, gravity: str) -> bool:
    """Say whether a spoken finding of the period is at least that grave (``--fail-on``)."""
    from diagnost.model.indicator import Polarity

    order = ("note", "serious", "critical")
    least = order.index(gravity)
    return any(
        f.period == period
        and not f.gave_way_to
        and f.statement.polarity in (Polarity.BAD, Polarity.IMPOSSIBLE)
        and order.index(f.statement.weight.value) >= least
        for f in case.diagnosis.findings
    )


def indicator_table(file: Path, language: str, *, width: int = 88, method: str = "") -> str:
    """Return the readings of a company with norms and trends."""
    from diagnost.knowledge.files import content_root
    from diagnost.report.narrative import write
    from diagnost.report.render import render

    case = case_of(file, method=method)
    root = content_root()
    document = write(case, language, case.accounts.periods[-1].id, root)
    return render(document, "indicators", root, width=width)


# --- questions ------------------------------------------------------------------------------------


class Question(NamedTuple):
    """Which entry is asked about, in which period of which accounts."""

    file: Path
    entry: str
    form: str = "text"  # text | json
    language: str = "en"
    period: str = ""  # the last one if empty
    viewpoint: str = "owner"
    engine: str = "auto"
    width: int = 88
    peers: Path | None = None
    method: str = ""  # options that go before those of the accounts


def why(question: Question) -> str:
    """Return why an entry is as it is, down to the cells of the accounts."""
    import json

    from diagnost import __version__
    from diagnost.explain.lookup import UnknownEntry, find_entry
    from diagnost.explain.why import KINDS, why
    from diagnost.explain.why_json import as_data
    from diagnost.explain.why_text import as_text

    case = case_of(
        question.file,
        engine=question.engine,
        viewpoint=question.viewpoint,
        peers=question.peers,
        method=question.method,
    )
    period = chosen_period(case, question.period)
    try:
        entry = find_entry(case.base, question.entry, KINDS)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
    tree = why(case, entry, period)
    pen = CaseHand(question.language, case)
    if question.form == "text":
        return as_text(tree, case.base, pen, question.width)
    head = {"schema": 1, "version": __version__, "knowledge": case.base.version}
    data = {**head, "language": question.language, **as_data(tree, pen)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


class Hand:
    """The hand behind the pen of ``diagnost.explain``: writes with what the report has."""

    def __init__(self, language: str) -> None:
        from diagnost.knowledge.files import content_root
        from diagnost.report.words import words_of

        self.language = language
        self.words = words_of(language, content_root())

    def value(self, value: "Decimal", unit: "Unit") -> str:
        """Write a value in its unit; money as a plain amount."""
        from diagnost.report import formats

        match unit.value:
            case "percent":
                return formats.percent(value, self.language)
            case "days":
                return formats.days(value, self.language, self.words)
            case "money":
                return formats.amount(value, self.language)
            case _:
                return formats.times(value, self.language)

    def edge(self, value: "Decimal", unit: "Unit") -> str:
        """Write the edge of a band, without idle noughts."""
        from diagnost.report import formats

        if unit.value == "times":
            return formats.limit(value, self.language)
        return self.value(value, unit)

    def cut(self, text: str, width: int) -> str:
        """Cut a text off where the line ends."""
        if self.width_of(text) <= width:
            return text
        while self.width_of(text) > width - 1:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def wrapped(self, text: str, width: int) -> str:
        """Break a text into lines."""
        from diagnost.report.layout import wrapped

        return wrapped(text, width)

    def width_of(self, text: str) -> int:
        """Return how many columns a text takes on a terminal."""
        from diagnost.report.layout import width_of

        return width_of(text)


class CaseHand(Hand):
    """The same hand with the figures of a case."""

    def __init__(self, language: str, case: "Case") -> None:
        from diagnost.report.figures import Figures
        from diagnost.report.notes import Notebook

        super().__init__(language)
        self._figures = Figures(case, language, self.words)
        self._notes = Notebook(self._figures)

    def sentence(self, text: "Text | None", period: str) -> str | None:
        """Put the figures of a period into a text; None where one is not known."""
        return self._figures.sentence(text, period)

    def derivation(self, reading: "Reading") -> str:
        """Write how a reading came about."""
        return self._notes.derivation(reading)

    def suspicion(self, suspicion: "Suspicion", period: str) -> str:
        """Say which figures are most likely wrong."""
        from diagnost.report.suspicions import suspicion_text

        return suspicion_text(suspicion, self._figures, period)


# --- files ----------------------------------------------------------------------------------------


def refuse_unwritable(path: Path, *, source: Path | None = None, overwrite: bool = True) -> None:
    """Raise UsageError where a file cannot be written, before any work is done for it."""
    try:
        if path.is_dir():
            raise UsageError(f"cannot write {path}: it is a folder")
        if not path.parent.is_dir():
            raise UsageError(f"cannot write {path}: there is no folder {path.parent}")
        if source is not None and path.exists() and path.samefile(source):
            raise UsageError(f"cannot write {path}: that would overwrite the accounts")
        if not overwrite and (path.exists() or path.is_symlink()):
            raise UsageError(f"{path} is there already: use --force to overwrite it")
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write {path}: {_reason(error)}") from error


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; what stood there stays until the new one is complete."""
    part = None
    try:
        if path.exists() and not path.is_file():  # a device or a pipe takes what it is given
            path.write_bytes(data)
            return
        goal = path.resolve()
        part = goal.with_name(f".{goal.name}.{os.getpid()}.part")
        with part.open("xb") as file:
            file.write(data)
        if goal.exists():
            part.chmod(goal.stat().st_mode & 0o777)
        part.replace(goal)
    except (OSError, ValueError) as error:
        if part is not None and not isinstance(error, FileExistsError):
            part.unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


# --- the trainers' workbench ----------------------------------------------------------------------


class CheckResult(NamedTuple):
    """The problems of a knowledge base and how much was looked at."""

    problems: tuple["Problem", ...]
    entries: int
    examples: int


def check_knowledge(paths: Iterable[str] = ()) -> CheckResult:
    """Check shape, references, language and examples of the whole base.

    With ``paths`` only problems in those files (or folders) are returned.
    """
    from diagnost.check.examples import check_example, trials
    from diagnost.check.lint import lint
    from diagnost.knowledge.base import load_with_problems

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


def _plan_problems(base: "KnowledgeBase") -> "tuple[Problem, ...]":
    from diagnost.model.located import DiagnostError
    from diagnost.pipeline import plan_of

    try:
        plan_of(base)
    except DiagnostError as error:
        return error.problems
    return ()


def _as_name(path: str) -> str:
    """Return how places call a file of the knowledge base; raise UsageError if it is none."""
    from diagnost.knowledge.files import content_root

    root = content_root().resolve()
    full = Path(path).resolve()
    for candidate in (full, root / path):  # as seen from here, or as places call it
        if candidate.exists() and candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    if full.exists():
        raise UsageError(f"{path} is no part of the knowledge base in {root}")
    raise UsageError(f"there is no file or folder {path}")


def _within(name: str, wanted: tuple[str, ...]) -> bool:
    return any(path in (name, ".") or name.startswith(f"{path}/") for path in wanted)


def listing(kind: str, language: str, *, width: int | None = None) -> str:
    """Return the entries of a kind (``indicators`` …), or without a kind how many there are.

    Lines are cut at ``width`` if one is given.
    """
    from diagnost.explain.listing import PLURALS, listing, overview
    from diagnost.explain.names import Names

    if kind and kind not in PLURALS:
        raise UsageError(f"there is no kind '{kind}'; the kinds are {', '.join(PLURALS)}")
    base = ready_knowledge()
    if not kind:
        counts = overview(base)
        longest = max(len(plural) for plural, _ in counts)
        return "".join(f"{plural:<{longest}}  {count:>5}\n" for plural, count in counts)
    hand = Hand(language)
    lines = tuple(listing(base, PLURALS[kind], Names(base, hand)))
    ids = max((len(line.id) for line in lines), default=0)
    symbols = max((len(line.symbol) for line in lines), default=0)
    written = []
    for line in lines:
        symbol = f"{line.symbol:<{symbols}}  " if symbols else ""
        head = f"{line.id:<{ids}}  {symbol}"
        room = max(width - len(head), 24) if width else 0
        written.append(f"{head}{hand.cut(line.text, room) if room else line.text}".rstrip())
    return "".join(f"{line}\n" for line in written)


def entry(name: str, language: str, *, width: int = 88) -> str:
    """Return everything about the entry that a name means."""
    from diagnost.explain.branch import draw
    from diagnost.explain.lookup import UnknownEntry, find_entry
    from diagnost.explain.names import Names
    from diagnost.explain.show import show

    base = knowledge()
    hand = Hand(language)
    try:
        found = find_entry(base, name)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
    return draw(show(base, found, Names(base, hand)), hand, width)


def form(kind: str, language: str) -> bytes:
    """Return an empty form for accounts: xlsx, csv or yaml."""
    from diagnost.intake.form import write_form

    return write_form(kind, ready_knowledge().catalogue, language)


def knowledge_coverage() -> "Coverage":
    """Return which statements of the sources are encoded, excused or missing."""
    from diagnost.check.coverage import coverage

    return coverage(knowledge())


def coverage_text(found: "Coverage", *, missing_only: bool = False) -> str:
    """Write the coverage by source and section, or the ids that are missing, one a line."""
    if missing_only:
        return "".join(f"{id_}\n" for id_ in found.missing)
    from diagnost.report.layout import columns

    head = ("section", "title", "all", "encoded", "excused", "missing")
    return columns([head, *found.rows()], 100, right=(2, 3, 4, 5)) + "\n"


def coverage_json(found: "Coverage") -> str:
    """Write the coverage with all ids as JSON."""
    import json

    data = {"schema": 1, "knowledge": knowledge().version, **found.as_data()}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
