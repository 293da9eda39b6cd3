"""Headings of columns → periods in order of time."""

from collections.abc import Sequence

from diagnost.intake.draft import Heading
from diagnost.intake.remarks import Remarks
from diagnost.intake.spans import Span, days_of
from diagnost.model.accounts import YEAR_DAYS, Period
from diagnost.model.located import At


def settle_periods(
    headings: Sequence[Heading], file: str, remarks: Remarks
) -> tuple[tuple[Period, ...], list[str]]:
    """Return the periods, oldest first, and for each heading the id of its period.

    Recognised headings are ordered by their last day; if any is not recognised all keep the
    order of the file. A date alone does not say how long the period is: a year is taken and told.
    """
    spans = _known_lengths(headings)
    ids = [_id_of(heading, span) for heading, span in zip(headings, spans, strict=True)]
    seen: dict[tuple[int, str], Heading] = {}
    first: dict[str, int] = {}
    for index, (heading, period_id) in enumerate(zip(headings, ids, strict=True)):
        twin = seen.setdefault((heading.group, period_id), heading)
        if twin is not heading:
            remarks.error(
                "A118",
                f"the period {heading.cell.text} stands twice",
                heading.cell.at,
                "Give every period one column.",
                also=twin.cell.at,
            )
        first.setdefault(period_id, index)
    order = list(first)
    if all(spans[index] is not None for index in first.values()):
        order.sort(key=lambda period_id: _when(spans[first[period_id]]))
    periods = tuple(
        _period(
            period_id,
            [(h, s) for h, s, i in zip(headings, spans, ids, strict=True) if i == period_id],
            remarks,
        )
        for period_id in order
    )
    assumed = [period.id for period in periods if not period.stated]
    if assumed:
        remarks.note("year_assumed", At(file), periods=", ".join(assumed))
    return periods, ids


def _known_lengths(headings: Sequence[Heading]) -> list[Span | None]:
    """Give a bare date the length that another heading with the same last day states."""
    lengths = [h.span for h in headings if h.span is not None and h.span.months is not None]
    known: list[Span | None] = []
    for heading in headings:
        span = heading.span
        if span is not None and span.months is None:
            same_end = [other for other in lengths if other.end == span.end]
            span = max(same_end, key=lambda other: other.months or 0, default=span)
        known.append(span)
    return known


def _id_of(heading: Heading, span: Span | None) -> str:
    if span is None:
        return heading.cell.text
    if span.end.year < 1000:  # "previous year", "current year" without any date
        return ("", "previous", "current")[span.end.year]
    return span.id


def _when(span: Span | None) -> tuple[int, int]:
    assert span is not None  # asked only where every heading was recognised
    return span.end.toordinal(), span.months or 0


def _period(
    period_id: str, found: Sequence[tuple[Heading, Span | None]], remarks: Remarks
) -> Period:
    at = found[0][0].cell.at
    stated = [(heading, heading.days) for heading, _ in found if heading.days is not None]
    for heading, days in stated[1:]:
        if days != stated[0][1]:
            remarks.error(
                "A119",
                f"the period {period_id} is said to last {days} and {stated[0][1]} days",
                heading.cell.at,
                "Give one length.",
                also=stated[0][0].cell.at,
            )
    if stated:
        return Period(id=period_id, days=stated[0][1], stated=True, at=at)
    months = next((span.months for _, span in found if span is not None and span.months), None)
    if months is None:
        return Period(id=period_id, days=YEAR_DAYS, stated=False, at=at)
    return Period(id=period_id, days=days_of(months), stated=True, at=at)
