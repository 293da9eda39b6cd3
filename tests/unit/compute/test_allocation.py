"""A whole cut into parts adds up exactly at every level, whatever the weights."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diagnost.compute.allocation import (
    MOST_PARTS,
    CannotSplit,
    Part,
    Slice,
    allocate,
    largest_remainder,
    rest_to_last,
)

ONE, CENT = Decimal(1), Decimal("0.01")
WEIGHTS = st.lists(
    st.decimals(min_value=0, max_value=1000, places=3), min_size=1, max_size=9
).filter(any)


def numbers(*values: int | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def equal(count: int) -> list[Decimal]:
    return [ONE] * count


def members(weights: list[Decimal], name: str = "m") -> tuple[tuple[str, Decimal], ...]:
    return tuple((f"{name}{n}", weight) for n, weight in enumerate(weights, start=1))


def test_six_people_share_120_and_a_newcomer_counts_half() -> None:
    assert largest_remainder(Decimal(120), equal(6)) == numbers(*[20] * 6)
    shares = [*equal(5), Decimal("0.5")]  # 120 / 5.5 = 21.82 each, 10.91 for the newcomer
    assert largest_remainder(Decimal(120), shares) == numbers(22, 22, 22, 22, 21, 11)


def test_the_rest_goes_to_the_largest_remainders_and_ties_to_the_first() -> None:
    assert largest_remainder(Decimal(50), equal(4)) == numbers(13, 13, 12, 12)
    assert largest_remainder(Decimal(50), equal(3)) == numbers(17, 17, 16)


def test_the_last_month_takes_the_hundredths_that_do_not_divide() -> None:
    months = rest_to_last(Decimal(424000), equal(12), CENT)
    assert months == (*[Decimal("35333.33")] * 11, Decimal("35333.37"))
    assert sum(months) == 424000


def test_the_rest_goes_to_the_last_part_that_weighs_anything() -> None:
    assert rest_to_last(Decimal("0.05"), [ONE, ONE, Decimal(0)], CENT) == numbers("0.02", "0.03", 0)


@given(st.integers(0, 10**7), WEIGHTS, st.sampled_from([ONE, CENT]))
def test_a_split_is_exact_never_negative_and_true_to_the_weights(
    units: int, weights: list[Decimal], step: Decimal
) -> None:
    total = units * step
    for parts in (largest_remainder(total, weights, step), rest_to_last(total, weights, step)):
        assert sum(parts) == total
        assert min(parts) >= 0
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)
    whole = sum(map(Fraction, weights))
    for part, weight in zip(largest_remainder(total, weights, step), weights, strict=True):
        due = Fraction(total) * Fraction(weight) / whole
        assert abs(Fraction(part) - due) < Fraction(step)


@given(st.integers(0, 10**6), WEIGHTS)
def test_who_weighs_more_gets_no_less(units: int, weights: list[Decimal]) -> None:
    parts = largest_remainder(Decimal(units), weights)
    ordered = sorted(zip(weights, parts, strict=True))
    for (lighter, less), (heavier, more) in pairwise(ordered):
        assert less <= more or lighter == heavier


@given(st.integers(0, 10**6), WEIGHTS, st.integers(1, 1000))
def test_only_the_proportion_of_weights_counts(
    units: int, weights: list[Decimal], factor: int
) -> None:
    scaled = [weight * factor for weight in weights]
    assert largest_remainder(Decimal(units), weights) == largest_remainder(Decimal(units), scaled)


@given(
    st.integers(1, 10**5),
    st.lists(WEIGHTS, min_size=1, max_size=3),
    st.sampled_from([ONE, CENT]),
    st.booleans(),
)
def test_every_level_adds_up_to_the_part_around_it(
    units: int, weights: list[list[Decimal]], step: Decimal, last: bool
) -> None:
    total = units * step
    slices = [Slice(f"l{n}", members(each), {}) for n, each in enumerate(weights)]
    parts = allocate(total, slices, step, rest_last=last)
    inside: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for part in parts:
        assert part.amount >= 0
        inside[part.path[:-1]] += part.amount
    assert inside.pop(()) == total
    amounts = {part.path: part.amount for part in parts}
    assert inside == {path: amounts[path] for path in inside}
    assert sum(p.amount for p in parts if len(p.path) == len(slices)) == total


@given(st.integers(1, 5000), WEIGHTS, WEIGHTS)
def test_nobody_is_rounded_down_every_time(
    units: int, months: list[Decimal], people: list[Decimal]
) -> None:
    """Over all months a person is off the due share by less than one vehicle for each other."""
    slices = [Slice("month", members(months), {}), Slice("person", members(people, "p"), {})]
    got: dict[str, Decimal] = defaultdict(Decimal)
    for part in allocate(Decimal(units), slices, ONE, rest_last=False):
        if part.level == "person":
            got[part.path[-1]] += part.amount
    whole = sum(map(Fraction, people))
    for name, weight in members(people, "p"):
        assert abs(Fraction(got[name]) - units * Fraction(weight) / whole) < len(people)


def test_seven_people_with_ten_vehicles_a_month_end_the_year_level() -> None:
    """120 / 7 is 17.14: without carrying, the first three would have 24 and the others 12."""
    slices = [Slice("month", members(equal(12)), {}), Slice("person", members(equal(7), "p"), {})]
    got: dict[str, Decimal] = defaultdict(Decimal)
    for part in allocate(Decimal(120), slices, ONE, rest_last=False):
        if part.level == "person":
            got[part.path[-1]] += part.amount
    assert sorted(got.values()) == [17, 17, 17, 17, 17, 17, 18]


def test_months_fall_to_seasons_equally_and_days_to_weeks_by_their_length() -> None:
    seasons = Slice("season", members(equal(4), "s"), {})
    months = Slice("month", members(equal(12)), {"season": "equally"})
    parts = allocate(Decimal(120), [seasons, months], ONE, rest_last=False)
    assert [p.path for p in parts if p.path[0] == "s2"] == [
        ("s2",),
        ("s2", "m4"),
        ("s2", "m5"),
        ("s2", "m6"),
    ]
    weeks = Slice("week", members([Decimal(6), Decimal(2)], "w"), {})
    days = Slice("day", members(equal(8), "d"), {"week": "by_share"})
    parts = allocate(Decimal(8), [weeks, days], ONE, rest_last=False)
    assert [p.path[-1] for p in parts if p.path[0] == "w2"] == ["w2", "d7", "d8"]


@pytest.mark.parametrize(
    ("total", "slices", "kind"),
    [
        ("1.5", [Slice("a", members(equal(2)), {})], "not_whole"),
        ("2", [Slice("a", members([Decimal(0)]), {})], "weightless"),
        (
            "9",
            [
                Slice("season", members(equal(3), "s"), {}),
                Slice("month", members(equal(2)), {"season": "equally"}),
            ],
            "no_room",
        ),
        (
            str(MOST_PARTS),
            [Slice("a", members(equal(200)), {}), Slice("b", members(equal(200)), {})],
            "too_many",
        ),
    ],
)
def test_what_cannot_be_split_says_why(total: str, slices: list[Slice], kind: str) -> None:
    with pytest.raises(CannotSplit) as raised:
        allocate(Decimal(total), slices, ONE, rest_last=False)
    assert raised.value.kind == kind


def test_nothing_to_split_gives_no_parts() -> None:
    assert allocate(Decimal(0), [Slice("a", members(equal(2)), {})], ONE, rest_last=False) == ()
    assert allocate(Decimal(5), [], ONE, rest_last=False) == ()


def test_a_part_knows_its_share_of_the_part_around_it() -> None:
    parts = allocate(Decimal(4), [Slice("a", members([ONE, Decimal(3)]), {})], ONE, rest_last=False)
    assert parts == (
        Part("a", ("m1",), Decimal("0.25"), ONE),
        Part("a", ("m2",), Decimal("0.75"), Decimal(3)),
    )


@given(st.integers(1, 100), WEIGHTS)
def test_more_to_split_of_one_weight_never_takes_away(units: int, weights: list[Decimal]) -> None:
    equal_weights = equal(len(weights))
    assume(len(weights) > 1)
    now = largest_remainder(Decimal(units), equal_weights)
    more = largest_remainder(Decimal(units + 1), equal_weights)
    assert all(a <= b for a, b in zip(now, more, strict=True))
