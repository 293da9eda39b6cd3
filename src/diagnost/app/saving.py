"""Files written whole or not at all."""

import os
from pathlib import Path

from diagnost.app.errors import UsageError


def refuse_unwritable(path: Path, *, source: Path | None = None, overwrite: bool = True) -> None:
    """Raise UsageError where a file cannot be written, before any work is done for it."""
    try:
        if path.is_dir():
            raise UsageError(f"cannot write {path}: it is a folder")
        if not path.parent.is_dir():
            raise UsageError(f"cannot write {path}: there is no folder {path.parent}")
        if source is not None and path.exists() and _holds(source, path):
            raise UsageError(f"cannot write {path}: that would overwrite the accounts")
        if not overwrite and (path.exists() or path.is_symlink()):
            raise UsageError(f"{path} is there already: use --force to overwrite it")
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write {path}: {_reason(error)}") from error


def _holds(source: Path, path: Path) -> bool:
    """Say whether a file is the source, or one that may be a table of a folder."""
    if source.is_dir():
        from diagnost.intake.files import SUFFIXES

        return path.parent.samefile(source) and path.suffix.lower() in SUFFIXES
    return path.samefile(source)


def make_folder(folder: Path) -> None:
    """Make a folder where there is none; raises UsageError where that cannot be."""
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot make the folder {folder}: {_reason(error)}") from error


def save(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; what stood there stays until the new one is complete."""
    part = None
    try:
        if path.exists() and not path.is_file():  # a device or a pipe takes what it is given
            path.write_bytes(data)
            return
        goal = path.resolve()
        part = goal.with_name(f".{goal.name}.{os.getpid()}.part")
        with part.open("xb") as file:
            file.write(data)
        if goal.exists():
            part.chmod(goal.stat().st_mode & 0o777)
        part.replace(goal)
    except (OSError, ValueError) as error:
        if part is not None and not isinstance(error, FileExistsError):
            part.unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
