from decimal import Decimal

import pytest

from diagnost.report.figures import Figures
from diagnost.report.words import words_of
from tests.shipped import ROOT, base, case_of


@pytest.mark.parametrize(
    ("symbol", "value", "text"),
    [
        ("silver_rule", "0.998", "0.998"),
        ("silver_rule", "1", "1.00"),
        ("silver_rule", "0.99", "0.99"),
        ("CRZ", "90.2", "90.2 days"),
        ("CRZ", "90", "90 days"),
        ("WOZ", "0.67", "67%"),
        ("WOZ", "0.8004", "80.04%"),
        ("WPB", "1.1996", "1.1996"),
    ],
)
def test_a_value_is_never_written_like_the_edge_that_it_misses(
    symbol: str, value: str, text: str
) -> None:
    figures = Figures(case_of("healthy-trader.yaml"), "en", words_of("en", ROOT))
    indicator = base().catalogue.indicator(symbol)
    assert indicator is not None
    assert figures.reading(indicator, Decimal(value)) == text


@pytest.mark.parametrize(
    ("language", "period", "text"),
    [
        ("en", "2023", "2023"),
        ("pl", "2023", "2023 r."),
        ("zh", "2023", "2023年"),
        ("en", "2026-06", "June 2026"),
        ("en", "2026-13", "2026-13"),
        ("pl", "2026-06", "06.2026 r."),
        ("zh", "2026-06", "2026年6月"),
        ("pl", "2023-H1", "2023-H1"),
        ("zh", "2023-H1", "2023-H1"),
    ],
)
def test_a_period_is_written_as_the_language_does(language: str, period: str, text: str) -> None:
    figures = Figures(case_of("healthy-trader.yaml"), language, words_of(language, ROOT))
    assert figures.period(period) == text
