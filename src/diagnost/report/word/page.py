"""The page of a Word document: headings, paragraphs, tables, notes and pictures in its styles."""

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from diagnost.report.document import Sentence, Word, body, stop
from diagnost.report.word.elements import (
    Bookmarks,
    element,
    field_mark,
    link,
    printable,
    run,
)
from diagnost.report.word.endnotes import Endnotes
from diagnost.report.word.template import Styles, name_document, opened, saved, set_language

MARKER = "{{ diagnosis }}"
"""Where in a template's text the diagnosis is put; behind all of it without such a line."""
_CHINESE_FROM = 0x2E80
_BREAKS = re.compile("[-\u2e80-\uffff]")  # after these a line may end
_LOGO = Emu(432_000)  # 1.2 cm
_TWIPS = 635  # EMU in a twentieth of a point
_BELOW_LOGO, _ABOVE_CLOSING = Pt(10), Pt(8)
_COMPACT_MARGIN = Emu(540_000)  # 1.5 cm
_COMPACT = (
    ("Title", 18, 0, 1),
    ("Subtitle", 9, 0, 1),
    ("Reader", 9, 0, 8),
    ("Heading 1", 12, 9, 3),
    ("Body Text", 9.5, 0, 4),
    ("Summary", 9.5, 0, 4),
    ("List Bullet", 9.5, 0, 2),
    ("Table Text", 8, 0.5, 0.5),
    ("Small Text", 7.5, 2, 0),
)
"""Styles of the shipped template on a single page: points of letters, above and below."""
_LETTER, _WIDE_LETTER, _PADDING = 100, 176, 190  # twips, in the type of tables
_APART = 140  # twips between figures and the text beside them


class Column(NamedTuple):
    """A column: its head, and its share of the width, 0 for figures that need what they need."""

    head: str
    share: int = 0


Cell = str | Word | Sequence[BaseOxmlElement] | Sequence[Sequence[BaseOxmlElement]]


class Page:
    """Writes one document from top to bottom."""

    def __init__(self, template: Path, shipped: Path, language: str) -> None:
        """Open a template; what it lacks of styles is taken from the shipped one."""
        self._document = opened(template)
        self._styles = Styles(self._document, shipped)
        self._chinese = language == "zh"
        self._language = language
        set_language(self._document, language)
        self._bookmarks = Bookmarks(self._document.element)
        self.notes = Endnotes(
            self._document,
            self._bookmarks,
            self._styles.id_of("endnote reference"),
            self._styles.id_of("endnote text"),
        )
        self._place = self._marker()
        self._contents: Paragraph | None = None
        self._headings: list[tuple[int, str, str]] = []

    # --- text ---------------------------------------------------------------------------------

    def text(self, text: str, *, style: str = "", strong: bool = False) -> BaseOxmlElement:
        """Return a run of text, in a character style if one is named."""
        name = "Strong" if strong else style
        return run(text, style=self._styles.id_of(name) if name else "", chinese=self._chinese)

    def word(self, word: Word) -> BaseOxmlElement:
        """Return a judging word in its colour."""
        return self.text(word.text, style=f"Judged {word.polarity}" if word.polarity else "")

    def sentences(self, sentences: Sequence[Sentence], *, space: str) -> list[BaseOxmlElement]:
        """Return sentences as runs, the marks of their notes before the full stop."""
        runs: list[BaseOxmlElement] = []
        for place, sentence in enumerate(sentences):
            lead = space if place else ""
            if not sentence.notes:
                runs.append(self.text(lead + sentence.text))
                continue
            runs.append(self.text(lead + body(sentence)))
            runs += self.marks(sentence.notes)
            if stop(sentence):
                runs.append(self.text(stop(sentence)))
        return runs

    def marks(self, notes: Iterable[int]) -> list[BaseOxmlElement]:
        """Return the marks of notes."""
        return self._listed(map(self.notes.reference, notes))

    def mentions(self, notes: Iterable[int]) -> list[BaseOxmlElement]:
        """Return marks of notes that belong to sentences, which may stand further down."""
        return self._listed(map(self.notes.mention, notes))

    def _listed(self, marks: Iterable[Sequence[BaseOxmlElement]]) -> list[BaseOxmlElement]:
        runs: list[BaseOxmlElement] = []
        for mark in marks:
            if runs:
                runs.append(self.text(", ", style="endnote reference"))
            runs += mark
        return runs

    def paragraph(self, style: str, *runs: BaseOxmlElement, bookmark: str = "") -> Paragraph:
        """Write a paragraph."""
        made = self._paragraph(style)
        inner = self._bookmarks.around(bookmark, *runs) if bookmark else runs
        for each in inner:
            made._p.append(each)
        return made

    def line(self, style: str, text: str) -> None:
        """Write a paragraph of plain text; nothing where there is no text."""
        if text:
            self.paragraph(style, self.text(text))

    def closing_line(self, text: str, *, apart: bool) -> None:
        """Write a line of the house at the end of the text, the first of them ``apart``."""
        made = self.paragraph("Small Text", self.text(text))
        if apart:
            made.paragraph_format.space_before = _ABOVE_CLOSING

    def heading(self, text: str, level: int = 1) -> None:
        """Write a heading, which the table of contents then lists."""
        name = f"_Toc{len(self._headings) + 1:08}"
        self._headings.append((level, text, name))
        self.paragraph(f"Heading {level}", self.text(text), bookmark=name)

    def heading_of_notes(self, text: str) -> None:
        """Write the heading that goes with the notes wherever they begin."""
        self.notes.entitle(self._styles.id_of("Heading 2"), self.text(text))

    def link(self, bookmark: str, text: str) -> BaseOxmlElement:
        """Return a link within the document."""
        return link(bookmark, self.text(text))

    def page_break(self) -> None:
        """Let what follows begin on a new page."""
        broken = element("w:r")
        broken.append(element("w:br", type="page"))
        self._paragraph("Body Text")._p.append(broken)

    # --- table of contents --------------------------------------------------------------------

    def contents(self, heading: str) -> None:
        """Leave a place for the table of contents, which is filled at the end."""
        self.line("TOC Heading", heading)
        self._contents = self._paragraph("toc 1")

    def _fill_contents(self) -> None:
        """List the headings; Word adds the numbers of the pages when the field is updated."""
        place = self._contents
        if place is None:
            return
        lines = [heading for heading in self._headings if heading[0] == 1]
        for number, (_, text, bookmark) in enumerate(lines):
            line = place if number == 0 else self._paragraph("toc 1", before=place)
            runs: list[BaseOxmlElement] = [link(bookmark, self.text(text))]
            if number == 0:
                place = self._paragraph("toc 1", before=place)
                place._p.addprevious(line._p)
                instruction = element("w:r")
                instruction.append(element("w:instrText", ' TOC \\o "1-1" \\h \\z \\u '))
                runs = [field_mark("begin"), instruction, field_mark("separate"), *runs]
            for each in runs:
                line._p.append(each)
            if number == len(lines) - 1:
                line._p.append(field_mark("end"))
        place._p.getparent().remove(place._p)

    # --- tables and pictures ------------------------------------------------------------------

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Write a table; its head stands again on every page, no row is torn apart."""
        widths = self._widths(columns, rows)
        table = self._document.add_table(rows=0, cols=len(columns))
        table.style = None
        made = table._tbl
        properties = made.tblPr
        for old in list(properties):
            properties.remove(old)
        properties.append(element("w:tblStyle", val=self._styles.id_of("Diagnosis Table")))
        properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(element("w:tblLayout", type="fixed"))
        properties.append(element("w:tblLook", val="0020", firstRow="1", noVBand="1"))
        for grid, width in zip(made.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            grid.set(qn("w:w"), str(width))
        heads = [column.head for column in columns]
        made.append(self._row(heads, columns, widths, head=True))
        for row in rows:
            made.append(self._row(row, columns, widths))
        self._put(made)
        self._paragraph("Table End")  # without it what follows sticks to the table

    def _row(
        self,
        cells: Sequence[Cell],
        columns: Sequence[Column],
        widths: Sequence[int],
        *,
        head: bool = False,
    ) -> BaseOxmlElement:
        made, properties = element("w:tr"), element("w:trPr")
        properties.append(element("w:cantSplit"))
        if head:
            properties.append(element("w:tblHeader"))
        made.append(properties)
        after = False
        for cell, column, width in zip(cells, columns, widths, strict=True):
            figures = not column.share
            made.append(
                self._cell(cell, width, figures=figures, apart=after and not figures, head=head)
            )
            after = figures
        return made

    def _cell(
        self, cell: Cell, width: int, *, figures: bool, apart: bool, head: bool
    ) -> BaseOxmlElement:
        """Return a cell; a text beside figures, which are flush right, stands ``apart``."""
        made, properties = element("w:tc"), element("w:tcPr")
        properties.append(element("w:tcW", w=str(width), type="dxa"))
        made.append(properties)
        for runs in self._paragraphs(cell):
            paragraph, form = element("w:p"), element("w:pPr")
            name = "Table Head" if head else "Table Text"
            form.append(element("w:pStyle", val=self._styles.id_of(name)))
            if apart:
                form.append(element("w:ind", left=str(_APART)))
            if figures:
                form.append(element("w:jc", val="right"))
            paragraph.append(form)
            for each in runs:
                paragraph.append(each)
            made.append(paragraph)
        return made

    def _paragraphs(self, cell: Cell) -> list[Sequence[BaseOxmlElement]]:
        """Return the paragraphs of a cell, which has at least one."""
        if isinstance(cell, str):
            return [[self.text(cell)]]
        if isinstance(cell, Word):
            return [[self.word(cell)]]
        if cell and isinstance(cell[0], Sequence) and not isinstance(cell[0], BaseOxmlElement):
            return [runs for runs in cell if isinstance(runs, Sequence)]
        return [[each for each in cell if isinstance(each, BaseOxmlElement)]]

    def _widths(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
        """Share out the width of the text: figures get what they need, texts the rest.

        A column of texts is not narrower than its longest word, unless the page is.
        """
        cells = [[column.head, *(row[n] for row in rows)] for n, column in enumerate(columns)]
        least = [
            max(_needed(cell, whole=not column.share) for cell in within)
            for column, within in zip(columns, cells, strict=True)
        ]
        whole = self.text_width()
        rest = max(whole - sum(w for w, c in zip(least, columns, strict=True) if not c.share), 0)
        shares = sum(column.share for column in columns)
        widths = [
            max(need, rest * column.share // shares if column.share else 0)
            for column, need in zip(columns, least, strict=True)
        ]
        over = sum(widths) - whole
        spare = [w - need for w, need in zip(widths, least, strict=True)]
        if 0 < over <= sum(spare):
            return [w + -over * s // sum(spare) for w, s in zip(widths, spare, strict=True)]
        return [width * whole // sum(widths) for width in widths]

    def text_width(self) -> int:
        """Return the width between the margins, in twentieths of a point."""
        section = self._document.sections[-1]
        width = section.page_width or Emu(11906 * _TWIPS)
        left, right = section.left_margin or Emu(0), section.right_margin or Emu(0)
        return int((width - left - right) // _TWIPS)

    def picture(self, png: bytes, description: str, caption: Sequence[BaseOxmlElement]) -> None:
        """Put a picture over the width of the text, with a description for who cannot see it."""
        made = self._paragraph("Body Text")
        made.paragraph_format.keep_with_next = True
        width = Emu(self.text_width() * _TWIPS)
        shape = made.add_run().add_picture(io.BytesIO(png), width=width)
        _describe(shape, description)
        self.paragraph("Caption", *caption)

    def logo(self, picture: bytes, description: str) -> None:
        """Put the logo of a house at the head, as high as two lines."""
        made = self._paragraph("Subtitle")
        shape = made.add_run().add_picture(io.BytesIO(picture), height=_LOGO)
        widest = Emu(self.text_width() * _TWIPS // 2)
        if shape.width > widest:
            shape.height, shape.width = Emu(shape.height * widest // shape.width), widest
        _describe(shape, description)
        made.paragraph_format.space_after = _BELOW_LOGO

    def compact(self) -> None:
        """Set everything closer, so that a brief document takes one page."""
        for name, size, before, after in _COMPACT:
            style = cast(ParagraphStyle, self._document.styles[name])
            style.font.size = Pt(size)
            form = style.paragraph_format
            form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
        for section in self._document.sections:
            section.top_margin = section.bottom_margin = _COMPACT_MARGIN
            section.header_distance = section.footer_distance = _COMPACT_MARGIN // 2

    def colour_headings(self, colour: str) -> None:
        """Let the title and the headings have a colour, ``#rrggbb``."""
        for name in ("Title", "Heading 1", "Heading 2"):
            font = cast(ParagraphStyle, self._document.styles[name]).font
            font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())

    # --- the whole ----------------------------------------------------------------------------

    def finish(self, title: str, subject: str, author: str) -> bytes:
        """Fill the table of contents, the letterhead and the properties; return the file."""
        self._fill_contents()
        self.notes.settle()
        marker = self._place
        if marker is not None:
            marker._p.getparent().remove(marker._p)
        name_document(self._document, title, subject, author)
        return saved(self._document)

    def _marker(self) -> Paragraph | None:
        found = (p for p in self._document.paragraphs if p.text.strip() == MARKER)
        return next(found, None)

    def _paragraph(self, style: str, before: Paragraph | None = None) -> Paragraph:
        made = self._document.add_paragraph()
        properties = made._p.get_or_add_pPr()
        properties.append(element("w:pStyle", val=self._styles.id_of(style)))
        if before is not None:
            before._p.addprevious(made._p)
        else:
            self._put(made._p)
        return made

    def _put(self, made: BaseOxmlElement) -> None:
        if self._place is not None:
            self._place._p.addprevious(made)


def _describe(shape: InlineShape, description: str) -> None:
    """Say what a picture shows, and have nothing beside it: LibreOffice would leave a gap."""
    shape._inline.docPr.set("descr", printable(description))
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")


def _needed(cell: Cell, *, whole: bool) -> int:
    """Return how wide a cell is on one line, or its longest word is; runs may be as they like."""
    if not isinstance(cell, str | Word):
        return 0
    text = cell if isinstance(cell, str) else cell.text
    pieces = [text] if whole else _BREAKS.sub(r"\g<0> ", text).split()
    return _PADDING + max((sum(map(_width, piece)) for piece in pieces), default=0)


def _width(sign: str) -> int:
    return _WIDE_LETTER if ord(sign) > _CHINESE_FROM else _LETTER
