"""Line items and indicators of accounts written as YAML, with one amount for each period."""

from collections.abc import Iterable
from functools import cached_property

from diagnost.intake.draft import Draft, Entry
from diagnost.intake.labels import INDICATOR, LINE, LabelIndex, Match, index_of
from diagnost.intake.yaml_shapes import Shapes, cell_of
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Indicator
from diagnost.model.located import nearest
from diagnost.yaml_reader import Node, Scalar, Sequence


class Amounts:
    """Finds what keys mean and reads the amounts beside them."""

    def __init__(self, draft: Draft, catalogue: Catalogue, shapes: Shapes) -> None:
        self.draft = draft
        self.catalogue = catalogue
        self.shapes = shapes
        self.remarks = shapes.remarks

    @cached_property
    def index(self) -> LabelIndex:
        """Return the labels of all line items; a file that names them by id needs none."""
        return index_of(self.catalogue)

    def line(self, key: Scalar) -> Match | None:
        """Return the line item that a key names; tell if it names none."""
        label = key.text or ""
        if label in self.catalogue.line_items:
            return Match(LINE, label)
        match = self.index.find(label)
        if match is not None and match.kind == LINE:
            return Match(LINE, match.id)
        if match is not None and match.choices:
            hint = f"Write one of: {', '.join(match.choices)}."
            self.remarks.error("A130", f"'{label}' can mean several line items", key.at, hint)
        else:
            slip = self.index.typo(label)
            hint = nearest(label, self.catalogue.line_items) or (slip and f"Did you mean {slip}?")
            hint = hint or "The form for YAML (diagnost template) lists all line items."
            self.remarks.error("A113", f"'{label}' is not a line item", key.at, hint)
        return None

    def indicator(self, key: Scalar) -> Match | None:
        """Return the indicator that a key names; tell if it names none."""
        indicator = self.catalogue.indicator(key.text or "")
        if indicator is not None and indicator.per:
            tables = ", ".join(self._made_of(indicator))
            message = (
                f"'{key.text}' is worked out for each row of {indicator.per} and cannot be given"
            )
            hint = f"Leave it out, and give the records that it is made of: {tables}."
            self.remarks.error("A114", message, key.at, hint)
            return None
        if indicator is not None:
            return Match(INDICATOR, indicator.id)
        known = (*self.catalogue.symbols, *self.catalogue.indicators)
        hint = nearest(key.text or "", known) or "Write the symbol, such as WPB or ROS."
        self.remarks.error("A114", f"'{key.text}' is not an indicator", key.at, hint)
        return None

    def _made_of(self, indicator: Indicator) -> Iterable[str]:
        """Return the tables that a figure is worked out from, also through other figures."""
        found = {indicator.per: None}
        seen: dict[str, None] = {}
        waiting = [indicator]
        while waiting:
            current = waiting.pop(0)
            for formula in filter(None, (current.formula, current.otherwise)):
                for table in formula.tables:
                    chosen = self.catalogue.selections.get(table)
                    found.setdefault(chosen.of if chosen is not None else table)
                inner = (self.catalogue.indicator(name) for name in formula.all_names)
                for each in inner:
                    if each is not None and each.id not in seen:
                        seen[each.id] = None
                        waiting.append(each)
        return found

    def read(self, match: Match, key: Scalar, node: Node) -> None:
        """Read the amounts of a row: a list as long as the periods, or one value for one period."""
        count = len(self.draft.headings)
        if isinstance(node, Scalar) and (node.text is None or count == 1):
            items: tuple[Node, ...] = (node,) if count == 1 else ()
        elif isinstance(node, Sequence):
            items = node.items if count else ()
            if len(items) != count:
                self.wrong_length(key, node, count)
                return
        else:
            hint = "Write a list with one amount per period; null where it is not known."
            self.remarks.error("A111", f"the amounts of {key.text} must be a list", node.at, hint)
            return
        cells = {}
        for position, item in enumerate(items):
            cell = self.shapes.scalar(item, f"an amount of {key.text}")
            if cell is not None:
                cells[position] = cell
        self.draft.entries.append(Entry(match, cell_of(key), cells))

    def wrong_length(self, key: Scalar, node: Sequence, count: int) -> None:
        """Tell of a list that is not as long as the periods are many."""
        periods = "period" if count == 1 else "periods"
        amounts = "amount" if len(node.items) == 1 else "amounts"
        hint = "Write null for an amount that is not known"
        hint += "; in a list, a comma ends a number: write 1234.5 or '1 234,50'."
        self.remarks.error(
            "A112",
            f"{key.text} has {len(node.items)} {amounts} for {count} {periods}",
            node.at,
            hint,
            also=self.draft.headings[0].cell.at,
        )
