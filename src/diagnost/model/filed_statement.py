"""Statements as they are filed with a register: which of their positions are which line items."""

from collections.abc import Mapping
from typing import NamedTuple

from diagnost.model.located import At


class Sum(NamedTuple):
    """A line item as positions of a filed statement: the sum of ``plus``, ``less`` taken off it."""

    plus: tuple[str, ...]
    less: tuple[str, ...] = ()


class LayoutFormula(NamedTuple):
    """A formula of the layout itself, ``F = C + D - E``."""

    result: str
    plus: tuple[str, ...]
    less: tuple[str, ...]


class Body(NamedTuple):
    """A statement in one layout.

    ``containers`` are elements that hold it; ``variant`` is the element inside, where the layout
    gives a choice. ``of_which`` are positions that do not add up to their parent. The parent of a
    position is its name without the last part: ``Aktywa_B`` of ``Aktywa_B_I``. ``also`` are other
    names of positions: some entities file one in place of the other.
    """

    id: str
    statement: str
    containers: tuple[str, ...]
    variant: str
    items: Mapping[str, Sum]
    formulas: tuple[LayoutFormula, ...]
    of_which: frozenset[str]
    also: Mapping[str, str]
    at: At

    @property
    def subtracted(self) -> frozenset[str]:
        """Return the positions that the layout subtracts: some filers write them negative."""
        return frozenset(name for formula in self.formulas for name in formula.less)


class Divisions(NamedTuple):
    """A run of divisions of the classification of activities, and the kind of business they are."""

    first: int
    last: int
    activity: str


class FiledLayout(NamedTuple):
    """How one country's filed statements are laid out."""

    bodies: tuple[Body, ...] = ()
    activities: tuple[Divisions, ...] = ()

    def activity_of(self, code: str) -> str:
        """Return the kind of business of a code such as 4719Z, '' where none is known."""
        if not code[:2].isdecimal():
            return ""
        division = int(code[:2])
        return next((d.activity for d in self.activities if d.first <= division <= d.last), "")


class Taxonomy(NamedTuple):
    """The concepts of an XBRL taxonomy that are line items.

    For each item the ways to get it, the first that a report has for a year counts; a way is one
    concept or several to be added. ``nil`` are items that the taxonomy counts within others.
    """

    id: str
    items: Mapping[str, tuple[tuple[str, ...], ...]]
    nil: tuple[str, ...]
    name_concepts: tuple[str, ...]
    at: At


class Concepts(NamedTuple):
    """What is known of XBRL reports: taxonomies, forms for a whole year, years to be read."""

    taxonomies: tuple[Taxonomy, ...] = ()
    annual_forms: frozenset[str] = frozenset()
    most_years: int = 5
