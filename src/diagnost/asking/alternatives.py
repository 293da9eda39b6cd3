"""What else might have been a cause: ruled out by a figure, or open for want of one."""

from diagnost.asking.speaker import Speaker
from diagnost.explain.alternatives import Open
from diagnost.explain.alternatives_text import AlternativesText
from diagnost.explain.cells_text import CellsText
from diagnost.explain.rivals import alternatives
from diagnost.report.document import Sentence

_RULED_OUT = 2
"""How many causes that are ruled out are named."""


def other_causes(speaker: Speaker, effect: str, *, explained: bool) -> list[Sentence]:
    """Tell what is ruled out as a cause of a finding or a verdict, and what would decide on others.

    Where nothing was ``explained``, it is said that no cause was found among what is known.
    """
    found = alternatives(speaker.case, effect, speaker.period)
    writer = AlternativesText(CellsText(speaker.base, speaker.pen, speaker.period))
    branches = tuple(writer.others(found))
    out = [b.text for b in branches if not b.children][: len(found.ruled_out)][:_RULED_OUT]
    told = []
    if out:
        told.append(speaker.plain("ruled_out", list=speaker.listed(out)))
    if not explained:
        told.append(speaker.plain("no_cause"))
    needed = [child.text for branch in branches for child in branch.children]
    if needed:
        key = "open_answer" if _only_asks(found.undecided[0]) else "open"
        told.append(speaker.plain(key, needs=needed[0]))
    return told


def _only_asks(each: Open) -> bool:
    """Say whether answers alone would decide: written, these are bare questions."""
    return {f"company.{need}" for need in each.needs} >= set(each.keys)
