"""Figures of other firms: rows of the accounts, keys of YAML, and a file of their own."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from diagnost.intake.form import write_form
from diagnost.intake.peers_file import with_peers
from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Accounts
from diagnost.model.located import DiagnostError, Problem
from tests.unit.intake.intake_cases import catalogue, read

ACCOUNTS = """
company: {name: Nasza sp. z o.o.}
periods: ["2022", "2023"]
lines: {cash: [1, 2]}
"""


def peers(accounts: Accounts) -> list[tuple[str, str, str, str, str]]:
    """Return group, firm, symbol, value and period of every figure."""
    return [
        (
            figure.group,
            figure.firm,
            catalogue().indicators[figure.indicator].symbol,
            f"{figure.value.normalize():f}",
            figure.period,
        )
        for figure in accounts.peers
    ]


def compared(tmp_path: Path, name: str, content: str | bytes) -> Accounts:
    own = read(tmp_path, "own.yaml", ACCOUNTS)
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return with_peers(own, path, catalogue())


def problem(tmp_path: Path, content: str, name: str = "p.csv") -> Problem:
    with pytest.raises(DiagnostError) as caught:
        compared(tmp_path, name, content)
    assert len(caught.value.problems) == 1, caught.value.problems
    return caught.value.problems[0]


UPRIGHT = """Firm,Kind,ROI,CRZ
Alfa,competitor,3%,40
Beta,similar,4.5%,
,sector average,4%,55
"""
EXPECTED = [
    ("competitors", "Alfa", "ROI", "0.03", ""),
    ("competitors", "Alfa", "CRZ", "40", ""),
    ("similar_firms", "Beta", "ROI", "0.045", ""),
    ("sector", "", "ROI", "0.04", ""),
    ("sector", "", "CRZ", "55", ""),
]


@pytest.mark.parametrize(
    "content",
    [
        UPRIGHT,
        "Firma;Rodzaj;Zwrot z inwestycji;Cykl rotacji zapasów\nAlfa;Konkurent;3,0%;40\n"
        "Beta;podobna;4,5%;b.d.\n;średnia w branży;4%;55\n",
        "企业,类别,投资回报率,存货周转天数\nAlfa,竞争对手,3%,40\nBeta,同类企业,4.5%,\n,行业平均,4%,55\n",
        "Firm,Kind,ROI (%),CRZ\nAlfa,competitor,3,40\nBeta,similar,4.5%,\n,average,4,55\n",
        "Other firms in 2023\n\n,Firm,Kind,ROI,CRZ\n,Alfa,competitor,3%,40\n,Beta,,4.5%,\n"
        ",Sector average,,4%,55\n",
    ],
    ids=["en", "pl", "zh", "percent in the heading", "title, kind by name"],
)
def test_firms_in_rows(tmp_path: Path, content: str) -> None:
    assert peers(compared(tmp_path, "p.csv", content)) == EXPECTED


def test_firms_in_columns(tmp_path: Path) -> None:
    content = ",Alfa,Beta,Average\nKind,competitor,similar,average\nROI,3%,4.5%,4%\nCRZ,40,,55\n"
    assert peers(compared(tmp_path, "p.csv", content)) == EXPECTED


def test_one_indicator_tells_the_direction_by_where_its_figures_stand(tmp_path: Path) -> None:
    down = compared(tmp_path, "a.csv", "Firm,ROI\nAlfa,3%\nBeta,4%\n")
    across = compared(tmp_path, "b.csv", "Firm,Alfa,Beta\nROI,3%,4%\n")
    assert peers(down) == peers(across)
    assert [firm for _, firm, *_ in peers(down)] == ["Alfa", "Beta"]


def test_percent_format_of_a_workbook_and_the_cell_as_place(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Firmy"
    for row in (["Firma", "ROI", "WPB"], ["Alfa", 0.031, 1.4]):
        sheet.append(row)
    sheet["B2"].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    accounts = compared(tmp_path, "p.xlsx", stream.getvalue())
    assert peers(accounts) == [
        ("similar_firms", "Alfa", "ROI", "0.031", ""),
        ("similar_firms", "Alfa", "WPB", "1.4", ""),
    ]
    assert [str(figure.at) for figure in accounts.peers] == ["p.xlsx!Firmy!B2", "p.xlsx!Firmy!C2"]


def test_years_are_periods_of_the_accounts_and_others_are_told(tmp_path: Path) -> None:
    accounts = compared(
        tmp_path, "p.csv", "Firm,Year,WPB\nAlfa,2022,1.1\nAlfa,31.12.2023,1.2\nAlfa,2019,1.3\n"
    )
    assert [(value, period) for *_, value, period in peers(accounts)] == [
        ("1.1", "2022"),
        ("1.2", "2023"),
    ]
    assert [(n.kind, n.figures["years"]) for n in accounts.notes if "years" in n.figures] == [
        ("peers_other_years", "2019")
    ]


def test_the_company_itself_and_columns_unknown_are_left_out_and_told(tmp_path: Path) -> None:
    accounts = compared(
        tmp_path, "p.csv", "Firm,Staff,WPB\nAlfa,12,1.1\nNasza Sp. z o.o.,30,9\n,40,1.2\n"
    )
    assert [(firm, value) for _, firm, _, value, _ in peers(accounts)] == [
        ("Alfa", "1.1"),
        ("(4)", "1.2"),
    ]
    told = {note.kind: note.figures.get("labels") for note in accounts.notes}
    assert told["peers_ignored"] == "Staff"
    assert told["peers_own_row"] == "Nasza Sp. z o.o."


@pytest.mark.parametrize(
    ("content", "code", "place", "hint"),
    [
        ("Firm,Sales\nAlfa,3\n", "A160", "p.csv", "columns"),
        ("Firm,ROI\nAlfa,\n", "A160", "p.csv", "columns"),
        ("Firm,Kind,ROI\nAlfa,rival,3%\n", "A161", "p.csv:2:6", "competitors"),
        ("Firm,Year,ROI\nAlfa,long ago,3%\n", "A162", "p.csv:2:6", "2023"),
        ("Firm,ROI\nAlfa,3\n", "A126", "p.csv:2:6", "3%"),
        ("Firm,WPB\nAlfa,3%\n", "A127", "p.csv:2:6", "without"),
        ("Firm,WPB,ROI\nAlfa,much,3%\n", "A120", "p.csv:2:6", "number"),
        ("Firm,Curent ratio,ROI\nAlfa,1,3%\n", "A131", "p.csv:1:6", "Current ratio"),
        ("Firm,ROI\nAlfa,3%\nAlfa,4%\n", "A132", "p.csv:3:6", "Keep"),
        ("", "A107", "p.csv", "form"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, content: str, code: str, place: str, hint: str
) -> None:
    found = problem(tmp_path, content)
    assert (found.code, str(found.at)) == (code, place)
    assert hint in found.hint


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    assert problem(tmp_path, "x", "p.yaml").code == "A105"


# --- in the accounts themselves -------------------------------------------------------------------


def test_yaml_gives_figures_of_groups_for_all_periods_or_by_period(tmp_path: Path) -> None:
    accounts = read(
        tmp_path,
        "own.yaml",
        ACCOUNTS
        + "context:\n  sector_average: {ROI: 4%, CRZ: [50, null]}\n  konkurenci: {WPB: 1.5}\n"
        + "  old_label: 60\n",
    )
    assert peers(accounts) == [
        ("sector", "", "ROI", "0.04", ""),
        ("sector", "", "CRZ", "50", "2022"),
        ("competitors", "", "WPB", "1.5", ""),
        ("sector", "", "CRZ", "60", ""),
    ]
    assert accounts.context == {}


def test_rows_of_a_table_and_before_it(tmp_path: Path) -> None:
    accounts = read(
        tmp_path,
        "own.csv",
        "Sector average: ROI,4%\nROI of similar firms,5%\nWPB – konkurenci,1.5\n"
        "行业平均：存货周转天数,50\n\nItem,2022,2023\nCash,1,2\nSector average: CRZ,60,70\n",
    )
    assert peers(accounts) == [
        ("sector", "", "ROI", "0.04", ""),
        ("competitors", "", "WPB", "1.5", ""),
        ("sector", "", "CRZ", "50", ""),
        ("sector", "", "CRZ", "60", "2022"),
        ("sector", "", "CRZ", "70", "2023"),
    ]


@pytest.mark.parametrize(
    ("context", "code", "place"),
    [
        ("{sector_average: {ROX: 4%}}", "A114", "own.yaml:5:28"),
        ("{sector_average: {ROI: 4}}", "A126", "own.yaml:5:33"),
        ("{sector_average: 4%}", "A111", "own.yaml:5:27"),
        ("{sector_average: {ROI: [4%]}}", "A112", "own.yaml:5:33"),
        ("{peers: none.csv}", "A100", "own.yaml:5:18"),
    ],
)
def test_bad_keys_of_other_firms(tmp_path: Path, context: str, code: str, place: str) -> None:
    with pytest.raises(DiagnostError) as caught:
        read(tmp_path, "own.yaml", f"{ACCOUNTS}context: {context}\n")
    assert [(p.code, str(p.at)) for p in caught.value.problems] == [(code, place)]


def test_the_accounts_name_the_file_from_their_own_folder(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "p.csv").write_text(UPRIGHT, encoding="utf-8")
    named = f"{ACCOUNTS}context: {{peers: more/p.csv}}\n"
    assert peers(read(tmp_path, "own.yaml", named)) == EXPECTED
    table = "Peers file,more/p.csv\nItem,2023\nCash,1\n"
    assert peers(read(tmp_path, "own.csv", table)) == EXPECTED


def test_a_file_named_on_the_command_line_takes_the_place_of_that(tmp_path: Path) -> None:
    own, other = tmp_path / "own.yaml", tmp_path / "other.csv"
    own.write_text(f"{ACCOUNTS}context: {{peers: none.csv}}\n", encoding="utf-8")
    other.write_text(UPRIGHT, encoding="utf-8")
    assert peers(read_accounts(own, catalogue(), peers=other)) == EXPECTED


def test_accounts_and_file_may_not_contradict_each_other(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(UPRIGHT, encoding="utf-8")
    with pytest.raises(DiagnostError, match="A132"):
        read(
            tmp_path,
            "own.yaml",
            f"{ACCOUNTS}context: {{peers: p.csv, sector_average: {{ROI: 5%}}}}\n",
        )


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_forms_ask_for_the_sector_and_read_back(tmp_path: Path, language: str) -> None:
    text = write_form("csv", catalogue(), language, 2023).decode("utf-8-sig")
    mark = ";" if language == "pl" else ","
    filled = []
    for line in text.splitlines():
        label, *rest = line.split(mark)
        if label.endswith("ROI"):
            rest[0] = "4%"
        elif label == catalogue().line_items["inventories"].names.in_language(language):
            rest[0] = "5"
        filled.append(mark.join((label, *rest)))
    accounts = read(tmp_path, f"{language}.csv", "\n".join(filled))
    assert peers(accounts) == [("sector", "", "ROI", "0.04", "")]
