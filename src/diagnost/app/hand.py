"""The hand behind the pen of ``diagnost.explain``: writes with what the report has."""

from decimal import Decimal

from diagnost.knowledge import files
from diagnost.model.indicator import Unit
from diagnost.report import formats, layout
from diagnost.report.words import words_of


class Hand:
    """The hand behind the pen of ``diagnost.explain``: writes with what the report has."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = words_of(language, files.content_root())

    def value(self, value: Decimal, unit: Unit) -> str:
        """Write a value in its unit; money as a plain amount."""
        match unit.value:
            case "percent":
                return formats.percent(value, self.language)
            case "days" | "weeks" | "months":
                return formats.days(value, self.language, self.words, unit=unit.value)
            case "number":
                return formats.count(value, self.language)
            case "money":
                return formats.amount(value, self.language)
            case _:
                return formats.times(value, self.language)

    def edge(self, value: Decimal, unit: Unit) -> str:
        """Write the edge of a band, without idle noughts."""
        if unit.value == "times":
            return formats.limit(value, self.language)
        return self.value(value, unit)

    def cut(self, text: str, width: int) -> str:
        """Cut a text off where the line ends."""
        if self.width_of(text) <= width:
            return text
        while self.width_of(text) > width - 1:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def wrapped(self, text: str, width: int) -> str:
        """Break a text into lines."""
        return layout.wrapped(text, width)

    def width_of(self, text: str) -> int:
        """Return how many columns a text takes on a terminal."""
        return layout.width_of(text)
