"""The program as a tree of commands; of a command that is named only its own module is loaded."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from diagnost.cli.output import say
from diagnost.cli.packs import with_packs
from diagnost.cli.sources import with_sources

COMMANDS = {
    "diagnose": "diagnose.diagnose",
    "report": "diagnose.report",
    "actions": "actions.actions",
    "indicators": "indicators.indicators",
    "ask": "ask.ask",
    "why": "why.why",
    "how": "how.how",
    "why-not": "why_not.why_not",
    "what-if": "what_if.what_if",
    "compare": "compare.compare",
    "goal": "goal.goal",
    "rests-on": "rests_on.rests_on",
    "sensitivity": "sensitivity.sensitivity",
    "missing": "missing.missing",
    "check": "check.check",
    "mutate": "mutate.mutate",
    "list": "browse.list_",
    "show": "browse.show",
    "new": "new.new",
    "diff": "diff.diff",
    "graph": "graph.graph",
    "schema": "schema.schema",
    "docs": "docs.docs",
    "language-server": "language_server.language_server",
    "map": "map.map_",
    "template": "template.template",
    "assess": "assess.assess",
    "coverage": "coverage.coverage",
}
"""Where each command stands in ``cli.commands``, in the order of the help."""

GROUPS = {"plan": "plan", "pack": "pack"}
"""The modules of commands that hold commands of their own."""

HELP = """Reads a company's figures and writes the diagnosis a good consultant would write.

Exit codes: 0 done; 1 a check found problems or --fail-on was reached; 2 wrong use; 3 the
accounts or the knowledge base cannot be used; 70 a bug of ours.

Example: diagnost diagnose acme.xlsx
"""


def program(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the program with all its commands, or with the one that the arguments begin with."""
    whole = typer.Typer(
        name="diagnost",
        help=HELP,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    whole.callback()(options)
    named = arguments[0] if arguments else ""
    if named in GROUPS:
        module = import_module(f"diagnost.cli.commands.{GROUPS[named]}")
        whole.add_typer(module.group(arguments[1:]), name=named)
        return whole
    for name in (named,) if named in COMMANDS else COMMANDS:
        path, _, function = COMMANDS[name].rpartition(".")
        command = getattr(import_module(f"diagnost.cli.commands.{path}"), function)
        whole.command(name)(with_packs(with_sources(command)))
    if named not in COMMANDS:
        for name, path in GROUPS.items():
            module = import_module(f"diagnost.cli.commands.{path}")
            whole.add_typer(module.empty_group(), name=name)
    return whole


def _version(asked: bool) -> None:
    if asked:
        from diagnost import __version__

        say(f"diagnost {__version__}\n")
        raise typer.Exit


def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where a bug of ours arose; anywhere on the line.")
    ] = False,
) -> None:
    """Take the options that stand before a command; ``--debug`` is seen to by ``main``."""
