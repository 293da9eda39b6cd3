"""The stretches of a scale between the edges of all norms of an indicator."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from diagnost.model.indicator import Band, Indicator, Norm
from diagnost.model.rule import FactKey

Stretches = Mapping[FactKey, tuple[int, ...]]
"""By the fact that a norm gives: for each band the stretches that lie in it, as bits."""


def stretches_of(indicators: Iterable[Indicator]) -> dict[FactKey, Stretches]:
    """Return, by fact, the stretches of all norms of its indicator, where it has several.

    Last among the bits of each norm stands that the value is not known, as in all the others.
    """
    found: dict[FactKey, Stretches] = {}
    for indicator in indicators:
        if len(indicator.norms) < 2:
            continue
        together = {fact_of(indicator, norm): _bits(indicator, norm) for norm in indicator.norms}
        found |= dict.fromkeys(together, together)
    return found


def fact_of(indicator: Indicator, norm: Norm) -> FactKey:
    """Return the fact that a norm gives."""
    return indicator.id if norm.id == "general" else f"{indicator.id}.{norm.id}"


def samples(indicator: Indicator) -> tuple[Decimal, ...]:
    """Return a value of every stretch, upwards: each edge, and one between each two."""
    edges = sorted({b.edge for norm in indicator.norms for b in norm.bands if b.edge is not None})
    if not edges:
        return (Decimal(0),)
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    return (edges[0] - 1, *sorted((*edges, *between)), edges[-1] + 1)


def _bits(indicator: Indicator, norm: Norm) -> tuple[int, ...]:
    values = samples(indicator)

    def of(band: Band) -> int:
        return sum(1 << place for place, v in enumerate(values) if norm.band_of(v) is band)

    return (*map(of, norm.bands), 1 << len(values))
