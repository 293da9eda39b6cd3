"""Grids of cells → a draft: every sheet that holds a table or answers."""

from collections.abc import Sequence

from diagnost.intake.answers import answer_value
from diagnost.intake.cells import Grid
from diagnost.intake.draft import Draft
from diagnost.intake.grid_shapes import upright
from diagnost.intake.labels import LabelIndex
from diagnost.intake.remarks import Remarks
from diagnost.intake.table import Table
from diagnost.model.accounts import Answer
from diagnost.model.catalogue import Catalogue

_ANSWER_SHEETS = frozenset({"answers", "odpowiedzi", "回答", "答案", "问卷"})
_RECORD_SHEETS = frozenset({"records", "rekordy", "ewidencja", "记录"})


def read_grids(
    grids: Sequence[Grid],
    draft: Draft,
    catalogue: Catalogue,
    index: LabelIndex,
    remarks: Remarks,
) -> None:
    """Read all sheets of a file into the draft; sheets without anything known are left alone."""
    for grid in grids:
        title = grid.title.strip().casefold()
        if title in _ANSWER_SHEETS:
            _read_answers(grid, draft)
        elif title not in _RECORD_SHEETS:
            Table(upright(grid, index), draft, catalogue, index, remarks).read()
    if not draft.headings and not remarks.problems:
        remarks.error(
            "A116",
            "no table was found: there is no row of periods above amounts",
            grids[0].at,
            "Put the periods (2022, 2023 or 31.12.2023) in one row, the line items below it in "
            "the first column; an empty form shows the layout.",
        )
    _drop_empty_columns(draft)


def _drop_empty_columns(draft: Draft) -> None:
    """Leave out headings at the ends of a table that have no amounts under them.

    Such are the unused columns of a form, and dates in titles.
    """
    filled = {index for entry in draft.entries for index in entry.cells}
    ends: dict[int, list[int]] = {}
    for index in sorted(filled):
        ends.setdefault(draft.headings[index].group, []).append(index)
    used = [
        index
        for index, heading in enumerate(draft.headings)
        if heading.group in ends and ends[heading.group][0] <= index <= ends[heading.group][-1]
    ]
    place = {index: position for position, index in enumerate(used)}
    draft.headings = [draft.headings[index] for index in used]
    draft.entries = [
        entry._replace(cells={place[index]: cell for index, cell in entry.cells.items()})
        for entry in draft.entries
    ]
    draft.elsewhere = [
        figure._replace(heading=None if figure.heading is None else place[figure.heading])
        for figure in draft.elsewhere
        if figure.heading is None or figure.heading in place
    ]


def _read_answers(grid: Grid, draft: Draft) -> None:
    for row in grid.rows:
        cells = [row[column] for column in sorted(row) if not row[column].is_remark]
        if len(cells) >= 2 and not cells[0].text.isspace():
            key, value = cells[0].text, cells[1]
            draft.answers[key] = Answer(key=key, value=answer_value(value.text), at=value.at)
