"""Cover by a loss has no course: the fact of a trend is unknown, and the reason says why."""

from pathlib import Path

import pytest

from diagnost.compute.facts import compute_facts
from diagnost.intake.read import read_accounts
from diagnost.pipeline import diagnose
from tests.shipped import base

KEY = "finance.debt.interest_cover.trend"


@pytest.mark.parametrize(
    ("cover", "word"),
    [
        ("[3, 2]", "falling"),
        ("[0, 2]", "rising"),
        ("[-1, 2, 3]", "rising"),  # from where it can be read again
        ("[-1, 2]", None),
        ("[3, -1]", None),
        ("[-1, -2]", None),
    ],
)
def test_a_negative_cover_is_not_compared_over_time(
    cover: str, word: str | None, tmp_path: Path
) -> None:
    count = cover.count(",") + 1
    periods = ", ".join(f'"{2020 + i}"' for i in range(count))
    path = tmp_path / "a.yaml"
    path.write_text(f"periods: [{periods}]\nindicators: {{WPOZ: {cover}}}\n", encoding="utf-8")
    case = diagnose(read_accounts(path, base().catalogue, name="a.yaml"), base())
    last = case.accounts.periods[-1].id
    facts = compute_facts(case.accounts, case.base, case.readings, last, keys={KEY})
    assert (facts.facts[KEY].word if KEY in facts.facts else None) == word
    if cover in ("[3, -1]", "[-1, -2]"):
        assert facts.unknown[KEY] == ("reason:no_course",)
