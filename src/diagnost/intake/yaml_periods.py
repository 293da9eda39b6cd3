"""The periods of accounts written as YAML."""

import calendar

from diagnost.intake.cells import Cell
from diagnost.intake.draft import Draft, Heading
from diagnost.intake.spans import Span, dates_in, days_of, recognise
from diagnost.intake.yaml_shapes import Shapes
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence

MAX_DAYS = 1100  # three years: longer than any reporting period


class Periods:
    """Reads the headings of all rows."""

    def __init__(self, draft: Draft, shapes: Shapes) -> None:
        self.draft = draft
        self.shapes = shapes
        self.remarks = shapes.remarks

    def read(self, root: Mapping) -> None:
        """Read ``periods``: names, or names with days or months."""
        node = root.get("periods")
        if node is None and not root.get("lines"):
            if self._month_of(root.get("as_of")):
                return  # answers, records or indicators given directly, all of that month
            if not root.get("indicators") and (root.get("answers") or root.get("records")):
                return
        if not isinstance(node, Sequence) or not node.items:
            at = root.at if node is None else node.at
            hint = 'Write them as a list: periods: ["2022", "2023"].'
            self.remarks.error("A116", "the periods are missing", at, hint)
            return
        for item in node.items:
            if isinstance(item, Mapping):
                self._stated_period(item)
            elif (cell := self.shapes.scalar(item, "a period")) is not None:
                self._heading(cell, None)
            elif isinstance(item, Scalar):
                self.remarks.error("A119", "a period without a name", item.at, 'Write "2023".')

    def _month_of(self, node: Node | None) -> bool:
        """Take the month of ``as_of`` for the one period of a case without statements."""
        cell = self.shapes.scalar(node, "as_of") if isinstance(node, Scalar) else None
        found = dates_in(cell.text) if cell is not None else []
        if cell is None or len(found) != 1:
            return False
        day = found[0][1]
        days = calendar.monthrange(day.year, day.month)[1]
        month = Span(day.replace(day=days), 1)
        self.draft.headings.append(Heading(cell._replace(text=month.id), 0, month, days))
        return True

    def _heading(self, cell: Cell, days: int | None) -> None:
        self.draft.headings.append(Heading(cell, 0, recognise(cell.text), days))

    def _stated_period(self, node: Mapping) -> None:
        self.shapes.known(node, ("id", "days", "months"), "a key of a period")
        found = node.get("id")
        cell = self.shapes.scalar(found, "the id of a period") if found is not None else None
        if cell is None:
            hint = 'Write {id: "2023-H1", days: 181}.'
            self.remarks.error("A119", "a period without an id", node.at, hint)
            return
        self._heading(cell, self._days(node))

    def _days(self, node: Mapping) -> int | None:
        lengths: list[int] = []
        for key, limit in (("days", MAX_DAYS), ("months", 36)):
            value = node.get(key)
            cell = (
                self.shapes.scalar(value, f"the {key} of a period") if value is not None else None
            )
            if cell is None:
                continue
            whole = int(cell.number) if cell.number is not None and cell.number % 1 == 0 else 0
            if not 1 <= whole <= limit:
                message = f"'{cell.text}' is no number of {key}"
                hint = f"Write a whole number from 1 to {limit}."
                self.remarks.error("A119", message, cell.at, hint)
                continue
            lengths.append(whole if key == "days" else days_of(whole))
        if len(lengths) == 2:
            hint = "Keep one of the two."
            self.remarks.error("A119", "a period with both days and months", node.at, hint)
        return lengths[0] if lengths else None
