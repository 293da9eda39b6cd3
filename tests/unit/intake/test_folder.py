"""A folder of tables as one case."""

from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.intake.form_folder import write_form_folder
from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
from diagnost.model.located import DiagnostError
from tests.unit.intake.record_cases import rows, sales, workbook

FLOOR = "sales.customers.order_floor"
TEAM: dict[str, str] = {
    "accounts.csv": "Unit;1000\nItem;2025\nRevenue;6000,5\n",
    "Odpowiedzi.csv": f"{FLOOR};15000\n",
    "firma.csv": "Nazwa;Północ\nWaluta;PLN\nStan na dzień;2025-12-31\n",
    "Handlowcy.csv": "Imię i nazwisko;Stanowisko\nAnna Nowak;kierownik\n",
    "01_orders-2024.csv": 'Order,Rep,Signed on,Amount\nA,anna nowak,2024-12-01,"1,200.50"\n',
    "orders 2025.csv": "Order,Rep,Signed on,Amount\nB,Anna Nowak,2025-02-01,900\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def team(tmp_path: Path, **more: str) -> Accounts:
    return read_accounts(write(tmp_path / "team", TEAM), sales())


def problems(tmp_path: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(DiagnostError) as caught:
        read_accounts(write(tmp_path / "team", files), sales())
    return [(str(problem), problem.hint) for problem in caught.value.problems]


def test_files_called_like_their_tables_are_one_case(tmp_path: Path) -> None:
    accounts = team(tmp_path)
    assert (accounts.file, accounts.company.name, accounts.currency) == ("team", "Północ", "PLN")
    assert str(accounts.as_of) == "2025-12-31"
    assert accounts.context[FLOOR].value == 15_000
    assert rows(accounts, "reps") == [{"rep": "Anna Nowak", "role": "manager"}]
    assert [row["order"] for row in rows(accounts, "orders")] == ["A", "B"]
    assert {row["rep"] for row in rows(accounts, "orders")} == {"Anna Nowak"}


def test_every_file_keeps_its_own_way_of_writing_numbers(tmp_path: Path) -> None:
    accounts = team(tmp_path)
    assert accounts.amounts["revenue", "2025"].value == Decimal("6000.5")
    assert accounts.records["orders"][0].values["amount"] == Decimal("1200.5")


def test_places_name_the_folder_and_the_file(tmp_path: Path) -> None:
    cell = team(tmp_path).records["orders"][1].cell("amount")
    assert cell is not None
    assert str(cell.at) == "team/orders 2025.csv:2:25"


def test_headings_tell_what_a_file_holds_whatever_its_name(tmp_path: Path) -> None:
    files = {"eksport.csv": "Rep,Month,Cash received\nAnna,2025-01,100\n"}
    accounts = read_accounts(write(tmp_path / "team", files), sales())
    assert rows(accounts, "results") == [{"rep": "Anna", "month": "2025-01-01", "receipts": "100"}]


def test_workbooks_stand_beside_text_files(tmp_path: Path) -> None:
    folder = write(tmp_path / "team", {"reps.csv": "Rep\nAnna\n"})
    (folder / "zamówienia.xlsx").write_bytes(
        workbook({"Arkusz1": [["Zestawienie (tys. zł)"], ["Handlowiec", "Kwota"], ["Anna", 2]]})
    )
    accounts = read_accounts(folder, sales())
    assert rows(accounts, "orders") == [{"rep": "Anna", "amount": "2000"}]


def test_a_unit_beside_records_is_that_of_their_file(tmp_path: Path) -> None:
    files = TEAM | {"wyniki miesięczne.csv": "Jednostka;tys. zł\nMiesiąc;Wpłaty\n2025-01;5\n"}
    accounts = read_accounts(write(tmp_path / "team", files), sales())
    assert accounts.unit == 1000
    assert accounts.records["results"][0].values["receipts"] == 5000
    assert accounts.records["orders"][1].values["amount"] == 900


def test_all_files_not_recognised_are_told_at_once(tmp_path: Path) -> None:
    files = TEAM | {
        "ordres.csv": "a;b\n1;2\n", "zzz.csv": "a;b\n1;2\n", "case.yaml": "unit: 1\n",
        "notes.txt": "x", "report.html": "x", ".hidden.csv": "x", "losses.numbers": "x",
    }  # fmt: skip
    (told, hint), *more = problems(tmp_path, files)
    assert not more
    assert told == (
        "team: A171 the folder has 4 files that are not recognised: "
        "case.yaml, losses.numbers, ordres.csv, zzz.csv"
    )
    assert "ordres.csv: Did you mean orders" in hint
    assert "Save old workbooks as .xlsx." in hint


@pytest.mark.parametrize("files", [{}, {"readme.md": "x"}])
def test_a_folder_without_tables_is_told(tmp_path: Path, files: dict[str, str]) -> None:
    ((told, hint),) = problems(tmp_path, files)
    assert told == "team: A170 this folder holds no tables that are known"
    assert hint.startswith("Known are: accounts, answers, company, reps, results, orders")


def test_problems_of_all_files_are_told_with_their_places(tmp_path: Path) -> None:
    files = TEAM | {"losses.csv": "Customer\nAcme\n", "activity.csv": "x;y\n1;2\n", "hires.csv": ""}
    assert [told for told, _ in problems(tmp_path, files)] == [
        "team/activity.csv: A202 activity has no row of headings",
        "team/hires.csv: A107 the file is empty",
        "team/losses.csv:1:1: A202 the table losses lacks the column lost_on",
    ]


def test_a_file_of_other_firms_is_known_by_its_name(tmp_path: Path) -> None:
    files = TEAM | {"peers.csv": "Firm;Kind;ROI\nX;competitor;5%\n"}
    accounts = read_accounts(write(tmp_path / "team", files), sales())
    assert [peer.firm for peer in accounts.peers] == ["X"]


def test_a_file_of_other_firms_may_be_named_in_the_accounts(tmp_path: Path) -> None:
    files = TEAM | {"rywale.csv": "Firm;Kind;ROI\nX;competitor;5%\n"}
    files["firma.csv"] += "Figures of other firms;rywale.csv\n"
    accounts = read_accounts(write(tmp_path / "team", files), sales())
    assert [peer.firm for peer in accounts.peers] == ["X"]


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_an_empty_form_in_a_folder_reads_back(tmp_path: Path, language: str) -> None:
    files = write_form_folder(sales(), language, "sales")
    folder = tmp_path / "team"
    folder.mkdir()
    mark = ";" if language == "pl" else ","
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(DiagnostError) as caught:
        read_accounts(folder, sales())
    assert [problem.code for problem in caught.value.problems] == ["A117"]
    reps = sales().tables["reps"]
    path = folder / f"{reps.names.in_language(language)}.csv"
    path.write_bytes(path.read_bytes() + f"Anna{mark}\n".encode())
    asks = sales().questions[FLOOR].asks.in_language(language)
    for each in folder.iterdir():
        text = each.read_text("utf-8-sig")
        if asks in text:
            lines = text.splitlines()
            at = next(i for i, line in enumerate(lines) if asks in line)
            asked, _, rest = lines[at].partition(asks)
            lines[at] = asked + asks + rest.replace(mark * 2, f"{mark}700{mark}", 1)
            each.write_text("\n".join(lines), "utf-8-sig")
    accounts = read_accounts(folder, sales())
    assert rows(accounts, "reps") == [{"rep": "Anna"}]
    assert accounts.context[FLOOR].value == 700


def test_the_form_of_the_accounts_is_a_file_in_the_folder(tmp_path: Path) -> None:
    (name,) = write_form_folder(sales(), "pl", "")
    assert name == "Sprawozdanie.csv"
