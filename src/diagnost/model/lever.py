"""Levers: what a business can do about its figures, and goals that it may want to reach by them."""

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.text import Text


class Direction(Enum):
    """How a line item moves when a lever is pulled."""

    UP = "up"
    DOWN = "down"
    IN_PROPORTION = "in_proportion"  # by the same share as the first item of the lever


class Move(NamedTuple):
    """A line item, or a figure asked for in a questionnaire, that a lever moves."""

    item: str
    direction: Direction


class Lever(NamedTuple):
    """Something a business can do.

    ``ways`` are lists of items that it moves; the first whose items are all known counts. The size
    of a pull is an amount of the first item, at most ``most`` times what that is (or, of a line
    item that is nought, times total assets), and no further than ``up_to``, another item.
    ``told`` is what a manager is told to do, with slots for the amount and its share, and where
    ``measure`` names an indicator in days, for those before and after; ``name`` serves where a slot
    cannot be filled. ``shown_by`` are indicators, by id or symbol, that tell what it means. A pull
    by more than the share ``doubt_from`` is hardly possible by itself, and told with a word on it.
    """

    id: str
    name: Text
    told: Text | None
    measure: str  # id or symbol; '' where the size is told in money only
    up_to: str  # '' where nothing but ``most`` bounds it
    ways: tuple[tuple[Move, ...], ...]
    most: Decimal
    shown_by: tuple[str, ...]
    at: At
    doubt_from: Decimal | None = None


class Comparison(Enum):
    """How a figure or a judgement is compared with what is wanted."""

    AT_LEAST = ">="
    AT_MOST = "<="


class IndicatorGoal(NamedTuple):
    """An indicator is to be at least, or at most, a value."""

    indicator: str  # id
    comparison: Comparison
    value: Decimal


class FindingGoal(NamedTuple):
    """A statement is to be made of the company, or to be made no more."""

    statement: str  # id
    present: bool


class VerdictGoal(NamedTuple):
    """An area is to be judged at least, or at most, as well as by a word."""

    area: str
    state: str  # id of the state whose word the judgement is
    comparison: Comparison
    word: str


Goal = IndicatorGoal | FindingGoal | VerdictGoal


class Pull(NamedTuple):
    """A lever pulled by an amount of its first item.

    ``share`` is that of what the item is, or of total assets where it is nought. ``before`` and
    ``after`` are the indicator that measures the lever, None where it is not known.
    """

    lever: Lever
    way: tuple[Move, ...]
    amount: Decimal
    share: Decimal
    was: Decimal  # what the first item is before
    before: Decimal | None = None
    after: Decimal | None = None

    @property
    def becomes(self) -> Decimal:
        """Return what the first item is once the lever is pulled."""
        down = self.way[0].direction is Direction.DOWN
        return self.was - self.amount if down else self.was + self.amount


class GoalError(ValueError):
    """A goal that cannot be understood, and how one is written."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)
