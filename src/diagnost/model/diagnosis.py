"""The diagnosis: findings, causes, verdicts, advice, and what could not be judged."""

from typing import NamedTuple

from diagnost.model.fact import Firing
from diagnost.model.formula_tree import Missing
from diagnost.model.rule import CauseRule, Recommendation, Rule, Statement, StateWord


class Finding(NamedTuple):
    """A statement that fired in a period.

    ``gave_way_to`` is the entry that silences it in the document ('' if none); ``course`` says
    whether it is new or was found in the period before too.
    """

    statement: Statement
    period: str
    firings: tuple[Firing, ...]
    gave_way_to: str = ""
    course: str = "new"


class Cause(NamedTuple):
    """In a period, the finding ``cause`` explains the finding ``effect``.

    ``gave_way_to`` is the ruling that silences the explanation ('' if none).
    """

    rule: CauseRule
    period: str
    effect: str
    cause: str
    firings: tuple[Firing, ...]
    gave_way_to: str = ""


class Verdict(NamedTuple):
    """The judgement of an area in a period and the findings that it rests on.

    ``but`` are findings of the area that sound worse than the judgement.
    """

    area: str
    period: str
    word: StateWord
    because: tuple[str, ...]
    firings: tuple[Firing, ...]
    but: tuple[str, ...] = ()


class Advice(NamedTuple):
    """A recommendation that fired, its rank in the period and the findings it answers."""

    recommendation: Recommendation
    period: str
    rank: int
    because: tuple[str, ...]
    firings: tuple[Firing, ...]
    gave_way_to: str = ""


class NotAssessed(NamedTuple):
    """An indicator without a reading, or a rule that could not be decided, and what it needs."""

    entry: str
    period: str
    missing: Missing
    rule: Rule | None = None


class Diagnosis(NamedTuple):
    """Everything that was reasoned out, over all periods, in order of periods."""

    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...]
    verdicts: tuple[Verdict, ...]
    advice: tuple[Advice, ...]
    not_assessed: tuple[NotAssessed, ...]
