"""Why an entry of a case is as it is."""

from diagnost.app.case_hand import CaseHand
from diagnost.app.entry_asked import Question, asked, entry_of
from diagnost.app.machine_form import machine_form
from diagnost.explain.why import KINDS
from diagnost.explain.why import why as tree_of
from diagnost.explain.why_json import as_data
from diagnost.explain.why_text import as_text


def why(question: Question) -> str:
    """Return why an entry is as it is, down to the cells of the accounts."""
    case, period, name = asked(question)
    tree = tree_of(case, entry_of(case.base, name, KINDS), period)
    pen = CaseHand(question.language, case)
    if question.form == "text":
        return as_text(tree, case.base, pen, question.width)
    return machine_form(case.base, {"language": question.language, **as_data(tree, pen)})
