"""A tiny knowledge base with rules of every kind, and small accounts to explain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.explain.lookup import find_entry
from diagnost.explain.tree import Why
from diagnost.explain.why import KINDS, why
from diagnost.explain.why_text import as_text
from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import load
from diagnost.pipeline import Case, diagnose

RULES = """
topic: finance.liquidity.rules
states:
  - id: finance.liquidity.verdict
    verdict_on: liquidity
    words:
      - {id: threatened, polarity: bad, name: {en: threatened, pl: zagrożona, zh: 受威胁}}
      - {id: sound, polarity: good, name: {en: sound, pl: dobra, zh: 良好}}
statements:
  - id: falling
    area: liquidity
    when: {finance.liquidity.ratio.step: falling}
    polarity: watch
    text: {en: "It fell to {WPB}.", pl: "Spadł do {WPB}.", zh: "降至{WPB}。"}
    cites: [F5.3]
  - id: both
    area: liquidity
    when: {finance.liquidity.ratio.low: found, finance.liquidity.rules.falling: found}
    polarity: bad
    text: {en: Low and falling., pl: Niski i spada., zh: 低且下降。}
    prevails_over: [finance.liquidity.rules.falling]
    basis: inference
  - id: for_banks
    area: liquidity
    when: {finance.liquidity.ratio: low}
    polarity: info
    viewpoint: bank
    text: {en: Banks like more., pl: Bank woli więcej., zh: 银行希望更高。}
    basis: inference
  - id: no_trader
    area: liquidity
    when:
      all: [{finance.liquidity.ratio: low}]
      none: [{company.activity: trade}]
    polarity: bad
    text: {en: No trader., pl: Nie handel., zh: 非贸易。}
    basis: inference
  - id: high_or_rising
    area: liquidity
    when:
      any:
        - {finance.liquidity.ratio: [safe, high]}
        - {finance.liquidity.ratio.step: rising, company.activity: trade}
    polarity: good
    text: {en: Well., pl: Dobrze., zh: 好。}
    basis: inference
rules:
  - {id: bad, when: {finance.liquidity.ratio: low}, then: {finance.liquidity.verdict: threatened},
     cites: [F5.2]}
  - {id: good, when: {finance.liquidity.ratio: safe}, then: {finance.liquidity.verdict: sound},
     basis: inference}
rulings:
  - id: traders_may
    when: {company.activity: trade}
    silences: [finance.liquidity.ratio.low]
    because: {en: Traders may., pl: Handel może., zh: 贸易可以。}
    basis: inference
causes:
  - id: fall_explains
    effects: [finance.liquidity.ratio.low]
    causes: [finance.liquidity.rules.falling]
    text: {en: It was eaten up., pl: Ubyło., zh: 被消耗。}
    basis: inference
    cites: [F5.3]
  - id: low_explains
    effects: [finance.liquidity.rules.falling]
    causes: [finance.liquidity.ratio.low]
    text: {en: And the other way., pl: I odwrotnie., zh: 反之亦然。}
    cites: [F5.3]
recommendations:
  - id: raise
    when: {finance.liquidity.ratio: low}
    urgency: now
    text: {en: Raise it., pl: Podnieś., zh: 提高。}
    brief: {en: raise it, pl: podnieść, zh: 提高}
    effect: {en: "{current_liabilities} less.", pl: "Mniej o {current_liabilities}.",
      zh: "减少{current_liabilities}。"}
    horizon: 1 quarter
    answers: [finance.liquidity.ratio.low]
    basis: inference
"""

RESERVE = """
topic: finance.liquidity.reserve
indicator:
  symbol: KO
  name: {en: Working capital, pl: Kapitał obrotowy, zh: 营运资本}
  formula: current_assets - lower(WPB, safe) * current_liabilities
  unit: money
  better: higher
  cites: [F5.1]
"""

ACCOUNTS = """
company: {name: Acme, activity: services}
periods: ["2022", "2023"]
lines:
  current_assets: [200, 110]
  current_liabilities: [100, 100]
"""


@pytest.fixture
def case(root: Path) -> Callable[..., Case]:
    """Return a function that diagnoses accounts, for some reader."""
    context = root / "knowledge/context.yaml"
    text = context.read_text(encoding="utf-8")
    words = text.replace("[trade, unstated]", "[trade, services, unstated]")
    context.write_text(words, encoding="utf-8")
    (root / "rules/finance/liquidity").mkdir(parents=True)
    (root / "rules/finance/liquidity/rules.yaml").write_text(RULES.lstrip("\n"), encoding="utf-8")
    reserve = root / "knowledge/finance/liquidity/reserve.yaml"
    reserve.write_text(RESERVE.lstrip("\n"), encoding="utf-8")
    base = load(root)

    def diagnosed(accounts: str = ACCOUNTS, viewpoint: str = "owner") -> Case:
        file = root / "acme.yaml"
        file.write_text(accounts.lstrip("\n"), encoding="utf-8")
        read = read_accounts(file, base.catalogue, name="acme.yaml")
        return diagnose(read, base, engine="builtin", viewpoint=viewpoint)

    return diagnosed


def ask(case: Case, name: str, period: str = "2023") -> Why:
    """Ask why, by any name of an entry."""
    return why(case, find_entry(case.base, name, KINDS), period)


def told(case: Case, name: str, *, period: str = "2023", language: str = "en") -> str:
    """Ask why and write the answer, 88 columns wide."""
    return as_text(ask(case, name, period), case.base, CaseHand(language, case), 88)
