"""Files and folders of the knowledge base as a command line names them."""

from collections.abc import Sequence
from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.knowledge.pack_files import MANIFEST
from diagnost.knowledge.packs import Pack


def as_name(path: str, root: Path, packs: Sequence[Pack] = ()) -> str:
    """Return how places call a file of the knowledge in ``root`` or of a pack in use.

    Raises UsageError for what is neither.
    """
    root = root.resolve()
    full = Path(path).resolve()
    for pack in packs:
        if full.exists() and full.is_relative_to(pack.path.resolve()):
            inner = full.relative_to(pack.path.resolve()).as_posix()
            return pack.label if inner == "." else pack.place(inner)
    for candidate in (full, root / path):  # as seen from here, or as places call it
        if candidate.exists() and candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    if full.exists():
        for folder in (full, *full.parents):
            if (folder / MANIFEST).is_file():
                shown = Path(path) if folder == full else folder
                raise UsageError(f"{path} belongs to a pack: name that with --pack {shown}")
        raise UsageError(f"{path} is no part of the knowledge base in {root}")
    raise UsageError(f"there is no file or folder {path}")


def within(name: str, wanted: tuple[str, ...]) -> bool:
    """Say whether a file of the knowledge base is one of these, or lies in one of them."""
    return any(path in (name, ".") or name.startswith(f"{path}/") for path in wanted)
