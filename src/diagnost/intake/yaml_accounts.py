"""Accounts written as YAML → a draft: strict keys, every scalar with its place."""

from pathlib import Path

from diagnost import yaml_reader
from diagnost.intake.draft import Draft
from diagnost.intake.methods import MethodEntry
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.units import RECORDS_UNIT, UNIT
from diagnost.intake.yaml_amounts import Amounts
from diagnost.intake.yaml_context import Context
from diagnost.intake.yaml_periods import Periods
from diagnost.intake.yaml_shapes import Shapes, cell_of
from diagnost.model.catalogue import Catalogue
from diagnost.yaml_reader import Mapping, Node, Scalar

TOP_KEYS = (
    "company", "currency", "unit", "records_unit", "as_of", "periods",
    "lines", "indicators", "context", "method", "answers", "records",
)  # fmt: skip
COMPANY_KEYS = ("name", "activity", "sector", "country", "tax_id", "registry_id")


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
    return read_mapping(root, name, catalogue, remarks)


def read_mapping(root: Mapping, name: str, catalogue: Catalogue, remarks: Remarks) -> Draft:
    """Read accounts that stand in a mapping, of a file that places call ``name``."""
    return _Reader(name, catalogue, remarks).read(root)


class _Reader:
    """Walks through the nodes of one file."""

    def __init__(self, name: str, catalogue: Catalogue, remarks: Remarks) -> None:
        self.draft = Draft(file=name, text_files=[name])
        self.catalogue = catalogue
        self.shapes = Shapes(remarks)
        self.amounts = Amounts(self.draft, catalogue, self.shapes)
        self.context = Context(self.draft, catalogue, self.shapes, self.amounts)

    def read(self, root: Mapping) -> Draft:
        self.shapes.known(root, TOP_KEYS, "a key of an accounts file")
        for key, node in self.shapes.mapping(root.get("company"), "company"):
            if self.shapes.one_of(key, COMPANY_KEYS, "a company field"):
                self._fact(key.text or "", node)
        for field in ("currency", UNIT, RECORDS_UNIT):
            value = root.get(field)
            if value is not None:
                self._fact(field, value)
        Periods(self.draft, self.shapes).read(root)
        for key, node in self.shapes.mapping(root.get("lines"), "lines"):
            match = self.amounts.line(key)
            if match is not None:
                self.amounts.read(match, key, node)
        for key, node in self.shapes.mapping(root.get("indicators"), "indicators"):
            match = self.amounts.indicator(key)
            if match is not None:
                self.amounts.read(match, key, node)
        for key, node in self.shapes.mapping(root.get("context"), "context"):
            self.context.read(key, node)
        self._method(root)
        for key, node in self.shapes.mapping(root.get("answers"), "answers"):
            self.context.read(key, node)
        records = root.get("records")
        if records is not None:
            from diagnost.intake.yaml_records import read_records

            self.draft.records += read_records(records, self.catalogue, self.shapes.remarks)
        as_of = root.get("as_of")
        if as_of is not None and (day := self.shapes.scalar(as_of, "as_of")) is not None:
            self.draft.as_of.append(day)
        return self.draft

    def _fact(self, field: str, node: Node) -> None:
        cell = self.shapes.scalar(node, f"the {field}")
        if cell is not None:
            self.draft.facts.append((field, cell))

    def _method(self, root: Mapping) -> None:
        """Read ``method: averages`` or ``method: {balances: average, …}``."""
        node = root.get("method")
        if isinstance(node, Scalar):
            cell = self.shapes.scalar(node, "the method")
            if cell is not None:
                self.draft.method.append(MethodEntry("", cell, cell))
            return
        for key, value in self.shapes.mapping(node, "method"):
            cell = self.shapes.scalar(value, f"the option of {key.text}")
            if cell is not None:
                self.draft.method.append(MethodEntry(key.text or "", cell_of(key), cell))
