"""``diff``: two states of the knowledge."""

from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.options import Lang, Language, Output, Shape, ShapeOption
from diagnost.cli.output import put, refuse_unwritable

STATE = "A folder with knowledge/ and rules/, a pack, or shipped: what comes with the program."


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=STATE, show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=STATE, show_default=False)],
    cases: Annotated[
        list[Path] | None,
        typer.Option(
            help="Accounts, or a folder of them, to be diagnosed with both. Repeatable.",
            show_default=False,
        ),
    ] = None,
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
) -> None:
    """Tell what changed between two states of the knowledge.

    Entries that came, went and changed, and in what: condition, texts by language, edges of norms,
    sources. With --cases also which diagnoses would change, and through which entries.

    Example: diagnost diff shipped my-pack --cases examples
    """
    from diagnost.app.difference import DiffRequest, difference

    refuse_unwritable(output)
    request = DiffRequest(old=old, new=new, cases=tuple(cases or ()), form=form, language=lang)
    put(difference(request), output)
