"""Periods as people write them, and their order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnost.intake.spans import anchor_in, dates_in, days_of, recognise, relative
from tests.unit.intake.intake_cases import kinds, read


@pytest.mark.parametrize(
    ("text", "period", "months"),
    [
        ("2021", "2021", 12),
        ("2021 r.", "2021", 12),
        ("rok 2021", "2021", 12),
        ("FY2021", "2021", 12),
        ("2021年", "2021", 12),
        ("2021年度", "2021", 12),
        ("２０２１", "2021", 12),
        ("2021 (tys. zł)", "2021", 12),
        ("31.12.2021", "2021", None),
        ("2021-12-31", "2021", None),
        ("12/31/2021", "2021", None),
        ("31/12/2021", "2021", None),
        ("20211231", "2021", None),
        ("na dzień 31.12.2021 r.", "2021", None),
        ("31 grudnia 2021", "2021", None),
        ("December 31, 2021", "2021", None),
        ("2021年12月31日", "2021", None),
        ("year ended 31 December 2021", "2021", 12),
        ("2021-03-31", "2021-03-31", None),
        ("01.01.2021 - 31.12.2021", "2021", 12),
        ("1.01–31.12.2021", "2021", 12),
        ("od 01.01.2021 do 30.06.2021", "2021-H1", 6),
        ("2023-H1", "2023-H1", 6),
        ("H2 2023", "2023-H2", 6),
        ("I półrocze 2023", "2023-H1", 6),
        ("2023年上半年", "2023-H1", 6),
        ("2023-Q2", "2023-Q2", 3),
        ("2Q2023", "2023-Q2", 3),
        ("III kw. 2023", "2023-Q3", 3),
        ("2023年第二季度", "2023-Q2", 3),
        ("2023-06", "2023-06", 1),
        ("06.2023", "2023-06", 1),
        ("czerwiec 2023", "2023-06", 1),
        ("2023年6月", "2023-06", 1),
        ("2023年1-9月", "2023-9M", 9),
        ("9M 2023", "2023-9M", 9),
    ],
)
def test_a_heading_is_recognised(text: str, period: str, months: int | None) -> None:
    span = recognise(text)
    assert span is not None
    assert (span.id, span.months) == (period, months)


@pytest.mark.parametrize(
    "text",
    ["", "Plan 2024", "2022/2021", "zmiana 2022", "2023-13", "31.02.2023", "Note", "1500", "12"],
)
def test_what_is_no_period(text: str) -> None:
    assert recognise(text) is None


@given(
    st.integers(1950, 2090), st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q4", "-01", "-12", "-9M"])
)
def test_an_id_is_recognised_as_itself(year: int, part: str) -> None:
    span = recognise(f"{year}{part}")
    assert span is not None
    assert span.id == f"{year}{part}"


@given(st.text(max_size=50))
def test_any_text_can_be_a_heading(text: str) -> None:
    recognise(text)
    relative(text, None)
    anchor_in(text)
    dates_in(text)


def test_lengths() -> None:
    assert [days_of(months) for months in (1, 3, 6, 9, 12)] == [30, 91, 183, 274, 365]


def test_current_and_previous_count_from_the_date_of_the_statement() -> None:
    anchor = anchor_in("Bilans sporządzony na dzień 29.02.2024 r.")
    current, previous = relative("期末余额", anchor), relative("stan na początek roku", anchor)
    assert current is not None
    assert previous is not None
    assert (current.id, previous.id) == ("2024-02-29", "2023-02-28")


def periods(tmp_path: Path, written: str) -> list[tuple[str, int, bool]]:
    count = written.count(",") - written.count("days") - written.count("months") + 1
    amounts = ", ".join("1" for _ in range(count))
    accounts = read(tmp_path, "a.yaml", f"periods: {written}\nlines: {{cash: [{amounts}]}}\n")
    return [(p.id, p.days, p.stated) for p in accounts.periods]


def test_periods_are_ordered_by_their_end(tmp_path: Path) -> None:
    assert periods(tmp_path, '["2023", 31.12.2021, "2022"]') == [
        ("2021", 365, False),
        ("2022", 365, True),
        ("2023", 365, True),
    ]
    assert [p[0] for p in periods(tmp_path, "[2023-Q2, 2022, 2023-H2, 2023-01]")] == [
        "2022",
        "2023-01",
        "2023-Q2",
        "2023-H2",
    ]


def test_names_that_cannot_be_compared_keep_their_order(tmp_path: Path) -> None:
    assert periods(tmp_path, '[later, "2021"]') == [("later", 365, False), ("2021", 365, True)]


def test_a_stated_length_goes_before_the_one_of_the_id(tmp_path: Path) -> None:
    assert periods(tmp_path, "[{id: 2023-H1, days: 181}, {id: start, months: 5}]") == [
        ("2023-H1", 181, True),
        ("start", 152, True),
    ]
    assert periods(tmp_path, "[{id: 2024-03-31, months: 12}]") == [("2024-03-31", 365, True)]


def test_a_year_taken_for_granted_is_told(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.yaml", "periods: [2021-03-31]\nlines: {cash: [1]}\n")
    assert [(n.kind, n.figures) for n in accounts.notes] == [
        ("year_assumed", {"periods": "2021-03-31"})
    ]
    assert not kinds(read(tmp_path, "a.yaml", "periods: [2021]\nlines: {cash: [1]}\n"))


def test_a_period_without_a_date_is_no_anchor_for_others() -> None:
    opening, closing = relative("期初余额", None), relative("期末余额", None)
    assert opening is not None and closing is not None and opening.end < closing.end
    for undated in (opening, closing):
        assert (relative("期初余额", undated), relative("期末余额", undated)) == (opening, closing)
