"""The profile of a questionnaire: scores of its areas, worked by hand."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.compute.profile import area_scores
from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root
from diagnost.model.profile import AreaScore
from diagnost.pipeline import diagnose
from diagnost.report.narrative import write
from diagnost.report.persons import write_with_persons
from diagnost.report.render import render
from tests.shipped import LANGUAGES, base

HEAD = "company: {name: Acme}\nperiods: ['2026-06']\nas_of: 2026-06-30\nanswers:\n"
RHYTHM = """
  sales.rhythm.goals_written: 5
  sales.rhythm.goals_split: 1
  sales.rhythm.goal_height: 5
  sales.rhythm.empty_stretches: 5
"""
RULES = """
  sales.rules.agreed_and_equal: 4
  sales.rules.dismissal_checks: 3
"""


def given(tmp_path: Path, answers: str) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD + answers.lstrip("\n"), encoding="utf-8")
    return path


def scored(path: Path) -> dict[str, AreaScore]:
    accounts = read_accounts(path, base().catalogue)
    return {found.area: found for found in area_scores(accounts, base().catalogue, "sales")}


def test_an_area_is_the_mean_of_its_answers_rescaled(tmp_path: Path) -> None:
    """100 for the written goals, 0 for their parts, 0 for a goal out of reach, 0 for dry spells."""
    rhythm = scored(given(tmp_path, RHYTHM))["rhythm"]
    assert (rhythm.answered, rhythm.asked) == (4, 8)
    assert rhythm.score == Decimal(25)
    assert rhythm.band is not None
    assert rhythm.band.id == "weak"


def test_a_scale_from_nought_counts_in_fifths(tmp_path: Path) -> None:
    rules = scored(given(tmp_path, RULES))["rules"]
    assert rules.score == (Decimal(75) + Decimal(60)) / 2
    assert rules.band is not None
    assert rules.band.id == "mixed"


def test_less_than_half_of_the_answers_give_no_score(tmp_path: Path) -> None:
    rhythm = scored(given(tmp_path, "  sales.rhythm.goals_written: 5\n"))["rhythm"]
    assert (rhythm.score, rhythm.band, rhythm.answered) == (None, None, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_shows_the_areas_that_have_a_score(tmp_path: Path, language: str) -> None:
    accounts = read_accounts(given(tmp_path, RHYTHM + RULES), base().catalogue)
    page = write(diagnose(accounts, base()), language, "2026-06", content_root())
    areas = base().catalogue.question_areas
    assert [row.area for row in page.profiles[0].rows] == [
        areas[area].name.in_language(language) for area in ("rhythm", "rules")
    ]
    assert page.profiles[0].rows[0].band.polarity == "bad"
    for form in ("text", "md", "html"):
        text = render(page, form, content_root()).replace("\u00a0", " ")
        assert text.count(page.profiles[0].rows[0].area) > 0
        assert "67.5" in text or "67,5" in text


def test_a_single_area_is_no_profile(tmp_path: Path) -> None:
    accounts = read_accounts(given(tmp_path, RULES), base().catalogue)
    page = write_with_persons(diagnose(accounts, base()), "en", "2026-06", content_root())
    assert page.profiles == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_questionnaires_are_two_profiles_with_their_own_scales(
    tmp_path: Path, language: str
) -> None:
    answers = RHYTHM + RULES + shop_answers()
    accounts = read_accounts(given(tmp_path, answers), base().catalogue)
    page = write(diagnose(accounts, base()), language, "2026-06", content_root())
    sides = base().catalogue.sides
    names = [name.in_language(language) for s in ("sales", "retail") if (name := sides[s].name)]
    assert [profile.name for profile in page.profiles] == names
    first, second = page.profiles
    assert first.note != second.note
    assert not {row.area for row in first.rows} & {row.area for row in second.rows}
    for form in ("text", "md", "html"):
        text = render(page, form, content_root()).replace("\u00a0", " ")
        places = [
            text.rindex(part)
            for part in (names[0], first.rows[0].area, names[1], second.rows[0].area)
        ]
        assert places == sorted(places)


def test_one_questionnaire_needs_no_heading(tmp_path: Path) -> None:
    accounts = read_accounts(given(tmp_path, RHYTHM + RULES), base().catalogue)
    page = write(diagnose(accounts, base()), "en", "2026-06", content_root())
    assert [profile.name for profile in page.profiles] == [""]


def shop_answers() -> str:
    """Answer the whole questionnaire of the shop with the middle of its scale."""
    asked = (q for q in base().catalogue.questions.values() if q.purpose == "retail" and q.scale)
    return "".join(f"  {q.id}: 3\n" for q in asked)


@pytest.mark.parametrize(
    ("answers", "addressee"),
    [
        (lambda: RHYTHM + RULES, "The advice addresses the sales manager."),
        (shop_answers, "The advice addresses whoever runs the shop or the distribution."),
        (lambda: RHYTHM + RULES + shop_answers(), ""),
    ],
)
def test_a_side_alone_says_whom_its_advice_addresses(
    tmp_path: Path, answers: Callable[[], str], addressee: str
) -> None:
    accounts = read_accounts(given(tmp_path, answers()), base().catalogue)
    reader = write(diagnose(accounts, base()), "en", "2026-06", content_root()).reader
    written = "Written for the owners and managers of the company."
    assert reader == f"{written} {addressee}".strip()
