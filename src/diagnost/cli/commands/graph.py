"""``graph``: what leads to what, as a picture."""

from pathlib import Path
from typing import Annotated

import typer

from diagnost.cli.options import Lang, Language, MethodOption, Output, Period, Reader, Viewpoint
from diagnost.cli.output import put, refuse_unwritable


def graph(
    entry: Annotated[
        str,
        typer.Argument(
            metavar="[ID]",
            help="An entry, by id, symbol or name; without it, which finding explains which.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        str,
        typer.Option("--format", help="mermaid, dot, json, or svg where Graphviz is installed."),
    ] = "mermaid",
    depth: Annotated[int, typer.Option(help="How many steps before and behind the entry.")] = 2,
    case: Annotated[
        Path | None,
        typer.Option(help="Only what came about in these accounts.", show_default=False),
    ] = None,
    period: Period = "",
    output: Output = None,
    lang: Lang = Language.EN,
    viewpoint: Reader = Viewpoint.OWNER,
    method: MethodOption = None,
) -> None:
    """Draw what leads to an entry and what it leads to.

    Figures, facts, statements, causes, judgements and steps. Thick lines explain, dashed ones ask
    for absence, dotted ones silence.

    Example: diagnost graph quick_ratio.far_too_low --depth 3 -o far_too_low.mmd
    """
    from diagnost.app.graph import GraphRequest
    from diagnost.app.graph import graph as drawing

    refuse_unwritable(output, case)
    request = GraphRequest(
        entry=entry,
        form=form,
        language=lang,
        depth=depth,
        case=case,
        period=period,
        method=",".join(method or ()),
        viewpoint=viewpoint,
    )
    put(drawing(request), output)
