"""Rows whose meaning hangs on the heading above them, as in Polish statutory statements.

"Odsetki" is income under "Przychody finansowe" and the interest paid under "Koszty finansowe";
"z tytułu dostaw i usług" stands under receivables and under liabilities, several times, and adds
up. Net profit stands in the balance sheet and the cash-flow statement too: rows of another
statement than the one being read only fill gaps.

Other layouts name a group of debts in a row of its own and give its total below ("Non-current
liabilities", "非流动负债："): within it "Borrowings" and "Provisions" are those of the group, and
provisions and deferred income that its total counts in are taken off it. "Total operating
expenses" below a gross profit are those beside the cost of sales. "营业利润" stands below the
finance costs, which are added back.
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
    {
        "kredyty i pozyczki", "loans", "borrowings", "loans and borrowings", "bank loans",
        "loan", "bank loan", "bank loans and overdrafts", "interest bearing borrowings", "借款",
    }
)  # fmt: skip
_TRADE = frozenset(
    {
        "z tytulu dostaw i uslug",
        "z tytulu dostaw i uslug w okresie splaty",
        "z tytulu dostaw i uslug w okresie wymagalnosci",
    }
)
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
_GROSS = frozenset({"gross profit", "gross margin", "gross profit loss"})
_COSTS_BELOW_GROSS = frozenset(
    {
        "total operating expenses", "total operating costs", "total expenses", "total expense",
        "operating expenses", "operating costs", "expenses", "total overheads", "overheads",
    }
)  # fmt: skip
_ABOVE_OPERATING_PROFIT = frozenset({"财务费用"})
_AFTER_FINANCE_COSTS = frozenset({"营业利润"})
GROUPS = frozenset({"current_liabilities", "long_term_liabilities"})
"""Debts that a statement may name before their rows and add up below them."""
_ENDING_GROUPS = frozenset(
    {"equity", "total_assets", "total_liabilities", "fixed_assets", "current_assets"}
)
_OWN_GROUP = {
    "provisions": ("provisions_short_term", "provisions_long_term"),
    "provisions_short_term": ("provisions_short_term", "provisions_short_term"),
    "provisions_long_term": ("provisions_long_term", "provisions_long_term"),
    "accruals_and_deferred_income": ("accruals_and_deferred_income",) * 2,
}
"""What these rows are within current and within long-term liabilities."""
_NOT_SOLD = ("zmiana stanu produktow", "koszt wytworzenia produktow na wlasne potrzeby")

FINANCE_COSTS = "finance_costs"
"""Stands for the finance costs read above an operating profit, which are no line item."""
NO_ITEM = Match("none", "")
"""The row is understood and belongs to no line item."""


class Use(NamedTuple):
    """What a row is under its heading.

    ``within`` is the group of debts whose total counts the row in. ``with_item`` is the item whose
    row, read before, is another part of this one.
    """

    match: Match
    how: str = WHOLE
    within: str = ""
    with_item: str = ""


@dataclass(slots=True)
class Section:
    """The statement and the heading that the rows being read stand under.

    ``group`` are the debts that were named and not yet added up; ``gross`` says that a gross profit
    was read, ``costed`` that the costs below it were too, ``financed`` that finance costs were, and
    no operating profit since.
    """

    statement: str = ""
    heading: str = ""
    group: str = ""
    gross: bool = False
    costed: bool = False
    financed: bool = False

    def enter_statement(self, title: str) -> None:
        """Note the statement that a title or heading opens, if it opens one."""
        key = key_of(title)
        for statement, words in _STATEMENTS:
            if any(word in key for word in words):
                self.statement, self.heading, self.group = statement, "", ""
                self.gross = self.costed = self.financed = False
                return
        if key in _BALANCE_HEADINGS:
            self.statement = "balance_sheet"
        elif any(word in key for word in _CASH_FLOW_HEADINGS):
            self.statement = "cash_flow"

    def use(self, label: str, match: Match | None, *, amounts: bool = True) -> Use | None:
        """Return what the row of that label is here; None where it is nothing known.

        A row without ``amounts`` is a heading of others.
        """
        keys = {key_of(spelling) for spelling, _ in spellings(label)}
        self._enter_group(match, amounts)
        if amounts:
            self.gross = self.gross or bool(keys & _GROSS)
            self.financed = self.financed or bool(keys & _ABOVE_OPERATING_PROFIT)
            if self.gross and keys & _COSTS_BELOW_GROSS:
                if self.costed:
                    return None  # the same costs once more, or with others added to them
                self.costed = True
        special = self._special(keys)
        if special is not None:
            return special
        heading = next((_HEADINGS[key] for key in keys if key in _HEADINGS), "")
        if heading:
            self.heading = heading
        elif match is not None and match.kind == LINE:
            self.heading = match.id
        return self._placed(match, keys) if match is not None else None

    def use_settled(self, label: str, item: str, how: str) -> Use:
        """Return what a row is that somebody has settled to be an item; others stand under it."""
        self.use(label, Match(LINE, item))
        within = self.group if how == WHOLE and item in _OWN_GROUP else ""
        return Use(Match(LINE, item), how, within=within)

    def _enter_group(self, match: Match | None, amounts: bool) -> None:
        """Note where a group of debts begins, and where its total or another side ends it."""
        if match is None or match.kind != LINE:
            return
        if match.id in GROUPS:
            self.group = "" if amounts else match.id
        elif match.id in _ENDING_GROUPS:
            self.group = ""

    def _placed(self, match: Match, keys: set[str]) -> Use:
        """Return what a row that names an item is within its group and statement."""
        if self.group and match.id in _OWN_GROUP:
            current, long_term = _OWN_GROUP[match.id]
            item = current if self.group == "current_liabilities" else long_term
            return Use(match._replace(id=item), WHOLE, within=self.group)
        if self.financed and match.id == "operating_profit" and keys & _AFTER_FINANCE_COSTS:
            self.financed = False
            return Use(match, with_item=FINANCE_COSTS)
        return Use(match)

    def _special(self, keys: set[str]) -> Use | None:
        if keys & _SALES_PARTS:
            return Use(Match(LINE, "revenue"), PART)
        if keys & _SALES_WITH_STOCK:
            return Use(Match(LINE, "revenue", 3))
        if any(key.startswith(_NOT_SOLD) for key in keys):
            return Use(Match(LINE, "operating_costs"), LESS)
        if self.statement == "cash_flow" and keys & (_INTEREST | _LOANS):
            return Use(NO_ITEM)
        if self.gross and keys & _COSTS_BELOW_GROSS:
            return Use(Match(LINE, "operating_costs"), PART, with_item="cost_of_sales")
        found: tuple[str, str] | None = None
        if keys & _INTEREST:
            found = {
                "financial_income": ("", WHOLE),
                "financial_costs": ("interest_expense", WHOLE),
            }.get(self.heading)
        elif keys & _LOANS:
            loans = {
                "long_term_liabilities": ("long_term_loans", WHOLE),
                "current_liabilities": ("short_term_loans", WHOLE),
            }
            found = loans.get(self.heading) or loans.get(self.group)
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
