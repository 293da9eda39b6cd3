"""How: from a figure, a fact, a finding or a verdict down to the cells, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from diagnost.explain.cells import Cells
from diagnost.explain.lookup import Entry
from diagnost.explain.tree import AmountTree, FactTree, FiringTree, ReadingTree, UnknownFact
from diagnost.explain.why import fact_in, reading_in
from diagnost.explain.why_not import state_of
from diagnost.model.catalogue import Catalogue
from diagnost.model.fact import Firing
from diagnost.model.indicator import Indicator
from diagnost.model.method import Choice, Option
from diagnost.model.rule import FactKey, Rule, State, Word
from diagnost.pipeline import Case

KINDS = (
    "statement",
    "indicator",
    "line",
    "area",
    "state",
    "fact",
    "rule",
    "ruling",
    "cause",
    "recommendation",
)
"""The kinds of entries whose derivation can be asked for, those meant first coming first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """How an indicator was computed, and the choices of the method that bear on it."""

    indicator: Indicator
    reading: ReadingTree
    choices: tuple[tuple[Choice, Option], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A line item as it was given or follows from others; None: it is not known."""

    item: str
    amount: AmountTree | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A fact that rules made, with every firing that made it, the earliest first.

    ``rule`` is the entry under whose id the fact stands, ``state`` the state that took the word.
    """

    key: FactKey
    word: Word
    firings: tuple[FiringTree, ...]
    rule: Rule | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMade:
    """What was asked about does not hold, so nothing leads to it."""

    rule: Rule | None = None
    state: State | None = None


Answer = Computed | Filed | FactTree | Made | NotMade | UnknownFact


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How an entry came about in a period. ``unit`` is what 1 means in amounts of the accounts."""

    entry: str
    period: str
    unit: int
    answer: Answer


def how(case: Case, entry: Entry, period: str) -> How:
    """Return how an entry came about in a period."""
    answer = _Builder(case, period).answer(entry)
    return How(entry=entry.id, period=period, unit=case.accounts.unit, answer=answer)


class _Builder:
    def __init__(self, case: Case, period: str) -> None:
        self.case = case
        self.period = period
        self.run = case.runs[period]
        self.cells = Cells(case, period)

    def answer(self, entry: Entry) -> Answer:
        catalogue = self.case.base.catalogue
        match entry.kind:
            case "indicator":
                reading = self.cells.reading(reading_in(self.case, entry.id, self.period))
                indicator = catalogue.indicators[entry.id]
                choices = tuple(_choices_behind(catalogue, indicator))
                return Computed(indicator=indicator, reading=reading, choices=choices)
            case "line":
                amount = self.case.accounts.amounts.get((entry.id, self.period))
                tree = self.cells.amount(amount) if amount is not None else None
                return Filed(item=entry.id, amount=tree)
            case "fact":
                found = fact_in(self.case, entry.id, self.period)
                return found if isinstance(found, UnknownFact) else self.cells.given(found)
            case "area" | "state":
                return self._state(entry)
            case _:
                rule = self.case.base.rules[entry.id]
                firings = self.run.fired(entry.id)
                key, word = rule.makes
                if not firings:
                    return NotMade(rule=rule)
                return Made(key=key, word=word, firings=self._each(firings), rule=rule)

    def _state(self, entry: Entry) -> Answer:
        state = state_of(self.case.base, entry)
        if state is None:
            return UnknownFact(key=entry.id, needs=())
        stands = state.standing({firing.made for firing in self.run.firings})
        if stands is None:
            return NotMade(state=state)
        made = (state.id, stands.id)
        firings = tuple(firing for firing in self.run.firings if firing.made == made)
        return Made(key=state.id, word=stands.id, firings=self._each(firings), state=state)

    def _each(self, firings: tuple[Firing, ...]) -> tuple[FiringTree, ...]:
        """Build every firing, the one first that was possible first."""
        left, ordered = list(firings), []
        while left:
            first = self.cells.grounds.earliest(left)
            left.remove(first)
            ordered.append(self.cells.firing([first]))
        return tuple(ordered)


def _choices_behind(catalogue: Catalogue, indicator: Indicator) -> Iterator[tuple[Choice, Option]]:
    """Yield the choices of the method that a figure depends on, also through its parts."""
    asked: dict[str, None] = {}
    seen: set[str] = set()
    way = [indicator]
    method = catalogue.method
    while way:
        each = way.pop()
        if each.id in seen:
            continue
        seen.add(each.id)
        asked |= dict.fromkeys(choice for variant in each.variants for choice, _ in variant.when)
        names = {name.name for formula in each.formulas for name in formula.names}
        for choice in method.choices.values():
            averages = any(each.id in option.averages for option in choice.options)
            days = any(option.year_days for option in choice.options)
            if averages or (days and names & {"days", "year_days"}):
                asked[choice.id] = None
        inner = map(catalogue.indicator, sorted(names))
        way += [other for other in inner if other is not None]
    for choice_id in method.choices:
        if choice_id in asked:
            yield method.choices[choice_id], method.option(choice_id)
