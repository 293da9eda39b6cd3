"""Packed workbooks (zip), looked into before anything unpacks them whole."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from diagnost.intake.remarks import stop
from diagnost.model.located import At, DiagnostError

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
"""Sheets pack well, but not better than this; a part that does is made to overwhelm."""
_RATIO_FROM = 10 * 1024 * 1024
PASSWORD_HINT = "Save the workbook without a password and give that file."


@contextmanager
def looked_through(content: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Give the parts of a workbook that can reasonably be unpacked.

    Raises DiagnostError, also for what goes wrong while the parts are read: A104 too much in it,
    A108 packed with a password, A109 damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            unpacked = sum(info.file_size for info in infos)
            tight = any(
                info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size
                for info in infos
            )
            if unpacked > MAX_UNPACKED or tight or len(infos) > 10_000:
                message = "the workbook unpacks to more than it can reasonably hold"
                raise stop("A104", message, At(name), "Save the sheets into a new workbook.")
            if any(info.flag_bits & 1 for info in infos):
                raise stop(
                    "A108", "the workbook is packed with a password", At(name), PASSWORD_HINT
                )
            yield parts
    except DiagnostError:
        raise
    # A damaged archive fails anywhere inside the library, with any exception.
    except Exception as error:
        raise damaged(name) from error


def part_of(parts: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Return a part in XML; one with entities is refused, as they can unfold without end."""
    content = parts.read(part)
    # In text and attributes "<" is written otherwise, so that this stands nowhere else; in UTF-16
    # every other byte is nil.
    plain = content.replace(b"\0", b"") if b"\0" in content[:200] else content
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        message = "the workbook declares a document type or entities, which no workbook needs"
        hint = "Open it in a spreadsheet program and save it into a new workbook."
        raise stop("A109", message, At(name), hint)
    return content


def damaged(name: str) -> DiagnostError:
    """Return the error for a workbook that cannot be read to its end."""
    hint = "Open it in a spreadsheet program, let it be repaired, and save it again."
    return stop("A109", "the workbook is damaged", At(name), hint)
