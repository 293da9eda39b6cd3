"""Answers and records of a sales force through the whole way, without any statements."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from diagnost.app.cases import CaseRequest, case_of
from diagnost.knowledge.files import content_root
from diagnost.report.appendix import table_name
from diagnost.report.figures import Figures
from diagnost.report.words import words_of

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


def with_unit(unit: int, paid: int = 1) -> str:
    """Return a case with a revenue of six million; orders are multiplied by ``paid``."""
    row = "    - {{order: O{0}, signed_on: 2025-{0:02}-10, amount: {1}}}\n"
    orders = "".join(row.format(month, month * 62_000 * paid) for month in range(1, 13))
    return (
        f"currency: PLN\nunit: {unit}\nperiods: ['2025']\n"
        f"lines: {{revenue: [{6_000_000 // unit}], net_profit: [{180_000 // unit}]}}\n"
        f"answers: {{sales.customers.order_floor: 200000}}\nrecords:\n  orders:\n{orders}"
    )


@pytest.mark.parametrize("unit", [1, 1000, 10_000])
def test_the_unit_of_the_statements_does_not_touch_records(tmp_path: Path, unit: int) -> None:
    (tmp_path / "a.yaml").write_text(with_unit(unit), encoding="utf-8")
    code, out, err = diagnose(tmp_path, "a.yaml", "--format", "json")
    assert (code, err) == (0, "")
    found = {each["symbol"]: each["value"] for each in json.loads(out)["indicators"]}
    assert found["average_order_value"] == 403_000
    assert found["small_order_share_count"] == 0.25
    assert found["ROS"] == 0.03


@pytest.mark.parametrize(
    ("unit", "paid", "told"),
    [(1, 1, False), (1000, 1, False), (1, 1000, True), (1000, 10_000, True)],
)
@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_records_in_another_unit_than_revenue_are_told(
    tmp_path: Path, unit: int, paid: int, told: bool, language: str
) -> None:
    (tmp_path / "a.yaml").write_text(with_unit(unit, paid), encoding="utf-8")
    code, out, err = diagnose(tmp_path, "a.yaml", "--format", "json", "--lang", language)
    assert (code, err) == (0, "")
    found = [each["id"] for each in json.loads(out)["data_checks"]]
    assert ("sales.data.unit_of_records.another_unit" in found) is told


@pytest.mark.parametrize("unit", [1, 1000])
def test_amounts_of_records_are_written_in_full_beside_thousands(tmp_path: Path, unit: int) -> None:
    (tmp_path / "a.yaml").write_text(with_unit(unit, 1000), encoding="utf-8")
    out = " ".join(diagnose(tmp_path, "a.yaml")[1].split())
    assert "twelve months come to PLN 4.84 billion, revenue to PLN 6 million" in out


@pytest.mark.parametrize(
    ("unit", "name"), [(1, "Average order value"), (1000, "Average order value, PLN")]
)
def test_a_table_names_the_currency_where_the_rest_is_in_thousands(
    tmp_path: Path, unit: int, name: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(with_unit(unit), encoding="utf-8")
    case = case_of(CaseRequest(file=path))
    figures = Figures(case, "en", words_of("en", content_root()))
    indicator = case.base.catalogue.indicator("average_order_value")
    assert indicator is not None
    assert table_name(indicator, figures) == name


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "diagnost", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_form_may_be_a_folder_which_every_command_reads(tmp_path: Path) -> None:
    for side in ("finance", "sales"):
        done = run(tmp_path, "template", "team/", "--for", side, "--lang", "pl")
        assert done == (0, "", "")
    code, _, err = run(tmp_path, "template", "team", "--for", "sales", "--lang", "pl")
    assert code == 2
    assert "is there already: use --force" in err
    people = tmp_path / "team" / "Handlowcy.csv"
    with people.open("a", encoding="utf-8") as file:
        file.write("Anna;kierownik\nJan;handlowiec\n")
    for where, *command in (
        (tmp_path, "diagnose", "team/"),
        (tmp_path, "indicators", "team"),
        (tmp_path / "team", "diagnose", "."),
    ):
        code, out, err = run(where, *command)
        assert (code, err) == (0, "")
        assert out
    code, _, err = run(tmp_path, "diagnose", "team", "-o", f"team/{people.name}", "--format", "md")
    assert code == 2
    assert "that would overwrite the accounts" in err


def test_faults_in_a_folder_are_shown_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "results.csv").write_text("Rep;Month\nJan;2026-19\n", "utf-8")
    code, out, err = run(tmp_path, "diagnose", "team")
    assert (code, out) == (3, "")
    assert "team/results.csv:2:5: A203 row 1 of results, column month: '2026-19'" in err
    assert "    Jan;2026-19\n        ^^^^^^^\n" in err


@pytest.mark.parametrize("unit", [1, 1000])
def test_calculators_draw_amounts_in_full_whatever_the_unit(tmp_path: Path, unit: int) -> None:
    (tmp_path / "a.yaml").write_text(with_unit(unit), encoding="utf-8")
    code, out, err = run(tmp_path, "plan", "profit-share", "--from", "a.yaml")
    assert (code, err) == (0, "")
    assert "Own sales                                              6,000,000" in out
    assert "Amounts are in PLN." in out
