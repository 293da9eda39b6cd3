"""YAML text → nodes that know their place; strict, and every scalar kept as it was written.

The only door to PyYAML. Duplicate keys, anchors, aliases, tags and second documents are refused,
so a file means what it shows. Nothing is converted: ``no`` stays "no" and 1.10 stays "1.10".
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from diagnost.model.located import At, DiagnostError, Problem

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 24
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A piece of text as written; ``text`` is None for null or nothing.

    ``plain`` is True for a scalar on one line without quotes: only there do columns inside it
    count on from ``at``.
    """

    text: str | None
    at: At
    plain: bool = True


class Sequence(NamedTuple):
    """A list."""

    items: tuple["Node", ...]
    at: At


class Mapping(NamedTuple):
    """A mapping; the keys are scalars with text, each with its place."""

    entries: dict[str, tuple[Scalar, "Node"]]
    at: At

    def get(self, key: str) -> "Node | None":
        """Return the value under ``key``, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node = Scalar | Sequence | Mapping
Events = Iterator[Any]
"""Events of PyYAML's parser; its stubs do not know which event has which field."""


def read(path: Path, *, name: str = "", family: str = "K") -> Node:
    """Read one YAML file; ``name`` is how places call it, ``family`` the letter of its codes.

    Raises DiagnostError: 100 cannot be read, 101 syntax, 102 duplicate key, 103 anchor, alias,
    tag or second document, 104 too large or too deep.
    """
    name = name or str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(name, family)
        content = path.read_bytes()
    except OSError as error:
        hint = "Check the path and the access rights."
        raise _error(family, "100", f"cannot be read: {error.strerror}", At(name), hint) from error
    return read_bytes(content, name=name, family=family)


def read_bytes(content: bytes, *, name: str, family: str = "K") -> Node:
    """Read the bytes of a YAML file; see ``read``."""
    if len(content) > MAX_BYTES:
        raise _too_large(name, family)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save the file as UTF-8."
        raise _error(family, "100", "is not UTF-8 text", At(name), hint) from error
    return read_text(text, name=name, family=family)


def _too_large(name: str, family: str) -> DiagnostError:
    return _error(family, "104", "the file is too large", At(name), f"{MAX_BYTES} bytes")


def read_text(text: str, *, name: str, family: str = "K") -> Node:
    """Read YAML text; see ``read``."""
    try:
        return _Builder(name, family).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = At(name, mark.line + 1, mark.column + 1) if mark else At(name)
        message = f"not valid YAML: {error.problem or error.context}"
        hint = "Check the indentation, the quotes and the brackets around this place."
        raise _error(family, "101", message, at, hint) from error
    except yaml.YAMLError as error:
        hint = "Look for control characters or a wrong encoding."
        raise _error(family, "101", f"not valid YAML: {error}", At(name), hint) from error


def _error(family: str, code: str, message: str, at: At, hint: str) -> DiagnostError:
    return DiagnostError([Problem(code=family + code, message=message, at=at, hint=hint)])


class _Builder:
    """Builds nodes from parser events, on a stack of its own."""

    def __init__(self, name: str, family: str) -> None:
        self.name = name
        self.family = family

    def build(self, events: Events) -> Node:
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused("a second document", event, "Keep one document per file.")
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 0)
        return node if node is not None else Scalar(None, At(self.name, 1, 1))

    def _node(self, event: Any, events: Events, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused("an alias", event, "Write the value out in full.")
        if event.anchor:
            raise self._refused("an anchor", event, "Write the value out where it is needed.")
        if event.tag:
            raise self._refused(f"the tag {event.tag}", event, "Remove the tag.")
        at = self._at(event)
        if depth > MAX_DEPTH:
            raise _error(
                self.family, "104", "nested too deeply", at, f"At most {MAX_DEPTH} levels."
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style  # None from the Python parser, '' from the C one
            text = None if plain and event.value in _NULLS else event.value
            return Scalar(text, at, plain=plain and "\n" not in event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self._node(inner, events, depth + 1))
            return Sequence(tuple(items), at)
        return self._mapping(at, events, depth)

    def _mapping(self, at: At, events: Events, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar) or key.text is None:
                raise _error(self.family, "101", "a key must be a word", key.at, "Name the key.")
            value = self._node(next(events), events, depth + 1)
            if key.text in entries:
                problem = Problem(
                    code=f"{self.family}102",
                    message=f"the key '{key.text}' stands twice",
                    at=key.at,
                    also=entries[key.text][0].at,
                    hint="Keep one of the two.",
                )
                raise DiagnostError([problem])
            entries[key.text] = (key, value)
        return Mapping(entries, at)

    def _at(self, event: Any) -> At:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # only events made by hand have no marks
            return At(self.name)
        width = end.column - start.column if end.line == start.line else 1
        return At(self.name, start.line + 1, start.column + 1, width=max(width, 1))

    def _refused(self, what: str, event: Any, hint: str) -> DiagnostError:
        return _error(self.family, "103", f"{what} is not allowed here", self._at(event), hint)
