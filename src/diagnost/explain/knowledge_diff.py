"""Two states of the knowledge side by side: which entries came, went and changed, and in what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from diagnost.explain.graph import Web
from diagnost.explain.lookup import kind_of
from diagnost.model.formula import Formula
from diagnost.model.indicator import Steadiness
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.rule import Condition, Example
from diagnost.model.text import Text

_PLACES = frozenset({"at", "places"})
_DERIVED = frozenset({"averaged", "dated"})
"""Fields that say where something stands, or that follow from others."""

Aspects = Mapping[str, str]


class Item(NamedTuple):
    """An entry in one state of the knowledge: what can be said of it, aspect by aspect."""

    kind: str
    id: str
    at: At
    aspects: Aspects


class Change(NamedTuple):
    """What one aspect of an entry was and is; '' where it was not, or is no more, there."""

    aspect: str
    before: str
    after: str


class Changed(NamedTuple):
    """An entry that is another than it was."""

    kind: str
    id: str
    at: At
    changes: tuple[Change, ...]


class KnowledgeDiff(NamedTuple):
    """What differs between two states of the knowledge, in order of kinds and ids."""

    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Changed, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of all entries that differ."""
        return frozenset(each.id for group in self for each in group)


def knowledge_diff(old: KnowledgeBase, new: KnowledgeBase) -> KnowledgeDiff:
    """Compare two states of the knowledge; places and the order of files are no difference."""
    before = {(item.kind, item.id): item for item in _items(old)}
    after = {(item.kind, item.id): item for item in _items(new)}
    changed = []
    for key, item in sorted(after.items()):
        was = before.get(key)
        changes = tuple(_changes(was.aspects, item.aspects)) if was is not None else ()
        if changes:
            changed.append(Changed(item.kind, item.id, item.at, changes))
    return KnowledgeDiff(
        added=tuple(_only_in(after, before)),
        removed=tuple(_only_in(before, after)),
        changed=tuple(changed),
    )


def _only_in(
    these: Mapping[tuple[str, str], Item], others: Mapping[tuple[str, str], Item]
) -> Iterator[Item]:
    """Yield what is in one state only; how an indicator is compared comes and goes with it."""
    for key, item in sorted(these.items()):
        if key not in others and (item.kind != "yardstick" or ("indicator", item.id) in others):
            yield item


def _changes(before: Aspects, after: Aspects) -> Iterator[Change]:
    for aspect in sorted({*before, *after}):
        was, now = before.get(aspect, ""), after.get(aspect, "")
        if was != now:
            yield Change(aspect, was, now)


def _items(base: KnowledgeBase) -> Iterator[Item]:
    for kind, entries in _kinds(base):
        for id_, entry in entries:
            found: dict[str, str] = {}
            _walk(entry, "", found)
            yield Item(kind, id_, getattr(entry, "at", At("")), found)


def _kinds(base: KnowledgeBase) -> Iterator[tuple[str, Iterable[tuple[str, Any]]]]:
    """Yield the entries of every kind by id."""
    catalogue = base.catalogue
    yield "indicator", catalogue.indicators.items()
    yield "decomposition", catalogue.decompositions.items()
    yield "state", base.states.items()
    for id_, rule in base.rules.items():
        yield kind_of(rule), ((id_, rule),)
    yield "calculator", base.calculators.items()
    yield "lever", base.levers.items()
    yield "line", catalogue.line_items.items()
    yield "question", catalogue.questions.items()
    yield "table", catalogue.tables.items()
    yield "selection", catalogue.selections.items()
    yield "group", catalogue.groups.items()
    yield "yardstick", catalogue.yardsticks.items()
    yield "method", catalogue.methods.choices.items()
    yield "trend", catalogue.steadiness.items()
    yield "area", ((area.id, area) for area in base.areas)
    yield "viewpoint", ((viewpoint.id, viewpoint) for viewpoint in base.viewpoints)
    yield "side", catalogue.sides.items()
    yield "owner", base.action_plan.owners.items()
    yield "reason", base.reasons.items()
    yield "source", ((s.id, s) for source in base.sources for s in source.sections)
    yield "not encoded", ((", ".join(excuse.ids), excuse) for excuse in base.excuses)


def _walk(value: Any, key: str, found: dict[str, str]) -> None:
    """Note what can be said of a value under dotted names: ``norms.general.low.below``."""
    match value:
        case None | At():
            return
        case Text():
            _fields(value.by_language, key, found)
        case Condition():
            found[key] = _condition(value)
        case Formula():
            found[key] = value.text
        case Steadiness() if key:
            found[key] = value.id
        case Enum():
            found[key] = str(value.value)
        case bool():
            found[key] = "yes" if value else "no"
        case str() | int() | Decimal():
            found[key] = str(value)
        case Mapping():
            _fields(value, key, found)
        case _ if type(value).__module__ == "diagnost.model.terms":
            return  # its text stands beside it
        case _ if hasattr(value, "_asdict"):
            _fields(value._asdict(), key, found)
        case _ if is_dataclass(value) and not isinstance(value, type):
            _fields({f.name: getattr(value, f.name) for f in fields(value)}, key, found)
        case tuple():
            _members(value, key, found)


def _fields(values: Mapping[Any, Any], key: str, found: dict[str, str]) -> None:
    for name, value in values.items():
        if name not in _PLACES and name not in _DERIVED:
            _walk(value, f"{key}.{name}" if key else str(name), found)


def _members(values: tuple[Any, ...], key: str, found: dict[str, str]) -> None:
    """Note the members of a list: by their ids, else in one line, else by number."""
    if all(isinstance(value, str) for value in values):
        if values:
            found[key] = ", ".join(values)
    elif all(isinstance(value, Example) for value in values):
        found[key] = "; ".join(_example(value) for value in values)
    elif all(getattr(value, "id", "") for value in values):
        _fields({value.id: value for value in values}, key, found)
        found[key] = ", ".join(value.id for value in values)
    else:
        _fields(dict(enumerate(values, start=1)), key, found)


def _condition(condition: Condition) -> str:
    parts = [str(leaf) for leaf in condition.all]
    for group in condition.any:
        parts.append(f"one of ({' | '.join(_condition(member) for member in group)})")
    parts += [f"not {leaf}" for leaf in condition.none]
    return ", ".join(parts)


def _example(example: Example) -> str:
    written = []
    for key, value in example.values:
        text = value if isinstance(value, str) else ", ".join(map(str, value))
        written.append(f"{key}: {text}")
    return "{" + ", ".join(written) + "}"


class Behind:
    """Finds the changed entries that an entry rests on, in either state of the knowledge."""

    def __init__(self, old: KnowledgeBase, new: KnowledgeBase, changed: frozenset[str]) -> None:
        self._webs = (Web(new), Web(old))
        self._changed = changed

    def nearest(self, entry: str, most: int = 3) -> tuple[str, ...]:
        """Return the changed entries on which one rests, itself included, the nearest first."""
        seen, rim, found = {entry}, [entry], list[str]()
        while rim and len(found) < most:
            found += sorted(id_ for id_ in rim if id_ in self._changed)
            edges = (e for web in self._webs for id_ in rim for e in web.behind.get(id_, ()))
            rim = sorted({edge.source for edge in edges} - seen)
            seen |= set(rim)
        return tuple(found[:most])
