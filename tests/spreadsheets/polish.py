"""Statements of a Polish company, from accounting programs and for a bank."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.spreadsheets.drawing import NIL, POLISH, Cells, Row, falling, firm, workbook

NAME = "Wytwórnia Kamienna Dolina sp. z o.o."


def _polish_assets(f: Mapping[str, Row]) -> list[tuple[str, str, Row]]:
    """Return the assets of the statutory layout: number, name, amounts."""
    materials = f["inventories"].part(30)
    others = f["short_term_receivables"] - f["trade_receivables"]
    land = f["tangible_assets"].part(60)
    return [
        ("A", "Aktywa trwałe", f["fixed_assets"]),
        ("A.I", "Wartości niematerialne i prawne", f["intangible_assets"]),
        ("A.I.3", "Inne wartości niematerialne i prawne", f["intangible_assets"]),
        ("A.II", "Rzeczowe aktywa trwałe", f["tangible_assets"]),
        ("A.II.1", "Środki trwałe", f["tangible_assets"]),
        ("A.II.1.b", "budynki, lokale, prawa do lokali i obiekty inżynierii lądowej", land),
        ("A.II.1.c", "urządzenia techniczne i maszyny", f["tangible_assets"] - land),
        ("A.II.2", "Środki trwałe w budowie", NIL),
        ("A.III", "Należności długoterminowe", f["long_term_receivables"]),
        ("A.IV", "Inwestycje długoterminowe", f["long_term_investments"]),
        ("A.IV.3", "Długoterminowe aktywa finansowe", f["long_term_investments"]),
        ("A.V", "Długoterminowe rozliczenia międzyokresowe", NIL),
        ("B", "Aktywa obrotowe", f["current_assets"]),
        ("B.I", "Zapasy", f["inventories"]),
        ("B.I.1", "Materiały", materials),
        ("B.I.3", "Produkty gotowe", f["inventories"] - materials),
        ("B.II", "Należności krótkoterminowe", f["short_term_receivables"]),
        ("B.II.1", "Należności od jednostek powiązanych", NIL),
        ("B.II.3", "Należności od pozostałych jednostek", f["short_term_receivables"]),
        ("B.II.3.a", "z tytułu dostaw i usług, w okresie spłaty:", f["trade_receivables"]),
        ("", "- do 12 miesięcy", f["trade_receivables"]),
        ("", "- powyżej 12 miesięcy", NIL),
        ("B.II.3.b", "z tytułu podatków, dotacji, ceł, ubezpieczeń społecznych", others),
        ("B.III", "Inwestycje krótkoterminowe", f["short_term_investments"]),
        ("B.III.1", "Krótkoterminowe aktywa finansowe", f["short_term_investments"]),
        ("B.III.1.c", "środki pieniężne i inne aktywa pieniężne", f["cash"]),
        ("", "- środki pieniężne w kasie i na rachunkach", f["cash"]),
        ("B.IV", "Krótkoterminowe rozliczenia międzyokresowe", f["short_term_prepayments"]),
        ("C", "Należne wpłaty na kapitał (fundusz) podstawowy", NIL),
        ("D", "Udziały (akcje) własne", NIL),
    ]


def _polish_liabilities(f: Mapping[str, Row]) -> list[tuple[str, str, Row]]:
    capital = Row((5000, 5000, 5000))
    owed = f["current_liabilities"] - f["trade_payables"] - f["short_term_loans"]
    return [
        ("A", "Kapitał (fundusz) własny", f["equity"]),
        ("A.I", "Kapitał (fundusz) podstawowy", capital),
        ("A.II", "Kapitał (fundusz) zapasowy", f["equity"] - capital - f["net_profit"]),
        ("A.VI", "Zysk (strata) netto", f["net_profit"]),
        ("B", "Zobowiązania i rezerwy na zobowiązania", f["total_liabilities"]),
        ("B.I", "Rezerwy na zobowiązania", f["provisions_long_term"] + f["provisions_short_term"]),
        ("B.I.1", "Rezerwa z tytułu odroczonego podatku dochodowego", NIL),
        ("B.I.2", "Rezerwa na świadczenia emerytalne i podobne", f["provisions_long_term"]),
        ("", "- długoterminowa", f["provisions_long_term"]),
        ("", "- krótkoterminowa", NIL),
        ("B.I.3", "Pozostałe rezerwy", f["provisions_short_term"]),
        ("", "- długoterminowe", NIL),
        ("", "- krótkoterminowe", f["provisions_short_term"]),
        ("B.II", "Zobowiązania długoterminowe", f["long_term_liabilities"]),
        ("B.II.3", "Wobec pozostałych jednostek", f["long_term_liabilities"]),
        ("B.II.3.a", "kredyty i pożyczki", f["long_term_loans"]),
        ("B.II.3.c", "inne zobowiązania finansowe",
         f["long_term_liabilities"] - f["long_term_loans"]),
        ("B.III", "Zobowiązania krótkoterminowe", f["current_liabilities"]),
        ("B.III.3", "Zobowiązania wobec pozostałych jednostek", f["current_liabilities"]),
        ("B.III.3.a", "kredyty i pożyczki", f["short_term_loans"]),
        ("B.III.3.d", "z tytułu dostaw i usług, w okresie wymagalności:", f["trade_payables"]),
        ("", "- do 12 miesięcy", f["trade_payables"]),
        ("B.III.3.g", "z tytułu podatków, ceł, ubezpieczeń i innych świadczeń", owed),
        ("B.III.4", "Fundusze specjalne", NIL),
        ("B.IV", "Rozliczenia międzyokresowe", f["accruals_and_deferred_income"]),
        ("B.IV.2", "Inne rozliczenia międzyokresowe", f["accruals_and_deferred_income"]),
    ]  # fmt: skip


def _by_nature(f: Mapping[str, Row]) -> list[tuple[str, str, Row]]:
    """Return the income statement of the statutory layout by nature of costs."""
    rest = f["operating_costs"] - f["depreciation"]
    materials, pay = rest.part(70), rest.part(20)
    goods = f["revenue"].part(10)
    return [
        ("A", "Przychody netto ze sprzedaży i zrównane z nimi, w tym:", f["revenue"]),
        ("", "- od jednostek powiązanych", NIL),
        ("A.I", "Przychody netto ze sprzedaży produktów", f["revenue"] - goods),
        ("A.II", "Zmiana stanu produktów (zwiększenie - wartość dodatnia)", NIL),
        ("A.III", "Koszt wytworzenia produktów na własne potrzeby jednostki", NIL),
        ("A.IV", "Przychody netto ze sprzedaży towarów i materiałów", goods),
        ("B", "Koszty działalności operacyjnej", f["operating_costs"]),
        ("B.I", "Amortyzacja", f["depreciation"]),
        ("B.II", "Zużycie materiałów i energii", materials),
        ("B.V", "Wynagrodzenia", pay),
        ("B.VII", "Pozostałe koszty rodzajowe", rest - materials - pay),
        ("C", "Zysk (strata) ze sprzedaży (A-B)", f["revenue"] - f["operating_costs"]),
        ("D", "Pozostałe przychody operacyjne", NIL),
        ("E", "Pozostałe koszty operacyjne", NIL),
        ("F", "Zysk (strata) z działalności operacyjnej (C+D-E)", f["operating_profit"]),
        ("G", "Przychody finansowe", Row((0, 0, 0))),
        ("G.II", "Odsetki, w tym:", NIL),
        ("H", "Koszty finansowe", f["interest_expense"]),
        ("H.I", "Odsetki, w tym:", f["interest_expense"]),
        ("", "- dla jednostek powiązanych", NIL),
        ("I", "Zysk (strata) brutto (F+G-H)", f["profit_before_tax"]),
        ("J", "Podatek dochodowy", f["income_tax"]),
        ("K", "Pozostałe obowiązkowe zmniejszenia zysku (zwiększenia straty)", NIL),
        ("L", "Zysk (strata) netto (I-J-K)", f["net_profit"]),
    ]


def _change(row: Row) -> list[Any]:
    """Return the two columns that reports set beside two years: difference and change."""
    after, before = row[-1] * 1000, row[-2] * 1000
    return [after - before, f"{(after - before) / before:.1%}".replace(".", ",") if before else ""]


def optima() -> bytes:
    """Two statements below each other on one sheet, in full złoty, with a column of changes."""
    f = firm(POLISH)
    head = ["Symbol", "Pozycja zestawienia", "Stan na 31.12.2023", "Stan na 31.12.2022", "Różnica",
            "Zmiana %"]  # fmt: skip
    rows: list[Cells] = [
        [NAME],
        ["Zestawienie księgowe: Bilans - jednostka inna"],
        ["Data wydruku: 12.03.2024", "", "", "Strona 1"],
        [],
        head,
        ["", "AKTYWA", *falling(f["total_assets"], times=1000), *_change(f["total_assets"])],
    ]
    rows += [[n, name, *falling(r, times=1000), *_change(r)] for n, name, r in _polish_assets(f)]
    rows += [["", "PASYWA", *falling(f["total_assets"], times=1000), *_change(f["total_assets"])]]
    rows += [
        [n, name, *falling(r, times=1000), *_change(r)] for n, name, r in _polish_liabilities(f)
    ]
    rows += [[], ["Zestawienie księgowe: Rachunek zysków i strat - wariant porównawczy"], []]
    rows += [["Symbol", "Pozycja zestawienia", "01.01.2023 - 31.12.2023",
              "01.01.2022 - 31.12.2022", "Różnica", "Zmiana %"]]  # fmt: skip
    rows += [[n, name, *falling(r, times=1000), *_change(r)] for n, name, r in _by_nature(f)]
    return workbook({"Arkusz1": rows}, {"Arkusz1": ["A1:F1", "A2:F2"]}, "#,##0.00")


def symfonia() -> bytes:
    """The balance sheet with both sides beside each other, begin of the year first."""
    f = firm(POLISH)

    def rising(row: Row) -> list[int]:
        return [each * 1000 for each in row[-2:]]

    left = [(f"{n}. {name}".lstrip(". "), rising(r)) for n, name, r in _polish_assets(f)]
    right = [(f"{n}. {name}".lstrip(". "), rising(r)) for n, name, r in _polish_liabilities(f)]
    total = rising(f["total_assets"])
    rows: list[Cells] = [
        [NAME, "", "", "", "NIP 000-000-00-00"],
        ["Bilans sporządzony na dzień 31.12.2023 r."],
        [],
        ["Aktywa", "Stan na", "", "Pasywa", "Stan na", ""],
        ["", "początek roku", "koniec roku", "", "początek roku", "koniec roku"],
    ]
    for place in range(max(len(left), len(right))):
        sides = (side[place] if place < len(side) else ("", ["", ""]) for side in (left, right))
        rows.append([cell for name, amounts in sides for cell in (name, *amounts)])
    rows.append(["Aktywa razem", *total, "Pasywa razem", *total])
    rows += [[], ["Sporządziła:", "", "", "Zarząd:"]]
    income: list[Cells] = [
        [NAME],
        ["Rachunek zysków i strat za okres 01.01.2023 - 31.12.2023"],
        [],
        ["Treść", "Rok poprzedni", "Rok bieżący"],
    ]
    income += [[f"{n}. {name}".lstrip(". "), *rising(r)] for n, name, r in _by_nature(f)]
    return workbook(
        {"Bilans": rows, "RZiS": income},
        {"Bilans": ["A2:F2", "B4:C4", "E4:F4", "A4:A5", "D4:D5"]},
        "#,##0.00",
    )


def enova() -> bytes:
    """Years as dates of the spreadsheet, the latest first; thousands; one sheet per statement."""
    f = firm(POLISH)
    days = [date(2023, 12, 31), date(2022, 12, 31), date(2021, 12, 31)]

    def listed(rows: list[tuple[str, str, Row]], title: str) -> list[Cells]:
        return [
            [f"{NAME} - {title}"],
            ["kwoty w tys. zł"],
            ["Lp.", "Nazwa", *days],
            *([n, name, *falling(r, years=3)] for n, name, r in rows),
        ]

    balance = [
        *_polish_assets(f),
        ("", "Aktywa razem", f["total_assets"]),
        *_polish_liabilities(f),
        ("", "Pasywa razem", f["total_assets"]),
    ]
    return workbook(
        {
            "Bilans": listed(balance, "bilans"),
            "Rachunek zysków i strat": listed(_by_nature(f), "rachunek zysków i strat"),
            "Parametry": [["Baza", "KAMIENNA"], ["Operator", "A. Nowak"], ["Wersja", "2312.4"]],
        }
    )


def bank_form() -> bytes:
    """A form of a bank: Roman numbers, notes, amounts typed as text with spaces and commas."""
    f = firm(POLISH)

    def typed(row: Row) -> list[str]:
        return [f"{each:,}".replace(",", " ") + ",0" for each in row]

    def line(number: str, name: str, note: str, row: Row) -> list[str]:
        return [number, name, note, *typed(row)]

    rest = f["operating_costs"] - f["cost_of_sales"]
    rows: list[Cells] = [
        ["Załącznik nr 2 do wniosku kredytowego"],
        ["Wnioskodawca:", NAME],
        ["Dane finansowe w tys. PLN"],
        [],
        ["L.p.", "Wyszczególnienie", "Nota", "2021 r.", "2022 r.", "2023 r."],
        ["", "BILANS"],
        line("I", "Aktywa trwałe razem", "", f["fixed_assets"]),
        line("1", "Wartości niematerialne i prawne", "3", f["intangible_assets"]),
        line("2", "Rzeczowe aktywa trwałe", "4", f["tangible_assets"]),
        line("3", "Inwestycje długoterminowe", "", f["long_term_investments"]),
        line("II", "Aktywa obrotowe razem", "", f["current_assets"]),
        line("1", "Zapasy", "5", f["inventories"]),
        line("2", "Należności krótkoterminowe", "6", f["short_term_receivables"]),
        line("", "w tym: należności z tytułu dostaw i usług", "6", f["trade_receivables"]),
        line("3", "Inwestycje krótkoterminowe", "", f["short_term_investments"]),
        line("", "w tym: środki pieniężne", "7", f["cash"]),
        line("4", "Rozliczenia międzyokresowe (czynne)", "", f["short_term_prepayments"]),
        line("III", "Suma bilansowa", "", f["total_assets"]),
        line("IV", "Kapitały własne", "8", f["equity"]),
        line("V", "Rezerwy długoterminowe", "9", f["provisions_long_term"]),
        line("VI", "Rezerwy krótkoterminowe", "9", f["provisions_short_term"]),
        line("VII", "Zobowiązania długoterminowe", "", f["long_term_liabilities"]),
        line("", "w tym: kredyty i pożyczki", "10", f["long_term_loans"]),
        line("VIII", "Zobowiązania krótkoterminowe", "", f["current_liabilities"]),
        line("", "w tym: kredyty i pożyczki", "10", f["short_term_loans"]),
        line("", "w tym: zobowiązania handlowe", "11", f["trade_payables"]),
        line("IX", "Rozliczenia międzyokresowe (bierne)", "", f["accruals_and_deferred_income"]),
        ["", "RACHUNEK ZYSKÓW I STRAT"],
        line("X", "Przychody ze sprzedaży", "12", f["revenue"]),
        line("XI", "Koszt własny sprzedaży", "13", f["cost_of_sales"]),
        line("XII", "Koszty sprzedaży i ogólnego zarządu", "13", rest),
        line("XIII", "Wynik na działalności operacyjnej", "", f["operating_profit"]),
        line("XIV", "Koszty odsetek", "14", f["interest_expense"]),
        line("XV", "Wynik brutto", "", f["profit_before_tax"]),
        line("XVI", "Podatek dochodowy", "15", f["income_tax"]),
        line("XVII", "Wynik netto", "", f["net_profit"]),
        line("XVIII", "w tym amortyzacja", "", f["depreciation"]),
        line("XIX", "Spłata rat kapitałowych", "", f["loan_repayments"]),
        [],
        ["Oświadczam, że dane są zgodne z księgami. Data: 15.03.2024"],
    ]
    return workbook({"dane": rows}, {"dane": ["A1:F1", "A3:F3", "B6:F6", "B28:F28"]})
