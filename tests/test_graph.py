"""Graphs: what leads to what, drawn as Mermaid and DOT; of a case only what came about."""

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diagnost.cli import program
from diagnost.explain.graph import EXPLAINS, Edge, Web, causes_alone
from tests.shipped import ROOT, base, case_of

MANUFACTURER = str(ROOT / "examples" / "overstocked-manufacturer.yaml")
FAR = "finance.liquidity.quick_ratio.far_too_low"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(program.program(arguments), arguments)


def data(*arguments: str) -> tuple[dict[str, dict[str, str]], set[tuple[str, str, str]]]:
    result = run("graph", *arguments, "--format", "json")
    assert result.exit_code == 0, result.exception
    found = json.loads(result.output)
    edges = {(e["from"], e["to"], e["kind"]) for e in found["edges"]}
    return {v["id"]: v for v in found["vertices"]}, edges


def test_all_causes_without_an_entry() -> None:
    edges = causes_alone(base())
    rule = base().causes["finance.liquidity.causes.held_in_stock"]
    assert {Edge(c, e, EXPLAINS) for c in rule.causes for e in rule.effects} <= set(edges)
    assert {e for edge in edges for e in edge[:2]} <= set(base().statements)


def test_an_entry_stands_between_what_it_asks_for_and_what_asks_for_it() -> None:
    vertices, edges = data(FAR, "--depth", "1")
    rule = base().statements[FAR]
    for leaf in rule.when.all:
        assert (f"{leaf.key}: {leaf.word}", FAR, "asked") in edges
    answers = {r.id for r in base().recommendations.values() if FAR in r.answers}
    assert answers == {target for _, target, kind in edges if kind == "answers"}
    causes = {c.id for c in base().causes.values() if FAR in c.effects}
    assert causes == {source for source, _, kind in edges if kind == "explains"}
    assert all(FAR in edge for edge in edges)
    assert vertices[FAR]["polarity"] == "bad"


def test_depth_goes_further_each_way() -> None:
    near, far = data("WPW", "--depth", "1")[1], data("WPW", "--depth", "3")[1]
    assert near < far
    assert (
        "finance.liquidity.quick_ratio",
        "finance.liquidity.quick_ratio: critical",
        "enters",
    ) in far
    assert ("finance.liquidity.quick_ratio: critical", FAR, "asked") in far


def test_every_end_of_the_whole_web_has_a_name() -> None:
    from diagnost.app.hand import Hand
    from diagnost.explain.graph import drawn
    from diagnost.explain.names import Names

    web = Web(base())
    every = web.every(lambda edge: True)
    graph = drawn(
        base(), every, (), Names(base(), Hand("en")), {}, lambda text: text.in_language("en")
    )
    assert [vertex for vertex in graph.vertices if not vertex.label] == []
    assert {e.source for e in graph.edges} <= {v.id for v in graph.vertices}


def test_a_case_has_only_what_came_about_with_its_figures() -> None:
    case = case_of("overstocked-manufacturer.yaml")
    period = case.accounts.periods[-1].id
    vertices, edges = data("--case", MANUFACTURER)
    fired = {firing.rule for firing in case.runs[period].firings}
    rules = {id_ for id_ in vertices if id_ in case.base.rules}
    assert rules <= fired
    told = {
        f.statement.id for f in case.diagnosis.findings if f.period == period and not f.gave_way_to
    }
    assert rules & set(case.base.statements) <= told
    assert FAR in rules
    assert not [edge for edge in edges if edge[2] == "absent"]
    one, _ = data("WPW", "--case", MANUFACTURER)
    assert one["finance.liquidity.quick_ratio"]["label"] == "Quick ratio (WPW) = 0.32"
    assert not [v for v in vertices.values() if "{" in v["label"]]


def test_what_did_not_come_about_is_told() -> None:
    result = run("graph", "quick_ratio.too_low", "--case", MANUFACTURER)
    assert "quick_ratio.too_low did not come about in 2023" in str(result.exception)
    assert "diagnost why" in str(result.exception)


def test_mermaid_and_dot_name_each_vertex_once() -> None:
    vertices, edges = data(FAR)
    mermaid = run("graph", FAR).output
    assert mermaid.startswith("flowchart LR\n")
    numbers = re.findall(r"^  (n\d+)[\[({>]", mermaid, re.MULTILINE)
    assert numbers == [f"n{number}" for number in range(1, len(vertices) + 1)]
    arrows = re.findall(r"^  n\d+ (?:-->|-\. ✗ \.->|-\.-x|==>|---) n\d+$", mermaid, re.MULTILINE)
    assert len(arrows) == len(edges)
    dot = run("graph", FAR, "--format", "dot").output
    assert dot.count(" -> ") == len(edges)
    assert all(f'  "{id_}" [label=' in dot for id_ in vertices)


def test_quotation_marks_do_not_break_the_pictures() -> None:
    from diagnost.explain.graph import Graph, Vertex
    from diagnost.explain.graph_text import as_dot, as_mermaid

    graph = Graph((Vertex("a", "statement", 'say "no" <b> #1 \\ end'),), ())
    assert '["say #quot;no#quot; #lt;b#gt; #35;1 \\ end<br/>a"]' in as_mermaid(graph)
    assert 'label="say \\"no\\" <b> #1 \\\\ end\\na"' in as_dot(graph)


def test_svg_is_drawn_by_graphviz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Graphviz" in str(run("graph", FAR, "--format", "svg").exception)
    program_ = tmp_path / "dot"
    program_.write_text('#!/bin/sh\nread first\necho "<svg>$1 $first</svg>"\n')
    program_.chmod(program_.stat().st_mode | stat.S_IEXEC)
    assert run("graph", FAR, "--format", "svg").output == "<svg>-Tsvg digraph diagnost {</svg>\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing_of_that_name_at_all",), "nothing is called"),
        ((FAR, "--format", "png"), "there is no form 'png'"),
        ((FAR, "--depth", "0"), "--depth"),
        ((FAR, "--case", MANUFACTURER, "--period", "1999"), "there is no period 1999"),
    ],
)
def test_wrong_wishes_are_told(arguments: tuple[str, ...], told: str) -> None:
    from diagnost.app.errors import UsageError

    result = run("graph", *arguments)
    assert isinstance(result.exception, UsageError)
    assert told in str(result.exception)
