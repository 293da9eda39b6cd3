"""What the opening has told the paragraphs do not tell again in nearly the same words."""

import re

import pytest

from diagnost.knowledge.base import content_root
from diagnost.report.document import Document
from diagnost.report.narrative import write
from tests.shipped import LANGUAGES, TEAMS, base, case_of

RETOLD = {s.id: s for s in base().statements.values() if s.retold is not None}


def page(example: str, language: str) -> Document:
    case = case_of(example)
    return write(case, language, case.accounts.periods[-1].id, content_root())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", TEAMS)
def test_a_paragraph_says_what_the_opening_leaves_open(example: str, language: str) -> None:
    found = page(example, language)
    opened = {sentence.entry for sentence in found.summary}
    told = {s.entry: s.text for area in found.areas for s in area.sentences}
    for entry, statement in RETOLD.items():
        retold = statement.retold
        if entry not in told or retold is None:
            continue
        as_it_is = statement.text.in_language(language).split("{", maxsplit=1)[0]
        if opened.intersection(retold.after):
            assert retold.text is not None
            start = retold.text.in_language(language).split("{", maxsplit=1)[0]
            assert told[entry].startswith(start)
        else:
            assert told[entry].startswith(as_it_is)


def test_what_the_opening_tells_in_full_is_left_out_of_the_paragraph() -> None:
    found = page("sales/customers-walk-away.yaml", "en")
    assert "sales.customers.summary.lost_over_needs" in {s.entry for s in found.summary}
    (customers,) = (area for area in found.areas if area.id == "customers")
    assert [s.entry for s in customers.sentences] == ["sales.customers.losses.customer_churn_high"]
    assert [s.entry for s in customers.why] == ["sales.customers.causes.needs"]
    findings = {
        f.statement.id for f in case_of("sales/customers-walk-away.yaml").diagnosis.findings
    }
    assert "sales.customers.losses.needs_discovery_gap" in findings


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3}


@pytest.mark.parametrize("example", TEAMS)
def test_no_paragraph_begins_as_the_opening_does(example: str) -> None:
    """Bad news only: what is well is told in few words, which are much the same wherever."""
    found = page(example, "en")
    for area in found.areas:
        if area.verdict is None or area.verdict.polarity == "good":
            continue
        first = words(area.sentences[0].text)
        for sentence in found.summary:
            shared = len(first & words(sentence.text))
            assert shared / len(first) < 0.6, (sentence.text, area.sentences[0].text)


def test_a_sentence_is_retold_after_sentences_of_the_opening_only() -> None:
    for entry, statement in RETOLD.items():
        assert statement.retold is not None
        for name in statement.retold.after:
            assert base().statements[name].place == "summary", (entry, name)


def test_what_has_grown_worse_is_not_told_as_gone() -> None:
    """A current ratio too small for the debt is not mended by falling below every minimum."""
    found = page("indebted-with-good-cover.yaml", "en")
    assert found.development
    assert not any("tight for so much debt" in line for line in found.development)
