"""Profiles of the user's settings: how documents for one kind of reader are written."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.app.errors import UsageError
from diagnost.knowledge.user_config import Settings, config_path, settings
from diagnost.model.located import At, DiagnostError, Problem, nearest

LISTS = ("sections", "templates")
"""Keys under which several words may stand."""


class Profile(NamedTuple):
    """What ``[report.NAME]`` chooses; '' and () where it says nothing.

    Paths are seen from the folder of the settings.
    """

    lang: str = ""
    viewpoint: str = ""
    length: str = ""
    format: str = ""
    sections: tuple[str, ...] = ()
    steps: str = ""
    method: str = ""
    brand: Path | None = None
    templates: tuple[Path, ...] = ()
    mask_names: bool = False


def profile(name: str, allowed: Mapping[str, Sequence[str]]) -> Profile:
    """Return a profile; ``allowed`` are the words that some of its keys take.

    Raises UsageError where there is no such profile, DiagnostError (H131) where it cannot be used.
    """
    found = settings()
    known: dict[str, Any] = found.reports if found is not None else {}
    if found is None or name not in known:
        place = found.path if found is not None else config_path()
        listed = f"There are {', '.join(known)}." if known else "There are none."
        hint = nearest(name, known) or listed
        where = f" in {place}" if place else ""
        raise UsageError(f"there is no profile '{name}'. {hint} Profiles are [report.NAME]{where}")
    return _Reader(name, found, allowed).profile()


class _Reader:
    """Reads one profile and collects what is wrong with it."""

    def __init__(self, name: str, found: Settings, allowed: Mapping[str, Sequence[str]]) -> None:
        self.name = name
        self.path = found.path
        self.table = found.reports[name]
        self.allowed = allowed
        self.problems: list[Problem] = []

    def profile(self) -> Profile:
        values = dict(self._values()) if isinstance(self.table, dict) else {}
        if not isinstance(self.table, dict):
            self._say("a profile holds keys and values", 'Write lines such as lang = "pl".')
        if self.problems:
            raise DiagnostError(self.problems)
        return Profile(**values)

    def _say(self, message: str, hint: str) -> None:
        told = f"report.{self.name}: {message}"
        self.problems.append(Problem("H131", told, At(str(self.path)), hint))

    def _values(self) -> Iterator[tuple[str, Any]]:
        for key, value in self.table.items():
            if key not in Profile._fields:
                hint = nearest(key, Profile._fields)
                known = f"Known here: {', '.join(Profile._fields)}."
                self._say(f"'{key}' is no key of a profile", hint or known)
            elif key == "mask_names":
                if not isinstance(value, bool):
                    self._say("'mask_names' is true or false", "Write mask_names = true.")
                yield key, value
            elif key in LISTS:
                yield key, tuple(self._word(key, each) for each in self._listed(value))
            else:
                yield key, self._word(key, value)

    def _listed(self, value: Any) -> list[Any]:
        return value if isinstance(value, list) else [value]

    def _word(self, key: str, value: Any) -> str | Path:
        """Return one word of a key, or the path that it stands for."""
        text = str(value) if isinstance(value, int) and key == "steps" else value
        if not isinstance(text, str):
            self._say(f"'{key}' takes text", f'Write {key} = "…".')
            return ""
        words = self.allowed.get(key, ())
        if words and text not in words:
            hint = nearest(text, words) or f"Allowed: {', '.join(words)}."
            self._say(f"'{text}' is not a word for '{key}'", hint)
        if key in ("brand", "templates"):
            return self.path.parent / Path(text).expanduser()
        return text
