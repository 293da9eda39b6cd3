"""Grids of cells → a draft: every sheet that holds a table or answers."""

from collections.abc import Sequence

from diagnost.intake.cells import Grid
from diagnost.intake.company_rows import read_company_row
from diagnost.intake.draft import Draft, Tables
from diagnost.intake.grid_shapes import upright
from diagnost.intake.labels import QUESTION, LabelIndex, key_of
from diagnost.intake.limits import MAX_COLUMNS, MAX_ROWS
from diagnost.intake.mapping import Mapped
from diagnost.intake.raw_records import nothing_under
from diagnost.intake.remarks import Remarks
from diagnost.intake.row_ids import with_ids_for_labels
from diagnost.intake.table import Table
from diagnost.intake.table_labels import TableLabels
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At, nearest

ANSWER_SHEETS = frozenset(
    {"answers", "questionnaire", "odpowiedzi", "ankieta", "kwestionariusz", "回答", "答案", "问卷"}
)
_ANSWER_HEADS = frozenset(
    {"question", "questions", "id", "key", "pytanie", "pytania", "问题", "题目", "序号"}
)
_RECORD_SHEETS = frozenset({"records", "rekordy", "ewidencja", "记录"})


def read_grids(
    grids: Sequence[Grid],
    draft: Draft,
    catalogue: Catalogue,
    index: LabelIndex,
    remarks: Remarks,
    mapped: Mapped | None = None,
) -> Tables:
    """Read all sheets of a file into the draft; sheets without anything known are left alone.

    The title of a sheet says what it is, whatever else stands in it. What a mapping settles goes
    before what labels and headings say.
    """
    mapped = mapped or Mapped()
    for each in grids:
        grid = with_ids_for_labels(each, index, remarks)
        title, before = key_of(grid.title), draft.extent
        settled = mapped.sheet(grid.title)
        if settled is not None and not settled.used:
            continue
        if title in ANSWER_SHEETS:
            _read_answers(grid, draft, catalogue, index, remarks)
        elif title not in _RECORD_SHEETS:
            Table(upright(grid, index), draft, catalogue, index, remarks, settled).read()
        if grid.beyond is not None and draft.extent > before:
            _refuse_beyond(grid.beyond, remarks)
    mapped.tell_unused(remarks)
    if mapped.unit is not None:
        draft.facts = [(name, cell) for name, cell in draft.facts if name != "unit"]
        draft.facts.append(("unit", mapped.unit))
    beyond = next((grid.beyond for grid in grids if grid.beyond), None)
    if beyond is not None and not draft.extent and not draft.records:
        _refuse_beyond(beyond, remarks)
    has_table = bool(draft.headings or draft.records or draft.context)
    _drop_empty_columns(draft)
    return Tables(draft, has_table, grids)


def _refuse_beyond(at: At, remarks: Remarks) -> None:
    message = f"a cell beyond row {MAX_ROWS} or column {MAX_COLUMNS}"
    remarks.error("A104", message, at, "Keep only the table of the statements.")


def expect_table(found: Tables, remarks: Remarks, labels: TableLabels) -> None:
    """Tell of a file in which there is nothing to read."""
    if found.has_table or remarks.problems:
        return
    called = [(grid, table) for grid in found.grids if (table := labels.table(grid.title))]
    if called:
        for grid, table in called:
            remarks.problems += nothing_under(table, grid.at).problems
    elif not any(grid.rows for grid in found.grids):
        hint = "Start from an empty form (diagnost template)."
        remarks.error("A107", "there is nothing in this file", found.grids[0].at, hint)
    else:
        remarks.error(
            "A116",
            "no table was found: there is no row of periods above amounts",
            found.grids[0].at,
            "Put the periods (2022, 2023 or 31.12.2023) in one row, the line items below it in "
            "the first column; an empty form shows the layout.",
        )


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


def _read_answers(
    grid: Grid, draft: Draft, catalogue: Catalogue, index: LabelIndex, remarks: Remarks
) -> None:
    """Read a sheet of answers: the question, by id or wording, and the answer beside it."""
    for row in grid.rows:
        cells = [row[column] for column in sorted(row) if not row[column].is_remark]
        if read_company_row(dict(enumerate(cells)), draft, index, in_table=False)[0]:
            continue
        if len(cells) < 2 or key_of(cells[0].text) in _ANSWER_HEADS:
            continue
        asked = [m for cell in cells[:-1] if (m := index.find(cell.text)) and m.kind == QUESTION]
        if asked:
            draft.context.append((asked[0].id, cells[-1]))
        elif index.find(cells[0].text) is None:
            hint = nearest(cells[0].text, catalogue.questions)
            hint = hint or "Copy the question from an empty form (diagnost template)."
            message = f"'{cells[0].text}' is not a question"
            remarks.error("A115", message, cells[0].at, hint)
