"""Records as programs and people in Poland, China and elsewhere write and export them."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from diagnost.check.excerpt import written
from diagnost.intake.read import read_accounts
from diagnost.model.located import At, DiagnostError, Problem
from tests.unit.intake.intake_cases import kinds
from tests.unit.intake.record_cases import faults, read, rows, sales, workbook


def signed(tmp_path: Path, *days: str) -> list[str]:
    lines = "".join(f"A{number};{day}\n" for number, day in enumerate(days))
    accounts = read(tmp_path, "a.csv", f"as of;2026-12-31\n\nOrders\nOrder;Signed on\n{lines}")
    return [row["signed_on"] for row in rows(accounts, "orders")]


@pytest.mark.parametrize(
    "day",
    [
        "2025-03-15", "15.03.2025", "15.03.2025 r.", "15 marca 2025", "15 III 2025 r.",
        "15.III.2025", "2025/3/15", "2025.3.15", "20250315", "2025年3月15日", "25年3月15日",
        "２０２５年３月１５日", "15-mar-25", "Mar 15, 2025", "03/15/2025", "15/03/2025 14:20",
        "2025-03-15T08:00:00", "45731",
    ],
)  # fmt: skip
def test_days(tmp_path: Path, day: str) -> None:
    assert signed(tmp_path, day) == ["2025-03-15"]


@pytest.mark.parametrize(
    "day", ["15 XIII 2025", "3月15日", "5.3.25", "31/02/2025", "15/03/25", "IIII 2025"]
)
def test_what_is_no_day(tmp_path: Path, day: str) -> None:
    text = f"Orders\nOrder;Signed on\nA;{day}\n"
    assert faults(tmp_path, "a.csv", text) == [
        f"a.csv:3:3: A203 row 1 of orders, column signed_on: '{day}' is not a day such as "
        "2026-03-31"
    ]


@pytest.mark.parametrize(
    "month",
    ["2025-03", "03.2025", "3/2025", "marzec 2025 r.", "III 2025", "mar-25", "Mar-25", "202503",
     "2025年3月", "25年3月", "2025-03-15"],
)  # fmt: skip
def test_months(tmp_path: Path, month: str) -> None:
    accounts = read(tmp_path, "a.csv", f"Results\nRep;Month;Receipts\nA;{month};5\n")
    assert rows(accounts, "results")[0]["month"] == "2025-03-01"


def test_one_day_of_a_column_tells_where_the_months_stand(tmp_path: Path) -> None:
    assert signed(tmp_path, "03/04/2025", "03/15/2025") == ["2025-03-04", "2025-03-15"]
    assert signed(tmp_path, "03/04/2025", "15/03/2025") == ["2025-04-03", "2025-03-15"]


def test_days_of_a_column_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    text = "Orders\nOrder;Signed on\nA;15/03/2025\nB;03/25/2025\n"
    assert faults(tmp_path, "a.csv", text) == [
        "a.csv:4:3: A203 row 2 of orders, column signed_on: '03/25/2025' is not a day such as "
        "2026-03-31"
    ]


def test_days_that_leave_the_month_open_are_told(tmp_path: Path) -> None:
    text = "Orders\nOrder;Signed on\nA;03/04/2025\nB;05/05/2025\n"
    accounts = read(tmp_path, "a.csv", text)
    assert [n.figures for n in accounts.notes if n.kind == "day_first_assumed"] == [
        {"written": "03/04/2025"}
    ]
    assert "day_first_assumed" not in kinds(read(tmp_path, "b.csv", text.replace("05/05", "25/05")))


def test_numbers_of_a_sheet_that_are_days(tmp_path: Path) -> None:
    sheet: list[list[object]] = [["Rep", "Month", "Receipts"], ["A", 202503, 5], ["B", 45731, 5]]
    found = rows(read(tmp_path, "a.xlsx", workbook({"Results": sheet})), "results")
    assert {row["month"] for row in found} == {"2025-03-01"}
    sheet[1][1] = 2025.1  # January, or October without its nought
    assert "A203" in faults(tmp_path, "b.xlsx", workbook({"Results": sheet}))[0]


@pytest.mark.parametrize(
    "encoding", ["cp1250", "iso8859-2", "cp852", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]
)
def test_polish_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Zamówienia\nNumer zamówienia;Handlowiec;Wartość umowy\nA;Żółć Łąka;1 234,50\n"
    found = rows(read(tmp_path, "a.csv", text.encode(encoding)), "orders")
    assert found == [{"order": "A", "rep": "Żółć Łąka", "amount": "1234.50"}]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8"])
def test_chinese_encodings(tmp_path: Path, encoding: str) -> None:
    text = "订单\n订单号\t业务员\t签单金额\nA\t张伟\t1,234.50\n"
    found = rows(read(tmp_path, "a.txt", text.encode(encoding)), "orders")
    assert found == [{"order": "A", "rep": "张伟", "amount": "1234.50"}]


@pytest.mark.parametrize("total", ["Razem", "SUMA:", "Total", "Grand total", "合计", "小计"])
def test_a_row_of_totals_is_refused(tmp_path: Path, total: str) -> None:
    text = f"Reps\nRep\nAnna\n\nOrders\nRep;Order;Amount\nAnna;A;5\n{total};;5\n"
    assert faults(tmp_path, "a.csv", text) == [
        f"a.csv:8:1: A214 row 2 of orders is a row of totals: '{total}'"
    ]


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    text = 'Orders\nOrder;Amount\nA;5\n"B;6\nC;7\n'
    assert faults(tmp_path, "a.csv", text) == [
        "a.csv: A104 cannot be parted into columns: the quotation mark in line 4 is not closed"
    ]
    assert len(rows(read(tmp_path, "b.csv", text.replace('"B', '"B\nB"')), "orders")) == 3


def test_an_amount_in_percent_is_refused(tmp_path: Path) -> None:
    text = "Orders\nOrder;Amount\nA;10 %\n"
    assert faults(tmp_path, "a.csv", text) == [
        "a.csv:3:3: A127 row 1 of orders, column amount: 10 % is written in percent"
    ]


def test_a_merged_name_holds_for_all_its_rows_and_a_merged_amount_for_one(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Orders"
    for row in (["Rep", "Order", "Amount"], ["Anna", "A", 5], [None, "B", None], ["Jan", "C", 7]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:C3")
    book.create_chartsheet("Chart")
    stream = io.BytesIO()
    book.save(stream)
    assert rows(read(tmp_path, "a.xlsx", stream.getvalue()), "orders") == [
        {"rep": "Anna", "order": "A", "amount": "5"},
        {"rep": "Anna", "order": "B"},
        {"rep": "Jan", "order": "C", "amount": "7"},
    ]


def test_the_line_of_a_problem_is_shown_in_its_own_encoding_with_the_caret_below(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("订单\n订单号,签单日期\n甲乙,昨天\n".encode("gb18030"))
    with pytest.raises(DiagnostError) as caught:
        read_accounts(path, sales())
    (problem,) = caught.value.problems
    assert problem.at == At("a.csv", 3, 4)
    assert written(problem, tmp_path).splitlines()[1:3] == ["    甲乙,昨天", "         ^^^^"]


def test_a_place_beyond_the_file_is_shown_without_its_line(tmp_path: Path) -> None:
    problem = Problem("A100", "it changed meanwhile", At("none.csv", 7, 1))
    assert written(problem, tmp_path) == "none.csv:7:1: A100 it changed meanwhile"
