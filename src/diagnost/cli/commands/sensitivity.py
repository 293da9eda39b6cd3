"""``sensitivity``: how firm a diagnosis is."""

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


def sensitivity(
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
    """Tell how firm the diagnosis is: figures near a limit, judgements that hang on the method.

    A figure within 5 % of a limit is told with the amount that would carry it across and the
    sentences that rest on it; every other method is tried.

    Example: diagnost sensitivity acme.xlsx
    """
    from diagnost.app.firmness import FirmnessRequest
    from diagnost.app.firmness import sensitivity as told

    refuse_unwritable(output, file, peers)
    request = FirmnessRequest(
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
