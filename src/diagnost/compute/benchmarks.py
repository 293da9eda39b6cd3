"""Figures of other firms → what a company is compared with: group figures, medians, quartiles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

from diagnost.model.accounts import Accounts
from diagnost.model.benchmark import (
    MEDIAN_FROM,
    QUARTILES_FROM,
    Benchmark,
    Group,
    PeerFigure,
    Spread,
)
from diagnost.model.catalogue import Catalogue


class BenchmarkTable(NamedTuple):
    """Everything to compare with: by (indicator, group, period), and by (indicator, period)."""

    groups: Mapping[tuple[str, str, str], Benchmark]
    spreads: Mapping[tuple[str, str], Spread]


NOTHING = BenchmarkTable({}, {})


def compute_benchmarks(accounts: Accounts, catalogue: Catalogue) -> BenchmarkTable:
    """Return the benchmarks of every period.

    A figure given for a period holds for that one alone, and there goes before one of the same
    firm or group without a period. A group's own figure goes before the median of its firms.
    """
    if not accounts.peers:
        return NOTHING
    of_indicator: dict[str, list[PeerFigure]] = defaultdict(list)
    for figure in accounts.peers:
        of_indicator[figure.indicator].append(figure)
    groups: dict[tuple[str, str, str], Benchmark] = {}
    spreads: dict[tuple[str, str], Spread] = {}
    for indicator, figures in of_indicator.items():
        for period in accounts.periods:
            valid = _valid(figures, period.id)
            firms = tuple(figure for figure in valid if figure.firm)
            if len(firms) >= MEDIAN_FROM:
                spreads[indicator, period.id] = _spread(indicator, period.id, firms)
            for group in catalogue.groups.values():
                benchmark = _benchmark(indicator, group, period.id, valid, catalogue.groups)
                if benchmark is not None:
                    groups[indicator, group.id, period.id] = benchmark
    return BenchmarkTable(groups, spreads)


def quantile(values: Sequence[Decimal], part: int, parts: int) -> Decimal:
    """Return a cut point by inclusive linear interpolation; the least and greatest are the ends.

    ``quantile(values, 1, 4)`` is the lower quartile, as QUARTILE.INC of spreadsheets gives it.
    """
    data = sorted(values)
    place, rest = divmod((len(data) - 1) * part, parts)
    if not rest:
        return data[place]
    with localcontext() as context:
        context.prec = 28
        return (data[place] * (parts - rest) + data[place + 1] * rest) / parts


def _valid(figures: Iterable[PeerFigure], period: str) -> list[PeerFigure]:
    """Return the figures that hold in a period, one for each firm and group."""
    found: dict[tuple[str, str], PeerFigure] = {}
    for figure in figures:
        if figure.period not in ("", period):
            continue
        key = (figure.group, figure.firm)
        if key not in found or figure.period:
            found[key] = figure
    return list(found.values())


def _spread(indicator: str, period: str, firms: tuple[PeerFigure, ...]) -> Spread:
    values = [firm.value for firm in firms]
    quartiles = len(firms) >= QUARTILES_FROM
    return Spread(
        indicator=indicator,
        period=period,
        figures=firms,
        lower=quantile(values, 1, 4) if quartiles else None,
        median=quantile(values, 1, 2),
        upper=quantile(values, 3, 4) if quartiles else None,
    )


def _benchmark(
    indicator: str,
    group: Group,
    period: str,
    figures: Iterable[PeerFigure],
    groups: Mapping[str, Group],
) -> Benchmark | None:
    stated = [f for f in figures if f.group == group.id and not f.firm]
    if stated:
        return Benchmark(indicator, group.id, period, stated[0].value, "stated", (stated[0],))
    members = {group.id, *(g.id for g in groups.values() if g.within == group.id)}
    firms = tuple(f for f in figures if f.group in members and f.firm)
    if not firms:
        return None
    value = quantile([firm.value for firm in firms], 1, 2)
    kind = "firm" if len(firms) == 1 else "median"
    return Benchmark(indicator, group.id, period, value, kind, firms)
