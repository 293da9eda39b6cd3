"""Answers about one entry of a case."""

from dataclasses import dataclass

from diagnost.app.case_hand import CaseHand
from diagnost.app.cases import AnswerRequest, case_of, chosen_period, subject_case
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.explain.why import KINDS
from diagnost.explain.why import why as tree_of
from diagnost.explain.why_json import as_data
from diagnost.explain.why_text import as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(AnswerRequest):
    """Which entry is asked about, in which period of which accounts."""

    entry: str
    person: str = ""  # about whom of the people in the records


def why(question: Question) -> str:
    """Return why an entry is as it is, down to the cells of the accounts."""
    case = case_of(question, every_side=True)  # any entry may be asked about
    period = chosen_period(case, question.period)
    name, mark, person = question.entry.partition("@")
    if question.person or mark:
        case = subject_case(case, question.person or person)
    try:
        entry = find_entry(case.base, name, KINDS)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
    tree = tree_of(case, entry, period)
    pen = CaseHand(question.language, case)
    if question.form == "text":
        return as_text(tree, case.base, pen, question.width)
    return machine_form(case.base, {"language": question.language, **as_data(tree, pen)})
