"""``pack``: knowledge of one's own, to be laid over what is shipped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.options import Shape, ShapeOption
from diagnost.cli.output import say
from diagnost.cli.packs import with_packs

HELP = """Make, check, build and list packs: knowledge to be laid over what is shipped.

Example: diagnost pack new our-norms
"""

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of the pack.", show_default=False)
]


def group(arguments: Sequence[str]) -> typer.Typer:
    """Return the commands on packs; which are named makes no difference."""
    app = empty_group()
    app.command("new")(new)
    app.command("check")(check)
    app.command("build")(build)
    app.command("list")(with_packs(list_))
    return app


def empty_group() -> typer.Typer:
    """Return the group without its commands, for the list of all commands."""
    app = typer.Typer(help=HELP, no_args_is_help=True)
    app.callback()(_packs)
    return app


def _packs() -> None:
    """Hold the commands on packs."""


def new(folder: Folder) -> None:
    """Write a pack to begin with: a manifest, a topic and a case, with comments.

    Example: diagnost pack new our-norms
    """
    from diagnost.app.packing import new_pack

    names = new_pack(folder)
    say("".join(f"{folder / name}\n" for name in names))


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR|ZIP …",
            help="Packs; of several it is told whether they go together.",
            show_default=False,
        ),
    ],
) -> None:
    """Check packs, their examples and their cases, laid over what is shipped.

    Exits with 1 if anything is wrong.

    Example: diagnost pack check our-norms
    """
    from diagnost.app.packing import check_packs

    checked = check_packs(paths)
    say(checked.text)
    raise typer.Exit(0 if checked.sound else 1)


def build(
    folder: Folder,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The zip to write; by default ID-VERSION.zip."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Check a pack and write it as one zip, which --pack reads.

    The same files always give the same zip.

    Example: diagnost pack build our-norms -o our-norms.zip
    """
    from diagnost.app.packing import build_pack

    say(f"{build_pack(folder, output, overwrite=force)}\n")


def list_(
    form: ShapeOption = Shape.TEXT,
    entries: Annotated[
        bool, typer.Option("--entries", help="With the ids of all entries that they touch.")
    ] = False,
) -> None:
    """List the packs in use: those of --pack and of the user's settings.

    Example: diagnost pack list --pack our-norms --entries
    """
    from diagnost.app.packing import pack_json, pack_list

    say(pack_json() if form is Shape.JSON else pack_list(with_entries=entries))
