"""What reading a file finds wrong or worth telling: problems and notes, gathered in one place."""

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


def stop(code: str, message: str, at: At, hint: str, *, also: At | None = None) -> DiagnostError:
    """Return the error for a file that cannot be read any further."""
    return DiagnostError([Problem(code=code, message=message, at=at, hint=hint, also=also)])
