"""What if: the case with some figures changed, beside the case as it is."""

from dataclasses import dataclass
from decimal import Decimal

from diagnost.app.cases import AnswerRequest, case_of, chosen_period
from diagnost.app.diagnosis import Request, written
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.compute.supposing import Supposed, suppose
from diagnost.intake.changes import read_change
from diagnost.knowledge import files
from diagnost.model.indicator import Unit
from diagnost.model.supposition import Change, SuppositionError
from diagnost.pipeline import Case, diagnose_changed
from diagnost.report.before_after import Side, as_data, differences
from diagnost.report.figures import Figures
from diagnost.report.render import render_what_if
from diagnost.report.what_if import what_if_page
from diagnost.report.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition(AnswerRequest):
    """Which figures are supposed to be others."""

    changes: tuple[str, ...]  # as written: inventories@2023=-20%
    balance: str = ""  # the line item that keeps the balance sheet balanced
    as_report: bool = False  # the whole document of the changed case, also as md or html


def what_if(request: Supposition) -> str:
    """Return what would be judged otherwise, or the whole document of the changed case."""
    before = case_of(request, every_side=True)  # what is supposed may open another side
    period = chosen_period(before, request.period)
    root = files.content_root()
    changes, supposed, after = supposed_case(before, request, period)
    if request.as_report:
        return written(
            after,
            Request(
                file=request.file,
                language=request.language,
                form=request.form,
                period=period,
                width=request.width,
            ),
        )
    found = differences(Side(before, period), Side(after, period))
    if request.form == "json":
        return machine_form(before.base, {"period": period, **as_data(found, supposed.moved)})
    answers = [line for c in changes if (line := _answer(c, after, request.language, period))]
    page = what_if_page(found, supposed.moved, answers, request.language, root)
    return render_what_if(page, root, width=request.width)


def supposed_case(
    case: Case, request: Supposition, period: str
) -> tuple[tuple[Change, ...], Supposed, Case]:
    """Return the changes as read, what they move, and the case as it would be."""
    catalogue = case.base.catalogue
    try:
        changes = tuple(read_change(text, catalogue) for text in request.changes)
        supposed = suppose(
            case.accounts, catalogue, changes, period=period, balance=request.balance
        )
    except SuppositionError as error:
        raise UsageError(f"{error}. {error.hint}".strip()) from None
    return changes, supposed, diagnose_changed(case, supposed.accounts)


def _answer(change: Change, case: Case, language: str, period: str) -> str:
    """Write an answer or an indicator that was set; '' for a line item.

    ``period`` is meant by a change that names none.
    """
    catalogue, words = case.base.catalogue, words_of(language, files.content_root())
    indicator = catalogue.indicator(change.name)
    question = catalogue.questions.get(change.name)
    if question is not None:
        given = case.accounts.context[change.name].value
        name = question.asks.in_language(language)
        if isinstance(given, Decimal):
            value = Figures(case, language, words).write(given, Unit(question.unit or "number"))
        else:
            label = question.labels.get(given)
            value = label.in_language(language) if label else given
    elif indicator is not None:
        name = indicator.name.in_language(language)
        stated = case.accounts.given[indicator.id, change.period or period].value
        value = Figures(case, language, words).reading(indicator, stated)
    else:
        return ""
    return words["what_if.answer"].format(name=name, value=value)
