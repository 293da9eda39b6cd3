"""What has changed since the period before."""

from collections.abc import Sequence

from diagnost.asking import numbers
from diagnost.asking.answer import Numbers
from diagnost.asking.figures import amount_sentence, moved_sentence, movement, reading_sentence
from diagnost.asking.gaps import line_not_given, no_reading
from diagnost.asking.question import Question
from diagnost.asking.shifts import (
    findings_told,
    judged_otherwise,
    names_of,
    shift_row,
    told_apart,
    verdict_shift,
    without_figures,
)
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.model.diagnosis import Finding
from diagnost.model.knowledge import WHOLE
from diagnost.report.before_after import Differences, ReadingShift, Side, differences
from diagnost.report.figures import Figures
from diagnost.report.movements import moved_figures

_MOVED = 4
"""How many figures are taken apart where all that has changed is asked for."""


def changed(speaker: Speaker, question: Question) -> Draft:
    """Answer what has changed since the period before."""
    if len(speaker.periods) < 2:
        return Draft(direct=[speaker.plain("one_period")])
    catalogue = speaker.base.catalogue
    if question.subject_kind == "indicator":
        indicator = catalogue.indicators[question.subject]
        if speaker.case.reading(indicator.id, speaker.period).value is None:
            return no_reading(speaker, indicator)
        draft = Draft(direct=[reading_sentence(speaker, indicator)])
        before = speaker.case.readings.get((indicator.id, speaker.periods[-2]))
        moved = movement(speaker, indicator, "previous")
        if moved is not None:
            draft.chain.append(moved)
        elif before is not None and before.value is not None:
            value = speaker.figures.reading(indicator, before.value)
            since = speaker.spoken_period(speaker.periods[-2])
            draft.chain.append(speaker.plain("other_period", period=since, value=value))
        return draft
    if question.subject_kind == "line":
        if (question.subject, speaker.period) not in speaker.case.accounts.amounts:
            return line_not_given(speaker, question.subject)
        return Draft(direct=[amount_sentence(speaker, question.subject)])
    area = question.subject if question.subject_kind == "area" else ""
    return _changed_whole(speaker, "" if area == WHOLE else area)


def _changed_whole(speaker: Speaker, area: str) -> Draft:
    case, previous = speaker.case, speaker.periods[-2]
    found = differences(Side(case, previous), Side(case, speaker.period))
    since = speaker.spoken_period(previous)
    accounts_side = speaker.base.catalogue.accounts_side
    # Records are read for the last period only: their areas have no verdict to be compared.
    comparable = [
        (each, before, after)
        for each, before, after in found.verdicts
        if before is not None and after is not None and area in ("", each)
    ]
    verdicts = [verdict_shift(speaker, *each) for each in comparable]
    judged_then = {
        v.area for v in case.diagnosis.verdicts if v.period == previous and v.word.graded
    }
    draft = Draft()
    if not judged_then & speaker.verdicts.keys():
        return Draft(direct=[speaker.plain("not_judged_then", period=since)])
    if verdicts:
        draft.direct.append(speaker.plain("changed", since=since, list=speaker.listed(verdicts)))
    elif names := names_of(speaker, _otherwise(found, area)):
        draft.direct.append(speaker.plain("changed_same_but", since=since, names=names))
    else:
        draft.direct.append(speaker.plain("changed_nothing", since=since))
    moved = [
        b
        for b in moved_figures(case, speaker.period, "previous")
        if area in ("", b.decomposition.of.split(".")[1])
    ]
    draft.chain += [moved_sentence(speaker, b, "figure_moved") for b in moved[:_MOVED]]

    def of_area(findings: Sequence[Finding], other: str) -> list[Finding]:
        """Return the troubles that the other period is known not to have had."""
        open_then = case.runs[other].not_knowable
        # What gave way to another finding holds all the same.
        held = {f.statement.id for f in case.diagnosis.findings if f.period == other}
        return [
            f
            for f in findings
            if f.statement.id not in open_then
            and f.statement.id not in held
            and area in ("", f.statement.area)
            and f.statement.polarity in UNWELCOME
            and speaker.base.catalogue.side_of(f.statement.id) in ("", accounts_side)
        ]

    def topic_of(finding: Finding) -> str:
        return finding.statement.id.rpartition(".")[0]

    earlier = Figures(case, speaker.language, speaker.words)
    new = of_area(found.new, previous)
    topics = {topic_of(f) for f in new}
    gone = of_area(found.gone, speaker.period)
    said = {(t.topic, without_figures(t.text)) for t in findings_told(found.gone, earlier)}
    # What is now said in other words, as it got worse, has not gone; in the same, it is not new.
    gone = [f for f in gone if topic_of(f) not in topics]
    gone = [f for f in gone if not _still_bad(speaker, f)]
    draft.chain += told_apart(
        speaker,
        findings_told(gone, earlier),
        [
            told
            for told in findings_told(new, earlier)
            if (told.topic, without_figures(told.text)) not in said
        ],
        ("then_instead", "trouble_gone", "new_trouble"),
    )
    draft.numbers = _bands(speaker, found, area)
    return draft


def _still_bad(speaker: Speaker, finding: Finding) -> bool:
    """Say whether a figure that a finding rested on is judged unfavourably now."""
    indicators = speaker.base.catalogue.indicators
    used = {key for firing in finding.firings for key, _ in firing.used if key in indicators}
    return any(
        (norm := indicators[key].general) is not None
        and (value := speaker.case.reading(key, speaker.period).value) is not None
        and norm.band_of(value).polarity in UNWELCOME
        for key in used
    )


def _otherwise(found: Differences, area: str) -> list[ReadingShift]:
    """Return the figures of the accounts that are judged otherwise than in the period before."""
    return [
        s
        for s in judged_otherwise(found)
        if not s.indicator.dated and area in ("", s.indicator.id.split(".")[1])
    ]


def _bands(speaker: Speaker, found: Differences, area: str) -> Numbers:
    """Return the figures that stand in another band than in the period before."""
    figures = speaker.figures
    rows = [
        row
        for s in found.readings
        if s.indicator.shown
        and not s.indicator.dated
        and all(s.words())
        and s.words()[0] != s.words()[1]
        and area in ("", s.indicator.id.split(".")[1])
        and (row := shift_row(speaker, s, figures)) is not None
    ]
    return Numbers(speaker.period, speaker.periods[-2], tuple(rows[: numbers.MOST]))
