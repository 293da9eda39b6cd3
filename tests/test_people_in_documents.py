"""Those who are looked at one by one: whose turn comes first, first steps, newcomers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root
from diagnost.pipeline import Case, diagnose
from diagnost.report.persons import gravest_first, sheets, write_with_persons
from diagnost.report.render import render_sheets
from tests.shipped import LANGUAGES, base, case_of

HEAD: dict[str, Any] = {"company": {"name": "Acme"}, "currency": "EUR", "as_of": "2026-06-30"}


def case(tmp_path: Path, **records: Sequence[object]) -> Case:
    path = tmp_path / "team.yaml"
    path.write_text(yaml.safe_dump(HEAD | {"records": records}, allow_unicode=True), "utf-8")
    return diagnose(read_accounts(path, base().catalogue), base(), engine="builtin")


def names(subjects: tuple[Case, ...]) -> list[str]:
    return [each.subject.name for each in subjects if each.subject]


def readings(subject: Case) -> dict[str, Any]:
    return {i.rpartition(".")[2]: reading for (i, _), reading in subject.readings.items()}


def test_the_gravest_trouble_comes_first_and_equals_keep_their_order(tmp_path: Path) -> None:
    people = [
        {"rep": "Ada", "hired_on": "2024-01-01"},
        {"rep": "Bo", "hired_on": "2024-01-01", "skill": 1},
        {"rep": "Cy", "hired_on": "2024-01-01", "principle_breach": "yes"},
        {"rep": "Di", "hired_on": "2024-01-01", "skill": 1, "knowledge": 1},
        {"rep": "Ed", "hired_on": "2024-01-01"},
    ]
    found = case(tmp_path, reps=people)
    order = ["Cy", "Di", "Bo", "Ada", "Ed"]
    assert names(gravest_first(found.subjects, "2026-06")) == order
    assert [s.name for s in sheets(found.subjects, "en", "2026-06", content_root())] == order
    (group,) = write_with_persons(found, "en", "2026-06", content_root()).one_by_one
    assert [row.name for row in group.rows] == order[:3]


def test_who_came_last_week_is_not_reproached_for_eight_weeks_without_orders(
    tmp_path: Path,
) -> None:
    people = [
        {"rep": "New", "hired_on": "2026-06-23"},
        {"rep": "Quick", "hired_on": "2026-06-01"},
        {"rep": "Old", "hired_on": "2026-05-01"},
    ]
    orders = [{"order": "1", "rep": "Quick", "signed_on": "2026-06-20", "amount": 100}]
    new, quick, old = (
        readings(each) for each in case(tmp_path, reps=people, orders=orders).subjects
    )
    assert new["orders_8w"].missing.reason == "here_under_eight_weeks"
    assert quick["orders_8w"].value == 1
    assert old["orders_8w"].value == 0
    assert new["without_order"].value == 1
    assert old["without_order"].value == 8  # and four days


def test_every_step_about_a_person_has_a_first_step_that_is_no_repetition() -> None:
    about = [r for r in base().recommendations.values() if r.id.startswith("sales.persons.")]
    assert len(about) > 50
    for step in about:
        assert step.first_step is not None, step.id
        for language in LANGUAGES:
            first = step.first_step.in_language(language)
            assert first not in step.text.in_language(language)


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_sheet_prints_the_first_step(form: str) -> None:
    found = case_of("sales/stars-and-veterans.yaml")
    pages = sheets(found.subjects, "en", found.accounts.periods[-1].id, content_root())
    told = [row.first for page in pages for row in page.advice]
    assert told
    text = " ".join(render_sheets(pages, form, content_root()).split())
    assert all(first in text for first in told)
    assert "First step" in text


def test_advice_for_this_week_does_not_wait_a_quarter() -> None:
    waiting = [
        step.id
        for step in base().recommendations.values()
        if step.urgency != "now"
        and step.id.startswith("sales.persons.")
        and "this week" in step.text.in_language("en")
    ]
    assert waiting == []
