"""``what-if``: what would be if some figures were others."""

from typing import Annotated

import typer

from diagnost.cli.options import (
    Balance,
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
    Viewpoint,
)
from diagnost.cli.output import put, refuse_unwritable, width

FORMS = ("text", "md", "html", "json")


def what_if(
    file: File,
    set_: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="ITEM[@PERIOD]=CHANGE",
            help="A figure supposed to be other: inventories=-20%, revenue=+150 (more), "
            "cash=80 (instead), net_profit=(40) (negative), loan_rate=9%. Repeatable.",
            show_default=False,
        ),
    ],
    balance: Balance = "",
    as_report: Annotated[
        bool, typer.Option("--as-report", help="Write the whole document of the changed case.")
    ] = False,
    form: Annotated[
        str,
        typer.Option("--format", help="text or json; with --as-report also md and html."),
    ] = "text",
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
    mask_names: MaskNames = False,
) -> None:
    """Tell what would change if some figures were others.

    Parts move their sums, revenue and costs the result, the result equity; what the balance sheet
    then lacks or has too much is taken from cash, or from the item that --balance names.

    Example: diagnost what-if acme.xlsx --set inventories=-20% --set revenue=+5%
    """
    from diagnost.app.errors import UsageError
    from diagnost.app.what_if import Supposition, what_if

    known = FORMS if as_report else ("text", "json")
    if form not in known:
        raise UsageError(f"--format: there is no form '{form}' here; there is {', '.join(known)}")
    refuse_unwritable(output, file, peers)
    request = Supposition(
        file=file,
        changes=tuple(set_),
        balance=balance,
        form=form,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        as_report=as_report,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
        mask_names=mask_names,
    )
    put(what_if(request), output)
