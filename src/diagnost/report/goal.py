"""The page that tells what would have to change for a goal to be reached."""

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.model.diagnosis import Finding, Verdict
from diagnost.model.indicator import Polarity
from diagnost.model.json_numbers import plain
from diagnost.model.lever import (
    Comparison,
    FindingGoal,
    Goal,
    IndicatorGoal,
    Pull,
    VerdictGoal,
)
from diagnost.pipeline import Case
from diagnost.report.before_after import Differences, ReadingShift, as_data
from diagnost.report.figures import MOST_DECIMALS, Figures
from diagnost.report.formats import lowered, raised
from diagnost.report.pulls import pull_text, told_in_days
from diagnost.report.words import words_of

MOST = 8
"""How many ways are told; JSON has all."""

_ALARMING = (Polarity.IMPOSSIBLE, Polarity.BAD, Polarity.WATCH)
"""What is bad news, the gravest first."""


class WayToGoal(NamedTuple):
    """A way to the goal: what is pulled, and what else it would change."""

    pulls: tuple[Pull, ...]
    found: Differences


class WayRow(NamedTuple):
    """A way to the goal in words."""

    what: str
    means: str
    doubt: str  # that so much is hardly possible, '' where it is
    verdicts: str  # judgements that would change
    price: str  # what would have to be said that is not said now


class GoalPage(NamedTuple):
    """Everything that a page about a goal shows."""

    language: str
    company: str
    subtitle: str
    opening: str
    rows: tuple[WayRow, ...]
    rest: str
    words: dict[str, str]


def goal_page(
    goal: Goal,
    reached: bool,
    ways: Sequence[WayToGoal],
    figures: Figures,
    period: str,
    root: Path,
    *,
    movable: bool = True,
    judged_on: Container[str] | None = None,
) -> GoalPage:
    """Write the ways to a goal, the smallest first.

    Of the judgements that would change those on the areas ``judged_on`` are told; None for all.

    ``movable`` says whether any lever moves the figure of the goal, be it not far enough.
    """
    words = words_of(figures.language, root)
    company = figures.case.accounts.company
    wanted = goal_text(goal, figures, period)
    if reached:
        opening = _reached(goal, figures, period, wanted)
    elif not ways and (reason := _not_known(goal, figures, period)):
        opening = words["goal.not_known"].format(
            goal=wanted, period=figures.period(period), reason=reason
        )
    elif not ways:
        key = "no_way" if movable else _why_not(goal, figures, period)
        opening = words[f"goal.{key}"].format(goal=wanted)
    else:
        key = "goal.pairs" if len(ways[0].pulls) > 1 else "goal.ways"
        opening = words[key].format(goal=wanted)
    more = len(ways) - MOST
    return GoalPage(
        language=figures.language,
        company=company.name or words["the_company"],
        subtitle=words["goal.title"].format(period=figures.period(period)),
        opening=opening,
        rows=tuple(_row(way, figures, period, judged_on) for way in ways[:MOST]),
        rest=words["goal.more"].format(n=more) if more > 0 else "",
        words=words,
    )


def _reached(goal: Goal, figures: Figures, period: str, wanted: str) -> str:
    """Say that a goal is reached, of a figure by what it is."""
    parts = {"goal": wanted, "period": figures.period(period)}
    value = (
        figures.case.reading(goal.indicator, period).value
        if isinstance(goal, IndicatorGoal)
        else None
    )
    if value is None or not isinstance(goal, IndicatorGoal):
        return figures.words["goal.reached"].format(**parts)
    indicator = figures.case.base.catalogue.indicators[goal.indicator]
    said = figures.words["goal.reached_at"]
    return said.format(value=figures.reading(indicator, value), **parts).replace("..", ".")


def _not_known(goal: Goal, figures: Figures, period: str) -> str:
    """Say why the indicator of a goal has no value; '' where it has one."""
    if not isinstance(goal, IndicatorGoal):
        return ""
    missing = figures.case.reading(goal.indicator, period).missing
    return figures.case.base.reason(missing, figures.language) if missing else ""


def _why_not(goal: Goal, figures: Figures, period: str) -> str:
    """Return the key of the sentence that says why no lever moves the figure of a goal."""
    if isinstance(goal, IndicatorGoal):
        reading = figures.case.reading(goal.indicator, period)
        if reading.given is not None:
            return "given"
        if reading.reckoned and not reading.inputs:
            return "records"
    return "unmoved"


def goal_text(goal: Goal, figures: Figures, period: str) -> str:
    """Write a goal in words."""
    words, language = figures.words, figures.language
    base = figures.case.base
    match goal:
        case IndicatorGoal(indicator=id_, comparison=comparison, value=value):
            indicator = base.catalogue.indicators[id_]
            key = "at_least" if comparison is Comparison.AT_LEAST else "at_most"
            written = figures.write_limit(value, indicator.unit)
            name = lowered(indicator.name.in_language(language))
            return words[f"goal.{key}"].format(name=name, value=written)
        case FindingGoal(statement=statement, present=present):
            text = base.statements[statement].brief or base.statements[statement].text
            told = figures.sentence(text, period) or statement
            return words["goal.present" if present else "goal.absent"].format(finding=told)
        case VerdictGoal(area=area, state=state, comparison=comparison, word=word):
            name = lowered(next(a.name for a in base.areas if a.id == area).in_language(language))
            named = next(w.name for w in base.states[state].words if w.id == word)
            key = "at_least" if comparison is Comparison.AT_LEAST else "at_most"
            return words[f"goal.verdict_{key}"].format(area=name, word=named.in_language(language))


def _row(way: WayToGoal, figures: Figures, period: str, judged_on: Container[str] | None) -> WayRow:
    words, language = figures.words, figures.language
    after = Figures(way.found.after.case, language, words)
    what = words["goal.and"].join(pull_text(pull, figures) for pull in way.pulls)
    means = [
        words["goal.means"].format(name=name, before=before, after=now)
        for pull in way.pulls
        for symbol in _telling(pull)
        for name, before, now in _shown(symbol, figures, after, period)
    ]
    areas = {a.id: a.name.in_language(language) for a in figures.case.base.areas}
    verdicts = [
        words["goal.verdict"].format(
            area=lowered(areas[area]),
            before=before.word.name.in_language(language),
            after=now.word.name.in_language(language),
        )
        for area, before, now in way.found.verdicts
        if before and now and (judged_on is None or area in judged_on)
    ]
    better = {
        area for area, before, now in way.found.verdicts if _better(figures.case, before, now)
    }
    # What holds already and only gives way to something graver is no price.
    held = {f.statement.id for f in figures.case.diagnosis.findings if f.period == period}
    price = [
        brief
        for finding in way.found.new
        if finding.statement.polarity in _ALARMING
        and finding.statement.id not in held
        and finding.statement.area not in better  # there, a lesser alarm took a graver one's place
        and _worse(finding, way.found, period)
        and (brief := after.sentence(finding.statement.brief, period))
    ]
    semicolon = words["list.semicolon"]
    return WayRow(
        what=what,
        means=raised(semicolon.join(means)),
        doubt=words["goal.doubtful"] if any(map(_doubtful, way.pulls)) else "",
        verdicts=raised(semicolon.join(verdicts)),
        price=semicolon.join(dict.fromkeys(price)),
    )


def _doubtful(pull: Pull) -> bool:
    """Say whether a step is larger than a business can hope for."""
    doubt = pull.lever.doubt_from
    return doubt is not None and bool(pull.was) and pull.share > doubt


def _worse(finding: Finding, found: Differences, period: str) -> bool:
    """Say whether a finding that is new tells of something that got worse: else it is no price.

    An alarm that takes the place of as grave a one is none, nor one that rests on figures all of
    which moved for the better, or not at all.
    """
    topic = finding.statement.id.rpartition(".")[0]
    gravity = _ALARMING.index(finding.statement.polarity)
    before = [f for f in found.gone if f.statement.id.rpartition(".")[0] == topic]
    alarms = [f.statement.polarity for f in before if f.statement.polarity in _ALARMING]
    if any(_ALARMING.index(alarm) <= gravity for alarm in alarms):
        return False
    used = _readings_behind(finding, found.after.case, period)
    shifts = {shift.indicator.id: shift for shift in found.readings}
    return not used or any(each in shifts and _alarming(shifts[each]) for each in used)


def _alarming(shift: ReadingShift) -> bool:
    """Say whether a figure moved the wrong way, to where its norm does not want it."""
    norm, value = shift.indicator.general, shift.after.value
    judged = norm is not None and value is not None and norm.band_of(value).polarity in _ALARMING
    return judged and shift.for_the_worse()


def _readings_behind(finding: Finding, case: Case, period: str) -> set[str]:
    """Return the indicators that a finding rests on, through the findings that it rests on too."""
    facts, rest = case.runs[period].base.facts, {finding.statement.id: finding}
    known = {f.statement.id: f for f in case.diagnosis.findings if f.period == period}
    read: set[str] = set()
    seen: set[str] = set()
    while rest:
        id_, each = rest.popitem()
        seen.add(id_)
        for key in {key for firing in each.firings for key, _ in firing.used}:
            if key in known and key not in seen:
                rest[key] = known[key]
            elif key in facts:
                read |= {r.indicator for r in facts[key].readings if r.period == period}
    return read & case.base.catalogue.indicators.keys()


def _better(case: Case, before: Verdict | None, after: Verdict | None) -> bool:
    """Say whether the judgement of an area is better than it was."""
    if before is None or after is None:
        return False
    states = (state for state in case.base.states.values() if state.verdict_on == after.area)
    order = [word.id for state in states for word in state.words]  # worst first
    return order.index(after.word.id) > order.index(before.word.id)


def _telling(pull: Pull) -> Iterator[str]:
    """Yield the indicators that tell what a pull means; its measure where it is not told in it."""
    yield from pull.lever.shown_by
    if pull.lever.measure and not told_in_days(pull):
        yield pull.lever.measure


def _shown(
    symbol: str, before: Figures, after: Figures, period: str
) -> Sequence[tuple[str, str, str]]:
    indicator = before.case.base.catalogue.indicator(symbol)
    if indicator is None:
        return ()
    values: list[Decimal | None] = [
        f.case.reading(indicator.id, period).value for f in (before, after)
    ]
    if None in values or values[0] == values[1]:
        return ()
    name = lowered(indicator.name.in_language(before.language))
    for finer in range(MOST_DECIMALS + 1):  # as many decimals as show that it moved
        written = [before.write(v, indicator.unit, "", finer) for v in values if v is not None]
        if written[0] != written[1]:
            return ((name, written[0], written[1]),)
    return ()


def goal_data(goal: Goal, reached: bool, ways: Sequence[WayToGoal]) -> dict[str, Any]:
    """Return the ways as plain data."""
    return {
        "goal": _goal_data(goal),
        "reached": reached,
        "ways": [
            {
                "levers": [
                    {
                        "id": pull.lever.id,
                        "amount": plain(pull.amount),
                        "share": plain(pull.share),
                        "measure": _measure_data(pull),
                        "moves": {move.item: move.direction.value for move in pull.way},
                    }
                    for pull in way.pulls
                ],
                **as_data(way.found, ()),
            }
            for way in ways
        ],
    }


def _measure_data(pull: Pull) -> dict[str, Any] | None:
    if pull.before is None or pull.after is None:
        return None
    return {
        "indicator": pull.lever.measure,
        "before": plain(pull.before),
        "after": plain(pull.after),
    }


def _goal_data(goal: Goal) -> dict[str, Any]:
    match goal:
        case IndicatorGoal():
            return {
                "indicator": goal.indicator,
                "comparison": goal.comparison.value,
                "value": plain(goal.value),
            }
        case FindingGoal():
            return {"finding": goal.statement, "present": goal.present}
        case VerdictGoal():
            return {"area": goal.area, "comparison": goal.comparison.value, "word": goal.word}
