"""Formulas as ratios of sums of line items, or that they are none."""

from fractions import Fraction

import pytest

from diagnost.check.identities.ratios import ONE, Ratio, Ratios
from tests.shipped import base

RATIOS = Ratios(base().catalogue)
YEAR = Fraction(365)


def now(**items: int) -> dict[tuple[str, str], Fraction]:
    return {(item, "now"): Fraction(by) for item, by in items.items()}


@pytest.mark.parametrize(
    ("symbol", "ratio"),
    [
        ("ROS", Ratio(now(net_profit=1), now(revenue=1))),
        # the days of stock and of receivables have the same sales below the line
        ("CO", Ratio(now(inventories=365, short_term_receivables=365), now(revenue=1))),
        # net profit in both returns: what remains is sales over assets
        ("turns", Ratio(now(revenue=1), now(total_assets=1))),
        # 1 - 1 / (profit / interest)
        ("profit_cushion", Ratio(now(operating_profit=1, interest_expense=-1),
                                 now(operating_profit=1))),
        ("asset_growth", Ratio({("total_assets", "now"): Fraction(1),
                                ("total_assets", "first"): Fraction(-1)}, {ONE: Fraction(1)})),
    ],
)  # fmt: skip
def test_a_figure_is_a_ratio_of_sums(symbol: str, ratio: Ratio) -> None:
    found = RATIOS.of(symbol)
    assert found is not None
    below = next(iter(found.bottom.values())) / next(iter(ratio.bottom.values()))
    assert {item: by / below for item, by in found.top.items()} == ratio.top
    assert {item: by / below for item, by in found.bottom.items()} == ratio.bottom


@pytest.mark.parametrize(
    "symbol",
    [
        "asset_parts_difference",  # an absolute amount
        "return_premium",  # an answer
        "years_to_retain",  # the largest of two
        "CRN_to_custom",  # another firm's figure
        "revenue_scale",  # the largest of two, over two periods
    ],
)
def test_a_figure_that_is_none(symbol: str) -> None:
    assert RATIOS.of(symbol) is None
