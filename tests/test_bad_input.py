"""Bad accounts files: each is answered with a code, a place and a way to mend it."""

import io
import struct
import time
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from diagnost.intake import csv_grid
from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import load_with_problems
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import DiagnostError, Problem

HEAD = 'periods: ["2022", "2023"]\n'


@cache
def catalogue() -> Catalogue:
    return load_with_problems()[0].catalogue


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(DiagnostError) as caught:
        read_accounts(path, catalogue())
    return caught.value.problems


def assert_problem(path: Path, code: str, place: str, hint: str) -> None:
    problems = problems_of(path)
    found = [p for p in problems if p.code == code and str(p.at) == place]
    assert found, [f"{p} | {p.hint}" for p in problems]
    assert hint in found[0].hint
    assert found[0].message


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("periods: [", "A101", "a.yaml:2:1", "brackets"),
        ("unit: 1\nunit: 2\n", "A102", "a.yaml:2:1", "Keep one"),
        ("unit: &x 1\n", "A103", "a.yaml:1:7", "Write the value out"),
        ("unit: !!int 1\n", "A103", "a.yaml:1:7", "Remove the tag"),
        ("unit: 1\n---\nunit: 2\n", "A103", "a.yaml:2:1", "one document"),
        ("[" * 40 + "]" * 40, "A104", "a.yaml:1:26", "levels"),
        ("", "A107", "a.yaml", "form"),
        ("# nothing but a remark\n", "A107", "a.yaml:1:1", "form"),
        ("Zapasy;1;2\n", "A111", "a.yaml:1:1", ".csv"),
        ("- a\n- b\n", "A111", "a.yaml:1:1", "periods:"),
        (HEAD + "line: {cash: [1, 2]}\n", "A110", "a.yaml:2:1", "lines"),
        (HEAD + "company: {nme: X}\nlines: {cash: [1, 2]}\n", "A110", "a.yaml:2:11", "name"),
        (HEAD + "lines: [1, 2]\n", "A111", "a.yaml:2:8", "name: value"),
        (HEAD + "lines: {cash: 5}\n", "A111", "a.yaml:2:15", "one amount per period"),
        (HEAD + "lines: {cash: [[1], 2]}\n", "A111", "a.yaml:2:16", "one value"),
        (HEAD + "lines: {cash: [1, 2]}\nrecords: 5\n", "A111", "a.yaml:3:10", "records"),
        (HEAD + "lines: {cash: [1]}\n", "A112", "a.yaml:2:15", "null"),
        (HEAD + "lines: {cash: [1,234, 2]}\n", "A112", "a.yaml:2:15", "comma"),
        (HEAD + "lines: {invetories: [1, 2]}\n", "A113", "a.yaml:2:9", "inventories"),
        (HEAD + "lines: {Zobowiązania: [1, 2]}\n", "A130", "a.yaml:2:9", "current_liabilities"),
        (HEAD + "indicators: {WPX: [1, 2]}\n", "A114", "a.yaml:2:14", "WP"),
        (HEAD + "context: {loan_rat: 5%}\n", "A115", "a.yaml:2:11", "loan_rate"),
        ("lines: {cash: [1, 2]}\n", "A116", "a.yaml:1:1", "periods:"),
        (HEAD, "A117", "a.yaml", "at least one"),
        ('periods: ["2022", "2022"]\n', "A118", "a.yaml:1:19", "one column"),
        ('periods: ["2022", 31.12.2022]\n', "A118", "a.yaml:1:19", "one column"),
        ("periods: [{days: 5}]\n", "A119", "a.yaml:1:11", "id"),
        ('periods: [{id: "2022", days: 0}]\n', "A119", "a.yaml:1:30", "whole number"),
        ('periods: [{id: "2022", months: 99}]\n', "A119", "a.yaml:1:32", "whole number"),
        (HEAD + "lines: {cash: [many, 2]}\n", "A120", "a.yaml:2:16", "number"),
        (HEAD + "lines: {cash: ['12 34', 2]}\n", "A120", "a.yaml:2:16", "three"),
        (HEAD + "lines: {cash: [12 tys., 2]}\n", "A120", "a.yaml:2:16", "unit"),
        (HEAD + "lines: {cash: ['-(5)', 2]}\n", "A120", "a.yaml:2:16", "minus"),
        (HEAD + "lines: {cash: [yes, 2]}\n", "A120", "a.yaml:2:16", "number"),
        (HEAD + "lines: {cash: [.nan, 2]}\n", "A121", "a.yaml:2:16", "empty"),
        (HEAD + "lines: {cash: [-.inf, 2]}\n", "A121", "a.yaml:2:16", "empty"),
        (HEAD + "lines: {cash: [1e400, 2]}\n", "A121", "a.yaml:2:16", "in full"),
        (HEAD + f"lines: {{cash: [{'9' * 31}, 2]}}\n", "A121", "a.yaml:2:16", "unit"),
        (HEAD + "lines: {cash: ['1 234,50', '1,234.50']}\n", "A122", "a.yaml:2:28", "one way"),
        (HEAD + "indicators: {ROI: [15, 3%]}\n", "A126", "a.yaml:2:20", "15%"),
        (HEAD + "context: {loan_rate: 8.5}\n", "A126", "a.yaml:2:22", "8.5%"),
        (HEAD + "indicators: {WPB: [15%, 1]}\n", "A127", "a.yaml:2:20", "without"),
        (HEAD + "lines: {cash: [15%, 1]}\n", "A127", "a.yaml:2:16", "without"),
        (HEAD + "lines: {stock: [1, 2], inventories: [1, 3]}\n", "A132", "a.yaml:2:41", "Keep"),
        (HEAD + "unit: zero\n", "A140", "a.yaml:2:7", "1000"),
        (HEAD + "unit: -5\n", "A140", "a.yaml:2:7", "1000"),
        (HEAD + "unit: 1.5\n", "A140", "a.yaml:2:7", "1000"),
        (HEAD + "currency: zlotówki\n", "A141", "a.yaml:2:11", "PLN"),
        (HEAD + "company: {activity: farming}\n", "A142", "a.yaml:2:21", "trade"),
        (HEAD + "context: {high_inflation: maybe}\n", "A143", "a.yaml:2:27", "yes, no"),
        (HEAD + "unit: tys. zł\ncurrency: EUR\n", "A144", "a.yaml:2:7", "one currency"),
        (HEAD + "lines: {total_assets: [5000, 5100000]}\n", "A150", "a.yaml:2:30", "one unit"),
        (HEAD + "lines: {revenue: [7000000, 7]}\n", "A150", "a.yaml:2:28", "one unit"),
    ],
)
def test_yaml(tmp_path: Path, text: str, code: str, place: str, hint: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert_problem(path, code, place, hint)


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("  \n\n", "A107", "a.csv", "form"),
        ("Zapasy;1;2\n", "A116", "a.csv", "row"),
        ("just a sentence\n", "A116", "a.csv", "form"),
        ("Pozycja;2022;2023\nZapasy;;\n", "A117", "a.csv", "at least one"),
        ("Pozycja;2022;2022\nZapasy;1;2\n", "A118", "a.csv:1:14", "one column"),
        ("Pozycja;2022;2023\nZapasy;dużo;2\n", "A120", "a.csv:2:8", "number"),
        ("Pozycja;2022;2023\nZapasy;#ADR!;2\n", "A123", "a.csv:2:8", "formula"),
        ("Pozycja;2022\nZapasy;1 000,5\nCash;1,000.5\n", "A122", "a.csv:3:6", "one way"),
        ("Item,2022,2023\nInventories,310,5,420\n", "A112", "a.csv:2:19", "quotes"),
        ("Pozycja;2022\nZobowiązania;5\n", "A130", "a.csv:2:1", "current_liabilities"),
        ("Pozycja;2022\nZapsy magazyn;5\nZaapasy;5\n", "A131", "a.csv:3:1", "Zapasy"),
        ("Pozycja;2022\nZapasy;5\nB.I. Zapasy;6\n", "A132", "a.csv:3:13", "Keep"),
        ("Pozycja;2022\nROI;15\n", "A126", "a.csv:2:5", "15%"),
        ("Pozycja;2022\nZapasy;5%\n", "A127", "a.csv:2:8", "without"),
        ("Jednostka;dużo\nPozycja;2022\nZapasy;5\n", "A140", "a.csv:1:11", "tys. zł"),
        ("Waluta;dukaty\nPozycja;2022\nZapasy;5\n", "A141", "a.csv:1:8", "PLN"),
        ("Działalność;rolnictwo\nPozycja;2022\nZapasy;5\n", "A142", "a.csv:1:13", "trade"),
        ("Jednostka;1\nJednostka;1000\nPozycja;2022\nZapasy;5\n", "A144", "a.csv:2:11", "one unit"),
        ("lines:\n  cash: [1]\n", "A106", "a.csv", ".yaml"),
        ("<html><table><tr><td>Zapasy</td></tr></table></html>", "A106", "a.csv", ".xlsx"),
        (f"Pozycja;{';'.join('x' * 2_100)}\n", "A104", "a.csv:1:1", "table"),
        ("Pozycja;2022\nZapasy;5\n" + '"' + "x" * 150_000, "A104", "a.csv", "quotation"),
    ],
)
def test_csv(tmp_path: Path, text: str, code: str, place: str, hint: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert_problem(path, code, place, hint)


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.title = "Bilans"
    book.active.append(["Pozycja", 2022, 2023])
    fill(book)
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(stream)
    return stream.getvalue()


def row(*cells: object) -> Callable[[Workbook], None]:
    def fill(book: Workbook) -> None:
        assert book.active is not None
        book.active.append(list(cells))

    return fill


def two_sheets(book: Workbook) -> None:
    row("Zapasy", 5, 6)(book)
    other = book.create_sheet("Drugi")
    other.append(["Pozycja", 2022, 2023])
    other.append(["Inventories", 5, 7])


def wide(book: Workbook) -> None:
    assert book.active is not None
    book.active.cell(2, 2_500, 1)


def percent(book: Workbook) -> None:
    row("Zapasy", 0.5, 6)(book)
    assert book.active is not None
    book.active["B2"].number_format = "0.0%"


@pytest.mark.parametrize(
    ("fill", "code", "place", "hint"),
    [
        (row("Zapasy", "=A1+1", 5), "A124", "a.xlsx!Bilans!B2", "save the file"),
        (row("Zapasy", "#DIV/0!", 5), "A123", "a.xlsx!Bilans!B2", "formula"),
        (row("Zapasy", True, 5), "A125", "a.xlsx!Bilans!B2", "number"),
        (row("Zapasy", date(2022, 1, 5), 5), "A125", "a.xlsx!Bilans!B2", "number"),
        (row("Zapasy", "dużo", 5), "A120", "a.xlsx!Bilans!B2", "number"),
        (row("ROI", 15, 12), "A126", "a.xlsx!Bilans!B2", "percent"),
        (row("Zapasy", 10**31, 12), "A121", "a.xlsx!Bilans!B2", "unit"),
        (percent, "A127", "a.xlsx!Bilans!B2", "without"),
        (two_sheets, "A132", "a.xlsx!Drugi!C2", "Keep"),
        (wide, "A104", "a.xlsx!Bilans!CRD2", "table"),
        (row("Nic", "x", "y"), "A117", "a.xlsx", "at least one"),
    ],
)
def test_workbook(
    tmp_path: Path, fill: Callable[[Workbook], None], code: str, place: str, hint: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(fill))
    assert_problem(path, code, place, hint)


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(row("Zapasy", 5, 6)))) as archive:
        return zipped({name: change(name, archive.read(name)) for name in archive.namelist()})


def with_entities(name: str, content: bytes) -> bytes:
    remark = b"<!--" + b"-" * 5_000 + b"-->"
    bomb = remark + b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    return content.replace(b"<worksheet", bomb + b"<worksheet") if "sheet1" in name else content


def in_utf_16(name: str, content: bytes) -> bytes:
    text = with_entities(name, content).decode(errors="replace")
    return text.encode("utf-16") if "sheet1" in name else content


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
GOOD = workbook(row("Zapasy", 5, 6))


@pytest.mark.parametrize(
    ("name", "content", "code", "hint"),
    [
        ("a.xlsx", b"", "A107", "form"),
        ("a.xlsx", LOCKED, "A108", "password"),
        ("a.xls", LOCKED, "A108", "password"),
        ("a.xlsx", OLE, "A109", "repaired"),
        ("a.xlsx", b"Pozycja;2022\nZapasy;5\n", "A106", ".csv"),
        ("a.xlsx", b"<html><table></table></html>", "A106", ".xlsx"),
        ("a.xlsx", b"%PDF-1.7 ...", "A106", ".xlsx"),
        ("a.xlsx", GOOD[:2_000], "A109", "repaired"),
        ("a.xlsx", GOOD[:200] + bytes(100) + GOOD[300:], "A109", "repaired"),
        ("a.xlsx", zipped({"readme.txt": b"hello"}), "A106", ".xlsx"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<workbook"}), "A109", "repaired"),
        ("a.xlsx", zipped({"xl/workbook.xml": bytes(250 * 2**20)}), "A104", "new workbook"),
        ("a.xlsx", zipped({"xl/workbook.xml": bytes(20 * 2**20)}), "A104", "new workbook"),
        ("a.xlsx", repacked(with_entities), "A109", "new workbook"),
        ("a.xlsx", repacked(in_utf_16), "A109", "new workbook"),
        ("a.csv", GOOD, "A106", ".xlsx"),
        ("a.yaml", GOOD, "A106", ".xlsx"),
        ("a.csv", b"\x00\x01\x02\x03" * 500, "A106", ".csv"),
        ("a.yaml", b"\x00\x01\x02\x03" * 500, "A106", ".yaml"),
        ("a.yaml", "unit: 1 # zł".encode("cp1250"), "A100", "UTF-8"),
        ("a.csv", b"Pozycja;2022\n\xff\x80\x81;5\n", "A100", "UTF-8"),
        ("a.csv", b"\xff\xfeP\x00o", "A100", "UTF-8"),
        ("a.xls", OLE, "A109", "repaired"),
        ("a.ods", b"PK\x03\x04", "A109", "repaired"),
        ("a.xlsb", b"PK\x03\x04", "A109", "repaired"),
        ("a.xhtml", b"<html/>", "A105", "xBRL-JSON"),
        ("a.xml", b"<xbrl/>", "A182", "xBRL-JSON"),
        ("a.numbers", b"PK\x03\x04", "A105", ".xlsx"),
        ("a.json", b"{}", "A185", "companyfacts"),
        ("accounts", b"x", "A105", ".yaml"),
    ],
)
def test_file(tmp_path: Path, name: str, content: bytes, code: str, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    start = time.perf_counter()
    problems = problems_of(path)
    assert time.perf_counter() - start < 10
    assert [p.code for p in problems] == [code], problems
    assert problems[0].at.file == name
    assert hint in problems[0].hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("a.yaml", "a.csv", "a.xlsx", "a.else"):
        assert_problem(tmp_path / name, "A100", name, "path")


def test_a_folder_without_tables(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    assert_problem(tmp_path / "a.csv", "A170", "a.csv", "Known are: accounts")


def test_a_file_larger_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.seek(51 * 2**20)
        file.write(b"\n")
    assert_problem(path, "A104", "a.csv", "sheets")


def test_more_rows_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_grid, "MAX_ROWS", 2_000)  # to read 200,000 rows takes seconds
    path = tmp_path / "a.csv"
    path.write_text("Pozycja;2022\n" + "x;1\n" * 2_001)
    assert_problem(path, "A104", "a.csv:2001:1", "table")


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        HEAD
        + "currncy: PLN\nunit: none at all\nlines:\n  invetories: [1, 2]\n  cash: [many, 15%]\n"
        "indicators: {ROI: [15, 16]}\n"
    )
    codes = [problem.code for problem in problems_of(path)]
    assert codes == ["A110", "A140", "A113", "A120", "A127", "A126", "A126"]


def test_the_name_given_is_what_places_call_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("unit: -1\n")
    with pytest.raises(DiagnostError) as caught:
        read_accounts(path, catalogue(), name="the.yaml")
    assert {problem.at.file for problem in caught.value.problems} == {"the.yaml"}


def test_a_password_flag_on_a_part(tmp_path: Path) -> None:
    content = bytearray(GOOD)
    central = content.rfind(b"PK\x01\x02")
    content[central + 8 : central + 10] = struct.pack("<H", 1)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(content))
    assert_problem(path, "A108", "a.xlsx", "password")
