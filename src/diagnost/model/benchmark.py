"""Other firms: what an indicator is elsewhere, and how a company stands beside it."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.model.located import At
from diagnost.model.text import Text

AGAINST = ("above", "near", "below")
"""Where a company's figure lies beside that of a group."""
QUARTERS = ("lowest", "lower", "upper", "highest")
"""The quarter of the other firms' figures that a company's figure falls into."""
OTHERS = "others:"
"""What a need begins with that only figures of other firms would meet."""
MEDIAN_FROM, QUARTILES_FROM = 2, 4
"""How many firms a median and quartiles need."""


class Group(NamedTuple):
    """Whom a company is compared with, such as its sector or its direct competitor.

    ``kinds`` are words that name it only in a column of kinds of firms.
    An ``average`` group has a figure of its own, not firms. A group ``within`` another counts
    there too; firms of unstated kind belong to the one that is meant ``otherwise``.
    """

    id: str
    name: Text
    synonyms: tuple[str, ...]
    at: At
    kinds: tuple[str, ...] = ()
    average: bool = False
    otherwise: bool = False
    within: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Return every word that names the group."""
        return (self.id, *self.name.by_language.values(), *self.synonyms)


class Yardstick(NamedTuple):
    """How an indicator is compared: the better side, and how near counts as near.

    Near is within ``relative`` of the figure compared with, or within ``absolute`` (in the unit of
    the indicator), whichever allows more. ``form`` says whether forms ask for the sector's figure.
    """

    indicator: str
    better: str  # above | below | neither
    relative: Decimal
    absolute: Decimal
    assumed: bool
    form: bool = False

    def against(self, value: Decimal, other: Decimal) -> str:
        """Say whether a value lies above, near or below another one."""
        gap = value - other
        if abs(gap) <= max(self.relative * abs(other), self.absolute):
            return "near"
        return "above" if gap > 0 else "below"

    def rank(self, value: Decimal, others: tuple[Decimal, ...]) -> int:
        """Return the place among all, 1 the most favourable; the highest where no way is better."""
        if self.better == "below":
            return 1 + sum(other < value for other in others)
        return 1 + sum(other > value for other in others)


class OtherName(NamedTuple):
    """Further labels of one group's figure of one indicator, such as those of older forms."""

    labels: tuple[str, ...]
    group: str
    indicator: str  # id or symbol
    at: At


class PeerFigure(NamedTuple):
    """What an indicator is elsewhere: in a firm, or in a group as a whole (``firm`` is '').

    ``period`` is the id of the period that it was given for, '' where it holds for any.
    Percents are fractions.
    """

    group: str
    firm: str
    indicator: str  # id
    value: Decimal
    at: At
    as_written: str = ""
    period: str = ""


class Benchmark(NamedTuple):
    """The figure of a group that a company's indicator is compared with in a period.

    ``kind`` is ``stated`` (given for the group as a whole), ``firm`` (the group's only firm) or
    ``median`` (of its firms); ``figures`` are what it came from.
    """

    indicator: str
    group: str
    period: str
    value: Decimal
    kind: str
    figures: tuple[PeerFigure, ...]

    @property
    def places(self) -> tuple[At, ...]:
        """Return where the figures stand in the user's input."""
        return tuple(figure.at for figure in self.figures)


class Spread(NamedTuple):
    """The firms of a file of other firms, as one indicator has them in one period.

    There are at least two. Quartiles are those of inclusive linear interpolation, as in
    ``QUARTILE.INC`` of spreadsheets; None with fewer than four firms.
    """

    indicator: str
    period: str
    figures: tuple[PeerFigure, ...]
    lower: Decimal | None
    median: Decimal
    upper: Decimal | None

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Return the figures of the firms."""
        return tuple(figure.value for figure in self.figures)

    def quarter(self, value: Decimal) -> str | None:
        """Say which quarter a value falls into; an edge belongs to the quarter next the middle."""
        if self.lower is None or self.upper is None:
            return None
        if value < self.lower:
            return "lowest"
        if value < self.median:
            return "lower"
        return "upper" if value <= self.upper else "highest"
