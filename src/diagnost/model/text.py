"""Sentences in several languages, with named slots for figures."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from diagnost.model.located import At

LANGUAGES = ("en", "pl", "zh")
"""The languages of all that is shipped; English is the one a text falls back to."""

_SLOT = re.compile(r"\{([A-Za-z_]\w*(?:\.\w+)*)(?::(\w+))?\}")


class Slot(NamedTuple):
    """A figure to be put into a sentence: ``{CRZ.previous}``, ``{WPW:percent}``.

    ``name`` is an indicator symbol or id, a line item or a word such as ``period``;
    ``path`` says which of its figures; ``form`` overrides how it is written.
    """

    name: str
    path: tuple[str, ...] = ()
    form: str = ""

    def __str__(self) -> str:
        inner = ".".join((self.name, *self.path))
        return "{" + (f"{inner}:{self.form}" if self.form else inner) + "}"


class Text(NamedTuple):
    """One meaning in several languages."""

    by_language: Mapping[str, str]
    at: At

    def in_language(self, language: str) -> str:
        """Return the text in ``language``, or in English where it is missing."""
        found = self.by_language.get(language)
        return found if found is not None else self.by_language["en"]

    @property
    def slots(self) -> frozenset[Slot]:
        """Return every slot used in any language."""
        return frozenset(s for text in self.by_language.values() for s in slots_of(text))


def slots_of(template: str) -> tuple[Slot, ...]:
    """Return the slots of a sentence in order of appearance."""
    return tuple(_slot(match) for match in _SLOT.finditer(template))


def fill(template: str, figures: Mapping[Slot, str]) -> str:
    """Put written figures into the slots of a sentence; KeyError if one is not given."""
    return _SLOT.sub(lambda match: figures[_slot(match)], template)


def braces_left(template: str) -> bool:
    """Say whether a sentence holds braces that are no well-formed slot."""
    return bool(re.search(r"[{}]", _SLOT.sub("", template)))


def _slot(match: re.Match[str]) -> Slot:
    name, *path = match[1].split(".")
    return Slot(name, tuple(path), match[2] or "")
