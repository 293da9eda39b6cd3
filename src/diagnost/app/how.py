"""How an entry of a case came about."""

from diagnost.app.case_hand import CaseHand
from diagnost.app.entry_asked import Question, asked, entry_of
from diagnost.app.machine_form import machine_form
from diagnost.explain.how import KINDS
from diagnost.explain.how import how as derivation_of
from diagnost.explain.how_json import as_data
from diagnost.explain.how_text import as_text


def how(question: Question) -> str:
    """Return how an entry came about: formula, amounts, conversions, places, every firing."""
    case, period, name = asked(question)
    tree = derivation_of(case, entry_of(case.base, name, KINDS), period)
    pen = CaseHand(question.language, case)
    if question.form == "text":
        return as_text(tree, case.base, pen, question.width)
    return machine_form(case.base, {"language": question.language, **as_data(tree, pen)})
