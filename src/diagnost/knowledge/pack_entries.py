"""The entries of files of the knowledge base as nodes: what each is called and where it stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diagnost.knowledge.files import topic_of
from diagnost.model.located import At
from diagnost.yaml_reader import Mapping as MappingNode
from diagnost.yaml_reader import Node, Scalar
from diagnost.yaml_reader import Sequence as NodeSequence

Path = tuple[str | int, ...]
Edit = Callable[[Node], Node | None]
"""Makes another node of one; None takes it out."""

NORM, INDICATOR = "norm", "indicator"
TOPIC_LISTS = {
    "indicators": INDICATOR,
    "quantities": "quantity",
    "selections": "selection",
    "states": "state",
    "decompositions": "decomposition",
    "statements": "statement",
    "rules": "rule",
    "rulings": "ruling",
    "causes": "cause",
    "recommendations": "recommendation",
}
"""The lists of a topic, and what their entries are."""
_WHOLE_IDS = ("selections", "states")
"""Lists whose entries bear their whole id; that of others begins with their topic."""

LISTS = {
    "knowledge/line_items.yaml": {"line_items": ("line item", "lines")},
    "knowledge/levers.yaml": {"levers": ("lever", "levers")},
    "rules/areas.yaml": {"areas": ("area", "areas")},
    "rules/action_plan.yaml": {"owners": ("owner", "owners")},
}
"""Lists of files that are no topics: what their entries are, and what their ids begin with."""


class Entry(NamedTuple):
    """An entry of a file: its whole id, what it is, and the way to it through the nodes."""

    id: str
    kind: str
    at: At
    path: Path
    node: MappingNode

    def scalar(self, key: str) -> Scalar | None:
        """Return a value of the entry that is a word."""
        found = self.node.get(key)
        return found if isinstance(found, Scalar) and found.text is not None else None


def entries_of(name: str, node: Node) -> Iterator[Entry]:
    """Yield the entries of a file that can be told by an id; what has another shape is passed over.

    An entry of a pack that replaces another has no id of its own: it is ''.
    """
    if not isinstance(node, MappingNode):
        return
    if name in LISTS:
        for key, (kind, head) in LISTS[name].items():
            for place, each in _items(node, key):
                yield Entry(_id(each, f"{head}."), kind, each.at, (key, place), each)
        return
    topic = topic_of(name)
    single = node.get("indicator")
    if isinstance(single, MappingNode):
        yield Entry(topic, INDICATOR, single.at, ("indicator",), single)
    for place, norm in _items(node, "norms"):
        yield Entry(_id(norm, f"{topic}."), NORM, norm.at, ("norms", place), norm)
    for key, kind in TOPIC_LISTS.items():
        head = "" if key in _WHOLE_IDS else f"{topic}."
        for place, each in _items(node, key):
            id_ = _id(each, head)
            yield Entry(id_, kind, each.at, (key, place), each)
            if key == "indicators" and id_:
                for inner, norm in _items(each, "norms"):
                    path = (key, place, "norms", inner)
                    yield Entry(_id(norm, f"{id_}."), NORM, norm.at, path, norm)


def _items(node: MappingNode, key: str) -> Iterator[tuple[int, MappingNode]]:
    found = node.get(key)
    for place, item in enumerate(found.items if isinstance(found, NodeSequence) else ()):
        if isinstance(item, MappingNode):
            yield place, item


def _id(node: MappingNode, head: str) -> str:
    found = node.get("id")
    return f"{head}{found.text}" if isinstance(found, Scalar) and found.text else ""


# --- other nodes ----------------------------------------------------------------------------------


def with_value(node: MappingNode, key: str, value: Node) -> MappingNode:
    """Return a mapping with another value under a key."""
    named = node.entries[key][0] if key in node.entries else Scalar(key, value.at)
    return MappingNode({**node.entries, key: (named, value)}, node.at)


def without(node: MappingNode, *keys: str) -> MappingNode:
    """Return a mapping without some keys."""
    kept = {key: pair for key, pair in node.entries.items() if key not in keys}
    return MappingNode(kept, node.at)


def with_items(node: Node, key: str, items: Sequence[Node]) -> Node:
    """Return a mapping with more items in the list under a key."""
    if not isinstance(node, MappingNode) or not items:
        return node
    found = node.get(key)
    before = found.items if isinstance(found, NodeSequence) else ()
    at = found.at if found is not None else items[0].at
    return with_value(node, key, NodeSequence((*before, *items), at))


def edited(node: Node, edits: Mapping[Path, Sequence[Edit]]) -> Node | None:
    """Return a node with its parts changed as the edits say, each at the end of its path."""
    inner: dict[str | int, dict[Path, Sequence[Edit]]] = {}
    for path, each in edits.items():
        if path:
            inner.setdefault(path[0], {})[path[1:]] = each
    result: Node | None = node
    if inner and isinstance(node, MappingNode):
        pairs = (
            (key, scalar, edited(value, inner[key]) if key in inner else value)
            for key, (scalar, value) in node.entries.items()
        )
        result = MappingNode({k: (s, v) for k, s, v in pairs if v is not None}, node.at)
    elif inner and isinstance(node, NodeSequence):
        items = (
            edited(item, inner[place]) if place in inner else item
            for place, item in enumerate(node.items)
        )
        result = NodeSequence(tuple(item for item in items if item is not None), node.at)
    for edit in edits.get((), ()):
        if result is not None:
            result = edit(result)
    return result
