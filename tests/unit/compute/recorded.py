"""A tiny sales force: tables, records from plain rows, and formulas over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from diagnost.compute.benchmarks import NOTHING
from diagnost.compute.workings import Workings
from diagnost.model.accounts import Accounts, Answer, Company, Period
from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question
from diagnost.model.formula_reading import parse
from diagnost.model.indicator import Citation, Indicator, Reading, Steadiness, Unit
from diagnost.model.located import At
from diagnost.model.records import Cell, CellValue, Column, Table, rows_of
from diagnost.model.selection import Selection
from diagnost.model.terms import parse_term
from diagnost.model.text import Text

AT = At("k.yaml", 1, 1)
AS_OF = date(2026, 10, 31)
PERIOD = Period(id="2026-10", at=AT)
_MONEY = Steadiness("money", Decimal("0.05"), None, None, None, AT)


def _text(text: str) -> Text:
    return Text({"en": text}, AT)


def _table(id_: str, key: str = "", **kinds: str) -> Table:
    columns = {}
    for name, written in kinds.items():
        kind, _, rest = written.partition(":")
        words = {w: _text(w) for w in rest.split()} if kind == "word" else {}
        refers = rest if kind == "reference" else ""
        columns[name] = Column(name, kind, _text(name), AT, words=words, refers_to=refers)
    return Table(id_, _text(id_), columns, AT, key=key)


TABLES = {
    table.id: table
    for table in (
        _table(
            "reps",
            "rep",
            rep="text",
            hired="date",
            left="date",
            attitude="score",
            wants_to_leave="flag",
            kind="word:steady excitable",
        ),
        _table("results", rep="reference:reps", month="month", receipts="money", goal="money"),
        _table(
            "orders",
            rep="reference:reps",
            customer="text",
            product="word:plan gadget",
            signed_on="date",
            amount="money",
            cash_on="date",
            cash="money",
        ),
        _table("activity", rep="reference:reps", day="date", calls="count", visits="count"),
    )
}

STAFF = Selection(
    "staff",
    "reps",
    parse_term("left is unknown or left > as_of"),
    "left is unknown or left > as_of",
    AT,
    one=_text("Rep"),
)


def indicator(symbol: str, formula: str, per: str = "") -> Indicator:
    return Indicator(
        id=f"sales.x.{symbol}",
        symbol=symbol,
        name=_text(symbol),
        meaning=None,
        formula=parse(formula),
        otherwise=None,
        unit=Unit.NUMBER,
        better="neither",
        steadiness=_MONEY,
        undefined=(),
        norms=(),
        cites=Citation(),
        shown=True,
        at=AT,
        per=per,
        dated=True,
    )


def catalogue(*indicators: Indicator) -> Catalogue:
    return Catalogue(
        line_items={},
        ambiguous=(),
        identities=(),
        indicators={i.id: i for i in indicators},
        questions={"floor": Question("floor", _text("floor"), AT, unit="times")},
        tables=TABLES,
        selections={STAFF.id: STAFF},
        symbols={i.symbol: i.id for i in indicators},
    )


Rows = Sequence[Mapping[str, CellValue | int | None]]


def accounts(records: Mapping[str, Rows], **answers: int) -> Accounts:
    filed = {
        table: rows_of(
            (
                At("team.xlsx", sheet=table, cell=f"A{number}"),
                {
                    column: Cell(
                        Decimal(value) if type(value) is int else value,  # type: ignore[arg-type]
                        str(value),
                        At("team.xlsx", sheet=table, cell=f"{'ABCDEFGH'[place]}{number}"),
                    )
                    for place, (column, value) in enumerate(row.items())
                    if value is not None
                },
            )
            for number, row in enumerate(rows, start=2)
        )
        for table, rows in records.items()
    }
    return Accounts(
        file="team.xlsx",
        company=Company(),
        currency="PLN",
        unit=1,
        periods=(PERIOD,),
        amounts={},
        given={},
        context={k: Answer(k, Decimal(v), AT) for k, v in answers.items()},
        records=filed,
        as_of=AS_OF,
    )


def read(
    formula: str,
    records: Mapping[str, Rows],
    *others: Indicator,
    row: int | None = None,
    **answers: int,
) -> Reading:
    """Read a formula of the whole team, or of one row of ``reps``."""
    asked = indicator("asked", formula, "" if row is None else "reps")
    given = accounts(records, **answers)
    workings = Workings(given, catalogue(asked, *others), {}, frozenset(), NOTHING)
    if row is None:
        return workings.read(asked, PERIOD.id)
    return workings.row_reading(asked, row)
