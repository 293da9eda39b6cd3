"""Signs that are written otherwise in the house style of a language (``docs/narrative/``)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_HAN = "\u4e00-\u9fff"


class Slip(NamedTuple):
    """What is written otherwise, and how."""

    what: str
    hint: str


_EVERYWHERE = (
    (r"\.\.\.", "three full stops", "Write …, or finish the sentence."),
    (r" {2}", "two spaces", "Write one."),
)
_EUROPEAN = (
    (
        r"(?<=\S) -{1,3} (?=\S)|—",
        "a hyphen or a long dash for a dash",
        "Write – with spaces around.",
    ),
    (r"(?<=\d)-(?=\d)", "a hyphen between numbers", "A stretch of numbers is written 70–100."),
    (r" [,;:!?.](?!\d)", "a space before a stop", "Let the stop follow the word."),
    (r"\d %", "a space before the sign for per cent", "Write 5%."),
)
_SLIPS = {
    "en": (
        *_EUROPEAN,
        (r'"', "straight quotation marks", "Write “…”."),
        (r"„|«|»", "quotation marks of another language", "Write “…”."),
    ),
    "pl": (
        *_EUROPEAN,
        (r"[\"“«»]|(?<!\w)['‘]", "quotation marks of another language", "Write „…”."),
    ),
    "zh": (
        (rf"(?<=[{_HAN}])[(]|[)](?=[{_HAN}])", "half-width brackets", "Write （…）."),
        (
            rf"(?<=[{_HAN}]) (?![{_HAN}])|(?<=[A-Za-z0-9%]) (?=[{_HAN}])",
            "a space beside a character",
            "Leave it out.",
        ),
        (r"[\"'「」『』„]", "quotation marks of another kind", "Write “…”, for titles 《…》."),
        (r"[０-９Ａ-Ｚａ-ｚ％]", "full-width figures or letters", "Write 40%, ROE."),
        (r"[～~]|(?<=\d)[-–](?=\d)", "a dash or a wave between numbers", "Write 40%至80%."),
    ),
}
_COMPILED = {
    language: tuple((re.compile(pattern), Slip(what, hint)) for pattern, what, hint in slips)
    for language, slips in (
        (language, (*_EVERYWHERE, *slips)) for language, slips in _SLIPS.items()
    )
}
_SLOT = re.compile(r"\{[^}]*\}")


def slips(text: str, language: str) -> Iterator[Slip]:
    """Yield what a text writes otherwise than the house does; a slot counts as a figure."""
    plain = _SLOT.sub("1", text)
    for pattern, slip in _COMPILED.get(language, ()):
        if pattern.search(plain):
            yield slip
