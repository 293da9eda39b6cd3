"""The tables of the appendix: indicators with norms and trends, amounts with their places."""

from decimal import Decimal

from diagnost.compute.trends import comparable, trend, unbroken
from diagnost.model.indicator import Indicator, Norm, Polarity, Unit
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.document import AmountRow, ReadingRow, Word
from diagnost.report.figures import Figures
from diagnost.report.notes import Notebook


def reading_rows(
    case: Case, figures: Figures, notes: Notebook, periods: tuple[str, ...]
) -> tuple[ReadingRow, ...]:
    """Return the shown indicators that have a reading in any of the periods, area by area.

    Records that two sides keep give figures of both; those of a side not looked at stay out.
    """
    topics = [topic for area in case.base.areas for topic in area.topics]
    areas = [area.id for area in case.base.areas]
    per = case.subject.table if case.subject else ""
    indicators = [
        indicator
        for indicator in case.base.catalogue.indicators.values()
        if indicator.shown and indicator.per == per and case.looks_at(indicator.id)
    ]

    def position(indicator: Indicator) -> tuple[int, int, str]:
        area = indicator.id.split(".")[1]
        topic = indicator.id
        return (
            areas.index(area) if area in areas else len(areas),
            topics.index(topic) if topic in topics else len(topics),
            indicator.id,
        )

    rows = []
    for indicator in sorted(indicators, key=position):
        readings = [case.readings[indicator.id, period] for period in periods]
        if all(reading.value is None for reading in readings):
            continue
        last = readings[-1]
        if indicator.dated and indicator.general is None and not notes.names(indicator.id):
            continue  # nothing is said of it: JSON has it
        judgement = None
        if last.value is not None and indicator.general is not None:
            polarity = indicator.general.band_of(last.value).polarity
            judgement = Word(figures.words[f"polarity.{polarity}"], polarity.value)
        rows.append(
            ReadingRow(
                symbol=indicator.printed_symbol,
                name=table_name(indicator, figures),
                values=tuple(_cell(indicator, reading.value, figures) for reading in readings),
                norm=norm_text(indicator, figures),
                judgement=judgement,
                trend=_trend(indicator, [r.value for r in readings], figures),
                formula=notes.derivations.formula(indicator.id),
                derivation=notes.derivations.derivation(last),
                id=indicator.id,
            )
        )
    return tuple(rows)


def table_name(indicator: Indicator, figures: Figures) -> str:
    """Name an indicator in a table; what it is counted in stands beside the name.

    Days do, and the currency where the other amounts of the document are in a larger unit.
    """
    name = indicator.name.in_language(figures.language)
    accounts = figures.case.accounts
    full = figures.case.base.catalogue.in_full(indicator.id)
    if indicator.unit is Unit.MONEY and full and accounts.unit != 1 and accounts.currency:
        currency = formats.currency_word(accounts.currency, figures.language, figures.words)
        return figures.words["column.in_currency"].format(name=name, currency=currency)
    if indicator.unit is not Unit.DAYS or figures.words["column.days_mark"] in name:
        return name
    return figures.words["column.in_days"].format(name=name)


def _cell(indicator: Indicator, value: Decimal | None, figures: Figures) -> str:
    if value is None:
        return "–"
    form = {Unit.DAYS: "number", Unit.MONEY: "amount"}.get(indicator.unit, "")
    return figures.reading(indicator, value, form)


def _trend(indicator: Indicator, values: list[Decimal | None], figures: Figures) -> str:
    series = unbroken([comparable(value, indicator) for value in values])
    if len(series) < 2:
        return "–"
    return figures.words[f"trend.{trend(series, indicator.steadiness)}"]


def norm_text(indicator: Indicator, figures: Figures) -> str:
    """Write the favourable stretch of an indicator's norm; assumed edges bear an asterisk."""
    norm = indicator.general
    if norm is None:
        return "–"
    good = [band for band in norm.bands if band.polarity is Polarity.GOOD]
    if not good:
        return "–"
    lower, lower_assumed = _lower(norm, good[0].id)
    upper = good[-1].edge
    words = figures.words

    def edge(value: Decimal, assumed: bool) -> str:
        form = {Unit.DAYS: "number", Unit.MONEY: "amount"}.get(indicator.unit, "")
        return figures.write_limit(value, indicator.unit, form) + ("*" if assumed else "")

    if lower is not None and upper is not None:
        return words["norm.between"].format(
            lower=edge(lower, lower_assumed), upper=edge(upper, good[-1].assumed)
        )
    if lower is not None:
        return words["norm.from"].format(lower=edge(lower, lower_assumed))
    if upper is not None:
        return words["norm.to"].format(upper=edge(upper, good[-1].assumed))
    return "–"


def _lower(norm: Norm, band_id: str) -> tuple[Decimal | None, bool]:
    before = None
    for band in norm.bands:
        if band.id == band_id:
            return (None, False) if before is None else (before.edge, before.assumed)
        before = band
    return None, False


def amount_rows(
    case: Case, figures: Figures, notes: Notebook, periods: tuple[str, ...]
) -> tuple[AmountRow, ...]:
    """Return every line item that has an amount, in the order of the statements."""
    rows = []
    for item in case.base.catalogue.line_items.values():
        amounts = [case.accounts.amounts.get((item.id, period)) for period in periods]
        known = [amount for amount in amounts if amount is not None]
        if not known:
            continue
        places = [p for a in known for p in ((a.at,) if not a.parts else ())]
        rows.append(
            AmountRow(
                name=item.names.in_language(figures.language),
                values=tuple(
                    "–" if amount is None else formats.amount(amount.value, figures.language)
                    for amount in amounts
                ),
                places=notes.places(places) or figures.words["origin.derived"],
                id=item.id,
            )
        )
    return tuple(rows)
