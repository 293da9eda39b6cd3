"""Statements in English, of accounting programs, an auditor and the office of a group."""

from tests.spreadsheets.drawing import POLISH, Cells, Row, falling, firm, text, workbook


def quickbooks() -> bytes:
    """Accounts stepped in over several columns, short years, each group followed by its total."""
    f = firm(POLISH)
    days = ["Dec 31, 23", "Dec 31, 22"]

    def at(depth: int, name: str, row: Row | None = None) -> Cells:
        lead = ["" for _ in range(depth)]
        amounts = falling(row, times=1000) if row is not None else []
        return [*lead, name, *(["" for _ in range(5 - depth)] if amounts else []), *amounts]

    owed = f["current_liabilities"] - f["trade_payables"] - f["short_term_loans"]
    leases = f["long_term_liabilities"] - f["long_term_loans"]
    other = f["short_term_receivables"] - f["trade_receivables"]
    gross = f["revenue"] - f["cost_of_sales"]
    apart = f["provisions_short_term"] + f["accruals_and_deferred_income"]
    overheads = f["operating_costs"] - f["cost_of_sales"] - f["depreciation"]
    pay = overheads.part(60)
    balance: list[Cells] = [
        ["", "", "", "", "", "", *days],
        at(0, "ASSETS"),
        at(1, "Current Assets"),
        at(2, "Checking/Savings"),
        at(3, "1000 · Operating Account", f["cash"]),
        at(2, "Total Checking/Savings", f["cash"]),
        at(2, "Accounts Receivable"),
        at(3, "1200 · Accounts Receivable", f["trade_receivables"]),
        at(2, "Total Accounts Receivable", f["trade_receivables"]),
        at(2, "Other Current Assets"),
        at(3, "1300 · Inventory Asset", f["inventories"]),
        at(3, "1350 · Recoverable taxes", other),
        at(3, "1400 · Prepaid Expenses", f["short_term_prepayments"]),
        at(2, "Total Other Current Assets", f["inventories"] + other + f["short_term_prepayments"]),
        at(1, "Total Current Assets", f["current_assets"]),
        at(1, "Fixed Assets"),
        at(2, "1500 · Machinery and buildings", f["tangible_assets"]),
        at(2, "1550 · Software", f["intangible_assets"]),
        at(2, "1600 · Shares held", f["long_term_investments"]),
        at(1, "Total Fixed Assets", f["fixed_assets"]),
        at(0, "TOTAL ASSETS", f["total_assets"]),
        at(0, "LIABILITIES & EQUITY"),
        at(1, "Liabilities"),
        at(2, "Current Liabilities"),
        at(3, "Accounts Payable"),
        at(4, "2000 · Accounts Payable", f["trade_payables"]),
        at(3, "Total Accounts Payable", f["trade_payables"]),
        at(3, "Other Current Liabilities"),
        at(4, "2100 · Bank line of credit", f["short_term_loans"]),
        at(4, "2200 · Payroll and taxes", owed),
        at(4, "2300 · Provisions", f["provisions_short_term"]),
        at(4, "2350 · Deferred Revenue", f["accruals_and_deferred_income"]),
        at(3, "Total Other Current Liabilities", f["short_term_loans"] + owed + apart),
        at(2, "Total Current Liabilities", f["current_liabilities"] + apart),
        at(2, "Long Term Liabilities"),
        at(3, "2600 · Investment loan", f["long_term_loans"]),
        at(3, "2700 · Leases", leases),
        at(3, "2800 · Provisions", f["provisions_long_term"]),
        at(
            2,
            "Total Long Term Liabilities",
            f["long_term_liabilities"] + f["provisions_long_term"],
        ),
        at(1, "Total Liabilities", f["total_liabilities"]),
        at(1, "Equity"),
        at(2, "3000 · Opening Balance Equity", f["equity"] - f["net_profit"]),
        at(2, "Net Income", f["net_profit"]),
        at(1, "Total Equity", f["equity"]),
        at(0, "TOTAL LIABILITIES & EQUITY", f["total_assets"]),
    ]
    income: list[Cells] = [
        ["", "", "", "", "", "", "Jan - Dec 23", "Jan - Dec 22"],
        at(1, "Ordinary Income/Expense"),
        at(2, "Income"),
        at(3, "4000 · Product sales", f["revenue"]),
        at(2, "Total Income", f["revenue"]),
        at(2, "Cost of Goods Sold"),
        at(3, "5000 · Materials and production", f["cost_of_sales"]),
        at(2, "Total COGS", f["cost_of_sales"]),
        at(1, "Gross Profit", gross),
        at(2, "Expense"),
        at(3, "6000 · Payroll Expenses", pay),
        at(3, "6100 · Depreciation Expense", f["depreciation"]),
        at(3, "6200 · Office and administration", overheads - pay),
        at(2, "Total Expense", overheads + f["depreciation"]),
        at(0, "Net Ordinary Income", f["operating_profit"]),
        at(1, "Other Income/Expense"),
        at(2, "Other Expense"),
        at(3, "7000 · Interest Expense", f["interest_expense"]),
        at(2, "Total Other Expense", f["interest_expense"]),
        at(0, "Net Income", f["net_profit"]),
    ]
    return workbook({"Balance Sheet": balance, "Profit & Loss": income}, {}, "#,##0.00")


def xero() -> bytes:
    """Reports of an online program: titles, the day, years descending, totals below groups."""
    f = firm(POLISH)

    def line(name: str, row: Row | None = None) -> Cells:
        return [name, *falling(row, times=1000, years=3)] if row is not None else [name]

    gross = f["revenue"] - f["cost_of_sales"]
    costs = f["operating_costs"] - f["cost_of_sales"]
    owed = f["current_liabilities"] - f["trade_payables"] - f["short_term_loans"]
    apart = f["provisions_short_term"] + f["accruals_and_deferred_income"]
    balance: list[Cells] = [
        ["Balance Sheet"],
        ["Kamienna Dolina Ltd"],
        ["As at 31 December 2023"],
        [],
        ["Account", "31 Dec 2023", "31 Dec 2022", "31 Dec 2021"],
        [],
        line("Assets"),
        line("    Current Assets"),
        line("        Cash and Cash Equivalents", f["cash"]),
        line("        Accounts Receivable", f["trade_receivables"]),
        line("        Inventory", f["inventories"]),
        line("        Prepayments", f["short_term_prepayments"]),
        line("        VAT", f["short_term_receivables"] - f["trade_receivables"]),
        line("    Total Current Assets", f["current_assets"]),
        line("    Fixed Assets"),
        line("        Plant and Machinery", f["tangible_assets"]),
        line("        Intangibles", f["intangible_assets"]),
        line("        Investments in other companies", f["long_term_investments"]),
        line("    Total Fixed Assets", f["fixed_assets"]),
        line("Total Assets", f["total_assets"]),
        line("Liabilities"),
        line("    Current Liabilities"),
        line("        Accounts Payable", f["trade_payables"]),
        line("        Bank Overdraft", f["short_term_loans"]),
        line("        PAYE and VAT", owed),
        line("        Provisions", f["provisions_short_term"]),
        line("        Deferred Income", f["accruals_and_deferred_income"]),
        line("    Total Current Liabilities", f["current_liabilities"] + apart),
        line("    Non-Current Liabilities"),
        line("        Bank Loan", f["long_term_loans"]),
        line("        Hire purchase", f["long_term_liabilities"] - f["long_term_loans"]),
        line("        Provisions", f["provisions_long_term"]),
        line(
            "    Total Non-Current Liabilities",
            f["long_term_liabilities"] + f["provisions_long_term"],
        ),
        line("Total Liabilities", f["total_liabilities"]),
        line("Net Assets", f["equity"]),
        line("Equity"),
        line("    Current Year Earnings", f["net_profit"]),
        line("    Retained Earnings", f["equity"] - f["net_profit"]),
        line("Total Equity", f["equity"]),
    ]
    income: list[Cells] = [
        ["Profit and Loss"],
        ["Kamienna Dolina Ltd"],
        ["For the year ended 31 December 2023"],
        [],
        ["Account", "2023", "2022", "2021"],
        [],
        line("Trading Income"),
        line("    Sales", f["revenue"]),
        line("Total Trading Income", f["revenue"]),
        line("Cost of Sales"),
        line("    Cost of Goods Sold", f["cost_of_sales"]),
        line("Total Cost of Sales", f["cost_of_sales"]),
        line("Gross Profit", gross),
        line("Operating Expenses"),
        line("    Depreciation", f["depreciation"]),
        line("    Salaries", costs - f["depreciation"]),
        line("Total Operating Expenses", costs),
        line("Operating Profit", f["operating_profit"]),
        line("Non-operating Expenses"),
        line("    Interest Paid", f["interest_expense"]),
        line("Profit before Tax", f["profit_before_tax"]),
        line("    Corporation Tax", f["income_tax"]),
        line("Net Profit", f["net_profit"]),
    ]
    return workbook({"Balance Sheet": balance, "Profit and Loss": income}, {}, "#,##0.00")


def auditor() -> bytes:
    """Audited statements in thousands: notes, units under the years, negatives in parentheses."""
    f = firm(POLISH)

    def typed(each: int) -> str:
        return f"({-each:,})" if each < 0 else f"{each:,}" if each else "-"

    def line(name: str, note: str = "", row: Row | None = None, sign: int = 1) -> Cells:
        amounts = [typed(each * sign) for each in falling(row)] if row is not None else []
        return [name, note, *amounts]

    owed = f["current_liabilities"] - f["trade_payables"] - f["short_term_loans"]
    selling = (f["operating_costs"] - f["cost_of_sales"]).part(45)
    balance: list[Cells] = [
        ["Kamienna Dolina Limited"],
        ["Statement of financial position as at 31 December 2023"],
        [],
        ["", "Note", "2023", "2022"],
        ["", "", "PLN'000", "PLN'000"],
        line("Non-current assets"),
        line("Intangible assets", "9", f["intangible_assets"]),
        line("Property, plant and equipment", "10", f["tangible_assets"]),
        line("Long-term investments", "11", f["long_term_investments"]),
        line("", "", f["fixed_assets"]),
        line("Current assets"),
        line("Inventories", "12", f["inventories"]),
        line("Trade receivables", "13", f["trade_receivables"]),
        line("Other receivables", "13", f["short_term_receivables"] - f["trade_receivables"]),
        line("Prepayments", "", f["short_term_prepayments"]),
        line("Cash and cash equivalents", "14", f["cash"]),
        line("", "", f["current_assets"]),
        line("Total assets", "", f["total_assets"]),
        [],
        line("Current liabilities"),
        line("Trade payables", "15", f["trade_payables"]),
        line("Borrowings", "16", f["short_term_loans"]),
        line("Other payables", "15", owed),
        line("Provisions", "17", f["provisions_short_term"]),
        line("Deferred income", "", f["accruals_and_deferred_income"]),
        line(
            "Total current liabilities", "",
            f["current_liabilities"] + f["provisions_short_term"]
            + f["accruals_and_deferred_income"],
        ),
        line("Non-current liabilities"),
        line("Borrowings", "16", f["long_term_loans"]),
        line("Lease liabilities", "16", f["long_term_liabilities"] - f["long_term_loans"]),
        line("Provisions", "17", f["provisions_long_term"]),
        line(
            "Total non-current liabilities", "",
            f["long_term_liabilities"] + f["provisions_long_term"],
        ),
        line("Total liabilities", "", f["total_liabilities"]),
        [],
        line("Equity"),
        line("Share capital", "18", Row((5000, 5000, 5000))),
        line("Retained earnings", "", f["equity"] - Row((5000, 5000, 5000))),
        line("Total equity", "", f["equity"]),
        line("Total equity and liabilities", "", f["total_assets"]),
        [],
        ["The notes on pages 9 to 24 form part of these financial statements."],
    ]  # fmt: skip
    income: list[Cells] = [
        ["Kamienna Dolina Limited"],
        ["Income statement for the year ended 31 December 2023"],
        [],
        ["", "Note", "2023", "2022"],
        ["", "", "PLN'000", "PLN'000"],
        line("Revenue", "4", f["revenue"]),
        line("Cost of sales", "5", f["cost_of_sales"], -1),
        line("Gross profit", "", f["revenue"] - f["cost_of_sales"]),
        line("Distribution costs", "5", selling, -1),
        line(
            "Administrative expenses", "5",
            f["operating_costs"] - f["cost_of_sales"] - selling, -1,
        ),
        line("Operating profit", "6", f["operating_profit"]),
        line("Finance costs", "7", f["interest_expense"], -1),
        line("Loss before tax", "", f["profit_before_tax"]),
        line("Income tax", "8", f["income_tax"], -1),
        line("Loss for the year", "", f["net_profit"]),
    ]  # fmt: skip
    return workbook({"SOFP": balance, "P&L": income}, {"SOFP": ["A2:D2"], "P&L": ["A2:D2"]})


def continental() -> bytes:
    """A text table of a group: semicolons, decimals after commas, points between thousands."""
    f = firm(POLISH)

    def line(code: str, name: str, row: Row) -> Cells:
        return [code, name, *(f"{each:,}".replace(",", ".") + ",00" for each in row), ""]

    rows: list[Cells] = [
        ["Reporting package", "", "", "", "", ""],
        ["Entity:", "Kamienna Dolina", "", "", "", ""],
        ["Currency:", "PLN", "Unit:", "thousand", "", ""],
        ["Code", "Caption", "FY2021", "FY2022", "FY2023", "Comment"],
        line("BS100", "Non-current assets", f["fixed_assets"]),
        line("BS110", "Intangible assets", f["intangible_assets"]),
        line("BS120", "PP&E", f["tangible_assets"]),
        line("BS200", "Current assets", f["current_assets"]),
        line("BS210", "Inventory", f["inventories"]),
        line("BS220", "Trade debtors", f["trade_receivables"]),
        line("BS230", "Other debtors", f["short_term_receivables"] - f["trade_receivables"]),
        line("BS240", "Cash at bank and in hand", f["cash"]),
        line("BS299", "Balance sheet total", f["total_assets"]),
        line("BS300", "Shareholders' equity", f["equity"]),
        line("BS410", "Creditors: amounts falling due after more than one year",
             f["long_term_liabilities"]),
        line("BS420", "Creditors: amounts falling due within one year", f["current_liabilities"]),
        line("BS421", "Trade creditors", f["trade_payables"]),
        line("BS430", "Provisions for liabilities",
             f["provisions_long_term"] + f["provisions_short_term"]),
        line("BS440", "Accruals and deferred income", f["accruals_and_deferred_income"]),
        line("PL100", "Turnover", f["revenue"]),
        line("PL200", "Cost of sales", f["cost_of_sales"]),
        line("PL300", "Operating profit/(loss)", f["operating_profit"]),
        line("PL400", "Interest payable and similar expenses", f["interest_expense"]),
        line("PL500", "Profit/(loss) before taxation", f["profit_before_tax"]),
        line("PL600", "Tax on profit", f["income_tax"]),
        line("PL700", "Profit/(loss) for the financial year", f["net_profit"]),
    ]  # fmt: skip
    return text(rows, ";", "utf-8-sig")
