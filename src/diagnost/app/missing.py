"""What is worth asking for: the missing figures that would settle most."""

from diagnost.app.cases import AnswerRequest, case_of, chosen_period
from diagnost.app.machine_form import machine_form
from diagnost.knowledge import files
from diagnost.report.missing import missing_data, missing_page
from diagnost.report.render import render_missing
from diagnost.report.worth_asking import worth_asking


def missing(request: AnswerRequest) -> str:
    """Return which missing figures are worth asking for, and what each would settle."""
    case = case_of(request)
    period = chosen_period(case, request.period)
    found = worth_asking(case, period)
    if request.form == "json":
        return machine_form(case.base, missing_data(period, found))
    root = files.content_root()
    page = missing_page(case, period, found, request.language, root)
    return render_missing(page, root, width=request.width)
