"""What of a workbook is not read, and what is told where there is nothing to read."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from diagnost.model.accounts import Accounts
from tests.unit.intake.record_cases import faults, hints, read, rows, workbook


def statements() -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Accounts"
    for row in (["Item", 2022, 2023], ["Revenue", 100, 120], ["Inventories", 10, 12]):
        sheet.append(row)
    return book


def content(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(accounts: Accounts) -> list[tuple[str, str]]:
    return [
        (note.kind, note.figures["labels"]) for note in accounts.notes if "labels" in note.figures
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out_and_told(tmp_path: Path, state: str) -> None:
    book = statements()
    draft = book.create_sheet("Draft")
    for row in (["Item", 2022, 2023], ["Inventories", 77, 99]):
        draft.append(row)
    sums = book.create_sheet("Sums")
    sums["A1"] = "=1+1"
    orders = book.create_sheet("Orders")
    orders.append(["Order", "Rep", "Amount"])
    orders.append(["A", "Jan", 500])
    assert [fault.split()[1] for fault in faults(tmp_path, "a.xlsx", content(book))] != []
    for sheet in (draft, orders, sums):
        sheet.sheet_state = state
    accounts = read(tmp_path, "a.xlsx", content(book))
    assert accounts.amounts["inventories", "2023"].value == 12
    assert not accounts.records
    assert told(accounts) == [("sheets_hidden", "Draft, Sums, Orders")]


def test_a_stray_cell_far_off_in_a_sheet_not_used_is_nothing(tmp_path: Path) -> None:
    book = statements()
    notes = book.create_sheet("Notes")
    notes["A1"] = "call the bank"
    notes["XFD3"] = "x"
    notes["A1048576"] = "=1+1"
    accounts = read(tmp_path, "a.xlsx", content(book))
    assert accounts.amounts["revenue", "2023"].value == 120


def test_a_stray_cell_in_a_sheet_that_is_used_is_refused_with_its_place(tmp_path: Path) -> None:
    book = statements()
    book.worksheets[0]["XFD3"] = 5
    assert faults(tmp_path, "a.xlsx", content(book)) == [
        "a.xlsx!Accounts!XFD3: A104 a cell beyond row 200000 or column 2000"
    ]


def test_a_table_that_begins_too_far_out_is_no_table(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["XFA1"] = 2023
    found = faults(tmp_path, "a.xlsx", content(book))
    assert [fault.split()[1] for fault in found] == ["A104"]


@pytest.mark.parametrize(
    ("title", "fault", "hint"),
    [
        ("Orders", "the sheet is called like the table orders and is empty", "headings into the"),
        ("Zamówienia", "the sheet is called like the table orders and is empty", "Numer zam"),
        ("Sheet1", "there is nothing in this file", "diagnost template"),
    ],
)
def test_an_empty_workbook_is_told_by_what_its_sheet_is_called(
    tmp_path: Path, title: str, fault: str, hint: str
) -> None:
    book = workbook({title: []})
    assert faults(tmp_path, "a.xlsx", book) == [f"a.xlsx!{title}: A107 {fault}"]
    assert hint in hints(tmp_path, "a.xlsx", book)[0]


@pytest.mark.parametrize(
    ("encoding", "customer"),
    [
        ("big5", "臺灣電力設備股份有限公司"),
        ("gb18030", "北京城建设备有限公司"),
        ("big5", "王"),
        ("gb18030", "鑫"),
    ],
)
def test_traditional_and_simplified_chinese(tmp_path: Path, encoding: str, customer: str) -> None:
    text = f"orders\norder,rep,customer,amount\nA,林美玲,{customer},1234.50\n"
    accounts = read(tmp_path, "a.csv", text.encode(encoding))
    assert rows(accounts, "orders") == [
        {"order": "A", "rep": "林美玲", "customer": customer, "amount": "1234.50"}
    ]
    assert [n.figures["encoding"] for n in accounts.notes if n.kind == "encoding"] == [encoding]
