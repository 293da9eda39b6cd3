"""The files of a pack, read into memory from a folder or a zip: only what belongs in one.

Nothing is unpacked to disk and no link is followed, so a pack can reach no file but its own; counts
and sizes are bounded before anything is read.
"""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from diagnost.model.located import At, DiagnostError, Problem

MANIFEST = "pack.yaml"
FOLDERS = {
    "knowledge": (".yaml",),
    "rules": (".yaml",),
    "templates": (".j2", ".css"),
    "cases": (".yaml", ".csv", ".xlsx"),
}
"""The folders of a pack, and how the names of their files end."""
BESIDE = (MANIFEST, "README.md", "CHANGELOG.md", "LICENSE", "LICENSE.md", "LICENSE.txt")
"""What may stand beside the folders."""

MAX_FILES = 2_000
MAX_FILE = 8 * 1024 * 1024
MAX_ALL = 16 * 1024 * 1024
MAX_RATIO = 200
"""How many times its packed size a file of a zip may have: text packs to a tenth at most."""
_MAX_DIRECTORY = 1024 * 1024  # the table of contents of a zip
_END, _END_64, _END_SIZE = b"PK\x05\x06", b"PK\x06\x07", 22
_NAME = re.compile(r"[^\\:*?\"<>|\x00-\x1f\x7f]+")


def read_pack_files(path: Path) -> dict[str, bytes]:
    """Return the files of a pack by their path inside it, in order of names.

    Raises DiagnostError: P101 there is no pack or it cannot be read, P102 what does not belong in
    a pack, P103 too large.
    """
    label = label_of(path)
    try:
        found = _from_folder(path, label) if path.is_dir() else _from_zip(path, label)
        return dict(sorted(found))
    except OSError as error:
        hint = "Name a folder with a pack.yaml, or a zip made by diagnost pack build."
        reason = error.strerror or str(error)
        raise _refused("P101", f"the pack cannot be read: {reason}", label, hint) from error


def label_of(path: Path) -> str:
    """Return how places call a pack: the name of its folder or archive."""
    return path.absolute().name or path.resolve().name or str(path)


def belongs(name: str) -> bool:
    """Say whether a file of that path has a place in a pack."""
    path = PurePosixPath(name)
    if len(path.parts) == 1:
        return name in BESIDE
    return path.name.endswith(FOLDERS.get(path.parts[0], ()))


def _refused(code: str, message: str, place: str, hint: str = "") -> DiagnostError:
    return DiagnostError([Problem(code, message, At(place), hint)])


def _not_ours(what: str, label: str, name: str) -> DiagnostError:
    shown = "".join(char if char.isprintable() else "?" for char in name)[:120]
    folders = ", ".join(f"{folder}/ ({' '.join(ends)})" for folder, ends in FOLDERS.items())
    hint = f"A pack holds {MANIFEST} and the folders {folders}."
    return _refused("P102", what, f"{label}/{shown}", hint)


class _Budget:
    """What is left of the files and bytes that a pack may have."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.files = MAX_FILES
        self.bytes = MAX_ALL

    def take(self, name: str, size: int) -> None:
        """Count one file; refuse it where there is no room for it."""
        self.files -= 1
        self.bytes -= size
        if self.files < 0:
            raise _refused("P103", f"the pack has more than {MAX_FILES} files", self.label)
        if size > MAX_FILE:
            message = f"the file is too large: more than {MAX_FILE >> 20} MB"
            raise _refused("P103", message, f"{self.label}/{name}")
        if self.bytes < 0:
            raise _refused("P103", f"the pack has more than {MAX_ALL >> 20} MB", self.label)


# --- folders --------------------------------------------------------------------------------------


def _from_folder(root: Path, label: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder; names that begin with a dot are those of other programs."""
    budget = _Budget(label)
    folders = [root]
    while folders:
        with os.scandir(folders.pop()) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            path = Path(entry.path)
            name = path.relative_to(root).as_posix()
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                raise _not_ours("a link to another place has no place in a pack", label, name)
            if stat.S_ISDIR(mode):
                if PurePosixPath(name).parts[0] not in FOLDERS:
                    raise _not_ours("the folder has no place in a pack", label, name)
                budget.take(name, 0)
                folders.append(path)
                continue
            if not stat.S_ISREG(mode) or not belongs(name):
                raise _not_ours("the file has no place in a pack", label, name)
            budget.take(name, entry.stat(follow_symlinks=False).st_size)
            with path.open("rb") as file:
                content = file.read(MAX_FILE + 1)
            if len(content) > MAX_FILE:  # grown in the meantime
                budget.take(name, len(content))
            yield name, content


# --- zips -----------------------------------------------------------------------------------------


def _from_zip(path: Path, label: str) -> Iterator[tuple[str, bytes]]:
    if not path.exists():
        hint = "Name a folder with a pack.yaml, or a zip made by diagnost pack build."
        raise _refused("P101", "there is no such folder or zip", label, hint)
    if not path.is_file():
        raise _refused("P101", "this is neither a folder nor a zip", label)
    if path.stat().st_size > MAX_ALL:
        raise _refused("P103", f"the pack has more than {MAX_ALL >> 20} MB", label)
    content = path.read_bytes()
    _check_directory(content, label)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from _members(archive, label)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise _damaged(label) from error


def _damaged(label: str) -> DiagnostError:
    hint = "Build it again with diagnost pack build."
    return _refused("P101", "this is no zip that can be read", label, hint)


def _check_directory(content: bytes, label: str) -> None:
    """Refuse a zip whose table of contents is too long to be read into memory."""
    end = len(content) - _END_SIZE
    if end < 0 or content[end : end + 4] != _END or content[-2:] != b"\0\0":
        end = content.rfind(_END, max(0, len(content) - 65_536 - _END_SIZE))
        if end < 0 or end + _END_SIZE > len(content):
            raise _damaged(label)
    if content[max(0, end - 20) : end].startswith(_END_64):
        raise _refused("P103", "the zip is of the kind for very large files", label)
    (size,) = struct.unpack_from("<L", content, end + 12)
    if size > _MAX_DIRECTORY:
        raise _refused("P103", f"the pack has more than {MAX_FILES} files", label)


def _members(archive: zipfile.ZipFile, label: str) -> Iterator[tuple[str, bytes]]:
    budget = _Budget(label)
    seen: set[str] = set()
    for info in archive.infolist():
        name = info.filename
        _check_member(info, label)
        if name.casefold() in seen:
            raise _not_ours("the zip holds two files of that name", label, name)
        seen.add(name.casefold())
        if info.is_dir():
            continue
        budget.take(name, info.file_size)
        if info.file_size > MAX_RATIO * max(info.compress_size, 64):
            message = "the file is packed far tighter than text can be"
            raise _refused("P103", message, f"{label}/{name}", "It may be made to fill the memory.")
        with archive.open(info) as file:
            content = file.read(info.file_size + 1)
        if len(content) != info.file_size:
            raise _damaged(label)
        yield name, content


def _check_member(info: zipfile.ZipInfo, label: str) -> None:
    """Refuse what leads out of the pack, and what is no plain file of a known kind."""
    name = info.filename
    mode = info.external_attr >> 16
    parts = name.removesuffix("/").split("/")
    if not _NAME.fullmatch(name) or name != info.orig_filename:
        raise _not_ours("the name of the file has no place in a pack", label, name)
    if any(part in ("", ".", "..") for part in parts):
        raise _not_ours("the name leads out of the pack", label, name)
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _not_ours("a link to another place has no place in a pack", label, name)
    if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _not_ours("the file is packed in a way that is not read", label, name)
    if info.is_dir():
        if parts[0] not in FOLDERS:
            raise _not_ours("the folder has no place in a pack", label, name)
    elif not belongs(name):
        raise _not_ours("the file has no place in a pack", label, name)
