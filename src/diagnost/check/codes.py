"""The codes of problems: how grave they are, and what the manual says of them."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

MANUAL = "docs/problems.md"

WARNINGS = frozenset(
    {"K602", "K603", "K606", "K607", "K608", "K609", "K610", "K611", "K612", "K622", "K624", "K699"}
)
"""What a base can be used with; everything else is an error."""


class Page(NamedTuple):
    """What the manual says of a code."""

    title: str
    text: str
    why: str
    example: str
    remedy: str


def is_warning(code: str) -> bool:
    """Say whether a problem is no error."""
    return code in WARNINGS


@lru_cache
def pages(root: Path) -> dict[str, Page]:
    """Return the pages of the manual by code; none where the manual is not there."""
    try:
        manual = (root / MANUAL).read_text(encoding="utf-8")
    except OSError:
        return {}
    found = re.findall(r"^### ([KA]\d{3}) (.+)\n((?:(?!^##).*\n?)*)", manual, re.MULTILINE)
    return {code: _page(title, body) for code, title, body in found}


def _page(title: str, body: str) -> Page:
    """Divide a page at its marks; a group's name in bold ends it."""
    flowing = " ".join(re.sub(r"^\*\*[^*:]+\*\*$", "", body, flags=re.MULTILINE).split())
    marks = r"\*\*(Why it matters|Example|Remedy):\*\*"
    text, *rest = re.split(marks, flowing)
    parts = dict(zip(rest[::2], (part.strip() for part in rest[1::2]), strict=True))
    return Page(
        title=title,
        text=text.strip(),
        why=parts.get("Why it matters", ""),
        example=parts.get("Example", ""),
        remedy=parts.get("Remedy", ""),
    )
