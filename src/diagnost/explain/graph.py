"""What leads to what: figures, facts, statements, causes, judgements and steps as a graph."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from diagnost.explain.lookup import Entry, kind_of
from diagnost.explain.names import Names
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import CauseRule, Recommendation, Rule, Ruling, Statement
from diagnost.model.text import Text

ENTERS, ASKED, ABSENT, EXPLAINS, ANSWERS, SILENCES, JUDGES = (
    "enters",
    "asked",
    "absent",
    "explains",
    "answers",
    "silences",
    "judges",
)
"""A figure enters a formula or a norm; a condition asks for a fact, or that it be absent; a cause
explains a finding; a step answers one; an entry silences another; a state judges an area."""

STOPS = frozenset({SILENCES})
"""Relations that are shown where they touch what is asked about, and lead no further."""


class Vertex(NamedTuple):
    """A thing of the graph: ``id`` is unique over all kinds; ``tone`` is a polarity or ''."""

    id: str
    kind: str
    label: str
    tone: str = ""


class Edge(NamedTuple):
    """One thing leads to another."""

    source: str
    target: str
    kind: str


class Graph(NamedTuple):
    """Vertices in order of their ids, edges in order of their ends."""

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]


class Web:
    """All that leads to anything in a knowledge base, looked up from either end."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.ahead: dict[str, list[Edge]] = {}
        self.behind: dict[str, list[Edge]] = {}
        for edge in dict.fromkeys(self._edges()):
            self.ahead.setdefault(edge.source, []).append(edge)
            self.behind.setdefault(edge.target, []).append(edge)

    def __contains__(self, vertex: str) -> bool:
        return vertex in self.ahead or vertex in self.behind

    def around(
        self, roots: Iterable[str], depth: int, kept: Callable[[Edge], bool] | None = None
    ) -> tuple[Edge, ...]:
        """Return the edges within some steps before and behind the roots; each way by itself."""
        roots = tuple(roots)
        found: dict[Edge, None] = {}
        for edges, far in ((self.behind, 0), (self.ahead, 1)):
            seen, rim = set(roots), set(roots)
            for step in range(depth):
                fresh: set[str] = set()
                for vertex in sorted(rim):
                    for edge in edges.get(vertex, ()):
                        if (edge.kind in STOPS and step) or (kept is not None and not kept(edge)):
                            continue
                        found[edge] = None
                        if edge.kind not in STOPS:
                            fresh.add(edge[far])
                rim = fresh - seen
                seen |= rim
        return tuple(found)

    def every(self, kept: Callable[[Edge], bool]) -> tuple[Edge, ...]:
        """Return all edges that are kept."""
        return tuple(e for edges in self.ahead.values() for e in edges if kept(e))

    def _edges(self) -> Iterator[Edge]:
        catalogue = self.base.catalogue
        for indicator in catalogue.indicators.values():
            for formula in indicator.formulas:
                for name in formula.all_names:
                    part = catalogue.indicator(name)
                    known = name in catalogue.line_items or name in catalogue.questions
                    if part is not None and part.id != indicator.id:
                        yield Edge(part.id, indicator.id, ENTERS)
                    elif known and part is None:
                        yield Edge(self._given(name), indicator.id, ENTERS)
        for decomposition in catalogue.decompositions.values():
            whole = catalogue.indicator(decomposition.of)
            if whole is not None:
                yield Edge(whole.id, decomposition.id, ENTERS)
        for rule in self.base.rules.values():
            yield from self._of_rule(rule)
        for state in self.base.states.values():
            for word in state.words if state.verdict_on else ():
                yield Edge(f"{state.id}: {word.id}", state.verdict_on, JUDGES)

    def _given(self, name: str) -> str:
        return f"lines.{name}" if name in self.base.catalogue.line_items else f"company.{name}"

    def _of_rule(self, rule: Rule) -> Iterator[Edge]:
        linked: frozenset[str] = frozenset()
        if isinstance(rule, CauseRule):
            linked = frozenset((*rule.effects, *rule.causes))
            yield from (Edge(cause, rule.id, ASKED) for cause in rule.causes)
            yield from (Edge(rule.id, effect, EXPLAINS) for effect in rule.effects)
        absent = set(rule.when.none)
        for leaf in rule.when.leaves:
            if leaf.key in linked:
                continue
            source = leaf.key if leaf.key in self.base.rules else f"{leaf.key}: {leaf.word}"
            yield Edge(source, rule.id, ABSENT if leaf in absent else ASKED)
            yield from self._of_fact(leaf.key, source)
        if rule.makes[0] != rule.id:
            yield Edge(rule.id, f"{rule.makes[0]}: {rule.makes[1]}", ASKED)
        if isinstance(rule, Recommendation):
            yield from (Edge(finding, rule.id, ANSWERS) for finding in rule.answers)
        if isinstance(rule, Statement | Recommendation):
            yield from (Edge(rule.id, loser, SILENCES) for loser in rule.prevails_over)
        if isinstance(rule, Ruling):
            yield from (Edge(rule.id, loser, SILENCES) for loser in rule.silences)

    def _of_fact(self, key: str, fact: str) -> Iterator[Edge]:
        """Yield what a fact is read from: an indicator, a decomposition or what was given."""
        if key in self.base.rules or key in self.base.states:
            return
        head, _, _ = key.rpartition(".")
        catalogue = self.base.catalogue
        for name in (key, head):
            if name in catalogue.indicators or name in catalogue.decompositions:
                yield Edge(name, fact, ENTERS)
                return
        if key.startswith("lines."):
            yield Edge(head, fact, ENTERS)
        elif key.startswith("company.") and key.removeprefix("company.") in catalogue.questions:
            yield Edge(key, fact, ENTERS)


def roots_of(base: KnowledgeBase, entry: Entry) -> tuple[str, ...]:
    """Return the vertices that an entry stands for: a fact has one for each of its words."""
    match entry.kind:
        case "state" | "fact":
            return tuple(f"{entry.id}: {word}" for word in base.words[entry.id])
        case "line":
            return (f"lines.{entry.id}",)
        case "question":
            return (f"company.{entry.id}",)
        case "source":
            wanted = {entry.id} if entry.id in base.section_of else _statements(base, entry.id)
            rules = (r.id for r in base.rules.values() if wanted & set(r.cites.ids))
            figures = (
                i.id for i in base.catalogue.indicators.values() if wanted & set(i.cites.ids)
            )
            return (*figures, *rules)
        case _:
            return (entry.id,)


def _statements(base: KnowledgeBase, section_id: str) -> set[str]:
    return {id_ for id_, (_, section) in base.section_of.items() if section.id == section_id}


def causes_alone(base: KnowledgeBase) -> tuple[Edge, ...]:
    """Return the map of causes: which finding explains which, without what stands between."""
    return tuple(
        dict.fromkeys(
            Edge(cause, effect, EXPLAINS)
            for rule in base.causes.values()
            for cause in rule.causes
            for effect in rule.effects
        )
    )


def drawn(
    base: KnowledgeBase,
    edges: Iterable[Edge],
    roots: Iterable[str],
    names: Names,
    figures: Mapping[str, str],
    write: Callable[[Text], str],
) -> Graph:
    """Return a graph with its vertices named.

    ``figures`` are the values of indicators by id; ``write`` puts figures into texts.
    """
    lines = tuple(sorted(set(edges)))
    ids = {*roots, *(e.source for e in lines), *(e.target for e in lines)}
    vertices = tuple(_vertex(base, id_, names, figures, write) for id_ in sorted(ids))
    return Graph(vertices, lines)


def _vertex(
    base: KnowledgeBase,
    id_: str,
    names: Names,
    figures: Mapping[str, str],
    write: Callable[[Text], str],
) -> Vertex:
    catalogue = base.catalogue
    language = names.pen.language
    rule = base.rules.get(id_)
    if rule is not None:
        return Vertex(id_, kind_of(rule), _rule_label(rule, write), _tone(rule))
    if id_ in catalogue.indicators:
        label = names.indicator(catalogue.indicators[id_])
        value = figures.get(id_)
        return Vertex(id_, "indicator", f"{label} = {value}" if value else label)
    if id_ in catalogue.decompositions:
        whole = catalogue.indicators[catalogue.decompositions[id_].of]
        return Vertex(id_, "decomposition", names.indicator(whole))
    area = next((a for a in base.areas if a.id == id_), None)
    if area is not None:
        return Vertex(id_, "area", area.name.in_language(language))
    key, _, word = id_.partition(": ")
    if key in base.states:
        found = next((w for w in base.states[key].words if w.id == word), None)
        return Vertex(id_, "state", names.fact(key, word), found.polarity.value if found else "")
    if word:
        return Vertex(id_, "fact", names.fact(key, word))
    if key.startswith("lines."):
        return Vertex(id_, "line", names.line(key.removeprefix("lines.")))
    question = catalogue.questions[key.removeprefix("company.")]
    return Vertex(id_, "question", question.asks.in_language(language))


def _rule_label(rule: Rule, write: Callable[[Text], str]) -> str:
    """Return what an entry says in a few words."""
    match rule:
        case Statement():
            return write(rule.brief or rule.text)
        case Recommendation():
            return write(rule.brief)
        case Ruling():
            return write(rule.because)
        case CauseRule():
            return write(rule.text)
        case _:
            return rule.id.rpartition(".")[2]


def _tone(rule: Rule) -> str:
    return rule.polarity.value if isinstance(rule, Statement) else ""
