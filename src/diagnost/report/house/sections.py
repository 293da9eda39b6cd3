"""The sections of a document by the names that people choose them by."""

from collections.abc import Collection
from typing import Any

from diagnost.report.document import Document, Sentence

SECTIONS: dict[str, tuple[str, ...]] = {
    "summary": ("summary",),
    "verdicts": ("verdicts", "unremarkable"),
    "asks": ("asks",),
    "areas": ("areas",),
    "charts": ("charts",),
    "compared": ("compared",),
    "people": ("one_by_one",),
    "development": ("development",),
    "movements": ("movements",),
    "plan": ("advice", "later", "first_steps"),
    "answers": ("profiles",),
    "gaps": ("gaps",),
    "limits": ("near_limits",),
    "conventions": ("conventions",),
    "data": ("data", "method", "about"),
    "causes": ("causes",),
    "indicators": ("readings",),
    "derivations": ("derivations",),
    "amounts": ("amounts",),
    "notes": ("notes", "figures", "sources"),
}
"""What a document may have, in the order of the page, and the fields that hold it."""

OF_LENGTH = {
    "brief": ("summary", "verdicts", "plan", "asks"),
    "standard": tuple(s for s in SECTIONS if s not in ("asks", "causes", "derivations")),
    "full": tuple(s for s in SECTIONS if s != "asks"),
}
"""The sections that a document of some length has where none are chosen."""

_EMPTY = {"compared": None, "unremarkable": ""}
"""What stands for nothing in fields that are no lists."""


def with_sections(document: Document, names: Collection[str]) -> Document:
    """Return a document that has only some sections; without notes nothing refers to them."""
    blank: dict[str, Any] = {
        field: _EMPTY.get(field, ())
        for section, fields in SECTIONS.items()
        if section not in names
        for field in fields
    }
    left = document._replace(**blank)
    return left if "notes" in names else without_marks(left)


def without_marks(document: Document) -> Document:
    """Return a document in which no number stands for a note."""
    return Document(*(_unmarked(value) for value in document))


def _unmarked(value: Any) -> Any:
    """Take the numbers of notes out of whatever a field holds."""
    if isinstance(value, Sentence):
        return value._replace(notes=())
    if isinstance(value, tuple):
        held = [_unmarked(each) for each in value]
        if not hasattr(value, "_fields"):
            return tuple(held)
        row: Any = type(value)(*held)
        return row._replace(note=0) if isinstance(getattr(row, "note", None), int) else row
    return value
