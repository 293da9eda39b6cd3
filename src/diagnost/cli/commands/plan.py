"""``plan``: the calculators of the knowledge base, a command each, made of what they declare."""

from collections.abc import Sequence
from enum import StrEnum
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diagnost.cli.options import Language
from diagnost.cli.output import say, width
from diagnost.cli.packs import Packs, packs_named, with_packs
from diagnost.cli.sources import with_sources

if TYPE_CHECKING:
    from diagnost.model.calculator import Calculator, Input

HELP = """Work out targets, splits, paces and the like, from options or from accounts.

Each calculator says what it was given, what comes out and how, and what that does not say.

Example: diagnost plan target --last 378778.56 --this 400000
"""


class Form(StrEnum):
    """The forms of a calculation."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


From = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE", help="Accounts that give what no option does."),
]
Of = Annotated[
    str, typer.Option("--of", metavar="NAME", help="The row of the accounts it is about, by name.")
]
As = Annotated[Form | None, typer.Option("--format", help="The form of the output.")]
Lang = Annotated[Language, typer.Option(help="Language of the output.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", help="Write to this file; .json, .csv and .xlsx set the form too."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")]

_COMMON = (("from_file", From, None), ("form", As, None), ("lang", Lang, Language.EN))
_FILE = (("output", Output, None), ("force", Force, False))


def group(arguments: Sequence[str]) -> typer.Typer:
    """Return the calculators as commands: all of them, or the one that the arguments begin with.

    Nothing is read where no arguments follow ``plan`` on the way to another command's help.
    """
    from diagnost.app.calculating import calculators_for

    packs = packs_named(arguments)
    app = empty_group()
    for calculator in calculators_for(arguments[0] if arguments else "", packs):
        command = with_packs(with_sources(_command(calculator)), named=packs)
        app.command(calculator.id, help=_help(calculator))(command)
    return app


def empty_group() -> typer.Typer:
    """Return the group without its commands, for the list of all commands."""
    app = typer.Typer(help=HELP, no_args_is_help=True)
    app.callback()(_plan)
    return app


def _plan(packs: Packs = None) -> None:
    """Hold the calculators; those of packs are there when the group is made."""


def _command(calculator: "Calculator") -> Any:
    """Return a function with a parameter for each input of a calculator."""

    def run(**values: Any) -> None:
        given = {id_: values[id_] for id_ in calculator.inputs if values[id_] is not None}
        _run(calculator.id, given, values)

    parameters = [
        Parameter(each.id, Parameter.KEYWORD_ONLY, default=None, annotation=_option(each))
        for each in calculator.inputs.values()
    ]
    about = (("of", Of, ""),) if calculator.about else ()
    parameters += [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, annotation, default in (*about, *_COMMON, *_FILE)
    ]
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _option(wanted: "Input") -> Any:
    metavar = {"shares": "NAME=WEIGHT, …", "levels": "LEVELS", "flag": "yes|no"}
    help_ = wanted.name.in_language("en")
    if wanted.help is not None:
        help_ = f"{help_}. {wanted.help.in_language('en')}"
    if wanted.required:
        help_ = f"{help_} [needed]"
    elif wanted.default:
        help_ = f"{help_} [usually {wanted.default}]"
    kind = metavar.get(wanted.unit, "PERCENT" if wanted.unit == "percent" else "NUMBER")
    return Annotated[
        str | None, typer.Option(wanted.option, metavar=kind, help=help_, show_default=False)
    ]


def _help(calculator: "Calculator") -> str:
    purpose = calculator.purpose.in_language("en")
    needed = [f"{i.option} …" for i in calculator.inputs.values() if i.required]
    example = " ".join(("diagnost plan", calculator.id, *needed))
    return f"{purpose}.\n\nExample: {example}"


def _run(calculator: str, given: dict[str, str], values: dict[str, Any]) -> None:
    from diagnost.app.calculating import CalculationRequest, calculation
    from diagnost.app.errors import UsageError
    from diagnost.app.saving import refuse_unwritable, save

    output: Path | None = values["output"]
    form = _form(values["form"], output)
    if form is Form.XLSX and output is None:
        raise UsageError("a workbook needs a file: add -o plan.xlsx")
    if output is not None:
        refuse_unwritable(output, source=values["from_file"], overwrite=values["force"])
    content = calculation(
        CalculationRequest(
            calculator=calculator,
            options=given,
            file=values["from_file"],
            of=values.get("of", ""),
            language=values["lang"],
            form=form,
            width=width(),
        )
    )
    if output is None:
        say(content.decode("utf-8-sig"))
    else:
        save(output, content)


def _form(asked: Form | None, output: Path | None) -> Form:
    if asked is not None:
        return asked
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    return Form(suffix) if suffix in tuple(Form) else Form.TEXT
