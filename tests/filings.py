"""Fictional e-Sprawozdania for tests, as the Ministry's schemas want them.

What is written here has been held against the schemas 1-2 of 2018/07/09 (JednostkaInna,
JednostkaMala, JednostkaMikro and JednostkaOp, in złoty and in thousands) and is valid: order,
required headings and types. Tests do not need the schemas.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

Amounts = Mapping[str, Sequence[str | int]]
"""Positions in the order of the form, with the current year, the year before, perhaps restated."""

Statements = Mapping[str, Amounts]
"""The statements of a filing: balance, income, and cash_flow if there is one."""


class Kind(NamedTuple):
    """How the schema of a kind of entity calls its parts."""

    code: str
    prefix: str
    opening: str
    balance: str
    income: str
    cash_flow: str
    notes: str
    note: str


KINDS = {
    "Inna": Kind(
        "SFJIN", "jin", "WprowadzenieDoSprawozdaniaFinansowego", "Bilans", "RZiS", "RachPrzeplywow",
        "DodatkoweInformacjeIObjasnieniaJednostkaInna", "DodatkoweInformacjeIObjasnienia",
    ),
    "Mala": Kind(
        "SFJMA", "jma", "WprowadzenieDoSprawozdaniaFinansowegoJednostkaMala", "BilansJednostkaMala",
        "RZiSJednostkaMala", "RachPrzeplywowJednostkaInna",
        "DodatkoweInformacjeIObjasnieniaJednostkaMala", "DodatkoweInformacjeIObjasnienia",
    ),
    "Mikro": Kind(
        "SFJMI", "jmi", "InformacjeOgolneJednostkaMikro", "BilansJednostkaMikro",
        "RZiSJednostkaMikro", "RachPrzeplywowJednostkaInna",
        "InformacjeUzupelniajaceDoBilansuJednostkaMikro", "InformacjeUzupelniajaceDoBilansu",
    ),
    "Op": Kind(
        "SFJOP", "jop", "WprowadzenieDoSprawozdaniaFinansowegoJednostkaOp", "BilansJednostkaOp",
        "RZiSJednostkaOp", "RachPrzeplywow",
        "InformacjaDodatkowaJednostkaOp", "InformacjaDodatkowa",
    ),
}  # fmt: skip
PLACE = (
    "<dtsf:Wojewodztwo>podkarpackie</dtsf:Wojewodztwo><dtsf:Powiat>jasielski</dtsf:Powiat>"
    "<dtsf:Gmina>Kamienna Dolina</dtsf:Gmina>"
)
TOWN = "<dtsf:Miejscowosc>Kamienna Dolina</dtsf:Miejscowosc>"


def filing(
    kind: str,
    year: int,
    statements: Statements,
    *,
    variant: str = "",
    thousands: bool = False,
    drawn_up: str = "",
    version: str = "2018/07/09",
    name: str = "Wytwórnia Kamienna Dolina sp. z o.o.",
    tax_id: str = "1111111111",
    pkd: str = "3109Z",
    full_income: bool = False,
    wrapped: bool = False,
    period: tuple[str, str] | None = None,
    threatened: bool = False,
) -> str:
    """Write a filing of an entity of a kind.

    ``full_income``: a smaller entity files the income statement of the others. ``wrapped``: as the
    structures of 2025 do.
    """
    parts = KINDS[kind]
    tail = "WTys" if thousands else ""
    long_tail = "WTysiacach" if thousands else "WZlotych"
    base = f"http://www.mf.gov.pl/schematy/SF/DefinicjeTypySprawozdaniaFinansowe/{version}"
    dates = period or (f"{year}-01-01", f"{year}-12-31")
    own = parts.prefix
    income_prefix, income_name = own, parts.income
    if full_income:
        income_prefix, income_name = "jin", "RZiSJednostkaInna"
    income = _nested(statements["income"], income_prefix)
    if variant:
        income = f"<{income_prefix}:{variant}>{income}</{income_prefix}:{variant}>"
    flow = ""
    if "cash_flow" in statements:
        flow = _nested(statements["cash_flow"], "jin")
        flow = f"<jin:PrzeplywyPosr>{flow}</jin:PrzeplywyPosr>"
        flow = f"<tns:{parts.cash_flow}>{flow}</tns:{parts.cash_flow}>"
    system = f"{parts.code}{'T' if thousands else 'Z'} (1)"
    code = f"SprFin{'Op' if kind == 'Op' else f'Jednostka{kind}'}{long_tail}"
    root = f"Jednostka{kind}{tail}"
    entity = "JednostkaOrganizacjiPozarzadowej" if kind == "Op" else f"Jednostka{kind}"
    own_space = "" if own == "jin" else f'\n  xmlns:{own}="{base}/Jednostka{kind}Struktury"'
    body = f"""<tns:{root} xmlns:tns="{base}/{entity}{long_tail}"
  xmlns:jin="{base}/JednostkaInnaStruktury"{own_space}
  xmlns:dtsf="{base}/DefinicjeTypySprawozdaniaFinansowe/">
 <tns:Naglowek>
  <dtsf:OkresOd>{dates[0]}</dtsf:OkresOd><dtsf:OkresDo>{dates[1]}</dtsf:OkresDo>
  <dtsf:DataSporzadzenia>{drawn_up or f"{year + 1}-03-31"}</dtsf:DataSporzadzenia>
  <{own}:KodSprawozdania kodSystemowy="{system}" wersjaSchemy="1-2">{code}</{own}:KodSprawozdania>
  <{own}:WariantSprawozdania>1</{own}:WariantSprawozdania>
 </tns:Naglowek>
 <tns:{parts.opening}>
  {_company(kind, name, tax_id, pkd)}
  {_principles(kind, dates, sound="false" if threatened else "true")}
 </tns:{parts.opening}>
 <tns:{parts.balance}>{_nested(statements["balance"], own)}</tns:{parts.balance}>
 <tns:{income_name}>{income}</tns:{income_name}>
 {flow}
 <tns:{parts.notes}>
  <tns:{parts.note}><dtsf:Opis>Nie dotyczy.</dtsf:Opis></tns:{parts.note}>
 </tns:{parts.notes}>
</tns:{root}>"""
    if wrapped:
        body = f"<TrescDokumentu>{body}</TrescDokumentu>"
        body = f'<Dokument xmlns="http://crd.gov.pl/wzor/2025/08/07/13817/">{body}</Dokument>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _company(kind: str, name: str, tax_id: str, pkd: str) -> str:
    numbers = f"<tns:P_1C>{tax_id}</tns:P_1C><tns:P_1D>0000111111</tns:P_1D>"
    if kind == "Inna":
        activity = f"<tns:P_1C><dtsf:KodPKD>{pkd}</dtsf:KodPKD></tns:P_1C>"
        numbers = f"{activity}<tns:P_1D>{tax_id}</tns:P_1D><tns:P_1E>0000111111</tns:P_1E>"
    return f"""<tns:P_1>
   <tns:P_1A><dtsf:NazwaFirmy>{escape(name)}</dtsf:NazwaFirmy>
    <dtsf:Siedziba>{PLACE}{TOWN}</dtsf:Siedziba></tns:P_1A>
   <tns:P_1B><dtsf:Adres><dtsf:KodKraju>PL</dtsf:KodKraju>{PLACE}<dtsf:NrDomu>1</dtsf:NrDomu>{TOWN}
    <dtsf:KodPocztowy>38-200</dtsf:KodPocztowy><dtsf:Poczta>Jasło</dtsf:Poczta></dtsf:Adres></tns:P_1B>
   {numbers}</tns:P_1>"""


def _principles(kind: str, dates: tuple[str, str], *, sound: str) -> str:
    """Write the period, whether the entity goes on in business, and the accounting principles."""
    going = "tns:P_4" if kind == "Op" else "tns:P_5"
    before = {
        "Inna": "<tns:P_4>false</tns:P_4>",
        "Mala": "<tns:P_4>Zasady jednostki małej.</tns:P_4>",
        "Mikro": "<tns:P_4>Zasady jednostki mikro.</tns:P_4>",
        "Op": "",
    }[kind]
    last = {"Inna": 7, "Mala": 6, "Mikro": 6, "Op": 5}[kind]
    rules = "".join(f"<tns:P_{last}{c}>Zgodnie z ustawą.</tns:P_{last}{c}>" for c in "ABC")
    start, end = dates
    return f"""<tns:P_3><dtsf:DataOd>{start}</dtsf:DataOd><dtsf:DataDo>{end}</dtsf:DataDo></tns:P_3>
  {before}<{going}><{going}A>true</{going}A><{going}B>{sound}</{going}B></{going}>
  <tns:P_{last}>{rules}</tns:P_{last}>"""


def _nested(amounts: Amounts, prefix: str, parent: str = "") -> str:
    """Write the positions right below a parent, each with those below it.

    Headings of the cash-flow statement have no amounts of their own.
    """
    text = ""
    for name in amounts:
        if _parent(name, amounts) != parent:
            continue
        tags = zip(("KwotaA", "KwotaB", "KwotaB1"), amounts[name], strict=False)
        filed = "".join(f"<dtsf:{tag}>{value}</dtsf:{tag}>\n" for tag, value in tags)
        text += f"<{prefix}:{name}>\n{filed}{_nested(amounts, prefix, name)}</{prefix}:{name}>\n"
    return text


def _parent(name: str, amounts: Amounts) -> str:
    parent = name.rpartition("_")[0]
    while parent and parent not in amounts:
        parent = parent.rpartition("_")[0]
    return parent


def kamienna(year: int) -> dict[str, Amounts]:
    """Return what the example company files for 2022 or 2023, in thousands, by function."""
    column = {2022: (1, 0), 2023: (2, 1)}[year]

    def both(*values: int) -> tuple[int, int]:
        return values[column[0]], values[column[1]]

    return {
        "balance": {
            "Aktywa": both(24250, 26100, 27560),
            "Aktywa_A": both(10000, 10200, 10100),
            "Aktywa_A_I": both(300, 280, 260),
            "Aktywa_A_II": both(9500, 9720, 9640),
            "Aktywa_A_IV": both(200, 200, 200),
            "Aktywa_B": both(14250, 15900, 17460),
            "Aktywa_B_I": both(9000, 10500, 12000),
            "Aktywa_B_I_3": both(9000, 10500, 12000),
            "Aktywa_B_II": both(5000, 5200, 5300),
            "Aktywa_B_II_3": both(5000, 5200, 5300),
            "Aktywa_B_II_3_A": both(4700, 4900, 5000),
            "Aktywa_B_II_3_A_1": both(4700, 4900, 5000),
            "Aktywa_B_II_3_B": both(300, 300, 300),
            "Aktywa_B_III": both(150, 100, 60),
            "Aktywa_B_III_1": both(150, 100, 60),
            "Aktywa_B_III_1_C": both(150, 100, 60),
            "Aktywa_B_III_1_C_1": both(150, 100, 60),
            "Aktywa_B_IV": both(100, 100, 100),
            "Pasywa": both(24250, 26100, 27560),
            "Pasywa_A": both(8400, 8340, 7790),
            "Pasywa_A_I": both(7914, 8400, 8340),
            "Pasywa_A_VI": both(486, -60, -550),
            "Pasywa_B": both(15850, 17760, 19770),
            "Pasywa_B_I": both(450, 450, 450),
            "Pasywa_B_I_1": both(100, 100, 100),
            "Pasywa_B_I_2": both(350, 350, 350),
            "Pasywa_B_I_2_1": both(200, 200, 200),
            "Pasywa_B_I_2_2": both(150, 150, 150),
            "Pasywa_B_II": both(2950, 2860, 2770),
            "Pasywa_B_II_3": both(2950, 2860, 2770),
            "Pasywa_B_II_3_A": both(2800, 2700, 2600),
            "Pasywa_B_II_3_E": both(150, 160, 170),
            "Pasywa_B_III": both(12400, 14400, 16500),
            "Pasywa_B_III_3": both(12400, 14400, 16500),
            "Pasywa_B_III_3_A": both(5000, 6000, 7200),
            "Pasywa_B_III_3_D": both(6200, 7200, 8000),
            "Pasywa_B_III_3_D_1": both(6200, 7200, 8000),
            "Pasywa_B_III_3_I": both(1200, 1200, 1300),
            "Pasywa_B_IV": both(50, 50, 50),
        },
        "income": {
            "A": both(30000, 29000, 28200),
            "A_I": both(30000, 29000, 28200),
            "B": both(25200, 24700, 24300),
            "B_I": both(25200, 24700, 24300),
            "C": both(4800, 4300, 3900),
            "D": both(2000, 2000, 2000),
            "E": both(1600, 1600, 1600),
            "F": both(1200, 700, 300),
            "I": both(1200, 700, 300),
            "K": both(600, 760, 850),
            "K_I": both(600, 760, 850),
            "L": both(600, -60, -550),
            "M": both(114, 0, 0),
            "O": both(486, -60, -550),
        },
        "cash_flow": {
            "A": (),
            "A_I": both(486, -60, -550),
            "A_II": both(814, 1020, 1120),
            "A_II_1": both(900, 950, 960),
            "A_II_3": both(600, 760, 850),
            "A_II_5": both(0, 0, 0),
            "A_II_6": both(-500, -1500, -1500),
            "A_II_7": both(-300, -200, -100),
            "A_II_8": both(114, 1000, 900),
            "A_II_10": both(0, 10, 10),
            "A_III": both(1300, 960, 570),
            "B": (),
            "B_II": both(1050, 1150, 860),
            "B_II_1": both(1050, 1150, 860),
            "B_III": both(-1050, -1150, -860),
            "C": (),
            "C_I": both(800, 1500, 1700),
            "C_I_2": both(800, 1500, 1700),
            "C_II": both(1100, 1360, 1450),
            "C_II_4": both(500, 600, 600),
            "C_II_8": both(600, 760, 850),
            "C_III": both(-300, 140, 250),
            "D": both(-50, -50, -40),
            "E": both(-50, -50, -40),
            "F": both(200, 150, 100),
            "G": both(150, 100, 60),
        },
    }
