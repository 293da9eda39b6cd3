"""Loading: all files of the knowledge base → one KnowledgeBase, or every problem at once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from diagnost.knowledge.catalogue_files import (
    read_areas,
    read_excuses,
    read_line_items,
    read_questions,
    read_reasons,
    read_sources,
)
from diagnost.knowledge.references import in_order_of_use, resolve
from diagnost.knowledge.shape import Problems
from diagnost.knowledge.topics import Entries, TopicReader, read_steadiness
from diagnost.model.catalogue import Catalogue
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import DiagnostError, Problem
from diagnost.yaml_reader import Node, read

CONTENT_FOLDERS = ("knowledge", "rules")
_SPECIAL = frozenset(
    {
        "knowledge/sources.yaml",
        "knowledge/line_items.yaml",
        "knowledge/context.yaml",
        "knowledge/reasons.yaml",
        "knowledge/trends.yaml",
        "knowledge/not-encoded.yaml",
        "rules/areas.yaml",
    }
)


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """A file of the knowledge base: where it is, and its path as places and ids call it."""

    path: Path
    name: str  # knowledge/finance/liquidity/quick_ratio.yaml

    @property
    def topic(self) -> str:
        """Return the id that follows from the path."""
        return ".".join(Path(self.name).with_suffix("").parts[1:])


def content_root() -> Path:
    """Return the folder that holds ``knowledge/``, ``rules/`` and ``templates/``.

    In an installed package that is ``content`` beside this package, in a checkout its top.
    """
    package = Path(__file__).parent.parent
    installed = package / "content"
    return installed if installed.is_dir() else package.parent.parent


def knowledge_files(root: Path) -> tuple[KnowledgeFile, ...]:
    """Return the YAML files of a root, in order of their names."""
    found = []
    for folder in CONTENT_FOLDERS:
        for path in (root / folder).rglob("*.yaml"):
            found.append(KnowledgeFile(path, path.relative_to(root).as_posix()))
    return tuple(sorted(found, key=lambda file: file.name))


def fingerprint(files: Iterable[KnowledgeFile]) -> str:
    """Return the hash that names this state of the knowledge."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.path.read_bytes())
    return digest.hexdigest()[:16]


def load(root: Path | None = None) -> KnowledgeBase:
    """Load the knowledge base of a root folder; raises DiagnostError with every problem found."""
    base, problems = load_with_problems(root)
    if problems:
        raise DiagnostError(problems)
    return base


def load_with_problems(root: Path | None = None) -> tuple[KnowledgeBase, list[Problem]]:
    """Load as much as can be read, together with every problem (for ``diagnost check``)."""
    root = root or content_root()
    problems = Problems()
    files = knowledge_files(root)
    nodes: dict[str, Node] = {}
    for file in files:
        try:
            nodes[file.name] = read(file.path, name=file.name)
        except DiagnostError as error:
            problems.extend(error.problems)
    steadiness = read_steadiness(nodes["knowledge/trends.yaml"], problems)
    line_items, ambiguous, identities = read_line_items(
        nodes["knowledge/line_items.yaml"], problems
    )
    questions = read_questions(nodes["knowledge/context.yaml"], problems)
    entries = Entries()
    for file in files:
        if file.name in nodes and file.name not in _SPECIAL:
            reader = TopicReader(file.topic, entries, steadiness, problems)
            reader.read(nodes[file.name])
    indicators = in_order_of_use(entries.indicators, problems)
    base = KnowledgeBase(
        version=fingerprint(files),
        languages=("en", "pl", "zh"),
        catalogue=Catalogue(
            line_items=line_items,
            ambiguous=ambiguous,
            identities=identities,
            indicators=indicators,
            questions=questions,
            symbols={i.symbol: i.id for i in indicators.values() if i.symbol},
        ),
        sources=read_sources(nodes["knowledge/sources.yaml"], problems),
        areas=read_areas(nodes["rules/areas.yaml"], problems),
        reasons=read_reasons(nodes["knowledge/reasons.yaml"], problems),
        states=entries.states,
        statements=entries.statements,
        rulings=entries.rulings,
        causes=entries.causes,
        conclusions=entries.conclusions,
        recommendations=entries.recommendations,
        excuses=read_excuses(nodes["knowledge/not-encoded.yaml"], problems),
    )
    resolve(base, entries.mentions, problems)
    return base, sorted(problems, key=lambda problem: problem.at)
