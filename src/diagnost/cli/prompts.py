"""Questions in the terminal; the only door to questionary, which is loaded with the first one."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
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


def _style() -> "Style":
    from questionary import Style

    if os.environ.get("NO_COLOR"):
        return Style(
            [(part, "noinherit") for part in ("qmark", "answer", "highlighted", "pointer")]
        )
    return Style([("highlighted", "bold"), ("pointer", "bold"), ("answer", "bold")])
