"""Findings that explain findings."""

from collections.abc import Mapping, Sequence

from diagnost.model.diagnosis import Cause, Finding
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.reason.findings import gave_way


def explain(
    base: KnowledgeBase, runs: Mapping[str, Run], findings: Sequence[Finding]
) -> tuple[Cause, ...]:
    """Return every link between two findings of one period, in order of periods and rules."""
    found = {(finding.statement.id, finding.period) for finding in findings}
    causes: list[Cause] = []
    for period, run in runs.items():
        silenced = gave_way(base, run, ())
        for rule in sorted(base.causes.values(), key=lambda rule: rule.id):
            firings = run.fired(rule.id)
            if not firings:
                continue
            causes += [
                Cause(rule, period, effect, cause, firings, silenced.get(rule.id, ""))
                for effect in rule.effects
                if (effect, period) in found
                for cause in rule.causes
                if (cause, period) in found and cause != effect
            ]
    return tuple(causes)
