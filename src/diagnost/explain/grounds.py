"""Which firing made a fact first: the one that a derivation goes back to."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from diagnost.model.fact import Firing, Run
from diagnost.model.rule import FactKey, Word

Name = tuple[FactKey, Word]


class Grounds:
    """The order in which the firings of a run became possible.

    Firings are replayed in rounds: one counts as soon as all the facts it used are there. So a
    fact's earliest firing never goes back to that fact, even where rules make each other's facts.
    Within a round the canonical order decides.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    @cached_property
    def _rounds(self) -> dict[Firing, int]:
        rounds: dict[Firing, int] = {}
        known = {fact.name for fact in self._run.base.facts.values()}
        waiting = self._run.firings
        number = 0
        while waiting:
            ready = {firing for firing in waiting if known.issuperset(firing.used)}
            if not ready:  # never so in a run that an engine made
                break
            number += 1
            rounds |= dict.fromkeys(ready, number)
            known |= {firing.made for firing in ready}
            waiting = tuple(firing for firing in waiting if firing not in ready)
        return rounds

    @cached_property
    def _makers(self) -> dict[Name, list[Firing]]:
        makers: dict[Name, list[Firing]] = defaultdict(list)
        for firing in self._run.firings:
            makers[firing.made].append(firing)
        return makers

    def earliest(self, firings: Sequence[Firing]) -> Firing:
        """Return the firing that was possible first; there must be one."""
        return min(firings, key=lambda firing: self._rounds.get(firing, len(self._rounds) + 1))

    def of(self, name: Name) -> tuple[Firing, int] | None:
        """Return the earliest firing that made a fact, and how many others made it too."""
        firings = self._makers.get(name)
        return (self.earliest(firings), len(firings) - 1) if firings else None
