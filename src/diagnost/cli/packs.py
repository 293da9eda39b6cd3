"""``--pack``: the option of every command that reads the knowledge."""

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

NAME = "packs"
Packs = Annotated[
    list[Path] | None,
    typer.Option(
        "--pack",
        metavar="DIR|ZIP",
        help="Knowledge to add to what is shipped: a pack, as a folder or a zip. Repeatable.",
        show_default=False,
    ),
]


def with_packs(command: Callable[..., Any], named: Sequence[Path] = ()) -> Callable[..., Any]:
    """Give a command the option ``--pack``; all that it does works with the packs named there.

    ``named`` are those of the whole line, where the option may stand before the command too.
    """

    @wraps(command)
    def run(*args: Any, **given: Any) -> Any:
        from diagnost.app.shipped import using_packs_and_settings

        own = given.pop(NAME) or ()
        with using_packs_and_settings(named or own):
            return command(*args, **given)

    option = Parameter(NAME, Parameter.KEYWORD_ONLY, default=None, annotation=Packs)
    whole = signature(command)
    run.__signature__ = whole.replace(  # type: ignore[attr-defined]
        parameters=[*whole.parameters.values(), option]
    )
    run.__annotations__ = {**get_type_hints(command, include_extras=True), NAME: Packs}
    return run


def packs_named(arguments: Sequence[str]) -> tuple[Path, ...]:
    """Return the packs of a command line that has not been parsed yet."""
    found = []
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--pack" and equals:
            found.append(Path(value))
        elif argument == "--pack" and place + 1 < len(arguments):
            found.append(Path(arguments[place + 1]))
    return tuple(found)
