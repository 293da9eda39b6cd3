"""Answers about what is going well."""

from diagnost.asking import numbers
from diagnost.asking.question import Question
from diagnost.asking.speaker import Draft, Speaker
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE
from diagnost.report.formats import lowered

_TOLD = 4
"""How many favourable areas, or findings, are told."""


def good(speaker: Speaker, question: Question) -> Draft:
    """Answer what is going well: areas judged favourably, else favourable findings."""
    well = [
        verdict
        for area in speaker.base.areas_for(speaker.case.viewpoint)
        if area.id != WHOLE
        and (verdict := speaker.verdicts.get(area.id)) is not None
        and verdict.word.polarity is Polarity.GOOD
    ]
    draft = Draft()
    if well:
        names = speaker.listed(lowered(speaker.area_name(v.area)) for v in well)
        draft.direct.append(speaker.plain("good_in", areas=names))
        draft.chain = [speaker.judged(verdict) for verdict in well[:_TOLD]]
        entries = [entry for verdict in well for entry in verdict.because]
    else:
        draft.direct.append(speaker.plain("good_nowhere"))
        entries = [
            entry
            for entry, f in speaker.spoken.items()
            if f.statement.polarity is Polarity.GOOD and f.statement.place in ("body", "list")
        ][:_TOLD]
        draft.chain = speaker.told(entries, _TOLD)
        draft.head = speaker.say("head.favourable") if draft.chain else ""
    whole = speaker.verdicts.get(WHOLE)
    if whole is not None:
        draft.remarks.append(speaker.judged(whole))
    firings = [f for e in entries if e in speaker.findings for f in speaker.findings[e].firings]
    draft.numbers = numbers.behind(speaker, firings)
    return draft
