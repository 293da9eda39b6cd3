"""The command line: arguments in, text out, exit codes; no work of its own.

Exit codes: 0 done; 1 a check found problems or ``--fail-on`` was reached; 2 wrong use;
3 accounts or knowledge cannot be used; 70 a bug of ours (traceback with ``--debug``);
130 interrupted; 141 the reader of the output went away.
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
    help="""Reads a company's figures and writes the diagnosis a good consultant would write.

    Exit codes: 0 done; 1 a check found problems or --fail-on was reached; 2 wrong use; 3 the
    accounts or the knowledge base cannot be used; 70 a bug of ours.

    Example: diagnost diagnose acme.xlsx
    """,
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


class Shape(StrEnum):
    """The forms of an answer."""

    TEXT = "text"
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


ENDINGS = {
    ".txt": Form.TEXT,
    ".md": Form.MD,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".json": Form.JSON,
}
FORMS = {".xlsx": "xlsx", ".csv": "csv", ".yaml": "yaml", ".yml": "yaml"}

File = Annotated[Path, typer.Argument(help="Accounts: .yaml, .csv or .xlsx.", show_default=False)]
Lang = Annotated[Language, typer.Option(help="Language of the output.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file instead of the terminal.")
]
Period = Annotated[str, typer.Option(help="The period judged; by default the last.")]
Reader = Annotated[Viewpoint, typer.Option(help="The reader.")]
RuleEngine = Annotated[Engine, typer.Option(help="The rule engine; auto is builtin.")]
Peers = Annotated[
    Path | None,
    typer.Option(help="A file of other firms to compare with: .csv or .xlsx.", show_default=False),
]
MethodOption = Annotated[
    list[str] | None,
    typer.Option(
        "--method",
        help="Options where traditions differ, such as balances=average,year=360, or the name of a "
        "bundle, such as averages; before what the accounts pick.",
    ),
]
ShapeOption = Annotated[Shape, typer.Option("--format", help="The form of the output.")]


def _version(asked: bool) -> None:
    if asked:
        from diagnost import __version__

        _say(f"diagnost {__version__}\n")
        raise typer.Exit


@app.callback()
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


@app.command()
def diagnose(
    file: File,
    form: Annotated[
        Form | None, typer.Option("--format", help="By default by the ending of -o, else text.")
    ] = None,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
    fail_on: Annotated[
        Gravity | None, typer.Option(help="Exit with 1 if a finding is at least this grave.")
    ] = None,
) -> None:
    """Write the diagnosis of a company.

    Example: diagnost diagnose acme.xlsx --lang pl -o acme.html
    """
    from diagnost.app import Request, UsageError, chosen_period, diagnosis, reached

    by_ending = ENDINGS.get(output.suffix.lower()) if output else Form.TEXT
    if form is None and by_ending is None:
        raise UsageError(f"name the form with --format, or let -o end in {', '.join(ENDINGS)}")
    _refuse_unwritable(output, source=file)
    _refuse_unwritable(output, source=peers)
    request = Request(
        file=file,
        form=form or by_ending or Form.TEXT,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=_width(),
        peers=peers,
        method=",".join(method or ()),
    )
    text, case = diagnosis(request)
    _put(text, output)
    if fail_on is not None and reached(case, chosen_period(case, period), fail_on):
        raise typer.Exit(1)


@app.command()
def indicators(
    file: File, output: Output = None, lang: Lang = Language.EN, method: MethodOption = None
) -> None:
    """Show the indicators of a company with norms and tendencies.

    Example: diagnost indicators acme.csv
    """
    from diagnost.app import indicator_table

    _refuse_unwritable(output, source=file)
    _put(indicator_table(file, lang, width=_width(), method=",".join(method or ())), output)


@app.command()
def why(
    file: File,
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A finding, cause, area, recommendation or indicator: its id, the end of its id, "
            "its symbol or its name.",
            show_default=False,
        ),
    ],
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
) -> None:
    """Explain a finding, verdict or figure down to the cells.

    Shows what explains it, the rule with its sources, the facts used, and each fact down to norm,
    formula, amounts and their places. What does not hold is told with what its condition lacks.

    Example: diagnost why acme.xlsx quick_ratio.too_low
    """
    from diagnost.app import Question, why

    _refuse_unwritable(output, source=file)
    _refuse_unwritable(output, source=peers)
    question = Question(
        file=file,
        entry=entry,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=_width(),
        peers=peers,
        method=",".join(method or ()),
    )
    _put(why(question), output)


@app.command()
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders; all if none.")
    ] = None,
) -> None:
    """Check the knowledge base and run its examples.

    Looks at shape, references, language and examples. Exits with 1 if anything is wrong.

    Example: diagnost check knowledge/finance/liquidity
    """
    from diagnost.app import check_knowledge
    from diagnost.check.excerpt import written
    from diagnost.knowledge.files import content_root

    result = check_knowledge(paths or ())
    for problem in result.problems:
        _say(written(problem, content_root()) + "\n")
    count = len(result.problems)
    _say(
        f"{count} problem{'' if count == 1 else 's'} in {result.entries} entries, "
        f"{result.examples} examples run\n"
    )
    raise typer.Exit(1 if result.problems else 0)


@app.command("list")
def list_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="indicators, statements, rules, rulings, causes, recommendations, states, areas, "
            "facts, lines, questions, sources or methods; without it, how many there are.",
            show_default=False,
        ),
    ] = "",
    lang: Lang = Language.EN,
) -> None:
    """List the entries of the knowledge base, one a line.

    Example: diagnost list indicators --lang pl
    """
    from diagnost.app import listing

    _say(listing(kind, lang, width=_terminal()))


@app.command()
def show(
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Any entry: its id, the end of its id, its symbol or its name; F6 or F6.2 for "
            "what a source says.",
            show_default=False,
        ),
    ],
    lang: Lang = Language.EN,
) -> None:
    """Show everything about an entry of the knowledge base.

    Its place, texts, condition, sources, norms, examples, what it gives way to and who uses it.

    Example: diagnost show WPB
    """
    from diagnost.app import entry as entry_text

    _say(entry_text(entry, lang, width=_width()))


@app.command()
def template(
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="The form to write: .xlsx, .csv or .yaml.", show_default=False
        ),
    ],
    lang: Annotated[Language, typer.Option(help="Language of labels and help.")] = Language.EN,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write an empty form for the accounts of a company.

    Example: diagnost template acme.xlsx --lang pl
    """
    from diagnost.app import UsageError, form, refuse_unwritable, save

    kind = FORMS.get(output.suffix.lower())
    if kind is None:
        raise UsageError(f"the form must end in {', '.join(FORMS)}, not '{output.suffix}'")
    refuse_unwritable(output, overwrite=force)
    save(output, form(kind, lang))


@app.command()
def coverage(
    form: ShapeOption = Shape.TEXT,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only the ids that are missing, one a line.")
    ] = False,
) -> None:
    """Count which statements of the sources are encoded.

    The others are left out with a reason, or missing; exits with 1 if any is missing.

    Example: diagnost coverage --missing
    """
    from diagnost.app import coverage_json, coverage_text, knowledge_coverage

    found = knowledge_coverage()
    if form is Shape.JSON:
        _say(coverage_json(found))
    else:
        _say(coverage_text(found, missing_only=missing))
    raise typer.Exit(1 if found.missing else 0)


# --- output ---------------------------------------------------------------------------------------


def _terminal() -> int | None:
    """Return the width of the terminal, None where the output goes elsewhere."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def _width() -> int:
    """Return the width of the page: the terminal's, within what reads well."""
    return max(60, min(_terminal() or 88, 110))


def _refuse_unwritable(output: Path | None, source: Path | None) -> None:
    if output is not None:
        from diagnost.app import refuse_unwritable

        refuse_unwritable(output, source=source)


def _put(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file whole or not at all."""
    if output is None:
        _say(text)
        return
    from diagnost.app import save

    save(output, text.encode())


def _say(text: str) -> None:
    """Print a result; a reader that went away ends the command quietly."""
    if sys.stdout is None:  # closed by the caller
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _forget_output()
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(141) from None
        from diagnost.app import UsageError

        raise UsageError(f"cannot write the output: {error.strerror}") from error


def _forget_output() -> None:
    """Send what is left in the buffer nowhere, so that nothing is said about it at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file, as under a test
        sys.stdout = None


# --- start and end --------------------------------------------------------------------------------


def main() -> None:
    """Run the command line and turn what went wrong into a message and an exit code."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(arguments, debug=debug))


def _run(arguments: list[str], *, debug: bool) -> int:
    """Run the command line and return the exit code."""
    try:
        code = app(arguments, prog_name="diagnost", standalone_mode=False)
    except KeyboardInterrupt:
        return 130
    except SystemExit:  # so typer ends where the reader of its help went away
        return 141
    except Exception as error:
        return _told(error, arguments, debug=debug)
    return code if isinstance(code, int) else 0


def _told(error: Exception, arguments: list[str], *, debug: bool) -> int:
    """Tell what went wrong and return the exit code that it has."""
    from diagnost.app import UsageError
    from diagnost.engine.errors import EngineUnavailable
    from diagnost.model.located import DiagnostError

    if isinstance(error, typer.Abort):  # how some versions of typer pass on Ctrl-C
        return 130
    show = getattr(error, "show", None)
    if show is not None:  # wrong use that typer found; its classes differ between versions
        show()
        return 2
    if isinstance(error, DiagnostError):
        _tell(error, arguments)
        return 3
    if isinstance(error, UsageError | EngineUnavailable):
        _complain(str(error))
        return 2
    if debug:
        raise error
    kind = type(error).__name__
    _complain(
        f"a bug of ours ({kind}: {error}); please report it. Run again with --debug to see where."
    )
    return 70


def _complain(message: str) -> None:
    print(f"diagnost: {message}", file=sys.stderr)


def _tell(error: Exception, arguments: list[str]) -> None:
    from diagnost.check.excerpt import written
    from diagnost.knowledge.files import content_root
    from diagnost.model.located import DiagnostError

    assert isinstance(error, DiagnostError)
    accounts = any(problem.code.startswith("A") for problem in error.problems)
    paths = [Path(argument.removeprefix("--peers=")) for argument in arguments]
    named = {path.name: path.parent for path in paths}
    for problem in error.problems:
        folder = named.get(problem.at.file, content_root())
        print(written(problem, folder), file=sys.stderr)
    what = "accounts" if accounts else "knowledge base"
    _complain(f"the {what} cannot be used")
