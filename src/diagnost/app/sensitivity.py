"""How firm a diagnosis is: figures near limits, and judgements that hang on a convention."""

from diagnost.app.cases import AnswerRequest, case_of, chosen_period
from diagnost.app.machine_form import machine_form
from diagnost.knowledge import files
from diagnost.report.conventions import conventions
from diagnost.report.render import render_sensitivity
from diagnost.report.sensitivity import sensitivity_data, sensitivity_page


def sensitivity(request: AnswerRequest) -> str:
    """Return which figures stand near a limit, and what another convention would change."""
    case = case_of(request)
    period = chosen_period(case, request.period)
    found = conventions(case, period)
    if request.form == "json":
        return machine_form(case.base, sensitivity_data(case, period, found))
    root = files.content_root()
    page = sensitivity_page(case, period, found, request.language, root)
    return render_sensitivity(page, root, width=request.width)
