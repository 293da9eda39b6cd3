"""How a spreadsheet was read → a mapping to be corrected, as YAML with remarks."""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from diagnost.intake.draft import WHOLE
from diagnost.intake.mapping import AUTO, NONE, UNDECIDED
from diagnost.intake.seen import SeenColumn


class ToSettle(NamedTuple):
    """A row of a mapping: a line item, or ``none`` or ``undecided`` with what it may be.

    ``choices`` are the items that the label can mean, ``near`` those whose labels are nearest.
    """

    label: str
    item: str
    how: str = WHOLE
    choices: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class SeenSheet(NamedTuple):
    """A sheet as it was read: its columns, and its rows with amounts."""

    title: str
    columns: tuple[SeenColumn, ...]
    rows: tuple[ToSettle, ...]


def mapping_text(
    file: str, unit: int, sheets: Iterable[SeenSheet], named: Callable[[str], str]
) -> str:
    """Write how a spreadsheet was read as a mapping to be corrected.

    ``named`` gives what remarks call a line item, "cash (Cash and cash equivalents)".
    """
    lines = [
        f"# How {file} is read. Correct what is wrong, and give this file with --map, also for the",
        "# spreadsheet of the next year. Rows without an entry here are read by their labels.",
        f"# item: a line item ('diagnost list lines') or an indicator; {NONE} leaves the row out;",
        f"#   {UNDECIDED} must be settled. how: whole (the item itself, the default), part (one",
        "#   of several rows that make it up), less (taken off it).",
        f"# period: {AUTO} (as the heading says), a period such as 2023, or {NONE}.",
        "# use: yes, or no for a sheet that is to be left out.",
        f"mapping_of: {_quoted(file)}",
        f"unit: {AUTO}  # {unit}: what an amount of 1 means",
        "sheets:",
    ]
    for sheet in sheets:
        lines.append(f"  - sheet: {_quoted(sheet.title)}")
        lines.append("    use: yes")
        if sheet.columns:
            lines.append("    columns:")
        for column in sheet.columns:
            period = AUTO if column.period else NONE
            comment = f"  # {column.period}" if column.period else ""
            heading = _quoted(column.heading.text)
            lines.append(f"      - {{heading: {heading}, period: {period}}}{comment}")
        if sheet.rows:
            lines.append("    rows:")
        lines += (f"      - {_row_text(row, named)}" for row in sheet.rows)
    return "\n".join(lines) + "\n"


def _row_text(row: ToSettle, named: Callable[[str], str]) -> str:
    how = f", how: {row.how}" if row.how != WHOLE else ""
    text = f"{{label: {_quoted(row.label)}, item: {row.item}{how}}}"
    if row.choices:
        return f"{text}  # one of: {', '.join(named(each) for each in row.choices)}"
    if row.near:
        return f"{text}  # nearest: {', '.join(named(each) for each in row.near)}"
    return text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
