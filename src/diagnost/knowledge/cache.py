"""A loaded knowledge base kept between runs: what took long to read is unpickled in a moment.

Its files lie in the user's cache folder under names that follow from everything they were made of:
the catalogue, which every case needs to be read; what is said of the sides that a case has, a file
for each choice of sides that came up; and the whole.
Whatever is wrong with it, or with the folder, the knowledge is read anew and nobody is told.
``DIAGNOST_CACHE`` names another folder, or turns the cache ``off``.
"""

import gc
import hashlib
import io
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any, TypeVar

from diagnost import __version__
from diagnost.knowledge.files import content_root, fingerprint, knowledge_files
from diagnost.knowledge.uncollected import uncollected
from diagnost.model.catalogue import Catalogue
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.rule import Condition, Rule

if TYPE_CHECKING:
    from diagnost.knowledge.packs import Pack

T = TypeVar("T")
R = TypeVar("R", bound=Rule)

_MARK = b"diagnost knowledge 2\n"
_KEPT = 4  # files of this many states of the knowledge stay
_CODE = ("model", "knowledge", "engine", "yaml_reader.py")
"""The parts of the package whose change makes a kept knowledge base useless."""
_NO_CATALOGUE = Catalogue(line_items={}, ambiguous=(), identities=(), indicators={}, questions={})
"""Stands for the catalogue in a part, which is kept by itself."""


class Shelf:
    """The knowledge of a root folder in the parts that are kept, each read when it is asked for.

    Everything is kept *without its examples* and the places of single facts: only checks need them,
    and they are half of all there is; use ``load`` for them. Calculators are left out too, since no
    diagnosis needs them: use ``load_calculators``. Raises what ``load`` and ``build`` raise; what
    has a problem is never kept. The state of the files is that of the moment in which the shelf was
    made. ``packs`` are laid over it; what is kept is kept for them together.
    """

    def __init__(self, root: Path | None = None, packs: "Sequence[Pack]" = ()) -> None:
        self._root = root or content_root()
        self._packs = packs
        self._stem = _stem(self._root, packs)
        self._loaded: KnowledgeBase | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return what reading a company's data needs, of all sides."""
        kept: Catalogue = self._kept("catalogue", lambda: self._whole.catalogue)
        return kept

    def base(
        self, build: Callable[[KnowledgeBase], T], sides: Set[str] | None = None
    ) -> tuple[KnowledgeBase, T]:
        """Return the knowledge of some sides (None: of all), and what ``build`` makes of it."""
        if sides is None:
            whole: tuple[KnowledgeBase, T] = self._kept("whole", lambda: self._made(build, None))
            return whole
        catalogue = self.catalogue  # kept once for all sides
        name = "+".join(sorted(sides))

        def bare() -> tuple[KnowledgeBase, T]:
            base, made = self._made(build, sides)
            return base.with_catalogue(_NO_CATALOGUE), made

        part: tuple[KnowledgeBase, T] = self._kept(f"for-{name}", bare)
        return part[0].with_catalogue(catalogue), part[1]

    def _made(
        self, build: Callable[[KnowledgeBase], T], sides: Set[str] | None
    ) -> tuple[KnowledgeBase, T]:
        from diagnost.knowledge.part import part_of

        base = self._whole if sides is None else part_of(self._whole, sides)
        return base, build(base)

    @property
    def _whole(self) -> KnowledgeBase:
        """Return all that stands in the files, read once."""
        if self._loaded is None:
            from diagnost.knowledge.base import load  # all of its imports are spared otherwise

            self._loaded = _without_examples(load(self._root, self._packs))
        return self._loaded

    def _kept(self, part: str, make: Callable[[], Any]) -> Any:
        """Return a part as it is kept; else make it and keep it."""
        path = self._stem and self._stem.with_name(f"{self._stem.name}-{part}.pickle")
        kept = _read(path) if path is not None else None
        if kept is None:
            kept = make()
            if path is not None:
                _write(path, kept)
        return kept


def _without_examples(base: KnowledgeBase) -> KnowledgeBase:
    return replace(
        base,
        statements=_bare(base.statements),
        rulings=_bare(base.rulings),
        causes=_bare(base.causes),
        conclusions=_bare(base.conclusions),
        recommendations=_bare(base.recommendations),
        calculators={},
    )


def _bare(rules: Mapping[str, R]) -> dict[str, R]:
    """Leave out examples, and what only checks tell: where each fact of a condition stands."""
    return {
        id_: replace(rule, when=_placed(rule.when, rule.at), fires_on=(), silent_on=())
        for id_, rule in rules.items()
    }


def _placed(condition: Condition, at: At) -> Condition:
    """Let all facts of a condition stand where its rule does: one place instead of many."""
    return Condition(
        all=tuple(leaf._replace(at=at) for leaf in condition.all),
        any=tuple(tuple(_placed(member, at) for member in group) for group in condition.any),
        none=tuple(leaf._replace(at=at) for leaf in condition.none),
    )


# --- where ----------------------------------------------------------------------------------------


def _stem(root: Path, packs: "Sequence[Pack]") -> Path | None:
    """Return how files for this state of knowledge and program begin; None: nothing is kept."""
    folder = _folder()
    if folder is None:
        return None
    digest = hashlib.sha256(_MARK)
    digest.update(f"{__version__} {sys.version} {root}".encode())
    try:
        digest.update(fingerprint(knowledge_files(root), packs).encode())
        for file in _code():
            state = file.stat()
            digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns}".encode())
    except OSError:
        return None
    return folder / f"knowledge-{digest.hexdigest()[:32]}"


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


def _read(path: Path) -> Any:
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
            kept = pickle.loads(body)
        except Exception:  # a pickle can break off in any way
            return None
        gc.freeze()  # else the collector goes through it all as soon as it is back
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
    """Remove all but the states of the knowledge that were kept last, with all of their parts."""
    files = sorted(folder.glob("knowledge-*.pickle"), key=lambda file: -file.stat().st_mtime_ns)
    states = dict.fromkeys(_state(file) for file in files)
    for file in files:
        if _state(file) in list(states)[_KEPT:]:
            file.unlink(missing_ok=True)


def _state(file: Path) -> str:
    return file.name.split("-")[1].removesuffix(".pickle")


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
