"""What the intake tests share: a catalogue and a way to read a text as a file."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from diagnost import yaml_reader
from diagnost.intake.read import read_accounts
from diagnost.knowledge.catalogue_files import read_line_items
from diagnost.knowledge.shape import Problems
from diagnost.model.accounts import Accounts
from diagnost.model.benchmark import Group, OtherName, Yardstick
from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question
from diagnost.model.formula_reading import parse
from diagnost.model.indicator import Citation, Indicator, Steadiness, Unit
from diagnost.model.located import At
from diagnost.model.text import Text

AT = At("catalogue")
LINE_ITEMS = Path(__file__).parents[3] / "knowledge" / "line_items.yaml"
STEADY = Steadiness(
    id="steady", relative=None, absolute=None, sharp_relative=None, sharp_absolute=None, at=AT
)
GROUPS = (
    Group(
        "sector",
        Text({"en": "sector average", "pl": "średnia w branży", "zh": "行业平均"}, AT),
        ("branża",), AT, kinds=("average",), average=True,
    ),
    Group(
        "competitors",
        Text({"en": "competitors", "pl": "konkurenci", "zh": "竞争对手"}, AT),
        ("competitor", "konkurent"), AT,
    ),
    Group(
        "similar_firms",
        Text({"en": "similar firms", "pl": "firmy podobne", "zh": "同类企业"}, AT),
        (), AT, kinds=("similar", "podobna"), otherwise=True,
    ),
)  # fmt: skip


def indicator(symbol: str, unit: Unit, en: str, pl: str, zh: str) -> Indicator:
    return Indicator(
        id=f"finance.{en.lower().replace(' ', '_')}",
        symbol=symbol,
        name=Text({"en": en, "pl": pl, "zh": zh}, AT),
        meaning=None,
        formula=parse("cash"),
        otherwise=None,
        unit=unit,
        better="higher",
        steadiness=STEADY,
        undefined=(),
        norms=(),
        cites=Citation(),
        shown=True,
        at=AT,
    )


def question(name: str, en: str, pl: str, zh: str, *words: str, unit: str = "") -> Question:
    asks = Text({"en": en, "pl": pl, "zh": zh}, AT)
    return Question(id=name, asks=asks, words=words, unit=unit, at=AT)


@cache
def catalogue() -> Catalogue:
    problems = Problems()
    items, ambiguous, _, identities = read_line_items(yaml_reader.read(LINE_ITEMS), problems)
    assert not problems
    indicators = (
        indicator("WPB", Unit.TIMES, "Current ratio", "Wskaźnik płynności bieżącej", "流动比率"),
        indicator("ROI", Unit.PERCENT, "Return on investment", "Zwrot z inwestycji", "投资回报率"),
        indicator("CRZ", Unit.DAYS, "Inventory cycle", "Cykl rotacji zapasów", "存货周转天数"),
        indicator("KO", Unit.MONEY, "Working capital", "Kapitał obrotowy", "营运资本"),
    )
    questions = (
        question(
            "activity", "What does it do?", "Czym się zajmuje?", "从事什么业务？",
            "trade", "production", "services",
        ),
        question(
            "high_inflation", "Was inflation high?", "Wysoka inflacja?", "通胀率高吗？", "yes", "no"
        ),
        question(
            "loan_rate", "Loan rate?", "Oprocentowanie kredytów?", "贷款利率？", unit="percent"
        ),
        question("terms", "Payment terms?", "Termin płatności?", "账期？", unit="days"),
    )  # fmt: skip
    return Catalogue(
        line_items=items,
        ambiguous=ambiguous,
        identities=identities,
        indicators={i.id: i for i in indicators},
        questions={q.id: q for q in questions},
        symbols={i.symbol: i.id for i in indicators},
        groups={g.id: g for g in GROUPS},
        yardsticks={
            i.id: Yardstick(i.id, "above", Decimal("0.1"), Decimal(0), assumed=True, form=True)
            for i in indicators
        },
        other_names=(OtherName(("old_label",), "sector", "CRZ", AT),),
    )


def read(tmp_path: Path, name: str, content: str | bytes) -> Accounts:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_accounts(path, catalogue())


def values(accounts: Accounts) -> dict[str, list[str | None]]:
    """Return the amounts by item, one for each period, as texts."""
    items = dict.fromkeys(item for item, _ in accounts.amounts)
    return {
        item: [
            f"{amount.value.normalize():f}"
            if (amount := accounts.amounts.get((item, p.id)))
            else None
            for p in accounts.periods
        ]
        for item in items
    }


def kinds(accounts: Accounts) -> list[str]:
    return [note.kind for note in accounts.notes]
