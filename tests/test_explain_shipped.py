"""Every shipped entry can be shown, and asked about in every example."""

import json

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.app.hand import Hand
from diagnost.explain.branch import draw
from diagnost.explain.lookup import entries, find_entry
from diagnost.explain.names import Names
from diagnost.explain.show import show
from diagnost.explain.why import KINDS, why
from diagnost.explain.why_json import as_data
from diagnost.explain.why_text import as_text
from tests.shipped import EXAMPLES, LANGUAGES, base, case_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_shown(language: str) -> None:
    hand = Hand(language)
    names = Names(base(), hand)
    for entry in entries(base()):
        assert draw(show(base(), entry, names), hand, 88)


def test_every_entry_is_found_by_its_id() -> None:
    for entry in entries(base()):
        assert find_entry(base(), entry.id).id == entry.id


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_entry_can_be_asked_about(example: str) -> None:
    case = case_of(example)
    hand = CaseHand("en", case)
    for entry in entries(base(), KINDS):
        tree = why(case, entry, case.accounts.periods[-1].id)
        assert as_text(tree, base(), hand, 88)
        assert json.loads(json.dumps(as_data(tree, hand)))["entry"] == entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_explained_hold_no_unfilled_slot(language: str) -> None:
    for example in EXAMPLES:
        case = case_of(example)
        hand = CaseHand(language, case)
        for finding in case.diagnosis.findings:
            entry = find_entry(base(), finding.statement.id, KINDS)
            text = as_text(why(case, entry, finding.period), base(), hand, 88)
            assert "{" not in text
