"""Records and answers: what is read from YAML, sheets and text files, and each fault named."""

import datetime
import io
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from diagnost.app.shipped import ready_knowledge
from diagnost.intake import xlsx_records, xlsx_scan
from diagnost.intake.read import read_accounts
from diagnost.model.located import DiagnostError
from tests.unit.intake.record_cases import faults, hints, read, rows, sales, workbook

TEAM = """
company: {name: North}
as_of: 2026-10-31
records:
  reps:
    - {rep: Anna Nowak, role: manager, hired_on: 2025-02-03, attitude: 4, goal_written: yes}
    - {rep: Jan, role: nowy, hired_on: 1.10.2026}
  results:
    - {rep: anna nowak, month: 2026-09, target: 10000, receipts: "8 500,50"}
    - {rep: Jan, month: "10.2026", receipts: 900, visits: -}
"""


def test_records_of_yaml_keep_value_spelling_and_place(tmp_path: Path) -> None:
    accounts = read(tmp_path, "team.yaml", TEAM)
    assert rows(accounts, "reps") == [
        {
            "rep": "Anna Nowak", "role": "manager", "hired_on": "2025-02-03", "attitude": "4",
            "goal_written": "True",
        },
        {"rep": "Jan", "role": "new", "hired_on": "2026-10-01"},
    ]  # fmt: skip
    assert rows(accounts, "results") == [
        {"rep": "Anna Nowak", "month": "2026-09-01", "target": "10000", "receipts": "8500.50"},
        {"rep": "Jan", "month": "2026-10-01", "receipts": "900", "visits": "0"},
    ]
    cell = accounts.records["results"][0].cells["receipts"]
    assert (cell.value, cell.as_written, str(cell.at)) == (
        Decimal("8500.50"), "8 500,50", "team.yaml:9:66",
    )  # fmt: skip


def test_a_case_without_statements_has_the_month_of_as_of(tmp_path: Path) -> None:
    accounts = read(tmp_path, "team.yaml", TEAM)
    assert accounts.as_of == date(2026, 10, 31)
    assert [(p.id, p.days) for p in accounts.periods] == [("2026-10", 31)]
    assert accounts.amounts == {}


def test_without_as_of_records_are_read_as_of_their_last_day(tmp_path: Path) -> None:
    text = TEAM.replace("as_of: 2026-10-31\n", "")
    accounts = read(tmp_path, "team.yaml", text)
    assert accounts.as_of == date(2026, 10, 31)  # hiring says nothing of how far records go
    assert [(n.kind, n.figures["date"]) for n in accounts.notes if n.kind == "as_of_taken"] == [
        ("as_of_taken", "2026-10-31")
    ]


def test_a_month_without_days_counts_to_its_end(tmp_path: Path) -> None:
    text = "records: {results: [{month: 2026-01}, {month: 2026-02, receipts: 5}]}"
    assert read(tmp_path, "a.yaml", text).as_of == date(2026, 2, 28)


def test_the_end_of_the_last_period_goes_before_the_records(tmp_path: Path) -> None:
    text = 'periods: ["2024", "2025"]\nlines: {inventories: [5, 6]}\n'
    text += "records: {results: [{month: 2026-02}]}\n"
    accounts = read(tmp_path, "a.yaml", text)
    assert accounts.as_of == date(2025, 12, 31)
    assert [p.id for p in accounts.periods] == ["2024", "2025"]


def test_answers_and_context_are_one(tmp_path: Path) -> None:
    text = """
answers:
  sales.rhythm.goals_split: 2
  sales.structure.reference_shares: nie
  sales: {work: {usual_fault: umiejętności}, manager: {mission: unknown}}
  high_inflation: yes
context: {loan_rate: 8.5%}
"""
    accounts = read(tmp_path, "a.yaml", text)
    assert {key: str(answer.value) for key, answer in accounts.context.items()} == {
        "sales.rhythm.goals_split": "2",
        "sales.structure.reference_shares": "no",
        "sales.work.usual_fault": "skill",
        "high_inflation": "yes",
        "loan_rate": "0.085",
    }
    assert (accounts.as_of, [p.id for p in accounts.periods]) == (None, ["current"])


def test_answers_of_the_context_alone_are_no_case(tmp_path: Path) -> None:
    assert faults(tmp_path, "a.yaml", "answers: {high_inflation: yes}\n") == [
        "a.yaml: A117 there are no amounts in this file"
    ]


@pytest.mark.parametrize(
    ("answers", "fault", "hint"),
    [
        ("sales.rhythm.goals_split: 6", "A220 6 is not on the scale of sales.rhythm.goals_split",
         "from 1 (not at all) to 5 (fully)"),
        ("sales.rhythm.goals_split: 2.5",
         "A220 2.5 is not on the scale of sales.rhythm.goals_split", "whole number"),
        ("sales.rhythm.goals_split: often", "A120 'often' is not a number", ""),
        ("sales.rhythm.goals_splt: 3", "A115 'sales.rhythm.goals_splt' is not a question",
         "Did you mean sales.rhythm.goals_split"),
        ("sales.structure.mass_hiring: maybe",
         "A143 'maybe' is no answer to sales.structure.mass_hiring", "yes, no"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_at_its_place(
    tmp_path: Path, answers: str, fault: str, hint: str
) -> None:
    text = f"answers:\n  sales.people.career_road: 3\n  {answers}\n"
    (found,) = faults(tmp_path, "a.yaml", text)
    assert found.startswith("a.yaml:3:")
    assert found.endswith(fault)
    assert hint in hints(tmp_path, "a.yaml", text)[0]


@pytest.mark.parametrize(
    ("row", "fault", "hint"),
    [
        ("{rep: Jan, day: 2026-09-01, calls: -4}",
         "7:42: A205 row 1 of activity, column calls: -4 is negative", "from 0 to 2000"),
        ("{rep: Jan, day: 2026-09-01, calls: 2.5}",
         "7:42: A206 row 1 of activity, column calls: 2.5 is not a whole number", "whole"),
        ("{rep: Jan, day: 2026-09-01, calls: many}",
         "7:42: A120 row 1 of activity, column calls: 'many' is not a number", "number"),
        ("{rep: Jan, day: 2206-09-01}",
         "7:23: A204 row 1 of activity, column day: 2206-09-01 is no day of this business", "2099"),
        ("{rep: Jan, day: 1926-09-01}",
         "7:23: A204 row 1 of activity, column day: 1926-09-01 is no day of this business", "1950"),
        ("{rep: Jan, day: 31.02.2026}",
         "7:23: A203 row 1 of activity, column day: '31.02.2026' is not a day such as 2026-03-31",
         "2026-03-31"),
        ("{rep: Jon, day: 2026-09-01}",
         "7:13: A210 row 1 of activity, column rep: 'Jon' is not in reps", "Did you mean Jan"),
        ("{day: 2026-09-01, calls: 3}",
         "7:7: A202 row 1 of activity, column rep: nothing is written", "Fill it in"),
        ("{rep: Jan, day: 2026-09-01, cals: 3}",
         "7:35: A201 row 1 of activity: no column 'cals'", "Did you mean calls"),
        ("{rep: Jan, day: 2026-09-01}\n    - {rep: jan, day: 1.09.2026}",
         "8:13: A209 activity has Jan, 2026-09-01 twice: row 1 and row 2 (see also t.yaml:7:13)",
         "one row for each rep and day"),
    ],
)  # fmt: skip
def test_a_wrong_record_is_named_by_row_and_column(
    tmp_path: Path, row: str, fault: str, hint: str
) -> None:
    text = "as_of: 2026-10-31\nrecords:\n  reps:\n    - {rep: Jan}\n    - {rep: Anna}\n"
    text += f"  activity:\n    - {row}\n"
    assert faults(tmp_path, "t.yaml", text) == [f"t.yaml:{fault}"]
    assert hint in hints(tmp_path, "t.yaml", text)[0]


@pytest.mark.parametrize(
    ("rep", "fault"),
    [
        ("{rep: Jan, role: wizard}", "A207 row 1 of reps, column role: 'wizard' is no word"),
        ("{rep: Jan, attitude: 7}", "A205 row 1 of reps, column attitude: 7 is out of bounds"),
        ("{rep: Jan, has_plan: sometimes}", "A208 row 1 of reps, column has_plan: 'sometimes'"),
        ("{rep: Jan}\n    - {rep: JAN}", "A209 reps has Jan twice: row 1 and row 2"),
    ],
)
def test_a_wrong_person_is_named(tmp_path: Path, rep: str, fault: str) -> None:
    (found,) = faults(tmp_path, "t.yaml", f"records:\n  reps:\n    - {rep}\n")
    assert fault in found


def test_unknown_tables_and_a_wrong_as_of_are_told(tmp_path: Path) -> None:
    text = "as_of: soon\nrecords: {rps: [], reps: {rep: Jan}}\n"
    assert faults(tmp_path, "t.yaml", text) == [
        "t.yaml:1:8: A212 as_of: 'soon' is not a day such as 2026-03-31",
        "t.yaml:2:11: A200 'rps' is no table of records",
        "t.yaml:2:26: A111 the rows of reps must be a list",
    ]


def test_a_day_counts_before_the_end_of_its_month(tmp_path: Path) -> None:
    text = "records: {results: [{month: 2026-02}], losses: [{lost_on: 2026-02-11}]}"
    assert read(tmp_path, "a.yaml", text).as_of == date(2026, 2, 11)


def test_a_last_day_far_from_all_others_is_a_slip(tmp_path: Path) -> None:
    text = "records:\n  losses:\n    - {lost_on: 2026-03-01}\n    - {lost_on: 2036-03-01}\n"
    assert faults(tmp_path, "t.yaml", text) == [
        "t.yaml:4:17: A213 2036-03-01 lies long after every other day of the records (2026-03-01)"
    ]
    assert read(tmp_path, "u.yaml", f"as_of: 2036-03-31\n{text}").as_of == date(2036, 3, 31)


# --- sheets --------------------------------------------------------------------------------------

SHEETS: dict[str, list[list[object]]] = {
    "Firma": [["Nazwa", "Północ"], ["Stan na dzień", datetime.datetime(2026, 10, 31)]],
    "Odpowiedzi": [
        ["Pytanie", "Odpowiedź"],
        ["# Cele i rytm miesiąca"],
        ["Czy te cele są rozbite na tygodnie i dni?", 2],
        ["sales.manager.mission", "tak"],
        [sales().questions["sales.structure.seniors_coach"].asks.in_language("pl"), "nie wiem"],
    ],
    "Handlowcy": [
        ["Lista na październik"],
        ["Imię i nazwisko", "Stanowisko", "Data zatrudnienia", "Uwagi", "Postawa"],
        ["Anna Nowak", "kierownik", datetime.datetime(2025, 2, 3), "x", 4],
        [None, None, None, None, None],
        ["Jan", "nowy", "1.10.2026", None, None],
    ],
    "Arkusz3": [
        ["Handlowiec", "Miesiąc", "Wpłaty"],
        ["anna nowak", datetime.datetime(2026, 9, 1), 8500.5],
        ["Jan", "październik 2026", 900],
    ],
}


def test_sheets_are_known_by_name_or_headings(tmp_path: Path) -> None:
    accounts = read(tmp_path, "t.xlsx", workbook(SHEETS))
    assert (accounts.company.name, accounts.as_of) == ("Północ", date(2026, 10, 31))
    assert {key: str(answer.value) for key, answer in accounts.context.items()} == {
        "sales.rhythm.goals_split": "2",
        "sales.manager.mission": "yes",
    }
    assert rows(accounts, "reps") == [
        {"rep": "Anna Nowak", "role": "manager", "hired_on": "2025-02-03", "attitude": "4"},
        {"rep": "Jan", "role": "new", "hired_on": "2026-10-01"},
    ]
    assert rows(accounts, "results") == [
        {"rep": "Anna Nowak", "month": "2026-09-01", "receipts": "8500.5"},
        {"rep": "Jan", "month": "2026-10-01", "receipts": "900"},
    ]
    assert str(accounts.records["reps"][1].cells["role"].at) == "t.xlsx!Handlowcy!B5"
    assert str(accounts.records["results"][0].cells["receipts"].at) == "t.xlsx!Arkusz3!C2"
    ignored = [n for n in accounts.notes if n.kind == "records_ignored"]
    assert [note.figures["labels"] for note in ignored] == ["Uwagi"]


def test_wrong_cells_of_a_sheet_are_told_once_with_their_number(tmp_path: Path) -> None:
    book = workbook(
        {
            "业务员名册": [["姓名", "岗位"], ["王芳", "经理"], ["李强", "业务员"]],
            "每日活动量": [
                ["姓名", "日期", "电话量", "拜访量", "拜访数"],
                ["王芳", "2026-09-01", -3, 2, 2],
                ["李強强", "2026-09-01", -3, 2, 2],
                ["李强", 20261301, "many", 2, 2],
            ],
        }
    )
    assert faults(tmp_path, "t.xlsx", book) == [
        "t.xlsx!每日活动量!A3: A210 row 2 of activity, column rep: '李強强' is not in reps",
        "t.xlsx!每日活动量!B4: A203 row 3 of activity, column day: '20261301' is not a day such as "
        "2026-03-31",
        "t.xlsx!每日活动量!C2: A205 row 1 of activity, column calls: -3 is negative (and in 1 "
        "further rows)",
        "t.xlsx!每日活动量!C4: A120 row 3 of activity, column calls: 'many' is not a number",
        "t.xlsx!每日活动量!E1: A201 the column visits of activity stands twice (see also "
        "t.xlsx!每日活动量!D1)",
    ]


def test_a_formula_without_a_value_and_an_error_are_told(tmp_path: Path) -> None:
    sheet: list[list[object]] = [
        ["Month", "Cash received"], ["2026-01", "=SUM(1,2)"], ["2026-02", "#DIV/0!"],
    ]  # fmt: skip
    assert faults(tmp_path, "t.xlsx", workbook({"Monthly results": sheet})) == [
        "t.xlsx!Monthly results!B2: A124 a formula without a stored value",
        "t.xlsx!Monthly results!B3: A123 row 2 of results, column receipts: the spreadsheet error "
        "#DIV/0!",
    ]


def test_a_sheet_of_a_table_needs_its_columns(tmp_path: Path) -> None:
    book = workbook({"Activity": [["Person", "Calls", "Recearch"], ["Jan", 3, 4]]})
    assert faults(tmp_path, "t.xlsx", book) == [
        "t.xlsx!Activity!A1: A202 the table activity lacks the column day",
        "t.xlsx!Activity!C1: A201 'Recearch' is nearly the column research of activity",
    ]


# --- text files ----------------------------------------------------------------------------------


def test_a_text_file_may_hold_one_table(tmp_path: Path) -> None:
    text = 'Handlowiec;Miesiąc;Wpłaty\n"Nowak; Anna";09.2026;"1 234,50"\nJan;09.2026;\n'
    accounts = read(tmp_path, "wyniki.csv", text)
    assert rows(accounts, "results") == [
        {"rep": "Nowak; Anna", "month": "2026-09-01", "receipts": "1234.50"},
        {"rep": "Jan", "month": "2026-09-01"},
    ]
    cell = accounts.records["results"][0].cells["receipts"]
    assert (cell.as_written, str(cell.at)) == ("1 234,50", "wyniki.csv:2:23")


def test_a_text_file_may_hold_answers_and_tables(tmp_path: Path) -> None:
    text = """Company name,North
As of,2026-10-31
Are these goals divided into weeks and days?,4
,
Sales people,
# one row per person,
Person,Role
Anna,manager

Orders
Order number,Person,Signed on,Amount signed
7,Anna,2026-09-03,"12,500.00"
8,Ann,2026-09-04,100
"""
    assert faults(tmp_path, "t.csv", text) == [
        "t.csv:13:3: A210 row 2 of orders, column rep: 'Ann' is not in reps"
    ]
    accounts = read(tmp_path, "t.csv", text.replace("8,Ann,", "8,Anna,"))
    assert (accounts.company.name, accounts.as_of) == ("North", date(2026, 10, 31))
    assert {k: str(a.value) for k, a in accounts.context.items()} == {
        "sales.rhythm.goals_split": "4"
    }
    assert rows(accounts, "orders") == [
        {"order": "7", "rep": "Anna", "signed_on": "2026-09-03", "amount": "12500.00"},
        {"order": "8", "rep": "Anna", "signed_on": "2026-09-04", "amount": "100"},
    ]


def test_statements_are_not_taken_for_records(tmp_path: Path) -> None:
    text = "Pozycja;2022;2023\nZapasy;5;6\nWyniki\nZysk netto;1;2\n"
    accounts = read(tmp_path, "t.csv", text)
    assert accounts.records == {}
    assert len(accounts.amounts) == 4


def test_two_years_of_three_hundred_people_read_in_seconds(tmp_path: Path) -> None:
    days = [date(2024, 1, 1) + datetime.timedelta(days=n) for n in range(667)]
    lines = ["Person,Day,Calls,Visits"]
    lines += [f"P{n},{day},{n % 40},{n % 5}" for day in days for n in range(300)]
    began = time.process_time()
    accounts = read(tmp_path, "activity.csv", "\n".join(lines))
    assert len(accounts.records["activity"]) == 200_100
    assert time.process_time() - began < 20
    assert str(accounts.records["activity"][-1].cells["visits"].at) == "activity.csv:200101:20"


def test_indicators_may_be_given_directly_as_of_a_day(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.yaml", "as_of: 2026-10-15\nindicators: {WPB: 1.3}\n")
    assert [(p.id, p.days, p.stated) for p in accounts.periods] == [("2026-10", 31, True)]
    assert {key: str(g.value) for key, g in accounts.given.items()} == {
        ("finance.current_ratio", "2026-10"): "1.3"
    }
    assert accounts.as_of == date(2026, 10, 15)
    assert accounts.notes == ()
    assert faults(tmp_path, "a.yaml", "indicators: {WPB: 1.3}\n")[0] == (
        "a.yaml:1:1: A116 the periods are missing"
    )


def odd_sheet() -> bytes:
    """Return a workbook with everything that cells may hold, gaps and characters to escape."""
    days = datetime.datetime(2026, 9, 1), date(2026, 9, 2), "3.09.2026", "2026-09-04T08:00"
    lines: list[list[object]] = [
        ["Notes <1>", "Order number", None, "Customer", "Signed on", "Amount signed", "Kind"]
    ]
    for number in range(40):
        lines.append(
            [
                "x & y" if number % 3 else None,
                number if number % 2 else f"N°{number}",
                None,
                f"Łódź & 王 <{number % 7}>",
                days[number % 4],
                number * 1.5 if number % 5 else None,
                "new",
            ]
        )
    lines.insert(20, [])
    return workbook({"Orders": lines})


def test_a_large_sheet_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = odd_sheet()
    plain = read(tmp_path, "a.xlsx", book)
    monkeypatch.setattr(xlsx_scan, "LARGE", 0)
    scanned: list[int] = []
    scan = xlsx_scan.scanned

    def counted(*arguments: Any) -> Any:
        found = scan(*arguments)
        scanned.append(len(found or ()))
        return found

    monkeypatch.setattr(xlsx_records, "scanned", counted)
    quick = read(tmp_path, "a.xlsx", book)
    assert scanned == [41]
    assert rows(quick, "orders") == rows(plain, "orders")
    assert len(rows(quick, "orders")) == 40
    assert [str(r.at) for r in quick.records["orders"]] == [
        str(r.at) for r in plain.records["orders"]
    ]


def test_a_sheet_put_together_otherwise_is_left_to_openpyxl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells with a prefix are not guessed at."""
    monkeypatch.setattr(xlsx_scan, "LARGE", 0)
    book = odd_sheet()
    plain = rows(read(tmp_path, "a.xlsx", book), "orders")
    for old, new in ((b"<c r=", b"<x:c r="), (b"</c>", b"</x:c>")):
        book = _changed(book, old, new)
    book = _changed(book, b"<worksheet ", b'<worksheet xmlns:x="' + MAIN + b'" ')
    assert rows(read(tmp_path, "b.xlsx", book), "orders") == plain


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _changed(book: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook with a piece of its sheets replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(stream, "w") as after:
        for info in before.infolist():
            part = before.read(info)
            if info.filename.startswith("xl/worksheets/"):
                part = part.replace(old, new)
            after.writestr(info.filename, part)
    return stream.getvalue()


def test_a_figure_of_single_people_is_refused_with_the_records_that_give_it(tmp_path: Path) -> None:
    base = ready_knowledge()
    path = tmp_path / "a.yaml"
    path.write_text("as_of: 2025-01-31\nindicators: {rep_fall: 10%}\n", "utf-8")
    with pytest.raises(DiagnostError) as caught:
        read_accounts(path, base.catalogue)
    (problem,) = caught.value.problems
    assert problem.code == "A114"
    assert problem.message == "'rep_fall' is worked out for each row of reps and cannot be given"
    assert problem.hint == (
        "Leave it out, and give the records that it is made of: reps, results, orders."
    )
