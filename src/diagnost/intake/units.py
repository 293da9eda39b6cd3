"""What an amount of 1 means: in the statements, and in records and answers.

``unit`` is that of the statements: amounts of line items and the indicators given beside them.
Records and answers are in whole units of the currency, unless ``records_unit`` says otherwise, or a
heading or title of their own ("Kwota (tys. zł)", "金额（万元）"). In a file that holds records or
answers and no statements, ``unit`` can only be meant for these.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.draft import Draft
from diagnost.intake.labels import LINE
from diagnost.intake.remarks import Remarks
from diagnost.intake.words import unit_of
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At

UNIT, RECORDS_UNIT = "unit", "records_unit"
Place = tuple[str, str]
"""A file, or a sheet of it."""


class Units(NamedTuple):
    """The units of a case, in units of the currency."""

    statements: int = 1
    records: int = 1
    by_place: Mapping[Place, int] = {}  # of records and answers, where file or sheet have their own

    def of_records(self, at: At) -> int:
        """Return the unit of the records or the answer at a place."""
        of_file = self.by_place.get((at.file, ""), self.records)
        return self.by_place.get((at.file, at.sheet), of_file)


def settle_units(draft: Draft, catalogue: Catalogue, remarks: Remarks) -> Units:
    """Return the units that a case states; a unit said twice differently is a problem."""
    only_records = _with_records(draft, catalogue) - _with_statements(draft, catalogue)
    sheets = {(raw.at.file, raw.at.sheet) for raw in draft.records if raw.at.sheet}
    own: dict[Place, list[Cell]] = {}
    statements: list[Cell] = []
    for field, cell in draft.facts:
        if field == UNIT and (cell.at.file, cell.at.sheet) in sheets:
            own.setdefault((cell.at.file, cell.at.sheet), []).append(cell)
        elif field == UNIT and cell.at.file in only_records:
            own.setdefault((cell.at.file, ""), []).append(cell)
        elif field == UNIT:
            statements.append(cell)
    everywhere = [cell for field, cell in draft.facts if field == RECORDS_UNIT]
    by_place: dict[Place, int] = {}
    for place, cells in own.items():
        by_place[place] = unit = _one(UNIT, cells, remarks)
        if unit != 1:
            remarks.note("records_unit_taken", cells[0].at, unit=str(unit))
    return Units(_one(UNIT, statements, remarks), _one(RECORDS_UNIT, everywhere, remarks), by_place)


def _with_statements(draft: Draft, catalogue: Catalogue) -> set[str]:
    """Return the files that give line items or figures of the statements."""
    return {
        cell.at.file
        for entry in draft.entries
        if entry.match.kind == LINE or not catalogue.in_full(entry.match.id)
        for cell in entry.cells.values()
    }


def _with_records(draft: Draft, catalogue: Catalogue) -> set[str]:
    """Return the files that give records, or answers to a questionnaire."""
    asked = (cell.at.file for key, cell in draft.context if catalogue.questions[key].purpose)
    return {*(raw.at.file for raw in draft.records), *asked}


def _one(field: str, cells: Iterable[Cell], remarks: Remarks) -> int:
    """Return the unit that cells state, all the same one; 1 where none does."""
    found: tuple[int, Cell] | None = None
    for cell in cells:
        stated = unit_of(cell.text)
        if stated is None:
            hint = "Write a whole number such as 1000, or words such as 'tys. zł' or '万元'."
            remarks.error("A140", f"'{cell.text}' is not a unit of amounts", cell.at, hint)
        elif found is None:
            found = stated[0], cell
        elif found[0] != stated[0]:
            remarks.error(
                "A144",
                f"the {field} is {stated[0]} here and {found[0]} elsewhere",
                cell.at,
                f"State one {field} for the whole file; convert the amounts that differ.",
                also=found[1].at,
            )
    return found[0] if found is not None else 1
