"""The kinds of file in which empty forms are written, and what all forms of a kind share."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from diagnost.intake.row_ids import mark_of

if TYPE_CHECKING:
    from openpyxl import Workbook

_SUFFIXES = {".xlsx": "xlsx", ".csv": "csv", ".yaml": "yaml", ".yml": "yaml"}
SUFFIXES = tuple(_SUFFIXES)
"""The endings of forms; ``form_kind`` tells their kinds."""


class _InLanguage(Protocol):
    @property
    def language(self) -> str: ...


Form = TypeVar("Form", bound=_InLanguage)
Writers = Mapping[str, Callable[[Form], bytes]]


def form_kind(suffix: str) -> str:
    """Return the kind of form (xlsx, csv, yaml) that a file of that ending is, or ''."""
    return _SUFFIXES.get(suffix.lower(), "")


def written(kind: str, form: Form, writers: Writers[Form]) -> bytes:
    """Return a form as a file of a kind; raises ValueError for another kind."""
    if kind not in writers:
        raise ValueError(f"a form is one of {', '.join(writers)}, not {kind}")
    return writers[kind](form)


class CsvForm:
    """Lines of a form with the delimiter that spreadsheet programs expect in its language."""

    def __init__(self, language: str) -> None:
        self._stream = io.StringIO()
        self._writer = csv.writer(self._stream, delimiter=";" if language == "pl" else ",")

    def line(self, *cells: str, remark: str = "", question: str = "") -> None:
        """Write a line, with a remark behind it that reading leaves out.

        A line that asks a ``question`` ends with its id.
        """
        behind = [f"# {remark}"] if remark else []
        if question:
            behind = [*(behind or [""]), mark_of(question)]
        self._writer.writerow([*cells, *behind])

    def content(self) -> bytes:
        """Return the file; by the mark at its start, spreadsheet programs read it as UTF-8."""
        return self._stream.getvalue().encode("utf-8-sig")


def empty_workbook() -> "Workbook":
    """Return a workbook without sheets."""
    from openpyxl import Workbook

    workbook = Workbook()
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    return workbook


def workbook_content(workbook: "Workbook") -> bytes:
    """Return a workbook as a file."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
