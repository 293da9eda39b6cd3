"""Comparisons as JSON: with earlier periods, part by part, and with other firms."""

from collections.abc import Iterator
from typing import Any

from diagnost.model.benchmark import PeerFigure
from diagnost.model.decomposition import Breakdown
from diagnost.model.json_numbers import plain
from diagnost.pipeline import Case
from diagnost.report.json_values import amount_data


def breakdowns(case: Case) -> Iterator[Breakdown]:
    """Yield what moved each figure, by period, since the first and since the one before."""
    ids = [p.id for p in case.accounts.periods]
    for number, period in enumerate(ids):
        for decomposition in case.base.catalogue.decompositions.values():
            # In the second period the one before is the first.
            for moment in ("first", "previous") if number > 1 else ("first",):
                found = case.breakdown(decomposition, period, moment)
                if found is not None:
                    yield found


def breakdown_data(breakdown: Breakdown, case: Case, language: str) -> dict[str, Any]:
    """Return what moved a figure, part by part, with the amounts behind each."""
    decomposition = breakdown.decomposition
    catalogue = case.base.catalogue
    indicator = catalogue.indicators[decomposition.of]
    lead = breakdown.lead
    return {
        "id": decomposition.id,
        "of": indicator.id,
        "symbol": indicator.symbol,
        "since": breakdown.before.period,
        "period": breakdown.now.period,
        "method": "chain_substitution",
        "formula": decomposition.formula.text,
        "unit": indicator.unit.value,
        "before": plain(breakdown.before.value),
        "now": plain(breakdown.now.value),
        "change": plain(breakdown.change),
        "leader": breakdown.leader.part.id if breakdown.leader else None,
        "lead": catalogue.lead.band_of(lead).id if catalogue.lead and lead else None,
        "cites": list(decomposition.cites.ids),
        "basis": "inference" if decomposition.cites.inference else "text",
        "parts": [
            {
                "id": share.part.id,
                "figure": share.part.figure,
                "name": share.part.name.in_language(language),
                "before": plain(share.before.value),
                "now": plain(share.now.value),
                "effect": plain(share.effect),
                "inputs": [
                    amount_data(amount)
                    for reading in (share.before, share.now)
                    for amount in reading.inputs
                ],
                "where": [
                    str(place) for reading in (share.before, share.now) for place in reading.places
                ],
            }
            for share in breakdown.shares
        ],
    }


def benchmarks_data(case: Case) -> list[dict[str, Any]]:
    """Return what the company is compared with: by group, and among all firms."""
    catalogue = case.base.catalogue
    found = []
    for (indicator_id, group, period), benchmark in case.benchmarks.groups.items():
        value = case.readings[indicator_id, period].value
        yardstick = catalogue.yardsticks[indicator_id]
        side = None if value is None else yardstick.against(value, benchmark.value)
        found.append(
            {
                **_compared(case, indicator_id, group, period, benchmark.figures),
                "value": plain(benchmark.value),
                "kind": benchmark.kind,
                "against": side,
            }
        )
    for (indicator_id, period), spread in case.benchmarks.spreads.items():
        value = case.readings[indicator_id, period].value
        yardstick = catalogue.yardsticks[indicator_id]
        found.append(
            {
                **_compared(case, indicator_id, None, period, spread.figures),
                "lower_quartile": plain(spread.lower),
                "median": plain(spread.median),
                "upper_quartile": plain(spread.upper),
                "quartile": None if value is None else spread.quarter(value),
                "rank": None if value is None else yardstick.rank(value, spread.values),
                "of": len(spread.figures) + 1,
            }
        )
    return found


def _compared(
    case: Case, indicator_id: str, group: str | None, period: str, figures: tuple[PeerFigure, ...]
) -> dict[str, Any]:
    return {
        "indicator": indicator_id,
        "symbol": case.base.catalogue.indicators[indicator_id].symbol,
        "period": period,
        "group": group,
        "company": plain(case.readings[indicator_id, period].value),
        "better": case.base.catalogue.yardsticks[indicator_id].better,
        "figures": [
            {
                "firm": figure.firm or None,
                "group": figure.group,
                "value": plain(figure.value),
                "where": str(figure.at),
            }
            for figure in figures
        ],
    }
