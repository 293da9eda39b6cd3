"""What a user has settled about the rows and columns of a spreadsheet: its mapping.

It is written for one spreadsheet (``diagnost map``), corrected by the user and used again for that
of the next year. Rows are known by their label; of labels that stand several times in a sheet the
first of the mapping holds for the first of the sheet, and so on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.labels import key_of
from diagnost.intake.remarks import Remarks
from diagnost.intake.spans import Span
from diagnost.model.located import At

AUTO, NONE, UNDECIDED = "auto", "none", "undecided"
"""As it is read without a mapping; left out; still to be settled."""


class MappedRow(NamedTuple):
    """A row as the user has settled it: a line item or an indicator, or ``none``."""

    label: str
    item: str
    how: str
    at: At


@dataclass(slots=True)
class MappedSheet:
    """What is settled for one sheet; ``columns`` have a period, or None for a column left out."""

    title: str
    used: bool
    at: At
    columns: Mapping[str, Span | None]
    rows: Mapping[str, tuple[MappedRow, ...]]
    _seen: dict[str, int] = field(default_factory=dict)

    def row(self, label: str) -> MappedRow | None:
        """Return what is settled for the next row of that label, if anything is."""
        key = key_of(label)
        settled = self.rows.get(key, ())
        place = self._seen.get(key, 0)
        self._seen[key] = place + 1
        if not settled:
            return None
        return settled[min(place, len(settled) - 1)]

    def unseen(self) -> Iterable[MappedRow]:
        """Return the rows with an item that the sheet does not have."""
        for key, settled in self.rows.items():
            yield from (row for row in settled[self._seen.get(key, 0) :] if row.item != NONE)


@dataclass(slots=True)
class Mapped:
    """The mapping of a spreadsheet; ``unit`` is None where the sheet's own holds."""

    unit: Cell | None = None
    sheets: tuple[MappedSheet, ...] = ()
    _found: set[str] = field(default_factory=set)

    def sheet(self, title: str) -> MappedSheet | None:
        """Return what is settled for a sheet: of that title, or of one that differs by its year."""
        exact = [each for each in self.sheets if key_of(each.title) == key_of(title)]
        alike = [each for each in self.sheets if _undated(each.title) == _undated(title)]
        found = next(iter(exact or alike), None)
        if found is not None:
            self._found.add(found.title)
        return found

    def tell_unused(self, remarks: Remarks) -> None:
        """Tell of what the mapping settles and the spreadsheet does not have."""
        for sheet in self.sheets:
            if sheet.title not in self._found:
                remarks.note("mapping_unused", sheet.at, label=sheet.title)
            elif sheet.used:
                for row in sheet.unseen():
                    remarks.note("mapping_unused", row.at, label=row.label)


def _undated(title: str) -> str:
    return re.sub(r"\d+", "", key_of(title)).strip()


def by_label(rows: Iterable[MappedRow]) -> dict[str, tuple[MappedRow, ...]]:
    """Return rows by the label that they are known by, in their order."""
    found: dict[str, tuple[MappedRow, ...]] = {}
    for row in rows:
        key = key_of(row.label)
        found[key] = (*found.get(key, ()), row)
    return found
