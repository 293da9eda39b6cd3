"""``schema``: JSON Schemas, so that editors complete and check as one types."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.output import say


class SchemaForm(StrEnum):
    """The forms in which what files may hold is written."""

    JSON = "json"
    MD = "md"


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="A kind of file, such as topic or questions; without it, all.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        SchemaForm, typer.Option("--format", help="json: JSON Schemas; md: a reference to read.")
    ] = SchemaForm.JSON,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Write into this folder."),
    ] = None,
) -> None:
    """Write JSON Schemas (2020-12) of the files of the knowledge base, or a reference of all keys.

    With neither a kind nor a folder it lists the kinds and which files are of them.

    Example: diagnost schema -o schemas
    """
    from diagnost.app.schemas import (
        reference_text,
        schema_list,
        schema_text,
        write_reference,
        write_schemas,
    )

    readable = form is SchemaForm.MD
    if output is not None:
        write = write_reference if readable else write_schemas
        for path in write(output, kind):
            say(f"{path}\n")
    elif kind:
        say(reference_text(kind) if readable else schema_text(kind))
    else:
        say(schema_list())
