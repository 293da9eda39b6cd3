"""Polish electronic financial statements: kinds of entities, signs, gaps, years, unsafe files."""

import base64
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root
from diagnost.model.accounts import Accounts, Origin, Pick
from diagnost.model.located import DiagnostError
from diagnost.pipeline import Case, diagnose
from diagnost.report.narrative import write
from tests.filings import Amounts, filing, kamienna
from tests.shipped import ROOT, accounts_of, base

FOLDER = ROOT / "examples" / "filings" / "kamienna-dolina"

SMALL: dict[str, Amounts] = {
    "balance": {
        "Aktywa": (1000, 900),
        "Aktywa_A": (400, 420),
        "Aktywa_B": (600, 480),
        "Aktywa_B_I": (200, 150),
        "Aktywa_B_II": (250, 200),
        "Aktywa_B_II_A": (240, 190),
        "Aktywa_B_III": (140, 120),
        "Aktywa_B_III_A": (140, 120),
        "Aktywa_B_III_A_1": (130, 120),
        "Aktywa_B_IV": (10, 10),
        "Pasywa": (1000, 900),
        "Pasywa_A": (300, 280),
        "Pasywa_B": (700, 620),
        "Pasywa_B_I": (100, 80),
        "Pasywa_B_I_1": (30, 30),
        "Pasywa_B_II": (150, 140),
        "Pasywa_B_II_1": (150, 140),
        "Pasywa_B_III": (450, 400),
        "Pasywa_B_III_A": (100, 90),
        "Pasywa_B_III_B": (300, 280),
    },
    "income": {
        "A": (2050, 1900),
        "A_I": (2000, 1880),
        "A_II": (50, 20),
        "B": (1900, 1800),
        "B_I": (60, 55),
        "C": (150, 100),
        "D": (10, 5),
        "E": (20, 15),
        "G": (40, 35),
        "G_I": (30, 30),
        "H": (100, 55),
        "I": (19, 10),
        "J": (81, 45),
    },
}
MICRO: dict[str, Amounts] = {
    "balance": {
        "Aktywa": ("1000.50", "900"),
        "Aktywa_A": ("400.50", "420"),
        "Aktywa_B": ("600", "480"),
        "Aktywa_B_1": ("200", "150"),
        "Aktywa_B_2": ("250", "200"),
        "Pasywa": ("1000.50", "900"),
        "Pasywa_A": ("300.50", "280"),
        "Pasywa_B": ("700", "620"),
        "Pasywa_B_1": ("0", "0"),
    },
    "income": {
        "A": (2050, 1900),
        "A_1": (50, 20),
        "B": (1900, 1800),
        "C": (10, 5),
        "D": (60, 50),
        "E": (19, 10),
        "F": (81, 45),
    },
}
ORGANISATION: dict[str, Amounts] = {
    "balance": {
        "Aktywa": (1000, 900),
        "Aktywa_A": (400, 420),
        "Aktywa_B": (600, 480),
        "Aktywa_B_I": (50, 40),
        "Pasywa": (1000, 900),
        "Pasywa_A": (700, 640),
        "Pasywa_B": (300, 260),
        "Pasywa_B_III": (300, 260),
    },
    "income": {
        "A": (900, 800),
        "B": (850, 760),
        "C": (50, 40),
        "D": (200, 180),
        "E": (150, 140),
        "F": (50, 40),
        "G": (60, 50),
        "H": (40, 30),
        "I": (30, 5),
        "J": (10, 5),
        "M": (60, 30),
        "O": (60, 30),
    },
}


def read(tmp_path: Path, *files: str) -> Accounts:
    for number, text in enumerate(files):
        (tmp_path / f"filing-{number}.xml").write_text(text, encoding="utf-8")
    path = tmp_path / "filing-0.xml" if len(files) == 1 else tmp_path
    return read_accounts(path, base().catalogue)


def refused(tmp_path: Path, *files: str) -> list[str]:
    with pytest.raises(DiagnostError) as caught:
        read(tmp_path, *files)
    return [problem.code for problem in caught.value.problems]


def values(accounts: Accounts, period: str = "2023") -> dict[str, float]:
    return {item: float(a.value) for (item, p), a in accounts.amounts.items() if p == period}


def kinds(accounts: Accounts) -> set[str]:
    return {note.kind for note in accounts.notes}


def told(case: Case, language: str = "en") -> str:
    period = case.accounts.periods[-1].id
    document = write(case, language, period, content_root())
    return " ".join(sentence.text for sentence in document.data)


def test_two_filings_are_the_case_that_their_company_gives_itself() -> None:
    filed = read_accounts(FOLDER, base().catalogue)
    assert [period.id for period in filed.periods] == ["2021", "2022", "2023"]
    assert filed.unit == 1000
    assert filed.company == (
        "Wytwórnia Kamienna Dolina sp. z o.o.", "production", "31.09.Z", "PL", "1111111111",
        "0000111111",
    )  # fmt: skip
    case = diagnose(filed, base(), engine="builtin")
    own = diagnose(accounts_of("overstocked-manufacturer.yaml"), base(), engine="builtin")
    assert {k: a.value for k, a in case.accounts.amounts.items() if k[0] != "provisions"} == {
        k: a.value for k, a in own.accounts.amounts.items()
    }
    assert [f.statement.id for f in case.diagnosis.findings] == [
        f.statement.id for f in own.diagnosis.findings
    ]


def test_a_small_entity_is_read_by_its_own_positions(tmp_path: Path) -> None:
    accounts = read(tmp_path, filing("Mala", 2023, SMALL, variant="RZiSPor"))
    assert values(accounts) == {
        "fixed_assets": 400, "current_assets": 600, "inventories": 200,
        "short_term_receivables": 250, "trade_receivables": 240, "short_term_investments": 140,
        "cash": 130, "short_term_prepayments": 10, "total_assets": 1000, "equity": 300,
        "provisions": 100, "long_term_liabilities": 150, "long_term_loans": 150,
        "current_liabilities": 450, "trade_payables": 300, "short_term_loans": 100,
        "accruals_and_deferred_income": 0, "total_liabilities": 700, "revenue": 2000,
        "operating_costs": 1850, "operating_profit": 140, "interest_expense": 30,
        "profit_before_tax": 100, "income_tax": 19, "net_profit": 81, "depreciation": 60,
    }  # fmt: skip
    assert "netted" in kinds(accounts)
    assert str(accounts.amounts["cash", "2023"].at).startswith("filing-0.xml:")


def test_provisions_not_divided_by_term_give_a_range(tmp_path: Path) -> None:
    accounts = read(tmp_path, filing("Mala", 2023, SMALL, variant="RZiSPor"))
    case = diagnose(accounts, base(), engine="builtin")
    assert "WPB in 2023 lies between 1.09 and 1.33" in told(case)  # 600/550 and 600/450
    assert "WPB za 2023 r. wynosi od 1,09 do 1,33" in told(case, "pl")
    other = replace(accounts, method=())
    narrow = diagnose(other, base(), engine="builtin", method=(Pick("provisions", "short_term"),))
    reading = narrow.readings["finance.liquidity.current_ratio", "2023"]
    assert round(reading.value or 0, 2) == Decimal("1.09")
    none = SMALL | {"balance": {**SMALL["balance"], "Pasywa_B_I": (0, 0), "Pasywa_B_I_1": (0, 0)}}
    sure = diagnose(
        read(tmp_path, filing("Mala", 2023, none, variant="RZiSPor")), base(), engine="builtin"
    )
    assert "lies between" not in told(sure)


def test_a_micro_entity_gives_what_it_has_and_no_more(tmp_path: Path) -> None:
    accounts = read(tmp_path, filing("Mikro", 2023, MICRO))
    found = values(accounts)
    assert found["total_assets"] == 1000.5
    assert (found["revenue"], found["operating_costs"]) == (2000, 1850)
    assert (found["profit_before_tax"], found["net_profit"]) == (100, 81)
    assert "current_liabilities" not in found
    assert "operating_profit" not in found
    assert "depreciation" not in found  # not filed, and costs are not made up by the others


def test_an_organisation_that_files_as_a_micro_entity_calls_its_result_otherwise(
    tmp_path: Path,
) -> None:
    text = filing("Mikro", 2023, MICRO).replace("jmi:F>", "jmi:G>")
    assert values(read(tmp_path, text))["net_profit"] == 81


def test_an_organisation(tmp_path: Path) -> None:
    found = values(read(tmp_path, filing("Op", 2023, ORGANISATION)))
    assert (found["revenue"], found["operating_costs"]) == (1100, 1060)
    assert (found["operating_profit"], found["net_profit"]) == (60, 60)
    assert found["income_tax"] == 0  # not filed; the result is right without


def test_a_small_balance_sheet_with_a_full_income_statement(tmp_path: Path) -> None:
    full = kamienna(2023)
    statements = {**SMALL, "income": full["income"]}
    mixed = filing("Mala", 2023, statements, variant="RZiSKalk", full_income=True)
    found = values(read(tmp_path, mixed))
    assert (found["trade_receivables"], found["interest_expense"]) == (240, 850)


@pytest.mark.parametrize("costs", [("K", "K_I"), ("B", "B_I", "D", "E", "K", "K_I", "M")])
def test_costs_filed_negative_are_told_by_the_formulas(
    tmp_path: Path, costs: tuple[str, ...]
) -> None:
    full = kamienna(2023)
    income = dict(full["income"])
    for name in costs:
        income[name] = tuple(-int(value) for value in income[name])
    accounts = read(tmp_path, filing("Inna", 2023, {**full, "income": income}, variant="RZiSKalk"))
    assert values(accounts)["interest_expense"] == 850
    assert values(accounts)["operating_costs"] == 27900
    amount = accounts.amounts["interest_expense", "2023"]
    assert (amount.origin, amount.as_written) == (Origin.FLIPPED, "-850")
    assert "flipped" in kinds(accounts)


def test_a_total_left_empty_over_its_parts_is_told(tmp_path: Path) -> None:
    balance = {**SMALL["balance"], "Aktywa_B_II_A": ("0.00", 190), "Aktywa_B_II_A_1": (240, 190)}
    accounts = read(
        tmp_path, filing("Mala", 2023, {**SMALL, "balance": balance}, variant="RZiSPor")
    )
    assert values(accounts)["trade_receivables"] == 240
    assert "empty_total" in kinds(accounts)


def test_what_is_not_filed_is_nil_only_where_the_rest_is_the_whole(tmp_path: Path) -> None:
    balance = dict(SMALL["balance"])
    del balance["Aktywa_B_I"]
    unknown = read(tmp_path, filing("Mala", 2023, {**SMALL, "balance": balance}, variant="RZiSPor"))
    assert "inventories" not in values(unknown)
    balance["Aktywa_B"] = (400, 330)
    nil = read(tmp_path, filing("Mala", 2023, {**SMALL, "balance": balance}, variant="RZiSPor"))
    assert values(nil)["inventories"] == 0


def test_lines_of_the_firms_own_count_towards_the_whole(tmp_path: Path) -> None:
    text = filing("Mala", 2023, SMALL, variant="RZiSPor")
    start = text.index("<jma:Aktywa_B_I>")
    end = text.index("</jma:Aktywa_B_I>") + len("</jma:Aktywa_B_I>")
    own = (
        "<jma:PozycjaUszczegolawiajaca_1><dtsf:NazwaPozycji>Inne</dtsf:NazwaPozycji>"
        "<dtsf:KwotyPozycji><dtsf:KwotaA>200</dtsf:KwotaA><dtsf:KwotaB>150</dtsf:KwotaB>"
        "</dtsf:KwotyPozycji></jma:PozycjaUszczegolawiajaca_1>"
    )
    found = values(read(tmp_path, text[:start] + own + text[end:]))
    assert found["inventories"] == 0


def test_capital_not_paid_in_is_taken_off_both_sides(tmp_path: Path) -> None:
    balance = {**SMALL["balance"], "Aktywa": (1050, 900), "Aktywa_C": (50, 0)}
    balance |= {"Pasywa": (1050, 900), "Pasywa_A": (350, 280)}
    accounts = read(
        tmp_path, filing("Mala", 2023, {**SMALL, "balance": balance}, variant="RZiSPor")
    )
    assert (values(accounts)["total_assets"], values(accounts)["equity"]) == (1000, 300)
    case = diagnose(accounts, base(), engine="builtin")
    assert "Capital not yet paid in" in told(case)
    assert not any(f.statement.invalidates for f in case.diagnosis.findings)


def test_restated_comparatives_go_first(tmp_path: Path) -> None:
    balance = {**SMALL["balance"], "Aktywa_B_I": (200, 150, 140)}
    accounts = read(
        tmp_path, filing("Mala", 2023, {**SMALL, "balance": balance}, variant="RZiSPor")
    )
    assert values(accounts, "2022")["inventories"] == 140
    assert "restated" in kinds(accounts)


def test_a_first_year_has_no_year_before(tmp_path: Path) -> None:
    first = {
        part: {name: (amounts[0], 0) for name, amounts in SMALL[part].items()} for part in SMALL
    }
    accounts = read(tmp_path, filing("Mala", 2023, first, variant="RZiSPor"))
    assert [period.id for period in accounts.periods] == ["2023"]
    assert "first_year" in kinds(accounts)


def test_comparatives_that_differ_are_told_and_the_later_count(tmp_path: Path) -> None:
    later = kamienna(2023)
    later["balance"] = {**later["balance"], "Aktywa_B_I": (12000, 10400)}
    accounts = read(
        tmp_path,
        filing("Inna", 2022, kamienna(2022), thousands=True, variant="RZiSKalk"),
        filing("Inna", 2023, later, thousands=True, variant="RZiSKalk"),
    )
    assert values(accounts, "2022")["inventories"] == 10400
    note = next(n for n in accounts.notes if n.kind == "comparatives_differ")
    assert note.figures == {
        "items": "inventories", "period": "2022", "before": "10500", "now": "10400",
    }  # fmt: skip
    case = diagnose(accounts, base(), engine="builtin")
    assert "used: inventories (10,400 in place of 10,500)." in told(case)
    assert "późniejszych: zapasy (10 400 zamiast 10 500)." in told(case, "pl").replace("\xa0", " ")


def test_a_correction_goes_before_what_it_corrects(tmp_path: Path) -> None:
    wrong = kamienna(2023)
    wrong["balance"] = {**wrong["balance"], "Aktywa_B_I": (99, 10500)}
    accounts = read(
        tmp_path,
        filing("Inna", 2023, kamienna(2023), variant="RZiSKalk", drawn_up="2024-06-30"),
        filing("Inna", 2023, wrong, variant="RZiSKalk", drawn_up="2024-03-31"),
    )
    assert values(accounts)["inventories"] == 12000
    assert "filing_superseded" in kinds(accounts)


def test_a_year_in_thousands_beside_one_in_full(tmp_path: Path) -> None:
    full = {
        part: {name: [int(value) * 1000 for value in amounts] for name, amounts in found.items()}
        for part, found in kamienna(2023).items()
    }
    accounts = read(
        tmp_path,
        filing("Inna", 2022, kamienna(2022), thousands=True, variant="RZiSKalk"),
        filing("Inna", 2023, full, variant="RZiSKalk"),
    )
    assert accounts.unit == 1
    assert [values(accounts, p)["revenue"] for p in ("2021", "2022", "2023")] == [
        30_000_000, 29_000_000, 28_200_000
    ]  # fmt: skip


def test_other_versions_and_wrapped_files(tmp_path: Path) -> None:
    plain = values(read(tmp_path, filing("Mala", 2023, SMALL, variant="RZiSPor")))
    newer = filing("Mala", 2023, SMALL, variant="RZiSPor", version="2025/01/01", wrapped=True)
    newer = newer.replace('<?xml version="1.0" encoding="UTF-8"?>\n', "\ufeff")
    assert values(read(tmp_path, newer)) == plain
    signed = base64.encodebytes(filing("Mala", 2023, SMALL, variant="RZiSPor").encode()).decode()
    signed = f'<Signatures xmlns="x"><Object Encoding="base64">{signed}</Object></Signatures>'
    assert values(read(tmp_path, signed)) == plain


def test_a_short_first_year_has_its_own_length(tmp_path: Path) -> None:
    accounts = read(
        tmp_path,
        filing("Mala", 2023, SMALL, variant="RZiSPor", period=("2023-07-01", "2023-12-31")),
    )
    assert [(p.id, p.days) for p in accounts.periods] == [("2023-06-30", 365), ("2023-H2", 184)]


@pytest.mark.parametrize(("kind", "statements"), [("Mala", SMALL), ("Op", ORGANISATION)])
def test_threats_that_the_filing_names_are_told(
    kind: str, statements: dict[str, Amounts], tmp_path: Path
) -> None:
    variant = "RZiSPor" if kind == "Mala" else ""
    accounts = read(tmp_path, filing(kind, 2023, statements, variant=variant, threatened=True))
    assert "threaten" in told(diagnose(accounts, base(), engine="builtin"))


BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">
]><a>&c;</a>"""
FOREIGN = """<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "A181"),
        (FOREIGN, "A181"),
        ("<a>" * 100 + "</a>" * 100, "A181"),
        ("<a><b></a>", "A180"),
        ("no xml at all", "A180"),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "A180"),
        ("<html><body>A page</body></html>", "A182"),
        (filing("Mala", 2023, {"balance": {}, "income": {}}), "A182"),
        (filing("Mala", 2023, SMALL, variant="RZiSPor", period=("2023", "2023")), "A183"),
        (filing("Mala", 2023, SMALL, variant="RZiSPor").replace(">450<", ">4 tys.<"), "A120"),
    ],
)
def test_unsafe_broken_and_strange_files_are_refused(tmp_path: Path, text: str, code: str) -> None:
    assert refused(tmp_path, text) == [code]


def test_statements_of_two_companies_are_refused(tmp_path: Path) -> None:
    assert refused(
        tmp_path,
        filing("Inna", 2022, kamienna(2022), variant="RZiSKalk"),
        filing("Inna", 2023, kamienna(2023), variant="RZiSKalk", tax_id="2222222222"),
    ) == ["A184"]


def test_attachments_of_many_megabytes_are_passed_over(tmp_path: Path) -> None:
    text = filing("Mala", 2023, SMALL, variant="RZiSPor")
    attached = f"<x><Plik><Zawartosc>{'QUJD' * 3_000_000}</Zawartosc></Plik></x>"
    text = text.replace("</tns:JednostkaMala>", f"{attached}</tns:JednostkaMala>")
    assert values(read(tmp_path, text))["cash"] == 130
