"""The diagnosis as a workbook: formulas that make the readings, texts that are no formulas."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from diagnost.knowledge.base import content_root
from diagnost.model.formula_tree import Call, Name, Node, Number, Operation, OverRecords
from diagnost.pipeline import Case
from diagnost.report.document import Document, Letterhead, ReadingRow
from diagnost.report.persons import write_with_persons
from diagnost.report.workbook.book import sheet_name
from diagnost.report.workbook.formulas import as_spreadsheet, letters
from diagnost.report.workbook.writer import as_workbook
from tests.shipped import LANGUAGES, ROOT, case_of
from tests.test_cli import fresh

FIRM, TEAM, BOTH = (
    "overstocked-manufacturer.yaml",
    "sales/strict-hand.yaml",
    "mixed/ebike-distributor.yaml",
)
_PARTS = re.compile(r"(?:'((?:[^']|'')+)'!)?\$?([A-Z]+)\$?(\d+)")


@lru_cache
def told(example: str, language: str = "en") -> tuple[Case, Document]:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    return case, write_with_persons(case, language, period, content_root())


@lru_cache
def workbook(example: str, language: str = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_workbook(*told(example, language))))


def computed(book: Workbook, sheet: str, cell: str) -> float:
    """Compute a cell as a spreadsheet program does, from nothing but constants and formulas."""
    value = book[sheet][cell].value
    if not isinstance(value, str):
        assert isinstance(value, int | float), (sheet, cell)
        return value
    assert value.startswith("="), (sheet, cell, value)

    def inner(part: re.Match[str]) -> str:
        there = (part[1] or sheet).replace("''", "'")
        return f"({computed(book, there, part[2] + part[3])!r})"

    text = _PARTS.sub(inner, value[1:])
    return float(eval(text, {"ABS": abs, "MIN": min, "MAX": max}))


def rows(book: Workbook, document: Document) -> dict[str, tuple[int, ReadingRow]]:
    sheet = book[sheet_name(document.words["heading.readings"])]
    found = {}
    for number, row in enumerate(document.readings, start=4):
        name = f"{row.name} ({row.symbol})" if row.symbol else row.name
        assert sheet.cell(number, 1).value == name
        found[row.id] = number, row
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", [FIRM, TEAM, BOTH])
def test_the_formulas_make_the_readings(example: str, language: str) -> None:
    case, document = told(example, language)
    book = workbook(example, language)
    sheet = sheet_name(document.words["heading.readings"])
    live = 0
    for id_, (row, _) in rows(book, document).items():
        for place, period in enumerate(document.periods):
            cell = f"{letters(1 + place)}{row}"
            reading = case.readings[id_, period]
            if reading.value is None:
                assert book[sheet][cell].value == "–"
                continue
            written = book[sheet][cell].value
            if reading.given is None:
                assert isinstance(written, str) and written.startswith("="), (id_, written)
                live += 1
            assert computed(book, sheet, cell) == pytest.approx(float(reading.value), rel=1e-9)
    assert live > 10


def test_figures_are_there_before_any_program_computes_them() -> None:
    case, document = told(BOTH)
    content = as_workbook(case, document)
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    sheet = sheet_name(document.words["heading.readings"])
    for id_, (row, _) in rows(workbook(BOTH), document).items():
        reading = case.readings[id_, document.period]
        value = shown[sheet].cell(row, 1 + len(document.periods)).value
        if reading.value is not None:
            assert value == pytest.approx(float(reading.value))


def test_a_changed_amount_moves_what_rests_on_it() -> None:
    case, document = told(FIRM)
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(case, document)))
    amounts, readings = (
        sheet_name(document.words[f"heading.{name}"]) for name in ("amounts", "readings")
    )
    names = [row.id for row in document.amounts]
    last = letters(len(document.periods))
    assets = f"{last}{4 + names.index('current_assets')}"
    ratio = rows(book, document)["finance.liquidity.current_ratio"][0]
    before = computed(book, readings, f"{last}{ratio}")
    book[amounts][assets] = 2 * book[amounts][assets].value
    assert computed(book, readings, f"{last}{ratio}") == pytest.approx(2 * before)


def test_derived_amounts_are_sums_and_differences() -> None:
    case, document = told(BOTH)
    book = workbook(BOTH)
    sheet = sheet_name(document.words["heading.amounts"])
    derived = 0
    for row, item in enumerate((row.id for row in document.amounts), start=4):
        for place, period in enumerate(document.periods):
            amount = case.accounts.amounts.get((item, period))
            if amount is None:
                continue
            cell = f"{letters(1 + place)}{row}"
            derived += str(book[sheet][cell].value).startswith("=")
            assert computed(book, sheet, cell) == pytest.approx(float(amount.value))
    assert derived


def test_texts_are_never_formulas() -> None:
    case, document = told(FIRM)
    risky = ("=1+1", "+1", "-1", "@SUM(A1)")
    area = document.areas[0]
    sentences = tuple(area.sentences[0]._replace(text=text) for text in risky)
    document = document._replace(
        company='=HYPERLINK("http://example.org")',
        areas=(area._replace(sentences=sentences), *document.areas[1:]),
    )
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(case, document)))
    found = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in (document.company, *risky):
                    found[cell.value] = cell
    assert set(found) == {document.company, *risky}
    for cell in found.values():
        assert cell.data_type == "s"
        assert cell.quotePrefix


def test_money_in_thousands_and_records_in_full_are_brought_together() -> None:
    case, _ = told(BOTH)
    assert case.accounts.unit == 1000
    _, document = told(BOTH)
    formulas = [
        cell.value
        for row in workbook(BOTH)[sheet_name(document.words["heading.readings"])].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert any("*1000" in text or "/1000" in text for text in formulas)


def test_every_finding_stands_beside_its_source() -> None:
    _, document = told(BOTH, "pl")
    sheet = workbook(BOTH, "pl")[sheet_name(document.words["workbook.findings"])]
    found = {row[2].value: str(row[4].value) for row in sheet.iter_rows(min_row=2)}
    for area in document.areas:
        for sentence in (*area.sentences, *area.why, *area.listed):
            for number in sentence.notes:
                assert document.notes[number - 1].rest in found[sentence.text]


def test_the_same_diagnosis_gives_the_same_bytes() -> None:
    assert as_workbook(*told(FIRM)) == as_workbook(*told(FIRM))


def test_the_ending_of_the_file_gives_the_form(tmp_path: Path) -> None:
    goal = tmp_path / "firm.xlsx"
    ended = fresh("diagnose", str(ROOT / "examples" / FIRM), "-o", str(goal))
    assert ended.returncode == 0
    assert openpyxl.load_workbook(goal).sheetnames[0] == "In short"


def test_a_given_reading_is_a_number() -> None:
    case, document = told("partial-ratios.yaml")
    given = [key for key, reading in case.readings.items() if reading.given is not None]
    book = workbook("partial-ratios.yaml")
    at = rows(book, document)
    shown = [key for key in given if key[0] in at and key[1] == document.period]
    assert shown
    for id_, period in shown:
        cell = book[sheet_name(document.words["heading.readings"])].cell(
            at[id_][0], 2 + document.periods.index(period)
        )
        assert isinstance(cell.value, int | float)
        assert cell.value == pytest.approx(float(case.readings[id_, period].value or 0))


# --- formulas as such -----------------------------------------------------------------------------


def _trees() -> st.SearchStrategy[Node]:
    numbers = st.integers(-20, 20).map(lambda n: Number(Decimal(n)))
    names = st.sampled_from(["a", "b"]).map(Name)
    leaves: st.SearchStrategy[Node] = numbers | names

    def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        pairs = st.tuples(st.sampled_from("+-*/"), inner, inner)
        calls = st.tuples(st.sampled_from(["min", "max"]), inner, inner)
        return (
            pairs.map(lambda p: Operation(*p))
            | calls.map(lambda c: Call(c[0], c[1:]))
            | inner.map(lambda one: Call("abs", (one,)))
        )

    return st.recursive(leaves, grown, max_leaves=8)


def _value(node: Node, names: dict[str, float]) -> float:
    operations: dict[str, Callable[[float, float], float]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "min": min,
        "max": max,
    }
    match node:
        case Number(value=value):
            return float(value)
        case Name(name=name):
            return names[name]
        case Operation(operator=operator, left=left, right=right):
            return operations[operator](_value(left, names), _value(right, names))
        case Call(function="abs", arguments=[one]):
            return abs(_value(one, names))
        case Call(function=function, arguments=[left, right]):
            return operations[function](_value(left, names), _value(right, names))
        case _:
            raise AssertionError(node)


@settings(max_examples=60, deadline=None)
@given(_trees())
def test_brackets_stand_where_a_spreadsheet_needs_them(tree: Node) -> None:
    names = {"a": 3.0, "b": -7.0}

    def refer(part: Name | OverRecords) -> str:
        assert isinstance(part, Name)
        return part.name

    text = as_spreadsheet(tree, refer)
    try:
        expected = _value(tree, names)
    except ZeroDivisionError:
        return
    calls = {"ABS": abs, "MIN": min, "MAX": max}
    assert eval(text, calls, names) == pytest.approx(expected)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (52, "BA")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert letters(column) == name


def test_names_of_sheets_are_allowed_ones() -> None:
    assert (
        sheet_name("Costs: [all] of a year / by month and person")
        == ("Costs   all  of a year   by mont")[:31]
    )


def test_a_figure_whose_cells_do_not_make_it_is_a_number() -> None:
    case, document = told(FIRM)
    less = {key: a for key, a in case.accounts.amounts.items() if key[0] != "current_assets"}
    torn = case._replace(accounts=replace(case.accounts, amounts=less))
    kept = tuple(row for row in document.amounts if row.id != "current_assets")
    content = as_workbook(torn, document._replace(amounts=kept))
    book = openpyxl.load_workbook(io.BytesIO(content))
    row = rows(book, document)["finance.liquidity.current_ratio"][0]
    sheet = sheet_name(document.words["heading.readings"])
    assert isinstance(book[sheet].cell(row, 2).value, int | float)


def test_a_workbook_bears_the_names_of_the_house_and_its_findings_can_be_filtered() -> None:
    case, document = told(FIRM)
    head = Letterhead("=Firm", "", b"", "Anna", "5 March", ("Street 1",), "Alone", "", "", "")
    made = as_workbook(case, document._replace(letterhead=head))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.properties.creator == "Anna"
    first, findings = book.worksheets[0], book.worksheets[1]
    shown = [cell.value for (cell, *_) in first.iter_rows()]
    assert shown[:2] == ["=Firm", "Anna · 5 March"]
    assert first["A1"].data_type == "s"
    assert shown[-2:] == ["Alone", "Street 1"]
    assert findings.auto_filter.ref == f"A1:E{findings.max_row}"
