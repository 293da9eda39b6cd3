"""Recommendations that fired, in the order in which they should be taken up."""

from collections.abc import Mapping, Sequence

from diagnost.model.diagnosis import Advice, Cause, Finding
from diagnost.model.fact import Run
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE, KnowledgeBase
from diagnost.model.rule import Recommendation
from diagnost.reason.findings import gave_way
from diagnost.reason.ranking import ranked
from diagnost.reason.verdicts import by_gravity


def advise(
    base: KnowledgeBase,
    runs: Mapping[str, Run],
    findings: Sequence[Finding],
    causes: Sequence[Cause],
) -> tuple[Advice, ...]:
    """Return the recommendations of every period; those that gave way have rank 0."""
    areas = [area.id for area in base.areas]
    advice: list[Advice] = []
    for period, run in runs.items():
        fired = [r for r in base.recommendations.values() if run.fired(r.id)]
        silenced = gave_way(base, run, fired)
        steps = [r for r in fired if r.id not in silenced]
        answered = {r.id: _answered(r, period, findings) for r in fired}
        # What a ruling excuses is no reason for haste.
        reasons = {
            entry: [f for f in found if f.gave_way_to not in base.rulings]
            for entry, found in answered.items()
        }
        links = [c for c in causes if c.period == period and not c.gave_way_to]
        sides = tuple(base.catalogue.sides) if _in_danger(base, run) else ()
        order = ranked(steps, reasons, links, areas, sides)
        rank = {recommendation.id: place for place, recommendation in enumerate(order, start=1)}
        advice += [
            Advice(
                recommendation=recommendation,
                period=period,
                rank=rank.get(recommendation.id, 0),
                because=tuple(f.statement.id for f in answered[recommendation.id]),
                firings=run.fired(recommendation.id),
                gave_way_to=silenced.get(recommendation.id, ""),
            )
            for recommendation in (*order, *(r for r in fired if r.id in silenced))
        ]
    return tuple(advice)


def _in_danger(base: KnowledgeBase, run: Run) -> bool:
    """Say whether the company as a whole is judged badly, so that money comes before all else."""
    for state in base.states.values():
        if state.verdict_on == WHOLE:
            standing = state.standing({f.made for f in run.firings if f.made[0] == state.id})
            return standing is not None and standing.polarity is Polarity.BAD
    return False


def _answered(
    recommendation: Recommendation, period: str, findings: Sequence[Finding]
) -> list[Finding]:
    return by_gravity(
        [
            finding
            for finding in findings
            if finding.period == period and finding.statement.id in recommendation.answers
        ]
    )
