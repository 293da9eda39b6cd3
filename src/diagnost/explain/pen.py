"""What answers need of the report: figures and sentences written in a language, lines broken."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, Protocol

from diagnost.model.decomposition import Breakdown
from diagnost.model.indicator import Reading, RowsUsed, Unit
from diagnost.model.suspicion import Suspicion
from diagnost.model.text import Text


class PartInWords(NamedTuple):
    """What one part did to a change: its effect with a sign, and its own figure before and now."""

    name: str
    effect: str
    before: str
    now: str


class ChangeInWords(NamedTuple):
    """A change with its sign and unit, since when, and its parts in the order of the parts.

    A part whose effect is nought in print is left out of a sentence; ``nought`` says of which.
    """

    change: str
    since: str
    parts: tuple[PartInWords, ...]
    nought: tuple[bool, ...]


class Pen(Protocol):
    """Writes what needs no case; ``words`` are the phrases of the page furniture by key."""

    @property
    def language(self) -> str:
        """Return the language written in."""

    @property
    def words(self) -> Mapping[str, str]:
        """Return the phrases of the language by dotted key."""

    def value(self, value: Decimal, unit: Unit) -> str:
        """Write a value in its unit; money as a plain amount, in the unit of the accounts."""

    def edge(self, value: Decimal, unit: Unit) -> str:
        """Write the edge of a band, without idle noughts."""

    def wrapped(self, text: str, width: int) -> str:
        """Break a text into lines."""

    def width_of(self, text: str) -> int:
        """Return how many columns a text takes on a terminal."""


class CasePen(Pen, Protocol):
    """Writes the figures of a case too."""

    def sentence(self, text: Text | None, period: str) -> str | None:
        """Put the figures of a period into a text; None where one of them is not known."""

    def derivation(self, reading: Reading) -> str:
        """Write how a reading came about: ``WPB = 17,460 / 16,700 = 1.05``."""

    def rows(self, used: RowsUsed) -> str:
        """Write how many rows of a table took part in a figure."""

    def suspicion(self, suspicion: Suspicion, period: str) -> str:
        """Say which figures are most likely wrong, as seen from one period."""

    def change(self, breakdown: Breakdown) -> ChangeInWords:
        """Write what moved a figure."""

    def unit(self, unit: int) -> str:
        """Write what 1 means in amounts of the accounts, '' where nothing is said."""
