"""Colours of a brand: whether headings in them can be read on white and on dark paper.

Contrast is that of WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances; text
needs 4.5.

===== ==============================================================================================
H111  no colour of the form #rrggbb
H112  too weak a contrast
===== ==============================================================================================
"""

import re
from collections.abc import Mapping

from diagnost.model.located import At, Problem
from diagnost.report.house.style import Colours

WHITE, DARK = "#ffffff", "#171a21"
"""The paper of the page by day and by night."""
NEEDED = 4.5
_STEPS = 20
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def colours_of(texts: Mapping[str, tuple[str, At]]) -> tuple[Colours, list[Problem]]:
    """Return the colours of a brand, which names the accent at least, and what is wrong in them.

    Without an accent for dark paper the accent is lightened until it can be read there; lines may
    be as pale as they like, nothing is read in them.
    """
    problems = [
        Problem("H111", f"'{text}' is no colour", at, 'Write it as "#1a4f8b", in quotes.')
        for text, at in texts.values()
        if not _COLOUR.fullmatch(text)
    ]
    if problems:
        return Colours("", "", ""), problems
    named = {key: text.lower() for key, (text, _) in texts.items()}
    accent = named["accent"]
    dark = named.get("accent_dark") or _lightened(accent)
    for key, colour, paper, called in (
        ("accent", accent, WHITE, "white"),
        ("accent_dark", dark, DARK, "dark"),
    ):
        found = contrast(colour, paper)
        if key in texts and found < NEEDED:
            message = f"headings in {colour} are hard to read on {called} paper"
            hint = f"Its contrast is {found:.1f}; text needs {NEEDED} (WCAG 2.2)."
            problems.append(Problem("H112", message, texts[key][1], hint))
    return Colours(accent, dark, named.get("line", accent)), problems


def contrast(one: str, other: str) -> float:
    """Return how far two colours stand apart, from 1 (alike) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _lightened(colour: str) -> str:
    """Mix a colour with white until it can be read on dark paper."""
    for step in range(_STEPS + 1):
        mixed = (round(part + (255 - part) * step / _STEPS) for part in _parts(colour))
        lighter = "#" + "".join(f"{part:02x}" for part in mixed)
        if contrast(lighter, DARK) >= NEEDED:
            return lighter
    return WHITE
