"""The written diagnosis and the table of indicators."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from diagnost.app.cases import (
    AnswerRequest,
    CaseRequest,
    case_of,
    chosen_period,
    most_steps,
    subject_case,
)
from diagnost.app.errors import UsageError
from diagnost.app.house import AS_SHIPPED, HouseChoice, house_style
from diagnost.knowledge import files
from diagnost.model.indicator import Polarity
from diagnost.pipeline import Case
from diagnost.report.house.style import PLAIN, HouseStyle

if TYPE_CHECKING:
    from diagnost.report.document import Document

TEMPLATE = "diagnosis.docx"
"""The template of Word documents."""

FILES_OF_THE_WHOLE = ("docx", "xlsx")
"""Forms that are no text, and that sheets about single people do not have."""

WITH_PICTURES = ("html",)
"""The text forms that show charts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(AnswerRequest):
    """What a diagnosis is asked for."""

    section: str = ""  # only the sheets of the people in this table
    person: str = ""  # only the sheet of this person
    steps: str = ""  # how many to number, or all; as the knowledge base has it if empty
    house: HouseChoice = AS_SHIPPED  # in which style it is handed out


def diagnosis(request: Request) -> tuple[str, Case]:
    """Return the written diagnosis and the case behind it."""
    style = house_style(request.house)  # a slip in it is told before accounts are read
    case = case_of(request)
    return written(case, request, style), case


def delivered(request: Request) -> tuple[bytes, Case]:
    """Return the file that holds a diagnosis in the form asked for, and the case behind it."""
    if request.form in FILES_OF_THE_WHOLE and (request.person or request.section):
        raise UsageError(
            f"sheets about single people are not written as {request.form}: "
            "use text, md, html or pdf"
        )
    style = house_style(request.house)  # a slip in it is told before accounts are read
    case = case_of(request)
    if request.form == "pdf":
        html = written(case, replace(request, form="html"), style)
        return _pdf(html, one_page=style.length == "brief" and not style.sections), case
    if request.form not in FILES_OF_THE_WHOLE:
        return written(case, request, style).encode(), case
    period, root = chosen_period(case, request.period), files.content_root()
    steps = most_steps(case, request.steps)
    if request.form == "xlsx":  # all figures, whatever length the house gives its documents
        from diagnost.report.house.dressing import letterhead
        from diagnost.report.persons import write_with_persons
        from diagnost.report.workbook.writer import as_workbook

        whole = write_with_persons(case, request.language, period, root, steps)
        head = letterhead(style.brand, request.language, style.day)
        return as_workbook(case, whole._replace(letterhead=head)), case
    from diagnost.report.house.writing import write_in_style
    from diagnost.report.word.writer import as_docx

    document = write_in_style(case, request.language, period, root, style, steps)
    shipped = root / "templates" / TEMPLATE
    document = _with_charts(document, case, style)
    return as_docx(document, style.template(TEMPLATE, root), shipped), case


def _pdf(html: str, *, one_page: bool) -> bytes:
    from diagnost.report.pdf import PdfError, as_pdf

    try:
        return as_pdf(html, one_page=one_page)
    except PdfError as error:
        raise UsageError(str(error)) from error


def written(case: Case, request: Request, style: HouseStyle = PLAIN) -> str:
    """Return the written diagnosis of a case in the form that a request asks for."""
    period = chosen_period(case, request.period)
    root = files.content_root()
    people = _people(case, request)
    if request.form == "json":
        from diagnost.report.json_form import as_json

        told = case if people is None else case._replace(subjects=people)
        return as_json(told, request.language, period, root)
    from diagnost.report.house.writing import write_in_style
    from diagnost.report.persons import sheets
    from diagnost.report.render import render, render_sheets

    if people is not None:
        from diagnost.report.house.dressing import letterhead

        head = letterhead(style.brand, request.language, style.day)
        pages = tuple(
            sheet._replace(letterhead=head)
            for sheet in sheets(people, request.language, period, root)
        )
        return render_sheets(pages, request.form, root, width=request.width, style=style)
    document = write_in_style(
        case, request.language, period, root, style, most_steps(case, request.steps)
    )
    if request.form in WITH_PICTURES:
        document = _with_charts(document, case, style)
    return render(document, request.form, root, width=request.width, style=style)


def _with_charts(document: "Document", case: Case, style: HouseStyle) -> "Document":
    """Return a document with the charts of the case, where the style has any."""
    from diagnost.report.house.dressing import chosen_sections

    if "charts" not in chosen_sections(style):
        return document
    from diagnost.report.charts import charts
    from diagnost.report.figures import Figures

    figures = Figures(case, document.language, document.words)
    return document._replace(charts=charts(case, figures, document.period, document.notes))


def _people(case: Case, request: Request) -> tuple[Case, ...] | None:
    """Return the people whose sheets are asked for; None where the whole document is."""
    if request.person:
        return (subject_case(case, request.person),)
    if not request.section:
        return None
    tables = case.base.catalogue.tables_of_subjects
    if request.section not in tables:
        raise UsageError(f"there is no section '{request.section}'; there is {', '.join(tables)}")
    found = tuple(c for c in case.subjects if c.subject and c.subject.table == request.section)
    if not found:
        raise UsageError(f"the records hold nobody for the section '{request.section}'")
    return found


def reached(case: Case, period: str, gravity: str) -> bool:
    """Say whether a spoken finding of the period is at least that grave (``--fail-on``)."""
    order = ("note", "serious", "critical")
    least = order.index(gravity)
    return any(
        f.period == period
        and not f.gave_way_to
        and f.statement.polarity in (Polarity.BAD, Polarity.IMPOSSIBLE)
        and order.index(f.statement.weight.value) >= least
        for f in case.diagnosis.findings
    )


def indicator_table(
    file: Path, language: str, *, width: int = 88, method: str = "", mask_names: bool = False
) -> str:
    """Return the readings of a company with norms and trends."""
    from diagnost.report.narrative import write
    from diagnost.report.render import render

    request = CaseRequest(file=file, language=language, method=method, mask_names=mask_names)
    case = case_of(request)
    root = files.content_root()
    document = write(case, language, case.accounts.periods[-1].id, root)
    return render(document, "indicators", root, width=width)
