"""``why``: what an entry rests on."""

from typing import Annotated

import typer

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
    Person,
    Reader,
    RuleEngine,
    Shape,
    ShapeOption,
    Viewpoint,
)
from diagnost.cli.output import put, refuse_unwritable, width


def why(
    file: File,
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A finding, cause, area, recommendation or indicator: its id, the end of its id, "
            "its symbol or its name.",
            show_default=False,
        ),
    ],
    form: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
    person: Person = "",
    mask_names: MaskNames = False,
) -> None:
    """Explain a finding, verdict or figure down to the cells.

    Shows what explains it, the rule with its sources, the facts used, and each fact down to norm,
    formula, amounts and their places. What does not hold is told with what its condition lacks.

    Of one person: --person NAME, or ID@NAME.

    Example: diagnost why acme.xlsx quick_ratio.too_low
    """
    from diagnost.app.questions import Question, why

    refuse_unwritable(output, file, peers)
    question = Question(
        file=file,
        entry=entry,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
        person=person,
        mask_names=mask_names,
    )
    put(why(question), output)
