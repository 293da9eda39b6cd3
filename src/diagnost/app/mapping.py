"""How a spreadsheet is read: a mapping that its owner corrects once and uses again."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diagnost.app.machine_form import machine_form
from diagnost.app.shipped import ReadyShelf
from diagnost.app.sources import mapping_in_use
from diagnost.intake.draft import Tables
from diagnost.intake.files import FileReader, is_table
from diagnost.intake.labels import LINE, LabelIndex
from diagnost.intake.mapping import NONE, UNDECIDED
from diagnost.intake.mapping_file import read_mapping_file
from diagnost.intake.mapping_text import SeenSheet, ToSettle, mapping_text
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.seen import SeenRow
from diagnost.intake.tables import expect_table
from diagnost.intake.words import unit_of
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At, DiagnostError

TO_SETTLE = frozenset({"A130", "A131"})
"""Problems of rows that a mapping is there to settle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRequest:
    """Whose rows are to be mapped, and in which form."""

    file: Path
    form: str = "text"  # text | json


def mapping_of(request: MappingRequest) -> str:
    """Return how each row and column of a spreadsheet is read, with the mapping in use.

    Raises DiagnostError for what is no spreadsheet, has no table, or cannot be read for another
    reason than labels that are to be settled.
    """
    catalogue = ReadyShelf().catalogue
    name = request.file.name
    if request.file.exists() and not is_table(request.file):
        hint = "Name a workbook or a text table."
        raise stop("A191", "only a spreadsheet has rows to map", At(name), hint)
    remarks = Remarks()
    earlier = mapping_in_use()
    settled = read_mapping_file(earlier, catalogue) if earlier is not None else None
    reader = FileReader(catalogue, remarks, settled)
    found = reader.table(request.file, name)
    remaining = [problem for problem in remarks.problems if problem.code not in TO_SETTLE]
    if remaining:
        raise DiagnostError(remaining)
    if not remarks.problems:
        expect_table(found, remarks, reader.tables)
        remarks.stop_if_any()
    sheets = tuple(_sheets(found, reader.index))
    unit = _unit(found)
    if request.form == "json":
        base = ReadyShelf().base_of(None)
        return machine_form(base, _data(name, unit, sheets))
    return mapping_text(name, unit, sheets, lambda item: _named(item, catalogue))


def _sheets(found: Tables, index: LabelIndex) -> list[SeenSheet]:
    """Return the sheets of a file as they were read."""
    draft = found.draft
    tabled = {raw.at.sheet for raw in draft.records}
    return [
        SeenSheet(
            grid.title,
            tuple(column for column in draft.seen_columns if column.sheet == grid.title),
            tuple(_to_settle(row, index) for row in draft.seen_rows if row.sheet == grid.title),
        )
        for grid in found.grids
        if grid.title not in tabled or not grid.title
    ]


def _to_settle(row: SeenRow, index: LabelIndex) -> ToSettle:
    label = row.label.text
    if row.item:
        return ToSettle(label, row.item, row.how)
    if row.choices:
        return ToSettle(label, UNDECIDED, choices=row.choices)
    slip = index.typo(label)
    if slip:
        return ToSettle(label, UNDECIDED, near=_items((slip,), index))
    return ToSettle(label, NONE, near=_items(index.candidates(label), index))


def _items(labels: Iterable[str], index: LabelIndex) -> tuple[str, ...]:
    """Return the line items that labels name, each once."""
    found = (index.find(label) for label in labels)
    return tuple(dict.fromkeys(m.id for m in found if m is not None and m.kind == LINE))


def _unit(found: Tables) -> int:
    """Return what an amount of 1 means by the titles of the file, 1 where none says."""
    stated = (unit_of(cell.text) for name, cell in found.draft.facts if name == "unit")
    return next((unit[0] for unit in stated if unit is not None), 1)


def _named(item: str, catalogue: Catalogue) -> str:
    """Return the id and the name of a line item."""
    return f"{item} ({catalogue.line_items[item].names.in_language('en')})"


def _data(name: str, unit: int, sheets: tuple[SeenSheet, ...]) -> dict[str, Any]:
    return {
        "mapping_of": name,
        "unit": unit,
        "sheets": [
            {
                "sheet": sheet.title,
                "columns": [
                    {"heading": c.heading.text, "period": c.period or None, "at": str(c.heading.at)}
                    for c in sheet.columns
                ],
                "rows": [
                    {
                        "label": row.label,
                        "item": None if row.item in (NONE, UNDECIDED) else row.item,
                        "how": row.how,
                        "choices": list(row.choices),
                        "nearest": list(row.near),
                    }
                    for row in sheet.rows
                ],
            }
            for sheet in sheets
        ],
    }
