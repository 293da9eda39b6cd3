"""An empty form for questions and records of a side, as a workbook, a text file or YAML."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from diagnost.intake.form_files import CsvForm, empty_workbook, workbook_content, written
from diagnost.intake.form_sheets import label, mark, offer, shade, widths
from diagnost.intake.raw_records import column_letters
from diagnost.intake.record_form_rows import FormTable, RecordForm, is_number, record_form_of
from diagnost.model.catalogue import Catalogue
from diagnost.model.records import DATE, MONTH

if TYPE_CHECKING:
    from openpyxl import Workbook

ROWS_OFFERED = 500
"""So many rows of a sheet offer choices and dates."""


def write_record_form(kind: str, catalogue: Catalogue, language: str, purpose: str) -> bytes:
    """Return an empty form of a kind (xlsx, csv, yaml) for a side such as sales.

    Raises ValueError for another kind, KeyError for another language.
    """
    form = record_form_of(catalogue, language, purpose)
    return written(
        kind, form, {"xlsx": _xlsx, "csv": _csv, "yaml": lambda each: _yaml(each).encode()}
    )


def _csv(form: RecordForm) -> bytes:
    sheet = CsvForm(form.language)
    sheet.line(remark=form.word("help_answers"))
    for row in form.fields:
        sheet.line(row.label, "", remark=row.help)
    for area, rows in form.areas:
        sheet.line(remark=area)
        for row in rows:
            sheet.line(row.label, "", remark=row.help, question=row.id)
    sheet.line(remark=form.word("help_tables"))
    for table in form.tables:
        sheet.line()
        sheet.line(table.name, remark=table.rows)
        sheet.line(*(column.heading for column in table.columns))
    return sheet.content()


def filled_record_form(
    catalogue: Catalogue,
    language: str,
    purpose: str,
    values: Mapping[str, str],
    tables: Collection[str],
) -> str:
    """Return the form of a side in YAML with some values, as YAML writes them.

    ``values`` are by field (``name``, ``currency``, ``as_of``) or question; only the ``tables``
    named are offered to be filled in.
    """
    form = record_form_of(catalogue, language, purpose)
    kept = tuple(table for table in form.tables if table.id in tables)
    return _yaml(form._replace(tables=kept), values)


def _yaml(form: RecordForm, values: Mapping[str, str] = MappingProxyType({})) -> str:
    def entry(key: str) -> str:
        return f"{key}: {values[key]}" if key in values else f"{key}:"

    fields = {row.id: row for row in form.fields}
    lines = [f"# {form.word('help_answers')}", "", "company:"]
    lines.append(f"  {entry('name')}  # {fields['name'].label}")
    for key in ("currency", "as_of", "records_unit"):
        lines.append(f"{entry(key)}  # {fields[key].label}: {fields[key].help}")
    lines += ["", "answers:"]
    for area, rows in form.areas:
        lines.append(f"  # --- {area}")
        for row in rows:
            lines += [f"  # {row.label}", f"  {entry(row.id)}  # {row.help}"]
    if form.tables:
        lines += ["", f"# {form.word('help_tables')}", "records:"]
    for table in form.tables:
        lines += _yaml_table(table)
    return "\n".join(lines) + "\n"


def _yaml_table(table: FormTable) -> list[str]:
    lines = [f"  # --- {table.name}: {table.rows}"]
    for column in table.columns:
        lines.append(f"  #   {column.id:<24} {column.heading}: {column.help}".rstrip(": "))
    first = ", ".join(f"{column.id}: " for column in table.columns[:4])
    return [*lines, f"  {table.id}:", f"  #  - {{{first}}}"]


def _xlsx(form: RecordForm) -> bytes:
    workbook = empty_workbook()
    _company_sheet(workbook, form)
    if form.areas:
        _answer_sheet(workbook, form)
    for table in form.tables:
        _table_sheet(workbook, table)
    return workbook_content(workbook)


def _company_sheet(workbook: "Workbook", form: RecordForm) -> None:
    sheet = workbook.create_sheet(form.word("company"))
    widths(sheet, (30, 28, 70))
    for number, row in enumerate(form.fields, start=1):
        label(sheet, number, row, 3)
        cell = sheet.cell(number, 2)
        shade(cell)
        if row.id == "as_of":
            cell.number_format = "yyyy-mm-dd"
    sheet.cell(len(form.fields) + 2, 1, f"# {form.word('help_tables')}")


def _answer_sheet(workbook: "Workbook", form: RecordForm) -> None:
    from openpyxl.styles import Font

    sheet = workbook.create_sheet(form.word("answers"))
    widths(sheet, (90, 18, 90, 6))
    for column, head in enumerate((form.word("question"), form.word("answer")), start=1):
        sheet.cell(1, column, head).font = Font(bold=True)
    sheet.cell(1, 3, f"# {form.word('help_answers')}")
    sheet.freeze_panes = "B2"
    number = 2
    for area, rows in form.areas:
        sheet.cell(number, 1, f"# {area}").font = Font(bold=True)
        number += 1
        for row in rows:
            label(sheet, number, row, 3)
            mark(sheet, number, row, 4)
            cell = sheet.cell(number, 2)
            shade(cell)
            offer(sheet, cell.coordinate, row.choices)
            number += 1


def _table_sheet(workbook: "Workbook", table: FormTable) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = workbook.create_sheet(table.name[:31])
    sheet.cell(1, 1, f"# {table.rows}").font = Font(italic=True, color="FF7F7F7F")
    for number, column in enumerate(table.columns, start=1):
        letters = column_letters(number - 1)
        head = sheet.cell(2, number, column.heading)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        shade(head)
        if column.help:
            help_cell = sheet.cell(3, number, f"# {column.help}")
            help_cell.font = Font(italic=True, color="FF7F7F7F")
            help_cell.alignment = Alignment(wrap_text=True, vertical="top")
        elif number == 1:
            sheet.cell(3, 1, "# ")
        sheet.column_dimensions[letters].width = 22 if number == 1 else 18
        below = f"{letters}4:{letters}{ROWS_OFFERED}"
        offer(sheet, below, column.choices)
        form = {DATE: "yyyy-mm-dd", MONTH: "yyyy-mm"}.get(column.kind)
        if is_number(column):
            form = "#,##0.##" if column.kind == "money" else "General"
        if form:
            for line in range(4, 54):
                sheet.cell(line, number).number_format = form
    sheet.freeze_panes = "B4"
