"""The plan of steps as rows with dates: what a calendar or a spreadsheet takes over."""

import hashlib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from diagnost.model.diagnosis import Advice
from diagnost.model.indicator import Indicator
from diagnost.pipeline import Case
from diagnost.report.action_plan import NOTHING, PlanWriter
from diagnost.report.figures import Figures
from diagnost.report.notes import Notebook
from diagnost.report.words import words_of


class ActionStep(NamedTuple):
    """One step of the plan; texts are '' where nothing is said."""

    id: str
    rank: int
    step: str
    brief: str
    owner: str
    first_step: str
    start: date  # by when the first step is to be done
    review: date | None
    indicator: str  # what to watch
    today: str  # its value in the period
    target: str
    why: str
    area: str
    source: str


class ActionPlan(NamedTuple):
    """The steps of a company, counted from a day."""

    company: str
    period: str
    language: str
    day: date
    steps: tuple[ActionStep, ...]
    words: dict[str, str]

    def uid(self, step: ActionStep, kind: str) -> str:
        """Return the id of an event of a step: the same in every plan of this company."""
        key = "\n".join((self.company, step.id, kind))
        return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@diagnost"


def action_plan(
    case: Case, language: str, period: str, root: Path, *, day: date, most: int | None = None
) -> ActionPlan:
    """Return the steps of a period, at most so many, with dates counted from ``day``."""
    words = words_of(language, root)
    figures = Figures(case, language, words)
    notes = Notebook(figures)
    writer = PlanWriter(case, figures, notes, period)
    most = case.base.action_plan.lines if most is None else most
    steps = tuple(
        _step(advice, figures, notes, day, why="" if row.effect == NOTHING else row.effect)
        for advice, row in zip(writer.steps, writer.rows(most), strict=False)
    )
    company = case.accounts.company.name or words["the_company"]
    return ActionPlan(company, period, language, day, steps, words)


def _step(advice: Advice, figures: Figures, notes: Notebook, day: date, *, why: str) -> ActionStep:
    base, language, period = figures.case.base, figures.language, advice.period
    step = advice.recommendation
    owner = base.owner_of(step)
    start = base.action_plan.start(step.urgency, day)
    watched = _watched(advice, figures)
    area = next((a.name.in_language(language) for a in base.areas if a.id == step.area), "")
    return ActionStep(
        id=step.id,
        rank=advice.rank,
        step=figures.sentence(step.text, period) or "",
        brief=figures.sentence(step.brief, period) or "",
        owner=owner.name.in_language(language) if owner else "",
        first_step=figures.sentence(step.first_step, period) or "",
        start=start,
        review=step.horizon.after(start) if step.horizon else None,
        indicator=watched.name.in_language(language) if watched else "",
        today=_today(watched, figures, period) if watched else "",
        target=figures.sentence(step.watch, period) or "",
        why=why,
        area=area,
        source=notes.source(step.cites),
    )


def _watched(advice: Advice, figures: Figures) -> Indicator | None:
    """Return the indicator that the text of what to watch names, if it names just one.

    A quantity that no list shows is what is aimed at, not what is watched.
    """
    watch = advice.recommendation.watch
    catalogue = figures.case.base.catalogue
    names = {slot.name for slot in watch.slots} if watch else set()
    found = {i.id: i for name in names if (i := catalogue.indicator(name)) is not None}
    shown = [indicator for indicator in found.values() if indicator.shown]
    return shown[0] if len(shown) == len(found) == 1 else None


def _today(indicator: Indicator, figures: Figures, period: str) -> str:
    reading = figures.case.readings.get((indicator.id, period))
    if reading is None or reading.value is None:
        return ""
    return figures.reading(indicator, reading.value)
