"""``missing``: which missing figures are worth asking for."""

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


def missing(
    file: File,
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
) -> None:
    """Tell which missing figures are worth asking for, and what each would settle.

    Of a missing line item the other amounts set the limits; what holds for every value within them
    is told although it is not known.

    Example: diagnost missing acme.xlsx
    """
    from diagnost.app.asking import AskRequest
    from diagnost.app.asking import missing as told

    refuse_unwritable(output, file, peers)
    request = AskRequest(
        file=file,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
    )
    put(told(request), output)
