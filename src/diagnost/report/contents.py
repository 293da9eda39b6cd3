"""The table of contents of a page in HTML or PDF. In Word a field of Word's own is one."""

from collections.abc import Iterator
from typing import NamedTuple

from diagnost.report.document import Document


class ContentsLine(NamedTuple):
    """A part of a document: where it stands (an id of the page) and what it is called."""

    anchor: str
    title: str


def contents_of(document: Document) -> tuple[ContentsLine, ...]:
    """Return the parts of a document in the order of the page."""
    return tuple(ContentsLine(anchor, title) for anchor, title in _parts(document))


def _parts(d: Document) -> Iterator[tuple[str, str]]:
    words = d.words
    appendix = (d.readings, d.amounts, d.derivations, d.notes)
    if d.summary:
        yield "summary", words["heading.summary"]
    if d.verdicts:
        yield "verdicts", words["heading.verdicts"]
    for area in d.areas:
        judged = f"{words['list.colon']}{area.verdict.text}" if area.verdict else ""
        yield f"area-{area.id}", area.name + judged
    if d.compared:
        yield "compared", words["heading.compared"]
    for number, part in enumerate(d.one_by_one, start=1):
        yield f"people-{number}", part.head
    for anchor, title, held in (
        ("development", words["heading.development"], d.development),
        ("movements", words["heading.movements"].format(period=d.since), d.movements),
        ("plan", words["heading.advice"], d.advice or d.first_steps),
        ("answers", words["heading.profile"], d.profiles),
        ("asks", words["heading.asks"], d.asks),
        ("gaps", words["heading.gaps"], d.gaps),
        ("limits", words["heading.near_limits"], d.near_limits),
        ("conventions", words["sensitivity.methods"], d.conventions),
        ("data", words["heading.data"], d.data or d.about),
        ("causes", words["heading.causes"], d.causes),
        ("appendix", words["heading.appendix"], any(appendix)),
    ):
        if held:
            yield anchor, title
