"""Cases close to a given example: one or two of its facts are otherwise, the rest stays."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from diagnost.check.mutation.edges import beside, is_exact
from diagnost.model.decomposition import LEADERS, LEADS
from diagnost.model.indicator import Indicator, Steadiness, Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import FOUND, UNKNOWN, Example, ExampleValue, FactKey

Values = Mapping[FactKey, ExampleValue]


class Turn(NamedTuple):
    """One thing that is otherwise in an example: values that it gives, or a key that it leaves out.

    ``strained`` says how little an author would write it so: 0 a figure or an answer, 1 a finding
    by its name, 2 a fact named that figures beside it settle, or that is not known.
    """

    gives: tuple[tuple[FactKey, ExampleValue], ...]
    without: FactKey = ""
    strained: int = 0

    @property
    def keys(self) -> frozenset[FactKey]:
        """Return the keys of the example that it is about."""
        return frozenset((*(key for key, _ in self.gives), *([self.without] * bool(self.without))))

    def of(self, values: Values) -> dict[FactKey, ExampleValue]:
        """Return the values of an example with this turn."""
        return {key: v for key, v in values.items() if key != self.without} | dict(self.gives)


def _gives(key: FactKey, value: ExampleValue, strained: int = 0) -> Turn:
    return Turn(((key, value),), strained=strained)


_EXAMPLES = 2
"""So many examples of a finding are tried in its place."""
_PLACES = {
    Unit.TIMES: -2,
    Unit.PERCENT: -3,
    Unit.DAYS: 0,
    Unit.WEEKS: 0,
    Unit.MONTHS: 0,
    Unit.NUMBER: 0,
    Unit.MONEY: 0,
}
"""How many decimals people write of figures in a unit."""


class Neighbours:
    """The turns that are possible for the facts of a knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def turns(self, values: Values, facts: Collection[FactKey]) -> tuple[Turn, ...]:
        """Return what can be otherwise in an example so that one of these facts changes."""
        found: dict[Turn, None] = {}
        for key in facts:
            for turn in self._turns_of(key, values, facts):
                if turn.without or any(values.get(k) != v for k, v in turn.gives):
                    found[turn] = None
        return tuple(sorted(found, key=lambda turn: turn.strained))

    def removals(self, values: Values) -> tuple[Turn, ...]:
        """Return the turns that leave out one value of an example."""
        return tuple(Turn((), key) for key in values)

    def variable(self, key: FactKey) -> str:
        """Return what an example gives when it gives a fact or a figure by this key."""
        catalogue = self._base.catalogue
        key = catalogue.symbols.get(key, key)
        if key in catalogue.indicators or key in self._base.rules or key in self._base.states:
            return key
        head, _, tail = key.rpartition(".")
        if key.startswith("lines.") and key.count(".") > 1:
            return head
        if head in catalogue.indicators and tail not in catalogue.groups:
            return key if tail == "quartile" or tail.startswith("against_") else head
        return key

    def _turns_of(self, key: FactKey, values: Values, facts: Collection[FactKey]) -> Iterator[Turn]:
        base = self._base
        variable = self.variable(key)
        own = next((k for k in values if self.variable(k) == variable), variable)
        if own in values:
            yield Turn((), own)
        indicator = base.catalogue.indicators.get(variable)
        if key in base.rules:
            for example in base.rules[key].fires_on[:_EXAMPLES]:
                yield Turn(example.values)
            yield _gives(key, FOUND, 1)
        elif indicator is not None and key not in base.states:
            asked = {k.rpartition(".")[2] for k in facts if self.variable(k) == variable}
            for figures in _figures(indicator, values.get(own), asked):
                yield _gives(own, figures)
        elif key.startswith("lines."):
            yield from (_gives(own, figures) for figures in self._amounts(key, values.get(own)))
        elif key != "company.periods":
            outside = key.startswith(("company.", "method.")) or key in base.states
            for word in base.words.get(key, ()):
                yield _gives(own, word, 0 if outside or own in values else 2)
        if key.startswith(("company.", "lines.")) or indicator is not None:
            yield _gives(own, UNKNOWN, 2)

    def _amounts(self, key: FactKey, now: ExampleValue | None) -> Iterator[tuple[Decimal, ...]]:
        last = now[-1] if isinstance(now, tuple) and now[-1] is not None else Decimal(100)
        if key.endswith(".sign"):
            yield from ((Decimal(100),), (Decimal(0),), (Decimal(-100),))
        else:
            steadiness = self._base.catalogue.steadiness["money"]
            yield from _courses(last, steadiness, 0)


def _figures(
    indicator: Indicator, now: ExampleValue | None, asked: Iterable[str]
) -> Iterator[tuple[Decimal, ...]]:
    """Yield figures on either side of each edge, and courses that lead there."""
    singles = _beside_edges(indicator)
    given = [value for value in now if value is not None] if isinstance(now, tuple) else []
    yield from ((value,) for value in singles)
    if not {"previous", "step", "trend", "pace", *LEADERS, *LEADS} & set(asked):
        return
    places = _PLACES[indicator.unit]
    for last in dict.fromkeys((*given[-1:], *singles)):
        yield (last,)
        yield from ((*given[:-1], last),) if len(given) > 1 else ()
        yield from _courses(last, indicator.steadiness, places)
        if "previous" in asked:
            yield from ((before, last) for before in singles)


def _beside_edges(indicator: Indicator) -> tuple[Decimal, ...]:
    found: set[Decimal] = set()
    for norm in indicator.norms:
        for band in norm.bands[:-1]:
            edge = band.edge
            if edge is None:
                continue
            if not is_exact(edge):
                edge = edge.quantize(Decimal("0.001"))
            gap = beside(edge, indicator.unit)
            found |= {edge, edge - gap if band.below is not None else edge + gap}
    return tuple(sorted(found)) or (Decimal(1),)


def _courses(last: Decimal, steadiness: Steadiness, places: int) -> Iterator[tuple[Decimal, ...]]:
    """Yield courses that end at a figure: stable, moderate and sharp, up and down, to and fro."""
    yield (last, last)
    moderate, sharp = _moves(last, steadiness)
    for move in (moderate, -moderate, sharp, -sharp):
        before = (last - move).quantize(Decimal(1).scaleb(places))
        if before != last:
            yield (before, last)
    before = (last + sharp).quantize(Decimal(1).scaleb(places))
    yield (last, before, last)


def _moves(last: Decimal, steadiness: Steadiness) -> tuple[Decimal, Decimal]:
    """Return how far a figure moves that moves moderately, and sharply."""
    size = abs(last)
    least = max((steadiness.relative or 0) * size, steadiness.absolute or Decimal(0))
    limits: Sequence[Decimal] = [
        limit
        for limit in (
            (steadiness.sharp_relative or 0) * size,
            steadiness.sharp_absolute or Decimal(0),
        )
        if limit
    ]
    most = min(limits, default=least * 4) or Decimal(1)
    return (least + most) / 2, max(most, least) * 2


def example_of(values: Values, like: Example) -> Example:
    """Return an example with these values in the place of another one."""
    return Example(values=tuple(values.items()), at=like.at)
