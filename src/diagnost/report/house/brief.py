"""A diagnosis on one page: what a manager needs before a meeting."""

from diagnost.model.knowledge import WHOLE
from diagnost.pipeline import Case
from diagnost.report.action_plan import NOTHING
from diagnost.report.document import AdviceRow, Document, VerdictRow
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered
from diagnost.report.gap_sentences import worth_asking_sentences

ASKS = 1
"""How many sentences say what to ask for: the one that weighs most."""

_ALARMING = ("impossible", "bad", "watch")


def briefly(document: Document, case: Case, figures: Figures) -> Document:
    """Keep what a page holds: verdicts of the last period, the steps as a list."""
    words = document.words
    told = [row for row in document.verdicts if row.id == WHOLE or _alarming(row)]
    unjudged = (words["not_judged"], "–")
    calm = [
        row.area
        for row in document.verdicts
        if row not in told and row.words[-1].text not in unjudged
    ]
    listed = words["list.semicolon"].join(map(lowered, calm))
    return document._replace(
        periods=document.periods[-1:],
        verdicts=tuple(_row(row, words) for row in told),
        unremarkable=words["brief.calm"].format(areas=listed) if calm else "",
        advice=(),
        later=(),
        first_steps=tuple(_step(row, words) for row in document.advice),
        asks=worth_asking_sentences(case, figures, document.period)[:ASKS],
    )


def _alarming(row: VerdictRow) -> bool:
    return row.words[-1].polarity in _ALARMING


def _row(row: VerdictRow, words: dict[str, str]) -> VerdictRow:
    """Keep the last word, and the first of the reasons."""
    reason = row.because.split(words["list.semicolon"])[0]
    return row._replace(words=row.words[-1:], because=reason)


def _step(row: AdviceRow, words: dict[str, str]) -> str:
    """Write a step with who does it and when, in the place of the columns of the plan."""
    if row.owner == NOTHING:
        return words["brief.step"].format(step=row.what.text, when=row.when)
    return words["brief.step_of"].format(step=row.what.text, owner=row.owner, when=row.when)
