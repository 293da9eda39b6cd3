"""What if: changes supposed of the figures, and what they move so that the statements agree."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from diagnost.model.located import At


class Flow(NamedTuple):
    """A change of one line item moves another by as much, up (``by`` 1) or down (−1)."""

    of: str
    moves: str
    by: int
    at: At


class Flows(NamedTuple):
    """How changes spread through the statements.

    ``within`` names the parts of items that are no sums of all their parts. ``comes_from`` names,
    for a result that is set itself, the one before it, which has then changed as much.
    ``charged_on`` names, for a charge such as tax, the result that it is charged on: it changes in
    proportion to that result and is nought where that is a loss; without a charge on a result
    above nought no rate is known, and the charge stays as it is.
    ``balancing`` are the items that give way where the balance sheet would no longer balance; the
    first known one does. ``borrowed`` are those that take their place where they do not suffice.
    ``in_step`` names, for an item that is changed alone, the one that often changes in proportion.
    ``in_days`` names, for an item that people tell in days, the indicator that does so.
    """

    flows: tuple[Flow, ...] = ()
    within: Mapping[str, tuple[str, ...]] = {}
    comes_from: Mapping[str, str] = {}
    charged_on: Mapping[str, str] = {}
    balancing: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()
    in_step: Mapping[str, str] = {}
    in_days: Mapping[str, str] = {}


class How(Enum):
    """How a change is meant."""

    TO = "to"  # this value instead
    BY = "by"  # so much more or less
    SHARE = "share"  # more or less by this share of what it is


class Change(NamedTuple):
    """One figure supposed to be other than it is.

    ``name`` is the id of a line item, an indicator or a question; ``value`` is a word for a
    question that takes words. ``period`` is '' where the period judged is meant. ``days`` says that
    the value of a line item is in days, as the indicator counts them that tells it so.
    """

    name: str
    how: How
    value: Decimal | str
    period: str = ""
    as_written: str = ""
    days: bool = False


class Moved(NamedTuple):
    """A line item that is no longer what it was.

    ``why`` is ``set`` (asked for), ``follows`` (moved by another) or ``balances``.
    """

    item: str
    period: str
    before: Decimal | None
    after: Decimal
    why: str

    @property
    def by(self) -> Decimal:
        """Return the change; what was not known before has changed by all of it."""
        return self.after - (self.before or Decimal(0))


class SuppositionError(ValueError):
    """A change that cannot be supposed, and what can be done about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)
