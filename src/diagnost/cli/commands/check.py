"""``check``: the knowledge base and its examples."""

from enum import StrEnum
from typing import Annotated

import typer

from diagnost.cli.output import say

_PAUSE = 0.2
"""Seconds between two looks at the files."""


class ProblemForm(StrEnum):
    """The forms in which problems are told."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders; all if none.")
    ] = None,
    form: Annotated[
        ProblemForm,
        typer.Option("--format", help="The form of the output; github and sarif are for CI."),
    ] = ProblemForm.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough",
            help="Decide also by the accounting identities (half a minute; needs the extra logic).",
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Go on, and check again what a saved file touches."),
    ] = False,
) -> None:
    """Check the knowledge base and run its examples.

    Looks at shape, references, language, examples and logic: entries that can never fire,
    sentences that contradict each other, and the like. Exits with 1 if anything is wrong.

    Example: diagnost check knowledge/finance/liquidity
    """
    from diagnost.app import checking

    if watch:
        _refuse_with_watch(paths, form, thorough=thorough)
        _watch()
        return
    result = checking.check_knowledge(paths or (), thorough=thorough)
    write = {
        ProblemForm.TEXT: checking.check_text,
        ProblemForm.JSON: checking.check_json,
        ProblemForm.GITHUB: checking.check_github,
        ProblemForm.SARIF: checking.check_sarif,
    }
    say(write[form](result))
    raise typer.Exit(1 if result.errors or (strict and result.problems) else 0)


def _refuse_with_watch(paths: list[str] | None, form: ProblemForm, *, thorough: bool) -> None:
    from diagnost.app.errors import UsageError

    if paths or thorough or form is not ProblemForm.TEXT:
        raise UsageError("--watch follows all files and writes text: give it nothing else")


def _watch() -> None:
    """Check everything, then each file that is saved, until the user has enough."""
    import time

    from diagnost.app.checking import check_text
    from diagnost.app.watching import WatchedKnowledge, rerun_text

    watched = WatchedKnowledge()
    say(check_text(watched.checked))
    try:
        while True:
            time.sleep(_PAUSE)
            for name in watched.changes():
                say(rerun_text(watched.saved(name)))
    except KeyboardInterrupt:
        return
