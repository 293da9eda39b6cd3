"""``coverage``: which statements of the sources are encoded."""

from typing import Annotated

import typer

from diagnost.cli.options import Shape, ShapeOption
from diagnost.cli.output import say


def coverage(
    form: ShapeOption = Shape.TEXT,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only the ids that are missing, one a line.")
    ] = False,
) -> None:
    """Count which statements of the sources are encoded.

    The others are left out with a reason, or missing; exits with 1 if any is missing.

    Example: diagnost coverage --missing
    """
    from diagnost.app.covering import coverage_json, coverage_text, knowledge_coverage

    found = knowledge_coverage()
    if form is Shape.JSON:
        say(coverage_json(found))
    else:
        say(coverage_text(found, missing_only=missing))
    raise typer.Exit(1 if found.missing else 0)
