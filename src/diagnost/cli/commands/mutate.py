"""``mutate``: whether the examples would notice if the knowledge said something else."""

import sys
from typing import Annotated

import typer

from diagnost.cli.options import Output, Shape, ShapeOption
from diagnost.cli.output import put, refuse_unwritable


def mutate(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files or folders; if none, all, or with --pack what the packs bring."),
    ] = None,
    least: Annotated[
        float | None,
        typer.Option(
            "--min",
            min=0,
            max=100,
            metavar="PERCENT",
            help="Exit with 1 if the score is lower.",
            show_default=False,
        ),
    ] = None,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="Survivors in a line each, without examples; much faster."),
    ] = False,
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    sample: Annotated[
        int | None,
        typer.Option(
            min=1, help="Try so many changes only, the same each time.", show_default=False
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(min=0, help="How many processes work at it; 0: one for each processor."),
    ] = 0,
) -> None:
    """Change the knowledge a little, in every way, and see whether an example notices.

    Moves the edges of bands, drops and negates conditions, swaps words. A change that no example
    notices is told, with an example that would.

    Example: diagnost mutate knowledge/finance/liquidity --min 95
    """
    from diagnost.app.mutating import MutationRun, mutation_json, mutation_text

    refuse_unwritable(output)
    run = MutationRun(paths or (), sample or 0)
    visible = sys.stderr is not None and sys.stderr.isatty()
    if visible:
        with typer.progressbar(length=len(run.subjects), file=sys.stderr) as bar:
            result = run.run(jobs, bar.update, propose=not brief)
    else:
        result = run.run(jobs, propose=not brief)
    asked = form is Shape.JSON
    put(mutation_json(result) if asked else mutation_text(result, brief=brief), output)
    score = result.outcome.score
    raise typer.Exit(1 if least is not None and score is not None and score < least else 0)
