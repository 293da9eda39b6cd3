"""How far a figure moved, beside how far the asker says it did."""

from decimal import Decimal

from diagnost.asking.question import Question
from diagnost.asking.speaker import Speaker
from diagnost.report import formats
from diagnost.report.document import Sentence


def claim_sentence(speaker: Speaker, question: Question) -> list[Sentence]:
    """Say by what share a figure changed since the period before, if a share was claimed.

    A share of nothing, or of a loss, means nothing: then it is said that it cannot be told.
    """
    if not question.claimed:
        return []
    claimed = _written(speaker, Decimal(question.claimed.removesuffix("%")) / 100)
    if question.subject_kind not in ("indicator", "line"):
        return [speaker.plain("claim_unchecked", claimed=claimed)]
    before = speaker.periods[-2] if len(speaker.periods) > 1 else ""
    now, then = (_value(speaker, question, period) for period in (speaker.period, before))
    if now is None or then is None or then <= 0:
        return [speaker.plain("claim_unknown", claimed=claimed)]
    share = _written(speaker, now / then - 1)
    text = speaker.say(
        "claim_right" if share == claimed else "claim_wrong",
        since=speaker.spoken_period(before),
        period=speaker.spoken_period(),
        share=share,
        claimed=claimed,
    )
    return [Sentence(text.replace("..", "."))]


def _value(speaker: Speaker, question: Question, period: str) -> Decimal | None:
    if question.subject_kind == "line":
        amount = speaker.case.accounts.amounts.get((question.subject, period))
        return None if amount is None else amount.value
    reading = speaker.case.readings.get((question.subject, period))
    return None if reading is None else reading.value


def _written(speaker: Speaker, share: Decimal) -> str:
    """Write a change with its sign."""
    return ("+" if share > 0 else "") + formats.percent(share, speaker.language)
