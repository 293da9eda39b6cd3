"""The catalogue: everything the knowledge base holds, a page for each area, kind and source."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from diagnost.explain.branch import Branch
from diagnost.explain.catalogue_links import Links
from diagnost.explain.catalogue_things import ThingPage
from diagnost.explain.listing import Line, listing
from diagnost.explain.lookup import Entry, entries
from diagnost.explain.names import Names
from diagnost.explain.page import Sample
from diagnost.explain.show import show
from diagnost.explain.show_method import PREFIX
from diagnost.model.knowledge import KnowledgeBase

SampleOf = Callable[[Entry], Sample]
"""Gives for an entry what puts sample values into its texts."""

INDEX = "index"
IN_TOPICS: Mapping[str, str] = {
    "indicators": "indicator",
    "decompositions": "decomposition",
    "states": "state",
    "statements": "statement",
    "rules": "rule",
    "causes": "cause",
    "rulings": "ruling",
    "recommendations": "recommendation",
}
"""The kinds of entries that stand in topics, by what their list is called."""
APART: Mapping[str, str] = {
    "areas": "area",
    "lines": "line",
    "questions": "question",
    "methods": "method",
    "tables": "table",
    "calculators": "calculator",
    "sources": "source",
}
"""The kinds that have one page each."""


class _Told(NamedTuple):
    """An entry and the tree of what is to be said of it."""

    entry: Entry
    tree: Branch


class Catalogue:
    """Writes the catalogue of a knowledge base in the language of a pen."""

    def __init__(self, base: KnowledgeBase, names: Names, sample: SampleOf) -> None:
        self.base = base
        self.names = names
        self._sample = sample
        self._things = ThingPage(base, names)
        self._of_topics = {
            plural: tuple(entries(base, [kind])) for plural, kind in IN_TOPICS.items()
        }
        self._apart = {plural: tuple(self._entries(kind)) for plural, kind in APART.items()}
        places = {
            each.id: (chapter_of(each.id), each.id)
            for found in self._of_topics.values()
            for each in found
        }
        for plural, found in self._apart.items():
            places |= {key: (plural, each.id) for each in found for key in self._keys(each)}
        examples = [names.say(f"label.{each}") for each in ("fires_on", "silent_on")]
        self._links = Links(places, names.pen.language, left_out=examples)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each page, without ending, and its Markdown."""
        chapters = self._chapters()
        yield INDEX, _joined(self._index(chapters))
        for name, told in chapters.items():
            yield name, _joined(self._chapter(name, told))
        for plural in IN_TOPICS:
            yield plural, _joined(self._list(plural))
        for plural, found in self._apart.items():
            yield plural, _joined(self._page_apart(plural, found))

    def _entries(self, kind: str) -> Iterator[Entry]:
        catalogue = self.base.catalogue
        match kind:
            case "method":
                yield from (Entry("fact", f"{PREFIX}{id_}") for id_ in catalogue.methods.choices)
            case "table":
                yield from (Entry(kind, id_) for id_ in catalogue.tables)
            case "calculator":
                yield from (Entry(kind, id_) for id_ in self.base.calculators)
            case _:
                yield from entries(self.base, [kind])

    def _keys(self, entry: Entry) -> Iterator[str]:
        """Yield the ids by which an entry apart is referred to; tables share names with areas."""
        if entry.kind not in ("table", "calculator"):
            yield entry.id
        if entry.kind == "source":
            sections = (s for source in self.base.sources for s in source.sections)
            yield from next(s.ids for s in sections if s.id == entry.id)
        if entry.kind == "question":
            yield f"company.{entry.id}"
        if entry.kind == "calculator":
            yield f"diagnost plan {entry.id}"

    def _tree(self, entry: Entry) -> Branch:
        if entry.kind in ("table", "calculator"):
            return self._things.of(entry)
        return show(self.base, entry, self.names, self._sample(entry))

    def _chapters(self) -> dict[str, list[_Told]]:
        """Return the entries of topics by side and area, those of one topic together."""
        found = [
            (_topic_of(each), number, each)
            for number, plural in enumerate(self._of_topics)
            for each in self._of_topics[plural]
        ]
        chapters: dict[str, list[_Told]] = {}
        for _, _, entry in sorted(found):
            chapters.setdefault(chapter_of(entry.id), []).append(_Told(entry, self._tree(entry)))
        return dict(sorted(chapters.items()))

    def _say(self, key: str, **figures: object) -> str:
        return self.names.say(f"catalogue.{key}", **figures)

    def _index(self, chapters: Mapping[str, list[_Told]]) -> Iterator[str]:
        yield f"# {self._say('title')}"
        yield ""
        yield self._say("about", version=self.base.version)
        for pack in self.base.packs:
            name = pack.manifest.name.in_language(self.names.pen.language)
            yield ""
            yield self._say("with_pack", name=self._links.plain(name))
        yield ""
        yield f"## {self._say('by_area')}"
        yield ""
        for name, told in chapters.items():
            yield f"- [{self._title(name)}]({name}.md) ({len(told)})"
        yield ""
        yield f"## {self._say('by_kind')}"
        yield ""
        for plural, found in {**self._of_topics, **self._apart}.items():
            if found:
                yield f"- [{self._plural(plural)}]({plural}.md) ({len(found)})"

    def _plural(self, plural: str) -> str:
        return self._say(f"kinds.{plural}")

    def _title(self, chapter: str) -> str:
        """Name a chapter: by its area of judgement, if it is one."""
        area = chapter.partition("-")[2]
        known = {each.id: each.name for each in self.base.areas}
        dotted = chapter.replace("-", ".", 1)
        if area in known:
            return f"{known[area].in_language(self.names.pen.language)} · {dotted}"
        return dotted

    def _chapter(self, name: str, told: list[_Told]) -> Iterator[str]:
        yield f"# {self._title(name)}"
        topic = ""
        for entry, tree in told:
            if _topic_of(entry) != topic:
                topic = _topic_of(entry)
                yield ""
                yield f"## {topic}"
            yield ""
            yield from self._entry(entry, tree, 3)

    def _page_apart(self, plural: str, found: tuple[Entry, ...]) -> Iterator[str]:
        yield f"# {self._plural(plural)}"
        for entry in found:
            yield ""
            yield from self._entry(entry, self._tree(entry), 2)

    def _entry(self, entry: Entry, tree: Branch, depth: int) -> Iterator[str]:
        yield f'<a id="{entry.id}"></a>'
        yield ""
        yield f"{'#' * depth} {tree.label}: {self._links.plain(entry.id)}"
        yield ""
        yield f"`{tree.place}`{self._pack_at(tree.place)}"
        yield ""
        yield from self._links.nested(tree.children)

    def _pack_at(self, place: str) -> str:
        """Mark what a pack brought."""
        label = place.partition("/")[0]
        for pack in self.base.packs:
            if pack.label == label:
                name = pack.manifest.name.in_language(self.names.pen.language)
                return f" · {self._say('from_pack', name=self._links.plain(name))}"
        return ""

    def _list(self, plural: str) -> Iterator[str]:
        yield f"# {self._plural(plural)}"
        yield ""
        for line in listing(self.base, IN_TOPICS[plural], self.names):
            yield f"- {self._line(line)}"

    def _line(self, line: Line) -> str:
        symbol = f" {self._links.plain(line.symbol)}" if line.symbol else ""
        return f"{self._links.linked(line.id)}{symbol}  {self._links.plain(line.text)}"


def chapter_of(entry: str) -> str:
    """Return the page on which an entry of a topic stands: side and area of its id."""
    return "-".join(entry.split(".")[:2])


def _topic_of(entry: Entry) -> str:
    return entry.id if entry.kind == "indicator" else entry.id.rpartition(".")[0]


def _joined(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
