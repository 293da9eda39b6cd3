from decimal import Decimal

import pytest

from diagnost.compute.derived import complete
from diagnost.compute.neighbours import Neighbours
from diagnost.compute.slips import Guess, quantum, slips_of
from diagnost.model.suspicion import Slip
from tests.shipped import base
from tests.unit.compute.statements import accounts


def guesses(written: str, slip: Slip) -> list[str]:
    return [str(g.value) for g in slips_of(Decimal(written)) if g.slip is slip]


@pytest.mark.parametrize(
    ("written", "slip", "meant"),
    [
        ("2340", Slip.SWAPPED_DIGITS, ["3240", "2430", "2304"]),
        ("1005", Slip.SWAPPED_DIGITS, ["1050"]),  # 0105 is no figure of four digits
        ("-23.4", Slip.SWAPPED_DIGITS, ["-32.4", "-24.3"]),
        ("0.35", Slip.SWAPPED_DIGITS, ["0.53"]),
        ("-300", Slip.SIGN, ["300"]),
        ("12234", Slip.DOUBLED_DIGIT, ["1234"]),
        ("1000", Slip.DOUBLED_DIGIT, []),  # a nought too many is a factor of ten
    ],
)
def test_a_slip_gives_what_may_have_been_meant(written: str, slip: Slip, meant: list[str]) -> None:
    assert guesses(written, slip) == meant


def test_thousands_against_units_keep_the_places_written() -> None:
    assert guesses("1466387", Slip.FACTOR) == [
        "1466387000", "1466", "14663870", "146639", "146638700", "14664", "1466387000000",
    ]  # fmt: skip
    assert guesses("7.25", Slip.FACTOR) == ["7250.00", "72.50", "0.72", "725.00", "7250000.00"]


def test_one_digit_mistyped_or_left_out() -> None:
    assert "3120" in guesses("3720", Slip.MISTYPED_DIGIT)
    assert "3075" in guesses("375", Slip.DROPPED_DIGIT)
    assert len(guesses("3720", Slip.MISTYPED_DIGIT)) == 8 + 3 * 9
    assert guesses("7", Slip.MISTYPED_DIGIT) == []  # any digit would do


def test_nothing_is_a_slip_of_nought() -> None:
    assert list(slips_of(Decimal(0))) == []


@pytest.mark.parametrize(("value", "place"), [("2340", "1"), ("0.35", "0.01"), ("1E+3", "1")])
def test_the_last_place_written(value: str, place: str) -> None:
    assert quantum(Decimal(value)) == Decimal(place)


def test_figures_beside_are_told_by_where_they_stand() -> None:
    rows = {"inventories": ["1108", "1108"], "short_term_receivables": ["1392", "1234"]}
    filed = accounts(rows)
    beside = Neighbours(complete(filed, base().catalogue))
    stock = filed.amounts["inventories", "2023"]
    assert list(beside.guesses(stock, [Decimal(1234)])) == [
        Guess(Slip.REPEATED_PERIOD, Decimal(1234), "2022"),
        Guess(Slip.OTHER_ROW, Decimal(1234), "short_term_receivables"),
    ]
    receivables = filed.amounts["short_term_receivables", "2022"]
    assert list(beside.guesses(receivables, [Decimal(1234)])) == [
        Guess(Slip.OTHER_PERIOD, Decimal(1234), "2023"),
    ]
