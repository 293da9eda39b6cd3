"""Goals as people write them: ``WPB >= 1.2``, ``finding … absent``, ``verdict debt >= low``."""

import re

from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.intake.labels import key_of
from diagnost.intake.numbers import NumberError, dissect, settle
from diagnost.model.indicator import Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.lever import (
    Comparison,
    FindingGoal,
    Goal,
    GoalError,
    IndicatorGoal,
    VerdictGoal,
)
from diagnost.model.located import nearest

FORM = 'Write "WPB >= 1.2", "verdict liquidity >= sound" or "finding ID absent" (or present).'
_COMPARED = re.compile(r"\s*(>=|<=|≥|≤|>|<|=)\s*")
_SIGNS = {
    ">=": Comparison.AT_LEAST,
    "≥": Comparison.AT_LEAST,
    ">": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST,
    "≤": Comparison.AT_MOST,
    "<": Comparison.AT_MOST,
}
_PRESENT = {"present": True, "absent": False}


def read_goal(text: str, base: KnowledgeBase) -> Goal:
    """Read a goal; raise GoalError where it names nothing known or wants what cannot be wanted."""
    words = text.split()
    if words[:1] == ["finding"]:
        return _finding(words[1:], base)
    if words[:1] == ["verdict"]:
        return _verdict(text.strip().removeprefix("verdict"), base)
    name, sign, wanted = _parted(text)
    try:
        entry = find_entry(base, name, ("indicator",))
    except UnknownEntry as error:
        raise GoalError(str(error), FORM) from None
    indicator = base.catalogue.indicators[entry.id]
    try:
        figure = dissect(wanted)
    except NumberError as error:
        raise GoalError(f"'{wanted}' is no number: {error.message}", FORM) from None
    if figure.percent is not (indicator.unit is Unit.PERCENT):
        fault = "is a percent" if indicator.unit is Unit.PERCENT else "is not measured in percent"
        raise GoalError(f"{name} {fault}, so it cannot be {wanted}", "Mind the percent sign.")
    value = figure.value(settle([(figure, indicator.unit is Unit.MONEY)]).decimal)
    return IndicatorGoal(entry.id, _SIGNS[sign], value)


def _parted(text: str) -> tuple[str, str, str]:
    parts = _COMPARED.split(text, maxsplit=1)
    if len(parts) != 3 or not all(part.strip() for part in parts):
        raise GoalError(f"'{text}' is no goal", FORM)
    if parts[1] == "=":
        raise GoalError("a goal is at least or at most something", "Write >= or <=.")
    return parts[0].strip(), parts[1], parts[2].strip()


def _finding(words: list[str], base: KnowledgeBase) -> FindingGoal:
    if len(words) != 2 or words[1] not in _PRESENT:
        raise GoalError(f"'finding {' '.join(words)}' is no goal", FORM)
    try:
        entry = find_entry(base, words[0], ("statement",))
    except UnknownEntry as error:
        raise GoalError(str(error), FORM) from None
    return FindingGoal(entry.id, _PRESENT[words[1]])


def _verdict(text: str, base: KnowledgeBase) -> VerdictGoal:
    area_name, sign, wanted = _parted(text)
    areas = {
        key_of(label): area.id
        for area in base.areas
        for label in (area.id, *area.name.by_language.values())
    }
    area = areas.get(key_of(area_name))
    states = [state for state in base.states.values() if state.verdict_on == area]
    if area is None or not states:
        hint = nearest(area_name, areas) or FORM
        raise GoalError(f"no area that is judged is called '{area_name}'", hint)
    state = states[0]
    words = {
        key_of(label): word.id
        for word in state.words
        for label in (word.id, *word.name.by_language.values())
    }
    word = words.get(key_of(wanted))
    if word is None:
        known = ", ".join(each.id for each in state.words)
        raise GoalError(f"'{wanted}' is no judgement of {area}", f"From worst to best: {known}.")
    return VerdictGoal(area, state.id, _SIGNS[sign], word)
