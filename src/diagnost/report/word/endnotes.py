"""Real endnotes: Word numbers them, shows them under the pointer and renumbers what is edited."""

from collections.abc import Sequence

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from diagnost.report.word.elements import Bookmarks, element, field

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
_EMPTY = f'<w:endnotes xmlns:w="{nsmap["w"]}" xmlns:r="{nsmap["r"]}"/>'
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


class Endnotes:
    """The notes of one document: their marks in the text and, behind it, their texts."""

    def __init__(self, document: Document, bookmarks: Bookmarks, mark: str, text: str) -> None:
        """Take the ids of the styles of a note's ``mark`` and ``text``."""
        self._mark, self._text = mark, text
        self._bookmarks = bookmarks
        self._set: dict[int, None] = {}
        self._mentions: list[tuple[int, tuple[BaseOxmlElement, ...]]] = []
        self._notes = parse_xml(_EMPTY)
        package = document.part.package
        for relation in list(document.part.rels.values()):
            if relation.reltype == RELATIONSHIP_TYPE.ENDNOTES:  # of the template: without its notes
                document.part.drop_rel(relation.rId)
        part = XmlPart(PackURI("/word/endnotes.xml"), _TYPE, self._notes, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
        for number, kind in _SEPARATORS:
            note = element("w:endnote", type=kind, id=number)
            paragraph, run = element("w:p"), element("w:r")
            run.append(element(f"w:{kind}"))
            paragraph.append(run)
            note.append(paragraph)
            self._notes.append(note)
        _number_in_digits(document)

    @property
    def cited(self) -> frozenset[int]:
        """Return the numbers of the notes that have been cited."""
        return frozenset(self._set)

    def reference(self, number: int) -> tuple[BaseOxmlElement, ...]:
        """Return the mark of a note; where it has stood before, a reference to that mark."""
        if number in self._set:
            return self.mention(number)
        self._set[number] = None
        mark = self._marked(element("w:endnoteReference", id=str(number)))
        return self._bookmarks.around(_bookmark(number), mark)

    def mention(self, number: int) -> tuple[BaseOxmlElement, ...]:
        """Return a reference to the mark of a note, wherever that stands in the text."""
        shown = self._marked(element("w:t", str(number)))
        made = tuple(field(f"NOTEREF {_bookmark(number)} \\f \\h", shown))
        self._mentions.append((number, tuple(each for each in made if each is not shown)))
        return made

    def settle(self) -> None:
        """Let references to notes that no sentence has cited be plain numbers."""
        for number, around in self._mentions:
            if number not in self._set:
                for each in around:
                    each.getparent().remove(each)

    def entitle(self, style: str, run: BaseOxmlElement) -> None:
        """Put a heading above the notes, in the place of the line that parts them from the text.

        A heading in the text could be left behind: alone on its page, or above what follows it.
        """
        paragraph = self._notes[0].find(qn("w:p"))
        for old in list(paragraph):
            paragraph.remove(old)
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val=style))
        paragraph.append(properties)
        paragraph.append(run)

    def write(self, number: int, content: Sequence[BaseOxmlElement]) -> None:
        """Write the text of a note."""
        note, paragraph = element("w:endnote", id=str(number)), element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val=self._text))
        paragraph.append(properties)
        paragraph.append(self._marked(element("w:endnoteRef")))
        space = element("w:r")
        space.append(element("w:t", " "))
        paragraph.append(space)
        for each in content:
            paragraph.append(each)
        note.append(paragraph)
        self._notes.append(note)

    def _marked(self, inner: BaseOxmlElement) -> BaseOxmlElement:
        run, properties = element("w:r"), element("w:rPr")
        properties.append(element("w:rStyle", val=self._mark))
        run.append(properties)
        run.append(inner)
        return run


def _bookmark(number: int) -> str:
    return f"_note_{number}"


def _number_in_digits(document: Document) -> None:
    """Have the endnotes numbered 1, 2, 3, where Word of itself numbers i, ii, iii."""
    settings = document.settings.element
    for old in settings.findall(qn("w:endnotePr")):
        settings.remove(old)
    ruled = element("w:endnotePr")
    ruled.append(element("w:pos", val="docEnd"))
    ruled.append(element("w:numFmt", val="decimal"))
    for number, _ in _SEPARATORS:
        ruled.append(element("w:endnote", id=number))
    before = settings.find(qn("w:compat"))  # the schema has an order
    if before is None:
        settings.append(ruled)
    else:
        before.addprevious(ruled)
    for section in document.sections:
        properties = section._sectPr
        for old in properties.findall(qn("w:endnotePr")):
            properties.remove(old)
        of_section = element("w:endnotePr")
        of_section.append(element("w:numFmt", val="decimal"))
        place = sum(
            child.tag in (qn("w:headerReference"), qn("w:footerReference"), qn("w:footnotePr"))
            for child in properties
        )
        properties.insert(place, of_section)
