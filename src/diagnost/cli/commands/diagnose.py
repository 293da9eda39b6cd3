"""``diagnose`` and ``report``: the written diagnosis, as the line or a profile has it."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from diagnost.cli.output import put_bytes, refuse_unwritable, remark, width

if TYPE_CHECKING:
    from diagnost.app.diagnosis import Request


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

GONE_ON_WITH = (Form.DOCX, Form.XLSX)
"""Forms that people go on editing: what they have done to a file is not overwritten unasked."""

DATA = (Form.XLSX, Form.JSON)
"""Forms that are whole, whatever length and sections documents have."""

Force = Annotated[bool, typer.Option("--force", help="Overwrite a .docx or .xlsx that is there.")]


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
    force: Force = False,
) -> None:
    """Write the diagnosis of a company.

    Example: diagnost diagnose acme.xlsx --lang pl -o acme.docx
    """
    from diagnost.app.cases import chosen_period
    from diagnost.app.diagnosis import Request, delivered, reached
    from diagnost.app.house import HouseChoice

    chosen = _form(form, output)
    may_replace = force or chosen not in GONE_ON_WITH
    refuse_unwritable(output, file, peers, brand, overwrite=may_replace)
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
    _tell_what_is_whole(request)
    if fail_on is not None and reached(case, chosen_period(case, period), fail_on):
        raise typer.Exit(1)


def report(
    profile: Annotated[
        str, typer.Argument(help="Its name in the settings: [report.NAME].", show_default=False)
    ],
    file: File,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="By default by the ending of -o, then by the profile."),
    ] = None,
    output: Output = None,
    lang: Annotated[
        Language | None, typer.Option(help="In the place of the profile's language.")
    ] = None,
    period: Period = "",
    peers: Peers = None,
    day: Day = "",
    force: Force = False,
) -> None:
    """Write the diagnosis as a profile of your settings has it: for a bank, for the owners.

    Example: diagnost report bank acme.xlsx -o acme.pdf
    """
    from diagnost.app.diagnosis import Request, delivered
    from diagnost.app.house import HouseChoice
    from diagnost.app.profiles import profile as profile_of

    allowed = {"lang": Language, "viewpoint": Viewpoint, "length": Length, "format": Form}
    chosen = profile_of(profile, {key: [*map(str, words)] for key, words in allowed.items()})
    own = Form(chosen.format) if chosen.format else None
    by_ending = output is not None and output.suffix.lower() in ENDINGS
    final = _form(form or (None if by_ending else own), output)
    may_replace = force or final not in GONE_ON_WITH
    refuse_unwritable(output, file, peers, chosen.brand, overwrite=may_replace)
    request = Request(
        file=file,
        form=final,
        language=lang or chosen.lang or Language.EN,
        period=period,
        viewpoint=chosen.viewpoint or Viewpoint.OWNER,
        width=width(),
        peers=peers,
        method=chosen.method,
        mask_names=chosen.mask_names,
        steps=chosen.steps,
        house=HouseChoice(
            brand=chosen.brand,
            templates=chosen.templates,
            sections=",".join(chosen.sections),
            length=chosen.length or Length.STANDARD,
            day=day,
        ),
    )
    content, _ = delivered(request)
    put_bytes(content, output)
    _tell_what_is_whole(request)


def _tell_what_is_whole(request: "Request") -> None:
    """Say where length and sections were chosen for what has neither."""
    about_people = request.person or request.section
    if not (request.house.sections or request.house.length != Length.STANDARD):
        return
    if about_people or request.form in DATA:
        of_form = "a workbook is" if request.form == Form.XLSX else "JSON is"
        what = "sheets about single people are" if about_people else of_form
        remark(f"{what} always whole: --length and --sections do not change it")


def _form(form: Form | None, output: Path | None) -> Form:
    """Return the form asked for, else that of the file's ending; UsageError where it cannot be."""
    from diagnost.app.errors import UsageError

    by_ending = ENDINGS.get(output.suffix.lower()) if output else Form.TEXT
    if form is None and by_ending is None:
        raise UsageError(f"name the form with --format, or let -o end in {', '.join(ENDINGS)}")
    chosen = form or by_ending or Form.TEXT
    if output is None and chosen in NO_TEXT:
        raise UsageError(f"{chosen} is not shown in a terminal: name a file with -o")
    return chosen
