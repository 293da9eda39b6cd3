"""The positions of one filed statement: what each amounts to, with signs and gaps settled.

Costs are filed positive by most and negative by some; the formulas of the layout tell which. A
position that is not filed is nil where those filed beside it already make up their parent, and
unknown elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from diagnost.intake.cells import Cell
from diagnost.intake.remarks import Remarks
from diagnost.intake.xml_elements import Element
from diagnost.model.filed_statement import Body, LayoutFormula
from diagnost.model.located import At

CURRENT, PREVIOUS = 0, 1
"""The columns of a filed statement."""
AMOUNT, COMPARATIVE, RESTATED = "KwotaA", "KwotaB", "KwotaB1"
ADDED, ADDED_AMOUNTS = "PozycjaUszczegolawiajaca", "KwotyPozycji"
_AMOUNT = re.compile(r"[+-]?\d{1,18}([.,]\d{1,4})?")


class Found(NamedTuple):
    """What a position is in one column; ``turned`` where it was filed with a minus sign."""

    value: Decimal
    cell: Cell
    turned: bool = False


@dataclass(slots=True)
class Position:
    """A position as filed: its place and its amounts by column."""

    name: str
    at: At
    cells: dict[int, Cell] = field(default_factory=dict)
    restated: bool = False


class Positions:
    """The positions of one statement, by name.

    ``step`` is the unit in which amounts are rounded: 1 in statements in thousands, 0.01 in others.
    """

    def __init__(self, body: Body, element: Element, step: Decimal, remarks: Remarks) -> None:
        self.body = body
        self.at = element.at
        self._step = step
        self._remarks = remarks
        self.positions: dict[str, Position] = {}
        self._added: dict[str, list[Position]] = {}  # lines of the firm's own, by parent
        self._take(element, "")
        self._turned = {column: self._filed_negative(column) for column in (CURRENT, PREVIOUS)}
        self._tell_empty_totals()

    def _take(self, element: Element, parent: str) -> None:
        for child in element.children:
            if child.name.startswith(ADDED):
                amounts = child.child(ADDED_AMOUNTS)
                if amounts is not None:
                    self._added.setdefault(parent, []).append(self._position(amounts))
            elif not child.name.startswith("Kwota"):
                name = self.body.also.get(child.name, child.name)
                self.positions[name] = self._position(child)
                self._take(child, name)

    def _position(self, element: Element) -> Position:
        position = Position(element.name, element.at)
        for name, column in ((AMOUNT, CURRENT), (COMPARATIVE, PREVIOUS), (RESTATED, PREVIOUS)):
            amount = element.child(name)
            if amount is None or not amount.text:
                continue
            if not _AMOUNT.fullmatch(amount.text):
                self._remarks.error(
                    "A120",
                    f"'{amount.text}' is not an amount",
                    amount.at,
                    "A filed statement has plain numbers such as 1234.56 here.",
                )
                continue
            value = Decimal(amount.text.replace(",", "."))
            position.cells[column] = Cell(amount.text, amount.at, number=value)
            position.restated = position.restated or name == RESTATED
        return position

    # --- amounts --------------------------------------------------------------------------------

    def of(self, name: str, column: int) -> Found | None:
        """Return what a position is in a column; None where that is not known."""
        filed = self._filed(name, column)
        if filed is not None:
            parts = self._parts(name, column)
            if not filed.value and parts and (total := sum(p.value for p in parts)):
                return filed._replace(value=Decimal(total))  # a total left empty over its parts
            return filed
        parent = self.positions.get(_parent(name))
        if parent is None and _parent(name):
            whole = self.of(_parent(name), column)  # a position inside one that is not filed
            return whole if whole is not None and not whole.value else None
        if parent is not None and parent.cells:
            return self._nil_within(parent, column)
        return self._nil_by_formula(name, column) if parent is None else None

    def _filed(self, name: str, column: int) -> Found | None:
        position = self.positions.get(name)
        cell = position.cells.get(column) if position is not None else None
        if cell is None or cell.number is None:
            return None
        turned = bool(cell.number) and any(
            name == cost or name.startswith(f"{cost}_") for cost in self._turned[column]
        )
        return Found(-cell.number if turned else cell.number, cell, turned)

    def _parts(self, name: str, column: int) -> list[Found]:
        """Return the filed positions that add up to one, without those that are only 'of which'."""
        inside = [
            found
            for other in self.positions
            if _parent(other) == name and other not in self.body.of_which
            and (found := self._filed(other, column)) is not None
        ]  # fmt: skip
        own = (position.cells.get(column) for position in self._added.get(name, ()))
        return inside + [Found(cell.number, cell) for cell in own if cell and cell.number]

    def _nil_within(self, parent: Position, column: int) -> Found | None:
        """Return nil where the positions filed make up their parent, as nothing is left."""
        whole, parts = self._filed(parent.name, column), self._parts(parent.name, column)
        if whole is None:
            return None
        left = whole.value - sum(part.value for part in parts)
        if abs(left) > self._step * len(parts) / 2 and whole.value:
            return None
        if whole.value and not parts:
            return None
        return _nil(whole.cell)

    def _nil_by_formula(self, name: str, column: int) -> Found | None:
        """Return nil where a formula of the layout holds without the position."""
        for formula in self.body.formulas:
            if name in (*formula.plus, *formula.less) and (
                result := self._filed(formula.result, column)
            ):
                value = self._by(formula, column)
                if value is not None and self._near(value, result.value, formula):
                    return _nil(result.cell)
        return None

    def _by(self, formula: LayoutFormula, column: int) -> Decimal | None:
        """Return what a formula gives with what is filed; None where nothing of it is."""
        plus = [found.value for name in formula.plus if (found := self._filed(name, column))]
        less = [found.value for name in formula.less if (found := self._filed(name, column))]
        return sum(plus, Decimal(0)) - sum(less, Decimal(0)) if plus or less else None

    def _near(self, one: Decimal, other: Decimal, formula: LayoutFormula) -> bool:
        terms = len(formula.plus) + len(formula.less)
        return abs(one - other) <= self._step * (terms + 1) / 2

    # --- signs ----------------------------------------------------------------------------------

    def _filed_negative(self, column: int) -> frozenset[str]:
        """Return what the layout subtracts and the filer wrote with the minus sign included."""
        self._turned = {column: frozenset()}
        turned: set[str] = set()
        for formula in self.body.formulas:
            result = self._filed(formula.result, column)
            less = [name for name in formula.less if self._filed(name, column)]
            value = self._by(formula, column)
            if result is None or value is None or self._near(value, result.value, formula):
                continue
            filed = sum(found.value for n in less if (found := self._filed(n, column)))
            if self._near(value + 2 * filed, result.value, formula):
                turned.update(less)
        return frozenset(turned)

    def _tell_empty_totals(self) -> None:
        for name, position in self.positions.items():
            for column, cell in position.cells.items():
                parts = self._parts(name, column)
                if cell.number == 0 and parts and sum(part.value for part in parts):
                    self._remarks.note("empty_total", cell.at, label=name)

    @property
    def restated(self) -> Iterable[Position]:
        """Return the positions whose comparatives were restated."""
        return (position for position in self.positions.values() if position.restated)


def _parent(name: str) -> str:
    return name.rpartition("_")[0]


def _nil(cell: Cell) -> Found:
    return Found(Decimal(0), Cell("", cell.at, number=Decimal(0)))
