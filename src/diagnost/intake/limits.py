"""How large a file may be, and what its first bytes say it is."""

from pathlib import Path

from diagnost.intake.remarks import stop
from diagnost.model.located import At

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
MAX_CELLS = 2_000_000

_FEWER_SHEETS = "Keep only the sheets with the statements."
_SMALLER = {
    ".xml": "Give the statement without its attachments.",
    ".xades": "Give the statement without its attachments.",
    ".json": "Give the facts of one company.",
}
XBRL_HINT = (
    "Export a report in XBRL or inline XBRL to xBRL-JSON (Arelle and other tools do) and give that "
    ".json; of a company that files with the SEC its companyfacts."
)
_MAGIC = (
    (b"PK\x03\x04", "an Excel workbook or another packed file", ".xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old or protected Office file", ".xls"),
    (b"%PDF", "a PDF document", ".pdf"),
    (b"\x89PNG", "a picture", ".png"),
    (b"\xff\xd8\xff", "a picture", ".jpg"),
    (b"\x1f\x8b", "a packed file", ".gz"),
    (b"SQLite format 3", "a database", ".db"),
)


def read_bytes(path: Path, name: str) -> bytes:
    """Return the content of a file.

    Raises DiagnostError: A100 cannot be read, A104 too large, A107 empty.
    """
    at = At(name)
    hint = "Check the path and the access rights."
    try:
        if path.is_dir():
            raise stop("A100", "is a folder, not a file", at, "Name one file in it.")
        if path.stat().st_size > MAX_BYTES:
            message = f"the file is larger than {MAX_BYTES // 2**20} MB"
            raise stop("A104", message, at, _SMALLER.get(path.suffix.lower(), _FEWER_SHEETS))
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise stop("A100", "there is no such file", at, hint) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise stop("A100", f"cannot be read: {reason}", at, hint) from error
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise stop("A107", "the file is empty", at, "Start from an empty form (diagnost template).")
    return content


def kind_of(content: bytes) -> tuple[str, str]:
    """Return what the first bytes say a file is, with its usual suffix; '' where they say text."""
    for magic, what, suffix in _MAGIC:
        if content.startswith(magic):
            return what, suffix
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        return "a web page", ".html"
    if start.startswith(b"<?xml"):
        return "an XML file", ".xml"
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in content[:4096] and not marked and not utf_16_without_mark(content):
        return "no text", ""
    return "", ""


def utf_16_without_mark(content: bytes) -> str:
    """Return the encoding of a text in UTF-16 that lacks the mark at its start; '' for others.

    Of delimiters and line ends one byte is nil, always on the same side.
    """
    start = content[:4096]
    nils = [index for index, byte in enumerate(start) if byte == 0]
    if len(nils) * 50 < len(start) or len(content) % 2:
        return ""
    sides = {index % 2 for index in nils}
    if len(sides) != 1:
        return ""
    encoding = "utf-16-le" if sides == {1} else "utf-16-be"
    text = start.decode(encoding, errors="ignore")
    return encoding if all(c.isprintable() or c in "\t\r\n" for c in text) else ""


def expect_text(content: bytes, name: str, suffix: str) -> None:
    """Raise DiagnostError A106 where a file that should be text is something else."""
    what, usual = kind_of(content)
    if not what:
        return
    if usual == ".xlsx":
        hint = "Rename it to .xlsx, or save it from the spreadsheet program as CSV."
    else:
        hint = f"Save the table as {suffix} or .xlsx and give that file."
    raise stop("A106", f"the name ends in {suffix}, but this is {what}", At(name), hint)
