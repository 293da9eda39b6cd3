"""What the opening of a document says: which findings, in which order, and no fact twice."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE

MOST_SENTENCES = 5
"""The opening holds no more, but for what is told to one reader and for the first steps."""

_WEIGHTS = {"critical": 0, "serious": 1, "note": 2}


class Opening(NamedTuple):
    """The findings that the opening tells, and the areas judged bad that none of them speaks of."""

    findings: tuple[Finding, ...]
    unnamed: tuple[str, ...]


def opening(
    findings: Sequence[Finding],
    verdicts: Mapping[str, Verdict],
    areas: Sequence[str],
    most: int = MOST_SENTENCES,
) -> Opening:
    """Choose from the findings of a period, also from those that gave way, gravest first.

    Contradictions in the data, what leads and what is for this reader alone come anyway, then the
    gravest finding of every area judged bad; where these are too many, the last areas are only
    named, unless a sentence that is told tells of their trouble along with another. ``areas`` are
    in the order of the document, ``verdicts`` those of the period by area.
    """
    order = {area: rank for rank, area in enumerate(areas)}
    candidates = sorted(
        (f for f in findings if _may_open(f) and not f.gave_way_to), key=lambda f: _rank(f, order)
    )
    spoken_for = _spoken_for(findings, candidates)
    bad = {area for area, verdict in verdicts.items() if verdict.word.polarity is Polarity.BAD} - {
        WHOLE
    }
    most += sum(bool(f.statement.viewpoint) for f in candidates)
    told: list[Finding] = []
    named = _told_elsewhere(findings, candidates)
    for finding in candidates:
        speaks_for = spoken_for[finding.statement.id] | _weighed(finding, verdicts)
        if _comes_anyway(finding) or (speaks_for & bad) - named:
            told.append(finding)
            named |= speaks_for
    if len(told) > most or (bad - named and len(told) == most):
        told = told[: most - 1]
        named = _told_elsewhere(findings, candidates).union(
            *(spoken_for[f.statement.id] | _weighed(f, verdicts) for f in told)
        )
    named |= _told_along(told, findings, verdicts)
    unnamed = sorted(bad - named, key=lambda area: order.get(area, len(order)))
    room = most - bool(unnamed) - len(told)
    told += [finding for finding in candidates if finding not in told][:room]
    return Opening(
        findings=tuple(sorted(told, key=lambda f: _rank(f, order))), unnamed=tuple(unnamed)
    )


def _may_open(finding: Finding) -> bool:
    statement = finding.statement
    contradiction = statement.place == "data" and statement.polarity is Polarity.IMPOSSIBLE
    return statement.place == "summary" or contradiction


def _comes_anyway(finding: Finding) -> bool:
    statement = finding.statement
    return bool(statement.polarity is Polarity.IMPOSSIBLE or statement.leads or statement.viewpoint)


def _rank(finding: Finding, order: Mapping[str, int]) -> tuple[object, ...]:
    statement = finding.statement
    return (
        statement.polarity is not Polarity.IMPOSSIBLE,
        statement.area != WHOLE,
        not statement.leads,
        not statement.viewpoint or statement.polarity is Polarity.GOOD,
        _WEIGHTS[statement.weight.value],
        order.get(statement.area, len(order)),
        statement.at,
    )


def _told_elsewhere(findings: Sequence[Finding], candidates: Sequence[Finding]) -> set[str]:
    """Return the areas whose every opening sentence gave way, one of them to a ruling."""
    found = {f.statement.id for f in findings}
    silenced = {
        f.statement.area
        for f in findings
        if _may_open(f) and f.gave_way_to and f.gave_way_to not in found
    }
    return silenced - {f.statement.area for f in candidates}


def _weighed(finding: Finding, verdicts: Mapping[str, Verdict]) -> frozenset[str]:
    """Return the areas whose verdicts a judgement of the whole is made of: it speaks of them."""
    if finding.statement.area != WHOLE:
        return frozenset()
    used = {key for firing in finding.firings for key, _ in firing.used}
    return frozenset(
        area for area, v in verdicts.items() if used & {firing.made[0] for firing in v.firings}
    )


def _told_along(
    told: Sequence[Finding], findings: Sequence[Finding], verdicts: Mapping[str, Verdict]
) -> set[str]:
    """Return the areas whose trouble a sentence on another area tells along with its own.

    It does so where it rests, itself or through findings, on a fact of that area which the verdict
    there rests on too: "trades at a loss on its suppliers' credit" tells of the loss as well.
    """
    by_id = {f.statement.id: f for f in findings}
    facts: set[tuple[str, str]] = set()
    waiting = [f for f in told if f.statement.polarity in (Polarity.BAD, Polarity.WATCH)]
    seen: set[str] = set()
    while waiting:
        finding = waiting.pop()
        if finding.statement.id in seen:
            continue
        seen.add(finding.statement.id)
        for key, word in (fact for firing in finding.firings for fact in firing.used):
            facts.add((key, word))
            if key in by_id:
                waiting.append(by_id[key])
    return {
        area
        for area, verdict in verdicts.items()
        if any(
            fact in facts and area in fact[0].split(".")
            for firing in verdict.firings
            for fact in (firing.made, *firing.used)
        )
    }


def _spoken_for(
    findings: Sequence[Finding], candidates: Sequence[Finding]
) -> Mapping[str, frozenset[str]]:
    """Return by entry the areas it speaks for.

    These are its own, and those whose opening sentences all gave way, one of them to it.
    """
    winners = {f.statement.id: f.gave_way_to for f in findings if f.gave_way_to}
    areas: dict[str, set[str]] = {f.statement.id: {f.statement.area} for f in candidates}
    speaking = {finding.statement.area for finding in candidates}
    for finding in findings:
        if not finding.gave_way_to or not _may_open(finding):
            continue
        if finding.statement.area in speaking:
            continue
        winner = finding.statement.id
        for _ in winners:
            if winner not in winners:
                break
            winner = winners[winner]
        if winner in areas:
            areas[winner].add(finding.statement.area)
    return {entry: frozenset(found) for entry, found in areas.items()}
