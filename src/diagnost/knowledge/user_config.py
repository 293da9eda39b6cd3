"""The user's own settings, ``config.toml``: which packs every command works with, and profiles.

``DIAGNOST_CONFIG`` names another file, or turns the settings ``off``.
"""

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

from diagnost.model.located import At, DiagnostError, Problem, nearest

NAME = "config.toml"
_KEYS = ("packs", "report")


class Settings(NamedTuple):
    """What the user set: packs as paths, and the tables under ``report`` by name, as they are."""

    path: Path
    packs: tuple[Path, ...]
    reports: dict[str, Any]


def config_path() -> Path | None:
    """Return where the settings of this user are, whether or not they are there."""
    chosen = os.environ.get("DIAGNOST_CONFIG", "")
    if chosen:
        return None if chosen.lower() == "off" else Path(chosen)
    try:
        if sys.platform == "win32":
            roaming = os.environ.get("APPDATA", "")
            return Path(roaming, "diagnost", NAME) if roaming else None
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / "diagnost" / NAME
        given = Path(os.environ.get("XDG_CONFIG_HOME", ""))
        return (given if given.is_absolute() else Path.home() / ".config") / "diagnost" / NAME
    except RuntimeError:  # nobody knows where home is
        return None


def configured_packs() -> tuple[Path, ...]:
    """Return the packs of the user's settings; raises DiagnostError: P111."""
    found = settings()
    return found.packs if found is not None else ()


def settings() -> Settings | None:
    """Return the user's settings, if there are any; names are seen from the folder of the file.

    Raises DiagnostError: P111 settings that cannot be used.
    """
    path = config_path()
    try:
        if path is None or not path.is_file():
            return None
        content = path.read_bytes()
    except OSError:
        return None
    import tomllib

    place = At(str(path))
    try:
        read = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(f"the settings are no TOML: {error}", place) from error
    for key in read:
        if key not in _KEYS:
            hint = nearest(key, _KEYS) or f"Known here: {', '.join(_KEYS)}."
            raise _unusable(f"'{key}' is no key of the settings", place, hint)
    packs = read.get("packs", [])
    if not isinstance(packs, list) or not all(isinstance(each, str) for each in packs):
        hint = 'Write packs = ["/home/anna/packs/our-norms"].'
        raise _unusable("'packs' lists folders and zips", place, hint)
    reports = read.get("report", {})
    if not isinstance(reports, dict):
        hint = "Write a heading [report.bank] and lines below it."
        raise _unusable("'report' holds profiles by name", place, hint)
    named = tuple(path.parent / Path(each).expanduser() for each in packs)
    return Settings(path, named, reports)


def _unusable(message: str, at: At, hint: str = "") -> DiagnostError:
    return DiagnostError([Problem("P111", message, at, hint)])
