"""The method in the words of the accounts: choices and options by id or name, bundles by id."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.labels import key_of
from diagnost.intake.numbers import says_unknown
from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Pick
from diagnost.model.method import Bundle, Choice, Methods, Option, UnknownMethod, pick, read_picks

BUNDLE = "bundle"
"""The key for a bundle beside single choices."""


class MethodEntry(NamedTuple):
    """A choice (its id or name, '' for a bundle or several pairs) and the option as written."""

    choice: str
    label: Cell
    value: Cell


def settle_method(
    entries: Iterable[MethodEntry], methods: Methods, remarks: Remarks
) -> tuple[Pick, ...]:
    """Return the picks; one choice said twice with different options is a problem."""
    found: dict[tuple[str, bool], tuple[Pick, Cell]] = {}
    for entry in entries:
        if says_unknown(entry.value.text) and entry.value.number is None:
            continue
        for one in _picks(entry, methods, remarks):
            key = (one.choice, bool(one.bundle))
            before = found.setdefault(key, (one, entry.value))
            if before[0].option != one.option:
                remarks.error(
                    "A147",
                    f"the method is {one.choice}: {one.option} here and {before[0].option} "
                    "elsewhere",
                    entry.value.at,
                    "Keep one of the two; periods are not computed by different methods.",
                    also=before[1].at,
                )
    return tuple(one for one, _ in found.values())


def _picks(entry: MethodEntry, methods: Methods, remarks: Remarks) -> tuple[Pick, ...]:
    value = entry.value
    try:
        if entry.choice in ("", BUNDLE):
            return read_picks(_bundle_of(value.text, methods), methods, value.at)
        choice = _choice_of(entry.choice, methods)
        return (pick(methods, choice, _option_of(value.text, choice, methods), value.at),)
    except UnknownMethod as error:
        at = value.at if error.option or entry.choice in ("", BUNDLE) else entry.label.at
        remarks.error("A146" if error.option else "A145", str(error), at, error.hint)
    return ()


def _choice_of(text: str, methods: Methods) -> str:
    return _named(text, methods.choices) or text


def _option_of(text: str, choice_id: str, methods: Methods) -> str:
    choice = methods.choices.get(choice_id)
    options = {option.id: option for option in choice.options} if choice else {}
    return _named(text, options) or text.strip()


def _bundle_of(text: str, methods: Methods) -> str:
    return _named(text, methods.bundles) or text


def _named(text: str, known: Mapping[str, Choice | Option | Bundle]) -> str:
    """Return the id of what a text names, by id or by name in any language; '' if nothing."""
    wanted = key_of(text)
    for id_, each in known.items():
        if wanted in (key_of(id_), *map(key_of, each.name.by_language.values())):
            return id_
    return ""
