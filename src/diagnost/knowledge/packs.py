"""Packs: read from folders and zips, and checked against each other."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from diagnost.knowledge.pack_files import FOLDERS, MANIFEST, label_of, read_pack_files
from diagnost.knowledge.pack_manifest import languages_of, read_manifest
from diagnost.knowledge.shape import Problems
from diagnost.model.knowledge import Source
from diagnost.model.located import At, DiagnostError
from diagnost.model.pack import Manifest
from diagnost.yaml_reader import read_bytes


class Pack(NamedTuple):
    """A pack as it was read: its manifest and the bytes of its files, by their path inside it.

    ``label`` is how places call it: the name of its folder or archive.
    """

    label: str
    path: Path
    manifest: Manifest
    sources: tuple[Source, ...]
    files: Mapping[str, bytes]
    fingerprint: str

    def place(self, name: str) -> str:
        """Return how places call one of its files."""
        return f"{self.label}/{name}"


def read_packs(paths: Iterable[Path]) -> tuple[Pack, ...]:
    """Read packs, in order of their ids: the order in which they are named decides nothing.

    Raises DiagnostError with every problem of their files and manifests.
    """
    problems = Problems()
    packs: list[Pack] = []
    for path in dict.fromkeys(path.absolute() for path in paths):
        try:
            packs.append(read_pack(path))
        except DiagnostError as error:
            problems.extend(error.problems)
    problems.extend(_alike(packs))
    if problems:
        raise DiagnostError(problems)
    return tuple(sorted(packs, key=lambda pack: pack.manifest.id))


def read_pack(path: Path) -> Pack:
    """Read one pack: its files and its manifest, the rest is left as it is written."""
    label, files = label_of(path), read_pack_files(path)
    written = files.get(MANIFEST)
    problems = Problems()
    if label in FOLDERS:
        hint = "Name the folder of the whole pack, or call it otherwise."
        problems.say("P101", f"a pack cannot be called '{label}'", At(label), hint)
        raise DiagnostError(problems)
    if written is None:
        hint = "diagnost pack new makes a pack to begin with."
        problems.say("P104", f"the pack has no {MANIFEST} at its top", At(label), hint)
        raise DiagnostError(problems)
    node = read_bytes(written, name=f"{label}/{MANIFEST}")
    problems = Problems({label: languages_of(node)})
    manifest, sources = read_manifest(node, problems)
    if problems:
        raise DiagnostError(problems)
    return Pack(label, path, manifest, sources, files, _fingerprint(label, files))


def _fingerprint(label: str, files: dict[str, bytes]) -> str:
    """Return the hash that names this state of a pack, and how places call it."""
    digest = hashlib.sha256()
    for part in (label.encode(), *(part for pair in files.items() for part in _parts(*pair))):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def _parts(name: str, content: bytes) -> tuple[bytes, bytes]:
    return name.encode(), content


def _alike(packs: Sequence[Pack]) -> Problems:
    """Note packs that cannot be told apart."""
    problems = Problems()
    by_id: dict[str, Pack] = {}
    by_label: dict[str, Pack] = {}
    for pack in packs:
        at, name = pack.manifest.at, pack.manifest.id
        other = by_id.setdefault(name, pack)
        if other is not pack:
            hint = "Use one of them; two versions of a pack do not go together."
            problems.say("P201", f"two packs are called '{name}'", at, hint, other.manifest.at)
        other = by_label.setdefault(pack.label, pack)
        if other is not pack:
            hint = "Rename one of the folders, so that places can be told apart."
            problems.say("P201", f"two packs lie in '{pack.label}'", at, hint)
    return problems
