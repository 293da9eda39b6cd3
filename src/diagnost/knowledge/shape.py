"""Strict reading of one YAML mapping: every key accounted for, every problem collected."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from diagnost.model.located import At, Problem, nearest
from diagnost.model.text import LANGUAGES, Slot, Text, braces_left, slots_of
from diagnost.yaml_reader import Mapping as NodeMapping
from diagnost.yaml_reader import Node, Scalar
from diagnost.yaml_reader import Sequence as NodeSequence

NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?(/\d{1,20}(\.\d{1,20})?)?%?")
_MARKUP = re.compile(r"<[A-Za-z/!?]|\]\(")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*")


class Witness(Protocol):
    """Sees what is asked of the files while they are read: so the schemas know every key."""

    def mapping(self, node: Node, what: str) -> None:
        """Note that a mapping is read, and what it is called."""

    def free(self, node: Node) -> None:
        """Note that the keys of a mapping are names, not fixed words."""

    def asked(
        self, node: Node, key: str, kind: str, *, among: Sequence[str] = (), required: bool = False
    ) -> None:
        """Note that a key is asked for, and what may stand under it."""

    def special(self, node: Node, kind: str) -> None:
        """Note that a value is a ``condition`` or an ``example``."""


class Problems(list[Problem]):
    """The problems found so far, in all files; ``witness`` sees what was asked for.

    ``languages`` are those of a pack, by how places call it: its texts have them all and no other.
    ``place_of_key`` gives, by file, line and column of a condition's word, where its key stands.
    """

    witness: Witness | None = None

    def __init__(self, languages: Mapping[str, tuple[str, ...]] | None = None) -> None:
        super().__init__()
        self._languages = languages or {}
        self.place_of_key: dict[tuple[str, int, int], At] = {}

    def languages_at(self, at: At) -> tuple[str, ...] | None:
        """Return the languages that texts of a file have; None for what is no pack's."""
        if not self._languages:
            return None
        return self._languages.get(at.file.partition("/")[0])

    def say(self, code: str, message: str, at: At, hint: str = "", also: At | None = None) -> None:
        """Note one problem."""
        self.append(Problem(code=code, message=message, at=at, hint=hint, also=also))


def number(text: str) -> Decimal:
    """Read ``1.2``, ``2/3`` or ``35%`` exactly; the text must match ``NUMBER``."""
    percent = text.endswith("%")
    top, _, bottom = text.rstrip("%").partition("/")
    value = Decimal(top) / Decimal(bottom) if bottom else Decimal(top)
    return value / 100 if percent else value


class Shape:
    """A mapping being read: take each key, then call ``done`` to refuse what is left."""

    def __init__(self, node: Node, problems: Problems, what: str) -> None:
        self.problems = problems
        self.what = what
        self.at = node.at
        self.whole = node
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.taken: set[str] = set()
        if isinstance(node, NodeMapping):
            self.entries = node.entries
        else:
            problems.say("K107", f"{what} must be a mapping of keys to values", node.at)
        if problems.witness is not None:
            problems.witness.mapping(node, what)

    def _asked(
        self, key: str, kind: str, among: Sequence[str] = (), *, required: bool = False
    ) -> None:
        if self.problems.witness is not None:
            self.problems.witness.asked(self.whole, key, kind, among=among, required=required)

    def names(self) -> tuple[str, ...]:
        """Return the keys of a mapping in which they are names, not fixed words."""
        if self.problems.witness is not None:
            self.problems.witness.free(self.whole)
        return tuple(self.entries)

    def done(self) -> None:
        """Refuse every key that nothing has asked for."""
        for key, (scalar, _) in self.entries.items():
            if key not in self.taken:
                known = sorted(self.taken)
                hint = nearest(key, known) or f"Known here: {', '.join(known)}."
                self.problems.say("K105", f"'{key}' is no key of {self.what}", scalar.at, hint)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """Take the value under a key."""
        self.taken.add(key)
        self._asked(key, "node", required=required)
        entry = self.entries.get(key)
        if entry is None:
            if required:
                self.problems.say("K106", f"{self.what} needs the key '{key}'", self.at)
            return None
        return entry[1]

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        """Take a single value."""
        self._asked(key, "scalar")
        node = self.node(key, required=required)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text is not None:
            return node
        self.problems.say("K107", f"'{key}' of {self.what} must be a single value", node.at)
        return None

    def word(self, key: str, *, among: Sequence[str] = (), default: str | None = None) -> str:
        """Take a word; without a default it is required, with ``among`` it must be one of them."""
        self._asked(key, "word", among)
        scalar = self.scalar(key, required=default is None)
        if scalar is None:
            return default or (among[0] if among else "")
        text = scalar.text or ""
        if among and text not in among:
            hint = nearest(text, among) or f"Allowed: {', '.join(among)}."
            self.problems.say("K108", f"'{text}' is not a word for '{key}'", scalar.at, hint)
            return default or among[0]
        return text

    def identifier(self, key: str = "id") -> str:
        """Take an id: letters, digits, underscores, parts joined by dots."""
        self._asked(key, "id")
        scalar = self.scalar(key, required=True)
        if scalar is None:
            return ""
        if not _ID.fullmatch(scalar.text or ""):
            hint = "Use letters, digits and underscores."
            self.problems.say("K112", f"'{scalar.text}' is not an id", scalar.at, hint)
        return scalar.text or ""

    def flag(self, key: str, *, default: bool) -> bool:
        """Take yes or no."""
        self._asked(key, "flag")
        word = self.word(
            key, among=("yes", "no", "true", "false"), default="yes" if default else "no"
        )
        return word in ("yes", "true")

    def words(self, key: str) -> tuple[Scalar, ...]:
        """Take a list of words (a single one may stand without brackets)."""
        self._asked(key, "words")
        node = self.node(key)
        if node is None:
            return ()
        nodes = node.items if isinstance(node, NodeSequence) else (node,)
        found = []
        for item in nodes:
            if isinstance(item, Scalar) and item.text is not None:
                found.append(item)
            else:
                self.problems.say("K107", f"'{key}' of {self.what} must list words", item.at)
        return tuple(found)

    def items(self, key: str) -> tuple[Node, ...]:
        """Take a list."""
        self._asked(key, "items")
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, NodeSequence):
            return node.items
        self.problems.say(
            "K107", f"'{key}' of {self.what} must be a list", node.at, "Begin with '- '."
        )
        return ()

    def decimal(self, key: str, *, percent: bool | None = None) -> Decimal | None:
        """Take a number; with ``percent`` True the sign is required, with False forbidden."""
        self._asked(key, {True: "percent", False: "number", None: "share"}[percent])
        scalar = self.scalar(key) if key in self.entries else self.node(key)
        if not isinstance(scalar, Scalar):
            return None
        return decimal_of(scalar, self.problems, percent=percent)

    def text(self, key: str, *, required: bool = False) -> Text | None:
        """Take a text in several languages.

        English is always required, but of a pack: there all the languages that it declares, and the
        first of them stands in for English.
        """
        self._asked(key, "text")
        node = self.node(key, required=required)
        if node is None:
            return None
        shape = Shape(node, self.problems, f"'{key}'")
        own = self.problems.languages_at(node.at)
        by_language: dict[str, str] = {}
        for language in LANGUAGES:
            needed = language == "en" if own is None else language in own
            scalar = shape.scalar(language, required=needed)
            if scalar is None or scalar.text is None:
                continue
            by_language[language] = scalar.text.strip()
            self._check_braces(scalar)
            if own is not None:
                self._check_markup(scalar)
            if own is not None and language not in own:
                hint = "Add the language to languages: in pack.yaml, or leave the text out."
                message = f"the pack declares no texts in '{language}'"
                self.problems.say("P106", message, scalar.at, hint)
        shape.done()
        self._check_slots(by_language, shape)
        by_language.setdefault("en", next(iter(by_language.values()), ""))
        return Text(by_language, node.at)

    def _check_braces(self, scalar: Scalar) -> None:
        if braces_left(scalar.text or ""):
            hint = "A slot is {symbol}, {symbol.previous} or {symbol:form}."
            self.problems.say("K111", "a brace that belongs to no slot", scalar.at, hint)

    def _check_markup(self, scalar: Scalar) -> None:
        if _MARKUP.search(scalar.text or ""):
            hint = "Texts are plain sentences; templates lay them out."
            self.problems.say("P107", "markup or a link in a text", scalar.at, hint)

    def _check_slots(self, by_language: dict[str, str], shape: "Shape") -> None:
        first = next(iter(by_language), "en")  # English, if there is any
        wanted = {str(slot) for slot in slots_of(by_language.get(first, ""))}
        for language, text in by_language.items():
            found = {str(slot) for slot in slots_of(text)}
            for slot in sorted(bare(wanted) ^ bare(found)):
                where = "missing from" if slot in bare(wanted) else f"not in '{first}' but in"
                at = shape.entries[language][1].at
                self.problems.say("K402", f"the slot {slot} is {where} '{language}'", at)


def check_slots(text: Text, names: Sequence[str], problems: Problems) -> None:
    """Refuse slots of a text other than a few names, which are filled as they are."""
    known = {Slot(name) for name in names}
    for slot in sorted(text.slots - known, key=str):
        hint = f"Here stand {', '.join(map(str, known))}." if known else ""
        problems.say("K204", f"the slot {slot} names no figure", text.at, hint)


def bare(slots: Iterable[str]) -> set[str]:
    """Return slots without their form: grammar differs between languages, figures must not.

    Phrases of the method are no figures.
    """
    return {re.sub(r":\w+", "", slot) for slot in slots if not slot.startswith("{method.")}


def decimal_of(scalar: Scalar, problems: Problems, *, percent: bool | None) -> Decimal | None:
    """Read a number of the knowledge base exactly, or note what is wrong with it."""
    text = scalar.text or ""
    if not NUMBER.fullmatch(text):
        hint = "Write a number such as 1.2, 2/3 or 35%."
        problems.say("K109", f"'{text}' is not a number", scalar.at, hint)
        return None
    try:
        value = number(text)
    except ArithmeticError:
        problems.say("K109", f"'{text}' divides by zero", scalar.at)
        return None
    signed = text.endswith("%")
    share = "/" in text
    if percent is True and not signed and not share and value != 0:
        problems.say("K109", f"'{text}' needs a percent sign", scalar.at, f"Write {text}%.")
    if percent is False and signed:
        problems.say("K109", f"'{text}' must not be a percentage", scalar.at)
    return value
