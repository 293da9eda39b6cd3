"""Graphs of the knowledge base, or of what fired in a case."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from diagnost.app.case_hand import CaseHand
from diagnost.app.cases import CaseRequest, case_of, chosen_period
from diagnost.app.errors import UsageError
from diagnost.app.hand import Hand
from diagnost.app.machine_form import machine_form
from diagnost.app.shipped import ready_knowledge
from diagnost.explain.graph import (
    ABSENT,
    ENTERS,
    JUDGES,
    Edge,
    Graph,
    Web,
    causes_alone,
    drawn,
    roots_of,
)
from diagnost.explain.graph_text import as_data, as_dot, as_mermaid
from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.explain.names import Names
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.text import Text
from diagnost.pipeline import Case

FORMS = ("mermaid", "dot", "svg", "json")
PATIENCE = 120
"""Seconds that Graphviz may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphRequest:
    """What the graph is about; with a ``case`` only what fired there."""

    entry: str = ""
    form: str = "mermaid"
    language: str = "en"
    depth: int = 2
    case: Path | None = None
    period: str = ""
    method: str = ""
    viewpoint: str = "owner"


def graph(request: GraphRequest) -> str:
    """Return a graph in the form asked for; raise UsageError for wrong wishes."""
    if request.form not in FORMS:
        raise UsageError(
            f"--format: there is no form '{request.form}'; there is {', '.join(FORMS)}"
        )
    if request.depth < 1:
        raise UsageError("--depth: it takes at least one step")
    if request.form == "svg" and which("dot") is None:
        raise UsageError(
            "--format svg is drawn by the program dot of Graphviz, which is not installed; install "
            "Graphviz, or take --format mermaid or dot"
        )
    base, found = _of_case(request) if request.case else _of_knowledge(request)
    match request.form:
        case "json":
            return machine_form(base, as_data(found))
        case "dot":
            return as_dot(found)
        case "svg":
            return _svg(as_dot(found))
        case _:
            return as_mermaid(found)


def _of_knowledge(request: GraphRequest) -> tuple[KnowledgeBase, Graph]:
    base = ready_knowledge()
    names = Names(base, Hand(request.language))

    def as_written(text: Text) -> str:
        return text.in_language(request.language)

    if not request.entry:
        return base, drawn(base, causes_alone(base), (), names, {}, as_written)
    roots = _roots(base, request.entry)
    web = Web(base)
    roots = tuple(root for root in roots if root in web) or roots[:1]
    return base, drawn(base, web.around(roots, request.depth), roots, names, {}, as_written)


def _roots(base: KnowledgeBase, name: str) -> tuple[str, ...]:
    try:
        return roots_of(base, find_entry(base, name))
    except UnknownEntry as error:
        raise UsageError(str(error)) from None


def _of_case(request: GraphRequest) -> tuple[KnowledgeBase, Graph]:
    assert request.case is not None
    case = case_of(
        CaseRequest(
            file=request.case,
            language=request.language,
            method=request.method,
            viewpoint=request.viewpoint,
        ),
        every_side=True,
    )
    period = chosen_period(case, request.period)
    held = _held(case, period)
    web = Web(case.base)
    pen = CaseHand(request.language, case)

    def with_figures(text: Text) -> str:
        return pen.sentence(text, period) or text.in_language(request.language)

    def kept(edge: Edge) -> bool:
        return edge.kind not in (ABSENT, JUDGES) and {edge.source, edge.target} <= held

    if request.entry:
        roots = _roots(case.base, request.entry)
        standing = tuple(root for root in roots if root in held)
        if not standing:
            raise UsageError(
                f"{request.entry} did not come about in {period}; ask why: diagnost why "
                f"{request.case} {request.entry}"
            )
        edges, roots = web.around(standing, request.depth, kept), standing
    else:  # figures stand with the facts read from them, not with all that they enter
        edges, roots = web.every(lambda e: kept(e) and e.kind != ENTERS), ()
    figures = {
        indicator.id: pen.value(reading.value, indicator.unit)
        for indicator in case.base.catalogue.indicators.values()
        if (reading := case.reading(indicator.id, period)).value is not None
    }
    return case.base, drawn(case.base, edges, roots, Names(case.base, pen), figures, with_figures)


def _held(case: Case, period: str) -> frozenset[str]:
    """Return the vertices that stand in a period: facts, what fired and is told, figures."""
    run, found = case.runs[period], case.diagnosis
    told = {
        *(f.statement.id for f in found.findings if f.period == period and not f.gave_way_to),
        *(c.rule.id for c in found.causes if c.period == period and not c.gave_way_to),
        *(a.recommendation.id for a in found.advice if a.period == period and not a.gave_way_to),
    }
    silenced = case.base.statements.keys() | case.base.causes.keys()
    silenced |= case.base.recommendations.keys()
    fired = {firing.rule for firing in run.firings} - (silenced - told)
    made = {firing.made for firing in run.firings}
    states = case.base.states.values()
    words = ((s.id, word.id) for s in states if (word := s.standing(made)) is not None)
    facts = {f"{key}: {fact.word}" for key, fact in run.base.facts.items()}
    figures = {
        i for i in case.base.catalogue.indicators if case.reading(i, period).value is not None
    }
    amounts = {f"lines.{item}" for item, when in case.accounts.amounts if when == period}
    answers = {f"company.{question}" for question in case.accounts.context}
    spoken = {f"{key}: {word}" for key, word in words}
    return frozenset(fired | facts | figures | amounts | answers | spoken)


def _svg(dot: str) -> str:
    try:
        ran = subprocess.run(
            ["dot", "-Tsvg"],
            input=dot,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"--format svg: Graphviz could not draw the graph: {error}") from error
    return ran.stdout
