"""What commands print or write to files."""

import os
import shutil
import sys
from pathlib import Path

import typer


def terminal() -> int | None:
    """Return the width of the terminal, None where the output goes elsewhere."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def width() -> int:
    """Return the width of the page: the terminal's, within what reads well."""
    return max(60, min(terminal() or 88, 110))


def refuse_unwritable(output: Path | None, *sources: Path | None, overwrite: bool = True) -> None:
    """Refuse a file that cannot be written, or is a source, before any work is done for it."""
    if output is not None:
        from diagnost.app import saving

        for source in sources or (None,):
            saving.refuse_unwritable(output, source=source, overwrite=overwrite)


def put(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file whole or not at all."""
    if output is None:
        say(text)
        return
    from diagnost.app.saving import save

    save(output, text.encode())


def put_bytes(content: bytes, output: Path | None) -> None:
    """Print what is text in UTF-8, or write it to a file whole or not at all."""
    if output is None:
        say(content.decode())
        return
    from diagnost.app.saving import save

    save(output, content)


def say(text: str) -> None:
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
        from diagnost.app.errors import UsageError

        raise UsageError(f"cannot write the output: {error.strerror}") from error


def remark(text: str) -> None:
    """Tell what a result does not show, beside it: on the stream of errors."""
    if sys.stderr is not None:
        print(f"diagnost: {text}", file=sys.stderr)


def _forget_output() -> None:
    """Send what is left in the buffer nowhere, so that nothing is said about it at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file, as under a test
        sys.stdout = None
