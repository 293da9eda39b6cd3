"""``brand.yaml`` → the brand of a house, every slip told with its place.

===== ==============================================================================================
H100  cannot be read; H101 to H104 are slips of the YAML itself
H105  a key that is not known
H106  a key that must be there
H107  a value of the wrong shape
H110  a text that is empty or too long
===== ==============================================================================================

Colours: ``colours.py``. Logos: ``logo.py``.
"""

from collections.abc import Iterator
from pathlib import Path

from diagnost.model.located import At, DiagnostError, Problem, nearest
from diagnost.model.text import LANGUAGES
from diagnost.report.house.colours import colours_of
from diagnost.report.house.logo import read_logo
from diagnost.report.house.style import Brand, Colours, Logo, Said
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence, read

KEYS = ("name", "logo", "colours", "author", "contact", "disclaimer")
COLOURS = ("accent", "accent_dark", "line")
MAX_LINE, MAX_DISCLAIMER, MAX_CONTACT = 120, 1_500, 6


def read_brand(path: Path) -> Brand:
    """Return the brand that a file describes; raises DiagnostError with every problem of it."""
    return _Reader(path).brand()


class _Reader:
    """Reads one brand and collects what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def brand(self) -> Brand:
        node = read(self.path, name=str(self.path), family="H")
        found = self._keys(node, KEYS, "a brand")
        if "name" not in found and isinstance(node, Mapping):
            hint = "Write name: and the name of your firm."
            self._say("H106", "a brand needs the key 'name'", node.at, hint)
        brand = Brand(
            name=self._said(found["name"]) if "name" in found else Said({"": ""}, node.at),
            logo=self._logo(found.get("logo")),
            colours=self._colours(found.get("colours")),
            author=self._said(found["author"]) if "author" in found else None,
            contact=tuple(self._lines(found.get("contact"))),
            disclaimer=self._disclaimer(found.get("disclaimer")),
        )
        if self.problems:
            raise DiagnostError(self.problems)
        return brand

    def _say(self, code: str, message: str, at: At, hint: str = "") -> None:
        self.problems.append(Problem(code, message, at, hint))

    def _keys(self, node: Node, known: tuple[str, ...], what: str) -> dict[str, Node]:
        """Return the values of a mapping by key, and refuse the keys that are not known."""
        if not isinstance(node, Mapping):
            hint = f"Write lines such as {known[0]}: …"
            self._say("H107", f"{what} must be a mapping of keys to values", node.at, hint)
            return {}
        for key, (scalar, _) in node.entries.items():
            if key not in known:
                hint = nearest(key, known) or f"Known here: {', '.join(known)}."
                self._say("H105", f"'{key}' is no key of {what}", scalar.at, hint)
        return {key: value for key, (_, value) in node.entries.items() if key in known}

    def _text(self, node: Node, most: int = MAX_LINE) -> str:
        """Return a single text, with one space for every stretch of them."""
        if not isinstance(node, Scalar):
            self._say("H107", "here stands a single text", node.at)
            return ""
        text = " ".join((node.text or "").split())
        if not text or len(text) > most or not text.isprintable():
            hint = f"Write at most {most} characters, on one line." if text else "Leave it out."
            wrong = "the text is too long or has control characters" if text else "an empty text"
            self._say("H110", wrong, node.at, hint)
        return text

    def _said(self, node: Node, most: int = MAX_LINE) -> Said:
        """Return a text that is the same in all languages, or one for each."""
        if not isinstance(node, Mapping):
            return Said({"": self._text(node, most)}, node.at)
        by_language = self._keys(node, LANGUAGES, "a text by language")
        return Said({lang: self._text(each, most) for lang, each in by_language.items()}, node.at)

    def _disclaimer(self, node: Node | None) -> Said | None:
        return None if node is None else self._said(node, MAX_DISCLAIMER)

    def _lines(self, node: Node | None) -> Iterator[Said]:
        if node is None:
            return
        lines = node.items if isinstance(node, Sequence) else (node,)
        if len(lines) > MAX_CONTACT:
            hint = "Put what belongs together on one line."
            self._say("H110", f"more than {MAX_CONTACT} lines of contact", node.at, hint)
        for line in lines:
            yield self._said(line)

    def _colours(self, node: Node | None) -> Colours | None:
        if node is None:
            return None
        found = self._keys(node, COLOURS, "'colours'")
        if "accent" not in found:
            self._say(
                "H106", "'colours' needs the key 'accent'", node.at, 'Write accent: "#1a4f8b".'
            )
            return None
        texts = {key: (self._text(value), value.at) for key, value in found.items()}
        colours, problems = colours_of(texts)
        self.problems += problems
        return colours

    def _logo(self, node: Node | None) -> Logo | None:
        if node is None:
            return None
        before = len(self.problems)
        name = self._text(node, 400)
        if len(self.problems) > before:
            return None
        try:
            return read_logo(self.path.parent / Path(name).expanduser(), node.at)
        except DiagnostError as error:
            self.problems += error.problems
            return None
