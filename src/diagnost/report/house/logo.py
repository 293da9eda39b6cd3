"""The logo of a brand: a picture of a known kind and a reasonable size that reaches for nothing.

===== ==============================================================================================
H114  the file cannot be read
H115  too large, in bytes or in pixels
H116  neither PNG, JPEG nor SVG, or damaged
H117  an SVG with scripts, or with anything that lies elsewhere
===== ==============================================================================================
"""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from diagnost.intake.xml_elements import Element, read_xml
from diagnost.model.located import At, DiagnostError, Problem
from diagnost.report.house.style import Logo

MAX_BYTES = 512 * 1024
MAX_PIXELS = 4_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_NAMESPACE = b"http://www.w3.org/2000/svg"
_FRAMES = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
"""The markers of JPEG after which the size stands."""
_ACTIVE = frozenset(
    {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "canvas", "handler"}
    | {"listener", "set", "animate", "animateMotion", "animateTransform", "animateColor", "a"}
)
"""Elements that do something, or lead away."""
_INLINE = re.compile(r"#|data:image/(png|jpeg);base64,")
_URL = re.compile(r"url\(\s*['\"]?\s*(?!#|data:image/(?:png|jpeg);base64,)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in)?\s*")


def read_logo(path: Path, at: At) -> Logo:
    """Return a logo; ``at`` is where the brand names it. Raises DiagnostError: H114 to H117."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        hint = "The path is seen from the folder of the brand."
        raise _refused("H114", f"the logo cannot be read: {error.strerror}", at, hint) from error
    if size > MAX_BYTES:
        hint = f"A logo may have {MAX_BYTES // 1024} KB; save it smaller."
        raise _refused("H115", f"the logo has {size // 1024} KB", at, hint)
    kind, (width, height) = _measured(content, at)
    if not 0 < max(width, height) <= MAX_PIXELS or min(width, height) <= 0:
        hint = f"A logo may be {MAX_PIXELS} pixels wide and high; some hundreds are enough."
        raise _refused("H115", f"the logo is {width:g} × {height:g} pixels", at, hint)
    return Logo(kind, content, width, height)


def _refused(code: str, message: str, at: At, hint: str) -> DiagnostError:
    return DiagnostError([Problem(code, message, at, hint)])


def _measured(content: bytes, at: At) -> tuple[str, tuple[float, float]]:
    """Return the kind of a picture, by its content, and its size."""
    size: tuple[float, float] | None = None
    kind = ""
    if content.startswith(_PNG):
        kind, size = "png", _png_size(content)
    elif content.startswith(_JPEG):
        kind, size = "jpeg", _jpeg_size(content)
    elif b"<svg" in content[:4096]:
        kind, size = "svg+xml", _svg_size(content, at)
    if size is None:
        hint = "Save it anew as PNG, JPEG or SVG; an SVG is UTF-8 and has a size or viewBox."
        raise _refused("H116", "the logo is no picture that can be shown", at, hint)
    return kind, size


def _png_size(content: bytes) -> tuple[float, float] | None:
    """Return the size of a PNG that is whole: a chain of parts from IHDR to IEND."""
    place = len(_PNG)
    size: tuple[float, float] | None = None
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        if name == b"IHDR" and length == 13 and place + 16 <= len(content):
            size = struct.unpack(">II", content[place + 8 : place + 16])
        place += 12 + length
        if name == b"IEND":
            return size if place <= len(content) else None
    return None


def _jpeg_size(content: bytes) -> tuple[float, float] | None:
    place = 2
    whole = b"\xff\xd9" in content[-64:]
    while whole and place + 9 < len(content) and content[place] == 0xFF:
        marker, length = struct.unpack(">xBH", content[place : place + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


# --- SVG ------------------------------------------------------------------------------------------


def _svg_size(content: bytes, at: At) -> tuple[float, float] | None:
    """Return the size of a drawing, after a look at all that is in it."""
    try:
        root = read_xml(content, at.file)
    except DiagnostError as error:
        hint = "Save it as plain SVG."
        message = f"the logo: {error.problems[0].message}"
        raise _refused("H117", message, at, hint) from error
    reason = next(_reaching(root), "")
    if not reason and b"<?xml-stylesheet" in content:
        reason = "a style sheet that lies elsewhere"
    if reason:
        hint = "A logo shows itself and nothing else: save it as plain SVG, or as PNG."
        raise _refused("H117", f"the logo has {reason}", at, hint)
    if root.name != "svg" or _NAMESPACE not in content or not _is_utf8(content):
        return None
    lengths = [_LENGTH.fullmatch(root.attributes.get(key, "")) for key in ("width", "height")]
    if lengths[0] and lengths[1]:
        return float(lengths[0][1]), float(lengths[1][1])
    try:
        box = [float(part) for part in re.split(r"[\s,]+", root.attributes["viewBox"].strip())]
        return box[2], box[3]
    except (KeyError, ValueError, IndexError):
        return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _reaching(root: Element) -> Iterator[str]:
    """Yield what in a drawing does something, or lies elsewhere."""
    open_ = [root]
    while open_:
        element = open_.pop()
        open_ += element.children
        if element.name in _ACTIVE:
            yield f"an element <{element.name}>"
        for name, value in element.attributes.items():
            if name.lower().startswith("on"):
                yield f"the attribute {name}"
            if name == "href" and not _INLINE.match(value.strip()):
                yield "a link to something outside it"
            if _URL.search(value):
                yield "a link to something outside it"
        if element.name == "style" and ("@import" in element.text or _URL.search(element.text)):
            yield "a link to something outside it"
