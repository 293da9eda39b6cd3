"""``--map`` and ``-``: what every command takes that reads accounts."""

from collections.abc import Callable
from contextlib import ExitStack
from enum import StrEnum
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from diagnost.cli.output import refuse_unwritable

READS = ("file", "from_file")
"""The parameters of commands that name accounts."""


class Kind(StrEnum):
    """What standard input can be said to be."""

    CSV = "csv"
    YAML = "yaml"
    JSON = "json"


Map = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="FILE",
        help="What you have settled of this spreadsheet's rows and columns (diagnost map).",
        show_default=False,
    ),
]
As = Annotated[
    Kind | None,
    typer.Option("--as", help="What standard input (-) is, if it cannot be told by itself."),
]
_OPTIONS = {"mapping": Map, "stdin_kind": As}


def with_sources(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command that reads accounts take a mapping, and standard input in place of a file."""
    whole = signature(command)
    source = next((name for name in READS if name in whole.parameters), None)
    if source is None:
        return command

    @wraps(command)
    def run(*args: Any, **given: Any) -> Any:
        mapping, kind = (given.pop(name, None) for name in _OPTIONS)
        if given.get(source) is None and not args:
            return command(*args, **given)
        from diagnost.app.sources import as_file, using_mapping

        if mapping is not None:
            refuse_unwritable(given.get("output"), mapping)
        with ExitStack() as stack:
            stack.enter_context(using_mapping(mapping))
            given[source] = stack.enter_context(as_file(given[source], kind or ""))
            return command(*args, **given)

    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in _OPTIONS.items()
    ]
    run.__signature__ = whole.replace(  # type: ignore[attr-defined]
        parameters=[*whole.parameters.values(), *options]
    )
    run.__annotations__ = {**get_type_hints(command, include_extras=True), **_OPTIONS}
    return run
