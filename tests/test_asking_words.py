"""Questions in words: what they are understood to ask, in three languages."""

from functools import lru_cache

import pytest

from diagnost.asking.lexicon import Lexicon
from diagnost.asking.question import Kind, Question
from diagnost.asking.understanding import Understanding
from diagnost.knowledge.base import content_root
from diagnost.knowledge.vocabulary_file import load_vocabulary
from tests.shipped import base

PERIODS = ("2021", "2022", "2023")
PEOPLE = ("Anna Kowalska", "Jan Nowak", "张伟")


@lru_cache
def understanding() -> Understanding:
    lexicon = Lexicon(load_vocabulary(content_root()), base(), PERIODS, PEOPLE)
    return Understanding(lexicon, PERIODS, unit=1000)


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("why is liquidity low?", Kind.WHY, "liquidity"),
        ("dlaczego plynnosc jest niska", Kind.WHY, "liquidity"),
        ("為什麼流動性低？", Kind.WHY, "liquidity"),
        ("jak policzono CO?", Kind.HOW, "finance.activity.operating_cycle"),
        ("co oznacza WPW", Kind.MEANING, "finance.liquidity.quick_ratio"),
    ],
)
def test_kind_and_subject(text: str, kind: Kind, subject: str) -> None:
    question = understanding().of(text)
    assert isinstance(question, Question)
    assert (question.kind, question.subject) == (kind, subject)
