"""What moved the figures: the largest changes since the first period, each taken apart."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from diagnost.model.decomposition import Breakdown, Share
from diagnost.model.indicator import Indicator, Polarity, Unit
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.appendix import table_name
from diagnost.report.document import MovementRow, Sentence
from diagnost.report.figures import MOST_DECIMALS, Figures
from diagnost.report.notes import Notebook

MOST = 6
"""How many figures are taken apart at most."""
PARTS = 4
"""How many parts are named, the largest; two or more others are told in one sum."""

_ORDER = {polarity: rank for rank, polarity in enumerate(Polarity)}


def movement_rows(
    case: Case, figures: Figures, notes: Notebook, period: str
) -> tuple[MovementRow, ...]:
    """Return the figures that have moved since the first period, bad ones first."""
    return tuple(movement_row(each, figures, notes) for each in moved_figures(case, period))


def change_in_words(breakdown: Breakdown, figures: Figures) -> tuple[str, tuple[str, ...]]:
    """Return a change with its sign and unit, and the effect of each part with its sign.

    All are written to the same number of decimals; an effect of nought has no sign.
    """
    indicator = figures.case.base.catalogue.indicators[breakdown.decomposition.of]
    scale = _scale(breakdown, indicator)
    written = scale.signed(scale.change, figures.language)
    unit = indicator.unit
    if unit is Unit.PERCENT:
        written = figures.words["points_short"].format(n=written)
    elif unit in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS):
        kind = formats.plural(written.lstrip("+" + formats.MINUS), scale.change, figures.language)
        written = figures.words[f"{unit.value}.{kind}"].format(n=written)
    effects = (
        scale.signed(scale.rounded(share.effect), figures.language) for share in breakdown.shares
    )
    return written, tuple(effects)


def moved_figures(case: Case, period: str, moment: str = "first") -> tuple[Breakdown, ...]:
    """Return what moved the figures since the ``first`` or ``previous`` period, bad ones first.

    A figure that can be taken apart in several ways is, in the first that is known. Of two where
    the one is a piece of the other (the operating cycle in the cash cycle) only one is told.
    """
    catalogue = case.base.catalogue
    found: dict[str, Breakdown] = {}
    for decomposition in catalogue.decompositions.values():
        if decomposition.of in found or period == case.accounts.periods[0].id:
            continue
        breakdown = case.breakdown(decomposition, period, moment)
        if breakdown is not None:
            found[decomposition.of] = breakdown
    areas = [area.id for area in case.base.areas]

    def rank(breakdown: Breakdown) -> tuple[int, int]:
        area = breakdown.decomposition.of.split(".")[1]
        polarity = _polarity(catalogue.indicators[breakdown.decomposition.of], breakdown)
        return _ORDER[polarity], areas.index(area) if area in areas else len(areas)

    chosen: list[Breakdown] = []
    for breakdown in sorted((b for b in found.values() if b.leader is not None), key=rank):
        figures = _figures(breakdown)
        if not any(figures <= other or other <= figures for other in map(_figures, chosen)):
            chosen.append(breakdown)
    return tuple(chosen[:MOST])


def _figures(breakdown: Breakdown) -> set[str]:
    return {part.figure for part in breakdown.decomposition.parts}


def _polarity(indicator: Indicator, breakdown: Breakdown) -> Polarity:
    if indicator.general is None or breakdown.now.value is None:
        return Polarity.INFO
    return indicator.general.band_of(breakdown.now.value).polarity


def movement_row(breakdown: Breakdown, figures: Figures, notes: Notebook) -> MovementRow:
    """Write one figure that has moved, with the parts that moved it."""
    indicator = figures.case.base.catalogue.indicators[breakdown.decomposition.of]
    scale = _scale(breakdown, indicator)
    before, now = (
        scale.figure(reading.value or Decimal(0), figures.language)
        for reading in (breakdown.before, breakdown.now)
    )
    change = scale.signed(scale.change, figures.language)
    if indicator.unit is Unit.PERCENT:
        change = figures.words["points_short"].format(n=change)
    parts = Sentence(_parts(breakdown, scale, figures), (notes.moved(breakdown),))
    return MovementRow(table_name(indicator, figures), before, now, change, parts)


def movement_in_words(breakdown: Breakdown, figures: Figures, notes: Notebook) -> MovementRow:
    """Write the same with units throughout, for a sentence."""
    indicator = figures.case.base.catalogue.indicators[breakdown.decomposition.of]
    scale = _scale(breakdown, indicator)
    in_full = figures.case.base.catalogue.in_full(indicator.id)

    def figure(value: Decimal) -> str:
        if indicator.unit is Unit.MONEY:
            return figures.write(value, indicator.unit, in_full=in_full)
        text = scale.figure(value, figures.language)
        return _counted(text, scale.rounded(value), indicator.unit, figures)

    def effect(value: Decimal) -> str:
        if indicator.unit is Unit.MONEY:
            sign = "+" if value > 0 else formats.MINUS if value < 0 else ""
            return sign + figures.write(abs(value), indicator.unit, in_full=in_full)
        text = scale.signed(scale.rounded(value), figures.language)
        if indicator.unit is Unit.PERCENT:
            return figures.words["points_short"].format(n=text)
        return _counted(text, scale.rounded(value), indicator.unit, figures)

    before, now = (figure(r.value or Decimal(0)) for r in (breakdown.before, breakdown.now))
    parts = Sentence(_listed(breakdown, effect, figures), (notes.moved(breakdown),))
    name = indicator.name.in_language(figures.language)
    return MovementRow(name, before, now, effect(breakdown.change), parts)


def _counted(text: str, value: Decimal, unit: Unit, figures: Figures) -> str:
    """Write days, weeks or months with their word; other figures as they are."""
    if unit not in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS):
        return text
    kind = formats.plural(text.lstrip("+" + formats.MINUS), value, figures.language)
    return figures.words[f"{unit.value}.{kind}"].format(n=text)


def _parts(breakdown: Breakdown, scale: "_Scale", figures: Figures) -> str:
    """Write the parts of a change with their signs."""
    return _listed(
        breakdown, lambda value: scale.signed(scale.rounded(value), figures.language), figures
    )


def _listed(breakdown: Breakdown, written: Callable[[Decimal], str], figures: Figures) -> str:
    """List the parts of a change, largest first; the small ones as one rest, without noughts."""

    def smallness(share: Share) -> Decimal:
        return -abs(share.effect)

    ordered = sorted(breakdown.shares, key=smallness)
    effects = [(s.part.name.in_language(figures.language), s.effect) for s in ordered]
    if sum(effect != 0 for _, effect in effects) > PARTS + 1:
        rest = sum((effect for _, effect in effects[PARTS:]), Decimal(0))
        effects = [*effects[:PARTS], (figures.words["movement.rest"], rest)]
    told = ((part, written(effect)) for part, effect in effects)
    return figures.words["list.semicolon"].join(
        figures.words["movement.part"].format(part=part, effect=effect)
        for part, effect in told
        if effect[0] in (formats.MINUS, "+")
    )


class _Scale(NamedTuple):
    """How the figures of one row are written, all to the same number of decimals.

    ``change`` is rounded to them; it is the difference of the figures as they are printed.
    """

    unit: Unit
    digits: int
    change: Decimal

    def rounded(self, value: Decimal) -> Decimal:
        return _rounded(value, self.unit, self.digits)

    def figure(self, value: Decimal, language: str) -> str:
        """Write a figure; days, percents and amounts without idle noughts."""
        shown = self.rounded(value)
        whole = self.unit is not Unit.TIMES and shown == shown.to_integral_value()
        text = formats.number(shown, language, 0 if whole else self.digits)
        return f"{text}%" if self.unit is Unit.PERCENT else text

    def signed(self, rounded: Decimal, language: str) -> str:
        """Write an effect with its sign, bare but for nought."""
        text = formats.number(rounded, language, self.digits)
        return f"+{text}" if rounded > 0 else text


def _rounded(value: Decimal, unit: Unit, digits: int) -> Decimal:
    """Round a value in its unit, percents in points."""
    scaled = value * 100 if unit is Unit.PERCENT else value
    return scaled.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _scale(breakdown: Breakdown, indicator: Indicator) -> _Scale:
    """Find the decimals with which the printed change is the difference of the printed figures.

    One decimal more than usual is given where that fails (1.131 and 1.046: −0.085), and as many as
    tell the figures from an edge of their norm. Where even that leaves a difference, it is in the
    last decimal, and the printed figures decide.
    """
    unit, size = indicator.unit, abs(breakdown.change)
    before, now = (r.value or Decimal(0) for r in (breakdown.before, breakdown.now))
    match unit:
        case Unit.PERCENT:
            least = 1
        case Unit.DAYS:
            least = 0 if size >= 10 else 1
        case Unit.MONEY:
            amounts = (before, now)
            whole = all(a == a.to_integral_value() for a in amounts)
            least = 0 if whole or min(map(abs, amounts)) >= 1000 else 2
        case _:
            least = 2 if size < 10 else 1
    bands = indicator.general.bands if indicator.general else ()
    edges = [band.edge for band in bands if band.edge is not None]
    digits = least
    while digits < least + MOST_DECIMALS and any(
        value != edge and _rounded(value, unit, digits) == _rounded(edge, unit, digits)
        for value in (before, now)
        for edge in edges
    ):
        digits += 1

    def difference(to: int) -> Decimal:
        return _rounded(now, unit, to) - _rounded(before, unit, to)

    if digits == least and difference(digits) != _rounded(breakdown.change, unit, digits):
        digits += 1
    return _Scale(unit, digits, difference(digits))
