"""Ids of questions that forms carry behind their rows ("#sales.rhythm.goals_split").

A form that was filled in months ago may word a question otherwise than it is worded today; by its
id the row is still known. The id stands for the label: what reads rows needs to know no more.
"""

import re

from diagnost.intake.cells import Cell, Grid, Row
from diagnost.intake.labels import QUESTION, LabelIndex, Match
from diagnost.intake.remarks import Remarks

_MARK = "#"
_ID = re.compile(r"#[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")


def mark_of(question: str) -> str:
    """Return how a form writes the id of a question."""
    return f"{_MARK}{question}"


def with_ids_for_labels(grid: Grid, index: LabelIndex, remarks: Remarks) -> Grid:
    """Return a grid in which rows that carry the id of a question have it for their label.

    An id that is no longer known is left out, and the label decides. A row whose label names
    another question than its id (a column sorted by itself) is a problem.
    """
    rows = tuple(_named(row, index, remarks) for row in grid.rows)
    return grid._replace(rows=tuple(row for row in rows if row))


def _named(row: Row, index: LabelIndex, remarks: Remarks) -> Row:
    marked = [c for c, cell in row.items() if cell.text[:1] == _MARK and _ID.fullmatch(cell.text)]
    if not marked:
        return row
    mark = row[marked[-1]]
    rest = {column: cell for column, cell in row.items() if column not in marked}
    name = mark.text.removeprefix(_MARK)
    by_id = _question(name, index)
    shown = [column for column in sorted(rest) if not rest[column].is_remark]
    if by_id is None or len(shown) < 2:
        return rest
    labels = shown[:-1]  # the answer stands last
    known = {column: m for column in labels if (m := _question(rest[column].text, index))}
    other = next((column for column, match in known.items() if match.id != by_id.id), None)
    if other is not None:
        remarks.error(
            "A133",
            f"by its id the row is {by_id.id}, by its label {known[other].id}",
            rest[other].at,
            "Put the row back together; or delete the id, and the label holds.",
            also=mark.at,
        )
        return {}
    column = next(iter(known), None)
    if column is None:
        column = max(labels, key=lambda each: len(rest[each].text))
    return {**rest, column: Cell(name, rest[column].at)}


def _question(label: str, index: LabelIndex) -> Match | None:
    match = index.find(label)
    return match if match is not None and match.kind == QUESTION else None
