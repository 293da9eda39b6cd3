"""Recommendations that fired, ranked by urgency and by the gravity of what they answer."""

from collections.abc import Mapping, Sequence

from diagnost.model.diagnosis import Advice, Finding
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Recommendation
from diagnost.reason.findings import gave_way
from diagnost.reason.verdicts import by_gravity

_URGENCY = {"now": 0, "this_quarter": 1, "this_year": 2}
_WEIGHT = {"critical": 0, "serious": 1, "note": 2}


def advise(
    base: KnowledgeBase, runs: Mapping[str, Run], findings: Sequence[Finding]
) -> tuple[Advice, ...]:
    """Return the recommendations of every period; those that gave way have rank 0."""
    advice: list[Advice] = []
    for period, run in runs.items():
        fired = [r for r in base.recommendations.values() if run.fired(r.id)]
        silenced = gave_way(base, run, fired)
        reasons = {r.id: _reasons(r, period, findings) for r in fired}

        rank = 0
        for recommendation in _ranked(fired, reasons):
            winner = silenced.get(recommendation.id, "")
            rank += 0 if winner else 1
            advice.append(
                Advice(
                    recommendation=recommendation,
                    period=period,
                    rank=0 if winner else rank,
                    because=tuple(f.statement.id for f in reasons[recommendation.id]),
                    firings=run.fired(recommendation.id),
                    gave_way_to=winner,
                )
            )
    return tuple(advice)


def _ranked(
    fired: list[Recommendation], reasons: Mapping[str, list[Finding]]
) -> list[Recommendation]:
    """Order by urgency, then by the gravest finding answered, then by how many."""

    def gravity(recommendation: Recommendation) -> tuple[int, int, int, str]:
        answered = reasons[recommendation.id]
        weight = _WEIGHT[answered[0].statement.weight.value] if answered else len(_WEIGHT)
        return _URGENCY[recommendation.urgency], weight, -len(answered), recommendation.id

    return sorted(fired, key=gravity)


def _reasons(
    recommendation: Recommendation, period: str, findings: Sequence[Finding]
) -> list[Finding]:
    return by_gravity(
        [
            finding
            for finding in findings
            if finding.period == period and finding.statement.id in recommendation.answers
        ]
    )
