"""Answers to the questions that managers ask of the examples: golden copies, as documents have.

A golden copy is evidence of change, not of truth. ``pytest --approve`` writes the copies anew.
"""

import difflib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from diagnost.asking import answering, gaps, goals, in_step, what_if
from diagnost.asking.answer import Answer
from diagnost.asking.question import Question
from diagnost.explain.reach import reach
from diagnost.knowledge.base import content_root
from diagnost.model.accounts import Accounts
from diagnost.pipeline import Case, diagnose_changed
from diagnost.report.render import render_answer
from diagnost.report.worth_asking import worth_asking
from tests.shipped import (
    EXAMPLES,
    LANGUAGES,
    MIXED,
    ROOT,
    SHOPS,
    TEAMS,
    answered,
    understanding_of,
)
from tests.test_asking_words import told

GOLDEN = ROOT / "tests" / "golden"
BANK = yaml.safe_load((ROOT / "tests" / "data" / "questions.yaml").read_text(encoding="utf-8"))
ALL = (*EXAMPLES, *TEAMS, *SHOPS, *MIXED)
EACH = [(example, language) for example in ALL for language in LANGUAGES]
UNWRAPPED = 2000  # a sentence keeps its line, so that a change of one word changes one line
CELL = re.compile(r"\.yaml \d+:\d+|\.xlsx![^,;]+ [A-Z]+\d+")


class Asked(NamedTuple):
    """A question of the bank in the words of a language, and how it must be understood."""

    text: str
    means: str


def questions(example: str, language: str) -> Iterator[Asked]:
    """Yield the questions that an example is asked."""
    for chosen in BANK["examples"][example]:
        id_, person = (chosen, "") if isinstance(chosen, str) else next(iter(chosen.items()))
        question = BANK["questions"][id_]
        means = question["means"].format(person=person.replace(" ", "_"))
        yield Asked(question[language].format(person=person), means)


def understood(example: str, language: str) -> Iterator[tuple[str, Question]]:
    """Yield the questions that an example is asked, as they are understood."""
    for text, _ in questions(example, language):
        question = understanding_of(example).of(text, language)
        assert isinstance(question, Question), text
        yield text, question


@cache
def answers(example: str, language: str) -> tuple[Answer, ...]:
    """Return the answers of an example in a language."""
    return tuple(
        answered(example, question, text) for text, question in understood(example, language)
    )


@pytest.fixture(autouse=True, scope="module")
def supposed_once() -> Iterator[None]:
    """Diagnose what is supposed, and look for ways and gaps, once for all languages."""
    changed: dict[object, Case] = {}

    def diagnosed_once(case: Case, accounts: Accounts, **options: object) -> Case:
        amounts = frozenset((key, amount.value) for key, amount in accounts.amounts.items())
        key = id(accounts.records), accounts.company.name, case.viewpoint, amounts
        if key not in changed:
            changed[key] = diagnose_changed(case, accounts, **options)
        return changed[key]

    def once(search: Callable[..., object]) -> Callable[..., object]:
        found: dict[object, object] = {}

        def searched(case: Case, what: object, *others: object) -> object:
            key = id(case), what
            if key not in found:
                found[key] = search(case, what, *others)
            return found[key]

        return searched

    with pytest.MonkeyPatch.context() as patch:
        for module in (answering, goals, in_step, what_if):
            patch.setattr(module, "diagnose_changed", diagnosed_once)
        patch.setattr(goals, "reach", once(reach))
        patch.setattr(gaps, "worth_asking", once(worth_asking))
        yield


def copy_of(example: str, language: str) -> Path:
    """Return where the golden copy of the answers stands."""
    return GOLDEN / Path(example).with_suffix("") / f"answers.{language}.txt"


def written(example: str, language: str) -> str:
    """Write the answers of an example, each under its question, without their notes."""
    return "\n".join(
        f"## {answer.asked}\n\n"
        + render_answer(answer.without_notes(), "text", content_root(), width=UNWRAPPED)
        for answer in answers(example, language)
    )


def test_every_example_is_asked_twenty_questions() -> None:
    assert set(BANK["examples"]) == set(ALL)
    for example in ALL:
        asked = [question.text for question in questions(example, "en")]
        assert len(set(asked)) == len(asked) == 20, example


@pytest.mark.parametrize(("example", "language"), EACH)
def test_a_question_is_understood_as_it_is_meant(example: str, language: str) -> None:
    wrong = {
        text: now
        for text, means in questions(example, language)
        if (now := told(understanding_of(example).of(text))) != means
    }
    assert not wrong


@pytest.mark.parametrize(("example", "language"), EACH)
def test_answers_are_as_approved(example: str, language: str, approve: bool) -> None:
    path = copy_of(example, language)
    now = written(example, language)
    if approve:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now, encoding="utf-8", newline="\n")
        return
    name = path.relative_to(ROOT).as_posix()
    if not path.exists():
        pytest.fail(f"{name} is not there; read the answers, then pytest --approve", pytrace=False)
    before = path.read_text(encoding="utf-8")
    if before != now:
        diff = difflib.unified_diff(
            before.splitlines(), now.splitlines(), name, "now", lineterm="", n=1
        )
        changes = "\n".join(diff)
        pytest.fail(f"{name} has changed; if rightly, pytest --approve\n{changes}", pytrace=False)


def test_no_golden_copy_is_left_over() -> None:
    assert set(GOLDEN.rglob("answers.*")) == {copy_of(*each) for each in EACH}


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_name_sources_and_cells(language: str) -> None:
    named = 0
    for example in ALL:
        for answer in answers(example, language):
            for note in answer.notes:
                assert len(note.short) < 600, note.short
                named += bool(
                    re.search(r"\.(yaml|xlsx)\S* \d+:\d+|\.xlsx!\S+ [A-Z]+\d+", note.short)
                )
    assert named > 1000
