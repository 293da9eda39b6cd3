"""One case under two states of the knowledge: what would be diagnosed otherwise."""

from typing import NamedTuple

from diagnost.report.before_after import Side
from diagnost.report.figures import Figures


class Told(NamedTuple):
    """What a document tells by an entry: its kind and the sentence; '' where figures lack."""

    kind: str  # statement | recommendation
    id: str
    sentence: str


class Reworded(NamedTuple):
    """What is told by an entry in both states, in other words."""

    id: str
    before: str
    after: str


class Regression(NamedTuple):
    """What a change of the knowledge makes of one case."""

    case: str
    period: str
    verdicts: tuple[tuple[str, str, str], ...]  # area, word before ('' none), word after
    gone: tuple[Told, ...]
    new: tuple[Told, ...]
    reworded: tuple[Reworded, ...]

    @property
    def empty(self) -> bool:
        """Say whether the diagnosis stays as it is."""
        return not any(self[2:])


def regression(
    name: str, before: Side, after: Side, language: str, words: dict[str, str]
) -> Regression:
    """Compare what one case gives in two states of the knowledge."""
    told = _told(before, language, words)
    told_after = _told(after, language, words)
    verdicts, verdicts_after = before.verdicts(), after.verdicts()
    shifts = []
    for area in dict.fromkeys((*verdicts, *verdicts_after)):
        was = verdicts[area].word.id if area in verdicts else ""
        now = verdicts_after[area].word.id if area in verdicts_after else ""
        if was != now:
            shifts.append((area, was, now))
    return Regression(
        case=name,
        period=after.period,
        verdicts=tuple(shifts),
        gone=tuple(each for id_, each in told.items() if id_ not in told_after),
        new=tuple(each for id_, each in told_after.items() if id_ not in told),
        reworded=tuple(
            Reworded(id_, told[id_].sentence, each.sentence)
            for id_, each in told_after.items()
            if id_ in told and told[id_].sentence != each.sentence
        ),
    )


def _told(side: Side, language: str, words: dict[str, str]) -> dict[str, Told]:
    figures = Figures(side.case, language, words)
    told = {}
    for finding in side.findings().values():
        statement = finding.statement
        sentence = figures.whole(statement.text, statement.detail, finding.period) or ""
        told[statement.id] = Told("statement", statement.id, sentence)
    for advice in side.advice().values():
        step = advice.recommendation
        sentence = figures.sentence(step.text, advice.period) or ""
        told[step.id] = Told("recommendation", step.id, sentence)
    return told
