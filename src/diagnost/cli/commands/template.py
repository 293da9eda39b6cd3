"""``template``: an empty form for accounts."""

from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.options import Language


def template(
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="The form to write: .xlsx, .csv, .yaml, or a folder for one .csv per table.",
            show_default=False,
        ),
    ],
    lang: Annotated[Language, typer.Option(help="Language of labels and help.")] = Language.EN,
    purpose: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="SIDE",
            help="finance (by default), sales or retail (vehicle dealers).",
            show_default=False,
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write an empty form for the accounts of a company, its sales force or its shops.

    Example: diagnost template team.xlsx --for sales --lang pl
    """
    from diagnost.app.errors import UsageError
    from diagnost.app.forms import form, form_folder
    from diagnost.app.saving import refuse_unwritable, save
    from diagnost.intake.form_files import SUFFIXES, form_kind

    if output.is_dir() or not output.suffix:
        form_folder(output, lang, purpose, overwrite=force)
        return
    kind = form_kind(output.suffix)
    if not kind:
        raise UsageError(f"the form must end in {', '.join(SUFFIXES)}, not '{output.suffix}'")
    refuse_unwritable(output, overwrite=force)
    save(output, form(kind, lang, purpose))
