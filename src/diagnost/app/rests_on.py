"""Backwards from a figure or a source: what rests on it."""

from dataclasses import dataclass

from diagnost.app.case_hand import CaseHand
from diagnost.app.cases import AnswerRequest, case_of, chosen_period
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.explain.lookup import UnknownEntry
from diagnost.explain.rests_on import read_target, rests_on
from diagnost.explain.rests_text import rests_data, rests_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RestRequest(AnswerRequest):
    """On which cell, figure or source something may rest."""

    target: str


def what_rests(request: RestRequest) -> str:
    """Return which figures, findings, judgements and steps rest on the target."""
    case = case_of(request)
    period = chosen_period(case, request.period)
    try:
        target = read_target(case, request.target)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
    found = rests_on(case, target, period)
    if request.form == "text":
        return rests_text(found, case.base, CaseHand(request.language, case), request.width)
    return machine_form(case.base, rests_data(found))
