"""Start and end of the program: what went wrong becomes a message and an exit code.

Exit codes: 0 done; 1 a check found problems or ``--fail-on`` was reached; 2 wrong use;
3 accounts or knowledge cannot be used; 70 a bug of ours (traceback with ``--debug``);
130 interrupted; 141 the reader of the output went away.
"""

import re
import sys
from pathlib import Path

import typer

from diagnost.cli.program import program


def main() -> None:
    """Run the command line and turn what went wrong into a message and an exit code."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(arguments, debug=debug))


def run(arguments: list[str], *, debug: bool) -> int:
    """Run the command line and return the exit code."""
    try:
        code = program(arguments)(arguments, prog_name="diagnost", standalone_mode=False)
    except KeyboardInterrupt:
        return 130
    except SystemExit:  # so typer ends where the reader of its help went away
        return 141
    except Exception as error:
        return _told(error, arguments, debug=debug)
    return code if isinstance(code, int) else 0


def _told(error: Exception, arguments: list[str], *, debug: bool) -> int:
    """Tell what went wrong and return the exit code that it has."""
    from diagnost.app.errors import UsageError
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


_FAULTY = {"A": "accounts", "P": "pack", "T": "template", "H": "house style"}
"""What cannot be used, by the letter of the code of a problem; other letters: the knowledge."""


def _tell(error: Exception, arguments: list[str]) -> None:
    from diagnost.check.excerpt import written
    from diagnost.knowledge.files import content_root
    from diagnost.model.located import DiagnostError

    assert isinstance(error, DiagnostError)
    values = (re.sub("^--(peers|pack|map)=", "", argument) for argument in arguments)
    paths = [Path(value).absolute() for value in values]
    named = {path.name: path.parent for path in paths}
    for problem in error.problems:
        # Of a file in a folder the place begins with the folder.
        at_home = Path.cwd() if Path(problem.at.file).is_file() else content_root()
        folder = named.get(problem.at.file.partition("/")[0], at_home)
        print(written(problem, folder), file=sys.stderr)
    kinds = {problem.code[0] for problem in error.problems}
    what = next((name for letter, name in _FAULTY.items() if letter in kinds), "knowledge base")
    _complain(f"the {what} cannot be used")
