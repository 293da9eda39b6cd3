"""The diagnosis as a Word document: what Word finds in the file, and templates of a firm's own."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.text.paragraph import Paragraph

from diagnost.knowledge.base import content_root
from diagnost.model.located import DiagnostError
from diagnost.report.charts import charts
from diagnost.report.document import Document, Letterhead
from diagnost.report.figures import Figures
from diagnost.report.persons import write_with_persons
from diagnost.report.typography import typeset
from diagnost.report.word.elements import element
from diagnost.report.word.writer import as_docx
from tests.shipped import LANGUAGES, ROOT, case_of
from tests.test_cli import fresh

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHIPPED = content_root() / "templates" / "diagnosis.docx"
FIRM, TEAM, BOTH = "negative-equity.yaml", "sales/strict-hand.yaml", "mixed/ebike-distributor.yaml"


def document(example: str = FIRM, language: str = "en") -> Document:
    case = case_of(example)
    told = write_with_persons(case, language, case.accounts.periods[-1].id, content_root())
    return typeset(told, language)


def written(told: Document, template: Path = SHIPPED) -> bytes:
    return as_docx(told, template, SHIPPED)


def part(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


def styled(content: bytes, style: str) -> list[str]:
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    return [p.text for p in paragraphs if p.style is not None and p.style.name == style]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", [FIRM, TEAM, BOTH])
def test_every_note_stands_where_the_document_has_it(example: str, language: str) -> None:
    told = document(example, language)
    content = written(told)
    body, notes = part(content, "word/document.xml"), part(content, "word/endnotes.xml")

    marks = [mark.get(f"{W}id") for mark in body.iter(f"{W}endnoteReference")]
    texts = {note.get(f"{W}id"): "".join(note.itertext()) for note in notes}
    assert marks == [str(note.number) for note in told.notes]
    for note in told.notes:
        assert note.rest in texts[str(note.number)]
    bookmarks = [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]
    assert len(set(bookmarks)) == len(bookmarks)
    links = [
        link.get(f"{W}anchor") for tree in (body, notes) for link in tree.iter(f"{W}hyperlink")
    ]
    assert links
    assert set(links) <= set(bookmarks)
    referred = [i.text or "" for i in body.iter(f"{W}instrText") if "NOTEREF" in (i.text or "")]
    assert {instruction.split()[1] for instruction in referred} <= set(bookmarks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_stand_in_the_contents_and_the_sentences_in_the_text(language: str) -> None:
    told = document(BOTH, language)
    content = written(told)

    heads = styled(content, "Heading 1")
    for area in told.areas:
        judged = f"{told.words['list.colon']}{area.verdict.text}" if area.verdict else ""
        assert area.name + judged in heads
    contents = [line.text for line in _contents_lines(content)]
    assert contents == heads
    assert styled(content, "Title") == [told.company]
    text = "".join(docx.Document(io.BytesIO(content)).element.itertext())
    for area in told.areas:
        for sentence in area.sentences + area.why:
            assert sentence.text.rstrip(".。") in text
    for row in told.advice:
        assert row.first in text


def _contents_lines(content: bytes) -> list[Paragraph]:
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    return [p for p in paragraphs if p.style is not None and (p.style.name or "").startswith("toc")]


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("pl", "pl-PL"), ("zh", "zh-CN")])
def test_spelling_is_checked_in_the_language_of_the_diagnosis(language: str, tag: str) -> None:
    content = written(document(language=language))
    defaults = next(part(content, "word/styles.xml").iter(f"{W}lang"))
    assert defaults.get(f"{W}eastAsia" if language == "zh" else f"{W}val") == tag
    assert docx.Document(io.BytesIO(content)).core_properties.language == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_chinese_is_not_slanted(language: str) -> None:
    styles = part(written(document(language=language)), "word/styles.xml")
    slanted = [mark for mark in styles.iter(f"{W}i") if mark.get(f"{W}val") != "0"]
    assert bool(slanted) == (language != "zh")


def test_no_row_of_a_table_is_torn_and_heads_stand_on_every_page() -> None:
    told = document(BOTH)
    tables = docx.Document(io.BytesIO(written(told))).tables
    assert [row.text for row in tables[0].rows[0].cells] == [
        told.words["column.area"],
        *told.periods,
        told.words["column.because"],
    ]
    width = 11906 - 2 * 1134
    for table in tables:
        rows = table._tbl.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        grid = [int(c.get(f"{W}w")) for c in table._tbl.iter(f"{W}gridCol")]
        assert width - 20 <= sum(grid) <= width


def test_the_same_diagnosis_gives_the_same_bytes() -> None:
    told = document()
    assert written(told) == written(told)


def test_a_chart_stands_behind_its_area_with_words_for_who_cannot_see_it() -> None:
    case, told = case_of(FIRM), document()
    drawn = charts(case, Figures(case, "en", told.words), told.period, told.notes)
    assert drawn
    content = written(told._replace(charts=drawn))

    body = part(content, "word/document.xml")
    described = [e.get("descr") for e in body.iter() if e.tag.endswith("}docPr")]
    assert sorted(map(str, described)) == sorted(chart.alternative for chart in drawn)
    captions = styled(content, "Caption")
    assert len(captions) == len(drawn)
    assert {mark.get(f"{W}id") for mark in body.iter(f"{W}endnoteReference")} == {
        str(note.number) for note in told.notes
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pictures = [archive.read(n) for n in archive.namelist() if n.startswith("word/media/")]
    assert pictures
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    lines = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]
    for area in told.areas:
        judged = f": {area.verdict.text}" if area.verdict else ""
        head = max(n for n, line in enumerate(lines) if line == area.name + judged)
        for chart in drawn:
            if chart.area == area.id:
                caption = next(n for n, line in enumerate(lines) if line.startswith(chart.title))
                between = set(lines[head + 1 : caption]) & set(styled(content, "Heading 1"))
                assert head < caption
                assert not between


def test_the_heading_of_notes_goes_with_them() -> None:
    told = document(language="pl")
    content = written(told)
    first = part(content, "word/endnotes.xml")[0]
    assert first.get(f"{W}type") == "separator"
    assert "".join(first.itertext()) == told.words["heading.notes"]
    assert told.words["heading.notes"] not in styled(content, "Heading 2")


def test_author_and_a_page_of_its_own_for_a_brief_document() -> None:
    head = Letterhead("Firm", "", b"", "Anna", "", (), "Yours alone", "", "", "")
    told = document()._replace(letterhead=head, areas=(), first_steps=("Sell the stock.",))
    whole, brief = (docx.Document(io.BytesIO(written(d))) for d in (document(), told))
    assert brief.core_properties.author == "Anna"
    margins = [each.sections[0].top_margin or 0 for each in (whole, brief)]
    assert 0 < margins[1] < margins[0]


def test_notes_without_their_sentences_are_numbered_paragraphs() -> None:
    case, told = case_of(FIRM), document()
    drawn = charts(case, Figures(case, "en", told.words), told.period, told.notes)
    content = written(told._replace(charts=drawn, summary=(), areas=(), advice=(), data=()))

    body = part(content, "word/document.xml")
    marked = {mark.get(f"{W}id") for mark in body.iter(f"{W}endnoteReference")}
    bookmarks = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    referred = {str(i.text).split()[1] for i in body.iter(f"{W}instrText") if "REF" in str(i.text)}
    assert {name for name in referred if name.startswith("_note")} <= bookmarks
    small = styled(content, "Small Text")
    for note in told.notes:
        as_paragraph = any(line.startswith(f"{note.number}. ") for line in small)
        assert as_paragraph == (str(note.number) not in marked)


def test_the_shipped_template_comes_from_its_script(tmp_path: Path) -> None:
    made = tmp_path / "made.docx"
    script = ROOT / "tools" / "word_template.py"
    subprocess.run([sys.executable, str(script), str(made)], check=True)
    assert made.read_bytes() == SHIPPED.read_bytes()


# --- templates of a firm's own --------------------------------------------------------------------


def test_letterhead_and_styles_are_those_of_the_template(tmp_path: Path) -> None:
    house = docx.Document(str(SHIPPED))
    house.styles["Heading 1"].font.name = "Garamond"
    house.sections[0].header.paragraphs[0].add_run(" · Advisers & Partners")
    house.add_paragraph("Confidential")
    house.add_paragraph("{{ diagnosis }}")
    place = house.add_paragraph("A place of their own")
    place._p.insert(0, element("w:bookmarkStart", id="7", name="terms"))
    place._p.append(element("w:bookmarkEnd", id="7"))
    house.add_paragraph("Our terms apply.")
    template = tmp_path / "house.docx"
    house.save(str(template))

    told = document()
    made = docx.Document(io.BytesIO(written(told, template)))
    lines = [p.text for p in made.paragraphs]
    assert lines[0] == "Confidential"
    assert lines[-1] == "Our terms apply."
    assert "{{ diagnosis }}" not in lines
    assert made.styles["Heading 1"].font.name == "Garamond"
    ids = [b.get(f"{W}id") for b in made.element.iter(f"{W}bookmarkStart")]
    assert len(set(ids)) == len(ids)
    header = "".join(made.sections[0].header._element.itertext())
    assert "Advisers & Partners" in header
    assert told.company in header


def test_a_template_from_elsewhere_is_lent_the_styles_that_it_lacks(tmp_path: Path) -> None:
    house = docx.Document()  # has no styles of ours, and bullets of its own
    for style in list(house.styles):
        if style.name in ("Heading 2", "List Bullet", "Strong"):
            style.delete()
    for style in house.styles:
        if style.name == "Heading 1":
            style.element.set(f"{W}styleId", "Nagwek1")
    template = tmp_path / "bare.docx"
    house.save(str(template))

    told = document(language="pl")
    content = written(told, template)
    assert styled(content, "Title") == [told.company]
    assert styled(content, "Heading 1")[0] == told.words["heading.summary"]
    assert styled(content, "List Bullet")
    styles = {s.get(f"{W}styleId") for s in part(content, "word/styles.xml").iter(f"{W}style")}
    used = {s.get(f"{W}val") for s in part(content, "word/document.xml").iter(f"{W}pStyle")}
    assert used <= styles
    numbers = {n.get(f"{W}numId") for n in part(content, "word/numbering.xml").iter(f"{W}num")}
    bullets = next(
        s
        for s in part(content, "word/styles.xml").iter(f"{W}style")
        if s.get(f"{W}styleId") == "ListBullet"
    )
    assert {n.get(f"{W}val") for n in bullets.iter(f"{W}numId")} <= numbers


def test_a_template_that_is_no_word_document_is_told(tmp_path: Path) -> None:
    template = tmp_path / "letter.docx"
    template.write_text("not a document", encoding="utf-8")
    with pytest.raises(DiagnostError, match=r"T101 .*save it in Word as \.docx"):
        written(document(), template)


# --- the command ----------------------------------------------------------------------------------


def test_the_ending_of_the_file_gives_the_form(tmp_path: Path) -> None:
    goal = tmp_path / "firm.docx"
    assert fresh("diagnose", str(ROOT / "examples" / FIRM), "-o", str(goal)).returncode == 0
    assert styled(goal.read_bytes(), "Title") == [document().company]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "docx"), "name a file with -o"),
        (("--section", "reps", "-o", "sheets.docx"), "use text, md, html or pdf"),
    ],
)
def test_what_word_cannot_do_is_wrong_use(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    ended = fresh("diagnose", str(ROOT / "examples" / TEAM), *arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert said in ended.stderr.decode()
    assert not list(tmp_path.iterdir())
