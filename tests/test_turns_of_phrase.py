"""How documents put small things: counts, changes of shares, reservations, many bad areas."""

from decimal import Decimal

import pytest

from diagnost.report import formats
from tests.shipped import document


@pytest.mark.parametrize(
    ("value", "written"),
    [("2400000", "240万"), ("43700", "4.37万"), ("53421", "53,421"), ("9999", "9,999")],
)
def test_chinese_counts_by_ten_thousands_where_nothing_is_lost(value: str, written: str) -> None:
    assert formats.count(Decimal(value), "zh") == written
    assert formats.count(Decimal(value), "en") == f"{int(value):,}"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Change of the rural share = 65% − 56% = 9 percentage points"),
        ("pl", "Zmiana udziału wsi = 65% − 56% = 9 pkt proc."),
        ("zh", "城郊农村占比变动 = 65% − 56% = 9个百分点"),
    ],
)
def test_the_change_of_a_share_is_told_in_percentage_points(language: str, written: str) -> None:
    text = document("retail/stuck-debts.yaml", language, "md").replace("\u00a0", " ")
    assert written in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Reservation: "),
        ("pl", "Zastrzeżenie: "),
        ("zh", "保留意见："),
    ],
)
def test_the_reservation_of_a_statement_stands_in_its_note(language: str, told: str) -> None:
    assert told in document("retail/stuck-debts.yaml", language, "md")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The trouble is not confined to this. Also unfavourable: sales targets and plans;"),
        ("pl", "Na tym kłopoty się nie kończą. Niekorzystnie wypadają również: "),
        ("zh", "问题不止于此，同样不理想的还有："),
    ],
)
def test_many_bad_areas_are_named_in_a_closing_line(language: str, told: str) -> None:
    assert told in document("retail/stuck-debts.yaml", language, "md")


def test_a_cause_is_followed_by_what_explains_it() -> None:
    """Too little skill, then the lectures that leave it so; only then what else lowers results."""
    text = document("sales/customers-walk-away.yaml", "en", "md")
    told = [text.index(words) for words in ("a lack of selling skill", "taught in lectures")]
    assert told[0] < told[1] < text.index("Customers who have left no longer order")
