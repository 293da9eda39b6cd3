"""Every shipped entry can be shown, and asked about in every example."""

import json
from collections.abc import Iterable

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.app.hand import Hand
from diagnost.explain.branch import draw
from diagnost.explain.cells import Cells
from diagnost.explain.lookup import entries, find_entry
from diagnost.explain.names import Names
from diagnost.explain.show import show
from diagnost.explain.tree import Unmet
from diagnost.explain.unmet import Lack
from diagnost.explain.why import KINDS, why
from diagnost.explain.why_json import as_data
from diagnost.explain.why_text import as_text
from diagnost.model.located import At
from diagnost.model.rule import Leaf, Truth
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


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_said_to_be_lacking_would_do(example: str) -> None:
    """Were the parts that are named as unmet fulfilled, the condition would hold."""
    case = case_of(example)
    period = case.accounts.periods[-1].id
    lack = Lack(Cells(case, period))
    for rule in base().statements.values():
        if rule.per or case.runs[period].fired(rule.id):
            continue
        parts = tuple(lack.of(rule.when))
        if not parts:  # the condition holds, but of that side of the company nothing was given
            assert base().catalogue.side_of(rule.id) not in case.sides
        wanted, unwanted = named(parts)

        def truth(
            leaf: Leaf, wanted: dict[str, set[str]] = wanted, unwanted: set[Leaf] = unwanted
        ) -> Truth:
            if (leaf.key, leaf.word) in {(one.key, one.word) for one in unwanted}:
                return Truth.NO
            if leaf.key in wanted:
                return Truth.YES if leaf.word in wanted[leaf.key] else Truth.NO
            return lack.truth(leaf)

        assert rule.when.holds(truth) is Truth.YES, rule.id


def named(parts: Iterable[Unmet]) -> tuple[dict[str, set[str]], set[Leaf]]:
    """Return the words that facts are to take, and the leaves that must not hold."""
    wanted: dict[str, set[str]] = {}
    unwanted: set[Leaf] = set()
    for part in parts:
        if part.choices:
            more, less = named(part.choices[0])
            wanted |= more
            unwanted |= less
        elif part.absent:
            unwanted |= {Leaf(part.key, word, At("")) for word in part.words}
        else:
            wanted[part.key] = {part.words[0]}
    return wanted, unwanted
