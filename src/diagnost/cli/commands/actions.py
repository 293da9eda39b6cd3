"""``actions``: the plan of steps as a table or a calendar."""

from enum import StrEnum
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
    Reader,
    RuleEngine,
    Steps,
    Viewpoint,
)
from diagnost.cli.output import put_bytes, refuse_unwritable, width


class Form(StrEnum):
    """The forms of a plan."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    ICS = "ics"


ENDINGS = {
    ".txt": Form.TEXT,
    ".csv": Form.CSV,
    ".xlsx": Form.XLSX,
    ".json": Form.JSON,
    ".ics": Form.ICS,
}


def actions(
    file: File,
    form: Annotated[
        Form | None, typer.Option("--format", help="By default by the ending of -o, else text.")
    ] = None,
    output: Output = None,
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DATE",
            help="The day that dates are counted from; by default that of the records, else today.",
            show_default=False,
        ),
    ] = "",
    steps: Steps = "",
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
    mask_names: MaskNames = False,
) -> None:
    """List what to do: by whom, from when, reviewed when; for a spreadsheet or a calendar.

    Example: diagnost actions acme.xlsx -o acme.ics --from 2026-11-02
    """
    from diagnost.app.actions import ActionRequest
    from diagnost.app.actions import actions as listed
    from diagnost.app.errors import UsageError

    by_ending = ENDINGS.get(output.suffix.lower()) if output else Form.TEXT
    chosen = form or by_ending
    if chosen is None:
        raise UsageError(f"name the form with --format, or let -o end in {', '.join(ENDINGS)}")
    if chosen is Form.XLSX and output is None:
        raise UsageError("a workbook needs a file: -o plan.xlsx")
    refuse_unwritable(output, file, peers)
    request = ActionRequest(
        file=file,
        form=chosen,
        start=start,
        steps=steps,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        peers=peers,
        method=",".join(method or ()),
        mask_names=mask_names,
        width=width(),
    )
    put_bytes(listed(request), output)
