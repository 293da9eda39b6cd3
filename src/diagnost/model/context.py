"""What is asked about a company beside its statements."""

from dataclasses import dataclass
from decimal import Decimal

from diagnost.model.located import At
from diagnost.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the context: its words, or a number, and what silence means.

    A question with ``words`` gives the fact ``company.<id>: <word>``; one with a ``unit``
    (percent, days, times, money) can be used in formulas. ``silence`` is the word taken when
    nothing is said, or '' where silence leaves the matter unknown.
    """

    id: str
    asks: Text
    words: tuple[str, ...] = ()
    unit: str = ""
    silence: str = ""
    at: At

    def takes(self, value: str | Decimal) -> bool:
        """Say whether ``value`` is an answer to this question."""
        return isinstance(value, Decimal) if self.unit else value in self.words
