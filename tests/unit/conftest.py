"""A tiny knowledge base in a folder of its own, for tests that write entries."""

from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "knowledge/sources.yaml": """
sources:
  - prefix: F
    language: pl
    title: {en: Overview, pl: Omówienie, zh: 概述}
    sections:
      - {id: F5, count: 3, title: {en: Current ratio, pl: Płynność, zh: 流动比率}}
""",
    "knowledge/trends.yaml": """
groups:
  - {id: money, relative: 5%, sharp_relative: 25%}
  - {id: ratio, relative: 5%, absolute: 0.05, sharp_relative: 25%}
  - {id: share, absolute: 2%, sharp_absolute: 10%}
  - {id: days, relative: 5%, absolute: 3, sharp_relative: 25%}
""",
    "knowledge/context.yaml": """
questions:
  - id: activity
    words: [trade, unstated]
    silence: unstated
    asks: {en: What?, pl: Co?, zh: 什么？}
  - id: loan_rate
    unit: percent
    asks: {en: Rate?, pl: Stopa?, zh: 利率？}
""",
    "knowledge/reasons.yaml": """
reasons:
  no_debts: {en: there are no debts, pl: brak długów, zh: 没有负债}
""",
    "knowledge/not-encoded.yaml": "not_encoded: []\n",
    "knowledge/line_items.yaml": """
line_items:
  - id: current_assets
    statement: balance_sheet
    names: {en: Current assets, pl: Aktywa obrotowe, zh: 流动资产}
    synonyms: []
  - id: current_liabilities
    statement: balance_sheet
    names: {en: Current liabilities, pl: Zobowiązania krótkoterminowe, zh: 流动负债}
    synonyms: []
""",
    "rules/areas.yaml": """
sides:
  - {id: finance, accounts: yes, unseen: {en: Finances unseen., pl: Bez finansów., zh: 未看财务。}}
  - {id: sales}
  - {id: shop}
areas:
  - id: liquidity
    name: {en: Liquidity, pl: Płynność, zh: 流动性}
    topics: [finance.liquidity.ratio]
""",
    "rules/viewpoints.yaml": """
viewpoints:
  - {id: owner, name: {en: o, pl: o, zh: 甲}, opening: {en: O., pl: O., zh: 甲。}, areas: []}
  - id: bank
    name: {en: b, pl: b, zh: 乙}
    opening: {en: B., pl: B., zh: 乙。}
    areas: [liquidity]
  - {id: investor, name: {en: i, pl: i, zh: 丙}, opening: {en: I., pl: I., zh: 丙。}, areas: []}
""",
    "knowledge/finance/liquidity/ratio.yaml": """
topic: finance.liquidity.ratio
indicator:
  symbol: WPB
  name: {en: Current ratio, pl: Wskaźnik płynności bieżącej, zh: 流动比率}
  formula: current_assets / current_liabilities
  unit: times
  better: inside_band
  undefined_when:
    - {value: current_liabilities, is: zero, reason: no_debts}
  cites: [F5.1]
norms:
  - id: general
    cites: [F5.2]
    bands:
      - {id: low, polarity: bad, below: 1.2}
      - {id: safe, polarity: good, through: 2}
      - {id: high, polarity: watch}
statements:
  - id: low
    when: {finance.liquidity.ratio: low}
    polarity: bad
    severity: serious
    text: {en: "Only {WPB}.", pl: "Tylko {WPB}.", zh: "仅{WPB}。"}
    cites: [F5.2]
    fires_on: [{finance.liquidity.ratio: 1.19}]
    silent_on: [{finance.liquidity.ratio: 1.2}]
""",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Write the tiny base and return its folder."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return tmp_path


Edit = Callable[..., None]


@pytest.fixture
def edit(root: Path) -> Edit:
    """Return a function that replaces a piece of one file of the tiny base."""

    def change(old: str, new: str, name: str = "knowledge/finance/liquidity/ratio.yaml") -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
