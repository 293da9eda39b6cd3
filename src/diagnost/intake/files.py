"""One file of a case, whatever its kind → what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from diagnost.intake.draft import Draft, Tables
from diagnost.intake.limits import XBRL_HINT, expect_text, kind_of, read_bytes
from diagnost.intake.remarks import Remarks, stop
from diagnost.intake.yaml_accounts import read_yaml
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At, DiagnostError

# The readers of tables are imported where there is a table: YAML starts without them.
if TYPE_CHECKING:
    from diagnost.intake.cells import Grid
    from diagnost.intake.csv_records import Collector
    from diagnost.intake.labels import LabelIndex
    from diagnost.intake.mapping import Mapped
    from diagnost.intake.raw_records import RawTable
    from diagnost.intake.table_labels import TableLabels
    from diagnost.model.records import Table

YAML_SUFFIXES = (".yaml", ".yml")
CSV_SUFFIXES = (".csv", ".tsv", ".txt")
XLSX_SUFFIXES = (".xlsx", ".xlsm")
OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods")
WORKBOOK_SUFFIXES = (*XLSX_SUFFIXES, *OTHER_WORKBOOKS)
JSON_SUFFIXES = (".json",)
XML_SUFFIXES = (".xml", ".xades")
XBRL_SUFFIXES = (".xhtml", ".xbrl", ".xbri")
SUFFIXES = (*YAML_SUFFIXES, *CSV_SUFFIXES, *WORKBOOK_SUFFIXES, *XML_SUFFIXES, *JSON_SUFFIXES)
SAVE_AS_XLSX = frozenset({".numbers", ".pdf", ".doc", ".docx", ".html"})


def is_table(path: Path) -> bool:
    """Say whether a file is a workbook or a text table, by its name."""
    return path.suffix.lower() in (*CSV_SUFFIXES, *WORKBOOK_SUFFIXES) and not path.is_dir()


@dataclass
class FileReader:
    """Reads the files of one case; what is wrong or worth telling goes to ``remarks``."""

    catalogue: Catalogue
    remarks: Remarks
    mapped: "Mapped | None" = None  # what the user has settled of the spreadsheet

    @cached_property
    def index(self) -> "LabelIndex":
        """Return the labels of line items, indicators and questions."""
        from diagnost.intake.labels import index_of

        return index_of(self.catalogue)

    @cached_property
    def tables(self) -> "TableLabels":
        """Return the labels of the tables of records."""
        from diagnost.intake.table_labels import TableLabels

        return TableLabels(self.catalogue.tables.values(), self._names_line)

    def _names_line(self, label: str) -> bool:
        from diagnost.intake.labels import LINE

        match = self.index.find(label)
        return match is not None and match.kind == LINE

    def read(self, path: Path, name: str) -> Draft:
        """Read a file that is a case of its own; raises DiagnostError where it cannot be read."""
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            raise _unknown_kind(path, suffix, name)
        if suffix in YAML_SUFFIXES:
            return self.yaml(path, name)
        if suffix in XML_SUFFIXES:
            return self.filed([(path, name)], name)
        if suffix in JSON_SUFFIXES:
            from diagnost.intake.xbrl_facts import read_facts

            content = read_bytes(path, name)
            return read_facts(content, name, self.catalogue.concepts, self.remarks)
        from diagnost.intake.tables import expect_table

        found = self.table(path, name)
        expect_table(found, self.remarks, self.tables)
        return found.draft

    def yaml(self, path: Path, name: str) -> Draft:
        """Read a file of YAML."""
        content = read_bytes(path, name)
        expect_text(content, name, path.suffix.lower())
        return read_yaml(path, name, self.catalogue, self.remarks)

    def filed(self, files: Sequence[tuple[Path, str]], name: str) -> Draft:
        """Read statements as they were filed with a register, of one company and several years."""
        from diagnost.intake.e_sprawozdanie import read_filing, together

        layout = self.catalogue.filed_layout
        filings = [
            read_filing(read_bytes(path, called), called, layout, self.remarks)
            for path, called in files
        ]
        return together(filings, name, self.remarks)

    def table(
        self, path: Path, name: str, title: str = "", called: "Table | None" = None
    ) -> Tables:
        """Read a text table or a workbook.

        ``title`` is what a text table is called, as sheets are; ``called`` the table of records
        that this means.
        """
        from diagnost.intake.tables import read_grids

        suffix = path.suffix.lower()
        content = read_bytes(path, name)
        draft = Draft(file=name, text_files=[name] if suffix in CSV_SUFFIXES else [])
        if suffix in CSV_SUFFIXES:
            from diagnost.intake.csv_grid import read_csv
            from diagnost.intake.csv_records import Collector

            def collect(text: str, delimiter: str) -> "Collector":
                return Collector(name, text, delimiter, self.tables, draft.records, called)

            found = read_csv(content, name, suffix, self.remarks, collect if self.tables else None)
            grids = [found._replace(title=title)]
        else:
            grids = read_workbook(
                content, name, suffix, self.remarks, self.tables, draft.records, called
            )
        return read_grids(grids, draft, self.catalogue, self.index, self.remarks, self.mapped)


def read_workbook(
    content: bytes,
    name: str,
    suffix: str,
    remarks: Remarks,
    labels: "TableLabels | None" = None,
    records: "list[RawTable] | None" = None,
    called: "Table | None" = None,
) -> "list[Grid]":
    """Read the sheets of a workbook of any kind that can be read, by the reader of its kind.

    What it is counts, not what it is called.
    """
    if suffix in OTHER_WORKBOOKS or _is_other_workbook(content):
        from diagnost.intake.other_workbooks import read_other_workbook as read
    else:
        from diagnost.intake.xlsx_sheets import read_xlsx as read
    return read(content, name, suffix, remarks, labels, records, called)


def _is_other_workbook(content: bytes) -> bool:
    """Say whether a file is a workbook, but none of the kind that .xlsx stands for."""
    if not content.startswith(b"PK"):
        return kind_of(content)[1] == ".xls"
    return b"opendocument.spreadsheet" in content[:200] or b"xl/workbook.bin" in content


def _unknown_kind(path: Path, suffix: str, name: str) -> DiagnostError:
    if not path.exists():
        hint = "Check the path and the access rights."
        return stop("A100", "there is no such file", At(name), hint)
    hint = (
        "Known are .yaml, .yml, .csv, .tsv, .txt, .xlsx, .xlsm, .xlsb, .xls, .ods, .xml (filed "
        "with the Polish register), .json (XBRL facts), and folders of such files."
    )
    if suffix in XBRL_SUFFIXES:
        hint = XBRL_HINT
    elif suffix in SAVE_AS_XLSX:
        hint = f"Save the table as .xlsx or .csv. {hint}"
    kind = f"files ending in {suffix}" if suffix else "files without an ending"
    return stop("A105", f"{kind} cannot be read", At(name), hint)
