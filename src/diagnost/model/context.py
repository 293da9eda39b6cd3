"""What is asked about a company beside its statements."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.rule import Condition
from diagnost.model.text import Text


class Question(NamedTuple):
    """A question of the context: its words, or a number, and what silence means.

    A question with ``words`` gives the fact ``company.<id>: <word>``; one with a ``unit``
    (percent, days, times, money) can be used in formulas. ``silence`` is the word taken when
    nothing is said, or '' where silence leaves the matter unknown. The document asks it of the
    reader only where ``asked_where`` holds: elsewhere an answer would change nothing.
    """

    id: str
    asks: Text
    at: At
    words: tuple[str, ...] = ()
    unit: str = ""
    silence: str = ""
    asked_where: Condition = Condition()

    def takes(self, value: str | Decimal) -> bool:
        """Say whether ``value`` is an answer to this question."""
        return isinstance(value, Decimal) if self.unit else value in self.words
