"""Entries to begin with: what an author has said already filled in, the texts marked as missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

TODO = "TODO"
"""What stands where a text is still to be written; ``diagnost check`` tells it (K407)."""

LIST_OF = {
    "indicator": "indicators",
    "statement": "statements",
    "rule": "rules",
    "cause": "causes",
    "ruling": "rulings",
    "recommendation": "recommendations",
    "question": "questions",
}
"""The key under which a file lists entries of a kind."""

_COMMENT = 32  # column at which comments stand


class Draft(NamedTuple):
    """What is known of an entry that is to be written; '' or () for what its kind does not have."""

    kind: str
    id: str  # its own, within the file
    languages: tuple[str, ...]
    when: str = ""  # in YAML
    cites: tuple[str, ...] = ()
    polarity: str = "watch"
    urgency: str = "this_quarter"
    then: str = ""
    answers: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()
    symbol: str = ""
    formula: str = ""
    unit: str = ""
    better: str = "neither"
    bands: tuple[Mapping[str, str], ...] = ()
    words: tuple[str, ...] = ()
    labelled: frozenset[str] = frozenset()  # words that the file has labels for
    area: str = ""
    fires_on: str = ""  # a small case, in YAML
    silent_on: str = ""


def skeleton(draft: Draft) -> list[str]:
    """Return the lines of a list item, as they stand without indentation."""
    body = {
        "indicator": indicator,
        "statement": _statement,
        "rule": _rule,
        "cause": _cause,
        "ruling": _ruling,
        "recommendation": _recommendation,
        "question": _question,
    }[draft.kind](draft)
    first, *rest = [f"id: {draft.id}", *body]
    return [f"- {first}", *(f"  {line}" for line in rest)]


def topic_head(topic: str, area: str, schema: str = "") -> list[str]:
    """Return the first lines of a new topic file; ``schema`` is where its JSON Schema lies."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines.append(f"topic: {topic}")
    return [*lines, f"area: {area}"] if area else lines


def indicator(draft: Draft) -> list[str]:
    """Return the keys of an indicator, without its id."""
    return [
        f"symbol: {draft.symbol}",
        *_text("name", draft),
        *_text("meaning", draft, "one sentence: what the figure tells"),
        f"formula: {_quoted(draft.formula)}",
        _said(f"unit: {draft.unit}", "times, percent, days, weeks, months, number or money"),
        _said(f"better: {draft.better}", "higher, lower, inside_band or neither"),
        *_basis(draft),
        *(["norms:", *(f"  {line}" for line in norm(draft))] if draft.bands else ()),
    ]


def norm(draft: Draft) -> list[str]:
    """Return the norm of an indicator as a list item."""
    bands = (", ".join(f"{key}: {value}" for key, value in band.items()) for band in draft.bands)
    return [
        "- id: general",
        *(f"  {line}" for line in _basis(draft)),
        "  bands:",
        *(f"    - {{{band}}}" for band in bands),
    ]


def _statement(draft: Draft) -> list[str]:
    return [
        f"when: {draft.when}",
        _said(f"polarity: {draft.polarity}", "good, watch, bad, info or impossible"),
        _said("certainty: certain", "certain, likely or possible: the text must sound like it"),
        _said("severity: note", "critical, serious or note"),
        *_text("text", draft, "a whole sentence; figures that the condition makes sure of"),
        *_text("brief", draft, "a few words for the table of verdicts, no full stop"),
        *_remarks(
            "detail:  a further sentence, told where all its figures are known",
            "prevails_over: [ids]  what gives way to this",
        ),
        *_basis(draft),
        *_examples(draft),
    ]


def _rule(draft: Draft) -> list[str]:
    return [f"when: {draft.when}", f"then: {draft.then}", *_basis(draft), *_examples(draft)]


def _cause(draft: Draft) -> list[str]:
    return [
        _said(f"effects: {_list(draft.effects)}", "the findings that it explains"),
        _said(f"causes: {_list(draft.causes)}", "the findings by which, all of them"),
        *([f"when: {draft.when}"] if draft.when else ()),
        *_text("text", draft, "a sentence for the paragraph of reasons"),
        *_basis(draft),
        *_examples(draft),
    ]


def _ruling(draft: Draft) -> list[str]:
    return [
        f"when: {draft.when}",
        f"silences: {_list(draft.silences)}",
        *_text("because", draft, "why they give way"),
        *_basis(draft),
        *_examples(draft),
    ]


def _recommendation(draft: Draft) -> list[str]:
    return [
        f"when: {draft.when}",
        _said(f"urgency: {draft.urgency}", "now, this_quarter or this_year"),
        *_text("text", draft, "the advice, a sentence"),
        *_text("brief", draft, "the same as a phrase: stop building stock"),
        *_text("first_step", draft, "what can be done by Monday, a phrase"),
        *_remarks(
            "effect:  what it would move, with amounts",
            "watch:  the figure to follow",
            "horizon: 1 quarter  until it can be reviewed",
        ),
        _said(f"answers: {_list(draft.answers)}", "the findings that it is an answer to"),
        *_basis(draft),
        *_examples(draft),
    ]


def _question(draft: Draft) -> list[str]:
    takes = f"words: {_list(draft.words)}" if draft.words else f"unit: {draft.unit}"
    labels = [word for word in draft.words if word not in draft.labelled]
    named = [line for word in labels for line in _text(_key(word), draft)]
    return [
        *([f"area: {draft.area}"] if draft.area else ()),
        takes,
        *(["labels:", *(f"  {line}" for line in named)] if named else ()),
        *_text("asks", draft, "the question, as one asks a manager"),
        *([f"cites: {_list(draft.cites)}"] if draft.cites else ()),
    ]


# --- parts ----------------------------------------------------------------------------------------


def _text(key: str, draft: Draft, remark: str = "") -> list[str]:
    head = _said(f"{key}:", remark) if remark else f"{key}:"
    return [head, *(f"  {language}: {TODO}" for language in draft.languages)]


def _basis(draft: Draft) -> list[str]:
    return [f"cites: {_list(draft.cites)}"] if draft.cites else ["basis: inference"]


def _examples(draft: Draft) -> list[str]:
    found = []
    for key, example in (("fires_on", draft.fires_on), ("silent_on", draft.silent_on)):
        found += [f"{key}:", f"  - {example}"] if example else []
    return found


def _remarks(*remarks: str) -> Iterable[str]:
    return (f"# {remark}" for remark in remarks)


def _said(line: str, remark: str) -> str:
    return f"{line:<{_COMMENT - 6}}  # {remark}"


def _list(names: Sequence[str]) -> str:
    return f"[{', '.join(map(_key, names))}]"


def _key(word: str) -> str:
    """Write a word so that every reader of YAML takes it as text."""
    return f'"{word}"' if word in ("yes", "no", "on", "off", "true", "false", "null") else word


def _quoted(text: str) -> str:
    return f'"{text}"' if ": " in text or text.startswith(("-", "{", "[", "*", "&")) else text
