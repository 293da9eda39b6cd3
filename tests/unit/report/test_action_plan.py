"""The plan of steps in documents: numbered rows, and what remains in a few words."""

import pytest

from diagnost.knowledge.base import content_root
from diagnost.report.document import Document
from diagnost.report.narrative import write
from diagnost.report.render import render
from tests.shipped import LANGUAGES, TEAMS, base, case_of

LONG = "sales/orders-dried-up.yaml"


def document(language: str = "en", steps: int | None = None) -> Document:
    case = case_of(LONG)
    return write(case, language, case.accounts.periods[-1].id, content_root(), steps)


def briefs(language: str) -> list[str]:
    advice = sorted((a for a in case_of(LONG).diagnosis.advice if a.rank), key=lambda a: a.rank)
    return [a.recommendation.brief.in_language(language) for a in advice]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("steps", [None, 3, 12])
def test_what_is_not_numbered_follows_in_a_few_words(language: str, steps: int | None) -> None:
    told = document(language, steps)
    numbered = steps or base().action_plan.lines
    assert [row.rank for row in told.advice] == list(range(1, numbered + 1))
    separator = told.words["list.semicolon"]
    later = [step for line in told.later for step in line.steps.split(separator)]
    assert sorted(later) == sorted(briefs(language)[numbered:])
    assert len({line.area for line in told.later}) == len(told.later)


def test_all_steps_may_be_numbered() -> None:
    told = document(steps=len(base().recommendations))
    assert len(told.advice) == len(briefs("en"))
    assert told.later == ()


@pytest.mark.parametrize("example", ["kamienna-dolina.xlsx", *TEAMS])
def test_every_step_has_an_owner(example: str) -> None:
    case = case_of(example)
    told = write(case, "en", case.accounts.periods[-1].id, content_root())
    owners = {owner.name.in_language("en") for owner in base().action_plan.owners.values()}
    assert {row.owner for row in told.advice} <= owners


def test_everything_recommended_has_an_owner() -> None:
    assert [r.id for r in base().recommendations.values() if base().owner_of(r) is None] == []


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_plan_is_the_last_chapter_before_what_could_not_be_judged(form: str) -> None:
    told = document()
    page = render(told, form, content_root())
    heads = [told.words["heading.advice"], told.words["heading.gaps"]]
    if form == "text":
        heads = [head.upper() for head in heads]
    chapters = page.rpartition("</nav>")[2]  # the contents name them before
    page = chapters if form == "html" else page
    plan, gaps = (page.index(head) for head in heads)
    assert plan < gaps
    chapter = page[plan:gaps]
    assert "sales manager" in chapter
    assert told.words["plan.later"] in chapter
    for other in ("heading.development", "heading.movements"):
        assert told.words[other].partition("{")[0] not in page[plan:]
