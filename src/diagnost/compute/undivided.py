"""How far figures hang on provisions that the statements do not divide by term."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from diagnost.compute.derived import LONG_TERM, SHORT_TERM
from diagnost.compute.readings import ReadingTable
from diagnost.model.accounts import Accounts, Note
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Reading

RANGE = "provisions_range"
"""The kind of note that tells the range."""


def with_ranges(
    accounts: Accounts,
    catalogue: Catalogue,
    readings: ReadingTable,
    again: Callable[[Accounts], ReadingTable],
) -> Accounts:
    """Note between which values figures lie, where provisions are not divided by term.

    ``again`` reads accounts that have them all on the other side. The indicators are those which
    the option of the method is shown by.
    """
    undivided = [n.figures["period"] for n in accounts.notes if n.kind in (LONG_TERM, SHORT_TERM)]
    shown = {name for option in catalogue.method.options for name in option.shown_by}
    if not undivided or not shown:
        return accounts
    other = again(_on_the_other_side(accounts, undivided))
    notes = tuple(_ranges(shown, undivided, catalogue, readings, other))
    return replace(accounts, notes=(*accounts.notes, *notes))


def _on_the_other_side(accounts: Accounts, periods: list[str]) -> Accounts:
    amounts = dict(accounts.amounts)
    for period in periods:
        long, short = amounts[LONG_TERM, period], amounts[SHORT_TERM, period]
        amounts[LONG_TERM, period] = long._replace(value=short.value)
        amounts[SHORT_TERM, period] = short._replace(value=long.value)
    return replace(accounts, amounts=amounts)


def _ranges(
    shown: set[str],
    periods: list[str],
    catalogue: Catalogue,
    readings: ReadingTable,
    other: ReadingTable,
) -> Iterator[Note]:
    for indicator in (each for each in catalogue.indicators if each in shown):
        for period in periods:
            values = [_value(table.get((indicator, period))) for table in (readings, other)]
            used, turned = values
            if used is None or turned is None or used == turned:
                continue
            figures = {
                "symbol": catalogue.indicators[indicator].symbol or indicator,
                "period": period,
                "low": str(min(used, turned)),
                "high": str(max(used, turned)),
                "used": str(used),
            }
            yield Note(kind=RANGE, figures=figures)


def _value(reading: Reading | None) -> Decimal | None:
    return reading.value if reading is not None else None
