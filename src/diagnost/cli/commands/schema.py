"""``schema``: JSON Schemas, so that editors complete and check as one types."""

from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.output import say


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="A kind of file, such as topic or questions; without it, all.",
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Write into this folder."),
    ] = None,
) -> None:
    """Write JSON Schemas (2020-12) of the files of the knowledge base, for editors.

    With neither a kind nor a folder it lists the kinds and which files are of them.

    Example: diagnost schema -o schemas
    """
    from diagnost.app.schemas import schema_list, schema_text, write_schemas

    if output is not None:
        for path in write_schemas(output, kind):
            say(f"{path}\n")
    else:
        say(schema_text(kind) if kind else schema_list())
