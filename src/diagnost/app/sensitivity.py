"""How firm a diagnosis is: figures near limits, and judgements that hang on the method."""

from collections.abc import Iterator

from diagnost.app.cases import AnswerRequest, Filed, chosen_period, filed
from diagnost.app.machine_form import machine_form
from diagnost.knowledge import files
from diagnost.model.method import Choice, Option
from diagnost.pipeline import Case
from diagnost.report.near_limits import Flip, flips
from diagnost.report.render import render_sensitivity
from diagnost.report.sensitivity import sensitivity_data, sensitivity_page


def sensitivity(request: AnswerRequest) -> str:
    """Return which figures stand near a limit, and what another method would change."""
    accounts = filed(request)
    case = accounts.diagnosed(request, request.method)
    period = chosen_period(case, request.period)
    by_method = list(_by_method(case, accounts, request, period))
    if request.form == "json":
        named = [(choice.id, option.id, found) for choice, option, found in by_method]
        return machine_form(case.base, sensitivity_data(case, period, named))
    root = files.content_root()
    told = [(option.name.in_language(request.language), found) for _, option, found in by_method]
    page = sensitivity_page(case, period, told, request.language, root)
    return render_sensitivity(page, root, width=request.width)


def _by_method(
    case: Case, accounts: Filed, request: AnswerRequest, period: str
) -> Iterator[tuple[Choice, Option, tuple[Flip, ...]]]:
    """Yield every option that is not taken, with the judgements that it would change."""
    for choice in case.method.choices.values():
        for option in choice.options:
            if option.id != case.method.option(choice.id).id:
                picks = f"{choice.id}={option.id}"
                method = f"{request.method},{picks}" if request.method else picks
                other = accounts.diagnosed(request, method)
                yield choice, option, flips(case, other, period)
