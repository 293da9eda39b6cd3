"""The words and options that several commands take."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Shape(StrEnum):
    """The forms of an answer."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The languages of documents."""

    EN = "en"
    PL = "pl"
    ZH = "zh"


class Viewpoint(StrEnum):
    """For whom the diagnosis is written."""

    OWNER = "owner"
    BANK = "bank"
    INVESTOR = "investor"


class Length(StrEnum):
    """How long a document is."""

    BRIEF = "brief"
    STANDARD = "standard"
    FULL = "full"


class Engine(StrEnum):
    """The rule engines."""

    AUTO = "auto"
    DURABLE = "durable"
    BUILTIN = "builtin"


File = Annotated[
    Path,
    typer.Argument(
        help="Accounts: .yaml, .csv, a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), .xml as filed "
        "with the Polish register, .json of XBRL facts, a folder of such, or - for standard input.",
        show_default=False,
    ),
]
Lang = Annotated[Language, typer.Option(help="Language of the output.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file instead of the terminal.")
]
Period = Annotated[str, typer.Option(help="The period judged; by default the last.")]
Reader = Annotated[Viewpoint, typer.Option(help="The reader.")]
RuleEngine = Annotated[Engine, typer.Option(help="The rule engine; auto is builtin.")]
Peers = Annotated[
    Path | None,
    typer.Option(
        help="A file of other firms to compare with: .csv or a workbook.", show_default=False
    ),
]
MethodOption = Annotated[
    list[str] | None,
    typer.Option(
        "--method",
        help="Options where traditions differ, such as balances=average,year=360, or the name of a "
        "bundle, such as averages; before what the accounts pick.",
    ),
]
Person = Annotated[
    str, typer.Option(help="One of the people in the records, by name.", show_default=False)
]
MaskNames = Annotated[
    bool, typer.Option("--mask-names", help="Call people by numbers instead of their names.")
]
Steps = Annotated[
    str,
    typer.Option(
        metavar="N|all", help="How many steps to number, or all; by default 10.", show_default=False
    ),
]
Brand = Annotated[
    Path | None,
    typer.Option(help="A letterhead: brand.yaml with name, logo, colours.", show_default=False),
]
Templates = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="DIR",
        help="A folder of templates that go before the shipped ones. Repeatable.",
        show_default=False,
    ),
]
Sections = Annotated[
    str,
    typer.Option(
        metavar="NAME,NAME",
        help="Only these sections, such as summary,verdicts,plan.",
        show_default=False,
    ),
]
LengthOption = Annotated[
    Length, typer.Option("--length", help="One page, the document, or all with derivations.")
]
Day = Annotated[
    str,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        help="The date that the document bears; by default none.",
        show_default=False,
    ),
]
ShapeOption = Annotated[Shape, typer.Option("--format", help="The form of the output.")]
Balance = Annotated[
    str,
    typer.Option(
        metavar="ITEM",
        help="The line item that keeps the balance sheet balanced; by default cash.",
        show_default=False,
    ),
]
