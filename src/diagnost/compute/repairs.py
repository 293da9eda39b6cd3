"""What cells would have to be so that nothing is contradicted, and what vouches for such values."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diagnost.compute.equations import Row, moved, solved
from diagnost.compute.neighbours import Neighbours
from diagnost.compute.relations import Relation, Relations
from diagnost.compute.slips import Guess, is_clear, quantum, slips_of
from diagnost.compute.slopes import CellKey
from diagnost.compute.spans import ANY, Span, decimal_of, hull, rounded, span_of
from diagnost.compute.trial import Changes, Trial
from diagnost.model.accounts import Amount
from diagnost.model.suspicion import Bound, Slip, Suspect, SuspectSet

MOST_TRIED = 4
"""How many values of a set are tried against the data checks themselves."""

_FEW_UNITS = 2
"""Units of the last place that rounding may take; a chance hit of a vague slip must be as close."""

Cells = tuple[CellKey, ...]


class Repair(NamedTuple):
    """Cells with the values they would have to have; the least ``rank`` is the most likely.

    Everyday slips go before what nothing explains, then what fewer sums vouch for.
    """

    set: SuspectSet
    rank: tuple[int, int, int]


class Repairs:
    """Finds the repairs of one group of contradictions."""

    def __init__(
        self,
        group: Sequence[Relation],
        touching: Mapping[CellKey, Sequence[Relation]],
        order: Mapping[CellKey, int],
        relations: Relations,
        trial: Trial,
        neighbours: Neighbours,
    ) -> None:
        self.group = group
        self.grouped = {id(relation) for relation in group}
        self.checks = frozenset(r.check for r in group if r.check is not None)
        self.touching = touching
        self.order = order
        self.relations = relations
        self.sources = relations.cells
        self.catalogue = relations.catalogue
        self.trial = trial
        self.neighbours = neighbours

    def of(self, cells: Cells) -> Repair | None:
        """Return the repair that changes these cells and no others, if there is one."""
        if not all(any(cell in r.cells for cell in cells) for r in self.group):
            return None
        return self._single(cells[0]) if len(cells) == 1 else self._several(cells)

    # --- one cell -------------------------------------------------------------------------------

    def _single(self, cell: CellKey) -> Repair | None:
        """Find the value of one cell that fits all, preferring one that a slip explains."""
        span = self._span(cell)
        if span is None:
            return None
        written = self._value(cell)
        sums = [r for r in self.group if r.sum and cell in r.cells]
        tries = self._settled(cell, span, sums) if sums else self._limited(cell, span)
        for number, suspect in enumerate(tries):
            if number == MOST_TRIED:
                return None
            if suspect.would_be != written and self._passes({cell: suspect.would_be}):
                return self._ranked([suspect])
        return None

    def _span(self, cell: CellKey) -> Span | None:
        """Return the values of a cell at which everything it touches would hold."""
        low = None if self._may_be_negative(cell) else Fraction(0)
        reliable = (
            r for r in self.touching[cell] if id(r) in self.grouped or cell not in r.divisors
        )
        return self._within(cell, reliable, Span(low, None))

    def _within(self, cell: CellKey, relations: Iterable[Relation], span: Span) -> Span | None:
        """Narrow the values of a cell to those at which these relations would hold."""
        written = Fraction(self._value(cell))
        for relation in relations:
            ways = [span_of(limits, cell, written) for limits in relation.ways]
            possible = [way for way in ways if way is not None]
            both = span.both(hull(possible)) if possible else None
            if both is None:
                return None
            span = both
        return span

    def _settled(self, cell: CellKey, span: Span, sums: Sequence[Relation]) -> Iterator[Suspect]:
        """Yield values of a cell that sums settle: those of slips, then those that sums give."""
        inside = [(root, r) for r in sums if span.holds(root := self._root(r, cell))]
        yield from self._slipped(cell, span, inside)
        place = quantum(self._value(cell))
        for root, _ in inside:
            value = rounded(root, place)
            yield self._suspect(cell, value if span.holds(value) else decimal_of(root))
        if span.low is not None and span.high is not None:
            yield self._suspect(cell, decimal_of((span.low + span.high) / 2))

    def _slipped(
        self, cell: CellKey, span: Span, roots: Sequence[tuple[Fraction, Relation]]
    ) -> Iterator[Suspect]:
        """Yield values that an everyday slip turned into what is written.

        A sum settles a value but for some units of rounding. What a given indicator settles is less
        exact: there only a clear slip is told.
        """
        place = quantum(self._value(cell))
        spans = []
        for root, relation in roots:
            near = Fraction(place) * _FEW_UNITS
            spans.append((Span(root - near, root + near), False))
            if relation.check is not None and relation.check[0] in self.catalogue.indicators:
                wide = self._within(cell, [relation], ANY)
                if wide is not None:
                    spans.append((wide, True))
        targets = [rounded(root, place) for root, _ in roots]
        for guess in self._guesses(cell, targets):
            hit = any(
                near.holds(guess.value) and (is_clear(guess.slip) or not wide)
                for near, wide in spans
            )
            if hit and span.holds(guess.value):
                yield self._suspect(cell, guess.value, guess)

    def _limited(self, cell: CellKey, span: Span) -> Iterator[Suspect]:
        """Yield values of a cell of which is only known what it cannot exceed or fall below."""
        written = self._value(cell)
        edges = [
            (rounded(self._root(r, cell), quantum(written)), r.exact.by_cell[cell] > 0)
            for r in self.group
            if cell in r.cells
        ]
        for guess in slips_of(written):
            # Almost any smaller figure would do, so only a leap of that size tells of a factor.
            leap = guess.slip is Slip.FACTOR and any(
                edge and max(abs(written / edge), abs(edge / written)) * 10 >= int(guess.detail)
                for edge, _ in edges
            )
            turned = guess.slip is Slip.SIGN and written < 0
            if (turned or (leap and guess.detail != "10")) and span.holds(guess.value):
                yield self._suspect(cell, guess.value, guess)
        for edge, down in edges:
            yield self._suspect(cell, edge, bound=Bound.AT_MOST if down else Bound.AT_LEAST)

    def _root(self, relation: Relation, cell: CellKey) -> Fraction:
        """Return the value of a cell at which a relation holds to the penny."""
        written = Fraction(self._value(cell))
        return written - relation.exact.value / relation.exact.by_cell[cell]

    # --- several cells --------------------------------------------------------------------------

    def _several(self, cells: Cells) -> Repair | None:
        """Find the values of some cells that fit all, where the sums settle every one of them."""
        changes = solved(self._rows(cells), cells)
        if changes is None or not all(changes.values()):
            return None
        if not self._holds(changes):
            return None
        suspects = []
        for cell in cells:
            written = self._value(cell)
            place = quantum(written)
            value = rounded(Fraction(written) + changes[cell], place)
            if value == written:
                return None
            guess = next((g for g in self._guesses(cell, [value]) if g.value == value), None)
            suspects.append(self._suspect(cell, value, guess))
        if not self._passes(dict(zip(cells, (s.would_be for s in suspects), strict=True))):
            return None
        return self._ranked(suspects)

    def _rows(self, cells: Sequence[CellKey]) -> Iterator[Row]:
        """Yield what the changes must do: mend what is broken first, then keep what holds."""
        seen: set[int] = set()
        kept = []
        for cell in cells:
            for relation in self.touching[cell]:
                if id(relation) in seen:
                    continue
                seen.add(id(relation))
                slopes = {c: s for c in cells if (s := relation.cells.get(c)) is not None}
                if id(relation) in self.grouped:
                    # A figure that cannot be negative is taken to have lost its sign.
                    goal = 2 if relation.sign_of else 1
                    yield Row(slopes, -goal * relation.exact.value)
                elif relation.sum:
                    kept.append(Row(slopes, Fraction(0)))
        yield from kept

    def _holds(self, changes: Mapping[CellKey, Fraction]) -> bool:
        for cell, change in changes.items():
            if not self._may_be_negative(cell) and Fraction(self._value(cell)) + change < 0:
                return False
            for relation in self.touching[cell]:
                if id(relation) not in self.grouped and relation.divisors & changes.keys():
                    continue
                if not any(
                    all(moved(limit, changes) <= 0 for limit in limits) for limits in relation.ways
                ):
                    return False
        return True

    # --- suspects -------------------------------------------------------------------------------

    def _passes(self, changes: Changes) -> bool:
        return self.trial.passes(changes, self.checks)

    def _guesses(self, cell: CellKey, values: Collection[Decimal]) -> Iterator[Guess]:
        """Yield clear slips, then vague ones; ``values`` are those that the sums ask for."""
        source = self.sources[cell]
        guesses = list(slips_of(source.value))
        if isinstance(source, Amount):
            guesses += self.neighbours.guesses(source, values)
        return iter(sorted(guesses, key=lambda guess: not is_clear(guess.slip)))

    def _suspect(
        self,
        cell: CellKey,
        would_be: Decimal,
        guess: Guess | None = None,
        bound: Bound = Bound.EXACT,
    ) -> Suspect:
        source = self.sources[cell]
        return Suspect(
            name=cell[0],
            period=cell[1],
            at=cell[2],
            written=source.value,
            would_be=would_be,
            as_written=source.as_written,
            bound=bound,
            slip=guess.slip if guess else None,
            detail=guess.detail if guess else "",
            given=not self.relations.is_nil(cell),
        )

    def _ranked(self, suspects: Sequence[Suspect]) -> Repair:
        """Rank a set: by its explanations, by what else vouches for it, by its place."""
        cells = [(s.name, s.period, s.at) for s in suspects]
        unexplained = sum(2 if s.slip is None else 0 if is_clear(s.slip) else 1 for s in suspects)
        vouching = sum(
            r.sum and r.check not in self.checks for cell in cells for r in self.touching[cell]
        )
        return Repair(SuspectSet(tuple(suspects)), (unexplained, vouching, self.order[cells[0]]))

    def _value(self, cell: CellKey) -> Decimal:
        return self.sources[cell].value

    def _may_be_negative(self, cell: CellKey) -> bool:
        item = self.catalogue.line_items.get(cell[0])
        return item is None or item.signed
