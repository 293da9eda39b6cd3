"""Horizons: how they are written, when they end."""

from datetime import date

import pytest

from diagnost.model.horizon import Horizon, parse_horizon


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("2 weeks", Horizon(2, "week")),
        ("1 quarter", Horizon(1, "quarter")),
        ("10 days", Horizon(10, "day")),
        ("3 years", Horizon(3, "year")),
        ("0 weeks", None),
        ("100 days", None),
        ("1.5 months", None),
        ("soon", None),
        ("2", None),
        ("2 weeks or so", None),
    ],
)
def test_reading(text: str, horizon: Horizon | None) -> None:
    assert parse_horizon(text) == horizon
    assert horizon is None or str(horizon) == text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("1 day", date(2024, 2, 1)),
        ("2 weeks", date(2024, 2, 14)),
        ("1 month", date(2024, 2, 29)),
        ("1 quarter", date(2024, 4, 30)),
        ("4 quarters", date(2025, 1, 31)),
        ("12 months", date(2025, 1, 31)),
        ("11 months", date(2024, 12, 31)),
        ("2 years", date(2026, 1, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(text: str, end: date) -> None:
    horizon = parse_horizon(text)
    assert horizon is not None
    assert horizon.after(date(2024, 1, 31)) == end


@pytest.mark.parametrize(
    ("text", "quarters"),
    [("1 day", 1), ("13 weeks", 1), ("14 weeks", 2), ("4 months", 2), ("3 quarters", 3)],
)
def test_quarters_are_counted_up(text: str, quarters: int) -> None:
    horizon = parse_horizon(text)
    assert horizon is not None
    assert horizon.quarters == quarters
