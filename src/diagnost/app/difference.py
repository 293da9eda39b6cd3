"""Two states of the knowledge: which entries differ, and which diagnoses would."""

from collections.abc import Iterator
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.app.shipped import leave_alone, packs_in_use
from diagnost.explain.knowledge_diff import Behind, KnowledgeDiff, knowledge_diff
from diagnost.intake.files import SUFFIXES
from diagnost.intake.read import read_accounts, read_accounts_in
from diagnost.knowledge import files
from diagnost.knowledge.base import load
from diagnost.knowledge.pack_files import MANIFEST
from diagnost.knowledge.packs import read_packs
from diagnost.model.accounts import Accounts
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError
from diagnost.pipeline import Case, diagnose
from diagnost.report.before_after import Side
from diagnost.report.regression import Regression, regression
from diagnost.report.words import words_of
from diagnost.yaml_reader import Mapping, Scalar, read

SHIPPED = "shipped"
"""How the command line calls the knowledge that comes with the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRequest:
    """Which two states of the knowledge are compared, and on which cases."""

    old: str
    new: str
    cases: tuple[Path, ...] = ()
    form: str = "text"
    language: str = "en"


class Tried(NamedTuple):
    """A case under both states: what would be otherwise, or why it cannot be said."""

    name: str
    found: tuple[Regression, ...] = ()
    unreadable: str = ""


def difference(request: DiffRequest) -> str:
    """Return what differs between two states of the knowledge, and in the diagnoses of cases."""
    cases = tuple(_case_files(request.cases))
    old, new = _state(request.old), _state(request.new)
    leave_alone()
    found = knowledge_diff(old, new)
    tried = [_try(path, old, new, request.language) for path in cases]
    behind = Behind(old, new, found.ids)
    if request.form == "json":
        return machine_form(new, _data(found, tried, behind))
    return "".join(f"{line}\n" for line in _lines(found, tried, behind))


def _state(name: str) -> KnowledgeBase:
    """Load what a word of the command line means: a folder of knowledge, a pack, or what ships."""
    packs = packs_in_use()
    if name == SHIPPED:
        return load(packs=packs)
    path = Path(name)
    if path.suffix == ".zip" or (path / MANIFEST).is_file():
        return load(packs=(*packs, *read_packs([path])))
    if not path.is_dir():
        raise UsageError(
            f"{name} is no folder; name a folder with knowledge/ and rules/, a pack, or {SHIPPED}"
        )
    lacking = [each for each in files.NEEDED if not (path / each).is_file()]
    if lacking:
        raise UsageError(
            f"{name} holds no knowledge base: there is no {lacking[0]} in it, nor a {MANIFEST}"
        )
    return load(path, packs)


def _case_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the cases: files as named, of a folder those that can be read directly in it.

    A file with what is expected of a company stands for the accounts that it names.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"--cases: there is no file or folder {path}")
        if not path.is_dir():
            yield _accounts_beside(path)
            continue
        inner = [p for p in sorted(path.iterdir()) if p.suffix.lower() in SUFFIXES]
        if not inner:
            raise UsageError(f"--cases: {path} has no accounts in it ({', '.join(SUFFIXES)})")
        yield from dict.fromkeys(_accounts_beside(each) for each in inner)


def _accounts_beside(path: Path) -> Path:
    """Return the accounts that a whole case names, or the file itself."""
    node = _expecting(path)
    named = node.get("file") if node is not None else None
    if isinstance(named, Scalar) and named.text:
        return Path(normpath(path.parent / named.text))
    return path


def _expecting(path: Path) -> Mapping | None:
    """Return what stands in a file of a whole case; None for any other file."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return None
    try:
        node = read(path, name=path.name)
    except DiagnostError:
        return None  # told where its accounts are read
    return node if isinstance(node, Mapping) and "expect" in node.entries else None


def _read(path: Path, base: KnowledgeBase) -> Accounts:
    node = _expecting(path)
    inline = node.get("accounts") if node is not None else None
    if inline is not None:
        return read_accounts_in(inline, base.catalogue, path.name)
    return read_accounts(path, base.catalogue, name=path.name)


def _try(path: Path, old: KnowledgeBase, new: KnowledgeBase, language: str) -> Tried:
    cases = []
    for base in (old, new):
        try:
            accounts = _read(path, base)
        except DiagnostError as error:
            which = "after the change" if base is new else "before the change"
            return Tried(path.name, unreadable=f"{which}: {error.problems[0]}")
        cases.append(diagnose(accounts, base))
    words = words_of(language, files.content_root())
    found = tuple(
        regression(name, _last(before), _last(after), language, words)
        for name, before, after in _pairs(path.name, *cases)
    )
    return Tried(path.name, tuple(each for each in found if not each.empty))


def _pairs(name: str, before: Case, after: Case) -> Iterator[tuple[str, Case, Case]]:
    """Yield the company as a whole, then the people who are looked at in both states."""
    yield name, before, after
    people = {c.subject.name: c for c in before.subjects if c.subject is not None}
    for case in after.subjects:
        if case.subject is not None and case.subject.name in people:
            yield f"{name}, {case.subject.name}", people[case.subject.name], case


def _last(case: Case) -> Side:
    return Side(case, case.accounts.periods[-1].id)


# --- written --------------------------------------------------------------------------------------


def _lines(found: KnowledgeDiff, tried: list[Tried], behind: Behind) -> Iterator[str]:
    counts = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    yield f"Entries: {counts}" if found.ids else "Entries: no difference"
    for sign, items in (("+", found.added), ("-", found.removed)):
        for item in items:
            yield f"{sign} {item.kind} {item.id}  {item.at}"
    for entry in found.changed:
        yield f"~ {entry.kind} {entry.id}  {entry.at}"
        for change in entry.changes:
            yield f"    {change.aspect}"
            yield from (f"      - {change.before}",) if change.before else ()
            yield from (f"      + {change.after}",) if change.after else ()
    if not tried:
        return
    moved = [each for each in tried if each.found or each.unreadable]
    yield ""
    yield f"Diagnoses: {len(moved)} of {len(tried)} would change"
    for each in moved:
        if each.unreadable:
            yield f"{each.name} cannot be read {each.unreadable}"
        for one in each.found:
            yield from _told(one, behind)


def _told(found: Regression, behind: Behind) -> Iterator[str]:
    yield f"{found.case} ({found.period})"
    for area, before, after in found.verdicts:
        yield f"  ~ {area}: {before or 'not judged'} → {after or 'not judged'}"
    for sign, told in (("-", found.gone), ("+", found.new)):
        for each in told:
            yield f"  {sign} {each.kind} {each.id}{_because(each.id, behind)}"
            yield from (f"      {each.sentence}",) if each.sentence else ()
    for reworded in found.reworded:
        yield f"  ~ {reworded.id}{_because(reworded.id, behind)}"
        yield f"      - {reworded.before}"
        yield f"      + {reworded.after}"


def _because(entry: str, behind: Behind) -> str:
    others = [id_ for id_ in behind.nearest(entry) if id_ != entry]
    return f"  (through {', '.join(others)})" if others else ""


def _data(found: KnowledgeDiff, tried: list[Tried], behind: Behind) -> dict[str, Any]:
    def told(each: Any) -> dict[str, Any]:
        return {"id": each.id, "text": each.sentence, "through": list(behind.nearest(each.id))}

    def case(each: Regression) -> dict[str, Any]:
        of = {kind: [t for t in (*each.gone, *each.new) if t.kind == kind] for kind in _KINDS}
        return {
            "case": each.case,
            "period": each.period,
            "verdicts": [
                {"area": a, "before": b or None, "after": c or None} for a, b, c in each.verdicts
            ],
            **{
                f"{key}_{end}": [told(t) for t in of[kind] if t in group]
                for kind, key in _KINDS.items()
                for end, group in (("gone", each.gone), ("new", each.new))
            },
            "reworded": [
                {
                    "id": r.id,
                    "before": r.before,
                    "after": r.after,
                    "through": list(behind.nearest(r.id)),
                }
                for r in each.reworded
            ],
        }

    return {
        "added": [{"kind": i.kind, "id": i.id, "place": str(i.at)} for i in found.added],
        "removed": [{"kind": i.kind, "id": i.id, "place": str(i.at)} for i in found.removed],
        "changed": [
            {
                "kind": c.kind,
                "id": c.id,
                "place": str(c.at),
                "changes": [each._asdict() for each in c.changes],
            }
            for c in found.changed
        ],
        "cases_tried": len(tried),
        "cases": [case(one) for each in tried for one in each.found],
        "unreadable": [{"case": t.name, "why": t.unreadable} for t in tried if t.unreadable],
    }


_KINDS = {"statement": "findings", "recommendation": "recommendations"}
"""What a document tells by entries of a kind, as JSON calls it."""
