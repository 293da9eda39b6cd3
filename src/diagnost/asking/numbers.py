"""The short table of figures that carry an answer."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from diagnost.asking.answer import NumberRow, Numbers
from diagnost.asking.speaker import Speaker
from diagnost.model.fact import Firing
from diagnost.model.indicator import Indicator, Polarity, Unit
from diagnost.report.appendix import norm_text, table_name
from diagnost.report.document import Word
from diagnost.report.figures import Figures

MOST = 5
"""How many figures a table shows."""

_ORDER = {polarity: rank for rank, polarity in enumerate(Polarity)}


def behind(
    speaker: Speaker,
    firings: Sequence[Firing],
    *,
    first: Sequence[str] = (),
    items: Iterable[str] = (),
) -> Numbers:
    """Return the figures that firings rest on, unfavourable ones first, and some line items.

    ``first`` are indicators that come before all others.
    """
    catalogue = speaker.base.catalogue
    found = {r.indicator: r for r in speaker.notes.readings_of(firings, speaker.period)}
    own = [catalogue.indicators[id_] for id_ in first]
    others = [
        indicator
        for id_ in found
        if (indicator := catalogue.indicators.get(id_)) is not None
        and indicator.shown
        and indicator not in own
        and found[id_].value is not None
    ]
    rows = [
        indicator_row(speaker, i) for i in (*own, *sorted(others, key=lambda i: _rank(speaker, i)))
    ]
    known = [row for row in rows if row is not None]
    listed = [row for item in dict.fromkeys(items) if (row := item_row(speaker, item)) is not None]
    room = max(MOST - len(listed[:2]), 1)
    return table(speaker, (*known[:room], *listed[:2]))


def table(speaker: Speaker, rows: Sequence[NumberRow]) -> Numbers:
    """Return rows under the periods that their figures are of."""
    then = earlier(speaker) if any(row.then != "–" for row in rows) else ""
    return Numbers(speaker.period, then, tuple(rows))


def earlier(speaker: Speaker) -> str:
    """Return the period beside which figures are set: the first, '' if there is but one."""
    return speaker.periods[0] if len(speaker.periods) > 1 else ""


def _rank(speaker: Speaker, indicator: Indicator) -> tuple[int, bool]:
    value = speaker.case.reading(indicator.id, speaker.period).value
    norm = indicator.general
    judged = norm.band_of(value).polarity if norm and value is not None else Polarity.INFO
    return _ORDER[judged], norm is None


def written(figures: Figures, indicator: Indicator, value: Decimal) -> str:
    """Write a figure of a table: days bare, as their name has the word; money in its currency."""
    return figures.reading(indicator, value, "number" if indicator.unit is Unit.DAYS else "")


def row_name(indicator: Indicator, figures: Figures) -> str:
    """Name a figure of a table; the currency stands with the amounts."""
    if indicator.unit is Unit.MONEY:
        return indicator.name.in_language(figures.language)
    return table_name(indicator, figures)


def indicator_row(speaker: Speaker, indicator: Indicator) -> NumberRow | None:
    """Return a figure of the period beside the first one; None where it has no value."""
    value = speaker.case.reading(indicator.id, speaker.period).value
    if value is None:
        return None
    before = earlier(speaker)
    known = before and (indicator.id, before) in speaker.case.readings
    then = speaker.case.reading(indicator.id, before).value if known else None
    norm = indicator.general
    judged = norm.band_of(value).polarity if norm is not None else None
    return NumberRow(
        id=indicator.id,
        name=row_name(indicator, speaker.figures),
        now=written(speaker.figures, indicator, value),
        then="–" if then is None else written(speaker.figures, indicator, then),
        norm=norm_text(indicator, speaker.figures),
        judgement=Word(speaker.words[f"polarity.{judged}"], judged.value) if judged else None,
        value=value,
        earlier=then,
    )


def item_row(speaker: Speaker, item: str) -> NumberRow | None:
    """Return an amount of the period beside the first one; None where it is not given."""
    amounts = speaker.case.accounts.amounts
    amount = amounts.get((item, speaker.period))
    if amount is None:
        return None
    then = amounts.get((item, earlier(speaker)))
    return NumberRow(
        id=item,
        name=speaker.item_name(item),
        now=speaker.figures.write(amount.value, Unit.MONEY),
        then="–" if then is None else speaker.figures.write(then.value, Unit.MONEY),
        norm="–",
        judgement=None,
        value=amount.value,
        earlier=then.value if then is not None else None,
    )
