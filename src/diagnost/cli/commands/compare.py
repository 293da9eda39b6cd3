"""``compare``: one company beside itself."""

from typing import Annotated

import typer

from diagnost.cli.options import (
    Engine,
    File,
    Lang,
    Language,
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


def compare(
    file: File,
    periods: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Two periods; by default the last two."),
    ] = None,
    methods: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Two methods as --method takes them; own: as filed."),
    ] = None,
    viewpoints: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Two readers: owner, bank, investor."),
    ] = None,
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
) -> None:
    """Tell what is judged otherwise in another year, by another method or for another reader.

    Each judgement, finding and step that came or went is put down to what moved it: the figures,
    the method or the reader. Without options the last two periods are compared.

    Example: diagnost compare acme.xlsx --periods 2021 2023 --methods own averages
    """
    from diagnost.app.compare import Comparison
    from diagnost.app.compare import compare as told

    refuse_unwritable(output, file, peers)
    request = Comparison(
        file=file,
        periods=periods,
        methods=methods,
        viewpoints=viewpoints,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        peers=peers,
        method=",".join(method or ()),
        width=width(),
    )
    put(told(request), output)
