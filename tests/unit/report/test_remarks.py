import json
import re

import pytest

import diagnost.intake.read as intake
from diagnost.knowledge.base import content_root
from diagnost.report.narrative import write
from diagnost.report.words import words_of
from tests.shipped import case_of, document


def kinds() -> dict[str, set[str]]:
    """Return the kinds of notes and their figures from the table in the reader's docstring."""
    table = (intake.__doc__ or "").split("====================")[2]
    rows = re.split(r"\n(?=[a-z_]+ )", table)
    found = {}
    for row in rows[1:]:
        kind = row.split()[0]
        found[kind] = set(re.findall(r"``(\w+)``", row.partition(":")[0]))
    found["given_differs"] = {"symbol", "period", "given", "computed"}
    return found


@pytest.mark.parametrize("language", ["en", "pl", "zh"])
def test_every_kind_of_note_has_words_that_use_its_figures_only(language: str) -> None:
    words = words_of(language, content_root())
    for kind, figures in kinds().items():
        sentence = words[f"notes.{kind}"]
        used = set(re.findall(r"\{(\w+)\}", sentence))
        # "the same" figures as the row above it
        known = kinds()["duplicate_row"] if kind == "row_outranked" else figures
        assert used <= known, kind


def test_only_answers_that_would_change_something_are_asked_for() -> None:
    def asked(name: str) -> str:
        case = case_of(name)
        period = case.accounts.periods[-1].id
        return " ".join(write(case, "en", period, content_root()).gaps)

    healthy = asked("healthy-trader.yaml")
    assert "days of sales" not in healthy  # stock turns over well
    assert "interest rate" not in healthy  # the interest and the loans give one
    assert "days of sales" in asked("overstocked-manufacturer.yaml")
    assert "elsewhere" in asked("high-margin-slow-seller.yaml")  # equity earns 5.7%


def test_many_gaps_are_folded_by_what_would_settle_them() -> None:
    case = case_of("partial-ratios.yaml")
    gaps = write(case, "en", case.accounts.periods[-1].id, content_root()).gaps
    assert not [gap for gap in gaps if "for want of" in gap]
    assert gaps[0].startswith("With a balance sheet more could be said of liquidity, ")
    assert gaps[0].endswith("debt, profitability and balance-sheet structure.")
    assert gaps[1] == (
        "With operating costs and loan principal repaid, these could be judged: "
        "debt service cover and cost level ratio."
    )


def test_every_figure_that_lacks_lines_is_named_once_or_its_area_is() -> None:
    case = case_of("partial-ratios.yaml")
    period = case.accounts.periods[-1].id
    text = " ".join(write(case, "en", period, content_root()).gaps).lower()
    items, indicators = case.base.catalogue.line_items, case.base.catalogue.indicators
    for gap in case.diagnosis.not_assessed:
        if (
            gap.period == period
            and gap.entry in indicators
            and items.keys() >= {*gap.missing.needs}
        ):
            name = indicators[gap.entry].name.in_language("en").lower()
            times = len(re.findall(rf"(?:[:,]|and) {re.escape(name)}(?=[,.]| and)", text))
            areas = [a for a in case.base.areas if f".{a.id}." in gap.entry]
            assert times == 1 or any(a.name.in_language("en").lower() in text for a in areas), name
            assert times <= 1, name


def test_few_gaps_say_what_each_figure_lacks() -> None:
    case = case_of("swapped-digits.yaml")
    gaps = write(case, "en", case.accounts.periods[-1].id, content_root()).gaps
    assert "Debt service cover: not judged for want of loan principal repaid." in gaps


def test_what_did_not_arise_is_no_gap() -> None:
    """Nobody was dismissed: JSON says so, the document does not lament it."""
    case = case_of("sales/crowded-team.yaml")
    period = case.accounts.periods[-1].id
    missing = {g.missing.reason for g in case.diagnosis.not_assessed if g.period == period}
    assert {"nobody_dismissed", "nobody_declared"} <= missing
    assert "nobody_dismissed" in case.base.moot
    text = " ".join(write(case, "en", period, content_root()).gaps)
    assert "nobody was dismissed" not in text
    assert "nobody declared a goal" in text
    gaps = json.loads(document("sales/crowded-team.yaml", "en", "json"))["not_assessed"]
    moot = {gap["reason"]: gap["moot"] for gap in gaps if gap["period"] == period}
    assert moot["nobody_dismissed"]
    assert not moot["nobody_declared"]
