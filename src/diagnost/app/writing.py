"""``new``: an entry to begin with, put into its file; nothing that stands there is touched."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.open_content import OpenContent
from diagnost.app.saving import save
from diagnost.check.first_examples import first_examples
from diagnost.knowledge import files
from diagnost.knowledge.inserting import NoPlace, with_item
from diagnost.knowledge.json_schema import SUFFIX
from diagnost.knowledge.pack_files import MANIFEST
from diagnost.knowledge.skeletons import LIST_OF, Draft, indicator, norm, skeleton, topic_head
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError, Problem
from diagnost.yaml_reader import Mapping, read_bytes

KINDS = ("topic", *LIST_OF)
_IN_RULES = frozenset({"rule", "cause", "ruling"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be written: a kind, a whole id and what is known of it."""

    kind: str
    id: str
    draft: Draft
    folder: Path | None = None
    file: Path | None = None
    bands: str = ""  # as the command line writes them: low < 1, safe <= 2, high


class Written(NamedTuple):
    """What was written and where; ``check`` is the command that checks it."""

    id: str
    file: Path
    line: int
    texts: int
    check: str


def write_entry(wish: Wish) -> Written:
    """Write a new entry and return its place; raise UsageError where that cannot be.

    What would be written is loaded first, over all that stands: an unknown fact, source or finding
    and a name that is taken are told, and nothing is written.
    """
    if wish.kind not in KINDS:
        raise UsageError(f"there is no kind '{wish.kind}'; the kinds are {', '.join(KINDS)}")
    content = _content(wish.folder)
    topic, _, own = wish.id.rpartition(".")
    if not topic and wish.kind != "question":
        raise UsageError(f"'{wish.id}' is no whole id; write <side>.<area>.<topic>.<its own name>")
    name = _file_of(wish, content, wish.id if wish.kind == "topic" else topic)
    path = content.root / name
    there = path.exists()
    if wish.kind == "topic" and there:
        raise UsageError(f"{path} is there already")
    if wish.kind == "question" and not there:
        raise UsageError(f"there is no file of questions {path}; name one with --topic")
    before = path.read_bytes() if there else b""
    whole = wish.id if wish.kind == "question" else own
    draft = wish.draft._replace(
        kind=wish.kind, id=whole, languages=content.languages, bands=_bands(wish.bands)
    )
    if wish.kind == "question":
        draft = _asked_in(draft, before, name)
    base = _loaded(content, name, _put(wish, draft, before, name, content))
    rule = base.rules.get(wish.id)
    if rule is not None:
        fires_on, silent_on = first_examples(base, rule)
        draft = draft._replace(fires_on=fires_on, silent_on=silent_on)
    after = _put(wish, draft, before, name, content)
    read_bytes(after, name=name)  # nothing is written that is no YAML
    path.parent.mkdir(parents=True, exist_ok=True)
    save(path, after)
    old, new = before.decode().splitlines(), after.decode().splitlines()
    line = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    todo = sum(text.endswith(": TODO") for text in new)
    todo -= sum(text.endswith(": TODO") for text in old)
    return Written(wish.id, _as_named(wish, name, path), line + 1, todo, _check(wish, content))


def _as_named(wish: Wish, name: str, path: Path) -> Path:
    """Return the file as the user sees it: below the folder named, if one was."""
    return wish.folder / name if wish.folder is not None else path


def _check(wish: Wish, content: OpenContent) -> str:
    """Return the command that checks what was written."""
    return "diagnost check" if content.pack is None else f"diagnost pack check {wish.folder or '.'}"


def _asked_in(draft: Draft, before: bytes, name: str) -> Draft:
    """Return a question with the area that its id names, and the labels that its file has."""
    node = read_bytes(before, name=name)
    labels = node.get("labels") if isinstance(node, Mapping) else None
    known = frozenset(labels.entries) if isinstance(labels, Mapping) else frozenset()
    own = name.endswith("questionnaire.yaml")
    area = draft.area or ([*draft.id.split("."), ""][1] if own else "")
    labelled = known if own else known | frozenset(draft.words)
    return draft._replace(area=area, labelled=labelled)


def _content(folder: Path | None) -> OpenContent:
    """Return what is written in: the folder named, the current one if it is a pack, else ours."""
    here = folder or Path.cwd()
    if folder is not None or (here / MANIFEST).is_file():
        return OpenContent(here)
    root = files.content_root()
    if root == Path(files.__file__).parent.parent / "content":
        raise UsageError(
            "the knowledge here belongs to the installed program; write in a pack: --in DIR"
        )
    return OpenContent(root)


def _file_of(wish: Wish, content: OpenContent, topic: str) -> str:
    """Return the file that an entry belongs into, by its path within the root."""
    if wish.file is not None:
        for candidate in (wish.file.absolute(), (content.root / wish.file).absolute()):
            if candidate.is_relative_to(content.root.absolute()):
                return candidate.relative_to(content.root.absolute()).as_posix()
        raise UsageError(f"--topic: {wish.file} lies outside {content.root}")
    if wish.kind == "question":
        side = wish.id.partition(".")[0]
        own = f"knowledge/{side}/questionnaire.yaml"
        return own if (content.root / own).is_file() else "knowledge/context.yaml"
    inner = f"{topic.replace('.', '/')}.yaml"
    folders = ("rules", "knowledge") if wish.kind in _IN_RULES else ("knowledge", "rules")
    there = [f"{each}/{inner}" for each in folders if (content.root / each / inner).is_file()]
    return there[0] if there else f"{folders[0]}/{inner}"


def _put(wish: Wish, draft: Draft, before: bytes, name: str, content: OpenContent) -> bytes:
    """Return the file with the entry in it."""
    topic = files.topic_of(name)
    if not before and wish.kind != "question":
        schema = content.root / "schemas" / f"topic{SUFFIX}"
        up = "../" * (len(Path(name).parts) - 1)
        link = f"{up}schemas/topic{SUFFIX}" if schema.is_file() else ""
        before = ("\n".join(topic_head(topic, draft.area, link)) + "\n").encode()
    if wish.kind == "topic":
        lines = ["", "indicator:", *(f"  {line}" for line in indicator(draft._replace(bands=())))]
        lines += ["", "norms:", *(f"  {line}" for line in norm(draft))] if draft.bands else []
        return before + ("\n".join(lines) + "\n").encode()
    try:
        return with_item(before, name, LIST_OF[wish.kind], skeleton(draft))
    except NoPlace as error:
        raise UsageError(str(error)) from None


def _loaded(content: OpenContent, name: str, text: bytes) -> KnowledgeBase:
    """Load with this text; raise UsageError for problems that are not there without it."""
    try:
        base, problems = content.load({name: text})
    except DiagnostError as error:
        raise UsageError(_told(error.problems)) from None
    if problems:
        known = {(p.code, p.message) for p in content.load({})[1]}
        fresh = [p for p in problems if (p.code, p.message) not in known]
        if fresh:
            raise UsageError(_told(fresh))
    return base


def _told(problems: tuple[Problem, ...] | list[Problem]) -> str:
    lines = [f"{problem.code} {problem.message}. {problem.hint}".strip() for problem in problems]
    return "nothing was written: " + "; ".join(dict.fromkeys(lines))


def _bands(written: str) -> tuple[dict[str, str], ...]:
    """Read ``low < 1, safe <= 2, high`` as the bands of a norm, from the lowest up."""
    found = []
    for part in (each.strip() for each in written.split(",") if each.strip()):
        for sign, key in (("<=", "through"), ("<", "below")):
            if sign in part:
                name, edge = (piece.strip() for piece in part.split(sign, 1))
                found.append({"id": name, "polarity": "info", key: edge, "assumed": "yes"})
                break
        else:
            found.append({"id": part, "polarity": "info"})
    return tuple(found)


Ask = Callable[[str, str], str]
"""Asks for a line: the question and an example of an answer."""


def lacking(kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return what a kind needs beside its id: field, question, example."""
    when = ("when", "When does it hold?", "{finance.liquidity.quick_ratio: low}")
    figures = (
        ("symbol", "Its symbol, short and unique?", "WPX"),
        ("formula", "Its formula?", "current_assets / current_liabilities"),
        ("unit", "Its unit?", "times"),
    )
    return {
        "topic": figures,
        "indicator": figures,
        "statement": (when,),
        "rule": (when, ("then", "Which word of which state follows?", "{state: word}")),
        "cause": (
            ("effects", "Which findings does it explain?", "id, id"),
            ("causes", "By which findings?", "id, id"),
        ),
        "ruling": (when, ("silences", "What gives way?", "id, id")),
        "recommendation": (when, ("answers", "Which findings is it an answer to?", "id, id")),
        "question": (("words", "Which words does it take?", "yes, no"),),
    }[kind]
