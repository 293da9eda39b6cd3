"""Answers about how the company stands beside its sector and other firms."""

from diagnost.asking.question import Question
from diagnost.asking.speaker import Draft, Speaker
from diagnost.report.compared import comparison
from diagnost.report.document import Compared, ComparedRow, Sentence

_TOLD = 6
"""How many figures are told."""
_ORDER = {"watch": 0, "good": 1, "info": 2}


def peers(speaker: Speaker, question: Question) -> Draft:
    """Answer how figures compare with those of other firms, the worse ones first."""
    table = comparison(speaker.case, speaker.figures, speaker.notes, (speaker.period,))
    if table is None:
        return Draft(direct=[speaker.plain("peers_none")])
    rows = sorted(table.rows, key=lambda row: _ORDER[row.position.polarity])
    counts = {
        key: sum(row.position.polarity == word for row in rows)
        for key, word in (("better", "good"), ("worse", "watch"))
    }
    draft = Draft(direct=[speaker.plain("peers", n=len(rows), **counts)])
    draft.chain = [_told(speaker, table, row) for row in rows[:_TOLD]]
    return draft


def _told(speaker: Speaker, table: Compared, row: ComparedRow) -> Sentence:
    """Write one figure beside those that it is compared with."""
    others = [
        speaker.say("peer", name=head, value=value)
        for head, value in zip(table.heads, row.others, strict=True)
        if value != "–"
    ]
    text = speaker.say(
        "peers_row",
        name=row.name,
        value=row.company,
        position=row.position.text,
        others=speaker.words["list.semicolon"].join(others),
    )
    return Sentence(text, (row.note,) if row.note else ())
