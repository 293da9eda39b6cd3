"""Notes in the order of the page: those that nothing refers to are left out."""

from collections.abc import Iterable

from diagnost.asking.speaker import Draft
from diagnost.report.document import FigureText, NoteText, Sentence
from diagnost.report.notes import Notebook


def renumbered(
    draft: Draft, notebook: Notebook
) -> tuple[tuple[NoteText, ...], tuple[FigureText, ...]]:
    """Give the notes of a draft numbers in the order of its page; return them and their figures."""
    order: dict[int, int] = {}
    for sentence in _sentences(draft):
        for number in sentence.notes:
            order.setdefault(number, len(order) + 1)
    draft.direct = _with_numbers(draft.direct, order)
    draft.chain = _with_numbers(draft.chain, order)
    draft.remarks = _with_numbers(draft.remarks, order)
    draft.steps = [step._replace(what=_with_numbers([step.what], order)[0]) for step in draft.steps]
    by_number = {note.number: note for note in notebook.texts()}
    kept = tuple(by_number[old]._replace(number=new) for old, new in order.items())
    dropped = {f for n, note in by_number.items() if n not in order for f in note.figures}
    wanted = {figure for note in kept for figure in note.figures}
    # What no note names is made use of by a figure that one names.
    figures = (f for f in notebook.figure_texts() if f in wanted or f not in dropped)
    return kept, tuple(figures)


def _sentences(draft: Draft) -> Iterable[Sentence]:
    """Yield the sentences in the order in which the page has them."""
    return (*draft.direct, *draft.chain, *draft.remarks, *(step.what for step in draft.steps))


def _with_numbers(sentences: Iterable[Sentence], order: dict[int, int]) -> list[Sentence]:
    return [s._replace(notes=tuple(sorted(order[n] for n in s.notes))) for s in sentences]
