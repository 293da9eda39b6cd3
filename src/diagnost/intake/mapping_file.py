"""A mapping written as YAML → what it settles, with the codes of accounts and one of its own.

A190  a word that a mapping does not take (``how``, ``use``, a period)
"""

from collections.abc import Iterator
from pathlib import Path

from diagnost import yaml_reader
from diagnost.intake.cells import Cell
from diagnost.intake.draft import LESS, PART, WHOLE
from diagnost.intake.labels import key_of
from diagnost.intake.limits import expect_text, read_bytes
from diagnost.intake.mapping import (
    AUTO,
    NONE,
    UNDECIDED,
    Mapped,
    MappedRow,
    MappedSheet,
    by_label,
)
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.spans import Span, recognise, short_year
from diagnost.intake.yaml_shapes import Shapes
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import nearest
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence

TOP_KEYS = ("mapping_of", "unit", "sheets")
SHEET_KEYS = ("sheet", "use", "columns", "rows")
COLUMN_KEYS = ("heading", "period")
ROW_KEYS = ("label", "item", "how")
HOWS = (WHOLE, PART, LESS)


def read_mapping_file(path: Path, catalogue: Catalogue) -> Mapped:
    """Read a mapping; raises DiagnostError with every problem found."""
    name = path.name
    expect_text(read_bytes(path, name), name, path.suffix.lower())
    root = yaml_reader.read(path, name=name, family="A")
    if not isinstance(root, Mapping) or root.get("sheets") is None:
        hint = "Write one with 'diagnost map FILE -o mapping.yaml' and correct it."
        raise stop("A111", "this is no mapping of a spreadsheet", root.at, hint)
    remarks = Remarks()
    mapped = _Reader(catalogue, remarks).read(root)
    remarks.stop_if_any()
    return mapped


class _Reader:
    """Walks through the nodes of a mapping."""

    def __init__(self, catalogue: Catalogue, remarks: Remarks) -> None:
        self.catalogue = catalogue
        self.remarks = remarks
        self.shapes = Shapes(remarks)
        self.items = {
            *catalogue.line_items,
            *(i.symbol for i in catalogue.indicators.values() if i.shown and not i.per),
        }

    def read(self, root: Mapping) -> Mapped:
        self.shapes.known(root, TOP_KEYS, "a key of a mapping")
        sheets = tuple(
            self._sheet(node) for node in self._listed(root.get("sheets"), "sheets", SHEET_KEYS)
        )
        unit = self._value(root, "unit")
        self._value(root, "mapping_of")  # for those who read it
        settled = unit if unit is not None and key_of(unit.text) != AUTO else None
        return Mapped(settled, sheets)

    def _sheet(self, node: Mapping) -> MappedSheet:
        title, use = self._value(node, "sheet"), self._value(node, "use")
        used = self._one_of(use, ("yes", "no"), "use", "yes") == "yes"
        columns: dict[str, Span | None] = {}
        for each in self._listed(node.get("columns"), "columns", COLUMN_KEYS):
            heading, period = self._value(each, "heading"), self._value(each, "period")
            if heading is None or period is None:
                self._lacking(each, "a heading and a period")
            elif key_of(period.text) == NONE:
                columns[key_of(heading.text)] = None
            elif key_of(period.text) != AUTO:
                span = recognise(period.text) or short_year(period.text)
                if span is None:
                    hint = 'Write a period such as "2023" or "2023-H1", or auto, or none.'
                    message = f"'{period.text}' is not a period"
                    self.remarks.error("A190", message, period.at, hint)
                columns[key_of(heading.text)] = span
        rows = (self._row(each) for each in self._listed(node.get("rows"), "rows", ROW_KEYS))
        settled = by_label(row for row in rows if row is not None)
        return MappedSheet(title.text if title else "", used, node.at, columns, settled)

    def _row(self, node: Mapping) -> MappedRow | None:
        label, item = self._value(node, "label"), self._value(node, "item")
        if label is None or item is None:
            self._lacking(node, "a label and an item")
            return None
        how = self._one_of(self._value(node, "how"), HOWS, "how", WHOLE)
        if item.text not in self.items and item.text not in (NONE, UNDECIDED):
            hint = nearest(item.text, self.items) or "'diagnost list lines' has all of them."
            hint += f" Write {NONE} for a row that is to be left out."
            self.remarks.error("A113", f"'{item.text}' is no line item", item.at, hint)
        return MappedRow(label.text, item.text, how, node.at)

    def _one_of(self, cell: Cell | None, known: tuple[str, ...], what: str, default: str) -> str:
        if cell is None:
            return default
        word = {"true": "yes", "false": "no"}.get(cell.text.casefold(), cell.text.casefold())
        if word not in known:
            hint = f"Write one of: {', '.join(known)}."
            self.remarks.error("A190", f"'{cell.text}' is no word for {what}", cell.at, hint)
        return word

    def _listed(self, node: Node | None, what: str, known: tuple[str, ...]) -> Iterator[Mapping]:
        if node is None or (isinstance(node, Scalar) and node.text is None):
            return
        if not isinstance(node, Sequence):
            hint = f"Write each on a line of its own below {what}, beginning with '- '."
            self.remarks.error("A111", f"'{what}' must be a list", node.at, hint)
            return
        for item in node.items:
            if isinstance(item, Mapping):
                self.shapes.known(item, known, f"a key of {what}")
                yield item
            else:
                hint = f"Write {{{known[0]}: …, {known[1]}: …}}."
                self.remarks.error("A111", f"one of {what} is not a mapping", item.at, hint)

    def _value(self, node: Mapping, key: str) -> Cell | None:
        found = node.get(key)
        return self.shapes.scalar(found, f"the {key}") if found is not None else None

    def _lacking(self, node: Mapping, what: str) -> None:
        self.remarks.error("A111", f"this must have {what}", node.at, "Add what is missing.")
