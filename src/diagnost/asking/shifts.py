"""What differs between two sides of a case: judgements, findings, steps and figures."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from diagnost.asking import numbers
from diagnost.asking.answer import NumberRow
from diagnost.asking.speaker import UNWELCOME, Speaker
from diagnost.model.diagnosis import Advice, Finding, Verdict
from diagnost.model.indicator import Polarity
from diagnost.report.appendix import norm_text
from diagnost.report.before_after import Differences, ReadingShift
from diagnost.report.document import Sentence, Word
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered

TOLD = 3
"""How many findings or steps of a kind are told."""

_MOTIONS = ("step", "trend", "pace", "previous")
"""Facts that compare periods: nothing supposed of one period makes a tendency."""


class Told(NamedTuple):
    """Something said in a few words, the topic that says it, and whether it is bad news."""

    topic: str
    text: str
    alarm: bool = True


def verdict_shift(
    speaker: Speaker, area: str, before: Verdict | None, after: Verdict | None
) -> str:
    """Write how an area is judged on both sides."""

    def word(verdict: Verdict | None) -> str:
        if verdict is None:
            return speaker.words["not_judged"]
        return verdict.word.name.in_language(speaker.language)

    name = lowered(speaker.area_name(area))
    return speaker.say("shift", area=name, before=word(before), after=word(after))


def findings_told(findings: Iterable[Finding], figures: Figures) -> list[Told]:
    """Tell findings that judge in a few words, the gravest first."""
    order = ("critical", "serious", "note")
    judging = [f for f in findings if f.statement.polarity is not Polarity.INFO]
    ranked = sorted(judging, key=lambda f: order.index(f.statement.weight.value))
    told = [
        Told(
            _topic(f.statement.id),
            figures.sentence(f.statement.brief, f.period) or "",
            f.statement.polarity in UNWELCOME,
        )
        for f in ranked
    ]
    return list(dict.fromkeys(each for each in told if each.text))


def steps_told(steps: Iterable[Advice], figures: Figures) -> list[Told]:
    """Tell steps in a few words, in order of rank."""
    told = [
        Told(
            _topic(a.recommendation.id),
            figures.sentence(a.recommendation.brief, a.period) or "",
        )
        for a in steps
    ]
    return list(dict.fromkeys(each for each in told if each.text))


def _topic(entry: str) -> str:
    return entry.rpartition(".")[0]


def told_apart(
    speaker: Speaker, gone: Sequence[Told], new: Sequence[Told], keys: tuple[str, str, str]
) -> list[Sentence]:
    """Tell what goes and what comes; what one topic says otherwise is told as one.

    ``keys`` are the phrases for what is said otherwise, what goes and what comes; a phrase may have
    another one, ending in "_one", for a single thing. What differs in its figures alone, or is good
    news on both sides, is left out: the table has the figures.
    """
    pairs = list(_paired(gone, new))
    taken = {each for pair in pairs for each in pair}
    texts = [
        speaker.say("instead", before=before.text, after=after.text)
        for before, after in pairs
        if (before.alarm or after.alarm)
        and without_figures(before.text) != without_figures(after.text)
    ]
    gone_texts = [each.text for each in gone if each not in taken]
    new_texts = [each.text for each in new if each not in taken]
    said = []
    for key, listed in zip(keys, (texts, gone_texts, new_texts), strict=True):
        known = list(dict.fromkeys(listed))[:TOLD]
        if known:
            single = len(known) == 1 and f"answer.{key}_one" in speaker.words
            phrase = f"{key}_one" if single else key
            said.append(speaker.plain(phrase, list=speaker.listed(known)))
    return said


def _paired(gone: Sequence[Told], new: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    left = list(new)
    for before in gone:
        after = next((each for each in left if each.topic == before.topic), None)
        if after is not None:
            left.remove(after)
            yield before, after


def without_figures(text: str) -> str:
    """Return a text without its digits, to tell whether two differ in more than figures."""
    return "".join(c for c in text if not c.isdecimal() and c not in ".,")


def of_one_period(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out the findings on how figures move from one period to another."""

    def moving(finding: Finding) -> bool:
        used = (key for firing in finding.firings for key, _ in firing.used)
        return any(key.rpartition(".")[2] in _MOTIONS for key in used)

    return [f for f in findings if not moving(f)]


def shift_row(speaker: Speaker, shift: ReadingShift, then: Figures) -> NumberRow | None:
    """Return a figure on both sides; None where it is written alike."""
    indicator = shift.indicator
    before, after = shift.before.value, shift.after.value
    now = "–" if after is None else numbers.written(then, indicator, after)
    was = "–" if before is None else numbers.written(speaker.figures, indicator, before)
    if now == was:
        return None
    norm = indicator.general
    judged = norm.band_of(after).polarity if norm and after is not None else None
    return NumberRow(
        id=indicator.id,
        name=numbers.row_name(indicator, speaker.figures),
        now=now,
        then=was,
        norm=norm_text(indicator, speaker.figures),
        judgement=Word(speaker.words[f"polarity.{judged}"], judged.value) if judged else None,
        value=after,
        earlier=before,
    )


def judged_otherwise(found: Differences) -> list[ReadingShift]:
    """Return the shown figures that a norm judges otherwise on the other side."""

    def polarities(shift: ReadingShift) -> set[Polarity]:
        norm, values = shift.indicator.general, (shift.before.value, shift.after.value)
        if norm is None or None in values:
            return set()
        return {norm.band_of(value).polarity for value in values if value is not None}

    return [s for s in found.readings if s.indicator.shown and len(polarities(s)) > 1]


def names_of(speaker: Speaker, shifts: Iterable[ReadingShift]) -> str:
    """Name the figures of some shifts, three at most; '' where there are none."""
    names = [lowered(speaker.indicator_name(s.indicator)) for s in shifts]
    return speaker.enumerated(names[:TOLD]) if names else ""
