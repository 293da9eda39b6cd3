"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnost.intake.numbers import (
    COMMA,
    POINT,
    NumberError,
    dissect,
    says_nil,
    says_unknown,
    settle,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("(1 234,5)", "-1234.5"),
        ("−120", "-120"),
        ("–120", "-120"),
        ("120-", "-120"),
        ("+120", "120"),
        ("12%", "0.12"),
        ("12,5 %", "0.125"),
        ("(12%)", "-0.12"),
        ("１２３，５", "123.5"),
        ("1 234,5 zł", "1234.5"),
        ("PLN 12", "12"),
        ("€5", "5"),
        ("-$5", "-5"),
        ("¥-5", "-5"),
        ("500元", "500"),
        ("1\u200b000", "1000"),
        ("1'234'567,5", "1234567.5"),
        ("1’234,5", "1234.5"),
        ("0,123", "0.123"),
        ("1234,567", "1234.567"),
        (",5", "0.5"),
        ("-0", "0"),
    ],
)
def test_what_a_comma_convention_reads(text: str, value: str) -> None:
    assert dissect(text).value(COMMA) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "evidence", "doubtful"),
    [
        ("1,234.50", POINT, ""),
        ("1.234,50", COMMA, ""),
        ("1,234,567", POINT, ""),
        ("1.234.567", COMMA, ""),
        ("1 234.567", POINT, ""),
        ("12.5", POINT, ""),
        ("1,234", "", ","),
        ("123.456", "", "."),
        ("0.123", POINT, ""),
        ("1 234", "", ""),
        ("1234", "", ""),
    ],
)
def test_what_a_spelling_proves(text: str, evidence: str, doubtful: str) -> None:
    figure = dissect(text)
    assert (figure.evidence, figure.doubtful) == (evidence, doubtful)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "A120"),
        ("12 34", "A120"),
        ("1,23,456", "A120"),
        ("1.2.3", "A120"),
        ("5,", "A120"),
        ("--5", "A120"),
        ("(-5)", "A120"),
        ("-5-", "A120"),
        ("12 tys.", "A120"),
        ("3 mln zł", "A120"),
        ("1/2", "A120"),
        ("٣٤", "A120"),
        ("120²", "A120"),
        ("5½", "A120"),
        ("NaN", "A121"),
        ("-inf", "A121"),
        ("∞", "A121"),
        ("1e400", "A121"),
        ("1,5E+05", "A121"),
        ("1" * 31, "A121"),
        ("#DIV/0!", "A123"),
        ("#REF!", "A123"),
        ("#N/A", "A123"),
    ],
)
def test_what_is_no_number(text: str, code: str) -> None:
    with pytest.raises(NumberError) as caught:
        dissect(text)
    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize("text", ["-", "–", "—", " - ", "--", "－"])
def test_a_dash_is_nil(text: str) -> None:
    assert says_nil(text)
    assert not says_unknown(text)


@pytest.mark.parametrize("text", ["", "n/a", "N/A", "b.d.", "brak danych", "x", "…", "无数据"])
def test_no_data_is_unknown(text: str) -> None:
    assert says_unknown(text)
    assert not says_nil(text)


def settled(*texts: str, money: bool = True) -> tuple[str, bool, int]:
    convention = settle((dissect(text), money) for text in texts)
    return convention.decimal, convention.assumed is not None, len(convention.proofs)


def test_one_number_that_proves_decides_for_all() -> None:
    assert settled("1,234", "5,5") == (COMMA, False, 1)
    assert settled("1,234", "5.5") == (POINT, False, 1)


def test_thousands_are_taken_where_nothing_decides() -> None:
    assert settled("1,234", "12") == (POINT, True, 0)
    assert settled("1.234", "12") == (COMMA, True, 0)


def test_a_ratio_speaks_for_decimals() -> None:
    assert settled("1,234", money=False) == (COMMA, False, 0)


def test_two_conventions_are_both_kept_for_the_message() -> None:
    assert settled("1 234,50", "1,234.50")[2] == 2
    assert settled("1,234", "1.234")[2] == 2


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str, Decimal]:
    """A number, written in some convention, with its value."""
    convention = draw(st.sampled_from([COMMA, POINT]))
    decimal = "," if convention == COMMA else "."
    gaps = ["", " ", "\u00a0", "\u202f", "'", "." if convention == COMMA else ","]
    gap = draw(st.sampled_from(gaps))
    number = draw(
        st.decimals(min_value=0, max_value=10**12, places=draw(st.sampled_from([0, 1, 2])))
    )
    whole, _, part = f"{number:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", gap)
    body = grouped + (decimal + part if part else "")
    frame, sign = draw(
        st.sampled_from(
            [
                ("{}", 1),
                ("-{}", -1),
                ("({})", -1),
                ("−{}", -1),
                ("{}-", -1),
                ("{} zł", 1),
                ("€ {}", 1),
            ]
        )
    )
    text = frame.format(body)
    if draw(st.booleans()):
        text = text.translate(str.maketrans("0123456789,.()", "０１２３４５６７８９，．（）"))
    return text, convention, number * sign


@given(spellings())
def test_every_convention_reads_back(case: tuple[str, str, Decimal]) -> None:
    text, convention, number = case
    assert dissect(text).value(convention) == number


@given(st.lists(spellings(), min_size=1, max_size=6))
def test_the_convention_of_a_file_is_found(cases: list[tuple[str, str, Decimal]]) -> None:
    convention = cases[0][1]
    same = [case for case in cases if case[1] == convention]
    found = settle((dissect(text), True) for text, _, _ in same)
    assert len(found.proofs) < 2
    if any(dissect(text).evidence for text, _, _ in same):
        assert found.decimal == convention


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_told_fault(text: str) -> None:
    try:
        figure = dissect(text)
    except NumberError as error:
        assert error.code in ("A120", "A121", "A123")
    else:
        assert figure.value(figure.evidence or POINT).is_finite()
