"""What a name means: id, end of an id, symbol, name in any language."""

from collections.abc import Callable

import pytest

from diagnost.explain.lookup import Entry, UnknownEntry, find_entry
from diagnost.pipeline import Case

Diagnose = Callable[..., Case]


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("finance.liquidity.ratio.low", Entry("statement", "finance.liquidity.ratio.low")),
        ("ratio.low", Entry("statement", "finance.liquidity.ratio.low")),
        (" RATIO.LOW ", Entry("statement", "finance.liquidity.ratio.low")),
        ("WPB", Entry("indicator", "finance.liquidity.ratio")),
        ("wpb", Entry("indicator", "finance.liquidity.ratio")),
        ("ratio", Entry("indicator", "finance.liquidity.ratio")),
        ("current ratio", Entry("indicator", "finance.liquidity.ratio")),
        ("liquidity", Entry("area", "liquidity")),
        ("Płynność", Entry("area", "liquidity")),
        ("流动性", Entry("area", "liquidity")),
        ("流动资产", Entry("line", "current_assets")),
        ("fall_explains", Entry("cause", "finance.liquidity.rules.fall_explains")),
        ("traders_may", Entry("ruling", "finance.liquidity.rules.traders_may")),
        ("raise", Entry("recommendation", "finance.liquidity.rules.raise")),
        ("verdict", Entry("state", "finance.liquidity.verdict")),
        ("ratio.step", Entry("fact", "finance.liquidity.ratio.step")),
        ("company.activity", Entry("fact", "company.activity")),
        ("loan_rate", Entry("question", "loan_rate")),
        ("F5", Entry("source", "F5")),
        ("F5.2", Entry("source", "F5.2")),
    ],
)
def test_a_name_means_one_entry(case: Diagnose, name: str, entry: Entry) -> None:
    assert find_entry(case().base, name) == entry


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "step",
            "'step' may mean several entries: finance.liquidity.ratio.step, "
            "finance.liquidity.reserve.step, lines.current_assets.step, "
            "lines.current_liabilities.step",
        ),
        ("WPBB", "nothing is called 'WPBB'; did you mean WPB?"),
        ("ratio.lo", "nothing is called 'ratio.lo'; did you mean finance.liquidity.ratio.low"),
        ("xyzzy", "nothing is called 'xyzzy'; see: diagnost list"),
        ("", "nothing is called ''; see: diagnost list"),
    ],
)
def test_other_names_are_answered_with_what_comes_near(
    case: Diagnose, name: str, message: str
) -> None:
    with pytest.raises(UnknownEntry) as caught:
        find_entry(case().base, name)
    assert str(caught.value).startswith(message)
