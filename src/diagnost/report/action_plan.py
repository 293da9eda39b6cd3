"""The plan of steps: the first ones as numbered rows, what remains in a few words by area."""

from collections.abc import Sequence

from diagnost.model.diagnosis import Advice
from diagnost.pipeline import Case
from diagnost.report.briefs import briefs
from diagnost.report.document import AdviceRow, LaterSteps, Sentence
from diagnost.report.figures import Figures
from diagnost.report.formats import horizon
from diagnost.report.notes import Notebook

NOTHING = "–"


class PlanWriter:
    """Writes the steps of one period in one language."""

    def __init__(self, case: Case, figures: Figures, notes: Notebook, period: str) -> None:
        self.case = case
        self.figures = figures
        self.notes = notes
        self.period = period
        self.words = figures.words
        self.language = figures.language
        self.steps = sorted(
            (a for a in case.diagnosis.advice if a.period == period and a.rank),
            key=lambda a: a.rank,
        )
        findings = case.diagnosis.findings
        self.spoken = {f.statement.id for f in findings if f.period == period and not f.gave_way_to}
        self.reasons: dict[str, int] = {}  # of steps without an effect: the first that has them

    def rows(self, most: int | None = None) -> tuple[AdviceRow, ...]:
        """Return the steps in order of rank, at most so many."""
        return tuple(self.row(advice) for advice in self.steps[:most])

    def later(self, most: int) -> tuple[LaterSteps, ...]:
        """Return in a few words, by area, the steps that come after so many rows."""
        told = set(self._briefs(self.steps[:most]))
        lines = []
        for area in self.case.base.areas_for(self.case.viewpoint):
            here = [a for a in self.steps[most:] if a.recommendation.area == area.id]
            wanted = [brief for brief in self._briefs(here) if brief not in told]
            if wanted:
                steps = self.words["list.semicolon"].join(wanted)
                lines.append(LaterSteps(area.name.in_language(self.language), steps))
        return tuple(lines)

    def first_briefs(self, count: int) -> list[str]:
        """Return the first steps in a few words, for the summary."""
        return self._briefs(self.steps)[:count]

    def _briefs(self, steps: Sequence[Advice]) -> list[str]:
        found = (self.figures.sentence(a.recommendation.brief, self.period) for a in steps)
        return list(dict.fromkeys(brief for brief in found if brief))

    def row(self, advice: Advice) -> AdviceRow:
        """Write one step."""
        step = advice.recommendation
        base, sentence = self.case.base, self.figures.sentence
        text = sentence(step.text, self.period) or ""
        told = [entry for entry in advice.because if entry in self.spoken]
        reasons = briefs(base, self.figures, told or advice.because, self.period)
        because = self.words["list.semicolon"].join(reasons[:2])
        number = self.notes.cite(step.cites, advice.firings, self.period)
        owner, effect = base.owner_of(step), sentence(step.effect, self.period)
        return AdviceRow(
            rank=advice.rank,
            when=self.words[f"urgency.{step.urgency}"],
            what=Sentence(text, (number,), step.id),
            effect=effect or self._once(because, advice.rank),
            owner=owner.name.in_language(self.language) if owner else NOTHING,
            first=sentence(step.first_step, self.period) or "",
            watch=sentence(step.watch, self.period) or NOTHING,
            until=horizon(step.horizon, self.language, self.words) or NOTHING,
            moves=effect or "",
        )

    def _once(self, because: str, rank: int) -> str:
        """Give the reasons of a step, or the earlier step that has the same."""
        if not because:
            return NOTHING
        first = self.reasons.setdefault(because, rank)
        return because if first == rank else self.words["advice.same_reasons"].format(rank=first)
