"""JSON Schemas (2020-12) of the files of the knowledge base, made of what the loader asks for.

They hold the shape: keys, words, numbers, texts. What names mean, whether examples fire and the
like only ``diagnost check`` can say.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from diagnost.knowledge.grammar import FILE_KINDS, Place
from diagnost.knowledge.key_meanings import meaning
from diagnost.knowledge.pack_entries import TOPIC_LISTS
from diagnost.model.text import LANGUAGES

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = ".schema.json"
IN_PACK = "pack_topic"
"""The schema of topics in a pack, which takes the place of that of topics there."""
_NUMBER = r"-?\d+(\.\d+)?(/\d+(\.\d+)?)?"
_SHARE = rf"^({_NUMBER}%|-?\d+(\.\d+)?/\d+(\.\d+)?|-?0+(\.0+)?)$"
_ONE = {"$ref": "#/$defs/value"}
_GROUPS = ("all", "any", "none")

_COMMON: Schema = {
    "value": {"type": ["string", "number", "boolean"]},
    "values": {"type": ["string", "number", "boolean", "array"], "items": _ONE},
    "id": {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$"},
    "flag": {"enum": ["yes", "no", "true", "false", True, False]},
    "number": {"type": ["number", "string"], "pattern": rf"^{_NUMBER}$"},
    "percent": {"type": ["number", "string"], "pattern": _SHARE, "minimum": 0, "maximum": 0},
    "share": {"type": ["number", "string"], "pattern": rf"^{_NUMBER}%?$"},
    "text": {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, _ONE),
        "required": ["en"],
        "additionalProperties": False,
    },
    "condition": {
        "type": "object",
        "minProperties": 1,
        "if": {"anyOf": [{"required": [group]} for group in _GROUPS]},
        "then": {
            "properties": {
                group: {"type": "array", "items": {"$ref": "#/$defs/condition"}}
                for group in _GROUPS
            },
            "additionalProperties": False,
        },
        "else": {"additionalProperties": {"$ref": "#/$defs/values"}},
    },
    "example": {
        "type": "object",
        "additionalProperties": {
            "type": ["string", "number", "boolean", "array"],
            "items": {"type": ["number", "string", "null"], "pattern": rf"^{_NUMBER}%?$"},
        },
    },
}
"""What may stand in many places, by the name under ``$defs``."""

_OF_KIND = {
    "flag": "flag",
    "percent": "percent",
    "number": "number",
    "share": "share",
    "id": "id",
    "words": "values",
    "text": "text",
}


def schemas(grammar: Mapping[str, Place]) -> dict[str, Schema]:
    """Return the schema of each kind of file by its name."""
    titles = {kind.name: what for what, kind in FILE_KINDS.items()}
    found = {name: _schema(place, titles[name]) for name, place in grammar.items()}
    _any_language(found["pack"])
    return {**found, IN_PACK: _in_pack(found["topic"])}


def _any_language(schema: Schema) -> None:
    """Let the texts of a pack have any of the languages: its manifest says which."""
    text = schema["$defs"]["text"] = dict(schema["$defs"]["text"])
    text.pop("required")
    text["minProperties"] = 1


def _in_pack(topic: Schema) -> Schema:
    """Return the schema of a topic of a pack: entries may replace others, English may be absent."""
    found: Schema = deepcopy(topic)
    found["title"] = "a topic of a pack"
    for key in ("norms", *TOPIC_LISTS):
        item = found["properties"][key]["items"]
        item["properties"]["replaces"] = _ONE
        item["required"] = [each for each in item["required"] if each != "id"]
        item["anyOf"] = [{"required": ["id"]}, {"required": ["replaces"]}]
    norm = found["properties"]["norms"]["items"]["properties"]
    norm |= {"of": _ONE, "where": {"$ref": "#/$defs/condition"}}
    _any_language(found)
    return found


def _schema(place: Place, title: str) -> Schema:
    body = _mapping(place)
    used = _used(body)
    return {
        "$schema": DIALECT,
        "title": title,
        **body,
        "$defs": {name: each for name, each in _COMMON.items() if name in used},
    }


def _used(body: Any) -> set[str]:
    """Return the names under ``$defs`` that a schema refers to, also through others."""
    found: set[str] = set()
    open_ = [body]
    while open_:
        each = open_.pop()
        if isinstance(each, list):
            open_ += each
        elif isinstance(each, dict):
            name = str(each.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in found:
                found.add(name)
                open_.append(_COMMON[name])
            open_ += [value for key, value in each.items() if key != "$ref"]
    return found


def _mapping(place: Place) -> Schema:
    if place.free is not None:
        return {"type": "object", "additionalProperties": _value(place.free)}
    found: Schema = {
        "type": "object",
        "properties": {key: _told(place, key) for key in place.keys},
        "additionalProperties": False,
    }
    required = [key for key, needed in place.required.items() if needed]
    return {**found, "required": required} if required else found


def _told(place: Place, key: str) -> Schema:
    """Return what may stand under a key, with what it says, which editors show."""
    shape = _value(place.keys[key])
    says = meaning(place.what, key)
    return {**shape, "description": says} if says else shape


def _value(place: Place) -> Schema:
    """Return what may stand at a place: one shape, or any of several."""
    shapes: list[Schema] = []
    kind = _kind(place)
    if place.words and kind == "word":
        shapes.append({"enum": [form for word in place.words for form in _forms(word)]})
    elif kind in _OF_KIND:
        shapes.append({"$ref": f"#/$defs/{_OF_KIND[kind]}"})
    elif "scalar" in place.kinds or ("Scalar" in place.seen and not place.kind):
        shapes.append(_ONE)
    if "items" in place.kinds or ("Sequence" in place.seen and not place.kind):
        shapes.append(_list(place))
    for special in ("condition", "example"):
        if special in place.kinds:
            shapes.append({"$ref": f"#/$defs/{special}"})
    if kind != "text" and (place.keys or place.free is not None):
        shapes.append(_mapping(place))
    return shapes[0] if len(shapes) == 1 else {"anyOf": shapes} if shapes else _ONE


def _kind(place: Place) -> str:
    """Return the kind of single value; a number with and without percent sign is a share."""
    if {"percent", "number"} <= place.kinds:
        return "share"
    return place.kind


def _list(place: Place) -> Schema:
    if place.member is None:  # no file that was read has one
        return {"type": "array"}
    return {"type": "array", "items": _value(place.member)}


def _forms(word: str) -> tuple[object, ...]:
    """Return a word as readers of YAML may take it: ``yes`` for a truth value, 1 for a number."""
    if word in ("yes", "true", "no", "false"):
        return word, word in ("yes", "true")
    return (word, int(word)) if word.lstrip("-").isdecimal() else (word,)
