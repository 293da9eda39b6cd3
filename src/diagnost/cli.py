"""The command line: arguments in, text out, exit codes; no work of its own.

Exit codes: 0 done; 1 a check found problems or ``--fail-on`` was reached; 2 wrong use;
3 accounts or knowledge cannot be used; 70 a bug of ours (traceback with ``--debug``).
"""

import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
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


class Form(StrEnum):
    """The forms of a written diagnosis."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"


class Language(StrEnum):
    """The languages of documents."""

    EN = "en"
    PL = "pl"
    ZH = "zh"


class Viewpoint(StrEnum):
    """For whom the diagnosis is written."""

    OWNER = "owner"
    BANK = "bank"
    INVESTOR = "investor"


class Engine(StrEnum):
    """The rule engines."""

    AUTO = "auto"
    DURABLE = "durable"
    BUILTIN = "builtin"


class Gravity(StrEnum):
    """How grave a finding must be for ``--fail-on``."""

    NOTE = "note"
    SERIOUS = "serious"
    CRITICAL = "critical"


File = Annotated[Path, typer.Argument(help="Accounts: .yaml, .csv or .xlsx.", show_default=False)]
Lang = Annotated[Language, typer.Option(help="Language of the output.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file instead of the terminal.")
]


@app.command()
def diagnose(
    file: File,
    form: Annotated[
        Form | None, typer.Option("--format", help="By default by the ending of -o, else text.")
    ] = None,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Annotated[str, typer.Option(help="The period judged; by default the last.")] = "",
    viewpoint: Annotated[Viewpoint, typer.Option(help="The reader.")] = Viewpoint.OWNER,
    engine: Annotated[Engine, typer.Option(help="The rule engine.")] = Engine.AUTO,
    fail_on: Annotated[
        Gravity | None, typer.Option(help="Exit with 1 if a finding is at least this grave.")
    ] = None,
) -> None:
    """Write the diagnosis of a company.

    Example: diagnost diagnose acme.xlsx --lang pl -o acme.html
    """
    from diagnost.app import Request, chosen_period, diagnosis, reached

    endings = {".txt": Form.TEXT, ".md": Form.MD, ".html": Form.HTML, ".htm": Form.HTML}
    endings |= {".json": Form.JSON}
    by_ending = endings.get(output.suffix.lower()) if output else Form.TEXT
    if form is None and by_ending is None:
        known = ", ".join(endings)
        raise typer.BadParameter(f"name the form with --format, or let -o end in {known}")
    request = Request(
        file=file,
        form=form or by_ending or Form.TEXT,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=_width(),
    )
    text, case = diagnosis(request)
    _put(text, output)
    if fail_on is not None and reached(case, chosen_period(case, period), fail_on):
        raise typer.Exit(1)


@app.command()
def indicators(file: File, lang: Lang = Language.EN) -> None:
    """Show the indicators of a company with norms and tendencies.

    Example: diagnost indicators acme.csv
    """
    from diagnost.app import indicator_table

    _put(indicator_table(file, lang, width=_width()), None)


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
    count = len(result.problems)
    typer.echo(
        f"{count} problem{'' if count == 1 else 's'} in {result.entries} entries, "
        f"{result.examples} examples run"
    )
    raise typer.Exit(1 if result.problems else 0)


def _width() -> int:
    """Return the width of the page: the terminal's, within what reads well."""
    if not sys.stdout.isatty():
        return 88
    return max(60, min(shutil.get_terminal_size().columns, 110))


def _put(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file whole or not at all."""
    if output is None:
        typer.echo(text, nl=False)
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise typer.BadParameter(f"cannot write {output}: {error.strerror}") from error


def main() -> None:
    """Run the command line and turn what went wrong into a message and an exit code."""
    from diagnost.model.located import DiagnostError

    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app(arguments, prog_name="diagnost")
    except DiagnostError as error:
        _tell(error, arguments)
        sys.exit(3)
    except Exception as error:
        if debug:
            raise
        message = _known(error)
        if message is not None:
            print(f"diagnost: {message}", file=sys.stderr)
            sys.exit(2)
        kind = type(error).__name__
        print(
            f"diagnost: a bug of ours ({kind}: {error}); please report it. "
            "Run again with --debug to see where.",
            file=sys.stderr,
        )
        sys.exit(70)


def _known(error: Exception) -> str | None:
    from diagnost.app import UsageError
    from diagnost.engine.run import EngineUnavailable

    return str(error) if isinstance(error, UsageError | EngineUnavailable) else None


def _tell(error: Exception, arguments: list[str]) -> None:
    from diagnost.check.excerpt import written
    from diagnost.knowledge.base import content_root
    from diagnost.model.located import DiagnostError

    assert isinstance(error, DiagnostError)
    accounts = any(problem.code.startswith("A") for problem in error.problems)
    named = {Path(argument).name: Path(argument).parent for argument in arguments}
    for problem in error.problems:
        folder = named.get(problem.at.file, content_root())
        print(written(problem, folder), file=sys.stderr)
    what = "accounts" if accounts else "knowledge base"
    print(f"diagnost: the {what} cannot be used", file=sys.stderr)
