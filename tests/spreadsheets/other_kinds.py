"""Workbooks of other kinds, written byte by byte: .xls (BIFF8), .xlsb (BIFF12) and .ods.

No library that is kept up writes them; what is needed here of each format is little.
"""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from openpyxl import load_workbook

Values = Sequence[Sequence[Any]]
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def values_of(workbook: bytes) -> dict[str, list[list[Any]]]:
    """Return the values of an .xlsx workbook by sheet."""
    book = load_workbook(io.BytesIO(workbook))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


# --- .ods ----------------------------------------------------------------------------------------


def ods(sheets: Mapping[str, Values], hidden: Iterable[str] = (), body: str = "") -> bytes:
    """Return an OpenDocument workbook; ``body`` stands in place of its sheets if given."""
    off = set(hidden)
    tables = body or "".join(
        _ods_table(title, rows, "off" if title in off else "on") for title, rows in sheets.items()
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        )
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} '
        'office:version="1.2"><office:automatic-styles><style:style style:name="off" '
        'style:family="table"><style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        kind = zipfile.ZipInfo("mimetype")
        parts.writestr(kind, "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
        parts.writestr("content.xml", content)
    return stream.getvalue()


def _ods_table(title: str, rows: Values, style: str) -> str:
    filled = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    return (
        f'<table:table table:name="{escape(title)}" table:style-name="{style}">{filled}'
        '<table:table-row table:number-rows-repeated="1040000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )


def _ods_cell(value: Any) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


# --- .xls ----------------------------------------------------------------------------------------


def xls(sheets: Mapping[str, Values]) -> bytes:
    """Return a workbook of Excel 97: texts and numbers, days as texts."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = [_text(title, short=True) for title in sheets]
    listed = sum(4 + 6 + len(name) for name in names)
    start = len(_begin(0x0005)) + listed + len(_record(0x000A))
    book = _begin(0x0005)
    for name, body in zip(names, bodies, strict=True):
        book += _record(0x0085, struct.pack("<IBB", start, 0, 0) + name)
        start += len(body)
    book += _record(0x000A) + b"".join(bodies)
    return _compound(book)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _text(text: str, *, short: bool = False) -> bytes:
    return struct.pack("<BB" if short else "<HB", len(text), 1) + text.encode("utf-16-le")


def _sheet(rows: Values) -> bytes:
    body = _begin(0x0010)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                body += _record(0x0203, struct.pack("<HHHd", number, column, 0, value))
            elif value not in (None, ""):
                text = f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
                body += _record(0x0204, struct.pack("<HHH", number, column, 0) + _text(text))
    return body + _record(0x000A)


def _compound(stream: bytes) -> bytes:
    """Return a compound file that holds nothing but the stream of a workbook."""
    padded = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(padded) // _SECTOR
    tables = 1
    while tables * 128 < sectors + tables + 1:
        tables += 1
    first = tables + 1
    chain = [_FAT] * tables + [_END]
    chain += [*range(first + 1, first + sectors), _END]
    chain += [_FREE] * (tables * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, first, len(padded))
    folder = folder.ljust(_SECTOR, b"\0")
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder + padded


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    entry = title.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(title), kind, 1, _FREE, _FREE, child
    )
    return entry + bytes(36) + struct.pack("<IQ", start, size)


# --- .xlsb ---------------------------------------------------------------------------------------

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb(sheets: Mapping[str, Values], body: bytes = b"") -> bytes:
    """Return a binary workbook: texts and numbers; ``body`` is the data of its sheets if given."""
    book = _long(131) + _long(143)
    for number, title in enumerate(sheets, start=1):
        book += _long(156, struct.pack("<II", 0, number) + _wide(f"s{number}") + _wide(title))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": _links({"w": ("officeDocument", "xl/workbook.bin")}),
        "xl/workbook.bin": book + _long(144) + _long(132),
        "xl/_rels/workbook.bin.rels": _links(
            {f"s{n + 1}": ("worksheet", f"worksheets/sheet{n + 1}.bin") for n in range(len(sheets))}
        ),
    }
    for number, rows in enumerate(sheets.values(), start=1):
        width = max(map(len, rows), default=1)
        extent = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)
        data = body or b"".join(long_row(n, dict(enumerate(row))) for n, row in enumerate(rows))
        sheet = _long(129) + _long(148, extent) + _long(145) + data + _long(146) + _long(130)
        parts[f"xl/worksheets/sheet{number}.bin"] = sheet
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def long_row(number: int, cells: Mapping[int, Any]) -> bytes:
    """Return a row of a binary workbook, with its number and its cells by column, from 0."""
    row = _long(0, struct.pack("<IIH3xI", number, 0, 300, 0))
    for column, value in cells.items():
        head = struct.pack("<II", column, 0)
        if isinstance(value, int | float):
            row += _long(5, head + struct.pack("<d", value))
        elif value not in (None, ""):
            row += _long(6, head + _wide(str(value)))
    return row


def _long(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind] if kind < 0x80 else [kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    while length >= 0x80:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _links(parts: Mapping[str, tuple[str, str]]) -> bytes:
    links = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()
