"""What reading a file finds wrong or worth telling: problems and notes, gathered in one place."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from diagnost.model.accounts import Note
from diagnost.model.located import At, DiagnostError, Problem

MAX_PROBLEMS = 200
"""A file of another kind altogether need not be listed cell by cell."""


@dataclass(slots=True)
class Remarks:
    """Problems that stop the run and notes that the reader is told."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def error(self, code: str, message: str, at: At, hint: str, *, also: At | None = None) -> None:
        """Add a problem: what was found, where, and how to mend it."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code=code, message=message, at=at, hint=hint, also=also))

    def note(self, kind: str, at: At, **figures: str) -> None:
        """Add a note; the kinds and their figures are listed in ``intake.read``."""
        self.notes.append(Note(kind=kind, figures=figures, at=at))

    def stop_if_any(self) -> None:
        """Raise DiagnostError with all problems found so far, if there are any."""
        if self.problems:
            raise DiagnostError(self.problems)


MAX_LISTED = 40
"""So many rows are named in one note; ``count`` says how many there are."""


def gathered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Gather the notes about single rows or columns into one for each kind.

    Where each has ``label``, the one has ``labels``, and so on; the other notes stay as they are.
    """
    found: list[Note] = []
    rows: dict[str, list[Note]] = {}
    for note in notes:
        if "label" in note.figures:
            if note.kind not in rows:
                found.append(note)  # keeps the place in the order of notes
            rows.setdefault(note.kind, []).append(note)
        else:
            found.append(note)
    return tuple(
        _one(rows[note.kind]) if note.kind in rows and "label" in note.figures else note
        for note in found
    )


def _one(notes: list[Note]) -> Note:
    figures = {"count": str(sum(int(note.figures.get("count", "1")) for note in notes))}
    for plural, singular in (("labels", "label"), ("items", "item"), ("kept", "kept")):
        words = dict.fromkeys(n.figures[singular] for n in notes if n.figures.get(singular))
        if words:
            figures[plural] = _listed(list(words))
    figures["places"] = _listed([str(note.at) for note in notes if note.at is not None])
    candidates = [
        f"{note.figures['label']}: {note.figures['candidates']}"
        for note in notes
        if note.figures.get("candidates")
    ]
    if notes[0].kind == "row_ignored":
        figures["candidates"] = "; ".join(candidates[:MAX_LISTED])
    return Note(kind=notes[0].kind, figures=figures, at=notes[0].at)


def _listed(words: list[str]) -> str:
    return ", ".join([*words[:MAX_LISTED], *(["…"] if len(words) > MAX_LISTED else [])])


def stop(code: str, message: str, at: At, hint: str, *, also: At | None = None) -> DiagnostError:
    """Return the error for a file that cannot be read any further."""
    return DiagnostError([Problem(code=code, message=message, at=at, hint=hint, also=also)])
