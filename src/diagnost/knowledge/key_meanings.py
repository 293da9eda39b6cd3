"""What each key of the files of the knowledge base says, in a line."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from diagnost.knowledge.grammar import Place
from diagnost.model.text import LANGUAGES
from diagnost.yaml_reader import Mapping as NodeMapping
from diagnost.yaml_reader import Node, Scalar, read

_EVERYWHERE = "everywhere"


def meaning(what: str, key: str) -> str:
    """Return what a key says in a mapping that the loader calls ``what``; '' if it is not told."""
    own, general = _meanings()
    return own.get(what, {}).get(key) or general.get(key, "")


def is_told(place: Place) -> bool:
    """Say whether the keys of a mapping are told one by one.

    Those of texts are languages; those of a mapping without a name of its own, under which all
    take the same, are told with it.
    """
    if not place.keys or set(place.keys) <= set(LANGUAGES):
        return False
    return not (place.what.startswith("'") and {p.kind for p in place.keys.values()} <= _PHRASES)


_PHRASES = frozenset({"words", "word"})


def untold(grammar: Mapping[str, Place]) -> tuple[tuple[str, str], ...]:
    """Return the keys of which nothing says what they mean, with what has them."""
    found = {
        (place.what, key)
        for whole in grammar.values()
        for place in whole.inside()
        if is_told(place)
        for key in place.keys
        if not meaning(place.what, key)
    }
    return tuple(sorted(found))


IN_PACKS: Mapping[str, tuple[str, ...]] = {"a norm": ("replaces", "of", "where")}
"""Keys that only packs have, which are read before the rest of a file."""


def idle(grammar: Mapping[str, Place]) -> tuple[tuple[str, str], ...]:
    """Return the meanings of keys that the loader does not take."""
    taken = {
        (place.what, key)
        for whole in grammar.values()
        for place in whole.inside()
        for key in place.keys
    }
    taken |= {(what, key) for what, keys in IN_PACKS.items() for key in keys}
    own, _ = _meanings()
    told = {(what, key) for what, keys in own.items() for key in keys}
    return tuple(sorted(told - taken))


@cache
def _meanings() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    """Return the meanings by mapping and key, and those of keys that mean the same everywhere."""
    path = Path(__file__).with_suffix(".yaml")
    whole = read(path, name=path.name)
    assert isinstance(whole, NodeMapping)
    of = whole.get("of")
    assert isinstance(of, NodeMapping)
    return {what: dict(_lines(node)) for what, (_, node) in of.entries.items()}, dict(
        _lines(whole.get(_EVERYWHERE))
    )


def _lines(node: Node | None) -> Iterator[tuple[str, str]]:
    if isinstance(node, NodeMapping):
        for key, (_, value) in node.entries.items():
            if isinstance(value, Scalar):
                yield key, value.text or ""
