"""Fictional e-Sprawozdania for tests: positions by name, nested as the structures nest them."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Amounts = Mapping[str, Sequence[str | int]]
"""Positions with what is filed for them: current year, previous year, perhaps restated."""

Statements = Mapping[str, Amounts]
"""The statements of a filing: balance, income, and cash_flow if there is one."""

KINDS = {
    "Inna": ("SFJIN", "Bilans", "RZiS", "RachPrzeplywow"),
    "Mala": ("SFJMA", "BilansJednostkaMala", "RZiSJednostkaMala", "RachPrzeplywowJednostkaInna"),
    "Mikro": ("SFJMI", "BilansJednostkaMikro", "RZiSJednostkaMikro", ""),
    "Op": ("SFJOP", "BilansJednostkaOp", "RZiSJednostkaOp", ""),
}


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
    wrapped: bool = False,
    period: tuple[str, str] | None = None,
    threatened: bool = False,
) -> str:
    """Write a filing of an entity of a kind; ``wrapped`` as the structures of 2025 do."""
    code, balance_name, income_name, flow_name = KINDS[kind]
    tail = "WTys" if thousands else ""
    long_tail = "WTysiacach" if thousands else "WZlotych"
    base = f"http://www.mf.gov.pl/schematy/SF/DefinicjeTypySprawozdaniaFinansowe/{version}"
    start, end = period or (f"{year}-01-01", f"{year}-12-31")
    income_text = _nested(statements["income"])
    if variant:
        income_text = f"<jin:{variant}>{income_text}</jin:{variant}>"
    flow = ""
    if "cash_flow" in statements:
        flow = f"<jin:PrzeplywyPosr>{_nested(statements['cash_flow'])}</jin:PrzeplywyPosr>"
        flow = f"<tns:{flow_name}>{flow}</tns:{flow_name}>"
    tax, register = ("P_1D", "P_1E") if kind == "Inna" else ("P_1C", "P_1D")
    codes = f"<tns:P_1C><dtsf:KodPKD>{pkd}</dtsf:KodPKD></tns:P_1C>" if kind == "Inna" else ""
    root = f"Jednostka{kind}{tail}"
    system = f"{code}{'T' if thousands else 'Z'} (1)"
    sound = "false" if threatened else "true"
    body = f"""<tns:{root} xmlns:tns="{base}/Jednostka{kind}{long_tail}"
  xmlns:jin="{base}/Jednostka{kind}Struktury"
  xmlns:dtsf="{base}/DefinicjeTypySprawozdaniaFinansowe/">
 <tns:Naglowek>
  <dtsf:OkresOd>{start}</dtsf:OkresOd><dtsf:OkresDo>{end}</dtsf:OkresDo>
  <dtsf:DataSporzadzenia>{drawn_up or f"{year + 1}-03-31"}</dtsf:DataSporzadzenia>
  <jin:KodSprawozdania kodSystemowy="{system}" wersjaSchemy="1-2">SprFin{root}</jin:KodSprawozdania>
  <jin:WariantSprawozdania>1</jin:WariantSprawozdania>
 </tns:Naglowek>
 <tns:WprowadzenieDoSprawozdaniaFinansowego>
  <tns:P_1><tns:P_1A><dtsf:NazwaFirmy>{escape(name)}</dtsf:NazwaFirmy></tns:P_1A>{codes}
   <tns:{tax}>{tax_id}</tns:{tax}><tns:{register}>0000111111</tns:{register}></tns:P_1>
  <tns:P_5><tns:P_5A>true</tns:P_5A><tns:P_5B>{sound}</tns:P_5B></tns:P_5>
 </tns:WprowadzenieDoSprawozdaniaFinansowego>
 <tns:{balance_name}>{_nested(statements["balance"])}</tns:{balance_name}>
 <tns:{income_name}>{income_text}</tns:{income_name}>
 {flow}
</tns:{root}>"""
    if wrapped:
        body = f"<TrescDokumentu>{body}</TrescDokumentu>"
        body = f'<Dokument xmlns="http://crd.gov.pl/wzor/2025/08/07/13817/">{body}</Dokument>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _nested(amounts: Amounts, parent: str = "") -> str:
    """Write the positions right below a parent, each with those below it."""
    text = ""
    for name in amounts:
        if _parent(name, amounts) != parent:
            continue
        tags = zip(("KwotaA", "KwotaB", "KwotaB1"), amounts[name], strict=False)
        filed = "".join(f"<dtsf:{tag}>{value}</dtsf:{tag}>\n" for tag, value in tags)
        text += f"<jin:{name}>\n{filed}{_nested(amounts, name)}</jin:{name}>\n"
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
            "A_II_1": both(900, 950, 960),
            "C_II_4": both(500, 600, 600),
            "F": both(200, 150, 100),
            "G": both(150, 100, 60),
        },
    }
