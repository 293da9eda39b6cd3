"""``check``: the knowledge base and its examples."""

from typing import Annotated

import typer

from diagnost.cli.output import say


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders; all if none.")
    ] = None,
) -> None:
    """Check the knowledge base and run its examples.

    Looks at shape, references, language and examples. Exits with 1 if anything is wrong.

    Example: diagnost check knowledge/finance/liquidity
    """
    from diagnost.app.checking import check_knowledge
    from diagnost.check.excerpt import written
    from diagnost.knowledge.files import content_root

    result = check_knowledge(paths or ())
    for problem in result.problems:
        say(written(problem, content_root()) + "\n")
    count = len(result.problems)
    say(
        f"{count} problem{'' if count == 1 else 's'} in {result.entries} entries, "
        f"{result.examples} examples run\n"
    )
    raise typer.Exit(1 if result.problems else 0)
