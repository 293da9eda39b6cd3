"""A graph as Mermaid, as DOT, or as plain data."""

from typing import Any

from diagnost.explain.graph import (
    ABSENT,
    ANSWERS,
    ENTERS,
    EXPLAINS,
    SILENCES,
    Graph,
    Vertex,
)

MOST = 72
"""Characters of a label; longer ones are cut."""

_SHAPES = {
    "indicator": ("([", "])", "ellipse"),
    "decomposition": ("([", "])", "ellipse"),
    "line": ("[/", "/]", "parallelogram"),
    "question": ("[/", "/]", "parallelogram"),
    "fact": ("(", ")", "box"),
    "state": ("{{", "}}", "hexagon"),
    "area": ("{{", "}}", "hexagon"),
    "recommendation": (">", "]", "cds"),
}
"""Brackets of Mermaid and shape of DOT by kind; other kinds are boxes."""

_TONES = {
    "impossible": "#f4c7c3",
    "bad": "#f4c7c3",
    "watch": "#fce8b2",
    "good": "#cfe8cf",
}
_MERMAID_LINES = {ABSENT: "-. ✗ .->", SILENCES: "-.-x", EXPLAINS: "==>", ENTERS: "---"}
_DOT_LINES = {
    ABSENT: 'style=dashed, label="✗"',
    SILENCES: "style=dotted, arrowhead=tee",
    EXPLAINS: "penwidth=2",
    ENTERS: "arrowhead=none",
    ANSWERS: "arrowhead=open",
}


def _lines(vertex: Vertex) -> tuple[str, str]:
    """Return the two lines of a label: what it says, and the id where that says more."""
    text = " ".join(vertex.label.split())
    text = text if len(text) <= MOST else f"{text[: MOST - 1].rstrip()}…"
    return text, "" if vertex.id == text else vertex.id


def as_mermaid(graph: Graph) -> str:
    """Write a graph as a Mermaid flowchart, as Markdown pages of many hosts draw it."""
    number = {vertex.id: f"n{place}" for place, vertex in enumerate(graph.vertices, start=1)}
    written = ["flowchart LR"]
    for vertex in graph.vertices:
        begin, end, _ = _SHAPES.get(vertex.kind, ("[", "]", ""))
        text = "<br/>".join(_escaped(line) for line in _lines(vertex) if line)
        tone = f":::{vertex.tone}" if vertex.tone in _TONES else ""
        written.append(f'  {number[vertex.id]}{begin}"{text}"{end}{tone}')
    for edge in graph.edges:
        line = _MERMAID_LINES.get(edge.kind, "-->")
        written.append(f"  {number[edge.source]} {line} {number[edge.target]}")
    used = {vertex.tone for vertex in graph.vertices}
    written += [f"  classDef {tone} fill:{_TONES[tone]}" for tone in _TONES if tone in used]
    return "\n".join(written) + "\n"


def _escaped(text: str) -> str:
    """Write a text so that Mermaid takes it as text."""
    for character, code in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(character, code)
    return text


def as_dot(graph: Graph) -> str:
    """Write a graph in the language of Graphviz."""
    written = [
        "digraph diagnost {",
        "  rankdir=LR;",
        '  node [shape=box, fontname="sans-serif", fontsize=10];',
        '  edge [fontname="sans-serif", fontsize=9];',
    ]
    for vertex in graph.vertices:
        shape = _SHAPES.get(vertex.kind, ("", "", "box"))[2]
        label = "\\n".join(_quoted(line) for line in _lines(vertex) if line)
        fill = _TONES.get(vertex.tone)
        tone = f', style=filled, fillcolor="{fill}"' if fill else ""
        written.append(f'  "{_quoted(vertex.id)}" [label="{label}", shape={shape}{tone}];')
    for edge in graph.edges:
        line = _DOT_LINES.get(edge.kind, "")
        marks = f" [{line}]" if line else ""
        written.append(f'  "{_quoted(edge.source)}" -> "{_quoted(edge.target)}"{marks};')
    return "\n".join((*written, "}")) + "\n"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def as_data(graph: Graph) -> dict[str, Any]:
    """Return a graph as plain data."""
    return {
        "vertices": [
            {"id": v.id, "kind": v.kind, "label": v.label, "polarity": v.tone or None}
            for v in graph.vertices
        ],
        "edges": [{"from": e.source, "to": e.target, "kind": e.kind} for e in graph.edges],
    }
