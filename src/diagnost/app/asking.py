"""What is worth asking for: the missing figures that would settle most."""

import json
from dataclasses import dataclass

from diagnost import __version__
from diagnost.app.cases import CaseRequest, case_of, chosen_period
from diagnost.knowledge import files
from diagnost.report.missing import missing_data, missing_page
from diagnost.report.render import render_missing
from diagnost.report.worth_asking import worth_asking


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRequest(CaseRequest):
    """Whose missing figures are looked into."""

    form: str = "text"  # text | json
    period: str = ""  # the last one if empty
    width: int = 88


def missing(request: AskRequest) -> str:
    """Return which missing figures are worth asking for, and what each would settle."""
    case = case_of(request)
    period = chosen_period(case, request.period)
    found = worth_asking(case, period)
    if request.form == "json":
        head = {"schema": 1, "version": __version__, "knowledge": case.base.version}
        data = {**head, **missing_data(period, found)}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    root = files.content_root()
    page = missing_page(case, period, found, request.language, root)
    return render_missing(page, root, width=request.width)
