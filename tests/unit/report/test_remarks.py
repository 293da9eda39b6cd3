import re

import pytest

import diagnost.intake.read as intake
from diagnost.knowledge.base import content_root
from diagnost.report.narrative import write
from diagnost.report.words import words_of
from tests.shipped import case_of


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
