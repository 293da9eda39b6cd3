"""Tables of CSV files and workbooks: headings, labels, sections, sheets, encodings."""

import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from diagnost.model.accounts import Origin
from diagnost.model.located import DiagnostError
from tests.unit.intake.intake_cases import kinds, read, values

POLISH_STATEMENT = """\
Firma;Żółta Łódź sp. z o.o.
Bilans na dzień 31.12.2023 r. (w tys. zł)
AKTYWA;31.12.2023;31.12.2022
A. Aktywa trwałe;1 000,5;900
II. Rzeczowe aktywa trwałe;800;700
1. Środki trwałe;750;700
B. Aktywa obrotowe;1 000;900
I. Zapasy;-;70
II. Należności krótkoterminowe;300;200
1. Należności od jednostek powiązanych;;
a) z tytułu dostaw i usług, w okresie spłaty:;100;50
3. Należności od pozostałych jednostek;;
a) z tytułu dostaw i usług, w okresie spłaty:;150;120
- do 12 miesięcy;150;120
Aktywa razem;2 000,5;1 800
PASYWA;31.12.2023;31.12.2022
A. Kapitał (fundusz) własny;500;450
VI. Zysk (strata) netto;51;13
B. Zobowiązania i rezerwy na zobowiązania;1 500,5;1 350
I. Rezerwy na zobowiązania;60;50
1. Rezerwa z tytułu odroczonego podatku dochodowego;10;9
2. Rezerwa na świadczenia emerytalne i podobne;50;41
- długoterminowa;20;15
- krótkoterminowa;30;26
II. Zobowiązania długoterminowe;400;300
a) kredyty i pożyczki;350;250
III. Zobowiązania krótkoterminowe;1 000;980
a) kredyty i pożyczki;200;180
d) z tytułu dostaw i usług, w okresie spłaty:;500;480
IV. Rozliczenia międzyokresowe;40,5;20
Pasywa razem;2 000,5;1 800
Rachunek zysków i strat
Wyszczególnienie;2023;2022
A. Przychody netto ze sprzedaży i zrównane z nimi, w tym:;5 100;4 100
I. Przychody netto ze sprzedaży produktów;3 000;2 500
II. Zmiana stanu produktów (zwiększenie – wartość dodatnia);100;0
IV. Przychody netto ze sprzedaży towarów i materiałów;2 000;1 600
B. Koszty działalności operacyjnej;4 900;4 000
I. Amortyzacja;90;80
G. Przychody finansowe;5;6
II. Odsetki, w tym:;4;5
H. Koszty finansowe;60;70
I. Odsetki, w tym:;55;65
I. Zysk (strata) brutto (F+G-H);62;16
J. Podatek dochodowy;12;3
L. Zysk (strata) netto (I-J-K);50;13
Rachunek przepływów pieniężnych
A. Przepływy środków pieniężnych z działalności operacyjnej;;
I. Zysk (strata) netto;50;13
1. Amortyzacja;90;80
3. Odsetki i udziały w zyskach;50;60
C. Przepływy środków pieniężnych z działalności finansowej;;
4. Spłaty kredytów i pożyczek;70;75
8. Odsetki;51;61
"""


def test_a_polish_statutory_statement(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.csv", POLISH_STATEMENT)
    found = values(accounts)
    assert accounts.company.name == "Żółta Łódź sp. z o.o."
    assert (accounts.unit, accounts.currency) == (1000, "PLN")
    assert [p.id for p in accounts.periods] == ["2022", "2023"]
    assert found["inventories"] == ["70", "0"]
    assert found["tangible_assets"] == ["700", "800"]
    assert found["trade_receivables"] == ["170", "250"]
    assert found["trade_payables"] == ["480", "500"]
    assert found["provisions_long_term"] == ["24", "30"]
    assert found["provisions_short_term"] == ["26", "30"]
    assert found["long_term_loans"] == ["250", "350"]
    assert found["short_term_loans"] == ["180", "200"]
    assert found["revenue"] == ["4100", "5000"]
    assert found["operating_costs"] == ["4000", "4800"]
    assert found["interest_expense"] == ["65", "55"]
    assert found["net_profit"] == ["13", "50"]
    assert found["loan_repayments"] == ["75", "70"]
    assert found["accruals_and_deferred_income"] == ["20", "40.5"]
    assert accounts.amounts["trade_receivables", "2023"].origin is Origin.DERIVED
    assert len(accounts.amounts["trade_receivables", "2023"].parts) == 2
    assert "row_outranked" in kinds(accounts)  # środki trwałe, beside rzeczowe aktywa trwałe
    assert "netted" in kinds(accounts)
    assert "year_assumed" not in kinds(accounts)  # the income statement says "2023"


CHINESE_STATEMENT = """\
资产负债表,,,,,
编制单位：某某公司,,2023年12月31日,,,单位：万元
资产,期末余额,年初余额,负债和所有者权益,期末余额,年初余额
流动资产：,,,流动负债：,,
货币资金,"1,234.50",900,短期借款,100,200
应收账款,300,250,应付账款,50,60
预付账款,7,8,,,
存 货,400,350,流动负债合计,300,400
流动资产合计,"2,000",1800,负债合计,900,"1,000"
资产总计,"3,000",2800,负债和所有者权益总计,"3,000",2800
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_chinese_statement_with_two_tables_side_by_side(tmp_path: Path, encoding: str) -> None:
    accounts = read(tmp_path, "a.csv", CHINESE_STATEMENT.encode(encoding))
    found = values(accounts)
    assert accounts.company.name == "某某公司"
    assert (accounts.unit, accounts.currency) == (10_000, "CNY")
    assert [p.id for p in accounts.periods] == ["2022", "2023"]
    assert found["cash"] == ["900", "1234.5"]
    assert found["short_term_loans"] == ["200", "100"]
    assert found["total_assets"] == ["2800", "3000"]
    assert "short_term_prepayments" not in found
    assert ("encoding" in kinds(accounts)) == (encoding == "gb18030")


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-16"])
def test_polish_encodings(tmp_path: Path, encoding: str) -> None:
    content = POLISH_STATEMENT.replace("–", "-").encode(encoding)
    accounts = read(tmp_path, "a.csv", content)
    assert accounts.company.name == "Żółta Łódź sp. z o.o."
    told = [note.figures["encoding"] for note in accounts.notes if note.kind == "encoding"]
    assert told == ([] if encoding == "utf-16" else [encoding])


def csv_values(tmp_path: Path, text: str, name: str = "a.csv") -> dict[str, list[str | None]]:
    return values(read(tmp_path, name, text))


def test_delimiters(tmp_path: Path) -> None:
    for name, text in [
        ("a.csv", "Item;2022;2023\nCash;1,5;2,5\n"),
        ("a.csv", 'Item,2022,2023\nCash,"1,5","2,5"\n'),
        ("a.tsv", "Item\t2022\t2023\nCash\t1,5\t2,5\n"),
        ("a.txt", "Item|2022|2023\nCash|1,5|2,5\n"),
        ("a.csv", "sep=;\nItem;2022;2023\nCash;1,5;2,5\n"),
        ("a.csv", "Item;2022;2023\r\nCash;1,5;2,5\r\n"),
        ("a.csv", "Item;2022;2023\rCash;1,5;2,5\r"),
    ]:
        assert csv_values(tmp_path, text, name) == {"cash": ["1.5", "2.5"]}, text


def test_places_count_quotes_and_lines_inside_fields(tmp_path: Path) -> None:
    text = 'Item,2022\n"two\nlines","1,5"\n"Cash, all","9"\n"Cash","1,250.5"\n'
    accounts = read(tmp_path, "a.csv", text)
    assert str(accounts.amounts["cash", "2022"].at) == "a.csv:5:8"


def test_periods_down_the_side(tmp_path: Path) -> None:
    text = "Rok;Zapasy;Aktywa obrotowe\n2023;5;10\n2022;4;9\n"
    assert csv_values(tmp_path, text) == {"current_assets": ["9", "10"], "inventories": ["4", "5"]}


def test_columns_with_other_names_keep_their_order(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.csv", "Pozycja;Rok B;Rok A\nZapasy;5;6\n")
    assert [p.id for p in accounts.periods] == ["Rok B", "Rok A"]
    assert values(accounts) == {"inventories": ["5", "6"]}


def test_amounts_that_look_like_years_are_no_heading(tmp_path: Path) -> None:
    text = "Pozycja;2022;2023\nZapasy;1999;2001\nInne rzeczy;2010;2011\nCash;5;6\n"
    assert csv_values(tmp_path, text) == {"inventories": ["1999", "2001"], "cash": ["5", "6"]}


def test_rows_and_columns_left_out_are_told(tmp_path: Path) -> None:
    text = "Pozycja;2022;2023;Zmiana\nZapasy;5;6;1\nZapasy części;2;3;1\nAAA;;;\nWięcej słów;x;y;\n"
    accounts = read(tmp_path, "a.csv", text)
    told = {n.kind: (str(n.at), n.figures["labels"]) for n in accounts.notes}
    assert told == {
        "column_ignored": ("a.csv:1:19", "Zmiana"),
        "row_ignored": ("a.csv:3:1", "Zapasy części"),
    }


def test_the_same_row_twice_with_the_same_amounts_is_told(tmp_path: Path) -> None:
    accounts = read(tmp_path, "a.csv", "Pozycja;2022\nZapasy;5\nB.I. Zapasy;5\n")
    (note,) = accounts.notes
    assert note.kind == "duplicate_row"
    assert note.figures == {
        "count": "1",
        "labels": "B.I. Zapasy",
        "items": "inventories",
        "kept": "Zapasy",
        "places": "a.csv:3:1",
    }
    assert values(accounts) == {"inventories": ["5"]}


def test_rows_left_out_are_told_in_one_note(tmp_path: Path) -> None:
    rows = "".join(f"Wiersz numer {n};{n}\n" for n in range(1000))
    accounts = read(tmp_path, "a.csv", f"Pozycja;2022\nZapasy;5\nZapasy obce;5\n{rows}")
    (note,) = accounts.notes
    assert note.kind == "row_ignored"
    assert note.figures["count"] == "1001"
    assert note.figures["labels"].startswith("Zapasy obce, Wiersz numer 0, ")
    assert "Zapasy" in note.figures["candidates"]
    assert str(note.at) == "a.csv:3:1"


def test_a_remark_is_not_read(tmp_path: Path) -> None:
    text = "# Pozycja;2020\nPozycja;2022;# objaśnienie 2023\nZapasy;5;# 7\n"
    assert csv_values(tmp_path, text) == {"inventories": ["5"]}


def test_the_convention_is_told(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, "a.csv", "Pozycja;2022\nZapasy;5,5\n")) == ["convention"]
    assert kinds(read(tmp_path, "a.csv", "Pozycja;2022\nZapasy;5.5\n")) == []
    accounts = read(tmp_path, "a.csv", "Pozycja;2022\nZapasy;5.500\n")
    assert [(n.kind, n.figures) for n in accounts.notes] == [
        ("convention_assumed", {"written": "5.500"})
    ]
    assert values(accounts) == {"inventories": ["5500"]}


def test_rows_not_recognised_help_to_find_the_convention(tmp_path: Path) -> None:
    text = "Pozycja;2022\nZapasy;5,500\nCokolwiek innego;7,5\n"
    assert csv_values(tmp_path, text) == {"inventories": ["5.5"]}


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_several_sheets_are_one_company(tmp_path: Path) -> None:
    content = workbook(
        {
            "Firma": [["Nazwa", "Acme"], ["Waluta", "zł"], ["Oprocentowanie kredytów?", "7%"]],
            "Uwagi": [["Tekst bez liczb"], ["i jeszcze jeden"]],
            "Bilans": [["Pozycja", 2022, 2023], ["Zapasy", 5, 6], ["Zysk netto", 1, 9]],
            "RZiS": [["", "31.12.2023", "31.12.2022"], ["Zysk netto", 2, 1], ["Zapasy", 6, 5]],
            "Answers": [["high_inflation", "no"], ["terms", 7]],
            "Records": [["rep", 2022], ["A", 5]],
        }
    )
    accounts = read(tmp_path, "a.xlsx", content)
    assert values(accounts) == {"inventories": ["5", "6"], "net_profit": ["1", "2"]}
    assert accounts.company.name == "Acme"
    assert accounts.currency == "PLN"
    assert {key: str(a.value) for key, a in accounts.context.items()} == {
        "loan_rate": "0.07",
        "high_inflation": "no",
        "terms": "7",
    }


def test_merged_cells_and_gaps_do_not_matter(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "Sprawozdanie (w mln EUR)"
    sheet.merge_cells("B2:E2")
    sheet["B5"], sheet["D5"], sheet["E5"] = "Pozycja", "2022 r.", "2023 r."
    sheet.merge_cells("B5:C5")
    sheet["B7"], sheet["D7"], sheet["E7"] = "Zapasy", "1 234,50", 7.1 + 0.2
    stream = io.BytesIO()
    book.save(stream)
    accounts = read(tmp_path, "a.xlsx", stream.getvalue())
    assert values(accounts) == {"inventories": ["1234.5", "7.3"]}
    assert (accounts.unit, accounts.currency) == (1_000_000, "EUR")
    assert str(accounts.amounts["inventories", "2023"].at) == "a.xlsx!Sheet!E7"


def test_sheets_in_different_units_are_refused(tmp_path: Path) -> None:
    content = workbook(
        {
            "Bilans": [["(w tys. zł)"], ["", 2022], ["Zapasy", 5]],
            "RZiS": [["(w zł)"], ["", 2022], ["Zysk netto", 5000]],
        }
    )
    with pytest.raises(DiagnostError, match="A144"):
        read(tmp_path, "a.xlsx", content)


WORDS = [
    "Zapasy",
    "Item",
    "2022",
    "2023",
    "31.12.2022",
    "1 234,5",
    "-",
    "x",
    "%",
    "",
    "Waluta",
    "5",
]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=6), max_size=8),
    st.sampled_from([";", ",", "\t"]),
)
def test_any_table_is_read_or_refused(tmp_path: Path, rows: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(row) for row in rows)
    try:
        read(tmp_path, "a.csv", text.encode("utf-8", "surrogatepass"))
    except DiagnostError as error:
        assert all(p.code.startswith("A1") and p.hint for p in error.problems)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.yaml", "a.xlsx", "a.txt"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes, name: str) -> None:
    try:
        read(tmp_path, name, content)
    except DiagnostError as error:
        assert all(p.code.startswith("A1") for p in error.problems)


@pytest.mark.parametrize("filler", [" ", "(", "1", "-", ".", "a ", "1.", "总", "，"])
def test_long_texts_take_no_time(tmp_path: Path, filler: str) -> None:
    long = "a" + filler * 40_000 + "b"
    text = f"Pozycja;2022;{long}\n{long};5;6\nZapasy;5;{long}\n{long};{long};2023\n"
    start = time.perf_counter()
    assert csv_values(tmp_path, text) == {"inventories": ["5"]}
    with pytest.raises(DiagnostError):
        read(tmp_path, "a.yaml", f"periods: ['{long}']\nlines: {{'{long}': ['{long}']}}\n")
    assert time.perf_counter() - start < 5
