"""What the plan of steps follows: its length, when steps begin, who may be responsible."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from diagnost.model.horizon import Horizon
from diagnost.model.located import At
from diagnost.model.text import Text


class Owner(NamedTuple):
    """Somebody who can be made responsible for a step: a post, not a person."""

    id: str
    name: Text
    at: At


class PlanRules(NamedTuple):
    """The length of the plan in documents, and its dates.

    ``starts`` says by urgency how long a step waits (what is not named begins at once).
    """

    lines: int = 10
    starts: Mapping[str, Horizon] = {}
    owners: Mapping[str, Owner] = {}

    def start(self, urgency: str, day: date) -> date:
        """Return by when the first step is to be done: the Monday after the day it may begin."""
        wait = self.starts.get(urgency)
        begins = wait.after(day) if wait else day
        return begins + timedelta(days=7 - begins.weekday())
