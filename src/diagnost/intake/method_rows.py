"""How rows about the method are labelled, in three languages.

A bare "Method" names no such row: statements have rows of that name about valuation and layout.
"""

import re
from collections.abc import Iterator

from diagnost.model.method import Methods

WHOLE = {
    "en": "Method of the indicators",
    "pl": "Metoda liczenia wskaźników",
    "zh": "指标计算方法",
}
"""Labels of the row that takes a bundle, or pairs ``choice=option``."""
PREFIX = {"en": "Method", "pl": "Metoda", "zh": "方法"}
_ABOUT_ONE = re.compile(rf"\s*(?:{'|'.join(PREFIX.values())})\s*[:：.]\s*(\S.*)", re.IGNORECASE)


def label_of(choice_name: str, language: str) -> str:
    """Return the label of the row about one choice: ``Method: days in the year``."""
    colon = "：" if language == "zh" else ": "
    return f"{PREFIX[language]}{colon}{choice_name}"


def labels(methods: Methods) -> Iterator[tuple[str, str]]:
    """Yield every label of a row about the method with the choice it names, '' for the whole."""
    for language, whole in WHOLE.items():
        yield whole, ""
        for choice in methods.choices.values():
            yield label_of(choice.name.in_language(language), language), choice.id
            yield label_of(choice.id, language), choice.id


def choice_in(label: str) -> str:
    """Return what stands after "Method:" in a label, or ''; it need not be known."""
    found = _ABOUT_ONE.fullmatch(label) if len(label) <= 120 else None
    return found[1] if found else ""
