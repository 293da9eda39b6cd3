"""Files and folders of the knowledge base as a command line names them."""

from pathlib import Path

from diagnost.app.errors import UsageError


def as_name(path: str, root: Path) -> str:
    """Return how places call a file of the knowledge in ``root``; else raise UsageError."""
    root = root.resolve()
    full = Path(path).resolve()
    for candidate in (full, root / path):  # as seen from here, or as places call it
        if candidate.exists() and candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    if full.exists():
        raise UsageError(f"{path} is no part of the knowledge base in {root}")
    raise UsageError(f"there is no file or folder {path}")


def within(name: str, wanted: tuple[str, ...]) -> bool:
    """Say whether a file of the knowledge base is one of these, or lies in one of them."""
    return any(path in (name, ".") or name.startswith(f"{path}/") for path in wanted)
