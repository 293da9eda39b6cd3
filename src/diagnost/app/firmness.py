"""How firm a diagnosis is: figures near limits, and judgements that hang on the method."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from diagnost import __version__
from diagnost.app.cases import CaseRequest, case_of, chosen_period
from diagnost.knowledge import files
from diagnost.model.method import Choice, Option
from diagnost.pipeline import Case
from diagnost.report.near_limits import Flip, flips
from diagnost.report.render import render_sensitivity
from diagnost.report.sensitivity import sensitivity_data, sensitivity_page


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmnessRequest(CaseRequest):
    """Whose diagnosis is looked at."""

    form: str = "text"  # text | json
    period: str = ""  # the last one if empty
    width: int = 88


def sensitivity(request: FirmnessRequest) -> str:
    """Return which figures stand near a limit, and what another method would change."""
    case = case_of(request)
    period = chosen_period(case, request.period)
    by_method = list(_by_method(case, request, period))
    if request.form == "json":
        head = {"schema": 1, "version": __version__, "knowledge": case.base.version}
        named = [(choice.id, option.id, found) for choice, option, found in by_method]
        data = {**head, **sensitivity_data(case, period, named)}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    root = files.content_root()
    told = [(option.name.in_language(request.language), found) for _, option, found in by_method]
    page = sensitivity_page(case, period, told, request.language, root)
    return render_sensitivity(page, root, width=request.width)


def _by_method(
    case: Case, request: FirmnessRequest, period: str
) -> Iterator[tuple[Choice, Option, tuple[Flip, ...]]]:
    """Yield every option that is not taken, with the judgements that it would change."""
    for choice in case.method.choices.values():
        for option in choice.options:
            if option.id != case.method.option(choice.id).id:
                picks = f"{choice.id}={option.id}"
                method = f"{request.method},{picks}" if request.method else picks
                other = case_of(replace(request, method=method))
                yield choice, option, flips(case, other, period)
