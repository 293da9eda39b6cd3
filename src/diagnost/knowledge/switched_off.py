"""What becomes of references to entries that a pack switches off."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from diagnost.model.located import At, Problem
from diagnost.yaml_reader import Mapping as MappingNode
from diagnost.yaml_reader import Node, Scalar
from diagnost.yaml_reader import Sequence as NodeSequence

_LISTS = ("prevails_over", "silences", "answers", "effects")
"""Lists of entries that say as much without one of them; what they would do to it is not needed."""


def without_mentions(node: Node, off: AbstractSet[str]) -> Node:
    """Return a node whose lists leave out what is switched off.

    Conditions keep asking for it: an entry that needs what is switched off is a problem.
    """
    if isinstance(node, NodeSequence):
        return NodeSequence(tuple(without_mentions(item, off) for item in node.items), node.at)
    if not isinstance(node, MappingNode):
        return node
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key, (scalar, value) in node.entries.items():
        left = _left(value, off) if key in _LISTS else without_mentions(value, off)
        if key == "retold" and isinstance(left, MappingNode):
            after = left.get("after")
            told = _left(after, off) if after is not None else None
            if told is None or (isinstance(told, NodeSequence) and not told.items):
                continue  # there is no other sentence that could have told it
            left = MappingNode({**left.entries, "after": (left.entries["after"][0], told)}, left.at)
        entries[key] = (scalar, left)
    return MappingNode(entries, node.at)


def _left(node: Node, off: AbstractSet[str]) -> Node:
    if isinstance(node, Scalar):
        return NodeSequence((), node.at) if node.text in off else node
    if not isinstance(node, NodeSequence):
        return node
    kept = (item for item in node.items if not (isinstance(item, Scalar) and item.text in off))
    return NodeSequence(tuple(kept), node.at)


def told_why(problem: Problem, off: Mapping[str, At]) -> Problem:
    """Return a problem that says, where it is so, that what it misses is switched off."""
    if not problem.code.startswith("K2"):
        return problem
    for id_, at in off.items():
        if f"'{id_}'" in problem.message or f"'{id_}." in problem.message:
            hint = "A pack switches it off: replace the entry that needs it, or switch it off too."
            return problem._replace(hint=hint, also=at)
    return problem
