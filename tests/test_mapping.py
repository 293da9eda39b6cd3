"""A mapping of a spreadsheet: written, corrected once, used again for the next year."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.app.mapping import MappingRequest, mapping_of
from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
from diagnost.model.located import DiagnostError
from tests import shipped
from tests.spreadsheets import SHEETS
from tests.test_cli import Run, home, run  # noqa: F401

CATALOGUE = shipped.base().catalogue


def read(path: Path, mapping: Path | None = None) -> Accounts:
    return read_accounts(path, CATALOGUE, mapping=mapping)


def values(accounts: Accounts) -> dict[tuple[str, str], Decimal]:
    return {key: amount.value for key, amount in accounts.amounts.items()}


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SHEETS)
def test_a_mapping_as_it_was_written_changes_nothing(name: str, tmp_path: Path) -> None:
    sheet = SHEETS[name]
    path = tmp_path / sheet.file
    path.write_bytes(sheet.drawn())
    mapping = written(tmp_path, mapping_of(MappingRequest(file=path)), "map.yaml")
    with_mapping, without = read(path, mapping), read(path)
    assert with_mapping.amounts == without.amounts
    assert with_mapping.periods == without.periods
    assert with_mapping.notes == without.notes


def test_rows_to_be_settled_stand_in_the_mapping_with_what_they_may_be(tmp_path: Path) -> None:
    table = written(tmp_path, "Pozycja;2022\nKredyty;3\nKapital wlasnyy;5\nProdukty w toku;1\n")
    text = mapping_of(MappingRequest(file=table))
    assert '{label: "Kredyty", item: undecided}  # one of: long_term_loans (' in text
    assert '{label: "Kapital wlasnyy", item: undecided}  # nearest: equity (' in text
    assert '{label: "Produkty w toku", item: none}' in text
    with pytest.raises(DiagnostError) as caught:
        read(table, written(tmp_path, text, "map.yaml"))
    assert [problem.code for problem in caught.value.problems] == ["A130", "A131"]


def test_what_is_settled_goes_before_labels(tmp_path: Path) -> None:
    table = written(tmp_path, "Pozycja;2022;2023\nKredyty;3;4\nZapasy;5;6\nTowary w drodze;1;2\n")
    rows = (
        ("Kredyty", "short_term_loans", "whole"),
        ("Zapasy", "inventories", "part"),
        ("Towary w drodze", "inventories", "part"),
    )
    listed = "".join(f"  - {{label: {a}, item: {b}, how: {c}}}\n" for a, b, c in rows)
    mapping = written(tmp_path, f'sheets:\n- sheet: ""\n  rows:\n{listed}', "map.yaml")
    assert values(read(table, mapping)) == {
        ("inventories", "2022"): 6,
        ("inventories", "2023"): 8,
        ("short_term_loans", "2022"): 3,
        ("short_term_loans", "2023"): 4,
    }


def test_columns_and_the_unit_can_be_settled(tmp_path: Path) -> None:
    table = written(tmp_path, "Pozycja;Prognoza;Rok C;2022\nZapasy;9;6;5\n")
    mapping = written(
        tmp_path,
        'unit: 1000\nsheets:\n- sheet: ""\n  columns:\n  - {heading: Rok C, period: 2023}\n'
        '  - {heading: "2022", period: none}\n',
        "map.yaml",
    )
    accounts = read(table, mapping)
    assert values(accounts) == {("inventories", "2023"): 6}
    assert accounts.unit == 1000


def test_sheets_are_known_next_year_and_rows_that_are_gone_are_told(tmp_path: Path) -> None:
    table = written(tmp_path, "Pozycja;2023\nTowary w drodze;1\nZapasy;5\n")
    mapping = written(
        tmp_path,
        'sheets:\n- sheet: ""\n  rows:\n  - {label: Towary w drodze, item: cash}\n'
        "  - {label: Weksle, item: short_term_securities}\n"
        "  - {label: Inne, item: none}\n- sheet: Bilans 2022\n",
        "map.yaml",
    )
    accounts = read(table, mapping)
    told = next(note for note in accounts.notes if note.kind == "mapping_unused")
    assert told.figures["labels"] == "Weksle, Bilans 2022"
    assert values(accounts)["cash", "2023"] == 1


def test_labels_that_stand_twice_are_settled_in_their_order(tmp_path: Path) -> None:
    table = written(tmp_path, "Item;2023\nDue to A;1\nDue to A;2\n")
    mapping = written(
        tmp_path,
        'sheets:\n- sheet: ""\n  rows:\n  - {label: Due to A, item: long_term_loans}\n'
        "  - {label: Due to A, item: short_term_loans}\n",
        "map.yaml",
    )
    assert values(read(table, mapping)) == {
        ("long_term_loans", "2023"): 1,
        ("short_term_loans", "2023"): 2,
    }


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("lines: {cash: [1]}\n", "A111", "map.yaml:1:1", "diagnost map"),
        ("sheets: 5\n", "A111", "map.yaml:1:9", "- "),
        ("sheets: [5]\n", "A111", "map.yaml:1:10", "sheet"),
        ("sheet: []\nsheets: []\n", "A110", "map.yaml:1:1", "sheets"),
        ("sheets:\n- {sheet: A, use: maybe}\n", "A190", "map.yaml:2:19", "yes, no"),
        ("sheets:\n- {rows: [{label: A, item: csh}]}\n", "A113", "map.yaml:2:28", "cash"),
        ("sheets:\n- {rows: [{label: A}]}\n", "A111", "map.yaml:2:11", "missing"),
        (
            "sheets:\n- {rows: [{label: A, item: cash, how: twice}]}\n",
            "A190", "map.yaml:2:39", "part",
        ),
        (
            "sheets:\n- {columns: [{heading: A, period: soon}]}\n",
            "A190", "map.yaml:2:35", "2023",
        ),
        ("sheets: [\n", "A101", "map.yaml:2:1", "brackets"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used(
    tmp_path: Path, text: str, code: str, place: str, hint: str
) -> None:
    table = written(tmp_path, "Pozycja;2023\nZapasy;5\n")
    with pytest.raises(DiagnostError) as caught:
        read(table, written(tmp_path, text, "map.yaml"))
    problem = caught.value.problems[0]
    assert (problem.code, str(problem.at)) == (code, place)
    assert hint in problem.hint


def test_the_command_writes_json_and_refuses_what_is_no_spreadsheet(
    home: Path,  # noqa: F811
    run: Run,  # noqa: F811
) -> None:
    (home / "a.csv").write_text("Item,2022,2023\nCash,1,2\nCurrent assets,3,4\n", encoding="utf-8")
    found = json.loads(run("map", "a.csv", "--format", "json").out)
    assert found["sheets"][0]["columns"][0]["period"] == "2022"
    assert found["sheets"][0]["rows"][-1]["item"] == "current_assets"
    ran = run("map", "acme.yaml")
    assert (ran.code, "A191" in ran.err) == (3, True)
    assert run("map", "none.csv").code == 3
    assert run("map").code == 2


def test_every_command_that_reads_accounts_takes_a_mapping(
    home: Path,  # noqa: F811
    run: Run,  # noqa: F811
) -> None:
    (home / "a.csv").write_text("Item,2022,2023\nMoves,300,400\nDebts,100,100\n", encoding="utf-8")
    (home / "m.yaml").write_text(
        'sheets:\n- sheet: ""\n  rows:\n  - {label: Moves, item: current_assets}\n'
        "  - {label: Debts, item: current_liabilities}\n",
        encoding="utf-8",
    )
    for command in (("diagnose",), ("indicators",), ("missing",)):
        assert run(*command, "a.csv").code == 3
        assert run(*command, "a.csv", "--map", "m.yaml").code == 0
    before = (home / "m.yaml").read_bytes()
    assert run("diagnose", "a.csv", "--map", "m.yaml", "-o", "m.yaml").code == 2
    assert (home / "m.yaml").read_bytes() == before
    assert run("diagnose", "acme.yaml", "--map", "m.yaml").code == 3
