from decimal import Decimal

import pytest

from diagnost.knowledge.base import content_root
from diagnost.model.horizon import parse_horizon
from diagnost.report import formats
from diagnost.report.words import words_of


def w(language: str) -> dict[str, str]:
    return words_of(language, content_root())


@pytest.mark.parametrize(
    ("value", "en", "pl", "zh"),
    [
        ("3540000", "PLN 3.54 million", "3,54 mln zł", "354万兹罗提"),
        ("16700000", "PLN 16.7 million", "16,7 mln zł", "1670万兹罗提"),
        ("850000", "PLN 850 thousand", "850 tys. zł", "85万兹罗提"),
        ("999999", "PLN 1 million", "1 mln zł", "100万兹罗提"),
        ("-2150000", "PLN −2.15 million", "−2,15 mln zł", "−215万兹罗提"),
        ("1500000000", "PLN 1.5 billion", "1,5 mld zł", "15亿兹罗提"),
        ("60", "PLN 60", "60 zł", "60兹罗提"),
        ("0", "PLN 0", "0 zł", "0兹罗提"),
    ],
)
def test_money_is_scaled_as_each_language_does(value: str, en: str, pl: str, zh: str) -> None:
    written = [
        formats.money(Decimal(value), "PLN", language, w(language)).replace("\u00a0", " ")
        for language in ("en", "pl", "zh")
    ]
    assert written == [en, pl, zh]


@pytest.mark.parametrize(
    ("value", "en", "pl", "zh"),
    [
        ("1", "1 day", "1 dzień", "1天"),
        ("2", "2 days", "2 dni", "2天"),
        ("0.5", "0.5 days", "0,5 dnia", "0.5天"),
        ("155.3", "155 days", "155 dni", "155天"),
        ("-13", "−13 days", "−13 dni", "−13天"),
    ],
)
def test_days_agree_with_their_number(value: str, en: str, pl: str, zh: str) -> None:
    assert formats.days(Decimal(value), "en", w("en")) == en
    assert formats.days(Decimal(value), "pl", w("pl")) == pl
    assert formats.days(Decimal(value), "zh", w("zh")) == zh


def test_a_polish_preposition_goes_by_the_figure_as_it_is_read() -> None:
    told = "Z 170 do 224, z 1 234, z 99 i z 100 000 zł, z 1500, koszt 151"
    assert formats.as_spoken(told, "pl") == (
        "Ze 170 do 224, z 1 234, z 99 i ze 100 000 zł, z 1500, koszt 151"
    )
    assert formats.as_spoken(told, "en") == told


def test_the_polish_genitive_differs_for_one_day_only() -> None:
    assert formats.days(Decimal(1), "pl", w("pl"), "genitive") == "1 dnia"
    assert formats.days(Decimal(5), "pl", w("pl"), "genitive") == "5 dni"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.687", "69%"),
        ("0.0872", "8.7%"),
        ("0.989", "98.9%"),
        ("0.9996", "100%"),
        ("1", "100%"),
        ("0.02", "2%"),
        ("0", "0%"),
        ("-0.0001", "0%"),
        ("7.846", "785%"),
    ],
)
def test_percents_show_what_matters(value: str, text: str) -> None:
    assert formats.percent(Decimal(value), "en") == text


def test_a_change_of_percentages_is_in_percentage_points() -> None:
    assert formats.points(Decimal("0.01"), "en", w("en")) == "1 percentage point"
    assert formats.points(Decimal("0.034"), "pl", w("pl")) == "3,4 pkt proc."
    assert formats.points(Decimal("0.15"), "zh", w("zh")) == "15个百分点"


def test_halves_are_rounded_away_from_zero() -> None:
    assert formats.number(Decimal("2.5"), "en", 0) == "3"
    assert formats.number(Decimal("-2.5"), "en", 0) == "−3"
    assert formats.times(Decimal("1.005"), "en") == "1.01"
    assert formats.times(Decimal("21"), "en") == "21"  # not "21.0 times"
    assert formats.times(Decimal("18.76"), "pl") == "18,8"


@pytest.mark.parametrize(
    ("text", "en", "pl", "zh"),
    [
        ("1 week", "1 week", "1 tydzień", "1周"),
        ("2 weeks", "2 weeks", "2 tygodnie", "2周"),
        ("6 weeks", "6 weeks", "6 tygodni", "6周"),
        ("1 quarter", "1 quarter", "1 kwartał", "1个季度"),
        ("3 quarters", "3 quarters", "3 kwartały", "3个季度"),
        ("1 year", "1 year", "1 rok", "1年"),
        ("22 years", "22 years", "22 lata", "22年"),
    ],
)
def test_horizons_in_each_language(text: str, en: str, pl: str, zh: str) -> None:
    written = [
        formats.horizon(parse_horizon(text), language, w(language)).replace("\u00a0", " ")
        for language in ("en", "pl", "zh")
    ]
    assert written == [en, pl, zh]
    assert formats.horizon(None, "en", w("en")) == ""
