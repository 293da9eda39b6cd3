"""Every shipped entry can be shown, and asked about in every example."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from diagnost.app.case_hand import CaseHand
from diagnost.app.hand import Hand
from diagnost.explain.branch import draw
from diagnost.explain.cells import Cells
from diagnost.explain.how import Filed, how
from diagnost.explain.how_text import as_text as how_text
from diagnost.explain.lookup import Entry, entries, find_entry, kind_of
from diagnost.explain.names import Names
from diagnost.explain.show import show
from diagnost.explain.tree import NotFired, Unmet
from diagnost.explain.unmet import Lack, unmet
from diagnost.explain.why import KINDS, why
from diagnost.explain.why_json import as_data
from diagnost.explain.why_not import Holds, OtherWord, Yielded, why_not
from diagnost.explain.why_not_text import as_text as why_not_text
from diagnost.explain.why_text import as_text
from diagnost.intake.read import read_accounts
from diagnost.model.located import At
from diagnost.model.rule import Conclusion, Condition, Leaf, Statement, Truth
from diagnost.pipeline import Case, diagnose
from tests.shipped import EXAMPLES, LANGUAGES, MIXED, SHOPS, TEAMS, base, case_of

EVERY = (*EXAMPLES, *TEAMS, *SHOPS, *MIXED)


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
    """Each entry is asked about in two of the examples: in all of them would take minutes."""
    case = case_of(example)
    hand = CaseHand("en", case)
    for entry in islice(entries(base(), KINDS), EXAMPLES.index(example) % 8, None, 8):
        tree = why(case, entry, case.accounts.periods[-1].id)
        assert as_text(tree, base(), hand, 88)
        assert json.loads(json.dumps(as_data(tree, hand)))["entry"] == entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_explained_hold_no_unfilled_slot(language: str) -> None:
    for example in EXAMPLES:
        case = case_of(example)
        hand = CaseHand(language, case)
        for finding in case.diagnosis.findings[LANGUAGES.index(language) :: 2]:
            entry = find_entry(base(), finding.statement.id, KINDS)
            text = as_text(why(case, entry, finding.period), base(), hand, 88)
            assert "{" not in text


@pytest.mark.parametrize("example", EVERY)
def test_what_is_said_to_be_lacking_would_do(example: str) -> None:
    """Of every rule of every kind: were what is named as unmet fulfilled, it would fire."""
    case = case_of(example)
    for one in (case, *case.subjects[:1]):  # the whole, and one of those looked at one by one
        period = one.accounts.periods[-1].id
        cells = Cells(one, period)
        plain = Lack(cells)
        of_rows = one.subject.table if one.subject is not None else ""
        for rule in base().rules.values():
            if rule.per == of_rows and not one.runs[period].fired(rule.id):
                parts = unmet(rule.when, cells)
                if not parts:  # it holds, but of that side of the company nothing was given
                    assert base().catalogue.side_of(rule.id) not in one.sides
                check(rule.when, parts, plain)


def check(when: Condition, parts: tuple[Unmet, ...], lack: Lack) -> None:
    """Check that what is lacking is not so, and that it would make a condition hold."""
    wanted, unwanted = named(parts)
    absent = {(leaf.key, leaf.word) for leaf in unwanted}

    def truth(leaf: Leaf) -> Truth:
        if (leaf.key, leaf.word) in absent:
            return Truth.NO
        if leaf.key in wanted:
            return Truth.YES if leaf.word in wanted[leaf.key] else Truth.NO
        return lack.truth(leaf)

    assert when.holds(truth) is Truth.YES, when
    for part in flat(parts):
        sought = Truth.NO if part.absent else Truth.YES
        assert not any(lack.truth(Leaf(part.key, word, At(""))) is sought for word in part.words)
        if part.lacking:
            check(base().rules[part.key].when, part.lacking, lack)


def flat(parts: Iterable[Unmet]) -> Iterator[Unmet]:
    """Yield the parts that name a fact, also those of choices."""
    for part in parts:
        if part.choices:
            for choice in part.choices:
                yield from flat(choice)
        else:
            yield part


@pytest.mark.parametrize("example", EVERY)
def test_why_not_is_told_of_what_fired_and_of_other_words(example: str) -> None:
    """What fired holds, gave way to what fired too, or is told to another reader."""
    case = case_of(example)
    period = case.accounts.periods[-1].id
    run = case.runs[period]
    for rule in base().rules.values():
        if not run.fired(rule.id):
            continue
        if isinstance(rule, Conclusion):
            told(case, rule, period)
            continue
        gave_way = gave_way_to(case, rule.id, period)
        answer = why_not(case, Entry(kind_of(rule), rule.id), period).answer
        if isinstance(rule, Statement) and rule.viewpoint not in ("", case.viewpoint):
            assert isinstance(answer, NotFired)
            assert answer.other_reader == rule.viewpoint
        elif gave_way:
            assert isinstance(answer, Yielded), rule.id
            assert answer.gave_way.entry == gave_way
            assert run.fired(gave_way)
        else:
            assert isinstance(answer, Holds), rule.id


def told(case: Case, rule: Conclusion, period: str) -> None:
    """Check what is said of a word that a rule concluded: it stands, or a worse one does."""
    state = base().states[rule.key]
    stands = state.standing({firing.made for firing in case.runs[period].firings})
    assert stands is not None
    answer = why_not(case, Entry("rule", rule.id), period).answer
    if stands.id == rule.word:
        assert isinstance(answer, Holds)
    else:
        assert isinstance(answer, OtherWord)
        assert answer.stands == stands
        assert rule.id in [firing.rule.id for firing in answer.fired]
        words = [word.id for word in state.words]
        assert words.index(stands.id) < words.index(rule.word)


def gave_way_to(case: Case, entry: str, period: str) -> str:
    """Return what silences an entry in a period."""
    diagnosis = case.diagnosis
    spoken = [(f.statement.id, f.period, f.gave_way_to) for f in diagnosis.findings]
    spoken += [(a.recommendation.id, a.period, a.gave_way_to) for a in diagnosis.advice]
    spoken += [(c.rule.id, c.period, c.gave_way_to) for c in diagnosis.causes]
    return next((by for id_, at, by in spoken if (id_, at) == (entry, period)), "")


@pytest.mark.parametrize("example", EVERY)
def test_every_word_of_every_verdict_can_be_asked_about(example: str) -> None:
    case = case_of(example)
    period = case.accounts.periods[-1].id
    hand = CaseHand("en", case)
    for state in base().states.values():
        if state.per or not state.verdict_on:
            continue
        for word in state.words:
            answer = why_not(case, Entry("area", state.verdict_on), period, word.id)
            assert why_not_text(answer, base(), hand, 88)
            if isinstance(answer.answer, OtherWord):
                found = len(answer.answer.rules) + len(answer.answer.fired)
                assert found == len(base().makers[state.id, word.id])


def test_what_is_of_another_side_is_told_so() -> None:
    case = case_of("healthy-trader.yaml")
    sales = next(s for s in base().statements.values() if base().catalogue.side_of(s.id) == "sales")
    answer = why_not(case, Entry("statement", sales.id), case.accounts.periods[-1].id).answer
    assert isinstance(answer, NotFired)
    assert answer.other_side


FILED = """
company: {name: A}
currency: PLN
unit: 1000
periods: ["2025"]
lines: {revenue: [100], operating_costs: [-90], total_assets: [80], fixed_assets: [50]}
"""


def test_how_tells_signs_that_were_turned_and_what_was_taken_off(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(FILED, encoding="utf-8")
    accounts = read_accounts(file, base().catalogue, name="a.yaml")
    case = diagnose(accounts, base(), engine="builtin")
    hand = CaseHand("en", case)
    costs = how_text(how(case, Entry("line", "operating_costs"), "2025"), base(), hand, 88)
    assert "90 (filed as -90, read as a positive cost)" in costs
    assert "amounts in PLN thousand" in costs
    assets = how(case, Entry("line", "current_assets"), "2025").answer
    assert isinstance(assets, Filed)
    assert assets.amount is not None
    assert [(p.amount.item, p.taken_off) for p in assets.amount.parts] == [
        ("total_assets", False),
        ("fixed_assets", True),
    ]


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
