"""Rows of label and value before and beside tables: the company, the unit, answers."""

import re
from collections.abc import Collection

from diagnost.intake.cells import Cell, Row
from diagnost.intake.draft import Draft
from diagnost.intake.grid_shapes import span_of
from diagnost.intake.labels import ELSEWHERE, METHOD, QUESTION, LabelIndex, Match
from diagnost.intake.method_rows import choice_in
from diagnost.intake.methods import MethodEntry
from diagnost.intake.spans import Span
from diagnost.intake.words import AS_OF, field_of, unit_in_title, unit_of, unit_stated

_NAMED_PERIOD = re.compile(
    r"(?i)\s*(?:会计期间|所属期间|报表期间|期间|报表日期|会计年度|okres|za okres|period)\s*[:：]\s*"
)
_FIELD_AND_VALUE = re.compile(r"([^:：]{2,40})[:：]\s*(\S.*)", re.DOTALL)


def read_company_row(
    cells: Row, draft: Draft, index: LabelIndex, *, in_table: bool
) -> tuple[bool, Span | None]:
    """Read company fields, answers and the unit from a row into the draft.

    Several pairs may stand in one row, as may "公司名称：某某". Below the head of a table
    (``in_table``) only company fields are looked for. Returns whether the row is such a row and
    holds no amounts, and the day that it names beside the fields.
    """
    columns = sorted(cells)
    found, day = False, None
    position = 0
    while position < len(columns):
        cell = cells[columns[position]]
        position += 1
        if cell.number is not None or (cell.text.isascii() and cell.text.isdigit()):
            continue
        following = cells[columns[position]] if position < len(columns) else None
        inline = _FIELD_AND_VALUE.fullmatch(cell.text)
        if inline and (field := field_of(inline[1])) and field != AS_OF:
            draft.facts.append((field, Cell(inline[2].strip(), cell.at)))
            found = True
        elif (field := field_of(cell.text)) == AS_OF:
            # "Stan na dzień 31.12.2023" heads amounts as well: only in a cell of its own a field.
            if not in_table and following is not None and len(columns) == 2:
                draft.as_of.append(following)
                return True, None
        elif field:
            if following is not None and span_of(following, None) is None:
                draft.facts.append((field, following))
                position += 1
                found = True
            elif following is None:
                found = True
        elif not in_table and following is not None and (match := _asked(cell, index)):
            if match.kind == ELSEWHERE:
                draft.add_elsewhere(match.id, following)
            else:
                draft.context.append((match.id, following))
            position += 1
            found = True
        elif not in_table and following is not None and (choice := _choice(cell, index)):
            draft.method.append(MethodEntry(choice[0], cell, following))
            position += 1
            found = True
        elif found and (span := span_of(_without_name(cell), None)) is not None:
            day = span
        elif not in_table and (unit := _unit_in(cell)) is not None:
            draft.facts.append(("unit", unit))
    return found, day


def _asked(cell: Cell, index: LabelIndex) -> Match | None:
    match = index.find(cell.text)
    return match if match is not None and match.kind in (QUESTION, ELSEWHERE) else None


def _choice(cell: Cell, index: LabelIndex) -> tuple[str] | None:
    """Return the choice of method that a label names, '' for the whole method; None if none."""
    match = index.find(cell.text)
    if match is not None and match.kind == METHOD:
        return (match.id,)
    unknown = choice_in(cell.text)
    return (unknown,) if unknown else None


def _unit_in(cell: Cell) -> Cell | None:
    """Return the unit that a title states: "(w tys. zł)", "RZiS w tys. zł"."""
    found = unit_in_title(cell.text)
    return Cell(found[0], cell.at) if found is not None else None


def unit_below(cells: Row, periods: Collection[int], draft: Draft) -> bool:
    """Read a row that gives the unit under each period ("£'000"); say whether it is one.

    A unit with its scale may stand under the heading of the labels as well.
    """
    stated = {
        column: unit_of(cell.text)
        for column, cell in cells.items()
        if cell.number is None and not cell.text[:1].isdigit()
    }
    if len(stated) < len(cells) or None in stated.values():
        return False
    if not all(column in periods or unit_stated(cells[column].text) > 1 for column in cells):
        return False
    first = cells[min(cells)]
    unit = stated[min(cells)]
    draft.facts.append(("unit" if unit is not None and unit[0] > 1 else "currency", first))
    return True


def _without_name(cell: Cell) -> Cell:
    """Return a cell such as "会计期间：2023年度" with the period alone."""
    named = _NAMED_PERIOD.match(cell.text)
    return cell._replace(text=cell.text[named.end() :]) if named else cell
