"""A fictional company whose figures all fit, and ways of spoiling them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from diagnost.model.accounts import Accounts, Amount, Company, GivenReading, Period
from diagnost.model.located import At
from tests.shipped import base

FITTING: Mapping[str, Sequence[str]] = {
    "fixed_assets": ["3900", "4000", "4110"],
    "intangible_assets": ["90", "85", "80"],
    "tangible_assets": ["3700", "3815", "3930"],
    "current_assets": ["3065", "3250", "3394"],
    "inventories": ["1108", "1234", "1297"],
    "short_term_receivables": ["1392", "1466", "1533"],
    "trade_receivables": ["1260", "1320", "1371"],
    "short_term_investments": ["503", "480", "491"],
    "cash": ["403", "380", "389"],
    "short_term_prepayments": ["62", "70", "73"],
    "total_assets": ["6965", "7250", "7504"],
    "equity": ["2941", "3120", "3287"],
    "provisions_long_term": ["41", "45", "48"],
    "provisions_short_term": ["33", "35", "36"],
    "long_term_liabilities": ["1004", "930", "871"],
    "long_term_loans": ["934", "860", "801"],
    "current_liabilities": ["2907", "3075", "3214"],
    "trade_payables": ["2088", "2210", "2307"],
    "short_term_loans": ["574", "610", "639"],
    "accruals_and_deferred_income": ["39", "45", "48"],
    "total_liabilities": ["4024", "4130", "4217"],
    "revenue": ["9214", "9650", "9987"],
    "operating_costs": ["8763", "9163", "9506"],
    "operating_profit": ["451", "487", "481"],
    "interest_expense": ["79", "75", "71"],
    "profit_before_tax": ["372", "412", "410"],
    "income_tax": ["71", "78", "77"],
    "net_profit": ["301", "334", "333"],
}
PERIODS = ("2021", "2022", "2023")


def fitting(periods: int = 3) -> dict[str, list[str]]:
    """Return the figures that fit, of the last ``periods``."""
    return {item: list(row[-periods:]) for item, row in FITTING.items()}


def spoiled(changes: Mapping[tuple[str, str], str], periods: int = 3) -> dict[str, list[str]]:
    """Return the figures with some of them written otherwise, by item and period."""
    rows = fitting(periods)
    for (item, period), text in changes.items():
        rows[item][PERIODS[-periods:].index(period)] = text
    return rows


def accounts(
    rows: Mapping[str, Sequence[str | None]],
    given: Mapping[str, Sequence[str | None]] | None = None,
) -> Accounts:
    """Return accounts as they are read: rows in the order of the line items, one to a line."""
    catalogue = base().catalogue
    known = [item for item in catalogue.line_items if item in rows]
    table = {**rows, **(given or {})}
    count = len(next(iter(table.values())))
    ids = PERIODS[-count:]
    amounts = {}
    for line, item in enumerate(known):
        for column, text in enumerate(rows[item]):
            if text is not None:
                at = At("acme.csv", line + 2, column + 2)
                key = (item, ids[column])
                amounts[key] = Amount(*key, Decimal(text), at, as_written=text)
    readings = {}
    for line, (symbol, row) in enumerate((given or {}).items()):
        name = catalogue.symbols[symbol]
        for column, text in enumerate(row):
            if text is not None:
                at = At("acme.csv", line + 102, column + 2)
                share = Decimal(text.rstrip("%")) / (100 if "%" in text else 1)
                readings[name, ids[column]] = GivenReading(name, ids[column], share, at, text)
    return Accounts(
        file="acme.csv",
        company=Company(),
        currency="PLN",
        unit=1000,
        periods=tuple(Period(id_, At("acme.csv", 1, 2 + i)) for i, id_ in enumerate(ids)),
        amounts=amounts,
        given=readings,
        context={},
    )
