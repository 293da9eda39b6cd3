"""Nodes of a YAML file as accounts have them: mappings with known keys, single values, cells."""

import re
from collections.abc import Iterable
from decimal import Decimal

from diagnost.intake.cells import Cell
from diagnost.intake.remarks import Remarks
from diagnost.model.located import nearest
from diagnost.yaml_reader import Mapping, Node, Scalar

PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class Shapes:
    """Looks at nodes and tells where they are not as they should be."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks

    def mapping(self, node: Node | None, what: str) -> list[tuple[Scalar, Node]]:
        """Return the entries of a mapping; none where nothing is written."""
        if node is None or (isinstance(node, Scalar) and node.text is None):
            return []
        if isinstance(node, Mapping):
            return list(node.entries.values())
        self.remarks.error(
            "A111", f"'{what}' must be a mapping", node.at, f"Write one 'name: value' under {what}."
        )
        return []

    def known(self, node: Mapping, known: Iterable[str], what: str) -> None:
        """Tell of keys that are not known."""
        for key, _ in node.entries.values():
            self.one_of(key, tuple(known), what)

    def one_of(self, key: Scalar, known: tuple[str, ...], what: str) -> bool:
        """Say whether a key is known, and tell if not."""
        if key.text in known:
            return True
        hint = nearest(key.text or "", known) or f"Known are: {', '.join(known)}."
        self.remarks.error("A110", f"'{key.text}' is not {what}", key.at, hint)
        return False

    def scalar(self, node: Node, what: str) -> Cell | None:
        """Return the cell of a scalar; None where nothing is written."""
        if not isinstance(node, Scalar):
            hint = "Write one value, without brackets or further levels."
            self.remarks.error("A111", f"{what} must be one value", node.at, hint)
            return None
        if node.text is None or not node.text.strip():
            return None
        return cell_of(node)


def cell_of(node: Scalar) -> Cell:
    """Return a scalar as a cell; a number without quotes is read as YAML writes numbers."""
    text = (node.text or "").strip()
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if not node.plain or not PLAIN_NUMBER.fullmatch(digits):
        return Cell(text, node.at)
    number = Decimal(digits)
    return Cell(text, node.at, number=number.scaleb(-2) if percent else number, percent=percent)
