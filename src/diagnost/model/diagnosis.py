"""The diagnosis: findings, causes, verdicts, advice, and what could not be judged."""

from dataclasses import dataclass

from diagnost.model.fact import Firing
from diagnost.model.formula import Missing
from diagnost.model.rule import CauseRule, Recommendation, Rule, Statement, StateWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A statement that fired in a period.

    ``gave_way_to`` is the entry that silences it in the document ('' if none); ``course`` says
    whether it is new or was found in the period before too.
    """

    statement: Statement
    period: str
    firings: tuple[Firing, ...]
    gave_way_to: str = ""
    course: str = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """In a period, the finding ``cause`` explains the finding ``effect``."""

    rule: CauseRule
    period: str
    effect: str
    cause: str
    firings: tuple[Firing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of an area in a period and the findings that it rests on."""

    area: str
    period: str
    word: StateWord
    because: tuple[str, ...]
    firings: tuple[Firing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A recommendation that fired, its rank in the period and the findings it answers."""

    recommendation: Recommendation
    period: str
    rank: int
    because: tuple[str, ...]
    firings: tuple[Firing, ...]
    gave_way_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAssessed:
    """An indicator without a reading, or a rule that could not be decided, and what it needs."""

    entry: str
    period: str
    missing: Missing
    rule: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Everything that was reasoned out, over all periods, in order of periods."""

    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...]
    verdicts: tuple[Verdict, ...]
    advice: tuple[Advice, ...]
    not_assessed: tuple[NotAssessed, ...]
