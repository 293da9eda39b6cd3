"""Which figures are most likely wrong: the smallest sets of cells that explain all contradictions.

Consistency-based diagnosis (Reiter 1987, de Kleer 1987): a set of cells is a candidate if the other
figures, as written, and *some* values of these cells leave no contradiction. Candidates grow from
conflicts, relations that cannot hold while all of their cells are as written: each must lose one.
Only what the company filled in is suspected. An item that it left out because it has none counts as
nil, unless nothing else explains the contradictions.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import NamedTuple

from diagnost.compute.contradictions import contradictions
from diagnost.compute.derived import complete
from diagnost.compute.neighbours import Neighbours
from diagnost.compute.relations import Relation, Relations, cell_of, signed_parts
from diagnost.compute.slips import Guess, is_clear, quantum, slips_of
from diagnost.compute.slopes import CellKey, Slopes
from diagnost.model.accounts import Accounts, Amount, GivenReading, Origin
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.suspicion import Bound, Check, Slip, Suspect, SuspectSet, Suspicion

MOST_CELLS = 3
"""Beyond so many cells it is only said that several figures disagree."""

COLUMN_FACTORS = (1_000, 10_000, 1_000_000)
"""By which a whole column is given in another unit: thousands, ten thousands, millions."""

MOST_SETS = 1_000
"""Beyond so many sets of a size nothing is told apart any more; a whole statement has some 250."""

MOST_TRIED = 4
"""How many values of a set are tried against the data checks themselves."""

_FEW_UNITS = 2
"""Units of the last place that rounding may take; a chance hit of a vague slip must be as close."""

_DIGITS = 100
"""Amounts have up to thirty digits, and a slip may add some."""

Changes = Mapping[CellKey, Decimal]


def find_suspects(
    filed: Accounts, accounts: Accounts, base: KnowledgeBase
) -> tuple[Suspicion, ...]:
    """Return what the contradictions of the accounts point to, group by group.

    ``filed`` are the accounts as read, ``accounts`` the same completed. Contradictions that share a
    figure are one group. Nothing is returned for a check that rests on no figures of its own.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return _found(filed, accounts, base)


def _found(filed: Accounts, accounts: Accounts, base: KnowledgeBase) -> tuple[Suspicion, ...]:
    periods = [period.id for period in accounts.periods]
    broken = contradictions(accounts, base, periods)
    if not broken:
        return ()
    builder = Relations(accounts, base)
    relations = tuple(builder.all())
    trial = _Trial(filed, base, broken)
    neighbours = Neighbours(accounts)
    failing = [r for r in relations if (r.fails if r.check is None else r.check in broken)]
    found = []
    for group in _groups(failing):
        checks = tuple(dict.fromkeys(r.check for r in group if r.check is not None))
        if checks:
            search = _Search(group, relations, builder.cells, accounts, base, trial, neighbours)
            found += _apart(Suspicion(checks, tuple(search.sets())), group, relations)
    return tuple(_columns_once(found))


def _apart(
    suspicion: Suspicion, group: Iterable[Relation], relations: Iterable[Relation]
) -> list[Suspicion]:
    """Tell wrong figures apart where each of them settles contradictions of its own.

    That is so where nothing holds between the figures of a set, every contradiction has one of them,
    all sets share the contradictions out alike, and any choice of one figure for each share is among
    the sets.
    """
    sets = suspicion.sets
    if not sets or len(sets[0].cells) == 1:
        return [suspicion]
    shared_out: set[frozenset[frozenset[Check]]] = set()
    choices: dict[frozenset[Check], dict[Suspect, None]] = {}
    for each in sets:
        cells = {(suspect.name, suspect.period, suspect.at): suspect for suspect in each.cells}
        if any(len(cells.keys() & relation.cells.keys()) > 1 for relation in relations):
            return [suspicion]
        shares = []
        for cell, suspect in cells.items():
            touched = (r.check for r in group if r.check is not None and cell in r.cells)
            shares.append(frozenset(touched))
            choices.setdefault(shares[-1], {})[suspect] = None
        if not all(shares):
            return [suspicion]
        shared_out.add(frozenset(shares))
    if len(shared_out) > 1 or prod(map(len, choices.values())) != len(sets):
        return [suspicion]
    return [
        Suspicion(
            tuple(check for check in suspicion.checks if check in checks),
            tuple(SuspectSet((suspect,)) for suspect in suspects),
        )
        for checks, suspects in choices.items()
    ]


def _columns_once(found: Iterable[Suspicion]) -> list[Suspicion]:
    """Tell a column in another unit once, however many leaps point to it."""
    told: list[Suspicion] = []
    for suspicion in found:
        same = (
            i
            for i, other in enumerate(told)
            if other.sets == suspicion.sets and any(s.is_column for s in other.sets)
        )
        index = next(same, None)
        if index is None:
            told.append(suspicion)
        else:
            checks = told[index].checks + suspicion.checks
            told[index] = suspicion._replace(checks=checks)
    return told


def _groups(broken: Sequence[Relation]) -> list[list[Relation]]:
    """Put contradictions that share a cell together, in their order."""
    groups: list[list[Relation]] = []
    for relation in broken:
        joined = [relation]
        apart = []
        for group in groups:
            shares = any(other.cells.keys() & relation.cells.keys() for other in group)
            if shares:
                joined = [*group, *joined]
            else:
                apart.append(group)
        groups = [*apart, joined]
    order = {id(relation): rank for rank, relation in enumerate(broken)}
    ordered = [sorted(group, key=lambda r: order[id(r)]) for group in groups]
    return sorted(ordered, key=lambda group: order[id(group[0])])


# --- trying values against the checks -------------------------------------------------------------


class _Trial:
    """Says whether changed cells leave no contradiction of a group and make no new one."""

    def __init__(self, filed: Accounts, base: KnowledgeBase, broken: Collection[Check]) -> None:
        self.filed = filed
        self.base = base
        self.broken = frozenset(broken)
        self.ids = [period.id for period in filed.periods]

    def passes(self, changes: Changes, checks: Collection[Check]) -> bool:
        """Judge the changed accounts by the data checks themselves."""
        judged = self._judged(changes, checks)
        left = self._left(changes, judged)
        expected = {check for check in self.broken - frozenset(checks) if check[1] in judged}
        return left <= expected

    def settles(self, changes: Changes, checks: Collection[Check]) -> bool:
        """Say whether the changes settle these checks, whatever else they do."""
        judged = self._judged(changes, checks)
        return not self._left(changes, judged) & frozenset(checks)

    def _judged(self, changes: Changes, checks: Collection[Check]) -> frozenset[str]:
        """Return the periods of the checks and those that changes can reach: theirs, the next."""
        changed = {period for _, period, _ in changes}
        after = {later for earlier, later in pairwise(self.ids) if earlier in changed}
        return frozenset(changed | after | {period for _, period in checks})

    def _left(self, changes: Changes, judged: frozenset[str]) -> frozenset[Check]:
        before = {earlier for earlier, later in pairwise(self.ids) if later in judged}
        changed = with_changes(self.filed, changes, self.base, judged | before)
        return contradictions(complete(changed, self.base.catalogue), self.base, judged)


def with_changes(
    filed: Accounts, changes: Changes, base: KnowledgeBase, periods: Collection[str]
) -> Accounts:
    """Return these periods of accounts as read, with the value of some cells changed."""
    identities = base.catalogue.identities

    def changed(amount: Amount) -> Amount:
        if not amount.parts:
            value = changes.get(cell_of(amount))
            return amount if value is None else amount._replace(value=value)
        parts = tuple(changed(part) for part, _ in signed_parts(amount, identities))
        signs = (sign for _, sign in signed_parts(amount, identities))
        value = sum((p.value * s for p, s in zip(parts, signs, strict=True)), Decimal(0))
        return amount._replace(value=value, parts=parts)

    amounts = {key: changed(a) for key, a in filed.amounts.items() if key[1] in periods}
    given = {}
    for key, reading in filed.given.items():
        if key[1] in periods:
            value = changes.get(cell_of(reading))
            given[key] = reading if value is None else reading._replace(value=value)
    for (name, period, at), value in changes.items():
        if name in base.catalogue.line_items and (name, period) not in filed.amounts:
            amounts[name, period] = Amount(name, period, value, at)
    kept = tuple(period for period in filed.periods if period.id in periods)
    return replace(filed, periods=kept, amounts=amounts, given=given)


# --- the search -----------------------------------------------------------------------------------


class _Span(NamedTuple):
    """The values that a cell may take; None where there is no limit."""

    low: Fraction | None
    high: Fraction | None

    def holds(self, value: Fraction | Decimal) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def both(self, other: "_Span") -> "_Span | None":
        """Return the values that two spans share, if there are any."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        return None if low is not None and high is not None and low > high else _Span(low, high)


class _Row(NamedTuple):
    """An equation for the changes of cells: what they make together must be ``wanted``."""

    slopes: dict[CellKey, Fraction]
    wanted: Fraction


class _Found(NamedTuple):
    set: SuspectSet
    rank: tuple[int, int, int]


class _Search:
    def __init__(
        self,
        group: Sequence[Relation],
        relations: Sequence[Relation],
        sources: Mapping[CellKey, Amount | GivenReading],
        accounts: Accounts,
        base: KnowledgeBase,
        trial: _Trial,
        neighbours: Neighbours,
    ) -> None:
        self.group = group
        self.grouped = {id(relation) for relation in group}
        self.sources = sources
        self.accounts = accounts
        self.base = base
        self.trial = trial
        self.neighbours = neighbours
        self.checks = frozenset(r.check for r in group if r.check is not None)
        self.touching: dict[CellKey, list[Relation]] = {}
        for relation in relations:
            for cell in relation.cells:
                self.touching.setdefault(cell, []).append(relation)
        self.order = {cell: rank for rank, cell in enumerate(_in_order(sources, accounts))}

    def sets(self) -> list[SuspectSet]:
        """Return the smallest sets, the most likely first."""
        columns = list(self._columns())
        if columns:
            return columns
        found = self._smallest()
        return [each.set for each in sorted(found, key=lambda each: each.rank)]

    def _smallest(self) -> list[_Found]:
        """Grow sets cell by cell until some explain all; those without items taken as nil first."""
        frontier: list[tuple[CellKey, ...]] = [()]
        for _ in range(MOST_CELLS):
            grown = {
                tuple(sorted((*cells, cell), key=self.order.__getitem__))
                for cells in frontier
                for cell in self._conflict(cells)
                if cell not in cells
            }
            if len(grown) > MOST_SETS:
                return []
            frontier = sorted(grown, key=lambda cells: [self.order[cell] for cell in cells])
            for with_nil in (False, True):
                found = [
                    each
                    for cells in frontier
                    if any(map(self._is_nil, cells)) is with_nil
                    and (each := self._repaired(cells)) is not None
                ]
                if found:
                    return found
        return []

    def _conflict(self, cells: Sequence[CellKey]) -> Iterable[CellKey]:
        """Return cells of which one must be wrong too, given that ``cells`` alone do not do."""
        for relation in self.group:
            if not any(cell in relation.cells for cell in cells):
                return relation.cells
        touched = (relation for cell in cells for relation in self.touching[cell])
        return dict.fromkeys(cell for relation in touched for cell in relation.cells)

    def _is_nil(self, cell: CellKey) -> bool:
        source = self.sources[cell]
        return isinstance(source, Amount) and source.origin is Origin.ASSUMED_NIL

    def _repaired(self, cells: tuple[CellKey, ...]) -> _Found | None:
        if not all(any(cell in r.cells for cell in cells) for r in self.group):
            return None
        if len(cells) == 1:
            return self._single(cells[0])
        return self._several(cells)

    # --- one cell -------------------------------------------------------------------------------

    def _single(self, cell: CellKey) -> _Found | None:
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
                return self._found([suspect])
        return None

    def _span(self, cell: CellKey) -> _Span | None:
        """Return the values of a cell at which everything it touches would hold."""
        low = None if self._may_be_negative(cell) else Fraction(0)
        reliable = (
            r for r in self.touching[cell] if id(r) in self.grouped or cell not in r.divisors
        )
        return self._within(cell, reliable, _Span(low, None))

    def _within(self, cell: CellKey, relations: Iterable[Relation], span: _Span) -> _Span | None:
        """Narrow the values of a cell to those at which these relations would hold."""
        written = Fraction(self._value(cell))
        for relation in relations:
            ways = [_span_of(limits, cell, written) for limits in relation.ways]
            possible = [way for way in ways if way is not None]
            both = span.both(_hull(possible)) if possible else None
            if both is None:
                return None
            span = both
        return span

    def _settled(self, cell: CellKey, span: _Span, sums: Sequence[Relation]) -> Iterator[Suspect]:
        """Yield values of a cell that sums settle: those of slips, then those that sums give."""
        inside = [(root, r) for r in sums if span.holds(root := self._root(r, cell))]
        yield from self._slipped(cell, span, inside)
        place = quantum(self._value(cell))
        for root, _ in inside:
            rounded = _rounded(root, place)
            yield self._suspect(cell, rounded if span.holds(rounded) else _decimal(root))
        if span.low is not None and span.high is not None:
            yield self._suspect(cell, _decimal((span.low + span.high) / 2))

    def _slipped(
        self, cell: CellKey, span: _Span, roots: Sequence[tuple[Fraction, Relation]]
    ) -> Iterator[Suspect]:
        """Yield values that an everyday slip turned into what is written.

        A sum settles a value but for some units of rounding. What a given indicator settles is less
        exact: there only a clear slip is told.
        """
        place = quantum(self._value(cell))
        spans = []
        for root, relation in roots:
            near = Fraction(place) * _FEW_UNITS
            spans.append((_Span(root - near, root + near), False))
            if relation.check is not None and relation.check[0] in self.base.catalogue.indicators:
                wide = self._within(cell, [relation], _Span(None, None))
                if wide is not None:
                    spans.append((wide, True))
        rounded = [_rounded(root, place) for root, _ in roots]
        for guess in self._guesses(cell, rounded):
            hit = any(
                near.holds(guess.value) and (is_clear(guess.slip) or not wide)
                for near, wide in spans
            )
            if hit and span.holds(guess.value):
                yield self._suspect(cell, guess.value, guess)

    def _limited(self, cell: CellKey, span: _Span) -> Iterator[Suspect]:
        """Yield values of a cell of which is only known what it cannot exceed or fall below."""
        written = self._value(cell)
        edges = [
            (_rounded(self._root(r, cell), quantum(written)), r.exact.by_cell[cell] > 0)
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

    def _several(self, cells: tuple[CellKey, ...]) -> _Found | None:
        """Find the values of some cells that fit all, where the sums settle every one of them."""
        changes = _solved(self._rows(cells), cells)
        if changes is None or not all(changes.values()):
            return None
        if not self._holds(changes):
            return None
        suspects = []
        for cell in cells:
            written = self._value(cell)
            place = quantum(written)
            value = _rounded(Fraction(written) + changes[cell], place)
            if value == written:
                return None
            guess = next((g for g in self._guesses(cell, [value]) if g.value == value), None)
            suspects.append(self._suspect(cell, value, guess))
        if not self._passes(dict(zip(cells, (s.would_be for s in suspects), strict=True))):
            return None
        return self._found(suspects)

    def _rows(self, cells: Sequence[CellKey]) -> Iterator[_Row]:
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
                    yield _Row(slopes, -goal * relation.exact.value)
                elif relation.sum:
                    kept.append(_Row(slopes, Fraction(0)))
        yield from kept

    def _holds(self, changes: Mapping[CellKey, Fraction]) -> bool:
        for cell, change in changes.items():
            if not self._may_be_negative(cell) and Fraction(self._value(cell)) + change < 0:
                return False
            for relation in self.touching[cell]:
                if id(relation) not in self.grouped and relation.divisors & changes.keys():
                    continue
                if not any(
                    all(_moved(limit, changes) <= 0 for limit in limits) for limits in relation.ways
                ):
                    return False
        return True

    # --- whole columns --------------------------------------------------------------------------

    def _columns(self) -> Iterator[SuspectSet]:
        """Yield columns that, in another unit, would explain a leap between periods."""
        leaps = [r for r in self.group if r.over_periods and r.check is not None]
        if not leaps or len({relation.check for relation in leaps}) < len(self.checks):
            return
        periods = {period for r in leaps for _, period, _ in r.cells}
        for period in (p.id for p in self.accounts.periods if p.id in periods):
            column = {c: s for c, s in self.sources.items() if c[1] == period}
            money = {c: s.value for c, s in column.items() if isinstance(s, Amount) and s.value}
            if len(money) < 2:
                continue
            for factor in COLUMN_FACTORS:
                for change in (Decimal(factor), 1 / Decimal(factor)):
                    changes = {cell: value * change for cell, value in money.items()}
                    if self._leaps_less(period, change) and self.trial.settles(
                        changes, self.checks
                    ):
                        at = self.accounts.period(period).at
                        yield SuspectSet(
                            (
                                Suspect(
                                    "",
                                    period,
                                    at,
                                    Decimal(1),
                                    change,
                                    slip=Slip.COLUMN_UNIT,
                                    detail=str(factor),
                                ),
                            )
                        )
                        break
                else:
                    continue
                break

    def _leaps_less(self, period: str, change: Decimal) -> bool:
        """Say whether most items of a column would come near those beside it."""
        ids = [p.id for p in self.accounts.periods]
        index = ids.index(period)
        beside = [ids[i] for i in (index - 1, index + 1) if 0 <= i < len(ids)]
        nearer = total = 0
        for (item, at), amount in self.accounts.amounts.items():
            if at != period or amount.value <= 0:
                continue
            for other in beside:
                known = self.accounts.amounts.get((item, other))
                if known is not None and known.value > 0:
                    total += 1
                    ratio = amount.value * change / known.value
                    nearer += Decimal("0.02") < ratio < 50
        return nearer * 2 > total

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
            given=not self._is_nil(cell),
        )

    def _found(self, suspects: Sequence[Suspect]) -> _Found:
        """Rank a set: by its explanations, by what else vouches for it, by its place."""
        cells = [(s.name, s.period, s.at) for s in suspects]
        unexplained = sum(2 if s.slip is None else 0 if is_clear(s.slip) else 1 for s in suspects)
        vouching = sum(
            r.sum and r.check not in self.checks for cell in cells for r in self.touching[cell]
        )
        return _Found(SuspectSet(tuple(suspects)), (unexplained, vouching, self.order[cells[0]]))

    def _value(self, cell: CellKey) -> Decimal:
        return self.sources[cell].value

    def _may_be_negative(self, cell: CellKey) -> bool:
        item = self.base.catalogue.line_items.get(cell[0])
        return item is None or item.signed


def _in_order(
    sources: Mapping[CellKey, Amount | GivenReading], accounts: Accounts
) -> list[CellKey]:
    """Return cells in the order of line items, periods and places; given indicators last."""
    items = {key: rank for rank, key in enumerate(accounts.amounts)}
    return sorted(sources, key=lambda cell: (items.get((cell[0], cell[1]), len(items)), cell))


# --- arithmetic -----------------------------------------------------------------------------------


def _span_of(limits: Iterable[Slopes], cell: CellKey, written: Fraction) -> _Span | None:
    """Return the values of a cell at which limits are kept; None if there are none."""
    span: _Span | None = _Span(None, None)
    for limit in limits:
        slope = limit.by_cell.get(cell)
        if slope:
            edge = written - limit.value / slope
            span = span and span.both(_Span(None, edge) if slope > 0 else _Span(edge, None))
        elif limit.value > 0:
            return None
    return span


def _hull(spans: Sequence[_Span]) -> _Span:
    """Return the span from the lowest to the highest value of several that overlap."""
    lows = [span.low for span in spans]
    highs = [span.high for span in spans]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return _Span(low, high)


def _moved(limit: Slopes, changes: Mapping[CellKey, Fraction]) -> Fraction:
    return limit.value + sum(
        (slope * change for c, change in changes.items() if (slope := limit.by_cell.get(c))),
        Fraction(0),
    )


def _solved(rows: Iterable[_Row], cells: Sequence[CellKey]) -> dict[CellKey, Fraction] | None:
    """Solve for the change of every cell by the first rows that do; None if they leave one open."""
    pivots: list[tuple[CellKey, _Row]] = []
    for row in rows:
        slopes, wanted = dict(row.slopes), row.wanted
        for cell, pivot in pivots:
            times = slopes.get(cell, Fraction(0))
            if times:
                wanted -= times * pivot.wanted
                for other, slope in pivot.slopes.items():
                    slopes[other] = slopes.get(other, Fraction(0)) - times * slope
        free = next((cell for cell in cells if slopes.get(cell)), None)
        if free is None:
            continue
        scale = slopes[free]
        own = _Row({c: s / scale for c, s in slopes.items() if s}, wanted / scale)
        pivots.append((free, own))
        if len(pivots) == len(cells):
            break
    else:
        return None
    changes: dict[CellKey, Fraction] = {}
    for cell, row in reversed(pivots):
        others = sum((s * changes[c] for c, s in row.slopes.items() if c != cell), Fraction(0))
        changes[cell] = row.wanted - others
    return changes


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _rounded(value: Fraction, place: Decimal) -> Decimal:
    return _decimal(value).quantize(place, rounding=ROUND_HALF_EVEN)
