"""What a reader of the sales forces' documents must be able to see, in every language."""

import re

import pytest

from diagnost.knowledge.base import content_root
from diagnost.report.narrative import write
from tests.shipped import LANGUAGES, TEAMS, base, case_of, document

_NOTES = {"en": "NOTES", "pl": "PRZYPISY", "zh": "【注释】"}
_FIGURES = {
    "en": "FIGURES AND ANSWERS IN THE NOTES",
    "pl": "LICZBY I ODPOWIEDZI Z PRZYPISÓW",
    "zh": "【注释所用数据与回答】",
}


def figures_of(example: str, language: str) -> list[str]:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    return [f.text for f in write(case, language, period, content_root()).figures]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", TEAMS)
def test_every_figure_is_derived_once_and_notes_name_it(example: str, language: str) -> None:
    case = case_of(example)
    page = write(case, language, case.accounts.periods[-1].id, content_root())
    assert len({f.brief for f in page.figures}) == len(page.figures)
    listed = {f.number for f in page.figures}
    assert all(f.number in listed for note in page.notes for f in note.figures)
    text = document(example, language, "text")
    assert text.index(_NOTES[language]) < text.index(_FIGURES[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", TEAMS)
def test_no_figure_is_said_twice_or_in_the_notation_of_formulas(
    example: str, language: str
) -> None:
    for text in figures_of(example, language):
        equal = re.search(r"= ([^=(（]+) = ([^=(（.。]+)", text)
        assert equal is None or equal[1].strip() != equal[2].strip(), text
        assert not re.search(r"where=|over=|either\(|abs\(|\bby=", text), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", TEAMS)
def test_no_verdict_that_is_good_rests_on_bad_news(example: str, language: str) -> None:
    statements = base().statements
    for verdict in case_of(example).diagnosis.verdicts:
        if verdict.word.polarity.value == "good":
            sound = {statements[entry].polarity.value for entry in verdict.because}
            assert sound <= {"good", "info"}


@pytest.mark.parametrize("example", TEAMS)
def test_what_cannot_be_judged_says_why_in_terms_of_the_trade(example: str) -> None:
    text = " ".join(document(example, "en", "text").split())
    assert "no row of the records" not in text
    assert "the divisor is zero" not in text


def test_the_sources_of_a_figure_over_records_are_told_in_words() -> None:
    example = "sales/month-end-sprinters.yaml"
    course = next(f for f in figures_of(example, "en") if "= 632,000 / 623,333 − 1 = 1.4%" in f)
    assert "rows of “Monthly results”, by month, 2026-02–2026-04" in course
    course = next(f for f in figures_of(example, "pl") if "/ 623\u00a0333 − 1 = 1,4%" in f)
    assert "3 wiersze tabeli „Wyniki miesięczne”, według miesięcy" in course


def test_an_answer_is_numbered_and_told_once_with_its_place() -> None:
    notes = document("sales/month-end-sprinters.yaml", "en", "text").split(_NOTES["en"], 1)[1]
    told, listed = notes.split(_FIGURES["en"])
    assert "answer 1. Source" in " ".join(told.split())
    assert listed.count("Answer 1 “") == 1
    assert "2 on a scale from 1 to 5. Where: month-end-sprinters.yaml 11:28" in " ".join(
        listed.split()
    )


def test_areas_whose_causes_were_told_on_the_way_to_others_keep_their_why() -> None:
    case = case_of("sales/crowded-team.yaml")
    page = write(case, "en", "2026-06", content_root())
    structure = next(area for area in page.areas if area.id == "team")
    assert structure.why
    told = [s.entry for area in page.areas for s in area.why if s.entry]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("example", TEAMS)
def test_links_of_the_page_lead_somewhere(example: str) -> None:
    page = document(example, "pl", "html")
    places = re.findall(r' id="([^"]+)"', page)
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(places) == len(set(places))
    assert any(link.startswith("figure-") for link in links)
    assert set(links) <= set(places)
