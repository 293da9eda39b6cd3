"""A whole cut into parts by weights, level by level, so that every level adds up exactly.

Whole pieces go by largest remainder; what rounding took from a part is carried to the next time
that the same part comes up (a person in the next month), so that nobody is rounded down every time.
Money may instead leave what does not divide to the last part.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diagnost.model.calculator import BY_SHARE

MOST_PARTS = 20_000


class CannotSplit(ValueError):  # noqa: N818 - told in the words of the reader
    """A whole that cannot be split so; ``kind`` names the sentence, ``about`` the part."""

    def __init__(self, kind: str, about: str = "") -> None:
        self.kind = kind
        self.about = about
        super().__init__(f"{kind} {about}".strip())


class Slice(NamedTuple):
    """A level with the parts it is cut into: their names and weights."""

    level: str
    members: tuple[tuple[str, Decimal], ...]
    within: Mapping[str, str]


class Part(NamedTuple):
    """A part: the names from the outermost level to its own, its share of the part around it."""

    level: str
    path: tuple[str, ...]
    share: Decimal
    amount: Decimal


def largest_remainder(
    total: Decimal,
    weights: Sequence[Decimal],
    step: Decimal = Decimal(1),
    carried: Sequence[Fraction] = (),
) -> tuple[Decimal, ...]:
    """Split ``total`` in whole steps: each part its steps, the rest to the largest remainders.

    Ties go to the earlier part. ``carried`` adds to each part, in steps, what earlier roundings
    took from it; it sums to nought. ``total`` is a whole number of steps, some weight positive.
    """
    units = _units(total, step)
    wanted = [quota + carry for quota, carry in _pairs(_quotas(units, weights), carried)]
    parts = [max(0, quota.__floor__()) for quota in wanted]
    rest = units - sum(parts)
    order = sorted(range(len(parts)), key=lambda i: parts[i] - wanted[i])
    for index in order if rest > 0 else []:
        if rest and weights[index] > 0:
            parts[index] += 1
            rest -= 1
    while rest < 0:  # a part that had more than its due before cannot give it back: others do
        most = max((i for i in range(len(parts)) if parts[i]), key=lambda i: parts[i] - wanted[i])
        parts[most] -= 1
        rest += 1
    return tuple(part * step for part in parts)


def rest_to_last(
    total: Decimal, weights: Sequence[Decimal], step: Decimal = Decimal(1)
) -> tuple[Decimal, ...]:
    """Split ``total`` in whole steps, rounded down; the last part that weighs takes the rest."""
    units = _units(total, step)
    parts = [quota.__floor__() for quota in _quotas(units, weights)]
    last = max(index for index, weight in enumerate(weights) if weight > 0)
    parts[last] += units - sum(parts)
    return tuple(part * step for part in parts)


def _pairs(
    quotas: Sequence[Fraction], carried: Sequence[Fraction]
) -> list[tuple[Fraction, Fraction]]:
    return list(zip(quotas, carried or [Fraction(0)] * len(quotas), strict=True))


def _units(total: Decimal, step: Decimal) -> int:
    units = Fraction(total) / Fraction(step)
    if units.denominator != 1:
        raise CannotSplit("not_whole")
    return units.numerator


def _quotas(units: int, weights: Sequence[Decimal]) -> list[Fraction]:
    whole = sum(map(Fraction, weights))
    if whole <= 0:
        raise CannotSplit("weightless")
    return [units * Fraction(weight) / whole for weight in weights]


def allocate(
    total: Decimal, slices: Sequence[Slice], step: Decimal, *, rest_last: bool
) -> tuple[Part, ...]:
    """Cut a whole by levels, outermost first; parts come in the order of a table.

    Raises CannotSplit: ``not_whole`` steps, ``weightless`` parts, ``no_room`` for parts inside one
    (fewer months than seasons), ``too_many`` parts.
    """
    if total == 0 or not slices:
        return ()
    return tuple(_Cutter(slices, step, rest_last=rest_last).cut(total, (), ()))


class _Cutter:
    def __init__(self, slices: Sequence[Slice], step: Decimal, *, rest_last: bool) -> None:
        self.slices = slices
        self.step = step
        self.rest_last = rest_last
        self.made = 0
        self.carried: dict[tuple[str, str], Fraction] = {}

    def cut(self, amount: Decimal, path: tuple[str, ...], places: tuple[int, ...]) -> list[Part]:
        """Cut one part, and its parts; ``places`` are those of the path among their levels."""
        depth = len(path)
        if depth == len(self.slices):
            return []
        level = self.slices[depth].level
        first, members = self._members(depth, places)
        weights = [weight for _, weight in members]
        if amount and sum(weights) <= 0:
            raise CannotSplit("weightless" if members else "no_room", path[-1] if path else level)
        amounts = self._amounts(amount, level, members) if amount else [amount] * len(members)
        whole = sum(weights) or Decimal(1)
        self.made += len(members)
        if self.made > MOST_PARTS:
            raise CannotSplit("too_many", str(MOST_PARTS))
        parts: list[Part] = []
        for place, ((name, weight), share) in enumerate(zip(members, amounts, strict=True)):
            inner = (*path, name)
            parts.append(Part(level, inner, weight / whole, share))
            parts += self.cut(share, inner, (*places, first + place))
        return parts

    def _amounts(
        self, amount: Decimal, level: str, members: Sequence[tuple[str, Decimal]]
    ) -> Sequence[Decimal]:
        weights = [weight for _, weight in members]
        if self.rest_last:
            return rest_to_last(amount, weights, self.step)
        keys = [(level, name) for name, _ in members]
        carried = [self.carried.get(key, Fraction(0)) for key in keys]
        if sum(carried):  # not the same parts each time: days inside weeks of different length
            return largest_remainder(amount, weights, self.step)
        parts = largest_remainder(amount, weights, self.step, carried)
        quotas = _quotas(_units(amount, self.step), weights)
        for key, quota, carry, part in zip(keys, quotas, carried, parts, strict=True):
            self.carried[key] = quota + carry - Fraction(part) / Fraction(self.step)
        return parts

    def _members(
        self, depth: int, places: tuple[int, ...]
    ) -> tuple[int, tuple[tuple[str, Decimal], ...]]:
        """Return the parts of a level that stand inside the part around it, and which is first."""
        own = self.slices[depth]
        outer = [s.level for s in self.slices[:depth]]
        for level, mode in own.within.items():
            if level in outer:
                at = outer.index(level)
                around = self.slices[at].members
                weights = [weight if mode == BY_SHARE else Decimal(1) for _, weight in around]
                sizes = largest_remainder(Decimal(len(own.members)), weights)
                start = int(sum(sizes[: places[at]]))
                return start, own.members[start : start + int(sizes[places[at]])]
        return 0, own.members
