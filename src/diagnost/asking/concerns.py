"""Answers to what people worry about and no single entry answers: what bears on it."""

from diagnost.asking import numbers
from diagnost.asking.answer import NumberRow
from diagnost.asking.debtors import largest_debtors
from diagnost.asking.figures import amount_sentence, reading_sentence
from diagnost.asking.question import Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered

_STEPS = 2
"""How many steps are told."""


def concern(speaker: Speaker, question: Question) -> Draft:
    """Say what cannot be told of a concern, then all that is known of what bears on it."""
    asked = speaker.concerns[question.subject]
    told = [
        sentence
        for kind, id_ in asked.bears_on
        if (sentence := _told(speaker, kind, id_)) is not None
    ]
    debtors = largest_debtors(speaker, asked.owed) if asked.owed is not None else []
    draft = Draft(direct=list(debtors))
    if asked.says is not None and not debtors:
        draft.direct.append(Sentence(asked.says.in_language(speaker.language)))
    if not told and debtors:
        return draft
    if not told:
        name = lowered(asked.name.in_language(speaker.language))
        draft.direct.append(speaker.plain("nothing_bears", name=name))
        return draft
    draft.direct.append(told[0])
    draft.chain = told[1:]
    areas = [id_ for kind, id_ in asked.bears_on if kind == "area"]
    verdicts = [speaker.verdicts[area] for area in areas if area in speaker.verdicts]
    because = [e for v in verdicts if v.word.polarity in UNWELCOME for e in v.because]
    draft.steps = speaker.steps(speaker.steps_for(because), _STEPS)
    figures = [_row(speaker, kind, id_) for kind, id_ in asked.bears_on]
    rows = [row for row in figures if row is not None]
    firings = [f for v in verdicts for e in v.because for f in speaker.findings[e].firings]
    draft.numbers = numbers.table(speaker, rows) if rows else numbers.behind(speaker, firings)
    return draft


def _told(speaker: Speaker, kind: str, id_: str) -> Sentence | None:
    """Say how an area is judged, or what a figure is; None where that is not known."""
    if kind == "area":
        verdict = speaker.verdicts.get(id_)
        return None if verdict is None else speaker.judged(verdict)
    if kind == "line":
        given = (id_, speaker.period) in speaker.case.accounts.amounts
        return amount_sentence(speaker, id_) if given else None
    indicator = speaker.base.catalogue.indicator(id_)
    if indicator is None:
        return None
    reading = speaker.case.readings.get((indicator.id, speaker.period))
    known = reading is not None and reading.value is not None
    return reading_sentence(speaker, indicator) if known else None


def _row(speaker: Speaker, kind: str, id_: str) -> NumberRow | None:
    if kind == "line":
        return numbers.item_row(speaker, id_)
    indicator = speaker.base.catalogue.indicator(id_) if kind == "indicator" else None
    if indicator is None or (indicator.id, speaker.period) not in speaker.case.readings:
        return None
    return numbers.indicator_row(speaker, indicator)
