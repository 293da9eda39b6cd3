"""What commands that answer about a case share: their options, and where the answer goes."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, TypeAlias, get_type_hints

from diagnost.cli.options import (
    Engine,
    File,
    Lang,
    Language,
    MaskNames,
    MethodOption,
    Output,
    Peers,
    Period,
    Reader,
    RuleEngine,
    Shape,
    ShapeOption,
    Viewpoint,
)
from diagnost.cli.output import put, refuse_unwritable, width

About: TypeAlias = dict[str, Any]
"""The fields of a request that all such commands fill alike (``app.cases.AnswerRequest``)."""


def _taken(
    file: File,
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
    mask_names: MaskNames = False,
) -> tuple[About, Path | None]:
    """Take the common options; return what a request is filled with, and the file to write."""
    refuse_unwritable(output, file, peers)
    about = {
        "file": file,
        "form": form,
        "language": lang,
        "period": period,
        "viewpoint": viewpoint,
        "engine": engine,
        "width": width(),
        "peers": peers,
        "method": ",".join(method or ()),
        "mask_names": mask_names,
    }
    return about, output


def answers(command: Callable[..., str]) -> Callable[..., None]:
    """Make a command of a function from ``about``, and options of its own, to the answer.

    The command takes the file first, then what the function names, then the common options; the
    answer is printed or written to a file.
    """
    common = signature(_taken).parameters
    own = [p for p in signature(command).parameters.values() if p.name != "about"]

    @wraps(command)
    def run(**given: Any) -> None:
        about, output = _taken(**{name: given.pop(name) for name in common})
        put(command(about=about, **given), output)

    file, *options = (p.replace(kind=Parameter.KEYWORD_ONLY) for p in common.values())
    own = [p.replace(kind=Parameter.KEYWORD_ONLY) for p in own]
    run.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
        parameters=[file, *own, *options], return_annotation=None
    )
    hints = get_type_hints(_taken, include_extras=True)
    hints |= get_type_hints(command, include_extras=True)
    run.__annotations__ = {p.name: hints[p.name] for p in (file, *own, *options)}
    return run
