"""The chain of causes behind findings."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from diagnost.asking.speaker import UNWELCOME, Speaker
from diagnost.model.diagnosis import Cause, Verdict
from diagnost.model.knowledge import WHOLE
from diagnost.report.document import Sentence

MOST = 5
"""How many causes an answer tells."""


class Chain(NamedTuple):
    """The causes of some findings in the order in which they are told, and their sentences."""

    links: tuple[Cause, ...]
    sentences: tuple[Sentence, ...]
    more: int  # causes that are left out

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the findings that are named as causes."""
        return tuple(dict.fromkeys(link.cause for link in self.links))


def chain_of(
    speaker: Speaker,
    effects: Iterable[str],
    *,
    area: str = "",
    root: bool = False,
    known: Sequence[Sentence] = (),
) -> Chain:
    """Tell why some findings are as they are, a cause's own cause after it.

    The own causes of ``area`` come first, each file as its author ordered it; with ``root`` what
    lies deepest does. ``known`` are sentences that the answer has already.
    """
    ordered = _links(speaker, tuple(effects), area, root=root)
    links: list[Cause] = []
    sentences: list[Sentence] = []
    more = 0
    seen = {sentence.text for sentence in known}
    told = " ".join(seen)
    explained: set[str] = set()
    for link in ordered:
        causes = [cause for cause in link.rule.causes if cause in speaker.findings]
        if link.rule.id in {each.rule.id for each in links} or explained.issuperset(causes):
            continue
        sentence = speaker.cause(link, told)
        if sentence is None or sentence.text in seen:
            continue
        if len(sentences) == MOST:
            more += 1
            continue
        links.append(link)
        sentences.append(sentence)
        seen.add(sentence.text)
        told += sentence.text
        explained.update(causes)
    return Chain(tuple(links), tuple(sentences), more)


def explained(speaker: Speaker, verdict: Verdict) -> list[str]:
    """Return the bad news of an area, which its causes explain, the reasons of its verdict first.

    The whole has no findings of its own to explain: those of the areas judged badly stand for it.
    """
    own = [
        entry
        for entry, f in speaker.findings.items()
        if f.statement.polarity in UNWELCOME and verdict.area in (f.statement.area, WHOLE)
    ]
    return list(dict.fromkeys((*verdict.because, *own)))


def _links(speaker: Speaker, effects: Sequence[str], area: str, *, root: bool) -> list[Cause]:
    """Return what explains findings, and what explains that in turn, level by level.

    With ``root`` the levels come in reverse; else what is written for the area comes first.
    """

    def elsewhere(link: Cause) -> bool:
        return bool(area) and link.rule.id.split(".")[1] != area

    links = sorted(speaker.links, key=lambda link: (elsewhere(link), link.rule.at))
    levels: list[list[Cause]] = []
    reached = set(effects)
    frontier = list(effects)
    while frontier:
        level = [link for effect in frontier for link in links if link.effect == effect]
        frontier = list(dict.fromkeys(c.cause for c in level if c.cause not in reached))
        reached.update(frontier)
        levels.append(level)
    if root:
        return [link for level in reversed(levels) for link in level]
    return sorted((link for level in levels for link in level), key=elsewhere)
