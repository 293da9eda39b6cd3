"""``-`` for a file: what is piped in is told apart by its beginning."""

import io
import sys
from pathlib import Path

import pytest

from diagnost.app.errors import UsageError
from diagnost.app.sources import as_file
from tests.spreadsheets import SHEETS
from tests.test_cli import ACCOUNTS, Run, home, run  # noqa: F401

TABLE = "Item;2022;2023\nCurrent assets;200;110\nCurrent liabilities;100;100\n"


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (TABLE.encode(), "", ".csv"),
        (TABLE.encode("utf-16"), "", ".csv"),
        (ACCOUNTS.encode(), "", ".yaml"),
        (b"# a remark\nunit: 1000\nlines: {}\n", "", ".yaml"),
        (b'{"periods": ["2023"], "lines": {"cash": [1]}}', "", ".yaml"),
        (b'{"periods": ["2023"], "lines": {"cash": [1]}}', "json", ".yaml"),
        (b'{"facts": {"us-gaap": {}}}', "", ".json"),
        (b'<?xml version="1.0"?><a/>', "", ".xml"),
        (SHEETS["auditor"].drawn(), "", ".xlsx"),
        (b"unit: 5\n", "csv", ".csv"),
        (b"Item;2023\n", "yaml", ".yaml"),
        (b"", "", ".csv"),
        (b'{"a":' * 100_000, "", ".yaml"),
    ],
)
def test_what_it_is(
    content: bytes, kind: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, content)
    with as_file(Path("-"), kind) as file:
        assert file.name == f"stdin{ending}"
        assert file.read_bytes() == content
    assert not file.exists()


def test_a_terminal_is_no_input_and_a_file_has_its_own_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipe(monkeypatch, b"")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    for path, kind in ((Path("-"), ""), (Path("a.csv"), "yaml")):
        with pytest.raises(UsageError), as_file(path, kind):
            pass


def test_commands_read_it(home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    (home / "stdin.csv").write_text(TABLE, encoding="utf-8")
    pipe(monkeypatch, TABLE.encode())
    piped = run("indicators", "-")
    assert piped.code == 0
    assert piped.out == run("indicators", "stdin.csv").out


def test_what_cannot_be_used_is_told_with_its_place(
    home: Path,  # noqa: F811
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipe(monkeypatch, TABLE.replace("110", "many").encode())
    ran = run("diagnose", "-")
    assert (ran.code, "stdin.csv:2:20: A120" in ran.err) == (3, True)
    pipe(monkeypatch, b"")
    ran = run("diagnose", "-")
    assert (ran.code, "A107" in ran.err) == (3, True)
    assert run("diagnose", "acme.yaml", "--as", "csv").code == 2
    assert run("diagnose", "-", "--as", "xml").code == 2


def test_two_tables_in_one_stream_work_as_in_a_file(
    home: Path,  # noqa: F811
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two = TABLE + ";;\nIncome statement;2022;2023\nRevenue;900;800\n"
    (home / "stdin.csv").write_text(two, encoding="utf-8")
    pipe(monkeypatch, two.encode())
    assert run("diagnose", "-").out == run("diagnose", "stdin.csv").out
