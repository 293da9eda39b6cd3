"""What is said of the figures that are most likely wrong, in the three languages."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest

from diagnost.knowledge.base import content_root
from diagnost.model.located import At
from diagnost.model.suspicion import Bound, Slip, Suspect, SuspectSet, Suspicion
from diagnost.pipeline import diagnose
from diagnost.report.figures import Figures
from diagnost.report.suspicions import suspicion_text
from diagnost.report.words import words_of
from tests.shipped import LANGUAGES, base
from tests.unit.compute.statements import accounts, fitting

AT = At("acme.xlsx", sheet="Bilans", cell="C12")


def cell(
    name: str = "current_assets",
    would_be: str = "2430",
    written: str = "2340",
    slip: Slip | None = None,
    detail: str = "",
    bound: Bound = Bound.EXACT,
    period: str = "2023",
    given: bool = True,
) -> Suspect:
    return Suspect(
        name, period, AT, Decimal(written), Decimal(would_be), written, bound, slip, detail, given
    )


def said(
    *sets: Sequence[Suspect], language: str = "en", period: str = "2023", brief: bool = False
) -> str:
    case = diagnose(accounts(fitting()), base(), engine="builtin")
    figures = Figures(case, language, words_of(language, content_root()))
    suspicion = Suspicion((), tuple(SuspectSet(tuple(each)) for each in sets))
    return suspicion_text(suspicion, figures, period, brief=brief)


SWAPPED = cell(slip=Slip.SWAPPED_DIGITS)
STOCK = cell("inventories", "1300", "1900")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "The wrong figure is most likely current assets (acme.xlsx!Bilans!C12): everything "
            "would fit if it were 2,430 instead of 2,340 (two digits swapped).",
        ),
        (
            "pl",
            "Błędna jest najpewniej pozycja „aktywa obrotowe” (acme.xlsx!Bilans!C12): wszystko by "
            "się zgadzało, gdyby wynosiła 2 430 zamiast 2 340 (przestawione dwie cyfry).",
        ),
        (
            "zh",
            "填错的很可能是流动资产（acme.xlsx!Bilans!C12）：若为2,430而非2,340，各项数据即可吻合"
            "（两位数字颠倒）。",
        ),
    ],
)
def test_one_figure(language: str, sentence: str) -> None:
    assert said([SWAPPED], language=language).replace("\u00a0", " ") == sentence


def test_the_summary_leaves_the_place_to_the_data_section() -> None:
    assert "acme" not in said([SWAPPED], brief=True)


def test_a_limit_is_said_as_one() -> None:
    text = said([cell("cash", "1250", "1400", bound=Bound.AT_MOST)])
    assert "at most 1,250 instead of 1,400" in text


def test_alternatives_are_all_named() -> None:
    text = said([STOCK], [cell("short_term_receivables", "900", "1500")])
    assert text == (
        "Most likely one of these figures is wrong and should read: inventories "
        "(acme.xlsx!Bilans!C12) 1,300 instead of 1,900; or short-term receivables "
        "(acme.xlsx!Bilans!C12) 900 instead of 1,500."
    )


def test_what_no_slip_explains_comes_after() -> None:
    text = said([SWAPPED], [STOCK])
    assert text.startswith("The wrong figure is most likely current assets")
    assert text.endswith("If there was no such slip, it may also be inventories.")


def test_more_than_three_are_only_named() -> None:
    names = ("inventories", "short_term_receivables", "short_term_investments", "cash")
    text = said(*([cell(name)] for name in names))
    assert text == (
        "One wrong figure would explain this, but the sums do not tell which: inventories, "
        "short-term receivables, short-term investments, cash and cash equivalents."
    )


def test_figures_wrong_together() -> None:
    receivables = cell("short_term_receivables", "300", "-300", slip=Slip.SIGN)
    assert said([STOCK, receivables], brief=True) == (
        "No single wrong figure explains this; most likely several are wrong at once and should "
        "read: inventories 1,300 instead of 1,900 and short-term receivables 300 instead of −300 "
        "(the sign turned)."
    )


def test_several() -> None:
    assert said() == (
        "Several figures disagree here; no change of up to three of them would make everything fit."
    )


def test_a_given_indicator_is_written_in_its_unit() -> None:
    text = said([cell("finance.profitability.return_on_equity", "0.10", "0.35")], brief=True)
    assert "ROE: everything would fit if it were 10% instead of 35%" in text


def test_a_figure_of_another_period_says_so() -> None:
    assert "current assets for 2022" in said([cell(period="2022")])


def test_an_item_that_is_not_given() -> None:
    assert "current assets (not given)" in said([cell(written="0", given=False)])


def test_a_column() -> None:
    column = cell("", "0.001", "1", Slip.COLUMN_UNIT, "1000", period="2022")
    other = cell("", "1000", "1", Slip.COLUMN_UNIT, "1000")
    assert said([column]) == (
        "Most likely the amounts of 2022 (acme.xlsx!Bilans!C12) are in another unit: divided by "
        "1,000 they would fit."
    )
    assert said([column], [other], brief=True) == (
        "Most likely one of these columns is in another unit: the amounts of 2022, which would fit "
        "divided by 1,000; or 2023, which would fit multiplied by 1,000."
    )


DETAILS = {
    Slip.FACTOR: "1000",
    Slip.OTHER_PERIOD: "2022",
    Slip.REPEATED_PERIOD: "2022",
    Slip.OTHER_ROW: "cash",
    Slip.REPEATED_ROW: "cash",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slip", [slip for slip in Slip if slip is not Slip.COLUMN_UNIT])
def test_every_slip_has_words(slip: Slip, language: str) -> None:
    told = said([cell(slip=slip, detail=DETAILS.get(slip, ""))], language=language)
    plain = said([cell()], language=language)
    assert len(told) > len(plain) + 4
    assert not re.search(r"[{}]", told)


def test_the_words_are_the_same_in_every_language() -> None:
    keys = [
        {key for key in words_of(language, content_root()) if key.startswith("suspects.")}
        for language in LANGUAGES
    ]
    assert keys[0] == keys[1] == keys[2]
