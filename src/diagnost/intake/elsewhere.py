"""Figures of other firms that stand in the accounts themselves: "Sector average: ROS"."""

from collections.abc import Iterable, Sequence

from diagnost.intake.cells import Cell
from diagnost.intake.draft import Elsewhere
from diagnost.intake.filing import Filed, Numbers
from diagnost.intake.numbers import says_unknown
from diagnost.intake.particulars import fits_unit
from diagnost.intake.remarks import Remarks
from diagnost.model.benchmark import PeerFigure
from diagnost.model.catalogue import Catalogue


def settle_elsewhere(
    said: Iterable[Elsewhere],
    ids: Sequence[str],
    numbers: Numbers,
    catalogue: Catalogue,
    remarks: Remarks,
) -> tuple[PeerFigure, ...]:
    """Return the figures of groups of firms; those under a period hold for that period."""
    figures = []
    for each in said:
        filed = known_number(each.cell, each.indicator, numbers, catalogue, remarks)
        if filed is not None:
            figures.append(
                PeerFigure(
                    group=each.group,
                    firm="",
                    indicator=each.indicator,
                    value=filed.value,
                    at=each.cell.at,
                    as_written=each.cell.text,
                    period="" if each.heading is None else ids[each.heading],
                )
            )
    return without_repeats(figures, catalogue, remarks)


def known_number(
    cell: Cell, indicator_id: str, numbers: Numbers, catalogue: Catalogue, remarks: Remarks
) -> Filed | None:
    """Return the number of a cell in the unit of its indicator; None where nothing is known."""
    if says_unknown(cell.text) and cell.number is None:
        return None
    indicator = catalogue.indicators[indicator_id]
    filed = numbers.of(cell)
    if filed is None or not fits_unit(filed, indicator.symbol, indicator.unit.value, remarks):
        return None
    return filed


def without_repeats(
    figures: Iterable[PeerFigure], catalogue: Catalogue, remarks: Remarks
) -> tuple[PeerFigure, ...]:
    """Return each figure once; two that disagree are a problem with both places."""
    found: dict[tuple[str, str, str, str], PeerFigure] = {}
    for figure in figures:
        key = (figure.group, figure.firm, figure.indicator, figure.period)
        before = found.setdefault(key, figure)
        if before.value != figure.value:
            symbol = catalogue.indicators[figure.indicator].symbol
            whose = figure.firm or catalogue.groups[figure.group].name.in_language("en")
            remarks.error(
                "A132",
                f"{symbol} of {whose} is {figure.as_written} here and {before.as_written} "
                "elsewhere",
                figure.at,
                "Keep the right one.",
                also=before.at,
            )
    return tuple(found.values())
