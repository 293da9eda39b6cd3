"""Spreadsheets as programs, offices and banks make them, of two fictional companies.

Each is drawn from the amounts of a case that stands elsewhere as our own form, so that what is read
from it can be held against that. None has the shape of our form. ``SHEETS`` has them all.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from tests.spreadsheets.chinese import ledger_export, small_firm, statutory, ten_thousands
from tests.spreadsheets.drawing import CHINESE, POLISH, YEARS, firm
from tests.spreadsheets.english import auditor, continental, quickbooks, xero
from tests.spreadsheets.polish import bank_form, enova, optima, symfonia


class Sheet(NamedTuple):
    """A spreadsheet: the file it makes, the example it is drawn from, and what it leaves out.

    ``lacks`` are the items of the example that are no row of it, ``only_last`` those that it gives
    for the last year alone.
    """

    file: str
    example: str
    years: tuple[str, ...]
    drawn: Callable[[], bytes]
    lacks: frozenset[str]
    only_last: frozenset[str] = frozenset()

    def expected(self) -> dict[tuple[str, str], Decimal]:
        """Return the amounts that the sheet shows, by item and year, in full currency units."""
        unit = 1000 if self.example.endswith(".yaml") else 10_000
        return {
            (item, year): Decimal(row[YEARS.index(year)] * unit)
            for item, row in firm(self.example).items()
            if item not in self.lacks
            for year in (self.years[-1:] if item in self.only_last else self.years)
        }


_INCOME = frozenset(
    {
        "revenue", "cost_of_sales", "operating_profit", "interest_expense", "profit_before_tax",
        "income_tax", "net_profit", "operating_costs",
    }
)  # fmt: skip

_NO_COSTS_BY_FUNCTION = frozenset({"cost_of_sales", "loan_repayments", "short_term_securities"})
_NO_TOTALS_ZH = frozenset({"short_term_prepayments", "provisions_long_term"})
_NO_ADDITIONAL = frozenset({"depreciation", "loan_repayments"})
_NO_TOTALS_EN = frozenset(
    {
        "short_term_receivables", "short_term_investments", "long_term_receivables",
        "short_term_securities", "loan_repayments",
    }
)  # fmt: skip
SHEETS = {
    "optima": Sheet("optima.xlsx", POLISH, YEARS[1:], optima, _NO_COSTS_BY_FUNCTION),
    "symfonia": Sheet("symfonia.xlsx", POLISH, YEARS[1:], symfonia, _NO_COSTS_BY_FUNCTION),
    "enova": Sheet("enova.xlsx", POLISH, YEARS, enova, _NO_COSTS_BY_FUNCTION),
    "bank_form": Sheet(
        "bank.xlsx", POLISH, YEARS, bank_form,
        frozenset(
            {
                "long_term_receivables", "short_term_securities", "total_liabilities",
                "operating_costs",
            }
        ),
    ),
    "statutory": Sheet(
        "报表.xlsx", CHINESE, YEARS[1:], statutory, _NO_TOTALS_ZH | _NO_ADDITIONAL
    ),
    "small_firm": Sheet(
        "小企业.xlsx", CHINESE, YEARS[1:], small_firm, _NO_TOTALS_ZH | _NO_ADDITIONAL,
        only_last=_INCOME,
    ),
    "ten_thousands": Sheet("三年.xlsx", CHINESE, YEARS, ten_thousands, _NO_TOTALS_ZH),
    "ledger_export": Sheet(
        "导出.csv", CHINESE, YEARS[1:], ledger_export, _NO_TOTALS_ZH | _NO_ADDITIONAL
    ),
    "quickbooks": Sheet(
        "quickbooks.xlsx", POLISH, YEARS[1:], quickbooks,
        _NO_TOTALS_EN
        | {
            "intangible_assets", "tangible_assets", "long_term_investments", "long_term_loans",
            "short_term_loans", "profit_before_tax", "income_tax",
        },
    ),
    "xero": Sheet(
        "xero.xlsx", POLISH, YEARS, xero,
        _NO_TOTALS_EN | {"tangible_assets", "long_term_investments"},
    ),
    "auditor": Sheet(
        "auditor.xlsx", POLISH, YEARS[1:], auditor,
        _NO_TOTALS_EN | {"fixed_assets", "current_assets", "operating_costs", "depreciation"},
    ),
    "continental": Sheet(
        "package.csv", POLISH, YEARS, continental,
        _NO_TOTALS_EN
        | {
            "long_term_investments", "short_term_prepayments", "long_term_loans",
            "provisions_long_term", "provisions_short_term", "short_term_loans",
            "total_liabilities", "operating_costs", "depreciation",
        },
    ),
}  # fmt: skip
"""The spreadsheets by the program or the office that makes such ones."""
