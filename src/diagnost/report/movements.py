"""What moved the figures: the largest changes since the first period, each taken apart."""

from decimal import Decimal

from diagnost.model.decomposition import Breakdown, Share
from diagnost.model.indicator import Indicator, Polarity, Unit
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.appendix import table_name
from diagnost.report.document import MovementRow, Sentence
from diagnost.report.figures import Figures
from diagnost.report.notes import Notebook

MOST = 6
"""How many figures are taken apart at most."""
PARTS = 4
"""How many parts are named, the largest; two or more others are told in one sum."""

_ORDER = {polarity: rank for rank, polarity in enumerate(Polarity)}


def movement_rows(
    case: Case, figures: Figures, notes: Notebook, period: str
) -> tuple[MovementRow, ...]:
    """Return the figures that have moved since the first period, bad ones first.

    A figure that can be taken apart in several ways is, in the first that is known. Of two where
    the one is a piece of the other (the operating cycle in the cash cycle) only one is told.
    """
    return tuple(_row(each, figures, notes) for each in _chosen(case, period))


def _chosen(case: Case, period: str) -> list[Breakdown]:
    catalogue = case.base.catalogue
    found: dict[str, Breakdown] = {}
    for decomposition in catalogue.decompositions.values():
        if decomposition.of in found or period == case.accounts.periods[0].id:
            continue
        breakdown = case.breakdown(decomposition, period)
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
    return chosen[:MOST]


def _figures(breakdown: Breakdown) -> set[str]:
    return {part.figure for part in breakdown.decomposition.parts}


def _polarity(indicator: Indicator, breakdown: Breakdown) -> Polarity:
    if indicator.general is None or breakdown.now.value is None:
        return Polarity.INFO
    return indicator.general.band_of(breakdown.now.value).polarity


def _row(breakdown: Breakdown, figures: Figures, notes: Notebook) -> MovementRow:
    indicator = figures.case.base.catalogue.indicators[breakdown.decomposition.of]
    form = {Unit.DAYS: "number", Unit.MONEY: "amount"}.get(indicator.unit, "")
    before, now = (
        figures.reading(indicator, reading.value or Decimal(0), form)
        for reading in (breakdown.before, breakdown.now)
    )
    change = _signed(breakdown.change, breakdown, indicator.unit, figures.language)
    if indicator.unit is Unit.PERCENT:
        change = figures.words["points_short"].format(n=change)
    parts = Sentence(_parts(breakdown, indicator, figures), (notes.moved(breakdown),))
    return MovementRow(table_name(indicator, figures), before, now, change, parts)


def _parts(breakdown: Breakdown, indicator: Indicator, figures: Figures) -> str:
    """Write the parts of a change with their signs, largest first; the small ones as one rest."""

    def smallness(share: Share) -> Decimal:
        return -abs(share.effect)

    ordered = sorted(breakdown.shares, key=smallness)
    effects = [(s.part.name.in_language(figures.language), s.effect) for s in ordered]
    if sum(effect != 0 for _, effect in effects) > PARTS + 1:
        rest = sum((effect for _, effect in effects[PARTS:]), Decimal(0))
        effects = [*effects[:PARTS], (figures.words["movement.rest"], rest)]
    written = (
        (part, _signed(effect, breakdown, indicator.unit, figures.language))
        for part, effect in effects
    )
    return figures.words["list.semicolon"].join(
        figures.words["movement.part"].format(part=part, effect=effect)
        for part, effect in written
        if effect[0] in (formats.MINUS, "+")
    )


def _signed(value: Decimal, breakdown: Breakdown, unit: Unit, language: str) -> str:
    """Write an effect with its sign, as finely as the whole change needs; bare, but for 0."""
    size = abs(breakdown.change)
    match unit:
        case Unit.MONEY:
            text = formats.amount(value, language)
        case Unit.PERCENT:
            text = formats.number(value * 100, language, 1)
        case Unit.DAYS:
            text = formats.number(value, language, 0 if size >= 10 else 1)
        case _:
            text = formats.number(value, language, 2 if size < 10 else 1)
    nothing = not any(digit in text for digit in "123456789")
    return text if value < 0 or nothing else f"+{text}"
