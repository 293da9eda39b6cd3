"""Questions in the terminal; the only door to questionary and prompt_toolkit, loaded when used."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionary import Style

MARK = "›"


def is_possible() -> bool:
    """Say whether somebody sits at a terminal."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def line(title: str, default: str, wrong: Callable[[str], str]) -> str:
    """Ask for a line of text; ``wrong`` says what is wrong with it, '' if nothing."""
    import questionary

    def judge(text: str) -> bool | str:
        return wrong(text) or True

    prompt = questionary.text(title, default=default, validate=judge, qmark=MARK, style=_style())
    return str(prompt.unsafe_ask())


def choose(
    title: str, hint: str, choices: Sequence[tuple[str, str, str]], default: str = ""
) -> str:
    """Let one of several be chosen, each a value, its label and the key that picks it."""
    import questionary

    listed = [
        questionary.Choice(label, value=value, shortcut_key=key) for value, label, key in choices
    ]
    prompt = questionary.select(
        title,
        choices=listed,
        default=next((each for each in listed if each.value == default), None),
        use_shortcuts=True,
        use_arrow_keys=True,
        instruction=hint,
        qmark=MARK,
        style=_style(),
    )
    return str(prompt.unsafe_ask())


def several(title: str, hint: str, choices: Mapping[str, str]) -> tuple[str, ...]:
    """Let any number of things be marked, none included."""
    import questionary

    listed = [questionary.Choice(label, value=value) for value, label in choices.items()]
    prompt = questionary.checkbox(
        title, choices=listed, instruction=hint, qmark=MARK, style=_style()
    )
    return tuple(prompt.unsafe_ask())


def conversation(words: Callable[[], Sequence[str]]) -> Callable[[str], str | None]:
    """Return what asks for a line below a hint, with history and completion; None at the end.

    ``words`` gives what can be completed, in the language spoken at the time.
    """
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import DynamicCompleter, WordCompleter
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    kept = _history_file()
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory() if kept is None else FileHistory(str(kept)),
        completer=DynamicCompleter(lambda: WordCompleter(list(words()), ignore_case=True)),
        complete_while_typing=False,
    )

    def line(hint: str) -> str | None:
        try:
            return session.prompt(f"{hint}\n{MARK} ")
        except EOFError:
            return None

    return line


def _history_file() -> Path | None:
    """Return the file that keeps what was asked, None where there can be none."""
    own = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_STATE_HOME")
    try:
        folder = Path(own) if own else Path.home() / ".local" / "state"
        file = folder / "diagnost" / "questions"
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8"):
            file.chmod(0o600)  # questions may name people and amounts
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return None
    return file


def _style() -> "Style":
    from questionary import Style

    if os.environ.get("NO_COLOR"):
        return Style(
            [(part, "noinherit") for part in ("qmark", "answer", "highlighted", "pointer")]
        )
    return Style([("highlighted", "bold"), ("pointer", "bold"), ("answer", "bold")])
