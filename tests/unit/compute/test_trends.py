from decimal import Decimal

import pytest

from diagnost.compute.trends import pace, step, trend
from diagnost.model.indicator import Steadiness
from diagnost.model.located import At

RATIO = Steadiness(
    id="ratio",
    relative=Decimal("0.05"),
    absolute=Decimal("0.05"),
    sharp_relative=Decimal("0.25"),
    sharp_absolute=None,
    at=At("t"),
)


def d(text: str) -> list[Decimal]:
    return [Decimal(part) for part in text.split()]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ("1.00 1.05", "stable"),
        ("1.00 1.051", "rising"),
        ("1.00 0.949", "falling"),
        ("10 10.5", "stable"),  # the relative allowance is the larger one
        ("10 10.51", "rising"),
        ("0 0.05", "stable"),  # only the absolute test against zero
        ("0 0.06", "rising"),
        ("-1 -1.06", "falling"),
    ],
)
def test_a_step_is_stable_up_to_and_including_the_allowance(values: str, word: str) -> None:
    before, now = d(values)
    assert step(before, now, RATIO) == word


@pytest.mark.parametrize(
    ("values", "word"),
    [("1 1.04", "steady"), ("1 1.25", "moderate"), ("1 1.251", "sharp"), ("2 1.4", "sharp")],
)
def test_the_pace_tells_a_jump_from_a_drift(values: str, word: str) -> None:
    before, now = d(values)
    assert pace(before, now, RATIO) == word


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ("1 1.2 1.5", "rising"),
        ("1 1.2 1.2", "rising"),  # no step back, and the whole way up
        ("1 1.04 1.08", "rising"),  # a slow creep
        ("1.5 1.2 1", "falling"),
        ("1 1.02 1", "stable"),
        ("1 2 1", "fluctuating"),
        ("1 2 1.5", "fluctuating"),
        ("2 1 2", "fluctuating"),
    ],
)
def test_the_trend_is_a_word_over_all_periods(values: str, word: str) -> None:
    assert trend(d(values), RATIO) == word
