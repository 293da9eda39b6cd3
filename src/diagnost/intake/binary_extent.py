"""How far the cells of binary workbooks reach, before a library unfolds their sheets.

The library allots a sheet up to its last cell at once. One number in the far corner of a file of a
few kilobytes would take more memory than any machine has and end the process, so rows and columns
of all cells are looked at first. What a file says of its own extent need not be true.
"""

import io
import re
import struct
from collections.abc import Iterable, Iterator
from posixpath import normpath
from typing import NamedTuple
from zipfile import ZipFile

OLE = b"\xd0\xcf\x11\xe0"
_NUMBERS_AND_TEXTS = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
"""Kinds of records of .xls that begin with the row and the column of one cell with content."""
_RUN_OF_NUMBERS, _END, _SHEET, _PASSWORD = 0x00BD, 0x000A, 0x0085, 0x002F
_LONG_ROW, _LONG_CELLS = 0, range(2, 12)
"""The same of .xlsb, where the row stands in a record of its own."""
_SECTOR, _LAST, _UNUSED, _OF_TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALLEST = 4096
"""Shorter streams stand elsewhere in a compound file."""
MAX_XLS = 109 * 126 * _SECTOR
"""Bytes of records whose sectors the head of a compound file can list."""
_LINKS = "xl/_rels/workbook.bin.rels"


class Extent(NamedTuple):
    """The number of rows and columns up to the last cell of a sheet."""

    rows: int = 0
    columns: int = 0

    def with_cell(self, row: int, column: int) -> "Extent":
        """Return the extent that takes in a cell, counted from 0."""
        return Extent(max(self.rows, row + 1), max(self.columns, column + 1))


def is_encrypted(content: bytes) -> bool:
    """Say whether a compound file holds a workbook that only a password opens."""
    return "EncryptedPackage".encode("utf-16-le") in content


def workbook_of_xls(content: bytes) -> bytes:
    """Return the stream of records of an .xls workbook; any exception says it is damaged."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(content)) as parts:
        name = next(name for name in ("Workbook", "Book") if parts.exists(name))
        return bytes(parts.openstream(name).read())


def extents_of_xls(stream: bytes) -> Iterator[Extent]:
    """Return the extents of the sheets in a stream of records.

    Raise ValueError where a sheet is said to begin behind the end.
    """
    starts = _sheets_of(stream)
    if any(start >= len(stream) for start in starts):
        raise ValueError("a sheet begins behind the end")
    return (_short(stream, start) for start in starts)


def packed_alone(stream: bytes) -> bytes:
    """Return a compound file that holds nothing but the records of a workbook.

    In a damaged file the sectors may go round in a circle, which the library follows without end.
    """
    padded = stream.ljust(-(-max(len(stream), _SMALLEST) // _SECTOR) * _SECTOR, b"\0")
    sectors = len(padded) // _SECTOR
    in_table = _SECTOR // 4
    tables = 1
    while tables * in_table < sectors + tables + 1:
        tables += 1
    first = tables + 1
    chain = [*[_OF_TABLE] * tables, _LAST, *range(first + 1, first + sectors), _LAST]
    chain += [_UNUSED] * (tables * in_table - len(chain))
    head = OLE + b"\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, _SMALLEST, _LAST, 0, _LAST, 0)
    head += struct.pack("<109I", *range(tables), *[_UNUSED] * (109 - tables))
    folder = _entry("Root Entry", 5, 1, _LAST, 0)
    folder += _entry("Workbook", 2, _UNUSED, first, len(padded))
    listed = struct.pack(f"<{len(chain)}I", *chain)
    return head.ljust(_SECTOR, b"\0") + listed + folder.ljust(_SECTOR, b"\0") + padded


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    entry = struct.pack("<64sHBBIII", title, len(title), kind, 1, _UNUSED, _UNUSED, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def _sheets_of(stream: bytes) -> tuple[int, ...]:
    """Return where the sheets of a workbook begin; none where all of them are encrypted."""
    starts: dict[int, None] = {}
    for kind, position, length in _short_records(stream, 0):
        if kind == _PASSWORD:
            return ()
        if kind == _SHEET and length >= 4:
            starts.update(dict.fromkeys(struct.unpack_from("<I", stream, position)))
    return tuple(starts)


def _short(stream: bytes, start: int) -> Extent:
    extent = Extent()
    for kind, position, length in _short_records(stream, start):
        if kind in _NUMBERS_AND_TEXTS and length >= 4:
            extent = extent.with_cell(*struct.unpack_from("<HH", stream, position))
        elif kind == _RUN_OF_NUMBERS and length >= 6:
            (row,) = struct.unpack_from("<H", stream, position)
            extent = extent.with_cell(row, *struct.unpack_from("<H", stream, position + length - 2))
    return extent


def _short_records(stream: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and length of records up to the end of the sheet that begins there."""
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if kind == _END or position + length > len(stream):
            return
        yield kind, position, length
        position += length


def extents_of_xlsb(parts: ZipFile) -> Iterator[Extent]:
    """Return the extents of whatever the workbook links to, as anything may be called a sheet."""
    links = parts.read(_LINKS).decode("utf-8", errors="replace")
    names = set(parts.namelist())
    for target in re.findall(r"""\bTarget\s*=\s*["']([^"']+)["']""", links):
        name = normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if name in names and not (content := parts.read(name)).startswith(OLE):
            yield _long(content)


def _long(content: bytes) -> Extent:
    extent, row = Extent(), 0
    for kind, start, length in _long_records(content):
        if kind == _LONG_ROW and length >= 4:
            (row,) = struct.unpack_from("<I", content, start)
        elif kind in _LONG_CELLS and length >= 4:
            extent = extent.with_cell(row, *struct.unpack_from("<I", content, start))
    return extent


def _long_records(content: bytes) -> Iterable[tuple[int, int, int]]:
    """Yield kind, start and length of records whose heads are written in groups of seven bits."""
    position, end = 0, len(content)
    while position + 1 < end:
        kind = content[position]
        position += 1
        if kind & 0x80:
            kind = kind & 0x7F | content[position] << 7
            position += 1
        length = shift = 0
        while position < end and shift < 28:
            byte = content[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if position + length > end:
            return
        yield kind, position, length
        position += length
