"""What else might have been a cause: ruled out by a figure, or open for want of one."""

from collections.abc import Sequence

from diagnost.asking.speaker import Speaker
from diagnost.explain.alternatives import Open
from diagnost.explain.alternatives_text import AlternativesText
from diagnost.explain.cells_text import CellsText
from diagnost.explain.rivals import alternatives
from diagnost.model.indicator import Indicator
from diagnost.report.document import Sentence
from diagnost.report.formats import lowered
from diagnost.report.gap_sentences import enumerated

_NAMED = 2
"""How many figures are named that might be a cause."""

_RULED_OUT = 2
"""How many causes that are ruled out are named."""


def other_causes(speaker: Speaker, effect: str, *, explained: bool) -> list[Sentence]:
    """Tell what is ruled out as a cause of a finding or a verdict, and what would decide on others.

    Where nothing was ``explained``, it is said that no cause was found among what is known.
    """
    found = alternatives(speaker.case, effect, speaker.period)
    cells = CellsText(speaker.base, speaker.pen, speaker.period, symbols=speaker.symbols)
    writer = AlternativesText(cells)
    branches = tuple(writer.others(found))
    out = [b.text for b in branches if not b.children][: len(found.ruled_out)][:_RULED_OUT]
    told = []
    if out:
        told.append(speaker.plain("ruled_out", list=speaker.listed(map(lowered, out))))
    if not explained:
        told.append(speaker.plain("no_cause"))
    told += _open(speaker, found.undecided)
    return told


def _open(speaker: Speaker, undecided: Sequence[Open]) -> list[Sentence]:
    """Say what would decide on a further cause; how figures moved goes by no name of its own."""
    indicators = speaker.base.catalogue.indicators
    for each in undecided[:1]:
        heads = (key if key in indicators else key.rpartition(".")[0] for key in each.keys)
        named = [indicators[head] for head in dict.fromkeys(heads) if head in indicators]
        lacking = [i for i in named if _is_lacking(speaker, i)]
        names = [lowered(i.name.in_language(speaker.language)) for i in lacking]
        needs = enumerated(each.needs, speaker.figures)
        if not names:
            return [speaker.plain("open_answer", needs=needs)]
        told = names[:_NAMED]
        paired = any(speaker.words["list.last"] in name for name in told)  # "a and b and c"
        listed = speaker.listed(told) if paired else speaker.enumerated(told)
        return [speaker.plain("open", needs=needs, names=listed)]
    return []


def _is_lacking(speaker: Speaker, indicator: Indicator) -> bool:
    """Say whether a figure is shown and not known; of a known one only its course is open."""
    return indicator.shown and speaker.case.reading(indicator.id, speaker.period).value is None
