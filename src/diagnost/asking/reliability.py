"""Answers about whether the figures given can be relied on."""

from diagnost.asking.question import Question
from diagnost.asking.speaker import UNWELCOME, Draft, Speaker
from diagnost.report.remarks import data_sentences

_TOLD = 5
"""How many remarks on the data are told."""


def data(speaker: Speaker, question: Question) -> Draft:
    """Answer whether the figures fit together, and what was noticed about them."""
    doubtful = bool(speaker.case.suspicions) or any(
        f.statement.place == "data" and f.statement.polarity in UNWELCOME
        for f in speaker.case.diagnosis.findings
        if not f.gave_way_to
    )
    key = "data_doubtful" if doubtful else "data_agree"
    draft = Draft(direct=[speaker.plain(key)])
    told = data_sentences(speaker.case, speaker.figures, speaker.notes, speaker.period)
    draft.chain = list(told[:_TOLD])
    if len(told) > _TOLD:
        draft.remarks.append(speaker.plain("data_more", n=len(told) - _TOLD))
    return draft
