"""Statements that fired become findings; some give way to others."""

from collections.abc import Iterable, Mapping

from diagnost.model.diagnosis import Finding
from diagnost.model.fact import Run
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Rule


def find(base: KnowledgeBase, runs: Mapping[str, Run], viewpoint: str) -> tuple[Finding, ...]:
    """Return the findings of every period, oldest period first, in order of ids.

    A statement addressed to one reader (bank, investor) is no finding for the others.
    """
    findings: list[Finding] = []
    before: set[str] = set()
    for period, run in runs.items():
        spoken = {
            statement.id: run.fired(statement.id)
            for statement in base.statements.values()
            if statement.viewpoint in ("", viewpoint)
        }
        found = {entry: firings for entry, firings in sorted(spoken.items()) if firings}
        silenced = gave_way(base, run, (base.statements[entry] for entry in found))
        findings += [
            Finding(
                statement=base.statements[entry],
                period=period,
                firings=firings,
                gave_way_to=silenced.get(entry, ""),
                course="persisting" if entry in before else "new",
            )
            for entry, firings in found.items()
        ]
        before = set(found)
    return tuple(findings)


def gave_way(base: KnowledgeBase, run: Run, winners: Iterable[Rule]) -> dict[str, str]:
    """Return, by silenced entry, the entry that silences it.

    An entry gives way to whatever prevails over it and fired, also if that gives way in turn:
    what the prevailing entry says is then said by a third one.
    """
    silenced: dict[str, str] = {}
    for winner in winners:
        for loser in getattr(winner, "prevails_over", ()):
            silenced.setdefault(loser, winner.id)
    for ruling in sorted(base.rulings.values(), key=lambda ruling: ruling.id):
        if run.fired(ruling.id):
            for loser in ruling.silences:
                silenced.setdefault(loser, ruling.id)
    return silenced
