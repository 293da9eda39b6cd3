"""Answers and records of a sales force through the whole way, without any statements."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEAM = """Nazwa firmy;Północ
Waluta;PLN
Stan na dzień;2026-10-31
Czy te cele są rozbite na tygodnie i dni?;2

Handlowcy
Imię i nazwisko;Stanowisko;Data zatrudnienia
Anna Nowak;kierownik;2021-02-01
Jan Lis;handlowiec;12.05.2025

Wyniki miesięczne
Handlowiec;Miesiąc;Cel;Wpłaty
Jan Lis;2026-09;60 000;48 500,50
Jan Lis;2026-10;60 000;51 000,00
"""


def diagnose(folder: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "diagnost", "diagnose", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("engine", ["builtin", "auto"])
def test_a_sales_force_alone_is_a_case(tmp_path: Path, engine: str) -> None:
    (tmp_path / "team.csv").write_text(TEAM, encoding="utf-8")
    code, out, err = diagnose(tmp_path, "team.csv", "--format", "json", "--engine", engine)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["company"]["name"] == "Północ"
    assert found["periods"] == ["2026-10"]


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_a_sales_force_alone_has_a_document(tmp_path: Path, language: str) -> None:
    (tmp_path / "team.csv").write_text(TEAM, encoding="utf-8")
    code, out, err = diagnose(tmp_path, "team.csv", "--lang", language)
    assert (code, err) == (0, "")
    assert "2026" in out


def test_wrong_records_end_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "team.csv").write_text(TEAM.replace("Jan Lis;2026-09", "Jan Lys;2026-19"), "utf-8")
    code, out, err = diagnose(tmp_path, "team.csv")
    assert (code, out) == (3, "")
    assert "team.csv:13:1: A210 row 1 of results, column rep: 'Jan Lys' is not in reps" in err
    assert "team.csv:13:9: A203 row 1 of results, column month: '2026-19' is not a month" in err
    assert "Jan Lys;2026-19;60 000" in err  # the line, with a caret under the place
