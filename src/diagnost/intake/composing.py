"""Totals that a form has no row for, put together from the rows that make them up.

The forms of the Chinese standards go from cash to stock without a total of the receivables. Where a
sheet has the rows by which such a form is known (``Composed.needs``), the item is the sum of its
rows, and what is left blank among them is nil, as the form means it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.draft import PART, WHOLE, Draft, Entry
from diagnost.intake.labels import LINE, Match, key_of, spellings
from diagnost.intake.remarks import Remarks
from diagnost.model.accounts import Composed
from diagnost.model.located import At


class _Row(NamedTuple):
    """A row of the sheet, with every spelling by which it may be known."""

    keys: frozenset[str]
    label: Cell
    cells: Mapping[int, Cell]


class Composer:
    """Gathers the rows of one sheet that a composed item may be made of."""

    def __init__(self, composed: Iterable[Composed]) -> None:
        self._composed = tuple(composed)
        self._known = {
            key_of(label) for each in self._composed for label in (*each.parts, *each.needs)
        }
        self._rows: list[_Row] = []

    def see(self, label: Cell, cells: Mapping[int, Cell]) -> None:
        """Note a row, with amounts or without."""
        if not self._known or label.text.isascii():
            return
        keys = frozenset(key_of(spelling) for spelling, _ in spellings(label.text))
        if keys & self._known:
            self._rows.append(_Row(keys, label, cells))

    def compose(self, draft: Draft, remarks: Remarks) -> None:
        """Add the rows of each item that the sheet allows to be put together."""
        used: set[At] = set()
        for each in self._composed:
            if all(any(key_of(need) in row.keys for row in self._rows) for need in each.needs):
                used |= self._add(each, draft)
        remarks.notes = [
            note for note in remarks.notes if note.kind != "row_ignored" or note.at not in used
        ]

    def _add(self, composed: Composed, draft: Draft) -> set[At]:
        """Add the parts of an item; return their places, none where a row gives the whole."""
        parts = self._parts(composed)
        places = {row.label.at for row in parts}
        for index, entry in enumerate(draft.entries):
            if entry.match.id == composed.item and entry.how == WHOLE and not entry.weak:
                if entry.label.at not in places:
                    return set()
                draft.entries[index] = entry._replace(how=PART)
        said = {e.label.at for e in draft.entries if e.match.id == composed.item}
        draft.entries += [
            Entry(Match(LINE, composed.item), row.label, row.cells, PART, weak=True)
            for row in parts
            if row.label.at not in said and row.cells
        ]
        return places

    def _parts(self, composed: Composed) -> list[_Row]:
        """Return the rows that make up an item; one that is "of which" is counted already."""
        order = {key_of(label): place for place, label in enumerate(composed.parts)}
        sums = {order[key_of(label)] for label in composed.sums}
        found: list[_Row] = []
        held = -1  # parts up to here stand in a sum that was read
        for row in self._rows:
            place = min((order[key] for key in row.keys if key in order), default=-1)
            if place > held or place in sums:
                found.append(row)
            if place in sums:
                held = max(held, place)
        return found
