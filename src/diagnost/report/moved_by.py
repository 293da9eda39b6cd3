"""What moved each finding between two cases of one company: figures, method or reader.

The way from one case to the other is gone in steps, one thing changed at each: first the period,
then the method, then the reader. What differs in the end is put down to the step at which it came
or went.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.model.diagnosis import Verdict
from diagnost.report.before_after import Differences, Side, as_data, differences
from diagnost.report.document import Word
from diagnost.report.figures import Figures
from diagnost.report.what_if import FigureShift, figure_shifts, sentences, steps
from diagnost.report.words import words_of

FIGURES, RULES, VIEWPOINT = "figures", "rules", "viewpoint"


class Stop(NamedTuple):
    """A case on the way: what was changed to come there ('' where it begins) and to what."""

    mover: str
    side: Side
    label: str  # the period, method or reader it now has, as people call it
    before: str = ""  # what it had before


class Stage(NamedTuple):
    """What one change moved, of all that differs in the end."""

    stop: Stop
    found: Differences


class StagePage(NamedTuple):
    """A stage as the page tells it."""

    title: str
    before: str
    after: str
    verdicts: tuple[tuple[str, Word, Word], ...]
    readings: tuple[FigureShift, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    steps_gone: tuple[str, ...]
    steps_new: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Say whether this change moved nothing."""
        return not any(self[3:])


class ComparePage(NamedTuple):
    """Everything that a page about two cases of one company shows."""

    language: str
    company: str
    subtitle: str
    stages: tuple[StagePage, ...]
    words: dict[str, str]


def stages(stops: Sequence[Stop]) -> tuple[Stage, ...]:
    """Return what each change moved; what comes and goes again on the way is left out."""
    if len(stops) < 2:
        return ()
    net = differences(stops[0].side, stops[-1].side)
    ends = {
        "gone": {f.statement.id for f in net.gone},
        "new": {f.statement.id for f in net.new},
        "steps_gone": {a.recommendation.id for a in net.steps_gone},
        "steps_new": {a.recommendation.id for a in net.steps_new},
    }
    areas = {area for area, _, _ in net.verdicts}
    found: list[Stage] = []
    for before, after in reversed(tuple(pairwise(stops))):
        step = differences(before.side, after.side)
        found.append(
            Stage(
                after,
                step._replace(
                    verdicts=tuple(each for each in step.verdicts if each[0] in areas),
                    gone=tuple(f for f in step.gone if _last(f.statement.id, ends["gone"])),
                    new=tuple(f for f in step.new if _last(f.statement.id, ends["new"])),
                    steps_gone=tuple(
                        a for a in step.steps_gone if _last(a.recommendation.id, ends["steps_gone"])
                    ),
                    steps_new=tuple(
                        a for a in step.steps_new if _last(a.recommendation.id, ends["steps_new"])
                    ),
                ),
            )
        )
    return tuple(reversed(found))


def _last(id_: str, left: set[str]) -> bool:
    """Take an id off those still to be put down to a step; the last step that moved it has it."""
    if id_ not in left:
        return False
    left.remove(id_)
    return True


def as_stage_data(stage: Stage) -> dict[str, Any]:
    """Return a stage as plain data: ids, words and numbers."""
    data = as_data(stage.found, ())
    data.pop("moved")
    stop = stage.stop
    return {"moved_by": stop.mover, "before": stop.before, "after": stop.label, **data}


def compare_page(found: Sequence[Stage], subtitle: str, language: str, root: Path) -> ComparePage:
    """Write what each change moved."""
    words = words_of(language, root)
    company = found[0].found.after.case.accounts.company.name or words["the_company"]
    pages = tuple(_stage_page(stage, language, words) for stage in found)
    return ComparePage(language, company, subtitle, pages, words)


def _stage_page(stage: Stage, language: str, words: dict[str, str]) -> StagePage:
    found, stop = stage.found, stage.stop
    then = Figures(found.before.case, language, words)
    now = Figures(found.after.case, language, words)
    areas = {a.id: a.name.in_language(language) for a in found.after.case.base.areas}
    judged = found._replace(readings=tuple(s for s in found.readings if len(set(s.words())) > 1))
    none = Word(words["not_judged"], "info")

    def word(verdict: Verdict | None) -> Word:
        if verdict is None:
            return none
        return Word(verdict.word.name.in_language(language), verdict.word.polarity.value)

    return StagePage(
        title=words[f"compare.{stop.mover}"].format(before=stop.before, after=stop.label),
        before=stop.before,
        after=stop.label,
        verdicts=tuple((areas[area], word(b), word(a)) for area, b, a in found.verdicts),
        readings=tuple(figure_shifts(judged, now)),
        gone=sentences(found.gone, then),
        new=sentences(found.new, now),
        steps_gone=steps(found.steps_gone, then),
        steps_new=steps(found.steps_new, now),
    )
