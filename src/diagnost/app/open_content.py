"""The knowledge that an author works on: a pack, or a folder of knowledge, with unsaved texts."""

from collections.abc import Mapping
from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.knowledge import files
from diagnost.knowledge.base import load_with_problems
from diagnost.knowledge.files import KnowledgeFile
from diagnost.knowledge.pack_files import MANIFEST
from diagnost.knowledge.packs import Pack, read_pack
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import Problem
from diagnost.model.text import LANGUAGES
from diagnost.yaml_reader import Node, read, read_bytes


class OpenContent:
    """A pack laid over what is shipped, or a folder with ``knowledge/`` and ``rules/``.

    Files of a folder are read again only when they have changed. Raises DiagnostError for a pack
    that cannot be read, UsageError for a folder that holds no knowledge.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.pack: Pack | None = read_pack(root) if (root / MANIFEST).is_file() else None
        lacking = [name for name in files.NEEDED if not (root / name).is_file()]
        if self.pack is None and lacking:
            raise UsageError(f"{root} holds neither a pack nor a knowledge base ({lacking[0]})")
        self._nodes: dict[str, tuple[object, Node]] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which texts are written here."""
        return self.pack.manifest.languages if self.pack else LANGUAGES

    def place(self, name: str) -> str:
        """Return how places call a file, by its path within the root."""
        return self.pack.place(name) if self.pack else name

    def path(self, place: str) -> Path:
        """Return the file that a place names; of a pack's base that may be one that is shipped."""
        if self.pack is None:
            return self.root / place
        label, _, inner = place.partition("/")
        return self.root / inner if label == self.pack.label else files.content_root() / place

    def load(self, unsaved: Mapping[str, bytes]) -> tuple[KnowledgeBase, list[Problem]]:
        """Load with some texts as they are written and not saved, by their paths in the root.

        Raises DiagnostError where one of them is no YAML.
        """
        written = {name: read_bytes(text, name=self.place(name)) for name, text in unsaved.items()}
        if self.pack is not None:
            pack = read_pack(self.root)
            pack = pack._replace(files={**pack.files, **unsaved})
            return load_with_problems(packs=[pack], read_file=self._read)
        return load_with_problems(
            self.root,
            read_file=lambda file: written.get(file.name) or self._read(file),
            unsaved=[KnowledgeFile(self.root / name, name) for name in written],
        )

    def _read(self, file: KnowledgeFile) -> Node:
        state = file.path.stat()
        mark = (state.st_mtime_ns, state.st_size)
        known = self._nodes.get(file.name)
        if known is None or known[0] != mark:
            self._nodes[file.name] = known = (mark, read(file.path, name=file.name))
        return known[1]


def root_of(path: Path) -> Path | None:
    """Return the pack or the folder of knowledge that a file lies in, if it lies in one."""
    for folder in path.absolute().parents:
        if (folder / MANIFEST).is_file() or all((folder / n).is_file() for n in files.NEEDED):
            return folder
    return None
