"""The order of sentences within the paragraph of an area."""

import pytest

from diagnost.knowledge.base import content_root
from diagnost.model.indicator import Polarity
from diagnost.model.rule import Statement
from diagnost.report.narrative import write
from tests.shipped import EXAMPLES, SHOPS, TEAMS, base, case_of

GRAVE = {"critical": 0, "serious": 1, "note": 2}


def told(example: str) -> list[list[Statement]]:
    """Return the statements of each topic as paragraphs and lists tell them."""
    case = case_of(example)
    topics: dict[tuple[str, str], list[Statement]] = {}
    for area in write(case, "en", case.accounts.periods[-1].id, content_root()).areas:
        for sentence in (*area.sentences, *area.listed):
            statement = base().statements[sentence.entry]
            place = f"{area.id} {statement.place}"
            topics.setdefault((place, statement.id.rpartition(".")[0]), []).append(statement)
    return list(topics.values())


def turn(statement: Statement) -> int:
    alarming = statement.polarity in (Polarity.BAD, Polarity.IMPOSSIBLE)
    return GRAVE[statement.weight.value] if alarming else 2


@pytest.mark.parametrize("example", [*EXAMPLES, *TEAMS, *SHOPS])
def test_grave_alarms_come_first_unless_a_topic_says_otherwise(example: str) -> None:
    for statements in told(example):
        written = sorted(statements, key=lambda s: s.at)
        if statements[0].id.rpartition(".")[0] in base().sequences:
            assert statements == written
        else:
            assert statements == sorted(written, key=turn)


def test_the_gravest_goes_before_what_stands_above_it_in_the_file() -> None:
    (practice,) = (
        [s.id.rpartition(".")[2] for s in statements]
        for statements in told("retail/key-accounts-adrift.yaml")
        if statements[0].id == "retail.targets.practice.work_disordered"
    )
    assert practice[:2] == ["work_disordered", "targets_not_decomposed"]


def test_what_is_told_in_sequence_is_marked() -> None:
    assert "finance.debt.debt_and_cover" in base().sequences
    assert "retail.targets.practice" not in base().sequences
    topics = {s.rpartition(".")[0] for s in base().statements}
    assert base().sequences <= topics
