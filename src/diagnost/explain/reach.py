"""What would have to change for a goal to be reached: each lever pulled as little as will do.

Where a lever moves an indicator as a quotient of two straight lines, the pull is solved exactly;
elsewhere it is closed in on from a point where the goal is reached and one where it is not. What is
found has been tried: the accounts with the pull reach the goal, and with a hundredth less do not.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from diagnost.compute.readings import ReadingsOnDemand
from diagnost.compute.supposing import Supposed, suppose
from diagnost.model.fact import Run
from diagnost.model.lever import (
    Comparison,
    Direction,
    FindingGoal,
    Goal,
    IndicatorGoal,
    Lever,
    Move,
    Pull,
    VerdictGoal,
)
from diagnost.model.rule import FOUND
from diagnost.model.supposition import Change, How, SuppositionError
from diagnost.pipeline import Case, run_of

DIGITS = 4
"""Significant digits of an amount: more would promise what accounts do not hold."""

_STEPS = tuple(Fraction(1, k) for k in (256, 64, 32, 16, 8, 4)) + tuple(
    Fraction(k, 8) for k in (3, 4, 6, 8)
)
"""Shares of the longest pull at which a goal is looked for, where it cannot be solved."""

_CLOSE = Fraction(1, 200)
"""How near the two ends of a search come, as a share of the amount."""

_LEAST = Fraction(1, 10_000)
"""A pull that can only be shorter than this share of the longest is none."""

_PAIRS = 5
"""How many pairs are worked out, of those that reach a goal which no lever reaches alone."""


class Attempt(NamedTuple):
    """Levers pulled together so that the goal is reached, and what moves with them."""

    pulls: tuple[Pull, ...]
    supposed: Supposed

    @property
    def size(self) -> Decimal:
        """Return how large the pulls are beside what they move."""
        return sum((pull.share for pull in self.pulls), Decimal(0))


def reach(
    case: Case, goal: Goal, levers: Iterable[Lever], period: str, *, balance: str = ""
) -> tuple[Attempt, ...]:
    """Return the ways to a goal that is not reached yet, the smallest first.

    Single levers are tried first, pairs only where none of them reaches it.
    """
    probes = [
        probe for lever in levers if (probe := Probe(case, goal, lever, period, balance)).usable
    ]
    single = [attempt for probe in probes if (attempt := probe.least()) is not None]
    found = single or list(_pairs(probes))
    return tuple(sorted(found, key=lambda attempt: (attempt.size, attempt.pulls[0].lever.id)))


def within_reach(case: Case, goal: Goal, levers: Iterable[Lever], period: str) -> bool:
    """Say whether any lever moves what a goal rests on, be it not far enough."""
    probes = (Probe(case, goal, lever, period, "") for lever in levers)
    return any(probe.matters for probe in probes if probe.usable)


def holds(case: Case, goal: Goal, period: str) -> bool:
    """Say whether a goal is reached already."""
    return _Trial(case, goal, period, "").holds(())


class _Trial:
    """Tries changes of line items against a goal."""

    def __init__(self, case: Case, goal: Goal, period: str, balance: str) -> None:
        self.case = case
        self.goal = goal
        self.period = period
        self.balance = balance

    def supposed(self, changes: Sequence[Change]) -> Supposed | None:
        """Return the accounts with the changes; None where these cannot be."""
        try:
            return suppose(
                self.case.accounts,
                self.case.base.catalogue,
                changes,
                period=self.period,
                balance=self.balance,
            )
        except SuppositionError:
            return None

    def value(self, changes: Sequence[Change]) -> Decimal | None:
        """Return the indicator of the goal after the changes; None where it has no value."""
        supposed = self.supposed(changes)
        if supposed is None or not isinstance(self.goal, IndicatorGoal):
            return None
        readings = ReadingsOnDemand(
            supposed.accounts, self.case.base.catalogue, self.case.benchmarks
        )
        return readings[self.goal.indicator, self.period].value

    def holds(self, changes: Sequence[Change]) -> bool:
        """Say whether the goal is reached after the changes."""
        match self.goal:
            case IndicatorGoal(comparison=comparison, value=wanted):
                value = self.value(changes)
                if value is None:
                    return False
                return value >= wanted if comparison is Comparison.AT_LEAST else value <= wanted
            case FindingGoal(statement=statement, present=present):
                run = self._run(changes)
                return run is not None and self._told(run, statement) is present
            case VerdictGoal():
                run = self._run(changes)
                return run is not None and self._as_good(run, self.goal)

    def _run(self, changes: Sequence[Change]) -> Run | None:
        """Return what fires of the rules on which a finding or a judgement rests."""
        supposed = self.supposed(changes)
        if supposed is None or isinstance(self.goal, IndicatorGoal):
            return None
        case = self.case
        about = self.goal.statement if isinstance(self.goal, FindingGoal) else self.goal.state
        return run_of(supposed.accounts, case.base, self.period, case.engine, about=(about,))

    @staticmethod
    def _told(run: Run, statement: str) -> bool:
        return any(firing.made == (statement, FOUND) for firing in run.fired(statement))

    def _as_good(self, run: Run, goal: VerdictGoal) -> bool:
        state = self.case.base.states[goal.state]
        standing = state.standing({f.made for f in run.firings if f.made[0] == state.id})
        if standing is None:
            return False
        rank = [word.id for word in state.words]  # worst first
        have, want = rank.index(standing.id), rank.index(goal.word)
        return have >= want if goal.comparison is Comparison.AT_LEAST else have <= want


class Probe(_Trial):
    """One lever, tried by pulling it by more and less."""

    def __init__(self, case: Case, goal: Goal, lever: Lever, period: str, balance: str) -> None:
        super().__init__(case, goal, period, balance)
        self.lever = lever

    @cached_property
    def way(self) -> tuple[Move, ...]:
        """Return the first way whose items are all known; () if there is none."""
        known = (
            way
            for way in self.lever.ways
            if all(self.figure(move.item) is not None for move in way)
        )
        return next(known, ())

    def figure(self, item: str) -> Decimal | None:
        """Return a line item of the period, or an answer in figures; None where it is not given."""
        accounts = self.case.accounts
        amount = accounts.amounts.get((item, self.period))
        if amount is not None:
            return amount.value
        answer = accounts.context.get(item)
        last = self.period == accounts.periods[-1].id  # answers are about the last period
        value = answer.value if answer is not None and last else None
        return value if isinstance(value, Decimal) else None

    @property
    def usable(self) -> bool:
        """Say whether the lever can be pulled at all."""
        return bool(self.way) and self.longest > 0

    @cached_property
    def base(self) -> Decimal:
        """Return what the first item of the lever is; total assets where it is nought.

        An answer that is nought is measured by what it can be at most.
        """
        item = self.way[0].item
        own = abs(self.figure(item) or Decimal(0))
        scale = "total_assets" if item in self.case.base.catalogue.line_items else self.lever.up_to
        return own or self.figure(scale) or Decimal(0)

    @cached_property
    def whole(self) -> bool:
        """Say whether the lever moves something that is counted, of which there are no parts."""
        question = self.case.base.catalogue.questions.get(self.way[0].item)
        return question is not None and question.unit == "number"

    @cached_property
    def longest(self) -> Decimal:
        """Return the largest amount by which the lever can be pulled."""
        most = self.base * self.lever.most
        bound = self.figure(self.lever.up_to) if self.lever.up_to else None
        if bound is not None:
            most = max(min(most, bound - (self.figure(self.way[0].item) or 0)), Decimal(0))
        if self.whole:
            most = most.quantize(Decimal(1), ROUND_FLOOR)
        if not most or self.supposed(self.changes(most)) is not None:
            return most
        low, high = Fraction(0), Fraction(1)
        while high - low > high * _CLOSE and high > _LEAST:
            middle = (low + high) / 2
            if self.supposed(self.changes(_times(most, middle))) is None:
                high = middle
            else:
                low = middle
        return _times(most, low)

    @cached_property
    def matters(self) -> bool:
        """Say whether the lever, pulled as far as can be, moves anything that the goal rests on."""
        pulled = self.changes(self.longest)
        if isinstance(self.goal, IndicatorGoal):
            return self.value(pulled) not in (None, self.value(()))
        runs = (self._run(()), self._run(pulled))
        now, then = ({f.name for f in run.base.facts.values()} if run else set() for run in runs)
        return now != then

    def changes(self, amount: Decimal) -> list[Change]:
        """Return the changes that a pull by an amount of the first item means."""
        first, *others = self.way
        sign = -1 if first.direction is Direction.DOWN else 1
        found = [Change(first.item, How.BY, sign * amount)]
        for move in others:
            if move.direction is Direction.IN_PROPORTION:
                found.append(Change(move.item, How.SHARE, sign * amount / self.base))
            else:
                found.append(
                    Change(
                        move.item, How.BY, -amount if move.direction is Direction.DOWN else amount
                    )
                )
        return found

    def reaches(self, amount: Decimal) -> bool:
        """Say whether a pull by an amount reaches the goal."""
        return self.holds(self.changes(amount))

    def least(self) -> Attempt | None:
        """Return the smallest pull that reaches the goal; None where none does."""
        amount = self._solved() or self._closed_in()
        if amount is None:
            return None
        supposed = self.supposed(self.changes(amount))
        assert supposed is not None
        return Attempt((self.pull(amount, supposed),), supposed)

    def pull(self, amount: Decimal, supposed: Supposed | None) -> Pull:
        """Return a pull by an amount, after which the accounts are those supposed.

        Where other levers pulled with it move its measure as well, that tells nothing of its size.
        """
        case = self.case
        share = amount / self.base if self.base else amount
        was = self.figure(self.way[0].item) or Decimal(0)
        pull = Pull(self.lever, self.way, amount, share, was)
        indicator = case.base.catalogue.indicator(self.lever.measure)
        alone = self.supposed(self.changes(amount))
        if indicator is None or alone is None or supposed is None:
            return pull
        before, after, with_others = (
            ReadingsOnDemand(accounts, case.base.catalogue, case.benchmarks)[
                indicator.id, self.period
            ].value
            for accounts in (case.accounts, alone.accounts, supposed.accounts)
        )
        if None in (before, after) or after != with_others or before == after:
            return pull
        return pull._replace(before=before, after=after)

    def rounded(self, amount: Decimal) -> Decimal:
        """Round up to the digits that an amount is told with, or to the next whole one."""
        if self.whole:
            return amount.quantize(Decimal(1), ROUND_CEILING)
        return _rounded_up(amount)

    def _solved(self) -> Decimal | None:
        """Solve the pull where the indicator is a quotient of two straight lines in it.

        Three points give the quotient ``(p + q·a) / (1 + s·a)``; what it says is tried.
        """
        if not isinstance(self.goal, IndicatorGoal):
            return None
        points = [Decimal(0), self.longest / 2, self.longest]
        values = [self.value(self.changes(point)) for point in points]
        if any(value is None for value in values):
            return None
        p, v1, v2 = (Fraction(value) for value in values if value is not None)
        a1, a2 = Fraction(points[1]), Fraction(points[2])
        determinant = a1 * a2 * (v1 - v2)
        if not determinant:
            return None
        q = (v1 * a1 * (v2 - p) - v2 * a2 * (v1 - p)) / determinant
        s = (a1 * (v2 - p) - a2 * (v1 - p)) / determinant
        wanted = Fraction(self.goal.value)
        if q == wanted * s:
            return None
        exact = (wanted - p) / (q - wanted * s)
        if not 0 < exact <= a2:
            return None
        amount = self.rounded(_decimal(exact))
        less = amount - 1 if self.whole else amount * Decimal("0.99")
        fits = amount <= self.longest and self.reaches(amount)
        return amount if fits and not self.reaches(less) else None

    def _closed_in(self) -> Decimal | None:
        """Close in on the first amount that reaches the goal."""
        below = Fraction(0)
        for share in _STEPS:
            if self.reaches(_times(self.longest, share)):
                above = share
                break
            below = share
        else:
            return None
        while above - below > above * _CLOSE:
            middle = (above + below) / 2
            if self.reaches(_times(self.longest, middle)):
                above = middle
            else:
                below = middle
        amount = self.rounded(_times(self.longest, above))
        if amount > self.longest or not self.reaches(amount):
            amount = _times(self.longest, above)
        return amount


def _pairs(probes: Sequence[Probe]) -> Iterator[Attempt]:
    """Yield pairs of levers that reach the goal together, both pulled by the same share."""
    telling = [probe for probe in probes if probe.matters]
    reaching = [pair for pair in combinations(telling, 2) if _together(pair, Fraction(1))]
    for pair in reaching[:_PAIRS]:
        below, above = Fraction(0), Fraction(1)
        while above - below > above * _CLOSE:
            middle = (above + below) / 2
            if _together(pair, middle):
                above = middle
            else:
                below = middle
        amounts = [probe.rounded(_times(probe.longest, above)) for probe in pair]
        if not _pulled(pair, amounts):
            amounts = [_times(probe.longest, above) for probe in pair]
        supposed = pair[0].supposed(_changes(pair, amounts))
        if supposed is not None:
            pulls = (p.pull(amount, supposed) for p, amount in zip(pair, amounts, strict=True))
            yield Attempt(tuple(pulls), supposed)


def _together(pair: Sequence[Probe], share: Fraction) -> bool:
    return _pulled(pair, [_times(probe.longest, share) for probe in pair])


def _pulled(pair: Sequence[Probe], amounts: Sequence[Decimal]) -> bool:
    changes = _changes(pair, amounts)
    items = [change.name for change in changes]
    # Two levers on one item: the second change would take the place of the first.
    return len(items) == len(set(items)) and pair[0].holds(changes)


def _changes(pair: Sequence[Probe], amounts: Sequence[Decimal]) -> list[Change]:
    pulled = zip(pair, amounts, strict=True)
    return [change for probe, amount in pulled for change in probe.changes(amount)]


def _times(amount: Decimal, share: Fraction) -> Decimal:
    return amount * share.numerator / share.denominator


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _rounded_up(amount: Decimal) -> Decimal:
    """Round up to the digits that an amount is told with."""
    if not amount:
        return amount
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - DIGITS + 1), ROUND_CEILING)
