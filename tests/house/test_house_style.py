"""How documents are handed out: letterhead, length, sections, templates of a firm's own."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple

import docx
import pytest

from diagnost.cli.start import run as run_command
from diagnost.knowledge.files import content_root
from diagnost.report.document import Document, Letterhead
from diagnost.report.house.dressing import dressed
from diagnost.report.house.sections import OF_LENGTH, SECTIONS
from diagnost.report.house.style import LENGTHS, HouseStyle
from diagnost.report.house.writing import write_in_style
from diagnost.report.layout import width_of
from diagnost.report.render import render
from tests.shipped import EXAMPLES, LANGUAGES, MIXED, ROOT, SHOPS, TEAMS, case_of

EXAMPLE = str(ROOT / "examples" / "over-indebted-firm.yaml")
BRAND = """\
name: Nowak & Partners
logo: logo.svg
colours: {accent: "#1a4f8b"}
author: Anna Nowak
contact: [ul. Długa 1, Kraków]
disclaimer: {en: For the addressee alone.}
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def ran(*arguments: str) -> Ran:
        code = run_command(list(arguments), debug=True)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return ran


def written(example: str, language: str, style: HouseStyle) -> Document:
    case = case_of(example)
    return write_in_style(case, language, case.accounts.periods[-1].id, content_root(), style)


ALL = (*EXAMPLES, *TEAMS, *SHOPS)


@pytest.mark.parametrize(
    ("example", "language"),
    [*zip(ALL, cycle(LANGUAGES), strict=False), *product(MIXED, LANGUAGES)],
)
def test_a_brief_document_fits_a_page(example: str, language: str) -> None:
    style = HouseStyle(length="brief", day=date(2026, 3, 5))
    text = render(written(example, language, style), "text", content_root(), style=style)
    lines = text.splitlines()
    assert len(lines) <= 60
    assert max(map(width_of, lines)) <= 90  # a Chinese full stop may hang over the edge of 88
    assert not re.search(r"\[\d|［\d", text)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_a_letterhead_stands_in_every_form(
    form: str, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    (tmp_path / "brand.yaml").write_text(BRAND, encoding="utf-8")
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 2"/>'
    (tmp_path / "logo.svg").write_text(logo, encoding="utf-8")
    brand = str(tmp_path / "brand.yaml")
    ran = run("diagnose", EXAMPLE, "--brand", brand, "--date", "2026-03-05", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    amp = "&amp;" if form == "html" else "&"
    told = ["Nowak {} Partners", "Anna Nowak", "5 March 2026", "ul. Długa 1", "For the addressee"]
    assert [part for part in told if part.format(amp) not in ran.out] == []
    if form == "html":
        assert '<img src="data:image/svg+xml;base64,' in ran.out
        assert "--accent: #1a4f8b" in ran.out


def test_sections_are_named_for_every_field_that_a_page_shows() -> None:
    of_page = {field for fields in SECTIONS.values() for field in fields}
    head = {"language", "company", "subtitle", "reader", "period", "periods", "since", "words"}
    assert of_page | head | {"letterhead"} == set(Document._fields)
    assert {*OF_LENGTH} == {*LENGTHS}
    assert {section for names in OF_LENGTH.values() for section in names} == {*SECTIONS}


@lru_cache
def whole() -> Document:
    """Return a document with all that is written for any length."""
    return written("over-indebted-firm.yaml", "en", HouseStyle(sections=tuple(SECTIONS)))


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_document_may_have_one_section_alone(section: str, form: str) -> None:
    style = HouseStyle(sections=(section,))
    page = dressed(whole(), style)
    for other, fields in SECTIONS.items():
        if other != section:
            assert not any(getattr(page, field) for field in fields)
    text = render(page, form, content_root(), style=style)
    numbers = {"text": r"\[\d", "md": r"\[\d", "html": r"#note-"}
    assert section == "notes" or not re.search(numbers[form], text)
    parts = {"notes": 3, "areas": len(page.areas)}.get(section, 1)
    headings = {"text": r"^[A-Z][A-Z ,:’'-]+$", "md": r"^## ", "html": r"<h2"}
    assert len(re.findall(headings[form], text, re.MULTILINE)) <= parts


def test_a_full_document_has_every_derivation_step_and_cause() -> None:
    case = case_of("over-indebted-firm.yaml")
    page = written("over-indebted-firm.yaml", "en", HouseStyle(length="full"))
    steps = [a for a in case.diagnosis.advice if a.rank and a.period == page.period]
    assert len(page.advice) == len(steps)
    assert page.later == ()
    derived = [row.name for row in page.readings if row.derivation]
    assert [line.partition(": ")[0] for line in page.derivations] == derived
    assert page.causes
    assert render(page, "text", content_root()).count("because: ") >= len(page.causes)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--sections", "summary,verdict"), "Did you mean verdicts?"),
        (("--sections", "xyzzy"), "There are summary, verdicts"),
        (("--date", "5.3.2026"), "write it as 2026-03-31"),
    ],
)
def test_a_wrong_choice_is_told(
    arguments: tuple[str, ...], told: str, run: Callable[..., Ran]
) -> None:
    ran = run("diagnose", EXAMPLE, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_template_of_the_house_goes_before_the_shipped_one(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    parts = {
        "diagnosis.txt.j2": "{% include '_head.j2' %}\n{% include 'plan.txt.j2' %}",
        "_head.j2": "<{{ d.company }}> {{ w['heading.advice'] }}\n",
        "plan.txt.j2": "{{ d.advice | length }} steps\n{% include 'shipped/plan.txt.j2' %}",
    }
    for name, text in parts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run("diagnose", EXAMPLE, "--templates", str(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    head, count, first, *_ = ran.out.splitlines()
    assert head.endswith("> What to do")
    assert re.fullmatch(r"\d+ steps", count)
    assert first.startswith("1. ")


@pytest.mark.parametrize(
    ("name", "text", "code", "line", "hint"),
    [
        ("diagnosis.txt.j2", "a\n{{ d.sumary }}", "H120", 2, "docs/templates.md"),
        ("diagnosis.txt.j2", "a\n\n{% if d %}", "H120", 3, ""),
        ("diagnosis.txt.j2", "{% include 'own.j2' %}", "H120", 1, "docs/templates.md"),
        ("diagnosis.txt.j2", "{{ ''.__class__.__mro__ }}", "H120", 1, "nothing else"),
        ("plan.txt.j2", "\n{{ 1 / 0 }}", "H120", 2, ""),
        ("diagnosis.text.j2", "", "H122", 0, "diagnosis.txt.j2"),
    ],
)
def test_a_slip_in_a_template_is_told_with_its_line(
    name: str,
    text: str,
    code: str,
    line: int,
    hint: str,
    tmp_path: Path,
    run: Callable[..., Ran],
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran = run("diagnose", EXAMPLE, "--templates", str(tmp_path))
    place = f"{tmp_path / name}:{line}:1" if line else str(tmp_path / name)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"{place}: {code} ")
    assert hint in ran.err
    assert ran.err.endswith("the house style cannot be used\n")


def test_a_folder_of_templates_must_be_there(tmp_path: Path, run: Callable[..., Ran]) -> None:
    ran = run("diagnose", EXAMPLE, "--templates", str(tmp_path / "none"))
    assert (ran.code, ran.out) == (3, "")
    assert "H121" in ran.err


def test_the_manual_names_every_section() -> None:
    manual = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|(.+?)\|(.+?)\|(.+?)\|", manual, re.MULTILINE)
    told = {name: tuple("✓" in mark for mark in marks) for name, *marks in rows}
    assert told == {name: tuple(name in OF_LENGTH[n] for n in LENGTHS) for name in SECTIONS}


def test_the_manual_tells_what_a_template_can_use() -> None:
    manual = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`d\.(\w+)`", manual)) == set(Document._fields)
    letterhead = re.search(r"^\| `d.letterhead` \|.*$", manual, re.MULTILINE)
    assert letterhead is not None
    told = re.findall(r"`(\w+)`", letterhead[0])
    assert told == list(Letterhead._fields)


def test_a_word_document_bears_the_logo_and_the_colour_of_the_house(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    (tmp_path / "brand.yaml").write_text(BRAND, encoding="utf-8")
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 2"/>'
    (tmp_path / "logo.svg").write_text(logo, encoding="utf-8")
    brand, page = str(tmp_path / "brand.yaml"), tmp_path / "page.docx"
    ran = run("diagnose", EXAMPLE, "--brand", brand, "--length", "brief", "-o", str(page))
    assert (ran.code, ran.err) == (0, "")
    document = docx.Document(str(page))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Anna Nowak" in texts
    assert texts[-2:] == ["For the addressee alone.", "ul. Długa 1 · Kraków"]
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Nowak & Partners"
    assert (shape.height, round(shape.width / shape.height)) == (432_000, 3)
    heading = next(p for p in document.paragraphs if p.text == "What to do")
    assert heading.style is not None
    assert str(heading.style.font.color.rgb) == "1A4F8B"


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_sheets_about_people_bear_the_letterhead(
    form: str, tmp_path: Path, run: Callable[..., Ran]
) -> None:
    brand = tmp_path / "brand.yaml"
    brand.write_text("name: Nowak\ndisclaimer: Yours alone.\nauthor: Anna\n", encoding="utf-8")
    team = str(ROOT / "examples" / "sales" / "strict-hand.yaml")
    ran = run("diagnose", team, "--section", "reps", "--brand", str(brand), "--format", form)
    assert (ran.code, ran.err) == (0, "")
    people = ran.out.count("Yours alone.")
    assert people > 1
    assert len(re.findall(r"(?m)^(?:<p class=\"house\">)?Nowak", ran.out)) == people


def test_what_is_always_whole_says_so(tmp_path: Path, run: Callable[..., Ran]) -> None:
    ran = run("diagnose", EXAMPLE, "--length", "brief", "-o", str(tmp_path / "all.json"))
    assert ran.code == 0
    assert "JSON is always whole" in ran.err


def test_a_file_that_people_go_on_editing_is_not_overwritten_unasked(
    tmp_path: Path, run: Callable[..., Ran]
) -> None:
    edited = tmp_path / "edited.xlsx"
    edited.write_bytes(b"hers")
    refused = run("diagnose", EXAMPLE, "-o", str(edited))
    assert refused.code == 2
    assert "use --force" in refused.err
    assert edited.read_bytes() == b"hers"
    assert run("diagnose", EXAMPLE, "-o", str(edited), "--force").code == 0
    assert edited.read_bytes().startswith(b"PK")
