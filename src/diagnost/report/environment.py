"""Filling templates: the shipped ones, and those of a house before them. The only door to Jinja."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2

from diagnost.knowledge.cache import trusted_folder
from diagnost.model.located import At, DiagnostError, Problem

SHIPPED = "shipped"
"""Before a name it calls the shipped template, though the house has one of that name."""


def filled(
    name: str,
    root: Path,
    folders: Sequence[Path] = (),
    *,
    html: bool,
    filters: Mapping[str, Callable[..., Any]],
    values: Mapping[str, object],
) -> str:
    """Return a template with its values; files in ``folders`` go before the shipped ones.

    Raises DiagnostError: H120 a template of the house that cannot be filled.
    """
    environment = _environment(root, folders, html=html)
    environment.filters |= filters
    try:
        return environment.get_template(name).render(**values)
    except Exception as error:
        at = _place(error, folders)
        if at is None:
            raise  # nothing of the house has a part in it
        raise DiagnostError([Problem("H120", _reason(error), at, _hint(error))]) from error


def _environment(root: Path, folders: Sequence[Path], *, html: bool) -> jinja2.Environment:
    shipped = jinja2.FileSystemLoader(root / "templates")
    kind: type[jinja2.Environment] = jinja2.Environment
    loader: jinja2.BaseLoader = shipped
    # Compiled templates are kept between runs: not those of a house, nor what is compiled to be
    # filled beside them, which is another code.
    kept = None if folders else trusted_folder()
    if folders:
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        kind = ImmutableSandboxedEnvironment
        own = jinja2.FileSystemLoader(list(folders))
        loader = jinja2.ChoiceLoader([own, shipped, jinja2.PrefixLoader({SHIPPED: shipped})])
    return kind(
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(kept), "template-%s") if kept else None,
        loader=loader,
        autoescape=html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


# --- what goes wrong in the templates of a house --------------------------------------------------


def _place(error: Exception, folders: Sequence[Path]) -> At | None:
    """Return the line of a house's template that an error came from, None if it was none."""
    places = []
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    places += _lines(error.__traceback__)
    for file, line in reversed(places):
        if any(Path(file).is_relative_to(folder) for folder in folders):
            return At(file, line, 1)
    return None


def _lines(traceback: TracebackType | None) -> list[tuple[str, int]]:
    found = []
    while traceback is not None:
        found.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template '{error.name}' to include"
    return f"the template cannot be filled: {error}"


def _hint(error: Exception) -> str:
    if isinstance(error, jinja2.UndefinedError | jinja2.TemplateNotFound):
        return "docs/templates.md lists what a template can use."
    if isinstance(error, jinja2.exceptions.SecurityError):
        return "Templates lay out what they are given; they reach nothing else."
    return ""
