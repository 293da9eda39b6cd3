"""XML from strangers → elements with their places. No document types, entities or network.

Names are local: prefixes and namespaces differ from version to version of the same form.

===== =============================================================================================
A180  not well-formed XML
A181  XML with a document type or entities, nested too deeply, or with too many elements
===== =============================================================================================
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from diagnost.intake.remarks import stop
from diagnost.model.located import At

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MAX_DEPTH = 60
MAX_ELEMENTS = 500_000
ATTACHED = frozenset({"Zawartosc"})
"""Elements that hold whole files, often of many megabytes: their texts are not kept."""


@dataclass(slots=True)
class Element:
    """An element: its local name, its text without that of its children, and its place."""

    name: str
    at: At
    attributes: dict[str, str]
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Element | None":
        """Return the first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, *names: str) -> "list[Element]":
        """Return the elements of these names among this one and all inside it, in their order."""
        found: list[Element] = []
        open_ = [self]
        while open_:
            element = open_.pop()
            if element.name in names:
                found.append(element)
            open_ += reversed(element.children)
        return found


def read_xml(content: bytes, name: str) -> Element:
    """Return the root of an XML file; raises DiagnostError where it is broken or unsafe."""
    return _Builder(name).read(content)


class _Builder:
    """Builds elements from what the parser meets; anything that could expand is refused."""

    def __init__(self, name: str) -> None:
        from xml.parsers import expat  # only where there is XML

        self._name = name
        self._error = expat.ExpatError
        self._parser: XMLParserType = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse_type
        self._parser.EntityDeclHandler = self._refuse_type
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._root: Element | None = None
        self._count = 0

    def read(self, content: bytes) -> Element:
        try:
            self._parser.Parse(content.lstrip(b" \t\r\n"), True)
        except self._error as error:
            at = At(self._name, error.lineno, error.offset + 1)
            reason = str(error).partition(":")[0]
            hint = "Save the file again from the program that made it, or ask for it anew."
            raise stop("A180", f"not well-formed XML: {reason}", at, hint) from None
        except (LookupError, ValueError) as error:  # an encoding that the parser does not know
            hint = "Save the file as UTF-8."
            raise stop("A180", f"XML that cannot be read: {error}", At(self._name), hint) from None
        assert self._root is not None  # a document without a root is not well-formed
        return self._root

    def _at(self) -> At:
        parser = self._parser
        return At(self._name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise stop(
                "A181",
                "this XML is nested too deeply or has too many elements for a statement",
                self._at(),
                "Give the file as it was filed.",
            )
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(" ")[2], self._at(), local)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._texts.append([])

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        element.text = "".join(self._texts.pop()).strip()

    def _characters(self, text: str) -> None:
        if self._open and self._open[-1].name not in ATTACHED:
            self._texts[-1].append(text)

    def _refuse_type(self, *_: object) -> None:
        raise stop(
            "A181",
            "this XML declares a document type or entities, which no filed statement needs",
            self._at(),
            "Give the file as it was filed; nothing in it was opened.",
        )
