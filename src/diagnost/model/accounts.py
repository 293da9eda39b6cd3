"""What the company gives: amounts by line item and period, each with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from diagnost.model.benchmark import PeerFigure
from diagnost.model.located import At
from diagnost.model.records import Records
from diagnost.model.text import Text

YEAR_DAYS = 365
"""Length of a twelve-month period, leap years too."""


class LineItem(NamedTuple):
    """A row of the balance sheet, the income statement or the cash-flow statement.

    ``names`` are the labels shown, ``synonyms`` the further labels recognised on reading.
    ``ambiguous`` labels name no single item and are refused with the choices.
    ``signed`` items may be negative; the others are costs, assets and debts filed positive.
    ``if_absent`` is ``nil`` for the few items that a small firm leaves out because it has none.
    ``measured_by`` is the indicator that tells whether it is much or little; '' where none does.
    """

    id: str
    statement: str  # balance_sheet | income_statement | cash_flow
    names: Text
    synonyms: tuple[str, ...]
    signed: bool
    if_absent: str  # unknown | nil
    at: At
    measured_by: str = ""


class AmbiguousLabel(NamedTuple):
    """A row label that several line items share, such as "Zobowiązania"."""

    labels: tuple[str, ...]
    choices: tuple[str, ...]
    at: At


class Composed(NamedTuple):
    """An item without a row of its own on some forms: the labels of the rows that make it up.

    One of ``sums`` holds the parts named before it where these stand below it. ``needs`` are rows
    by which the form is known.
    """

    item: str
    parts: tuple[str, ...]
    sums: tuple[str, ...]
    needs: tuple[str, ...]
    at: At


class Identity(NamedTuple):
    """A sum that the statements must obey: ``total`` is the sum of ``parts``."""

    total: str
    parts: tuple[str, ...]
    at: At


class Period(NamedTuple):
    """A reporting period; balances are those of its last day.

    ``days`` is its length; ``stated`` is False where a year was taken for granted.
    """

    id: str
    at: At
    days: int = YEAR_DAYS
    stated: bool = False


class Origin(Enum):
    """Where an amount comes from."""

    GIVEN = "given"
    FLIPPED = "flipped"  # a cost filed negative, turned positive
    DERIVED = "derived"  # from an identity whose other terms are known
    ASSUMED_NIL = "assumed_nil"  # an item that small firms leave out because they have none
    SUPPOSED = "supposed"  # another value than the accounts have, to see what would be


class Amount(NamedTuple):
    """One line item in one period, in units of the accounts.

    ``as_written`` is the user's own spelling. A derived amount keeps the amounts it came from.
    """

    item: str
    period: str
    value: Decimal
    at: At
    as_written: str = ""
    origin: Origin = Origin.GIVEN
    parts: tuple["Amount", ...] = ()


class GivenReading(NamedTuple):
    """An indicator that the company gives directly; percents are fractions (15 % is 0.15).

    An amount of money is in the unit of its indicator (``Catalogue.in_full``).
    """

    indicator: str  # id
    period: str
    value: Decimal
    at: At
    as_written: str = ""


class Answer(NamedTuple):
    """A word or number that answers a question, of the context or of a questionnaire.

    An amount of money is in whole units of the currency, as those of records are.
    """

    key: str
    value: str | Decimal
    at: At


class Pick(NamedTuple):
    """An option of the method, picked by the accounts (``at`` is the place) or on the command line.

    ``instead_of`` is what the accounts say where the command line overrules them.
    """

    choice: str
    option: str
    at: At | None = None
    bundle: str = ""  # the bundle of options that the pick comes from
    instead_of: str = ""


class Company(NamedTuple):
    """Who the accounts are about."""

    name: str = ""
    activity: str = ""  # trade | production | services, or "" when not said
    sector: str = ""
    country: str = ""
    tax_id: str = ""  # in Poland the NIP
    registry_id: str = ""  # number in the register of companies, in Poland the KRS


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something done or seen on reading that the reader must be told.

    ``kind`` names a sentence of the page furniture (``templates/words``); ``figures`` fill it.
    """

    kind: str
    figures: Mapping[str, str] = field(default_factory=dict)
    at: At | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Everything that the company gives, in order of periods, oldest first.

    ``unit`` is what 1 means in the ``amounts`` of the statements, in units of the currency.
    ``records`` are rows of declared tables, read as of the day ``as_of``, which belongs to the last
    period; None where there are neither records nor a day stated.
    """

    file: str
    company: Company
    currency: str
    unit: int
    periods: tuple[Period, ...]
    amounts: Mapping[tuple[str, str], Amount]  # (line item id, period id)
    given: Mapping[tuple[str, str], GivenReading]  # (indicator id, period id)
    context: Mapping[str, Answer]
    method: tuple[Pick, ...] = ()
    notes: tuple[Note, ...] = ()
    peers: tuple[PeerFigure, ...] = ()
    records: Records = field(default_factory=dict)
    as_of: date | None = None

    def period(self, period_id: str) -> Period:
        """Return the period of that id; KeyError if there is none."""
        for period in self.periods:
            if period.id == period_id:
                return period
        raise KeyError(period_id)
