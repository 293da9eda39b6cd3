"""What a chart draws: a figure of a period with its name and how it is written."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.model.chart import Drawn
from diagnost.model.indicator import Indicator, Unit
from diagnost.report.figures import Figures
from diagnost.report.formats import amount


class Shown(NamedTuple):
    """A figure of one period; ``written`` is its value in the language of the document."""

    name: str
    value: Decimal
    written: str


def shown(drawn: Drawn, figures: Figures, period: str) -> Shown | None:
    """Return a figure of a period; None where it is not known.

    Amounts are written as in a table, in the unit of the accounts.
    """
    case = figures.case
    catalogue = case.base.catalogue
    indicator = catalogue.indicator(drawn.figure)
    if indicator is not None:
        value = value_of(indicator, figures, period)
        own = indicator.name
    else:
        held = case.accounts.amounts.get((drawn.figure, period))
        value = held.value if held else None
        own = catalogue.line_items[drawn.figure].names
    if value is None:
        return None
    name = (drawn.name or own).in_language(figures.language)
    if indicator is None or indicator.unit is Unit.MONEY:
        return Shown(name, value, amount(value, figures.language))
    return Shown(name, value, figures.reading(indicator, value))


def value_of(indicator: Indicator, figures: Figures, period: str) -> Decimal | None:
    """Return the value of an indicator in a period, if there is one."""
    reading = figures.case.readings.get((indicator.id, period))
    return reading.value if reading else None


def limit(drawn: Drawn, figures: Figures, period: str) -> Shown | None:
    """Return a line to measure by: the edge of a band, or a figure of the period."""
    catalogue = figures.case.base.catalogue
    symbol, _, edge = drawn.figure.partition(".")
    indicator = catalogue.indicator(symbol)
    value = catalogue.edge(drawn.figure) if edge and indicator is not None else None
    if value is None or indicator is None:
        return shown(drawn, figures, period)
    name = drawn.name.in_language(figures.language) if drawn.name else ""
    return Shown(name, value, figures.write_limit(value, indicator.unit))
