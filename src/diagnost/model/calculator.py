"""Calculators as trainers declare them: what is asked, what is reckoned, what has to be said.

Formulas and conditions are terms (``diagnost.model.terms``) over the ids of inputs and figures; an
input of shares stands in them as a table of its own name (``sum(months.weight)``).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.formula import Formula
from diagnost.model.indicator import Citation
from diagnost.model.located import At
from diagnost.model.records import COUNT, NUMBER, TEXT, Column, Table
from diagnost.model.selection import Selection
from diagnost.model.terms import Term
from diagnost.model.text import Text

MONEY_UNIT, COUNT_UNIT, NUMBER_UNIT, DAYS_UNIT = "money", "count", "number", "days"
TIMES_UNIT, PERCENT_UNIT, FLAG_UNIT = "times", "percent", "flag"
SHARES, LEVELS = "shares", "levels"

UNITS = (MONEY_UNIT, COUNT_UNIT, NUMBER_UNIT, DAYS_UNIT, TIMES_UNIT, PERCENT_UNIT, FLAG_UNIT)
"""What figures are measured in; a flag is 1 for yes and 0 for no, a percent is a fraction."""

INPUT_UNITS = (*UNITS, SHARES, LEVELS)
"""What may be asked for: also weights by name, and an order of levels to split by."""

REFUSES, WARNS, ASKS, SAYS, LIMITS = "refuses", "warns", "asks", "says", "limits"
KINDS = (REFUSES, WARNS, ASKS, SAYS, LIMITS)
"""What a remark does: nothing is reckoned; to be watched; to be decided; said; not said by it."""

EQUALLY, BY_SHARE = "equally", "by_share"

PARTS = "parts"
"""The table of the parts of an allocation, in conditions of remarks."""


class Input(NamedTuple):
    """One thing that a calculator is told.

    ``default`` is taken where nothing is said (``assumed``: it is ours, no source gives it);
    ``edge`` names the edge of a norm that is the default. ``drawn`` is the formula by which
    accounts give it, ``rows`` the table or selection whose rows they give as shares. ``above`` is a
    bound that must be exceeded, ``least`` and ``most`` may be met.
    """

    id: str
    name: Text
    unit: str  # one of INPUT_UNITS
    cites: Citation
    at: At
    help: Text | None = None
    required: bool = False
    default: str = ""
    edge: str = ""
    assumed: bool = False
    above: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    drawn: Formula | None = None
    rows: str = ""

    @property
    def option(self) -> str:
        """Return the option of the command line that gives it."""
        return f"--{self.id.replace('_', '-')}"


class Case(NamedTuple):
    """A formula and the condition under which it holds (None: always)."""

    when: Term | None
    gives: Term
    when_text: str
    text: str
    at: At


class Figure(NamedTuple):
    """A result: the first of its cases whose condition is true.

    ``how`` is the formula in words. ``digits`` is how many decimals are shown at most; a figure
    that is not ``shown`` serves texts and other figures.
    """

    id: str
    name: Text
    unit: str  # one of UNITS
    cases: tuple[Case, ...]
    cites: Citation
    at: At
    how: Text | None = None
    digits: int = 2
    shown: bool = True


class Remark(NamedTuple):
    """What is said beside the figures where its condition is true (None: always)."""

    id: str
    kind: str  # one of KINDS
    when: Term | None
    when_text: str
    text: Text
    cites: Citation
    at: At


class Level(NamedTuple):
    """A way to cut a whole into parts.

    The parts are those of an input of ``shares``; where none are given, as many equal ones as the
    input or figure ``counted`` says (else one), called by ``member`` and a number. Inside a part of
    another level named in ``within`` stand only its own: as many to each ``equally``, or
    ``by_share`` of the weights.
    """

    id: str
    name: Text
    member: Text
    at: At
    shares: str = ""
    counted: str = ""
    within: Mapping[str, str] = {}


class Allocation(NamedTuple):
    """How the figure ``of`` is split, level by level, in steps that leave no remainder.

    ``by`` is the input that lists the levels asked for, ``step`` the figure that is the smallest
    part, ``rest_last`` the figure that is 1 where the last part takes what is left over.
    """

    of: str
    by: str
    step: str
    rest_last: str
    levels: Mapping[str, Level]
    at: At


class CalculatorExample(NamedTuple):
    """A worked case: what is given, and what must come out, each as written."""

    given: Mapping[str, str]
    gives: Mapping[str, str]
    tells: tuple[str, ...]
    silent: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # level, amounts in order
    at: At


class Calculator(NamedTuple):
    """A calculation of the trade: its id names the command, its file the id.

    Where accounts are given, it may be about one row of the table ``about``.
    """

    id: str
    order: int
    name: Text
    purpose: Text
    inputs: Mapping[str, Input]
    figures: Mapping[str, Figure]
    remarks: Mapping[str, Remark]
    examples: tuple[CalculatorExample, ...]
    at: At
    allocation: Allocation | None = None
    about: str = ""

    @property
    def tables(self) -> Mapping[str, Table]:
        """Return the tables that terms may aggregate: inputs of shares, and the parts."""
        names = [i.id for i in self.inputs.values() if i.unit in (SHARES, LEVELS)]
        found = {name: _weights(name, self.inputs[name].name) for name in names}
        if self.allocation is not None:
            found[PARTS] = _parts(self.name)
        return found

    @property
    def selections(self) -> Mapping[str, Selection]:
        """Return the selections of rows: calculators have none."""
        return {}

    def per(self, name: str) -> str | None:
        """Return '' for what is a single figure, None for what is nothing here."""
        single = self.inputs.get(name)
        known = name in self.figures or (single is not None and single.unit not in (SHARES, LEVELS))
        return "" if known else None

    @property
    def citations(self) -> Iterator[Citation]:
        """Yield what its entries rest on."""
        yield from (each.cites for each in self.inputs.values())
        yield from (figure.cites for figure in self.figures.values())
        yield from (remark.cites for remark in self.remarks.values())

    @property
    def texts(self) -> Iterator[Text]:
        """Yield every text."""
        yield from (self.name, self.purpose)
        for each in self.inputs.values():
            yield each.name
            if each.help is not None:
                yield each.help
        for figure in self.figures.values():
            if figure.shown:
                yield figure.name
            if figure.how is not None:
                yield figure.how
        yield from (remark.text for remark in self.remarks.values())
        if self.allocation is not None:
            for level in self.allocation.levels.values():
                yield from (level.name, level.member)


def _table(id_: str, name: Text, kinds: Mapping[str, str]) -> Table:
    columns = {key: Column(key, kind, name, name.at) for key, kind in kinds.items()}
    return Table(id_, name, columns, name.at)


def _weights(id_: str, name: Text) -> Table:
    return _table(id_, name, {"number": COUNT, "name": TEXT, "weight": NUMBER})


def _parts(name: Text) -> Table:
    return _table(PARTS, name, {"level": TEXT, "name": TEXT, "amount": NUMBER, "weight": NUMBER})
