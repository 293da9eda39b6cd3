"""Spaces at which no line may end, and English apostrophes, where pages are laid out.

That is in HTML, PDF and Word. Knowledge and phrases are written with plain spaces; nobody who
writes them has to think of this. Text and Markdown keep them, since both are copied into other
programs.
"""

import re
from typing import Any, TypeVar

from diagnost.report.chart import Chart

TIE = "\u00a0"
"""The space at which no line ends."""

_UNITS = {
    "en": r"days?|weeks?|months?|years?|thousand|million|billion|trillion|percentage|points?",
    "pl": (
        r"dni|dzień|dnia|dniach|tydzień|tygodni\w*|miesiąc\w*|miesięcy|lat\w*|rok\w*|tys\.|mln|mld|bln"
        r"|zł|pkt|proc\.|r\.|szt\.|osób|osoby|razy|punkt\w*"
    ),
}
_MONTHS = (
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada"
    "|grudnia"
)
_CURRENCY = re.compile(r"(?<![A-Z])([A-Z]{3}) (?=\d)")
_CURRENCY_AFTER = re.compile(r"(?<=\d) (?=[A-Z]{3}(?![A-Za-z]))")
_DASH = re.compile(r" (?=– )")
_ONE_LETTER = re.compile(r"(?<![\w.’'-])([aiouwzkAIOUWZK]) (?=\S)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=[ ,.;:)])")
_OF_LANGUAGE: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "en": (
        (re.compile(rf"(?<=\d) (?=(?:{_UNITS['en']})\b)"), TIE),
        (_CURRENCY, rf"\1{TIE}"),
        (_APOSTROPHE, "’"),
        (_DASH, TIE),
    ),
    "pl": (
        (_ONE_LETTER, rf"\1{TIE}"),
        (re.compile(rf"(?<=\d) (?=(?:{_UNITS['pl']}|{_MONTHS})(?!\w))"), TIE),
        (re.compile(r"(?<=\d)\u00a0(tys\.|mln|mld) (?=zł)"), rf"{TIE}\1{TIE}"),
        (_CURRENCY_AFTER, TIE),
        (_DASH, TIE),
    ),
    "zh": (),
}
_Page = TypeVar("_Page")


def tied(text: str, language: str) -> str:
    """Tie what a line may not part: "w 2024 r.", "5 marca", "153 days", a dash to what it follows.

    Chinese has no spaces to tie.
    """
    if " " in text or "'" in text:
        for pattern, instead in _OF_LANGUAGE[language]:
            text = pattern.sub(instead, text)
    return text


def typeset(page: _Page, language: str) -> _Page:
    """Return a page with all its texts tied; drawings keep theirs."""
    made: _Page = _typeset(page, language)
    return made


def _typeset(value: Any, language: str) -> Any:
    match value:
        case str():
            return tied(value, language)
        case Chart():
            return value
        case tuple():
            held = [_typeset(each, language) for each in value]
            return type(value)(*held) if hasattr(value, "_fields") else tuple(held)
        case dict():
            return {key: _typeset(each, language) for key, each in value.items()}
        case _:
            return value
