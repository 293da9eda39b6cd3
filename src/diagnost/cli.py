"""The command line: arguments in, text out, exit codes; no work of its own.

Exit codes: 0 done; 1 a check found problems or ``--fail-on`` was reached; 2 wrong use;
3 accounts or knowledge cannot be used; 70 a bug of ours.
"""

import sys
from typing import Annotated

import typer

app = typer.Typer(
    name="diagnost",
    help="Reads a company's figures and writes the diagnosis a good consultant would write.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command()
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders; all if none.")
    ] = None,
) -> None:
    """Check the knowledge base: shape, references, language, examples.

    Example: diagnost check knowledge/finance/liquidity
    """
    from diagnost.app import check_knowledge
    from diagnost.check.excerpt import written
    from diagnost.knowledge.base import content_root

    result = check_knowledge(paths or ())
    for problem in result.problems:
        typer.echo(written(problem, content_root()))
    typer.echo(
        f"{len(result.problems)} problems in {result.entries} entries, {result.examples} examples run"
    )
    raise typer.Exit(1 if result.problems else 0)


def main() -> None:
    """Run the command line."""
    app(prog_name="diagnost")
    sys.exit(0)
