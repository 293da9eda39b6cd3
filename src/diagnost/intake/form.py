"""An empty form to fill in, as a workbook, a CSV table or YAML; reads back with ``read_accounts``.

Help stands in cells that begin with "# ", which reading leaves out.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from diagnost.intake.form_files import CsvForm, empty_workbook, workbook_content, written
from diagnost.intake.form_rows import Form, FormRow, form_of
from diagnost.intake.form_sheets import label, mark, offer, shade, widths
from diagnost.model.catalogue import Catalogue

if TYPE_CHECKING:
    from openpyxl import Workbook


def write_form(
    kind: str, catalogue: Catalogue, language: str, last_year: int | None = None
) -> bytes:
    """Return an empty form of a kind (xlsx, csv, yaml) in a language (en, pl, zh).

    The periods shown are the three years up to ``last_year``, by default the last full years.
    Raises ValueError for another kind, KeyError for another language.
    """
    form = form_of(catalogue, language, last_year)
    return written(
        kind, form, {"xlsx": _xlsx, "csv": _csv, "yaml": lambda each: _yaml(each).encode()}
    )


# --- CSV -----------------------------------------------------------------------------------------


def _csv(form: Form) -> bytes:
    sheet = CsvForm(form.language)
    empty = [""] * len(form.periods)

    asked = {row.id for row in form.questions}

    def line(label: str, values: Sequence[str] = (), help_text: str = "", row: str = "") -> None:
        question = row if row in asked else ""
        sheet.line(label, *(values or empty), remark=help_text, question=question)

    line(f"# {form.word('help_empty')}")
    for row in (*form.fields, *form.questions, *form.sector, *form.peers):
        line(row.label, help_text=row.help, row=row.id)
    sheet.line()
    line(form.word("item"), form.periods)
    for title, rows in form.statements:
        line(title)
        for row in rows:
            line(row.label, help_text=row.help)
    line(f"# {form.word('help_method')}")
    for row in form.method:
        line(row.label, help_text=row.help)
    return sheet.content()


# --- YAML ----------------------------------------------------------------------------------------


def _yaml(form: Form) -> str:
    empty = f"[{', '.join(['null'] * len(form.periods))}]"
    lines = [f"# {form.word('help_empty')}", "", "company:"]
    fields = {row.id: row for row in form.fields}
    for key in ("name", "activity", "sector", "country"):
        lines.append(_yaml_line(f"  {key}:", fields[key], ()))
    for key in ("currency", "unit"):
        lines.append(_yaml_line(f"{key}:", fields[key], ()))
    periods = ", ".join(f'"{period}"' for period in form.periods)
    lines += ["", f"periods: [{periods}]", "", "lines:"]
    for title, rows in form.statements:
        lines.append(f"  # --- {title}")
        lines += [_yaml_line(f"  {row.id}: {empty}", row, (row.help,)) for row in rows]
    lines += ["", "context:"]
    lines += [_yaml_line(f"  {row.id}:", row, row.choices or (row.help,)) for row in form.questions]
    lines += [_yaml_line(f"  {row.id}:", row, ()) for row in form.peers]
    if form.sector:
        lines.append("  sector_average:")
        lines += [_yaml_line(f"    {row.id}:", row, ()) for row in form.sector]
    lines += ["", f"# {form.word('method')}: {form.word('help_method')}", "# method:"]
    for row in form.method:
        said = (f"{id_}: {name}" for id_, name in zip(row.ids, row.choices, strict=True))
        usual = "" if row.id == "bundle" else f" {row.ids[0]}"
        lines.append(f"{f'#   {row.id}:{usual}':<44}  # {'; '.join(said)}")
    lines += ["", f"# {form.word('indicators')}: {form.word('help_indicators')}", "# indicators:"]
    lines += [_yaml_line(f"#   {row.id}: {empty}", row, (row.help,)) for row in form.indicators]
    return "\n".join(lines) + "\n"


def _yaml_line(start: str, row: FormRow, more: Iterable[str]) -> str:
    remark = f"{row.label} ({', '.join(filter(None, more))})" if any(more) else row.label
    if not any(more) and row.help:
        remark = f"{row.label}: {row.help}"
    return f"{start:<44}  # {remark}"


# --- workbook ------------------------------------------------------------------------------------


def _xlsx(form: Form) -> bytes:
    workbook = empty_workbook()
    _company_sheet(workbook, form)
    _table_sheet(workbook, form, form.word("accounts"), form.statements, symbols=False)
    indicators = ((form.word("help_indicators"), form.indicators),)
    _table_sheet(workbook, form, form.word("indicators"), indicators, symbols=True)
    _method_sheet(workbook, form)
    return workbook_content(workbook)


def _company_sheet(workbook: "Workbook", form: Form) -> None:
    sheet = workbook.create_sheet(form.word("company"))
    widths(sheet, (62, 28, 60, 6))
    rows = (*form.fields, *form.questions, *form.sector, *form.peers)
    for number, row in enumerate(rows, start=1):
        label(sheet, number, row, 3)
        cell = sheet.cell(number, 2)
        shade(cell)
        if row.unit == "percent":
            cell.number_format = "0.0%"
        offer(sheet, cell.coordinate, row.choices)
        if row in form.questions:
            mark(sheet, number, row, 4)
    sheet.cell(len(rows) + 2, 1, f"# {form.word('help_empty')}")


def _method_sheet(workbook: "Workbook", form: Form) -> None:
    sheet = workbook.create_sheet(form.word("method"))
    widths(sheet, (58, 44, 90))
    sheet.cell(1, 1, f"# {form.word('help_method')}")
    for number, row in enumerate(form.method, start=2):
        label(sheet, number, row, 3)
        cell = sheet.cell(number, 2)
        shade(cell)
        offer(sheet, cell.coordinate, row.choices)


def _table_sheet(
    workbook: "Workbook",
    form: Form,
    title: str,
    groups: Sequence[tuple[str, Sequence[FormRow]]],
    *,
    symbols: bool,
) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = workbook.create_sheet(title)
    first = 3 if symbols else 2
    last = first + len(form.periods)
    labels = [form.word("item"), *([form.word("symbol")] if symbols else [])]
    heads = [*labels, *map(int, form.periods), f"# {form.word('help')}"]
    for column, head in enumerate(heads, start=1):
        cell = sheet.cell(1, column, head)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="left" if column < first else "center")
    widths(sheet, (52, *((12,) if symbols else ()), *((14,) * len(form.periods)), 44))
    sheet.freeze_panes = sheet.cell(2, first).coordinate
    number = 2
    for heading, rows in groups:
        sheet.cell(number, 1, f"# {heading}" if symbols else heading).font = Font(bold=True)
        number += 1
        for row in rows:
            label(sheet, number, row, last)
            if symbols:
                sheet.cell(number, 2, row.id)
            for column in range(first, last):
                cell = sheet.cell(number, column)
                shade(cell)
                cell.number_format = {"percent": "0.0%", "times": "0.00"}.get(
                    row.unit, "#,##0;[Red]-#,##0;0"
                )
            number += 1
