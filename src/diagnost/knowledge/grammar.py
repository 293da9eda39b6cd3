"""What may stand in the files of the knowledge base, learnt from the loader while it reads them.

The loader says key by key what it looks for, whether or not it is there (``shape.Witness``); so the
schemas and the completion of an editor know every key that it takes, and no other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from diagnost.knowledge.base import load_with_problems
from diagnost.knowledge.files import content_root
from diagnost.knowledge.pack_files import MANIFEST
from diagnost.knowledge.pack_manifest import read_manifest
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.vocabulary_file import is_vocabulary
from diagnost.yaml_reader import Mapping, Node, Scalar, read_text
from diagnost.yaml_reader import Sequence as NodeSequence

_FIRM = ("flag", "percent", "number", "share", "id", "word", "words", "text", "items")
"""The kinds of values from the most telling to the least; ``scalar`` and ``node`` say less."""


class FileKind(NamedTuple):
    """A kind of file: the name of its schema and which files are of it, as glob patterns."""

    name: str
    patterns: tuple[str, ...]


FILE_KINDS = {
    "a topic": FileKind(
        "topic", ("knowledge/*/*/*.yaml", "!knowledge/*/calculators/*.yaml", "rules/*/*/*.yaml")
    ),
    "a calculator": FileKind("calculator", ("knowledge/*/calculators/*.yaml",)),
    "the questions": FileKind(
        "questions", ("knowledge/context.yaml", "knowledge/*/questionnaire.yaml")
    ),
    "the tables": FileKind("tables", ("knowledge/*/tables.yaml",)),
    "the line items": FileKind("line_items", ("knowledge/line_items.yaml",)),
    "the sources": FileKind("sources", ("knowledge/sources.yaml",)),
    "the reasons": FileKind("reasons", ("knowledge/reasons.yaml",)),
    "trends": FileKind("trends", ("knowledge/trends.yaml",)),
    "the benchmarks": FileKind("benchmarks", ("knowledge/benchmarks.yaml",)),
    "the methods": FileKind("methods", ("knowledge/methods.yaml",)),
    "the charts": FileKind("charts", ("knowledge/charts.yaml",)),
    "the levers": FileKind("levers", ("knowledge/levers.yaml",)),
    "the flows": FileKind("flows", ("knowledge/flows.yaml",)),
    "the vocabulary": FileKind("vocabulary", ("knowledge/vocabulary/*.yaml",)),
    "the layouts of filed statements": FileKind(
        "e_sprawozdanie", ("knowledge/e_sprawozdanie.yaml",)
    ),
    "the concepts of XBRL reports": FileKind("xbrl_concepts", ("knowledge/xbrl_concepts.yaml",)),
    "the excuses": FileKind("not_encoded", ("knowledge/not-encoded.yaml",)),
    "a pack": FileKind("pack", ("pack.yaml",)),
    "the areas": FileKind("areas", ("rules/areas.yaml",)),
    "the viewpoints": FileKind("viewpoints", ("rules/viewpoints.yaml",)),
    "the expected problems": FileKind("expected", ("rules/expected.yaml",)),
    "the action plan": FileKind("action_plan", ("rules/action_plan.yaml",)),
}
"""The kinds of files by what the loader calls the whole of one."""


@dataclass(slots=True)
class Place:
    """What may stand at one place: under a key, or as a member of a list.

    ``seen`` are the shapes of node that the shipped files have there, ``kinds`` what the loader
    asks for. A mapping has ``keys``; where its keys are names, ``free`` stands under each.
    ``sample`` is the first single value that a shipped file has there.
    """

    what: str = ""
    sample: str = ""
    kinds: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    keys: dict[str, "Place"] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    free: "Place | None" = None
    member: "Place | None" = None

    @property
    def kind(self) -> str:
        """Return the most telling kind of single value or list; '' for a mapping."""
        return next((kind for kind in _FIRM if kind in self.kinds), "")

    def under(self, key: str) -> "Place | None":
        """Return what may stand under a key."""
        return self.free if self.free is not None else self.keys.get(key)

    def inside(self) -> Iterator["Place"]:
        """Yield this place and all below it."""
        yield self
        for inner in (*self.keys.values(), self.free, self.member):
            if inner is not None:
                yield from inner.inside()


class _Learner:
    """Keeps what the loader asks, place by place."""

    def __init__(self) -> None:
        self.files: dict[str, Place] = {}
        self._place_of: dict[int, Place] = {}
        self._kept: list[Node] = []  # so that no two nodes have one identity
        self._free: set[int] = set()

    def mapping(self, node: Node, what: str) -> None:
        """Note a mapping: the whole of a file, or one whose place is known."""
        place = self._place_of.get(id(node))
        if place is None:
            place = self.files.setdefault(what, Place())
            self._put(node, place)
        place.what = place.what or what

    def free(self, node: Node) -> None:
        """Note that the keys of a mapping are names."""
        place = self._place_of[id(node)]
        place.free = place.free or Place()
        self._free.add(id(node))
        if isinstance(node, Mapping):
            for _, value in node.entries.values():
                self._put(value, place.free)

    def asked(
        self, node: Node, key: str, kind: str, *, among: Sequence[str] = (), required: bool = False
    ) -> None:
        """Note a key that is asked for."""
        whole = self._place_of[id(node)]
        value = node.get(key) if isinstance(node, Mapping) else None
        if id(node) in self._free:
            place = whole.free or Place()
        else:
            place = whole.keys.setdefault(key, Place())
            if kind == "node":
                whole.required[key] = whole.required.get(key, True) and required
        place.kinds.add(kind)
        place.words += [word for word in among if word and word not in place.words]
        if value is not None:
            self._put(value, place)

    def special(self, node: Node, kind: str) -> None:
        """Note a condition or an example; members of conditions are seen with the whole."""
        place = self._place_of.get(id(node))
        if place is not None:
            place.kinds.add(kind)

    def _put(self, node: Node, place: Place) -> None:
        if isinstance(node, Scalar):
            place.sample = place.sample or node.text or ""
        if id(node) in self._place_of or isinstance(node, Scalar):
            place.seen.add(type(node).__name__)
            return
        self._place_of[id(node)] = place
        self._kept.append(node)
        place.seen.add(type(node).__name__)
        if isinstance(node, NodeSequence):
            place.member = place.member or Place()
            for item in node.items:
                self._put(item, place.member)


_MANIFEST = """
id: a
version: 1.0.0
name: {en: A}
languages: [en]
needs: diagnost >= 0.1
licence: A
author: A
sources:
  - {prefix: A, language: en, title: {en: A}, sections: [{id: A1, count: 1, title: {en: A}}]}
switched_off:
  - {id: a.b, because: a}
replaces_templates: [a]
"""
"""A manifest with all that one may hold: no pack is shipped from which that could be learnt."""


@cache
def grammar(root: Path | None = None) -> dict[str, Place]:
    """Return what may stand in each kind of file, by the name of its schema.

    Learnt from the shipped files, or from those of another root.
    """
    learner = _Learner()
    load_with_problems(root or content_root(), witness=learner)
    problems = Problems()
    problems.witness = learner
    read_manifest(read_text(_MANIFEST, name=MANIFEST), problems)
    for place in learner.files.values():
        _fill(place)
    return {FILE_KINDS[what].name: place for what, place in sorted(learner.files.items())}


def _fill(whole: Place) -> None:
    """Let places of one name know what was seen at any of them.

    Mappings that the loader calls alike take alike values. What a list holds that no file uses is
    not known, and left open.
    """
    alike: dict[tuple[str, str], list[Place]] = {}
    for place in whole.inside():
        for key, inner in place.keys.items():
            alike.setdefault((place.what, key), []).append(inner)
    for places in alike.values():
        kinds = {kind for place in places for kind in place.kinds}
        seen = {kind for place in places for kind in place.seen}
        member = next((place.member for place in places if place.member is not None), None)
        sample = next((place.sample for place in places if place.sample), "")
        for place in places:
            place.kinds |= kinds
            place.seen |= seen
            place.member = place.member or member
            place.sample = place.sample or sample


def file_kind(name: str) -> str:
    """Return the name of the schema for a file, by its path within the root."""
    path = Path(name)
    if name == MANIFEST:
        return "pack"
    if path.parent.name == "calculators":
        return "calculator"
    if is_vocabulary(name):
        return "vocabulary"
    if path.name == "questionnaire.yaml":
        return "questions"
    for kind in FILE_KINDS.values():
        if name in kind.patterns:
            return kind.name
    return "tables" if path.name == "tables.yaml" else "topic"
