"""Signs that the house writes otherwise, language by language."""

import re

import pytest

from diagnost.check.house_typography import slips
from tests.shipped import LANGUAGES, ROOT


@pytest.mark.parametrize(
    ("language", "text", "what"),
    [
        ("en", 'say "no"', "straight quotation marks"),
        ("en", "say „no”", "quotation marks of another language"),
        ("en", "stock - and debts", "a hyphen or a long dash for a dash"),
        ("en", "stock—and debts", "a hyphen or a long dash for a dash"),
        ("en", "70-100 days", "a hyphen between numbers"),
        ("en", "stock , debts", "a space before a stop"),
        ("en", "5 % of sales", "a space before the sign for per cent"),
        ("en", "and so on...", "three full stops"),
        ("en", "two  spaces", "two spaces"),
        ("pl", 'mówić "nie"', "quotation marks of another language"),
        ("pl", "mówić “nie”", "quotation marks of another language"),
        ("pl", "zapas - i długi", "a hyphen or a long dash for a dash"),
        ("pl", "{WPB} % zapasu", "a space before the sign for per cent"),
        ("zh", "存货(含半成品)", "half-width brackets"),
        ("zh", "毛利率 {ROS}", "a space beside a character"),
        ("zh", "{CRZ} 天", "a space beside a character"),
        ("zh", "说「不」", "quotation marks of another kind"),
        ("zh", "毛利率为５％", "full-width figures or letters"),
        ("zh", "40%～80%", "a dash or a wave between numbers"),
    ],
)
def test_a_sign_of_another_kind_is_told(language: str, text: str, what: str) -> None:
    assert [slip.what for slip in slips(text, language)] == [what]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The company's stock – “quick” stock – takes {CRZ.previous}, 70–100 days (5%); .5"),
        ("en", "short-term debts, --person NAME"),
        ("pl", "Zapas – „szybki” – rotuje w 70–100 dni (5%), długoterminowo; d'Hondt"),
        ("zh", "资产负债率（一般）为40%至80%，说“不”，见《准则》；ROE高于{ROE:percent}。"),
    ],
)
def test_what_the_house_writes_is_left(language: str, text: str) -> None:
    assert [*slips(text, language)] == []


def test_only_languages_of_documents_have_a_style() -> None:
    assert [[*slips("a  b", language)] != [] for language in (*LANGUAGES, "de")] == [True] * 3 + [
        False
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_of_a_language_follows_itself(language: str) -> None:
    text = (ROOT / "docs" / "narrative" / f"{language}.md").read_text(encoding="utf-8")
    prose = re.sub(r"^(\||#).*$", "", text, flags=re.MULTILINE)
    plain = re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`]*`", "1", prose))
    told = [
        (slip.what, line) for line in plain.splitlines() for slip in slips(line.strip(), language)
    ]
    assert told == []
