"""What several cells together must change by: small systems of equations, solved exactly."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from diagnost.compute.slopes import CellKey, Slopes


class Row(NamedTuple):
    """An equation for the changes of cells: what they make together must be ``wanted``."""

    slopes: dict[CellKey, Fraction]
    wanted: Fraction


def moved(limit: Slopes, changes: Mapping[CellKey, Fraction]) -> Fraction:
    """Return what a figure would be after changes of cells."""
    return limit.value + sum(
        (slope * change for c, change in changes.items() if (slope := limit.by_cell.get(c))),
        Fraction(0),
    )


def solved(rows: Iterable[Row], cells: Sequence[CellKey]) -> dict[CellKey, Fraction] | None:
    """Solve for the change of every cell by the first rows that do; None if they leave one open."""
    pivots: list[tuple[CellKey, Row]] = []
    for row in rows:
        slopes, wanted = dict(row.slopes), row.wanted
        for cell, pivot in pivots:
            times = slopes.get(cell, Fraction(0))
            if times:
                wanted -= times * pivot.wanted
                for other, slope in pivot.slopes.items():
                    slopes[other] = slopes.get(other, Fraction(0)) - times * slope
        free = next((cell for cell in cells if slopes.get(cell)), None)
        if free is None:
            continue
        scale = slopes[free]
        own = Row({c: s / scale for c, s in slopes.items() if s}, wanted / scale)
        pivots.append((free, own))
        if len(pivots) == len(cells):
            break
    else:
        return None
    changes: dict[CellKey, Fraction] = {}
    for cell, row in reversed(pivots):
        others = sum((s * changes[c] for c, s in row.slopes.items() if c != cell), Fraction(0))
        changes[cell] = row.wanted - others
    return changes
