"""Indicators, the norms they are judged by, and their readings."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from diagnost.model.accounts import Amount, GivenReading
from diagnost.model.benchmark import Benchmark
from diagnost.model.formula import Formula
from diagnost.model.formula_tree import Missing
from diagnost.model.located import At
from diagnost.model.text import Text

LAST_PERIOD_ONLY = "last_period_only"
"""Why there is no reading: records and answers are those of one day, in the last period."""


OF_SINGLE_ROWS = "of_single_rows"
"""Why there is no reading of the whole: the figure is read by the rows of a table."""


MONTHS = "months"
"""What rows are grouped by that are taken month by month."""


class Unit(StrEnum):
    """What an indicator is measured in; percents are held as fractions (15 % is 0.15)."""

    TIMES = "times"
    PERCENT = "percent"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    NUMBER = "number"  # people, orders, points of a score
    MONEY = "money"  # in the unit of the accounts


class Polarity(StrEnum):
    """Whether something is good or bad news for the company; worst first."""

    IMPOSSIBLE = "impossible"
    BAD = "bad"
    WATCH = "watch"
    INFO = "info"
    GOOD = "good"


class Citation(NamedTuple):
    """The statements of the sources that an entry encodes, or what it rests on instead."""

    ids: tuple[str, ...] = ()
    inference: bool = False  # our own reasoning, told to the reader


class Band(NamedTuple):
    """A named stretch of an indicator's scale; it starts where the band before it ends."""

    id: str
    polarity: Polarity
    at: At
    below: Decimal | None = None  # upper edge, not part of the band
    through: Decimal | None = None  # upper edge, part of the band
    assumed: bool = False  # the upper edge is ours, not the source's
    course: bool = True  # False: values here are not compared over time (cover by a loss)

    @property
    def edge(self) -> Decimal | None:
        """Return the upper edge, or None for the last band."""
        return self.below if self.below is not None else self.through

    def reaches(self, value: Decimal) -> bool:
        """Say whether ``value`` lies within this band's upper edge."""
        if self.below is not None:
            return value < self.below
        if self.through is not None:
            return value <= self.through
        return True


class NormVariant(NamedTuple):
    """Other edges of a norm for companies that answer ``question`` with one of ``words``.

    The bands have the ids of the norm's own, so that rules need not know of it.
    """

    question: str  # sector, of the fact company.sector
    words: tuple[str, ...]
    bands: tuple[Band, ...]
    cites: Citation
    at: At


class Norm(NamedTuple):
    """The bands that one source gives for one indicator, lowest first.

    The norm ``general`` gives the fact ``<indicator>: <band>``; another norm ``N`` gives
    ``<indicator>.N: <band>``. Where a company is one that a variant is for, ``taken`` is that
    variant and the bands are its.
    """

    id: str
    bands: tuple[Band, ...]
    cites: Citation
    at: At
    variants: tuple[NormVariant, ...] = ()
    taken: NormVariant | None = None

    def varied(self, variant: NormVariant) -> "Norm":
        """Return the norm with the edges of one of its variants."""
        return self._replace(bands=variant.bands, cites=variant.cites, at=variant.at, taken=variant)

    def band_of(self, value: Decimal) -> Band:
        """Return the one band that ``value``, in the indicator's unit, falls into.

        There always is one: the loader refuses a norm whose edges do not rise (K301) or whose
        last band has an edge (K302).
        """
        return next(band for band in self.bands if band.reaches(value))

    def edges(self, band_id: str) -> tuple[Decimal | None, Decimal | None]:
        """Return the lower and upper edge of a band; KeyError if there is no such band."""
        lower: Decimal | None = None
        for band in self.bands:
            if band.id == band_id:
                return lower, band.edge
            lower = band.edge
        raise KeyError(band_id)


class Undefined(NamedTuple):
    """When an indicator has no meaning: ``value`` (a formula) is zero or negative → ``reason``."""

    value: Formula
    sign: str  # zero | negative
    reason: str
    at: At


class Nearness(NamedTuple):
    """How near a limit of its norm a figure stands where the reader is told of it.

    ``share`` is meant of the limit. A limit of nought has no size: there ``of_nought`` counts, by
    the unit of the figure, else ``otherwise``.
    """

    share: Decimal = Decimal(0)
    of_nought: Mapping[Unit, Decimal] = {}
    otherwise: Decimal = Decimal(0)

    def size(self, limit: Decimal, unit: Unit) -> Decimal:
        """Return by what the distance from a limit is measured."""
        return abs(limit) or self.of_nought.get(unit, self.otherwise)

    def holds(self, distance: Decimal, limit: Decimal, unit: Unit) -> bool:
        """Say whether a figure so far from a limit is near it; nothing is where none is set."""
        return distance <= (abs(limit) * self.share if limit else self.size(limit, unit))


class Steadiness(NamedTuple):
    """How far a figure may move and still be called stable, and from where a move is sharp.

    A step is stable within ``relative`` (of the earlier value) or within ``absolute`` (in the
    indicator's unit), whichever allows more; sharp beyond ``sharp_relative`` or
    ``sharp_absolute``.
    """

    id: str
    relative: Decimal | None
    absolute: Decimal | None
    sharp_relative: Decimal | None
    sharp_absolute: Decimal | None
    at: At


class Variant(NamedTuple):
    """What an indicator becomes under other options of the method than the usual ones.

    ``when`` gives the options that it needs, by choice. ``otherwise`` belongs to the formula;
    what is None stays as the indicator has it.
    """

    when: tuple[tuple[str, tuple[str, ...]], ...]
    formula: Formula
    otherwise: Formula | None
    undefined: tuple[Undefined, ...] | None
    name: Text | None
    meaning: Text | None
    at: At


class Indicator(NamedTuple):
    """A formula with a unit; ``shown`` is False for quantities that only serve texts and rules.

    ``otherwise`` is a second formula for the same figure, used where the first lacks an input.
    ``balance`` marks a sum of balances, averaged as they are where the method asks for averages.
    ``averaged`` is the formula on average balances, where the method taken computes it so.
    ``few_rows`` is the reason told where no rows, or too few, take part.
    ``year_before`` is the symbol of the figure that tells it as it was a year before.
    """

    id: str
    symbol: str
    name: Text
    meaning: Text | None
    formula: Formula
    otherwise: Formula | None
    unit: Unit
    better: str  # higher | lower | inside_band | neither
    steadiness: Steadiness
    undefined: tuple[Undefined, ...]
    norms: tuple[Norm, ...]
    cites: Citation
    shown: bool
    at: At
    balance: bool = False
    variants: tuple[Variant, ...] = ()
    averaged: Formula | None = None
    per: str = ""  # the table by whose rows it is read
    only_given: bool = False  # there is no formula: it is what the company says it is
    few_rows: str = ""
    year_before: str = ""
    dated: bool = False  # rests on records or answers of a day: read for the last period only

    @property
    def printed_symbol(self) -> str:
        """Return the symbol where readers know the indicator by it (WPB), else ''."""
        return self.symbol if self.shown and self.symbol.isupper() else ""

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Return the formulas in the order in which they are tried."""
        tried = (self.averaged, self.formula, self.otherwise)
        return tuple(formula for formula in tried if formula is not None)

    def on_closing(self, reading: "Reading") -> bool:
        """Say whether a reading rests on closing balances for want of opening ones."""
        return (
            self.averaged is not None
            and reading.formula is not None
            and reading.value is not None
            and reading.formula != self.averaged
        )

    @property
    def general(self) -> Norm | None:
        """Return the norm that the indicator is normally judged by, if it has one."""
        return next((norm for norm in self.norms if norm.id == "general"), None)

    def norm(self, norm_id: str) -> Norm:
        """Return the norm of that id; KeyError if there is none."""
        for norm in self.norms:
            if norm.id == norm_id:
                return norm
        raise KeyError(norm_id)


class RowsUsed(NamedTuple):
    """The rows of records that one aggregate of a formula was made of.

    ``rows`` took part by its filter and window, in ``known`` of them the ``column`` (which may be
    '') was known. ``places`` are those of the first and the last. ``of`` is the column or the
    figure of each row that the aggregate was made of, '' where it was a condition or a term of
    several. ``by`` is the column whose values made groups (``MONTHS``: the months of its days),
    ``window`` the first and the last day that could take part.
    """

    function: str
    table: str
    column: str
    rows: int
    known: int
    places: tuple[At, ...]
    of: str = ""
    by: str = ""
    window: tuple[date, date] | None = None


class Reckoned(NamedTuple):
    """What a term over records gave, by its text, and the rows behind it."""

    text: str
    value: Decimal
    used: tuple[RowsUsed, ...]


class Reading(NamedTuple):
    """An indicator's value in one period with what it came from, or why there is none.

    ``inputs`` are the amounts of the formula, also those of indicators inside it; ``given`` is
    set where the company gave the indicator itself, ``formula`` is the one that was used.
    """

    indicator: str
    period: str
    value: Decimal | None = None
    missing: Missing | None = None
    formula: Formula | None = None
    inputs: tuple[Amount, ...] = ()
    given: GivenReading | None = None
    beside: tuple[Benchmark, ...] = ()  # figures of other firms in the formula
    reckoned: tuple[Reckoned, ...] = ()  # terms over records in the formula, also inside others
    subject: str = ""  # whom a figure is about that is read by the rows of a table

    @property
    def places(self) -> tuple[At, ...]:
        """Return where the numbers behind the reading stand in the user's input."""
        if self.given is not None:
            return (self.given.at,)
        places = [place for amount in self.inputs for place in _places(amount)]
        places += [place for benchmark in self.beside for place in benchmark.places]
        places += [place for term in self.reckoned for used in term.used for place in used.places]
        return tuple(dict.fromkeys(places))


def _places(amount: Amount) -> list[At]:
    if amount.parts:
        return [place for part in amount.parts for place in _places(part)]
    return [amount.at]
