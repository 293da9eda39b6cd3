"""Packs made, checked, built and listed."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from diagnost import __version__
from diagnost.app.checking import CheckResult, check_knowledge, check_text
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.app.saving import refuse_unwritable, save
from diagnost.app.shipped import packs_in_use, ready_knowledge, using_packs
from diagnost.knowledge.files import content_root
from diagnost.knowledge.pack_files import MANIFEST
from diagnost.model.pack import PackUse
from diagnost.report.pack_templates import PackTemplates

_SKELETON = "templates/pack"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day that all files of a built pack bear, so that the same files give the same zip."""


class CheckedPack(NamedTuple):
    """What the check of packs says, and whether they can be used."""

    text: str
    sound: bool


def new_pack(folder: Path) -> tuple[str, ...]:
    """Write a pack to begin with into a folder; return the names of its files.

    Raises UsageError where the folder holds anything, or its name gives no id.
    """
    id_ = re.sub(r"[^a-z0-9]+", "-", folder.absolute().name.lower()).strip("-")
    if not id_ or not id_[0].isalpha():
        raise UsageError("name the folder in Latin letters: its name becomes the id of the pack")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already, and not empty")
    topic = id_.replace("-", "_")
    root = content_root() / _SKELETON
    written = []
    for path in sorted(each for each in root.rglob("*") if each.is_file()):
        name = path.relative_to(root).as_posix()
        if name == "knowledge/topic.yaml":
            name = f"knowledge/finance/liquidity/{topic}.yaml"
        text = path.read_text(encoding="utf-8")
        for slot, value in (
            ("PACK-ID", id_),
            ("PACK_ID", topic),
            ("PACK-FOLDER", str(folder)),
            ("DIAGNOST-VERSION", __version__),
        ):
            text = text.replace(slot, value)
        _make_folder((folder / name).parent)
        save(folder / name, text.encode())
        written.append(name)
    return tuple(written)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot make the folder {folder}: {reason}") from error


def check_packs(paths: Sequence[Path]) -> CheckedPack:
    """Check packs, laid together over what is shipped: references, texts, examples and cases."""
    with using_packs(paths):
        result = _checked()
        told = check_text(result)
        uses = "".join(f"{_line(use)}\n" for use in _uses(result))
    return CheckedPack(f"{told}{uses}", sound=not result.errors)


def _checked() -> CheckResult:
    """Check the knowledge with the packs in use, and their templates."""
    result = check_knowledge()
    layouts = PackTemplates(packs_in_use(), content_root(), html=True).check()
    return result._replace(problems=(*result.problems, *layouts))


def _uses(result: CheckResult) -> tuple[PackUse, ...]:
    return result.base.packs


def build_pack(folder: Path, output: Path | None, *, overwrite: bool) -> Path:
    """Pack a folder into a zip and return its path; the same files always give the same bytes.

    Raises UsageError for a zip that cannot be written, DiagnostError for a pack with errors.
    """
    with using_packs([folder]):
        (pack,) = packs_in_use()
        result = _checked()
        if result.errors:
            raise UsageError(
                f"the pack has {result.errors} problem{'' if result.errors == 1 else 's'}: see "
                f"diagnost pack check {folder}"
            )
    manifest = pack.manifest
    path = output or Path(f"{manifest.id}-{manifest.version}.zip")
    if path.suffix.lower() != ".zip":
        raise UsageError(f"a pack is built as a .zip, not '{path.name}'")
    if path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"cannot write {path}: it would become a part of the pack")
    refuse_unwritable(path, overwrite=overwrite)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(pack.files.items(), key=_manifest_first):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    save(path, stream.getvalue())
    return path


def _manifest_first(pair: tuple[str, bytes]) -> tuple[bool, str]:
    return pair[0] != MANIFEST, pair[0]


# --- listing --------------------------------------------------------------------------------------


def pack_list(*, with_entries: bool = False) -> str:
    """Return the packs in use, one a line; with their entries, if asked for."""
    uses = ready_knowledge().packs
    if not uses:
        return "no packs in use\n"
    return "".join(
        f"{_line(use)}\n" + ("".join(_entries(use)) if with_entries else "") for use in uses
    )


def _line(use: PackUse) -> str:
    manifest = use.manifest
    counts = (
        f"{len(use.added)} added, {len(use.replaced)} replaced, "
        f"{len(use.switched_off)} switched off"
    )
    name = manifest.name.in_language("en")
    languages = " ".join(manifest.languages)
    return f"{manifest.id} {manifest.version}  {name}  ({languages})  {counts}"


def _entries(use: PackUse) -> tuple[str, ...]:
    return (
        *(f"  + {id_}\n" for id_ in use.added),
        *(f"  = {id_}\n" for id_ in use.replaced),
        *(f"  - {off.id}  ({off.because})\n" for off in use.switched_off),
    )


def pack_json() -> str:
    """Return the packs in use, with all that they do, as JSON."""
    base = ready_knowledge()
    data = [
        {
            "id": use.manifest.id,
            "version": use.manifest.version,
            "name": dict(use.manifest.name.by_language),
            "languages": list(use.manifest.languages),
            "licence": use.manifest.licence,
            "author": use.manifest.author,
            "added": list(use.added),
            "replaced": list(use.replaced),
            "switched_off": [{"id": o.id, "because": o.because} for o in use.switched_off],
        }
        for use in base.packs
    ]
    return machine_form(base, {"packs": data})
