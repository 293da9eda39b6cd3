"""What is said before all else where figures contradict each other: what follows rests on them."""

from diagnost.asking.question import Direction, Kind, Question
from diagnost.asking.speaker import Draft, Speaker
from diagnost.model.indicator import Polarity
from diagnost.model.knowledge import WHOLE
from diagnost.model.suspicion import Suspicion
from diagnost.report.document import Sentence
from diagnost.report.suspicions import suspicion_text

_TOLD = 2
"""How many contradictions are told; the question on the data has them all."""

_OF_THE_WHOLE = (
    Kind.FOR_READER,
    Kind.WRONG,
    Kind.FIRST,
    Kind.CHANGED,
    Kind.MISSING,
    Kind.GOOD,
    Kind.PEERS,
    Kind.CONCERN,
)
_RESTING = (Kind.WHY, Kind.STATE, Kind.ADVICE, Kind.WHAT_IF, Kind.GOAL)


def doubted(speaker: Speaker, question: Question, draft: Draft) -> None:
    """Say, before what rests on figures that contradict each other, which are likely wrong.

    An answer about one thing has a word on it at its end.
    """
    if speaker.case.subject is not None or not speaker.case.accounts_looked_at:
        return
    told = _told(speaker)
    if not told:
        return
    if question.kind is Kind.FOR_READER and question.direction in (Direction.BAD, Direction.GOOD):
        draft.remarks.append(speaker.plain("doubt_briefly"))  # yes or no comes first
        return
    whole = question.subject_kind in ("", "concern") or question.subject == WHOLE
    if question.kind in _OF_THE_WHOLE or (whole and question.kind in (Kind.WHY, Kind.STATE)):
        draft.direct = [speaker.plain("doubt"), *told, *draft.direct]
    elif question.kind in _RESTING:
        draft.remarks.append(speaker.plain("doubt_briefly"))


def _told(speaker: Speaker) -> list[Sentence]:
    """Tell what cannot be, then which figures are likely wrong: amounts and this period first."""
    case, period = speaker.case, speaker.period
    impossible = [
        entry
        for entry, f in speaker.spoken.items()
        if f.statement.place == "data" and f.statement.polarity is Polarity.IMPOSSIBLE
    ]
    told = speaker.told(impossible, 1)
    known = {(sentence.entry, period) for sentence in told}
    relevant = [
        suspicion
        for suspicion in case.suspicions
        if any(of in speaker.periods for _, of in suspicion.checks)
        and not known.intersection(suspicion.checks)
    ]
    items = speaker.base.catalogue.line_items

    def lesser(suspicion: Suspicion) -> tuple[bool, bool]:
        cells = [cell for each in suspicion.sets for cell in each.cells]
        of_ratios = bool(cells) and all(cell.name not in items for cell in cells)
        return of_ratios, all(of != period for _, of in suspicion.checks)

    relevant.sort(key=lesser)
    for suspicion in relevant[: _TOLD - len(told)]:
        # Seen from no period, every figure is named with its own.
        text = suspicion_text(suspicion, speaker.figures, "", brief=True, another=bool(told))
        told.append(Sentence(text))
    return told
