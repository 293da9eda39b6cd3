"""What an amount of 1 means: in the statements, and in records and answers."""

from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.model.accounts import Accounts
from tests.unit.intake.record_cases import faults, read, sales, workbook

FLOOR = "sales.customers.order_floor"
UNITS = (1, 1000, 10_000)
KINDS = ("yaml", "csv", "xlsx")


def case(kind: str, unit: int) -> str | bytes:
    """Return a revenue of 60 million, a floor of 15,000 and orders of 12,000 and 30,000.5."""
    revenue = 60_000_000 // unit
    asks = sales().questions[FLOOR].asks.in_language("en")
    if kind == "yaml":
        return (
            f"unit: {unit}\nperiods: ['2025']\nlines: {{revenue: [{revenue}]}}\n"
            f"answers: {{{FLOOR}: 15000}}\nrecords:\n  orders:\n"
            "    - {order: A, signed_on: 2025-03-01, amount: 12000}\n"
            "    - {order: B, signed_on: 2025-04-01, amount: 30000.5}\n"
        )
    if kind == "csv":
        return (
            f"Unit;{unit}\n{asks};15000\nItem;2025\nRevenue;{revenue}\n\nOrders\n"
            "Order;Signed on;Amount signed\nA;2025-03-01;12000\nB;2025-04-01;30000.5\n"
        )
    return workbook(
        {
            "Company": [["Unit", unit], [asks, 15000]],
            "Accounts": [["Item", 2025], ["Revenue", revenue]],
            "Orders": [
                ["Order", "Signed on", "Amount signed"],
                ["A", "2025-03-01", 12000],
                ["B", "2025-04-01", 30000.5],
            ],
        }
    )


def amounts(accounts: Accounts, table: str = "orders", column: str = "amount") -> list[str]:
    return [f"{row.values[column].normalize():f}" for row in accounts.records[table]]  # type: ignore[union-attr]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_unit_is_that_of_the_statements_alone(tmp_path: Path, kind: str, unit: int) -> None:
    accounts = read(tmp_path, f"a.{kind}", case(kind, unit))
    assert accounts.unit == unit
    assert accounts.amounts["revenue", "2025"].value * unit == 60_000_000
    assert accounts.context[FLOOR].value == 15_000
    assert amounts(accounts) == ["12000", "30000.5"]


@pytest.mark.parametrize(
    ("kind", "head"), [("yaml", "records_unit: 1000\n"), ("csv", "Jednostka rejestrów;tys. zł\n")]
)
def test_records_and_answers_have_a_unit_of_their_own(tmp_path: Path, kind: str, head: str) -> None:
    content = case(kind, 1)
    assert isinstance(content, str)
    accounts = read(tmp_path, f"a.{kind}", head + content)
    assert accounts.unit == 1
    assert accounts.context[FLOOR].value == 15_000_000
    assert amounts(accounts) == ["12000000", "30000500"]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Kwota (tys. zł)", 1000),
        ("Kwota w tys. zł", 1000),
        ("金额（万元）", 10_000),
        ("金额/万元", 10_000),
        ("Amount signed (PLN thousand)", 1000),
        ("Kwota (zł)", 1),
    ],
)
def test_a_heading_states_the_unit_of_its_column(tmp_path: Path, heading: str, unit: int) -> None:
    text = f"Orders\nOrder;Signed on;{heading}\nA;2025-03-01;12,5\n"
    assert amounts(read(tmp_path, "a.csv", text)) == [f"{(Decimal('12.5') * unit).normalize():f}"]
    sheet: list[list[object]] = [["Order", "Signed on", heading], ["A", "2025-03-01", 12.5]]
    found = read(tmp_path, "a.xlsx", workbook({"Orders": sheet}))
    assert amounts(found) == [f"{(Decimal('12.5') * unit).normalize():f}"]


def test_a_heading_goes_before_the_unit_of_all_records(tmp_path: Path) -> None:
    text = "records unit;1000\n\nOrders\nOrder;Amount (PLN);Paid\nA;12;3\n"
    accounts = read(tmp_path, "a.csv", text)
    assert amounts(accounts) == ["12"]
    assert amounts(accounts, column="cash_amount") == ["3000"]


@pytest.mark.parametrize("title", ["订单（万元）", "单位：万元"])
def test_a_title_states_the_unit_of_its_table(tmp_path: Path, title: str) -> None:
    rows: list[list[object]] = [["订单号", "签单日期", "签单金额"], ["A", "2025-03-01", 12.5]]
    book = workbook({"Sheet1": [[title], *rows]})
    assert amounts(read(tmp_path, "a.xlsx", book)) == ["125000"]
    listed = "".join(",".join(map(str, row)) + "\n" for row in rows)
    assert amounts(read(tmp_path, "a.csv", f"{title}\n{listed}")) == ["125000"]


def test_the_unit_of_a_file_without_statements_is_that_of_its_records(tmp_path: Path) -> None:
    text = f"unit: 10000\nanswers: {{{FLOOR}: 1.5}}\nrecords: {{orders: [{{amount: 2}}]}}\n"
    accounts = read(tmp_path, "a.yaml", text)
    assert accounts.unit == 1
    assert accounts.context[FLOOR].value == 15_000
    assert amounts(accounts) == ["20000"]
    assert [(n.kind, n.figures) for n in accounts.notes] == [
        ("records_unit_taken", {"unit": "10000"})
    ]


def test_a_unit_that_is_none_and_one_said_twice_are_told(tmp_path: Path) -> None:
    text = "records_unit: kilo\nrecords: {orders: [{amount: 2}]}\n"
    assert faults(tmp_path, "a.yaml", text) == ["a.yaml:1:15: A140 'kilo' is not a unit of amounts"]
    twice = "records unit;1000\nrecords unit;1\n\nOrders\nOrder;Amount\nA;12\n"
    assert faults(tmp_path, "a.csv", twice) == [
        "a.csv:2:14: A144 the records_unit is 1 here and 1000 elsewhere (see also a.csv:1:14)"
    ]


def test_a_sheet_of_records_may_be_in_another_unit_than_the_statements(tmp_path: Path) -> None:
    book = workbook(
        {
            "Sprawozdanie": [["Jednostka", "tys. zł"], ["Pozycja", 2025], ["Przychody", 60]],
            "Zamówienia": [["Jednostka", 10_000], [], ["Numer zamówienia", "Kwota"], ["A", 3]],
        }
    )
    accounts = read(tmp_path, "a.xlsx", book)
    assert (accounts.unit, accounts.currency, amounts(accounts)) == (1000, "PLN", ["30000"])
