"""The judgement of each area: the worst word that a rule concluded, and what it rests on."""

from collections.abc import Iterable, Mapping, Sequence, Set

from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.fact import Firing, Run
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import FactKey, Word

Named = tuple[FactKey, Word]
"""A fact: its key and the word it takes."""

_ALARMING = (Polarity.BAD, Polarity.IMPOSSIBLE)
_UNWELCOME = (*_ALARMING, Polarity.WATCH)


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
            spoken = _spoken(state.verdict_on, period, findings)
            verdicts.append(
                Verdict(
                    area=state.verdict_on,
                    period=period,
                    word=word,
                    because=_because(word.polarity, spoken, rests_on(run, grounds)),
                    firings=grounds,
                    but=_but(word.polarity, spoken),
                )
            )
    return tuple(verdicts)


def rests_on(run: Run, firings: Iterable[Firing]) -> frozenset[Named]:
    """Return the facts that firings used, also those behind entries that fired in between.

    What the company is (trade, several periods) is left out: too much else rests on it.
    """
    makers: dict[Named, list[Firing]] = {}
    for firing in run.firings:
        makers.setdefault(firing.made, []).append(firing)
    found: set[Named] = set()
    todo = [name for firing in firings for name in firing.used]
    while todo:
        name = todo.pop()
        if name not in found and not name[0].startswith("company."):
            found.add(name)
            todo += (used for maker in makers.get(name, ()) for used in maker.used)
    return frozenset(found)


def _spoken(area: str, period: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings by which the verdict on an area is explained.

    A sentence for one reader is no reason: all readers get the same verdict. An area without a
    paragraph, such as the whole company, is judged by what the summary says, one with a list of
    missing practice alone by that.
    """
    heard = [
        finding
        for finding in findings
        if finding.period == period
        and finding.statement.area == area
        and not finding.gave_way_to
        and not finding.statement.viewpoint
    ]
    by_place = (
        [finding for finding in heard if finding.statement.place == place]
        for place in ("body", "summary", "list")
    )
    return next((found for found in by_place if found), [])


def _because(polarity: Polarity, spoken: Sequence[Finding], grounds: Set[Named]) -> tuple[str, ...]:
    """Return the findings that sound like the verdict, gravest first.

    Where none does, those that rest on the same facts as the verdict and do not sound worse.
    """
    if polarity in _ALARMING:  # what is grave is told, whatever the rule went by
        alike = [f for f in spoken if f.statement.polarity in _ALARMING]
        return tuple(f.statement.id for f in by_gravity(alike or spoken))
    if polarity is Polarity.WATCH:
        alike = [f for f in spoken if f.statement.polarity in _UNWELCOME]
        fitting = spoken
    else:
        alike = [f for f in spoken if f.statement.polarity == polarity]
        fitting = [f for f in spoken if f.statement.polarity not in _UNWELCOME]
    own = [finding for finding in fitting if shares(finding, grounds)]
    return tuple(f.statement.id for f in by_gravity(alike or own or fitting, grounds))


def _but(polarity: Polarity, spoken: Sequence[Finding]) -> tuple[str, ...]:
    """Return the unwelcome findings of an area that is judged well, gravest first."""
    if polarity in _UNWELCOME:
        return ()
    worse = [f for f in spoken if f.statement.polarity in _UNWELCOME]
    return tuple(f.statement.id for f in by_gravity(worse))


def shares(finding: Finding, grounds: Set[Named]) -> bool:
    """Say whether a finding is among the facts that a verdict rests on, or rests on one of them."""
    return any(
        firing.made in grounds or not grounds.isdisjoint(firing.used) for firing in finding.firings
    )


def by_gravity(findings: Sequence[Finding], grounds: Set[Named] = frozenset()) -> list[Finding]:
    """Order findings gravest first: by weight, then polarity.

    Among equals those come first that rest on ``grounds``, the facts behind a verdict; then by id.
    """
    weights = {"critical": 0, "serious": 1, "note": 2}
    polarities = {polarity: rank for rank, polarity in enumerate(Polarity)}
    return sorted(
        findings,
        key=lambda f: (
            weights[f.statement.weight.value],
            polarities[f.statement.polarity],
            not shares(f, grounds),
            f.statement.id,
        ),
    )
