"""Workbooks of Excel 97, binary ones and OpenDocument: the same case, and the same guards."""

import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
from diagnost.model.located import DiagnostError
from tests import shipped
from tests.spreadsheets import SHEETS
from tests.spreadsheets.other_kinds import long_row, ods, values_of, xls, xlsb
from tests.test_spreadsheets import in_full

CATALOGUE = shipped.base().catalogue
CELL = '<table:table-cell office:value-type="float" office:value="1"/>'
TABLE: dict[str, list[list[Any]]] = {"Bilans": [["Pozycja", "2022", "2023"], ["Zapasy", 5, 6]]}


def read(folder: Path, content: bytes, name: str) -> Accounts:
    path = folder / name
    path.write_bytes(content)
    return read_accounts(path, CATALOGUE)


def refused(folder: Path, content: bytes, name: str) -> tuple[str, str]:
    with pytest.raises(DiagnostError) as caught:
        read(folder, content, name)
    return caught.value.problems[0].code, str(caught.value.problems[0].at)


WRITERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {"xls": xls, "xlsb": xlsb, "ods": ods}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("name", ["symfonia", "enova", "statutory", "quickbooks"])
def test_the_same_case_as_of_the_newer_kind(name: str, kind: str, tmp_path: Path) -> None:
    values = values_of(SHEETS[name].drawn())
    accounts = read(tmp_path, WRITERS[kind](values), f"a.{kind}")
    assert in_full(accounts) == SHEETS[name].expected()
    at = next(iter(accounts.amounts.values())).at
    assert str(at).startswith(f"a.{kind}!{next(iter(values))}!")


def test_hidden_sheets_are_left_out_and_told(tmp_path: Path) -> None:
    other: list[list[Any]] = [["Pozycja", "2023"], ["Zapasy", 9]]
    accounts = read(tmp_path, ods({**TABLE, "Szkic": other}, hidden=["Szkic"]), "a.ods")
    told = next(note for note in accounts.notes if note.kind == "sheets_hidden")
    assert told.figures["labels"] == "Szkic"
    assert accounts.amounts["inventories", "2023"].value == 6


def test_records_and_days_are_read(tmp_path: Path) -> None:
    results: list[list[Any]] = [
        ["Przedstawiciel", "Miesiąc", "Wpływy"],
        ["Jan Lis", date(2026, 9, 1), 48500.5],
        ["Jan Lis", date(2026, 10, 1), 50000],
    ]
    accounts = read(tmp_path, ods({"Wyniki": results}), "a.ods")
    rows = [row.values for row in accounts.records["results"]]
    assert [row["month"] for row in rows] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert [row["receipts"] for row in rows] == [Decimal("48500.5"), 50000]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    ("value", "code"), [("#DIV/0!", "A123"), ("=1+1", "A120"), (date(2023, 5, 6), "A12")]
)
def test_what_is_no_amount_is_told_with_its_cell(
    value: object, code: str, kind: str, tmp_path: Path
) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "Bilans": [["Pozycja", "2022", "2023"], ["Zapasy", 5, value]]
    }
    found, place = refused(tmp_path, WRITERS[kind](sheets), f"a.{kind}")
    assert found.startswith(code)
    assert place == f"a.{kind}!Bilans!C2"


@pytest.mark.parametrize(
    ("kind", "name"), [("", "a.xls"), ("ods", "a.xls"), ("xls", "a.xlsx"), ("xlsb", "a.xlsm")]
)
def test_a_workbook_under_another_name_is_read_as_what_it_is(
    kind: str, name: str, tmp_path: Path
) -> None:
    sheet = SHEETS["symfonia"]
    content = WRITERS[kind](values_of(sheet.drawn())) if kind else sheet.drawn()
    assert in_full(read(tmp_path, content, name)) == sheet.expected()


def bomb() -> bytes:
    stream = BytesIO(ods(TABLE))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("styles.xml", b" " * (60 * 2**20))
    return stream.getvalue()


def entities() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr("content.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>')
    return stream.getvalue()


def far(row: int = 65535) -> bytes:
    """Return an old workbook with its last cell at the far right, further than Excel goes."""
    near = struct.pack("<HHHd", 1, 1, 0, 5)
    return xls({"A": [[1, 1], [1, 5]]}).replace(near, struct.pack("<HHHd", row, 65535, 0, 5))


def lost() -> bytes:
    """Return an old workbook that says of its sheet that it begins behind the end."""
    head, sheet, rest = xls(TABLE).partition(struct.pack("<HH", 0x0085, 8 + 2 * len("Bilans")))
    return head + sheet + struct.pack("<I", 2**24) + rest[4:]


def test_sectors_that_go_round_in_a_circle_are_not_followed_for_ever(tmp_path: Path) -> None:
    content = bytearray(xls(TABLE))
    content[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the folder goes on in itself
    assert read(tmp_path, bytes(content), "a.xls").amounts["inventories", "2023"].value == 6


def repeated(row: str) -> bytes:
    return ods({}, body=f'<table:table table:name="A">{row}</table:table>')


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (bomb(), "a.ods", "A104"),
        (entities(), "a.ods", "A109"),
        (
            repeated(
                f'<table:table-row table:number-rows-repeated="1000000">{CELL}<table:table-cell '
                f'table:number-columns-repeated="900"/>{CELL}</table:table-row>'
            ),
            "a.ods", "A104",
        ),
        (
            repeated(
                '<table:table-row table:number-rows-repeated="1048575"/><table:table-row>'
                '<table:table-cell table:formula="of:=1>0" table:number-columns-repeated="16383"/>'
                f"{CELL}</table:table-row>"
            ),
            "a.ods", "A104",
        ),
        (xls({"A": [["x"] * 255] * 3})[:2000], "a.xls", "A109"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), "a.xls", "A109"),
        (b"PK\x03\x04" + bytes(500), "a.ods", "A109"),
        (b"<html><table><tr><td>Zapasy</td></tr></table></html>", "a.xls", "A106"),
        (b"Pozycja\t2023\nZapasy\t5\n", "a.xls", "A106"),
        (b"", "a.ods", "A107"),
        (ods({}), "a.ods", "A107"),
        (b"", "a.xlsb", "A107"),
        (xlsb(TABLE, long_row(0, {0: 1}) + long_row(2**20 - 1, {2**14 - 1: 1})), "a.xlsb", "A104"),
        (far(), "a.xls", "A104"),
        (far(row=1), "a.xls", "A104"),
        (lost(), "a.xls", "A109"),
        (
            repeated(
                '<table:table-row><table:table-cell table:number-columns-repeated="19999"/>'
                f"{CELL}</table:table-row>"
            ),
            "a.ods", "A104",
        ),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(content: bytes, name: str, code: str, tmp_path: Path) -> None:
    found, place = refused(tmp_path, content, name)
    assert found == code
    assert place.startswith(name)


def test_other_firms_stand_in_such_a_workbook_too(tmp_path: Path) -> None:
    (tmp_path / "firms.ods").write_bytes(ods({"Firmy": [["Firma", "ROS"], ["Alfa", "4%"]]}))
    (tmp_path / "a.ods").write_bytes(ods(TABLE))
    accounts = read_accounts(tmp_path / "a.ods", CATALOGUE, peers=tmp_path / "firms.ods")
    assert [peer.firm for peer in accounts.peers] == ["Alfa"]
