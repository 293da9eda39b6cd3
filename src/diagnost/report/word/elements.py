"""The elements of WordprocessingML that python-docx has no call for: fields, bookmarks, links."""

from collections.abc import Iterator
from itertools import count

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def element(tag: str, text: str | None = None, **attributes: str) -> BaseOxmlElement:
    """Return an element such as ``w:bookmarkStart``; attributes are those of the w namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    if text is not None:
        made.text = text
        made.set(qn("xml:space"), "preserve")
    return made


def run(text: str, *, style: str = "", chinese: bool = False) -> BaseOxmlElement:
    """Return a run of text, in a character style by its id if one is named.

    In Chinese the marks that several scripts share, such as quotation marks, are set from the
    Chinese typeface.
    """
    made = element("w:r")
    if style or chinese:
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", val=style))
        if chinese:
            properties.append(element("w:rFonts", hint="eastAsia"))
        made.append(properties)
    made.append(element("w:t", printable(text)))
    return made


def printable(text: str) -> str:
    """Leave out the control characters that XML cannot hold."""
    return text.translate(_UNPRINTABLE)


def field(instruction: str, shown: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Return the runs of a field; ``shown`` stands for it until Word computes it anew."""
    yield field_mark("begin")
    instructed = element("w:r")
    instructed.append(element("w:instrText", f" {instruction} "))
    yield instructed
    yield field_mark("separate")
    yield shown
    yield field_mark("end")


def field_mark(kind: str) -> BaseOxmlElement:
    """Return the run that begins, separates or ends a field."""
    made = element("w:r")
    made.append(element("w:fldChar", fldCharType=kind))
    return made


def link(anchor: str, *runs: BaseOxmlElement) -> BaseOxmlElement:
    """Return a link to a bookmark of the same document."""
    made = element("w:hyperlink", anchor=anchor, history="1")
    for each in runs:
        made.append(each)
    return made


class Bookmarks:
    """Hands out bookmarks, each with a number that none in the ``root`` has yet."""

    def __init__(self, root: BaseOxmlElement) -> None:
        taken = (int(mark.get(qn("w:id"), "0")) for mark in root.iter(qn("w:bookmarkStart")))
        self._numbers = count(max(taken, default=0) + 1)

    def around(self, name: str, *inner: BaseOxmlElement) -> tuple[BaseOxmlElement, ...]:
        """Return elements between the ends of a bookmark."""
        number = str(next(self._numbers))
        start = element("w:bookmarkStart", id=number, name=name)
        return (start, *inner, element("w:bookmarkEnd", id=number))
