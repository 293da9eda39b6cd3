"""What has been read of topics so far, and the names still to be looked up."""

from dataclasses import dataclass, field

from diagnost.knowledge.shape import Problems
from diagnost.model.decomposition import Decomposition
from diagnost.model.indicator import Indicator
from diagnost.model.knowledge import Grid
from diagnost.model.located import At
from diagnost.model.rule import (
    CauseRule,
    Conclusion,
    Recommendation,
    Ruling,
    State,
    Statement,
)
from diagnost.model.selection import Selection


@dataclass(frozen=True, slots=True)
class Mention:
    """A name used somewhere, to be looked up once everything is read.

    ``kind`` is what it must name: source, statement, recommendation, told (one of these two or a
    cause), amounts (a line item or a whole statement of accounts), option (of a choice of method),
    answer (to a question, with its word) or table (of records).
    """

    kind: str
    name: str
    at: At


@dataclass(slots=True)
class Entries:
    """Everything read so far, by id; a second entry of an id is a problem."""

    mentions: list[Mention] = field(default_factory=list)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    decompositions: dict[str, Decomposition] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    rulings: dict[str, Ruling] = field(default_factory=dict)
    causes: dict[str, CauseRule] = field(default_factory=dict)
    conclusions: dict[str, Conclusion] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)
    selections: dict[str, Selection] = field(default_factory=dict)
    grids: list[Grid] = field(default_factory=list)
    sequences: set[str] = field(default_factory=set)  # topics told in the order of their file
    places: dict[str, At] = field(default_factory=dict)

    def claim(self, entry_id: str, at: At, problems: Problems) -> None:
        """Take an id, or note that it is taken already."""
        if entry_id in self.places:
            hint = "Give it another id; one id never means two things."
            problems.say("K207", f"'{entry_id}' stands twice", at, hint, self.places[entry_id])
        self.places[entry_id] = at
