"""What has come up and what has gone since the period before, in a few words each."""

from collections.abc import Sequence

from diagnost.model.diagnosis import Finding
from diagnost.model.indicator import Polarity
from diagnost.pipeline import Case
from diagnost.report.briefs import briefs
from diagnost.report.figures import Figures

_ALARMS = (Polarity.IMPOSSIBLE, Polarity.BAD)
_WEIGHTS = {"critical": 0, "serious": 1, "note": 2}
_HARMLESS = (2, 0)
_BANDS = {Polarity.WATCH: 1, Polarity.BAD: 2}


def development_lines(case: Case, figures: Figures, periods: Sequence[str]) -> tuple[str, ...]:
    """Return what is new in the last of the periods and what is no longer found."""
    words = figures.words
    if len(periods) == 1:
        looked_at = case.accounts_looked_at and not case.subject
        return (words["development.one_period"],) if looked_at else ()
    previous, last = periods[-2:]
    # What was as grave a period ago is no news, and what a graver finding took the place of
    # is not gone: so topics are compared, with all that was found in them, said or unsaid.
    troubled, remaining = _troubled(case, previous), _troubled(case, last)
    untold = case.runs[previous].not_knowable
    worse = [
        f.statement.id
        for f in _noteworthy(case, last)
        if _gravity(f) < troubled.get(_topic(f.statement.id), _HARMLESS)
        and f.statement.id not in untold
    ]
    # Where something new has come up, the old trouble has turned into it rather than gone.
    statements = case.base.statements
    worsened = {statements[entry].area for entry in worse}
    better = [
        f.statement.id
        for f in _noteworthy(case, previous)
        if _topic(f.statement.id) not in remaining
        and f.statement.area not in worsened
        and not _out_of_range(case, f, last)
    ]
    semicolon = words["list.semicolon"]
    lines = []
    for kind, entries, period in (("new", worse, last), ("gone", better, previous)):
        if told := briefs(case.base, figures, entries, period):
            line = words[f"development.{kind}"]
            lines.append(line.format(period=figures.period(last), list=semicolon.join(told)))
    return tuple(lines)


def _troubled(case: Case, period: str) -> dict[str, tuple[int, int]]:
    """Return the topics in which anything bad or doubtful was found, and how grave it was."""
    gravest: dict[str, tuple[int, int]] = {}
    for finding in case.diagnosis.findings:
        topic, gravity = _topic(finding.statement.id), _gravity(finding)
        if finding.period == period and gravity < _HARMLESS:
            gravest[topic] = min(gravity, gravest.get(topic, gravity))
    return gravest


def _noteworthy(case: Case, period: str) -> list[Finding]:
    return [
        f
        for f in case.diagnosis.findings
        if f.period == period
        and not f.gave_way_to
        and f.statement.place == "body"
        and _gravity(f) < _HARMLESS
    ]


def _out_of_range(case: Case, finding: Finding, last: str) -> bool:
    """Say whether a figure that the finding rests on has since come into a graver band.

    The finding then is silent because things are worse than it says, not because they mended.
    """
    now = case.runs[last].base.facts
    for key, word in (used for firing in finding.firings for used in firing.used):
        indicator = case.base.catalogue.indicators.get(key)
        if indicator is None or key not in now:
            continue
        graveness = {b.id: _BANDS.get(b.polarity, 0) for b in indicator.norm("general").bands}
        if word in graveness and graveness[now[key].word] > graveness[word]:
            return True  # a finding may rest on a figure's not being known
    return False


def _gravity(finding: Finding) -> tuple[int, int]:
    """Return how grave a finding is, gravest least: alarms by weight, then what to watch."""
    statement = finding.statement
    if statement.polarity in _ALARMS:
        return 0, _WEIGHTS[statement.weight.value]
    return (1, 0) if statement.polarity is Polarity.WATCH else _HARMLESS


def _topic(entry: str) -> str:
    return entry.rpartition(".")[0]
