"""Which entry a name means: an id, the end of an id, a symbol, or a name in any language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import CauseRule, Conclusion, Recommendation, Rule, Ruling

KINDS = (
    "indicator",
    "decomposition",
    "statement",
    "rule",
    "ruling",
    "cause",
    "recommendation",
    "state",
    "area",
    "fact",
    "line",
    "question",
    "source",
)
"""The kinds of entries; ``rule`` is a chaining rule, ``fact`` a key that conditions can ask for."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An entry of the knowledge base."""

    kind: str
    id: str

    def __str__(self) -> str:
        return self.id


class UnknownEntry(LookupError):  # noqa: N818 - told to the user as it is, in one line
    """A name that means no entry, or several; the message says which come near."""


def entries(base: KnowledgeBase, kinds: Iterable[str] = KINDS) -> Iterator[Entry]:
    """Yield every entry of the kinds asked for, kind by kind, in order of the knowledge base."""
    for kind in kinds:
        yield from (Entry(kind, id_) for id_ in _ids(base, kind))


def _ids(base: KnowledgeBase, kind: str) -> Iterable[str]:
    match kind:
        case "indicator":
            return base.catalogue.indicators
        case "decomposition":
            return base.catalogue.decompositions
        case "statement":
            return sorted(base.statements)
        case "rule":
            return sorted(base.conclusions)
        case "ruling":
            return sorted(base.rulings)
        case "cause":
            return sorted(base.causes)
        case "recommendation":
            return sorted(base.recommendations)
        case "state":
            return base.states
        case "area":
            return [area.id for area in base.areas]
        case "fact":
            made = base.rules.keys() | base.catalogue.indicators.keys() | base.states.keys()
            return [key for key in base.words if key not in made]
        case "line":
            return base.catalogue.line_items
        case "question":
            return base.catalogue.questions
        case _:
            return [section.id for source in base.sources for section in source.sections]


def kind_of(rule: Rule) -> str:
    """Return the kind of a rule."""
    match rule:
        case Ruling():
            return "ruling"
        case CauseRule():
            return "cause"
        case Conclusion():
            return "rule"
        case Recommendation():
            return "recommendation"
        case _:
            return "statement"


def find_entry(base: KnowledgeBase, name: str, kinds: Iterable[str] = KINDS) -> Entry:
    """Return the one entry that a name means; raise UnknownEntry if none, or more than one, does.

    Tried in this order: the id; a symbol; the name of an area, indicator or line item in any
    language; the end of an id. Case is no matter where that leaves one entry.
    """
    name = name.strip()
    kinds = tuple(kinds)
    by_id = tuple(dict.fromkeys(_by_id(base, name, kinds)))
    if by_id:  # most are asked for so: nothing else is looked at
        return _only(name, by_id)
    known = tuple(entries(base, kinds))
    for attempt in (_by_symbol, _by_folded_symbol, _by_label, _by_ending):
        found = tuple(dict.fromkeys(attempt(base, name, known)))
        if found:
            return _only(name, found)
    raise UnknownEntry(_unknown(base, name, known))


def _only(name: str, found: tuple[Entry, ...]) -> Entry:
    if len(found) == 1:
        return found[0]
    ids = ", ".join(str(entry) for entry in found[:6])
    more = f" and {len(found) - 6} more" if len(found) > 6 else ""
    raise UnknownEntry(f"'{name}' may mean several entries: {ids}{more}")


def _by_id(base: KnowledgeBase, name: str, kinds: tuple[str, ...]) -> Iterator[Entry]:
    # An id may be a key of facts too; the kinds stand in the order of what is meant first.
    kind = next((kind for kind in kinds if name in _ids(base, kind)), None)
    if kind is not None:
        yield Entry(kind, name)
    if name in base.section_of and "source" in kinds:
        yield Entry("source", name)  # a single statement of a source, such as F6.2


def _by_symbol(base: KnowledgeBase, name: str, known: tuple[Entry, ...]) -> Iterator[Entry]:
    id_ = base.catalogue.symbols.get(name)
    yield from (entry for entry in known if entry == Entry("indicator", id_ or ""))


def _by_folded_symbol(base: KnowledgeBase, name: str, known: tuple[Entry, ...]) -> Iterator[Entry]:
    for symbol, id_ in base.catalogue.symbols.items():
        if symbol.casefold() == name.casefold():
            yield from (entry for entry in known if entry == Entry("indicator", id_))


def _by_label(base: KnowledgeBase, name: str, known: tuple[Entry, ...]) -> Iterator[Entry]:
    wanted = name.casefold()
    found = [
        entry
        for entry in known
        if any(label.casefold() == wanted for label in _labels(base, entry))
    ]
    # An area goes before an indicator or a line item of the same name.
    yield from [entry for entry in found if entry.kind == "area"] or found


def _labels(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    match entry.kind:
        case "area":
            area = next(area for area in base.areas if area.id == entry.id)
            yield from area.name.by_language.values()
        case "indicator":
            yield from base.catalogue.indicators[entry.id].name.by_language.values()
        case "line":
            item = base.catalogue.line_items[entry.id]
            yield from (*item.names.by_language.values(), *item.synonyms)


def _by_ending(base: KnowledgeBase, name: str, known: tuple[Entry, ...]) -> Iterator[Entry]:
    ending = f".{name.casefold()}"
    found = [entry for entry in known if entry.id.casefold().endswith(ending)]
    # `trend` ends many keys of facts; entries that somebody wrote are meant first.
    written = [entry for entry in found if entry.kind != "fact"]
    yield from written or found


def _unknown(base: KnowledgeBase, name: str, known: tuple[Entry, ...]) -> str:
    spoken: dict[str, str] = {}
    for entry in known:
        if entry.kind == "fact":
            continue
        parts = entry.id.split(".")
        for count in (1, 2, len(parts)):
            spoken.setdefault(".".join(parts[-count:]).casefold(), entry.id)
        for label in _labels(base, entry):
            spoken.setdefault(label.casefold(), entry.id)
    for symbol, id_ in base.catalogue.symbols.items():
        spoken[symbol.casefold()] = symbol if Entry("indicator", id_) in known else id_
    folded = name.casefold()
    close = get_close_matches(folded, spoken, n=5, cutoff=0.6)
    if not close and len(folded) > 1:  # part of a name, such as "stock" or "存货"
        close = sorted((word for word in spoken if folded in word), key=len)
    near = tuple(dict.fromkeys(spoken[word] for word in close))[:3]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; see: diagnost list"
    return f"nothing is called '{name}'{hint}"
