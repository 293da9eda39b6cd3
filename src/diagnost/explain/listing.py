"""The entries of the knowledge base, one line each."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from diagnost.explain.lookup import Entry, entries
from diagnost.explain.names import Names
from diagnost.explain.show_method import PREFIX
from diagnost.model.knowledge import KnowledgeBase

PLURALS: Mapping[str, str] = {
    "indicators": "indicator",
    "decompositions": "decomposition",
    "statements": "statement",
    "rules": "rule",
    "rulings": "ruling",
    "causes": "cause",
    "recommendations": "recommendation",
    "states": "state",
    "areas": "area",
    "facts": "fact",
    "lines": "line",
    "questions": "question",
    "sources": "source",
    "methods": "method",
}
"""What the kinds are called on the command line, in the order of the overview."""


class Line(NamedTuple):
    """An entry: id, symbol ('' where there is none), and what it is or says."""

    id: str
    symbol: str
    text: str


def overview(base: KnowledgeBase) -> tuple[tuple[str, int], ...]:
    """Return how many entries there are of each kind."""
    return tuple((plural, len(_entries(base, kind))) for plural, kind in PLURALS.items())


def listing(base: KnowledgeBase, kind: str, names: Names) -> Iterator[Line]:
    """Yield the entries of a kind, each with its first words."""
    if kind == "method":
        yield from _methods(base, names)
        return
    for entry in _entries(base, kind):
        symbol = base.catalogue.indicators[entry.id].symbol if kind == "indicator" else ""
        yield Line(entry.id, symbol, " ".join(_text(base, entry, names).split()))


def _entries(base: KnowledgeBase, kind: str) -> tuple[Entry, ...]:
    if kind == "fact":  # every key that a condition can ask for, but for entries that speak
        return tuple(Entry("fact", key) for key in base.words if key not in base.rules)
    if kind == "method":
        return tuple(Entry("fact", f"{PREFIX}{id_}") for id_ in base.catalogue.methods.choices)
    return tuple(entries(base, [kind]))


def _methods(base: KnowledgeBase, names: Names) -> Iterator[Line]:
    """Yield every choice with its options, the usual one first, then the bundles."""
    language = names.pen.language
    methods = base.catalogue.methods
    for choice in methods.choices.values():
        options = " | ".join(option.id for option in choice.options)
        name = choice.name.in_language(language)
        yield Line(f"{PREFIX}{choice.id}", "", names.say("fact", name=name, word=options))
    for bundle in methods.bundles.values():
        picks = names.listed(f"{choice}={option}" for choice, option in bundle.picks.items())
        name = bundle.name.in_language(language)
        yield Line(bundle.id, "", names.say("fact", name=name, word=picks))


def _text(base: KnowledgeBase, entry: Entry, names: Names) -> str:
    language = names.pen.language
    match entry.kind:
        case "indicator":
            return base.catalogue.indicators[entry.id].name.in_language(language)
        case "decomposition":
            decomposition = base.catalogue.decompositions[entry.id]
            whole = base.catalogue.indicators[decomposition.of]
            formula = names.formula(decomposition.formula)
            return names.say("decomposition", symbol=whole.symbol, formula=formula)
        case "statement":
            return base.statements[entry.id].text.in_language(language)
        case "rule":
            rule = base.conclusions[entry.id]
            return names.fact(rule.key, rule.word)
        case "ruling":
            return base.rulings[entry.id].because.in_language(language)
        case "cause":
            return base.causes[entry.id].text.in_language(language)
        case "recommendation":
            return base.recommendations[entry.id].text.in_language(language)
        case "state":
            state = base.states[entry.id]
            return names.listed(word.name.in_language(language) for word in state.words)
        case "area":
            return next(a for a in base.areas if a.id == entry.id).name.in_language(language)
        case "fact":
            return " | ".join(base.words[entry.id])
        case "line":
            return names.line(entry.id)
        case "question":
            return base.catalogue.questions[entry.id].asks.in_language(language)
        case _:
            section = next(
                s for source in base.sources for s in source.sections if s.id == entry.id
            )
            return names.say(
                "counted", text=section.title.in_language(language), count=section.count
            )
