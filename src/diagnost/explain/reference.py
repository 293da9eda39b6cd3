"""The reference of every key: a page for each kind of file, made of what the loader asks for."""

import re
from collections.abc import Iterator, Mapping

from diagnost.knowledge.grammar import FILE_KINDS, FileKind, Place
from diagnost.knowledge.key_meanings import IN_PACKS, is_told, meaning
from diagnost.model.text import LANGUAGES

_TAKES = {
    "flag": "yes or no",
    "percent": "a number; a percent has its sign",
    "number": "a number",
    "share": "a number; a percent has its sign",
    "id": "a name",
    "word": "a word",
    "words": "a word or a list",
    "text": "a text in each language",
}
_LONGEST = 48
"""So long is an example at most."""

INDEX = "index.md"


def reference(grammar: Mapping[str, Place]) -> dict[str, str]:
    """Return the pages by the names of their files; the first lists the others."""
    kinds = {kind.name: (what, kind) for what, kind in FILE_KINDS.items()}
    pages = {INDEX: "".join(f"{line}\n" for line in _index(grammar, kinds))}
    for name, place in grammar.items():
        what, kind = kinds[name]
        pages[f"{name}.md"] = "".join(f"{line}\n" for line in _page(what, kind, place))
    return pages


def _index(
    grammar: Mapping[str, Place], kinds: Mapping[str, tuple[str, FileKind]]
) -> Iterator[str]:
    yield "# Reference of every key"
    yield ""
    yield "What may stand in each kind of file of the knowledge base: every key that the loader"
    yield "takes, and no other. [The format](../knowledge-format.md) explains how they go together."
    yield "Written by `diagnost schema --format md -o docs/reference`; do not edit."
    yield ""
    yield "| kind | files |"
    yield "|---|---|"
    for name in sorted(grammar):
        what, kind = kinds[name]
        yield f"| [{_name(what)}]({name}.md) | {_files(kind)} |"


def _page(what: str, kind: FileKind, whole: Place) -> Iterator[str]:
    yield f"# {_name(what).capitalize()}"
    yield ""
    yield f"Files: {_files(kind)}. A key in bold is needed."
    merged = _merged(whole)
    for called, places in merged.items():
        yield ""
        yield f"## {_heading(called)}"
        yield ""
        yield "| key | what it says | takes | for example |"
        yield "|---|---|---|---|"
        for key, (place, needed) in _keys(places).items():
            name = f"**`{key}`**" if needed else f"`{key}`"
            row = (name, meaning(called, key), _takes(place, merged), _sample(place))
            yield "| " + " | ".join(_cell(each) for each in row) + " |"
        for key in IN_PACKS.get(called, ()):
            yield f"| `{key}` | {_cell(meaning(called, key))} |  |  |"


def _merged(whole: Place) -> dict[str, list[Place]]:
    """Return the mappings told one by one, each with the places at which it stands."""
    found: dict[str, list[Place]] = {}
    for place in whole.inside():
        if is_told(place):
            found.setdefault(place.what, []).append(place)
    return found


def _keys(places: list[Place]) -> dict[str, tuple[Place, bool]]:
    """Return the keys of a mapping, needed ones first; needed is what is so at every place."""
    found: dict[str, tuple[Place, bool]] = {}
    for place in places:
        for key, inner in place.keys.items():
            needed = all(p.required.get(key, False) for p in places)
            found.setdefault(key, (inner, needed))
    return dict(sorted(found.items(), key=lambda pair: not pair[1][1]))


def _takes(place: Place, merged: Mapping[str, list[Place]]) -> str:
    if "condition" in place.kinds:
        return "a [condition](../knowledge-format.md#conditions)"
    if place.words and place.kind == "word":
        return ", ".join(f"`{word}`" for word in place.words)
    if place.kind and place.kind != "items":
        return _TAKES[place.kind]
    member = place.member
    if member is not None and (member.keys or "example" in member.kinds):
        if "example" in member.kinds:
            return "a list of [examples](../knowledge-format.md#statements)"
        return f"a list: {_link(member, merged)}"
    if place.free is not None:
        return f"by name: {_link(place.free, merged)}" if place.free.keys else "by name: a value"
    if place.keys:
        return _link(place, merged)
    return "a list" if place.member is not None else "a value"


def _link(place: Place, merged: Mapping[str, list[Place]]) -> str:
    if place.what in merged:
        heading = _heading(place.what)
        return f"[{heading}](#{_anchor(heading)})"
    if set(place.keys) <= set(LANGUAGES):
        return "a text in each language"
    return ", ".join(f"`{key}`" for key in place.keys)


def _sample(place: Place) -> str:
    text = place.sample
    if not text and place.member is not None:
        text = place.member.sample
    if not text and "en" in place.keys:
        text = place.keys["en"].sample
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"`{text}`" if text else ""


def _name(what: str) -> str:
    """Return what a kind of file is called, without article."""
    return re.sub(r"^(an?|the) ", "", what)


def _heading(what: str) -> str:
    plain = _name(what.strip("'")).replace("_", " ")
    return plain[:1].upper() + plain[1:]


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _files(kind: FileKind) -> str:
    return ", ".join(f"`{each}`" for each in kind.patterns if not each.startswith("!"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
