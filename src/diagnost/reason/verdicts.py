"""The judgement of each area: the worst word that a rule concluded, and what it rests on."""

from collections.abc import Mapping, Sequence

from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.fact import Run
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase

_ALARMING = (Polarity.BAD, Polarity.IMPOSSIBLE)


def judge(
    base: KnowledgeBase, runs: Mapping[str, Run], findings: Sequence[Finding]
) -> tuple[Verdict, ...]:
    """Return one verdict per area and period, where a rule concluded one."""
    order = {area.id: rank for rank, area in enumerate(base.areas)}
    states = sorted(
        (state for state in base.states.values() if state.verdict_on),
        key=lambda state: order.get(state.verdict_on, len(order)),
    )
    verdicts: list[Verdict] = []
    for period, run in runs.items():
        for state in states:
            firings = [firing for firing in run.firings if firing.made[0] == state.id]
            word = state.standing({firing.made for firing in firings})
            if word is None:
                continue
            grounds = tuple(firing for firing in firings if firing.made[1] == word.id)
            verdicts.append(
                Verdict(
                    area=state.verdict_on,
                    period=period,
                    word=word,
                    because=_because(state.verdict_on, word.polarity, period, findings),
                    firings=grounds,
                )
            )
    return tuple(verdicts)


def _because(
    area: str, polarity: Polarity, period: str, findings: Sequence[Finding]
) -> tuple[str, ...]:
    """Return the spoken findings of the area that sound like the verdict, gravest first.

    An area without a paragraph, such as the whole company, is judged by what the summary says.
    """
    heard = [
        finding
        for finding in findings
        if finding.period == period and finding.statement.area == area and not finding.gave_way_to
    ]
    body = [finding for finding in heard if finding.statement.place == "body"]
    spoken = body or [finding for finding in heard if finding.statement.place == "summary"]
    if polarity in _ALARMING:
        alike = [f for f in spoken if f.statement.polarity in _ALARMING]
    else:
        alike = [f for f in spoken if f.statement.polarity == polarity]
    return tuple(f.statement.id for f in by_gravity(alike or spoken))


def by_gravity(findings: Sequence[Finding]) -> list[Finding]:
    """Order findings gravest first: by weight, then polarity, then id."""
    weights = {"critical": 0, "serious": 1, "note": 2}
    polarities = {polarity: rank for rank, polarity in enumerate(Polarity)}
    return sorted(
        findings,
        key=lambda f: (
            weights[f.statement.weight.value],
            polarities[f.statement.polarity],
            f.statement.id,
        ),
    )
