"""Which files make up the knowledge base, and the hash that names their state."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from diagnost.knowledge.packs import Pack

CONTENT_FOLDERS = ("knowledge", "rules")
NEEDED = (
    "knowledge/context.yaml",
    "knowledge/line_items.yaml",
    "knowledge/not-encoded.yaml",
    "knowledge/reasons.yaml",
    "knowledge/sources.yaml",
    "knowledge/trends.yaml",
    "rules/areas.yaml",
    "rules/viewpoints.yaml",
)
"""Files without which a folder holds no knowledge base."""


class KnowledgeFile(NamedTuple):
    """A file of the knowledge base: where it is, and its path as places and ids call it."""

    path: Path
    name: str  # knowledge/finance/liquidity/quick_ratio.yaml

    @property
    def topic(self) -> str:
        """Return the id that follows from the path."""
        return topic_of(self.name)


def topic_of(name: str) -> str:
    """Return the id that follows from the name of a file."""
    return ".".join(Path(name).with_suffix("").parts[1:])


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


def fingerprint(files: Iterable[KnowledgeFile], packs: "Iterable[Pack]" = ()) -> str:
    """Return the hash that names this state of the knowledge, with what packs lay over it."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.path.read_bytes())
    for pack in packs:
        digest.update(pack.fingerprint.encode())
    return digest.hexdigest()[:16]
