"""``docs``: the catalogue of everything that the knowledge base holds."""

from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.options import Language
from diagnost.cli.output import say


def docs(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="DIR", help="Write into this folder."),
    ],
    lang: Annotated[
        list[Language] | None,
        typer.Option(help="Only in this language; may be given twice.", show_default=False),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that holds something.")
    ] = False,
) -> None:
    """Write the catalogue of the knowledge base: every entry, with links, as pages of Markdown.

    Indicators, findings, causes, advice, verdicts, questions, tables, calculators and sources, a
    page for each area and kind, in a folder for each language. Entries of packs are marked.

    Example: diagnost docs -o catalogue --lang en
    """
    from diagnost.app.catalogue import write_catalogue

    languages = tuple(dict.fromkeys(lang or Language))
    for page in write_catalogue(output, languages, overwrite=force):
        say(f"{page}\n")
