"""Rows whose meaning hangs on the heading above them, as in Polish statutory statements.

"Odsetki" is income under "Przychody finansowe" and the interest paid under "Koszty finansowe";
"z tytułu dostaw i usług" stands under receivables and under liabilities, several times, and adds
up. Net profit stands in the balance sheet and the cash-flow statement too: rows of another
statement than the one being read only fill gaps.
"""

from dataclasses import dataclass
from typing import NamedTuple

from diagnost.intake.draft import LESS, PART, WHOLE
from diagnost.intake.labels import LINE, Match, key_of, spellings

_STATEMENTS = (
    ("cash_flow", ("przeplywy pieniezne", "przeplywow pienieznych", "cash flow", "现金流量")),
    (
        "income_statement",
        ("rachunek zyskow i strat", "rzis", "income statement", "profit and loss", "p l", "利润表",
         "损益表"),
    ),
    ("balance_sheet", ("bilans", "balance sheet", "financial position", "资产负债表")),
)  # fmt: skip
_BALANCE_HEADINGS = frozenset({"aktywa", "pasywa", "assets", "资产", "负债和所有者权益"})
_CASH_FLOW_HEADINGS = ("przeplywy srodkow pienieznych", "cash flows from", "现金流量")

_HEADINGS = {
    "przychody finansowe": "financial_income",
    "financial income": "financial_income",
    "finance income": "financial_income",
    "财务收入": "financial_income",
    "koszty finansowe": "financial_costs",
    "financial costs": "financial_costs",
    "financial expenses": "financial_costs",
    "finance costs": "financial_costs",
    "财务费用": "financial_costs",
}
_LOANS = frozenset(
    {"kredyty i pozyczki", "loans", "borrowings", "loans and borrowings", "bank loans", "借款"}
)
_TRADE = frozenset({"z tytulu dostaw i uslug", "z tytulu dostaw i uslug w okresie splaty"})
_INTEREST = frozenset({"odsetki", "interest"})
_LONG_PART = frozenset({"dlugoterminowa", "dlugoterminowe"})
_SHORT_PART = frozenset({"krotkoterminowa", "krotkoterminowe"})
_DEFERRED_TAX = frozenset(
    {
        "rezerwa z tytulu odroczonego podatku dochodowego",
        "rezerwy z tytulu odroczonego podatku dochodowego",
    }
)
_SALES_PARTS = frozenset(
    {
        "przychody netto ze sprzedazy produktow",
        "przychody netto ze sprzedazy towarow i materialow",
    }
)
_SALES_WITH_STOCK = frozenset({"przychody netto ze sprzedazy i zrownane z nimi"})
_NOT_SOLD = ("zmiana stanu produktow", "koszt wytworzenia produktow na wlasne potrzeby")

NO_ITEM = Match("none", "")
"""The row is understood and belongs to no line item."""


class Use(NamedTuple):
    """What a row is under its heading."""

    match: Match
    how: str = WHOLE


@dataclass(slots=True)
class Section:
    """The statement and the heading that the rows being read stand under."""

    statement: str = ""
    heading: str = ""

    def enter_statement(self, title: str) -> None:
        """Note the statement that a title or heading opens, if it opens one."""
        key = key_of(title)
        for statement, words in _STATEMENTS:
            if any(word in key for word in words):
                self.statement, self.heading = statement, ""
                return
        if key in _BALANCE_HEADINGS:
            self.statement = "balance_sheet"
        elif any(word in key for word in _CASH_FLOW_HEADINGS):
            self.statement = "cash_flow"

    def use(self, label: str, match: Match | None) -> Use | None:
        """Return what the row of that label is here; None where it is nothing known."""
        keys = {key_of(spelling) for spelling, _ in spellings(label)}
        special = self._special(keys)
        if special is not None:
            return special
        heading = next((_HEADINGS[key] for key in keys if key in _HEADINGS), "")
        if heading:
            self.heading = heading
        elif match is not None and match.kind == LINE:
            self.heading = match.id
        return Use(match) if match is not None else None

    def _special(self, keys: set[str]) -> Use | None:
        if keys & _SALES_PARTS:
            return Use(Match(LINE, "revenue"), PART)
        if keys & _SALES_WITH_STOCK:
            return Use(Match(LINE, "revenue", 3))
        if any(key.startswith(_NOT_SOLD) for key in keys):
            return Use(Match(LINE, "operating_costs"), LESS)
        if self.statement == "cash_flow" and keys & (_INTEREST | _LOANS):
            return Use(NO_ITEM)
        found: tuple[str, str] | None = None
        if keys & _INTEREST:
            found = {
                "financial_income": ("", WHOLE),
                "financial_costs": ("interest_expense", WHOLE),
            }.get(self.heading)
        elif keys & _LOANS:
            found = {
                "long_term_liabilities": ("long_term_loans", WHOLE),
                "current_liabilities": ("short_term_loans", WHOLE),
            }.get(self.heading)
        elif keys & _TRADE:
            found = {
                "long_term_receivables": ("", WHOLE),
                "long_term_liabilities": ("", WHOLE),
                "short_term_receivables": ("trade_receivables", PART),
                "current_liabilities": ("trade_payables", PART),
            }.get(self.heading)
        elif self.heading == "provisions" and keys & (_LONG_PART | _DEFERRED_TAX):
            found = ("provisions_long_term", PART)
        elif self.heading == "provisions" and keys & _SHORT_PART:
            found = ("provisions_short_term", PART)
        if found is None:
            return None
        item, how = found
        return Use(Match(LINE, item) if item else NO_ITEM, how)
