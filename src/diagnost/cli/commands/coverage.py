"""``coverage``: how much of the sources, the bands and the entries the examples reach."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.options import Output
from diagnost.cli.output import put, refuse_unwritable


class By(StrEnum):
    """By what coverage is counted."""

    SOURCE = "source"
    BAND = "band"
    RULE = "rule"


class TableForm(StrEnum):
    """The forms of a table."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def coverage(
    by: Annotated[By, typer.Option(help="Statements of the sources, bands, or entries.")] = (
        By.SOURCE
    ),
    cases: Annotated[
        Path | None,
        typer.Option(
            help="With --by rule: a folder of accounts; which entries fired there.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        TableForm, typer.Option("--format", help="The form of the output.")
    ] = TableForm.TEXT,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only what is missing, one a line.")
    ] = False,
    output: Output = None,
) -> None:
    """Count which statements of the sources are encoded.

    The others are left out with a reason, or missing; exits with 1 if any is missing. --by band
    tells in which bands, and beside which of their edges, examples lie; --by rule which entries
    ever fired in examples, or in a folder of cases.

    Example: diagnost coverage --by rule --cases examples --missing
    """
    from diagnost.app import covering

    refuse_unwritable(output)
    found = covering.coverage_table(by.value, cases)
    write = {
        TableForm.TEXT: covering.missing_text if missing else covering.table_text,
        TableForm.JSON: covering.table_json,
        TableForm.HTML: covering.table_html,
    }
    put(write[form](found), output)
    raise typer.Exit(1 if by is By.SOURCE and found.missing else 0)
