"""What may be written at a place of a file of knowledge, and what a name there means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from diagnost.explain.lookup import Entry, UnknownEntry, find_entry
from diagnost.knowledge.grammar import Place
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At

_NAME = re.compile(r"[A-Za-z_][\w.]*")
_KEY = re.compile(r"^(?P<lead>\s*(?:- )*)(?P<key>[\w.]+):(?P<rest>.*)$")
_AFTER_KEY = re.compile(r"(?:^|[\s{,])(?P<key>[\w.]+):\s+(?:\[[^\]]*)?[\w.]*$")
_FACTS = frozenset({"when", "then", "fires_on", "silent_on", "asked_where", "all", "any", "none"})
_FINDINGS = frozenset({"answers", "effects", "causes", "after"})


class Offer(NamedTuple):
    """A word that may be written, and what it is."""

    word: str
    what: str


def offers(
    base: KnowledgeBase, grammar: Place | None, lines: Sequence[str], line: int, column: int
) -> tuple[Offer, ...]:
    """Return what may be written at a place (both counted from 0), in order of the alphabet.

    Behind a key the words that it takes; in a condition or example the facts; in lists of names
    the names; elsewhere keys of the file.
    """
    text = lines[line][:column] if line < len(lines) else ""
    path = path_at(lines, line, column)
    if text.lstrip().startswith("#"):
        return ()
    behind = _AFTER_KEY.search(text)
    if behind is not None:
        key = behind["key"]
        if key in base.words and _FACTS & set(path):
            return _named(base.words[key], "word")
        return _behind(base, grammar, path, key)
    if _FACTS & set(path):
        return _named((k for k in base.words if k not in base.states), "fact") + _named(
            base.states, "state"
        )
    listed = _names_for(base, path[-1]) if path else ()
    if listed:
        return listed
    place = _place(grammar, path)
    keys = place.keys if place is not None else {}
    return _named(keys, place.what if place is not None else "key")


def _behind(
    base: KnowledgeBase, grammar: Place | None, path: Sequence[str], key: str
) -> tuple[Offer, ...]:
    """Return the words that the value of a key takes."""
    listed = _names_for(base, key)
    if listed:
        return listed
    inside = path[:-1] if path and path[-1] == key else path
    whole = _place(grammar, inside)
    place = whole.under(key) if whole is not None else None
    if place is None:
        return ()
    words = ("yes", "no") if place.kind == "flag" else place.words
    return _named(words, key)


def _names_for(base: KnowledgeBase, key: str) -> tuple[Offer, ...]:
    """Return the names that stand under a key that refers to others."""
    if key == "cites":
        return _named(base.section_of, "source")
    if key in _FINDINGS:
        return _named(base.statements, "statement")
    if key == "prevails_over":
        return _named((*base.statements, *base.recommendations), "entry")
    if key == "silences":
        return _named((*base.statements, *base.recommendations, *base.causes), "entry")
    if key == "owner":
        return _named(base.action_plan.owners, "owner")
    if key in ("area", "verdict_on"):
        return _named((area.id for area in base.areas), "area")
    if key in ("of", "figure", "formula", "otherwise", "value"):
        catalogue = base.catalogue
        symbols = (s for s in catalogue.symbols if s)
        return _named(symbols, "indicator") + _named(catalogue.line_items, "line item")
    return ()


def _named(words: Iterable[str], what: str) -> tuple[Offer, ...]:
    return tuple(Offer(word, what) for word in sorted(set(words)))


def path_at(lines: Sequence[str], line: int, column: int) -> tuple[str, ...]:
    """Return the keys above a place by their indentation, the outermost first."""
    text = lines[line][:column] if line < len(lines) else ""
    found: list[str] = []
    own = _KEY.match(text)
    if own is not None and own["rest"].strip():  # within the value on the line itself
        found.append(own["key"])
    limit = _indent(text) if text.strip() else column
    for above in reversed(lines[:line]):
        match = _KEY.match(above)
        if match is None or above.lstrip().startswith("#"):
            continue
        indent = len(match["lead"])
        dash = len(above) - len(above.lstrip())
        if indent < limit:
            found.append(match["key"])
            limit = dash if dash < indent else indent
        elif dash < limit:  # the first key of the list item that the place is in
            limit = dash + 1 if dash else 0
    return tuple(reversed(found))


def _indent(text: str) -> int:
    match = re.match(r"\s*(?:- )*", text)
    return match.end() if match else 0


def _place(grammar: Place | None, path: Sequence[str]) -> Place | None:
    """Return what the loader takes below some keys; lists are gone into."""
    place = grammar
    for key in path:
        place = place.under(key) if place is not None else None
        if place is not None and place.member is not None and place.member.keys:
            place = place.member
    return place


def name_at(text: str, column: int) -> str:
    """Return the name on which a column of a line (from 0) lies, '' for none."""
    for match in _NAME.finditer(text):
        if match.start() <= column <= match.end():
            return match[0].rstrip(".")
    return ""


def entry_at(base: KnowledgeBase, topic: str, name: str) -> Entry | None:
    """Return what a name in a topic means: an entry of the topic, or one by id or symbol."""
    catalogue = base.catalogue
    for wanted in (f"{topic}.{name}", name):
        known = (
            wanted in base.rules
            or wanted in base.states
            or wanted in catalogue.indicators
            or wanted in catalogue.symbols
            or wanted in catalogue.line_items
            or wanted in catalogue.questions
            or wanted in catalogue.decompositions
            or wanted in base.words
            or wanted in base.section_of
        )
        if known:
            try:
                return find_entry(base, wanted)
            except UnknownEntry:
                return None
    return None


def place_of(base: KnowledgeBase, entry: Entry) -> At | None:
    """Return where an entry stands; of a fact, where that stands which it is read from."""
    catalogue = base.catalogue
    tables: tuple[Mapping[str, object], ...] = (
        base.rules,
        base.states,
        catalogue.indicators,
        catalogue.decompositions,
        catalogue.line_items,
        catalogue.questions,
    )
    head = entry.id.rpartition(".")[0].removeprefix("lines.")
    for name in (entry.id, entry.id.removeprefix("company."), head):
        for table in tables:
            if name in table:
                at: At = table[name].at  # type: ignore[attr-defined]
                return at
    if entry.id in base.section_of:
        return base.section_of[entry.id][1].at
    areas = {area.id: area.at for area in base.areas}
    return areas.get(entry.id)
