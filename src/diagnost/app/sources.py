"""Where accounts come from: a file with what its reader has settled of it, or standard input."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from tempfile import TemporaryDirectory

from diagnost.app.errors import UsageError
from diagnost.intake.limits import MAX_BYTES, kind_of
from diagnost.intake.read import read_accounts
from diagnost.intake.yaml_accounts import TOP_KEYS
from diagnost.model.accounts import Accounts
from diagnost.model.catalogue import Catalogue

STDIN = Path("-")
KINDS = {"csv": ".csv", "yaml": ".yaml", "json": ".json"}
"""What standard input can be said to be, with the ending that files of the kind have."""
_SNIFFED = 65_536
_KEYED = re.compile(rf"(?m)^(?:{'|'.join(TOP_KEYS)})\s*:(?:\s|$)")

_mapping: ContextVar[Path | None] = ContextVar("mapping", default=None)


def read_case(path: Path, catalogue: Catalogue, *, peers: Path | None = None) -> Accounts:
    """Read the accounts of a case with the mapping in use; raises as ``read_accounts`` does."""
    return read_accounts(path, catalogue, name=path.name, peers=peers, mapping=_mapping.get())


def mapping_in_use() -> Path | None:
    """Return the file of the mapping that accounts are read with, if there is one."""
    return _mapping.get()


@contextmanager
def using_mapping(path: Path | None) -> Iterator[None]:
    """Let accounts that are read within be read with a mapping."""
    token = _mapping.set(path)
    try:
        yield
    finally:
        _mapping.reset(token)


@contextmanager
def as_file(path: Path, kind: str = "") -> Iterator[Path]:
    """Give what stands for the accounts as a file: itself, or what standard input has for ``-``.

    ``kind`` (csv, yaml, json) goes before what the first bytes show. Raises UsageError where
    nothing is piped in, or a kind is named for a file.
    """
    if path != STDIN:
        if kind:
            raise UsageError("--as says what standard input is; a file says it by its ending")
        yield path
        return
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("- reads standard input: send a table into it, as in 'cat x.csv | …'")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    with TemporaryDirectory(prefix="diagnost-") as folder:
        file = Path(folder) / f"stdin{_suffix(content, kind)}"
        file.write_bytes(content)
        yield file


def _suffix(content: bytes, kind: str) -> str:
    """Return the ending of a file with that content."""
    start = content[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").lstrip()
    braced = start.startswith("{")
    if kind == "csv" or (not kind and not braced):
        _, usual = kind_of(content)
        if not kind and usual in (".xlsx", ".xls", ".xml"):
            return ".ods" if b"opendocument.spreadsheet" in content[:100] else usual
        return ".yaml" if not kind and _KEYED.search(start) else ".csv"
    # Accounts written as JSON are YAML too; what XBRL tools write has its facts.
    return ".json" if kind != "yaml" and _has_facts(content) else ".yaml"


def _has_facts(content: bytes) -> bool:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "facts" in found
