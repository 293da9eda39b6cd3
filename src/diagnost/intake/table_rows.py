"""Rows of a table: which line item, indicator, question or method a label means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from diagnost.intake.cells import Cell, Row
from diagnost.intake.composing import Composer
from diagnost.intake.draft import LESS, MORE, PART, WHOLE, Draft, Entry
from diagnost.intake.grid_shapes import looks_like_number
from diagnost.intake.labels import (
    AMBIGUOUS,
    ELSEWHERE,
    INDICATOR,
    LINE,
    METHOD,
    QUESTION,
    LabelIndex,
    Match,
    key_of,
)
from diagnost.intake.mapping import NONE, UNDECIDED, MappedRow, MappedSheet
from diagnost.intake.method_rows import choice_in
from diagnost.intake.methods import MethodEntry
from diagnost.intake.numbers import says_unknown
from diagnost.intake.remarks import Remarks
from diagnost.intake.sections import FINANCE_COSTS, NO_ITEM, Section, Use
from diagnost.intake.seen import SeenRow
from diagnost.model.catalogue import Catalogue

MAX_TOLD = 300
"""A statement has some dozens of further rows; a ledger of thousands is not listed row by row."""
_CODE = re.compile(r"[\d.\-]+")
"""The number of an account or a position, which is no label where a name stands beside it."""
_LOSS = re.compile(r"(?:net )?loss\b|strata\b|(?:净)?亏损")


@dataclass(slots=True)
class Block:
    """One table: the columns of its labels, and of its periods with the index of the heading."""

    labels: tuple[int, ...]
    periods: dict[int, int]
    section: Section


class Rows:
    """Reads the rows of the tables of one sheet into the draft."""

    def __init__(
        self,
        draft: Draft,
        catalogue: Catalogue,
        index: LabelIndex,
        remarks: Remarks,
        *,
        title: str = "",
        mapped: MappedSheet | None = None,
    ) -> None:
        self.title = title
        self.mapped = mapped
        self.draft = draft
        self.catalogue = catalogue
        self.index = index
        self.remarks = remarks
        self.unknown_rows = 0
        self.finance_costs: tuple[Cell, dict[int, Cell]] | None = None
        self.composer = Composer(catalogue.composed)

    def read(self, block: Block, cells: Row, *, alone: bool) -> bool:
        """Read the part of a row that a table has; say whether the row has a label.

        Amounts without one are told of where the table stands ``alone``.
        """
        values = {
            index: cells[column]
            for column, index in block.periods.items()
            if column in cells and not says_unknown(cells[column].text)
        }
        label, match = self._label(block, cells)
        if label is None:
            if any(looks_like_number(cell) for cell in values.values()) and alone:
                self._ignored(next(iter(values.values())), "", values)
            return False
        if match is None and choice_in(label.text):
            match = Match(METHOD, choice_in(label.text))
        block.section.enter_statement(label.text)
        self._use(block.section, label, match, values)
        return True

    def _use(
        self, section: Section, label: Cell, match: Match | None, values: dict[int, Cell]
    ) -> None:
        """Note the amounts of a row as what its label means in this section."""
        financed = section.financed
        use = section.use(label.text, match, amounts=bool(values))
        if section.financed and not financed:
            self.finance_costs = label, values
        if use is not None and use.match.kind == LINE and _loss_without_sign(label, values):
            use = None
        amounts = any(looks_like_number(cell) for cell in values.values())
        settled = self.mapped.row(label.text) if self.mapped is not None and amounts else None
        here = NONE if use is None else self._name(use.match)
        if settled is None or settled.item in (UNDECIDED, here):
            self.composer.see(label, values)
        if settled is not None and settled.item != UNDECIDED:
            use = self._as_settled(settled, use, section, label)
        if amounts:
            self._seen(label, use)
        if settled is not None and settled.item == NONE and use is None:
            self._leave_out(label, label.text, values)
            return
        if use is None or use.match.kind == AMBIGUOUS:
            quiet = section.statement == "cash_flow"
            self._unknown(label, use.match if use else None, values, quiet=quiet)
        elif use.match is NO_ITEM or not values:
            return
        elif use.match.kind == QUESTION:
            self.draft.context.extend((use.match.id, cell) for cell in values.values())
        elif use.match.kind == ELSEWHERE:
            for heading, cell in values.items():
                self.draft.add_elsewhere(use.match.id, cell, heading)
        elif use.match.kind == METHOD:
            self.draft.method.extend(
                MethodEntry(use.match.id, label, cell) for cell in values.values()
            )
        else:
            item = self.catalogue.line_items.get(use.match.id)
            here = section.statement
            weak = bool(here and item and item.statement != here and use.how != LESS)
            self.draft.entries.append(Entry(use.match, label, values, use.how, weak))
            self._belonging(use, label, values)

    def _as_settled(
        self, settled: MappedRow, use: Use | None, section: Section, label: Cell
    ) -> Use | None:
        """Return what a row is by the mapping; what it is anyhow keeps what hangs on its place."""
        if settled.item == NONE:
            return use if use is not None and use.match is NO_ITEM else None
        if use is not None and self._name(use.match) == settled.item and use.how == settled.how:
            return use
        indicator = self.catalogue.symbols.get(settled.item)
        if settled.item not in self.catalogue.line_items and indicator is not None:
            return Use(Match(INDICATOR, indicator))
        return section.use_settled(label.text, settled.item, settled.how)

    def _name(self, match: Match) -> str:
        """Return how a mapping names an item."""
        if match.kind == INDICATOR:
            return self.catalogue.indicators[match.id].symbol
        return match.id

    def _seen(self, label: Cell, use: Use | None) -> None:
        """Note how a row was taken, for a mapping of the sheet."""
        item, how = "", WHOLE
        choices: tuple[str, ...] = ()
        if use is not None and use.match.kind == AMBIGUOUS:
            choices = use.match.choices
        elif use is not None and use.match.kind in (LINE, INDICATOR):
            item, how = self._name(use.match), use.how
        elif use is not None and use.match is not NO_ITEM:
            return
        self.draft.seen_rows.append(SeenRow(self.title, label, item, how, choices))

    def _belonging(self, use: Use, label: Cell, values: dict[int, Cell]) -> None:
        """Note what a row means for another item too."""
        if use.within:
            group = Match(LINE, use.within)
            self.draft.entries.append(Entry(group, label, values, LESS, True, own=use.match.id))
            self.remarks.note("counted_within_debts", label.at, label=label.text)
        elif use.with_item == FINANCE_COSTS and self.finance_costs is not None:
            costs, amounts = self.finance_costs
            here = {index: cell for index, cell in amounts.items() if index in values}
            self.draft.entries.append(Entry(use.match, costs, here, MORE))
            self.remarks.note("finance_costs_added", costs.at, label=costs.text)
        elif use.with_item:
            other = next(
                (
                    entry
                    for entry in reversed(self.draft.entries)
                    if (entry.match.id, entry.how) == (use.with_item, WHOLE)
                    and entry.label.at.sheet == label.at.sheet
                ),
                None,
            )
            if other is not None:
                self.draft.entries.append(Entry(use.match, other.label, other.cells, PART))

    def _label(self, block: Block, cells: Row) -> tuple[Cell | None, Match | None]:
        """Return the label of a row: the first cell that names something, else the longest."""
        texts = [
            cells[c]
            for c in block.labels
            if c in cells and cells[c].number is None and cells[c].text.strip(" -–—.·")
        ]
        texts = [cell for cell in texts if not _CODE.fullmatch(cell.text)] or texts
        found = [(cell, match) for cell in texts if (match := self.index.find(cell.text))]
        for cell, match in found:
            if match.kind != AMBIGUOUS:
                return cell, match
        if found:
            return found[0]
        return max(texts, key=lambda cell: len(cell.text), default=None), None

    def _unknown(
        self, label: Cell, match: Match | None, values: dict[int, Cell], *, quiet: bool
    ) -> None:
        """Tell of a row with amounts that names no line item; without amounts it is a heading.

        The rows of a cash-flow statement are known to be none, save a few: these are left out
        ``quiet``.
        """
        if not any(looks_like_number(cell) for cell in values.values()):
            return
        if match is not None:
            self.remarks.error(
                "A130",
                f"'{label.text}' can mean several line items",
                label.at,
                f"Name the row after one of: {', '.join(self._named(match.choices))}. "
                "Or settle it in a mapping (diagnost map).",
            )
            return
        self._leave_out(label, label.text, values, slips=True, quiet=quiet)

    def _leave_out(
        self,
        label: Cell,
        text: str,
        values: dict[int, Cell],
        *,
        slips: bool = False,
        quiet: bool = False,
    ) -> None:
        """Leave a row out with a note; a label one slip away from a known one is refused."""
        self.unknown_rows += 1
        slip = self.index.typo(text) if slips and self.unknown_rows <= MAX_TOLD else ""
        if slip:
            self.remarks.error(
                "A131",
                f"'{label.text}' is no known label",
                label.at,
                f"Did you mean {slip}? If not, word the label otherwise and it will be left out, "
                "or settle it in a mapping (diagnost map).",
            )
            return
        if quiet:
            self.draft.stray.extend(values.values())
        else:
            self._ignored(label, text, values)

    def _ignored(self, at: Cell, label: str, values: dict[int, Cell]) -> None:
        if self.unknown_rows > MAX_TOLD:
            return
        candidates = ", ".join(self.index.candidates(label)) if label else ""
        self.remarks.note("row_ignored", at.at, label=label, candidates=candidates)
        self.draft.stray.extend(values.values())

    def _named(self, ids: Iterable[str]) -> list[str]:
        return [
            f"{item} ({self.catalogue.line_items[item].names.in_language('en')})"
            if item in self.catalogue.line_items
            else item
            for item in ids
        ]


def _loss_without_sign(label: Cell, values: dict[int, Cell]) -> bool:
    """Say whether a row called a loss has an amount that does not look like one.

    Whether the 60 of "Loss before tax 60" is a loss or, among losses in parentheses, a profit,
    nobody can tell.
    """
    if not _LOSS.match(key_of(label.text)):
        return False
    return any(
        cell.number > 0
        if cell.number is not None
        else looks_like_number(cell) and cell.text.strip()[:1].isdigit() and cell.text.strip(" 0.,")
        for cell in values.values()
    )
