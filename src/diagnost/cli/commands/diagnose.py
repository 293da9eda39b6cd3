"""``diagnose``: the written diagnosis."""

from enum import StrEnum
from typing import Annotated

import typer

from diagnost.cli.options import (
    Brand,
    Day,
    Engine,
    File,
    Lang,
    Language,
    Length,
    LengthOption,
    MaskNames,
    MethodOption,
    Output,
    Peers,
    Period,
    Person,
    Reader,
    RuleEngine,
    Sections,
    Steps,
    Templates,
    Viewpoint,
)
from diagnost.cli.output import put_bytes, refuse_unwritable, width


class Form(StrEnum):
    """The forms of a written diagnosis."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"


class Gravity(StrEnum):
    """How grave a finding must be for ``--fail-on``."""

    NOTE = "note"
    SERIOUS = "serious"
    CRITICAL = "critical"


ENDINGS = {
    ".txt": Form.TEXT,
    ".md": Form.MD,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".docx": Form.DOCX,
    ".pdf": Form.PDF,
    ".xlsx": Form.XLSX,
    ".json": Form.JSON,
}
NO_TEXT = (Form.DOCX, Form.PDF, Form.XLSX)
"""Forms that no terminal shows."""


def diagnose(
    file: File,
    form: Annotated[
        Form | None, typer.Option("--format", help="By default by the ending of -o, else text.")
    ] = None,
    output: Output = None,
    lang: Lang = Language.EN,
    period: Period = "",
    viewpoint: Reader = Viewpoint.OWNER,
    engine: RuleEngine = Engine.AUTO,
    peers: Peers = None,
    method: MethodOption = None,
    section: Annotated[
        str,
        typer.Option(help="Only the sheets of these rows: reps, distributors.", show_default=False),
    ] = "",
    person: Person = "",
    mask_names: MaskNames = False,
    steps: Steps = "",
    brand: Brand = None,
    templates: Templates = None,
    sections: Sections = "",
    length: LengthOption = Length.STANDARD,
    day: Day = "",
    fail_on: Annotated[
        Gravity | None, typer.Option(help="Exit with 1 if a finding is at least this grave.")
    ] = None,
) -> None:
    """Write the diagnosis of a company.

    Example: diagnost diagnose acme.xlsx --lang pl -o acme.docx
    """
    from diagnost.app.cases import chosen_period
    from diagnost.app.diagnosis import Request, delivered, reached
    from diagnost.app.errors import UsageError
    from diagnost.app.house import HouseChoice

    by_ending = ENDINGS.get(output.suffix.lower()) if output else Form.TEXT
    if form is None and by_ending is None:
        raise UsageError(f"name the form with --format, or let -o end in {', '.join(ENDINGS)}")
    chosen = form or by_ending or Form.TEXT
    if output is None and chosen in NO_TEXT:
        raise UsageError(f"{chosen} is not shown in a terminal: name a file with -o")
    refuse_unwritable(output, file, peers, brand)
    request = Request(
        file=file,
        form=chosen,
        language=lang,
        period=period,
        viewpoint=viewpoint,
        engine=engine,
        width=width(),
        peers=peers,
        method=",".join(method or ()),
        section=section,
        person=person,
        mask_names=mask_names,
        steps=steps,
        house=HouseChoice(
            brand=brand,
            templates=tuple(templates or ()),
            sections=sections,
            length=length,
            day=day,
        ),
    )
    content, case = delivered(request)
    put_bytes(content, output)
    if fail_on is not None and reached(case, chosen_period(case, period), fail_on):
        raise typer.Exit(1)
