"""What moved a figure: a change split into the parts that figures behind it account for."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.model.formula import Formula
from diagnost.model.indicator import Citation, Reading
from diagnost.model.located import At
from diagnost.model.text import Text

NONE = "none"
"""The leader of a change that is none, since the whole is stable."""
LEADERS = {"leader": "by", "step_leader": "step_by"}
"""Facts that name the leading part, and the slots that write a part's effect over the same time."""
LEADS = {"lead": "by", "step_lead": "step_by"}
"""Facts that say how much of the change the leading part accounts for, likewise."""
MOMENTS = {"by": "first", "step_by": "previous"}
"""Since when a slot counts: the first period, or the one before."""


class Part(NamedTuple):
    """One figure behind a whole: an indicator (by symbol or id) or a line item."""

    id: str
    figure: str
    name: Text
    at: At


class Decomposition(NamedTuple):
    """How an indicator is made up of ``parts``, in the order in which they are put in.

    ``formula`` is the whole in the parts' figures: a product, a sum, a ratio of sums.
    """

    id: str
    of: str  # indicator id
    formula: Formula
    parts: tuple[Part, ...]
    cites: Citation
    at: At

    def part(self, part_id: str) -> Part | None:
        """Return the part of that id, if there is one."""
        return next((part for part in self.parts if part.id == part_id), None)


class Share(NamedTuple):
    """What one part did: its figure ``before`` and ``now`` and its ``effect`` on the whole.

    The effect is in the unit of the whole and has its sign.
    """

    part: Part
    before: Reading
    now: Reading
    effect: Decimal


class Breakdown(NamedTuple):
    """The change of a whole between two periods; the effects of ``shares`` add up to it exactly."""

    decomposition: Decomposition
    before: Reading
    now: Reading
    change: Decimal  # of the whole, in its unit
    shares: tuple[Share, ...]  # in the order of the parts
    leader: Share | None  # moved the whole most in the direction of its change; None: it is stable

    @property
    def lead(self) -> Decimal | None:
        """Return how much of the change the leader accounts for; above 1 if others offset it."""
        return None if self.leader is None else self.leader.effect / self.change

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return the readings it rests on: the whole's and the parts', now and before."""
        pairs = ((self.now, self.before), *((share.now, share.before) for share in self.shares))
        return tuple(reading for pair in pairs for reading in pair)

    def effect(self, part_id: str) -> Decimal:
        """Return what a part moved the whole by; KeyError if there is no such part."""
        for share in self.shares:
            if share.part.id == part_id:
                return share.effect
        raise KeyError(part_id)
