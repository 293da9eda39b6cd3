"""A loaded knowledge base kept between runs: what took long to read is unpickled in a moment.

The file lies in the user's cache folder under a name that follows from everything it was made of.
Whatever is wrong with it, or with the folder, the knowledge is read anew and nobody is told.
``DIAGNOST_CACHE`` names another folder, or turns the cache ``off``.
"""

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, TypeVar

from diagnost import __version__
from diagnost.knowledge.files import content_root, fingerprint, knowledge_files
from diagnost.knowledge.uncollected import uncollected
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Rule

T = TypeVar("T")
R = TypeVar("R", bound=Rule)

_MARK = b"diagnost knowledge 1\n"
_KEPT = 4  # files of this many states of the knowledge stay
_CODE = ("model", "knowledge", "engine", "yaml_reader.py")
"""The parts of the package whose change makes a kept knowledge base useless."""


def load_kept(
    build: Callable[[KnowledgeBase], T], root: Path | None = None
) -> tuple[KnowledgeBase, T]:
    """Return the knowledge base *without its examples*, and what ``build`` makes of it.

    Only checks and lists need examples, and they are half of all there is: use ``load`` for them.
    Raises what ``load`` and ``build`` raise; what has a problem is never kept.
    """
    root = root or content_root()
    path = _path(root)
    if path is not None:
        kept = _read(path)
        if kept is not None:
            return kept
    from diagnost.knowledge.base import load  # all of its imports are spared otherwise

    base = _without_examples(load(root))
    made = base, build(base)
    if path is not None:
        _write(path, made)
    return made


def _without_examples(base: KnowledgeBase) -> KnowledgeBase:
    return replace(
        base,
        statements=_bare(base.statements),
        rulings=_bare(base.rulings),
        causes=_bare(base.causes),
        conclusions=_bare(base.conclusions),
        recommendations=_bare(base.recommendations),
    )


def _bare(rules: Mapping[str, R]) -> dict[str, R]:
    return {id_: replace(rule, fires_on=(), silent_on=()) for id_, rule in rules.items()}


# --- where ----------------------------------------------------------------------------------------


def _path(root: Path) -> Path | None:
    """Return the file for this state of knowledge and program; None where nothing is kept."""
    folder = _folder()
    if folder is None:
        return None
    digest = hashlib.sha256(_MARK)
    digest.update(f"{__version__} {sys.version} {root}".encode())
    try:
        digest.update(fingerprint(knowledge_files(root)).encode())
        for file in _code():
            state = file.stat()
            digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns}".encode())
    except OSError:
        return None
    return folder / f"knowledge-{digest.hexdigest()[:32]}.pickle"


def _code() -> Iterator[Path]:
    package = Path(__file__).parent.parent
    for name in _CODE:
        part = package / name
        yield from sorted(part.glob("*.py")) if part.is_dir() else [part]


def _folder() -> Path | None:
    """Return the cache folder of this user, whether or not it is there."""
    chosen = os.environ.get("DIAGNOST_CACHE", "")
    if chosen:
        return None if chosen.lower() == "off" else Path(chosen)
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA", "")
            return Path(local, "diagnost", "Cache") if local else None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "diagnost"
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (given if given.is_absolute() else Path.home() / ".cache") / "diagnost"
    except RuntimeError:  # nobody knows where home is
        return None


def trusted_folder() -> Path | None:
    """Return the cache folder if only this user can write to it; make it if it is not there."""
    folder = _folder()
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()
    except (OSError, ValueError):
        return None
    return folder if S_ISDIR(state.st_mode) and _is_ours(state) else None


def _is_ours(state: os.stat_result) -> bool:
    """Say whether only this user can write: a pickle of another one would run what they like."""
    return sys.platform == "win32" or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


# --- read and write -------------------------------------------------------------------------------


def _read(path: Path) -> tuple[KnowledgeBase, Any] | None:
    """Return what is kept, or None if nothing is, or nothing that can be trusted."""
    try:
        folder = path.parent.lstat()
        if not (S_ISDIR(folder.st_mode) and _is_ours(folder)):
            return None
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            state = os.fstat(file.fileno())
            if not (S_ISREG(state.st_mode) and _is_ours(state)):
                return None
            content = file.read()
    except (OSError, ValueError):
        return None
    head = len(_MARK) + 32
    body = memoryview(content)[head:]
    if content[:head] != _MARK + hashlib.sha256(body).digest():
        return None
    with uncollected():
        try:
            kept: tuple[KnowledgeBase, Any] = pickle.loads(body)
        except Exception:  # a pickle can break off in any way
            return None
    return kept


def _write(path: Path, made: object) -> None:
    """Keep something, whole or not at all, for this user only."""
    body = _pickled(made)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if trusted_folder() is None:
            return
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_MARK + hashlib.sha256(body).digest() + body)
        part.replace(path)
        _forget_old(path.parent)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("knowledge-*.pickle"), key=lambda file: -file.stat().st_mtime_ns)
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)


# --- pickling -------------------------------------------------------------------------------------


def _pickled(made: object) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(made)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Takes frozen dataclasses apart itself: their own way back is three times as slow."""

    def reducer_override(self, obj: Any) -> Any:
        kind = type(obj)
        if is_dataclass(kind) and "__slots__" in vars(kind):
            return _made, (kind, *(getattr(obj, field.name) for field in fields(kind)))
        return NotImplemented


def _made(kind: Any, *values: object) -> object:
    """Make a frozen dataclass from the values of its fields."""
    made: object = object.__new__(kind)
    for set_, value in zip(_setters(kind), values, strict=True):
        set_(made, value)
    return made


@cache
def _setters(kind: Any) -> tuple[Callable[[object, object], None], ...]:
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))
