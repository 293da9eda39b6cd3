"""Loading: all files of the knowledge base → one KnowledgeBase, or every problem at once."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from diagnost.knowledge.action_plan_file import read_action_plan
from diagnost.knowledge.benchmark_file import read_benchmarks
from diagnost.knowledge.calculator_file import is_calculator, read_calculators
from diagnost.knowledge.catalogue_files import (
    read_areas,
    read_excuses,
    read_line_items,
    read_reasons,
    read_sources,
    read_viewpoints,
)
from diagnost.knowledge.chart_file import read_charts
from diagnost.knowledge.concept_file import read_concepts
from diagnost.knowledge.drawn_inputs import check_drawn
from diagnost.knowledge.entries import Entries
from diagnost.knowledge.expected_file import read_expected
from diagnost.knowledge.filed_layout_file import read_filed_layout
from diagnost.knowledge.files import (
    KnowledgeFile,
    content_root,
    fingerprint,
    knowledge_files,
    topic_of,
)
from diagnost.knowledge.flow_file import read_flows
from diagnost.knowledge.lever_file import read_levers
from diagnost.knowledge.method_file import MethodReader
from diagnost.knowledge.pack_layouts import check_layouts
from diagnost.knowledge.pack_overlay import explained, lay_over
from diagnost.knowledge.packs import Pack
from diagnost.knowledge.question_files import read_questionnaires
from diagnost.knowledge.record_references import RecordNames
from diagnost.knowledge.references import in_order_of_use, resolve
from diagnost.knowledge.shape import Problems, Witness
from diagnost.knowledge.table_files import read_tables
from diagnost.knowledge.topic_parts import Topic
from diagnost.knowledge.topics import read_topic
from diagnost.knowledge.trend_file import read_trends
from diagnost.knowledge.uncollected import uncollected
from diagnost.knowledge.vocabulary_checks import check_vocabulary
from diagnost.knowledge.vocabulary_file import is_vocabulary, read_vocabulary
from diagnost.model.catalogue import Catalogue
from diagnost.model.knowledge import KnowledgeBase, Source
from diagnost.model.located import At, DiagnostError, Problem
from diagnost.model.method import Method
from diagnost.yaml_reader import Node, read

__all__ = ["content_root", "load", "load_with_problems"]

_SPECIAL = frozenset(
    {
        "knowledge/benchmarks.yaml",
        "knowledge/charts.yaml",
        "knowledge/e_sprawozdanie.yaml",
        "knowledge/flows.yaml",
        "knowledge/levers.yaml",
        "knowledge/sources.yaml",
        "knowledge/line_items.yaml",
        "knowledge/context.yaml",
        "knowledge/reasons.yaml",
        "knowledge/trends.yaml",
        "knowledge/methods.yaml",
        "knowledge/not-encoded.yaml",
        "knowledge/xbrl_concepts.yaml",
        "rules/action_plan.yaml",
        "rules/areas.yaml",
        "rules/expected.yaml",
        "rules/viewpoints.yaml",
    }
)


_CONTEXT, _QUESTIONS, _TABLES = "knowledge/context.yaml", "/questionnaire.yaml", "/tables.yaml"
"""How files of these kinds end, one for each side (sales, retail)."""


_CORE = (
    "knowledge/context.yaml",
    "knowledge/line_items.yaml",
    "knowledge/not-encoded.yaml",
    "knowledge/reasons.yaml",
    "knowledge/sources.yaml",
    "knowledge/trends.yaml",
    "rules/areas.yaml",
    "rules/viewpoints.yaml",
)
"""Files without which nothing else can be understood."""


def _stop_without_core(nodes: Mapping[str, Node], problems: Problems) -> None:
    """Raise DiagnostError where a file is missing or unreadable on which all others rest."""
    faulty = {problem.at.file for problem in problems}
    lacking = [name for name in _CORE if name not in nodes]
    for name in lacking:
        if name not in faulty:
            hint = "Every knowledge base has one, however short."
            problems.say("K100", "the file is missing", At(name), hint)
    if lacking:
        raise DiagnostError(problems)


def _from_disk(file: KnowledgeFile) -> Node:
    return read(file.path, name=file.name)


def load(root: Path | None = None, packs: Sequence[Pack] = ()) -> KnowledgeBase:
    """Load the knowledge base of a root folder, with packs laid over it.

    Raises DiagnostError with every problem found.
    """
    base, problems = load_with_problems(root, packs)
    if problems:
        raise DiagnostError(problems)
    return base


@uncollected()
def load_with_problems(
    root: Path | None = None,
    packs: Sequence[Pack] = (),
    *,
    witness: Witness | None = None,
    read_file: Callable[[KnowledgeFile], Node] | None = None,
    unsaved: Sequence[KnowledgeFile] = (),
) -> tuple[KnowledgeBase, list[Problem]]:
    """Load as much as can be read, together with every problem (for ``diagnost check``).

    ``witness`` sees what is asked of the files; ``read_file`` reads one of them otherwise than from
    the disk, such as a text that is not saved yet; ``unsaved`` are files that it alone knows.
    """
    root = root or content_root()
    problems = Problems({pack.label: pack.manifest.languages for pack in packs})
    problems.witness = witness
    files = knowledge_files(root)
    shipped: dict[str, Node] = {}
    for file in dict.fromkeys((*files, *unsaved)):
        try:
            shipped[file.name] = (read_file or _from_disk)(file)
        except DiagnostError as error:
            problems.extend(error.problems)
    _stop_without_core(shipped, problems)
    fixed = frozenset(name for name in (*shipped, *_SPECIAL) if not is_topic(name))
    layered = lay_over(shipped, packs, fixed, problems)
    check_layouts(packs, root, problems)
    nodes, further = layered.nodes, layered.further
    trends = read_trends(nodes["knowledge/trends.yaml"], problems)
    line_items, ambiguous, composed, identities = read_line_items(
        nodes["knowledge/line_items.yaml"], problems
    )
    entries = Entries()
    sides, areas = read_areas(nodes["rules/areas.yaml"], entries.mentions, problems)
    every = (*nodes.items(), *further)
    recorded = [node for name, node in every if name.endswith(_TABLES)]
    tables = read_tables(recorded, problems, tuple(sides))
    asked = [node for name, node in every if name == _CONTEXT]
    asked += [node for name, node in every if name.endswith(_QUESTIONS)]
    questionnaire = read_questionnaires(asked, entries.mentions, problems, tuple(sides))
    for name, node in every:
        if is_topic(name):
            read_topic(Topic(topic_of(name), entries, trends.groups, problems), node)
    dated = frozenset(q.id for q in questionnaire.questions.values() if q.purpose)
    records = RecordNames(tables, entries.selections, dated)
    indicators = in_order_of_use(entries.indicators, problems, records)
    symbols = {i.symbol: i.id for i in indicators.values() if i.symbol}
    comparisons = read_benchmarks(nodes.get("knowledge/benchmarks.yaml"), indicators, problems)
    method_reader = MethodReader(indicators, entries.mentions, problems)
    methods = method_reader.read(nodes.get("knowledge/methods.yaml"))
    catalogue = Catalogue(
        sides=sides,
        line_items=line_items,
        ambiguous=ambiguous,
        composed=composed,
        identities=identities,
        filed_layout=read_filed_layout(
            nodes.get("knowledge/e_sprawozdanie.yaml"), line_items, problems
        ),
        concepts=read_concepts(nodes.get("knowledge/xbrl_concepts.yaml"), line_items, problems),
        flows=read_flows(nodes.get("knowledge/flows.yaml"), line_items, indicators, problems),
        indicators=indicators,
        questions=questionnaire.questions,
        question_areas=questionnaire.areas,
        profiles=questionnaire.profiles,
        tables=tables,
        selections=entries.selections,
        symbols=symbols,
        steadiness=trends.groups,
        decompositions={
            id_: decomposition._replace(of=symbols.get(decomposition.of, decomposition.of))
            for id_, decomposition in entries.decompositions.items()
        },
        lead=trends.lead,
        near=trends.near,
        groups=comparisons.groups,
        yardsticks=comparisons.yardsticks,
        other_names=comparisons.other_names,
        methods=methods,
        method=Method(methods.choices),
    )
    calculators = [node for name, node in every if is_calculator(name)]
    reasons, moot = read_reasons(nodes["knowledge/reasons.yaml"], problems)
    base = KnowledgeBase(
        version=fingerprint(files, packs),
        languages=("en", "pl", "zh"),
        catalogue=catalogue,
        sources=_sources(nodes["knowledge/sources.yaml"], packs, problems),
        areas=areas,
        viewpoints=read_viewpoints(nodes["rules/viewpoints.yaml"], areas, problems),
        reasons=reasons,
        moot=moot,
        states=entries.states,
        statements=entries.statements,
        rulings=entries.rulings,
        causes=entries.causes,
        conclusions=entries.conclusions,
        recommendations=entries.recommendations,
        excuses=read_excuses(nodes["knowledge/not-encoded.yaml"], problems),
        grids=tuple(entries.grids),
        sequences=frozenset(entries.sequences),
        charts=read_charts(nodes.get("knowledge/charts.yaml"), catalogue, areas, problems),
        levers=read_levers(nodes.get("knowledge/levers.yaml"), catalogue, problems),
        action_plan=read_action_plan(nodes.get("rules/action_plan.yaml"), problems),
        calculators=read_calculators(calculators, entries.mentions, problems),
        packs=layered.uses,
        expected=read_expected(nodes.get("rules/expected.yaml"), problems),
    )
    words = [node for name, node in every if is_vocabulary(name)]
    check_vocabulary(read_vocabulary(words, problems), base, problems)
    resolve(base, entries.mentions, problems)
    check_drawn(base, problems)
    explained(problems, layered.uses)
    return base, sorted(problems, key=lambda problem: problem.at)


def is_topic(name: str) -> bool:
    """Say whether a file of that name holds a topic, nothing of a kind of its own."""
    special = name in _SPECIAL or name.endswith((_QUESTIONS, _TABLES))
    return not special and not is_calculator(name) and not is_vocabulary(name)


def _sources(node: Node, packs: Sequence[Pack], problems: Problems) -> tuple[Source, ...]:
    """Return the sources of all entries; no two may give their sections one id."""
    found = read_sources(node, problems)
    sections = {section.id: section.at for source in found for section in source.sections}
    for pack in packs:
        for source in pack.sources:
            for section in source.sections:
                place = sections.setdefault(section.id, section.at)
                if place is not section.at:
                    hint = "Give the sources of the pack a prefix of their own."
                    message = f"the section '{section.id}' stands twice"
                    problems.say("K207", message, section.at, hint, place)
    return (*found, *(source for pack in packs for source in pack.sources))
