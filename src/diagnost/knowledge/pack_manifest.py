"""Reads ``pack.yaml``: what a pack is called, what it needs, and what it takes out."""

import re

from diagnost import __version__
from diagnost.knowledge.catalogue_files import read_source
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.knowledge import Source
from diagnost.model.located import At
from diagnost.model.pack import Manifest, SwitchedOff
from diagnost.model.text import LANGUAGES, Text
from diagnost.yaml_reader import Node

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,2}")
_NEEDS = re.compile(r"diagnost *>= *(\d{1,6}(?:\.\d{1,6}){1,2})")


def read_manifest(node: Node, problems: Problems) -> tuple[Manifest, tuple[Source, ...]]:
    """Read the manifest of a pack, and the sources that its entries cite."""
    shape = Shape(node, problems, "a pack")
    languages = _languages(shape)
    _needs(shape)
    manifest = Manifest(
        id=_matching(shape, "id", _ID, "small letters, digits and hyphens: sector-norms"),
        version=_matching(shape, "version", _VERSION, "numbers such as 1.0 or 1.2.3"),
        name=shape.text("name", required=True) or Text({"en": ""}, shape.at),
        languages=languages,
        licence=shape.word("licence"),
        author=shape.word("author"),
        switched_off=tuple(_switched_off(each, problems) for each in shape.items("switched_off")),
        replaced_templates=tuple(scalar.text or "" for scalar in shape.words("replaces_templates")),
        at=shape.at,
    )
    sources = tuple(read_source(each, problems) for each in shape.items("sources"))
    shape.done()
    return manifest, sources


def languages_of(node: Node) -> tuple[str, ...]:
    """Return the languages that a manifest declares, which its own texts must have."""
    return _languages(Shape(node, Problems(), "a pack"))


def _languages(shape: Shape) -> tuple[str, ...]:
    found = []
    for scalar in shape.words("languages"):
        if scalar.text in LANGUAGES and scalar.text not in found:
            found.append(scalar.text)
        else:
            hint = f"Name some of {', '.join(LANGUAGES)}; the first stands in for the rest."
            shape.problems.say("K108", f"'{scalar.text}' is no language here", scalar.at, hint)
    if not found:
        hint = f"Write languages: [{', '.join(LANGUAGES)}], or those that all texts have."
        shape.problems.say("K106", "a pack needs the key 'languages'", shape.at, hint)
    return tuple(found) or LANGUAGES


def _needs(shape: Shape) -> None:
    scalar = shape.scalar("needs", required=True)
    if scalar is None:
        return
    found = _NEEDS.fullmatch(scalar.text or "")
    if found is None:
        hint = f"Write needs: diagnost >= {__version__}."
        shape.problems.say("P105", f"'{scalar.text}' names no version", scalar.at, hint)
    elif _numbers(found[1]) > _numbers(__version__):
        message = f"the pack needs diagnost {found[1]}; this is {__version__}"
        shape.problems.say("P105", message, scalar.at, "Install a newer diagnost.")


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, those of a release still in the making as its own."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:3]]
    return tuple(numbers + [0] * (3 - len(numbers)))


def _matching(shape: Shape, key: str, form: re.Pattern[str], wanted: str) -> str:
    scalar = shape.scalar(key, required=True)
    text = (scalar.text or "") if scalar is not None else ""
    if scalar is not None and not form.fullmatch(text):
        shape.problems.say("K112", f"'{text}' is no {key} of a pack", scalar.at, f"Use {wanted}.")
    return text


def _switched_off(node: Node, problems: Problems) -> SwitchedOff:
    shape = Shape(node, problems, "what is switched off")
    id_ = shape.scalar("id", required=True)
    because = shape.scalar("because", required=True)
    shape.done()
    at = id_.at if id_ is not None else At(node.at.file, node.at.line, node.at.column)
    return SwitchedOff(
        (id_.text or "") if id_ is not None else "",
        (because.text or "") if because is not None else "",
        at,
    )
