"""Limits moved a little: edges of bands, steps of scales, and what still counts as stable."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from diagnost.model.catalogue import Catalogue
from diagnost.model.context import Question, Scale
from diagnost.model.indicator import Band, Indicator, Norm, Steadiness, Unit
from diagnost.model.located import At
from diagnost.model.rule import FactKey, Leaf

MOVED = "edge moved"
"""The edge of a band lies a little higher or lower."""
TURNED = "edge turned"
"""The edge belongs to the band on its other side: ``below`` is ``through``, or the reverse."""
SCALE = "scale moved"
"""The number at the end of a step of a scale belongs to the next step."""
THRESHOLD = "threshold moved"
"""What counts as stable, as sharp, or as most of a change is a little more or less."""
LEAD = "lead"
"""What the edges of the leading part of a change go by."""
EDGE_OPERATORS = (MOVED, TURNED, SCALE, THRESHOLD)


class Shift(NamedTuple):
    """A limit that lies elsewhere; ``of`` is the indicator, question or group of trends it is of.

    ``near`` says of a figure whether the shift can make a difference to it, ``targets`` are figures
    to which it does. ``change`` tells the shift in words, ``catalogue`` is the one it makes.
    ``words`` are the facts on either side of it (none where all that moves is concerned).
    """

    of: str
    operator: str
    change: str
    at: At
    catalogue: Catalogue
    near: Callable[[Decimal], bool]
    targets: tuple[Decimal, ...]
    words: tuple[tuple[Leaf, Leaf], ...]


def step_of(edge: Decimal, unit: Unit | None) -> Decimal:
    """Return the small step by which an edge is moved, in its unit.

    It is 1 % of the edge, and at least a tenth of the last digit written (of what is counted in
    whole numbers: one).
    """
    percent = unit is Unit.PERCENT
    written = (edge * 100 if percent else edge).normalize()
    exponent = written.as_tuple().exponent
    places = min(exponent, 0) if isinstance(exponent, int) else 0
    last = Decimal(1).scaleb(places) / (100 if percent else 1)
    least = last if unit is Unit.NUMBER else last / 10
    return max(abs(edge) / 100, least)


def beside(edge: Decimal, unit: Unit | None) -> Decimal:
    """Return by how much a figure just beside an edge differs from it, as people write figures."""
    step = step_of(edge, unit)
    places = step.adjusted()
    if unit in (Unit.DAYS, Unit.PERCENT):
        places = min(places, -1 if unit is Unit.DAYS else -3)
    if unit is Unit.TIMES:
        places = min(places, -2)
    return min(step, Decimal(1).scaleb(places))


def is_exact(edge: Decimal) -> bool:
    """Say whether an edge can be written without rounding, unlike two thirds."""
    exponent = edge.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -6


def limits(catalogue: Catalogue) -> Iterator[tuple[str, At]]:
    """Yield what has limits, and where it stands: indicators, questions, groups of trends."""
    for indicator in catalogue.indicators.values():
        if any(len(norm.bands) > 1 for norm in indicator.norms):
            yield indicator.id, indicator.at
    for question in catalogue.questions.values():
        if question.scale is not None:
            yield f"company.{question.id}", question.at
    for group in catalogue.steadiness.values():
        yield group.id, group.at
    if catalogue.lead is not None:
        yield LEAD, catalogue.lead.at


def shifts(of: str, catalogue: Catalogue) -> Iterator[Shift]:
    """Yield every shift of what has limits, from the lowest up."""
    if of in catalogue.indicators:
        yield from _of_indicator(catalogue.indicators[of], catalogue)
    elif of in catalogue.steadiness:
        yield from _of_group(catalogue.steadiness[of], catalogue)
    elif of == LEAD:
        yield from _of_lead(catalogue)
    else:
        question = catalogue.questions[of.removeprefix("company.")]
        if question.scale is not None:
            yield from _of_scale(question, question.scale, catalogue)


def _of_lead(catalogue: Catalogue) -> Iterator[Shift]:
    if catalogue.lead is None:
        return
    for number, change in _of_norm(catalogue.lead, Unit.PERCENT):
        yield Shift(
            LEAD,
            THRESHOLD,
            f"{LEAD}: {change.text}",
            catalogue.lead.bands[number].at,
            replace(catalogue, lead=change.norm),
            _everything,
            (),
            (),
        )


def _everything(_: Decimal) -> bool:
    return True


def _of_indicator(indicator: Indicator, catalogue: Catalogue) -> Iterator[Shift]:
    for place, norm in enumerate(indicator.norms):
        for number, change in _of_norm(norm, indicator.unit):
            norms = (*indicator.norms[:place], change.norm, *indicator.norms[place + 1 :])
            changed = indicator._replace(norms=norms)
            edge = norm.bands[number].edge
            assert edge is not None  # only the last band has none, and it is not shifted
            step = step_of(edge, indicator.unit)
            key = indicator.id if norm.id == "general" else f"{indicator.id}.{norm.id}"
            yield Shift(
                indicator.id,
                change.operator,
                f"{key}: {change.text}",
                norm.bands[number].at,
                replace(catalogue, indicators={**catalogue.indicators, indicator.id: changed}),
                _near(edge, step),
                _targets(norm.bands[number], edge, indicator.unit),
                tuple(_words(key, norm, number)),
            )


class _NormChange(NamedTuple):
    operator: str
    text: str
    norm: Norm


def _of_norm(norm: Norm, unit: Unit) -> Iterator[tuple[int, _NormChange]]:
    for number, band in enumerate(norm.bands[:-1]):
        edge = band.edge
        if edge is None:
            continue
        step = step_of(edge, unit)
        key = "below" if band.below is not None else "through"
        for moved in (edge - step, edge + step):
            text = f"{band.id} {key} {written(edge, unit)} is {written(moved, unit)}"
            yield number, _NormChange(MOVED, text, _with(norm, number, _at(band, key, moved)))
        if is_exact(edge):
            other = "through" if key == "below" else "below"
            text = f"{band.id} {key} {written(edge, unit)} is {other}"
            turned = band._replace(below=None, through=None)
            yield number, _NormChange(TURNED, text, _with(norm, number, _at(turned, other, edge)))


def _at(band: Band, key: str, edge: Decimal) -> Band:
    return band._replace(below=edge) if key == "below" else band._replace(through=edge)


def _with(norm: Norm, number: int, band: Band) -> Norm:
    return norm._replace(bands=(*norm.bands[:number], band, *norm.bands[number + 1 :]))


def _words(key: FactKey, norm: Norm, number: int) -> Iterator[tuple[Leaf, Leaf]]:
    """Yield the facts on either side of an edge, also those of the period before.

    Where figures are compared over time on one side only, its course follows without a word.
    """
    low, high = norm.bands[number : number + 2]
    for name in (key, f"{key}.previous") if norm.id == "general" else (key,):
        yield Leaf(name, low.id, low.at), Leaf(name, high.id, high.at)
    if low.course != high.course:
        for tail in ("step", "trend", "pace"):
            yield Leaf(f"{key}.{tail}", "", low.at), Leaf(f"{key}.{tail}", "", low.at)


def _near(edge: Decimal, step: Decimal) -> Callable[[Decimal], bool]:
    return lambda value: abs(value - edge) <= step


def _targets(band: Band, edge: Decimal, unit: Unit) -> tuple[Decimal, ...]:
    """Return the figures on either side of an edge, as close as people would write them."""
    gap = beside(edge, unit)
    if not is_exact(edge):
        places = Decimal(1).scaleb(-4)
        edge = edge.quantize(places)
        return edge - places, edge + places
    other = edge - gap if band.below is not None else edge + gap
    return edge, other


def _of_scale(question: Question, scale: Scale, catalogue: Catalogue) -> Iterator[Shift]:
    key = f"company.{question.id}"
    for number, (low, high) in enumerate(zip(scale.steps, scale.steps[1:], strict=False)):
        for end in (low.most - 1, low.most + 1):
            if not (low.least <= end and end + 1 <= high.most):
                continue  # a step without a number
            steps = list(scale.steps)
            steps[number] = low._replace(most=end)
            steps[number + 1] = high._replace(least=end + 1)
            changed = question._replace(scale=scale._replace(steps=tuple(steps)))
            questions = {**catalogue.questions, question.id: changed}
            target = Decimal(max(low.most, end))
            yield Shift(
                key,
                SCALE,
                f"{key}: {low.word} ends at {end} instead of {low.most}",
                question.at,
                replace(catalogue, questions=questions),
                _near(target, Decimal(0)),
                (target,),
                ((Leaf(key, low.word, question.at), Leaf(key, high.word, question.at)),),
            )


_LIMITS = ("relative", "absolute", "sharp_relative", "sharp_absolute")


def _of_group(group: Steadiness, catalogue: Catalogue) -> Iterator[Shift]:
    for name in _LIMITS:
        limit: Decimal | None = getattr(group, name)
        if limit is None:
            continue
        unit = Unit.PERCENT if limit < 1 else None
        step = step_of(limit, unit)
        for moved in (limit - step, limit + step):
            fields: dict[str, Any] = {name: moved}
            changed = group._replace(**fields)
            yield Shift(
                group.id,
                THRESHOLD,
                f"{group.id}: {name} {written(limit, unit)} is {written(moved, unit)}",
                group.at,
                _with_group(catalogue, changed),
                _everything,
                (),
                (),
            )


def _with_group(catalogue: Catalogue, group: Steadiness) -> Catalogue:
    indicators: Mapping[str, Indicator] = {
        id_: each._replace(steadiness=group) if each.steadiness.id == group.id else each
        for id_, each in catalogue.indicators.items()
    }
    steadiness = {**catalogue.steadiness, group.id: group}
    return replace(catalogue, indicators=indicators, steadiness=steadiness)


def written(value: Decimal, unit: Unit | str | None) -> str:
    """Write a figure as the knowledge base does: percents with their sign."""
    if unit == Unit.PERCENT:
        return f"{(value * 100).normalize():f}%"
    return f"{value.normalize():f}"
