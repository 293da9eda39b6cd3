"""The questionnaire of vehicle retail: what is asked depends on what was said before."""

from datetime import date
from pathlib import Path

import pytest

from diagnost.app.assessment import Assessment


def asked_of(tmp_path: Path, tier: str) -> list[str]:
    assessment = Assessment("retail", "en", tmp_path / "shop.yaml")
    assessment.start("North", date(2026, 10, 31), ())
    assessment.answer("car")
    assessment.answer(tier)
    return [question.id for question in assessment.questions]


def test_only_makers_are_asked_about_making(tmp_path: Path) -> None:
    asked = asked_of(tmp_path, "maker")
    assert sum(id_.startswith("retail.factory.") for id_ in asked) == 8
    assert "retail.network.benchmark_best_dealer" not in asked


@pytest.mark.parametrize(("tier", "count"), [("shop", 30), ("primary", 32), ("unknown", 29)])
def test_the_place_in_the_chain_decides_what_is_asked(
    tmp_path: Path, tier: str, count: int
) -> None:
    asked = asked_of(tmp_path, tier)
    assert not [id_ for id_ in asked if id_.startswith("retail.factory.")]
    assert len(asked) == count


def test_answers_of_questions_that_no_longer_arise_are_not_written(tmp_path: Path) -> None:
    assessment = Assessment("retail", "en", tmp_path / "shop.yaml")
    assessment.start("North", date(2026, 10, 31), ())
    assessment.answer("car")
    assessment.answer("maker")
    while (asked := assessment.current()) and not asked.id.startswith("retail.factory."):
        assessment.answer("unknown")
    assessment.answer("2")
    while (asked := assessment.current()) and asked.id != "retail.house.business_tier":
        assessment.back()
    assessment.answer("shop")
    assessment.write()
    text = (tmp_path / "shop.yaml").read_text()
    assert "retail.house.business_tier: shop" in text
    assert "retail.factory.differentiated_marketing:  #" in text
