"""What may be drawn in a document: which figures, how, and what the drawing says."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.rule import Condition
from diagnost.model.text import Text


class ChartKind(StrEnum):
    """How figures are drawn."""

    COURSE = "course"  # lines over the periods, against limits
    COLUMNS = "columns"  # amounts piled up side by side
    CYCLE = "cycle"  # bars of days, one of them taken from the others
    PRODUCT = "product"  # a figure and the factors that it is the product of
    NORMS = "norms"  # readings on the bands of their norms
    CAUSES = "causes"  # findings and what they lead to
    MONTHS = "months"  # records month by month against their target
    AGES = "ages"  # records by their age, against the age allowed
    PEOPLE = "people"  # a figure of everybody in a table


NAMED: Mapping[ChartKind, tuple[str, ...]] = {
    ChartKind.NORMS: ("bad", "all"),
    ChartKind.CAUSES: ("root", "effect"),
    ChartKind.PEOPLE: ("low", "high"),
}
"""What titles may name besides figures: how many figures are judged badly of how many; the gravest
finding that is explained, and one from which the explanation starts; the least and the most that
somebody has."""


class Drawn(NamedTuple):
    """A figure that is drawn: an indicator (symbol or id) or a line item.

    ``name`` takes the place of the figure's own. In a pile it is drawn as its ``parts`` where they
    are known and make it up.
    """

    figure: str
    name: Text | None
    at: At
    parts: tuple["Drawn", ...] = ()

    @property
    def every(self) -> tuple["Drawn", ...]:
        """Return it and its parts."""
        return (self, *self.parts)


class Pile(NamedTuple):
    """Figures drawn on top of each other, the first at the bottom, and what they are called."""

    name: Text
    parts: tuple[Drawn, ...]
    at: At


class MonthColumns(NamedTuple):
    """The columns of a table in which months stand, with their result and their target.

    A row without a ``person`` is the month of all; where there is none, people are added up.
    """

    table: str
    month: str
    person: str
    result: str
    target: str


class LotColumns(NamedTuple):
    """The columns of a table in which lots stand: what they are called, how many, how old."""

    table: str
    name: str
    amount: str
    age: str


class Heading(NamedTuple):
    """What a chart says where ``when`` holds, or wherever its figures are known."""

    text: Text
    when: Condition | None


class ChartPlan(NamedTuple):
    """A chart that a document shows where its figures are known.

    ``area`` is the area beside whose paragraph it stands, '' for the appendix. The first of
    ``headings`` that holds is its title; what it may name besides figures is in ``NAMED``.
    ``limits`` are lines to measure by: edges of bands (``WPB.safe.lower``) or figures.
    """

    id: str
    area: str
    kind: ChartKind
    headings: tuple[Heading, ...]
    figures: tuple[Drawn, ...]
    piles: tuple[Pile, ...]
    limits: tuple[Drawn, ...]
    decomposition: str  # of a product: its id
    side: str  # of norms: whose figures
    months: MonthColumns | None  # of months: where they stand
    lots: LotColumns | None  # of ages: where they stand
    people: str  # of people: their table
    at: At

    @property
    def texts(self) -> tuple[Text, ...]:
        """Return everything that it says."""
        parts = [each for pile in self.piles for part in pile.parts for each in part.every]
        names = [drawn.name for drawn in (*self.figures, *parts, *self.limits)]
        piles = [pile.name for pile in self.piles]
        said = [heading.text for heading in self.headings]
        return (*said, *piles, *(name for name in names if name is not None))

    @property
    def drawn(self) -> tuple[str, ...]:
        """Return the names of all figures that it draws."""
        parts = [each for pile in self.piles for part in pile.parts for each in part.every]
        return tuple(each.figure for each in (*self.figures, *parts))
