"""The Word file that lends page setup, letterhead and styles to a diagnosis."""

import io
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle

from diagnost.model.located import At, DiagnostError, Problem
from diagnost.report.word.elements import element, printable

TAGS = {"en": "en-GB", "pl": "pl-PL", "zh": "zh-CN"}
"""The languages that Word checks the spelling in."""
_LATIN_BESIDE_CHINESE = "en-GB"
_KINDS = {
    "paragraph": WD_STYLE_TYPE.PARAGRAPH,
    "character": WD_STYLE_TYPE.CHARACTER,
    "table": WD_STYLE_TYPE.TABLE,
}


class Styles:
    """The styles of a template by name; those that it lacks are taken from the shipped one."""

    def __init__(self, document: Document, shipped: Path) -> None:
        self._document = document
        self._shipped_path = shipped
        self._shipped: Document | None = None

    def id_of(self, name: str) -> str:
        """Return the id that a style has in this file ("Heading1", in Polish Word "Nagwek1")."""
        own = self._found(self._document, name)
        if own is not None:
            return own.style_id
        if self._shipped is None:
            self._shipped = docx.Document(str(self._shipped_path))
        lent = self._found(self._shipped, name)
        if lent is None:
            raise KeyError(name)
        made = deepcopy(lent.element)
        for base in made.findall(qn("w:basedOn")):
            parent = next(s for s in self._shipped.styles if s.style_id == base.get(qn("w:val")))
            base.set(qn("w:val"), self.id_of(str(parent.name)))
        for following in made.findall(qn("w:next")):
            made.remove(following)
        for numbered in made.iter(qn("w:numId")):
            numbered.set(qn("w:val"), self._bullets())
        self._document.styles.element.append(made)
        return lent.style_id

    @staticmethod
    def _found(document: Document, name: str) -> BaseStyle | None:
        return next((s for s in document.styles if str(s.name).lower() == name.lower()), None)

    def _bullets(self) -> str:
        """Give the template the bullets of the shipped one; return the id of their list."""
        assert self._shipped is not None
        lent = self._shipped.part.numbering_part
        related = {r.reltype: r for r in self._document.part.rels.values()}
        kind = next(r.reltype for r in self._shipped.part.rels.values() if r._target is lent)
        if kind not in related:
            self._document.part.relate_to(lent, kind)
            return "1"
        numbering = self._document.part.numbering_part.element
        numbers = [int(n.get(qn("w:numId"), "0")) for n in numbering.findall(qn("w:num"))]
        forms = numbering.findall(qn("w:abstractNum"))
        taken = [int(n.get(qn("w:abstractNumId"), "0")) for n in forms]
        number, form = str(max(numbers, default=0) + 1), str(max(taken, default=-1) + 1)
        bullets = deepcopy(lent.element.find(qn("w:abstractNum")))
        bullets.set(qn("w:abstractNumId"), form)
        if forms:
            forms[-1].addnext(bullets)
        else:
            numbering.insert(0, bullets)
        used = element("w:num", numId=number)
        used.append(element("w:abstractNumId", val=form))
        numbering.append(used)
        return number


def opened(template: Path) -> Document:
    """Open a template.

    Raises DiagnostError where it is no Word document.
    """
    try:
        return docx.Document(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        message = (
            "not a Word document that can serve as a template: save it in Word as .docx "
            "(not .doc, .dotx or .odt)"
        )
        raise DiagnostError(
            [Problem(code="T101", message=message, at=At(str(template)))]
        ) from error


def set_language(document: Document, language: str) -> None:
    """Have Word check the spelling in the language of the diagnosis."""
    tag = TAGS[language]
    latin = _LATIN_BESIDE_CHINESE if language == "zh" else tag
    defaults = document.styles.element.find(qn("w:docDefaults"))
    places = [] if defaults is None else list(defaults.iter(qn("w:rPr")))
    for properties in places:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(element("w:lang", val=latin, eastAsia="zh-CN", bidi="ar-SA"))
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), latin)
    if language == "zh":  # Chinese print has no italics: programs only slant the characters
        for slanted in document.styles.element.iter(qn("w:i"), qn("w:iCs")):
            slanted.set(qn("w:val"), "0")
    document.core_properties.language = tag


def name_document(document: Document, title: str, subject: str, author: str) -> None:
    """Set title, subject and author, and what the fields of the letterhead show of them.

    Without an author the one of the template stays.
    """
    told = {"TITLE": printable(title), "SUBJECT": printable(subject)}
    document.core_properties.title = told["TITLE"][:255]
    document.core_properties.subject = told["SUBJECT"][:255]
    document.core_properties.author = printable(author)[:255] or document.core_properties.author
    document.core_properties.last_modified_by = ""
    for root in _letterheads(document):
        for simple in root.iter(qn("w:fldSimple")):
            _show(told, simple.get(qn("w:instr"), ""), list(simple.iter(qn("w:t"))))
        _show_in_long_fields(told, root)


def _letterheads(document: Document) -> Iterator[BaseOxmlElement]:
    """Yield the body and all headers and footers that the template has."""
    yield document.element
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")):
            yield relation.target_part.element


def _show(told: dict[str, str], instruction: str, texts: list[BaseOxmlElement]) -> None:
    words = instruction.replace("DOCPROPERTY", "").replace('"', "").split()
    value = told.get(words[0].upper()) if words else None
    if value is None or not texts:
        return
    texts[0].text = value
    for rest in texts[1:]:
        rest.text = ""


def _show_in_long_fields(told: dict[str, str], root: BaseOxmlElement) -> None:
    """Fill fields as Word itself writes them: begin, instruction, separate, result, end."""
    instruction, part = "", ""
    texts: list[BaseOxmlElement] = []
    for each in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if each.tag == qn("w:fldChar"):
            part = each.get(qn("w:fldCharType"), "")
            if part == "begin":
                instruction, texts = "", []
            elif part == "end":
                _show(told, instruction, texts)
        elif each.tag == qn("w:instrText") and part == "begin":
            instruction += each.text or ""
        elif part == "separate":
            texts.append(each)


def saved(document: Document) -> bytes:
    """Return the document as a file; the same document gives the same bytes."""
    from diagnost.report.steady_archive import without_clock

    stream = io.BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())
