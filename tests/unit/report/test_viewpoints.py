"""A reader's document: another order and some sentences of its own, the same truth."""

import json

import pytest

from diagnost.pipeline import Case
from diagnost.report.document import Document
from diagnost.report.json_form import as_json
from diagnost.report.narrative import write
from tests.shipped import EXAMPLES, LANGUAGES, ROOT, base, case_of

READERS = ("bank", "investor")
COMPANY = "overstocked-manufacturer.yaml"


def document(example: str, viewpoint: str, language: str = "en") -> Document:
    case = case_of(example, viewpoint)
    return write(case, language, case.accounts.periods[-1].id, ROOT)


def general(case: Case) -> list[object]:
    return [f for f in case.diagnosis.findings if not f.statement.viewpoint]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("reader", READERS)
def test_findings_verdicts_causes_and_advice_are_the_same(example: str, reader: str) -> None:
    owner, other = case_of(example), case_of(example, reader)
    assert general(other) == general(owner)
    assert other.diagnosis.causes == owner.diagnosis.causes
    assert other.diagnosis.verdicts == owner.diagnosis.verdicts
    assert other.diagnosis.advice == owner.diagnosis.advice


@pytest.mark.parametrize("reader", READERS)
def test_no_statement_for_one_reader_silences_what_is_for_all(reader: str) -> None:
    statements = base().statements
    for statement in statements.values():
        if statement.viewpoint == reader:
            losers = [statements[loser].viewpoint for loser in statement.prevails_over]
            assert set(losers) <= {reader}, statement.id


def test_the_order_of_areas_is_that_of_the_reader() -> None:
    verdicts = {r: [row.id for row in document(COMPANY, r).verdicts] for r in ("owner", *READERS)}
    paragraphs = {r: [a.id for a in document(COMPANY, r).areas] for r in ("owner", *READERS)}
    for reader, rows in verdicts.items():
        order = [area.id for area in base().areas_for(reader)]
        assert rows == [area for area in order if area in rows]
    assert sorted(verdicts["bank"]) == sorted(verdicts["investor"]) == sorted(verdicts["owner"])
    assert verdicts["owner"] != verdicts["bank"] != verdicts["investor"]
    assert paragraphs["bank"][0] == "bank"
    assert paragraphs["investor"][0] == "investor"
    assert not {"bank", "investor"} & set(paragraphs["owner"])


@pytest.mark.parametrize("reader", READERS)
def test_the_opening_has_a_sentence_for_the_reader(reader: str) -> None:
    entries = [sentence.entry for sentence in document(COMPANY, reader).summary]
    assert [e for e in entries if e.startswith(f"finance.{reader}.")]
    owners = [sentence.entry for sentence in document(COMPANY, "owner").summary]
    assert not [e for e in owners if base().statements.get(e) and base().statements[e].viewpoint]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_says_for_whom_it_is_written(language: str) -> None:
    heads = {r: document(COMPANY, r, language).reader for r in ("owner", *READERS)}
    assert len(set(heads.values())) == 3
    opening = {v.id: v.opening.in_language(language) for v in base().viewpoints}
    assert heads == opening


def test_the_machine_form_names_the_reader_and_marks_what_is_for_him() -> None:
    case = case_of(COMPANY, "bank")
    whole = json.loads(as_json(case, "en", "2023", ROOT))
    assert whole["viewpoint"] == "bank"
    marked = {f["viewpoint"] for f in whole["findings"]}
    assert marked == {None, "bank"}
