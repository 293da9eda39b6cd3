"""Accounts written as YAML → a draft: strict keys, every scalar with its place."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from diagnost import yaml_reader
from diagnost.intake.cells import Cell
from diagnost.intake.draft import Draft, Elsewhere, Entry, Heading
from diagnost.intake.labels import INDICATOR, LINE, PEERS_FILE, LabelIndex, Match, index_of
from diagnost.intake.methods import MethodEntry
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.spans import days_of, recognise
from diagnost.model.accounts import Answer
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import nearest
from diagnost.yaml_reader import Mapping, Node, Scalar, Sequence

TOP_KEYS = (
    "company", "currency", "unit", "periods",
    "lines", "indicators", "context", "method", "answers", "records",
)  # fmt: skip
COMPANY_KEYS = ("name", "activity", "sector", "country")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
MAX_DAYS = 1100  # three years: longer than any reporting period


def read_yaml(path: Path, name: str, catalogue: Catalogue, remarks: Remarks) -> Draft:
    """Read a YAML file; raises DiagnostError where it is no YAML or no mapping."""
    root = yaml_reader.read(path, name=name, family="A")
    if not isinstance(root, Mapping):
        if isinstance(root, Scalar) and root.text is None:
            raise stop("A107", "the file is empty", root.at, "Start from an empty form.")
        raise stop(
            "A111",
            "the file is no mapping of company, periods and lines",
            root.at,
            "Write 'periods:' and 'lines:' each at the start of a line. A table belongs in a "
            ".csv file.",
        )
    return _Reader(name, catalogue, remarks).read(root)


class _Reader:
    """Walks through the nodes of one file."""

    def __init__(self, name: str, catalogue: Catalogue, remarks: Remarks) -> None:
        self.draft = Draft(file=name, text=True)
        self.catalogue = catalogue
        self.remarks = remarks

    @cached_property
    def index(self) -> LabelIndex:
        """Return the labels of all line items; a file that names them by id needs none."""
        return index_of(self.catalogue)

    def read(self, root: Mapping) -> Draft:
        self._known(root, TOP_KEYS, "a key of an accounts file")
        for key, node in self._mapping(root.get("company"), "company"):
            if self._one_of(key, COMPANY_KEYS, "a company field"):
                self._fact(key.text or "", node)
        for field in ("currency", "unit"):
            value = root.get(field)
            if value is not None:
                self._fact(field, value)
        self._periods(root)
        for key, node in self._mapping(root.get("lines"), "lines"):
            match = self._line(key)
            if match is not None:
                self._entry(match, key, node)
        for key, node in self._mapping(root.get("indicators"), "indicators"):
            match = self._indicator(key)
            if match is not None:
                self._entry(match, key, node)
        for key, node in self._mapping(root.get("context"), "context"):
            self._context(key, node)
        self._method(root)
        for key, node in self._mapping(root.get("answers"), "answers"):
            self._answer(key, node)
        self._mapping(root.get("records"), "records")
        return self.draft

    # --- shapes ----------------------------------------------------------------------------------

    def _mapping(self, node: Node | None, what: str) -> list[tuple[Scalar, Node]]:
        if node is None or (isinstance(node, Scalar) and node.text is None):
            return []
        if isinstance(node, Mapping):
            return list(node.entries.values())
        self.remarks.error(
            "A111", f"'{what}' must be a mapping", node.at, f"Write one 'name: value' under {what}."
        )
        return []

    def _known(self, node: Mapping, known: Iterable[str], what: str) -> None:
        for key, _ in node.entries.values():
            self._one_of(key, tuple(known), what)

    def _one_of(self, key: Scalar, known: tuple[str, ...], what: str) -> bool:
        if key.text in known:
            return True
        hint = nearest(key.text or "", known) or f"Known are: {', '.join(known)}."
        self.remarks.error("A110", f"'{key.text}' is not {what}", key.at, hint)
        return False

    def _scalar(self, node: Node, what: str) -> Cell | None:
        """Return the cell of a scalar; None where nothing is written."""
        if not isinstance(node, Scalar):
            hint = "Write one value, without brackets or further levels."
            self.remarks.error("A111", f"{what} must be one value", node.at, hint)
            return None
        if node.text is None or not node.text.strip():
            return None
        return _cell(node)

    def _fact(self, field: str, node: Node) -> None:
        cell = self._scalar(node, f"the {field}")
        if cell is not None:
            self.draft.facts.append((field, cell))

    # --- periods ---------------------------------------------------------------------------------

    def _periods(self, root: Mapping) -> None:
        node = root.get("periods")
        if not isinstance(node, Sequence) or not node.items:
            at = root.at if node is None else node.at
            hint = 'Write them as a list: periods: ["2022", "2023"].'
            self.remarks.error("A116", "the periods are missing", at, hint)
            return
        for item in node.items:
            if isinstance(item, Mapping):
                self._stated_period(item)
            elif (cell := self._scalar(item, "a period")) is not None:
                self._heading(cell, None)
            elif isinstance(item, Scalar):
                self.remarks.error("A119", "a period without a name", item.at, 'Write "2023".')

    def _heading(self, cell: Cell, days: int | None) -> None:
        self.draft.headings.append(Heading(cell, 0, recognise(cell.text), days))

    def _stated_period(self, node: Mapping) -> None:
        self._known(node, ("id", "days", "months"), "a key of a period")
        found = node.get("id")
        cell = self._scalar(found, "the id of a period") if found is not None else None
        if cell is None:
            hint = 'Write {id: "2023-H1", days: 181}.'
            self.remarks.error("A119", "a period without an id", node.at, hint)
            return
        self._heading(cell, self._days(node))

    def _days(self, node: Mapping) -> int | None:
        lengths: list[int] = []
        for key, limit in (("days", MAX_DAYS), ("months", 36)):
            value = node.get(key)
            cell = self._scalar(value, f"the {key} of a period") if value is not None else None
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

    # --- amounts ---------------------------------------------------------------------------------

    def _line(self, key: Scalar) -> Match | None:
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

    def _indicator(self, key: Scalar) -> Match | None:
        indicator = self.catalogue.indicator(key.text or "")
        if indicator is not None:
            return Match(INDICATOR, indicator.id)
        known = (*self.catalogue.symbols, *self.catalogue.indicators)
        hint = nearest(key.text or "", known) or "Write the symbol, such as WPB or ROS."
        self.remarks.error("A114", f"'{key.text}' is not an indicator", key.at, hint)
        return None

    def _entry(self, match: Match, key: Scalar, node: Node) -> None:
        """Read the amounts of a row: a list as long as the periods, or one value for one period."""
        count = len(self.draft.headings)
        if isinstance(node, Scalar) and (node.text is None or count == 1):
            items: tuple[Node, ...] = (node,) if count == 1 else ()
        elif isinstance(node, Sequence):
            items = node.items if count else ()
            if len(items) != count:
                self._wrong_length(key, node, count)
                return
        else:
            hint = "Write a list with one amount per period; null where it is not known."
            self.remarks.error("A111", f"the amounts of {key.text} must be a list", node.at, hint)
            return
        cells = {}
        for position, item in enumerate(items):
            cell = self._scalar(item, f"an amount of {key.text}")
            if cell is not None:
                cells[position] = cell
        self.draft.entries.append(Entry(match, _cell(key), cells))

    def _wrong_length(self, key: Scalar, node: Sequence, count: int) -> None:
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

    # --- words about the company -----------------------------------------------------------------

    def _context(self, key: Scalar, node: Node) -> None:
        name = key.text or ""
        if self._of_other_firms(name, key, node):
            return
        if isinstance(node, Mapping):
            for inner, value in node.entries.values():
                self._context_value(f"{name}.{inner.text}", inner, value)
        else:
            self._context_value(name, key, node)

    def _context_value(self, name: str, key: Scalar, node: Node) -> None:
        known = self._context_key(name)
        if not known:
            hint = nearest(name, self.catalogue.questions)
            hint = hint or f"Known are: {', '.join(sorted(self.catalogue.questions))}."
            self.remarks.error("A115", f"'{name}' is not a question of the context", key.at, hint)
            return
        cell = self._scalar(node, f"the answer to {name}")
        if cell is not None:
            self.draft.context.append((known, cell))

    def _context_key(self, name: str) -> str:
        """Return the question that a name means."""
        outer, _, inner = name.partition(".")
        for known in (name, f"{outer}_{inner}", f"{outer}_{inner}".lower()):
            if known in self.catalogue.questions:
                return known
        return ""

    # --- other firms -----------------------------------------------------------------------------

    def _of_other_firms(self, name: str, key: Scalar, node: Node) -> bool:
        """Read a key of the context that speaks of other firms; say whether it is one."""
        outer, _, inner_name = name.partition(".")
        group = self._group(outer)
        old = next((other for other in self.catalogue.other_names if name in other.labels), None)
        if group and inner_name:
            self._elsewhere(group, key, inner_name, node)
        elif group:
            for inner, value in self._mapping(node, name):
                self._elsewhere(group, inner, inner.text or "", value)
        elif name == PEERS_FILE and self.catalogue.groups:
            cell = self._scalar(node, "the file of other firms")
            if cell is not None:
                self.draft.peers_files.append(cell)
        elif old is not None:
            self._elsewhere(old.group, key, old.indicator, node)
        else:
            return False
        return True

    def _group(self, name: str) -> str:
        """Return the group of other firms that a key of the context names, or ''."""
        wanted = name.replace("_", " ").casefold()
        for group in self.catalogue.groups.values():
            if any(label.replace("_", " ").casefold() == wanted for label in group.labels):
                return group.id
        return ""

    def _elsewhere(self, group: str, key: Scalar, name: str, node: Node) -> None:
        """Read an indicator of other firms: one figure, or a list with one for each period."""
        match = self._indicator(key._replace(text=name))
        if match is None:
            return
        if isinstance(node, Sequence):
            count = len(self.draft.headings)
            if len(node.items) != count:
                self._wrong_length(key, node, count)
                return
            for heading, item in enumerate(node.items):
                cell = self._scalar(item, f"a figure of {name}")
                if cell is not None:
                    self.draft.elsewhere.append(Elsewhere(group, match.id, cell, heading))
            return
        cell = self._scalar(node, f"the figure of {name}")
        if cell is not None:
            self.draft.elsewhere.append(Elsewhere(group, match.id, cell))

    def _method(self, root: Mapping) -> None:
        """Read ``method: averages`` or ``method: {balances: average, …}``."""
        node = root.get("method")
        if isinstance(node, Scalar):
            cell = self._scalar(node, "the method")
            if cell is not None:
                self.draft.method.append(MethodEntry("", cell, cell))
            return
        for key, value in self._mapping(node, "method"):
            cell = self._scalar(value, f"the option of {key.text}")
            if cell is not None:
                self.draft.method.append(MethodEntry(key.text or "", _cell(key), cell))

    def _answer(self, key: Scalar, node: Node) -> None:
        cell = self._scalar(node, f"the answer to {key.text}")
        if cell is not None and key.text is not None:
            self.draft.answers[key.text] = Answer(
                key=key.text, value=answer_value(cell.text), at=cell.at
            )


def answer_value(text: str) -> str | Decimal:
    """Return an answer of a questionnaire: a number, a percent as a fraction, or a word."""
    if _PLAIN_NUMBER.fullmatch(text) and len(text) <= 30:
        return Decimal(text)
    if text.endswith("%") and _PLAIN_NUMBER.fullmatch(text[:-1].strip()) and len(text) <= 30:
        return Decimal(text[:-1].strip()).scaleb(-2)
    return text


def _cell(node: Scalar) -> Cell:
    """Return a scalar as a cell; a number without quotes is read as YAML writes numbers."""
    text = (node.text or "").strip()
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if not node.plain or not _PLAIN_NUMBER.fullmatch(digits):
        return Cell(text, node.at)
    number = Decimal(digits)
    return Cell(text, node.at, number=number.scaleb(-2) if percent else number, percent=percent)
