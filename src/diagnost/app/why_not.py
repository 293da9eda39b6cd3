"""Why an entry of a case does not hold."""

import re

from diagnost.app.case_hand import CaseHand
from diagnost.app.entry_asked import Question, asked, entry_of
from diagnost.app.errors import UsageError
from diagnost.app.machine_form import machine_form
from diagnost.explain.lookup import KINDS as ALL_KINDS
from diagnost.explain.lookup import Entry, UnknownEntry, find_entry
from diagnost.explain.why_not import KINDS, NoWordError
from diagnost.explain.why_not import why_not as answer_of
from diagnost.explain.why_not_json import as_data
from diagnost.explain.why_not_text import as_text
from diagnost.model.knowledge import KnowledgeBase

_SIGN = re.compile(r"\s*[:：=＝]\s*")


def why_not(question: Question) -> str:
    """Return what an entry, or another word for an area ("liquidity: good"), lacks."""
    case, period, name = asked(question)
    name, *words = _SIGN.split(name, maxsplit=1)
    word = "".join(words)
    kinds = ("area", "state") if word else KINDS
    entry = _entry(case.base, name, kinds)
    try:
        tree = answer_of(case, entry, period, word)
    except NoWordError as error:
        problem = f"'{word}' is no word of {entry}" if word else f"{entry} needs a word"
        raise UsageError(f"{problem}, as in '{entry}: WORD'; {error}") from None
    pen = CaseHand(question.language, case)
    if question.form == "text":
        return as_text(tree, case.base, pen, question.width)
    return machine_form(case.base, {"language": question.language, **as_data(tree, pen)})


def _entry(base: KnowledgeBase, name: str, kinds: tuple[str, ...]) -> Entry:
    """Return the entry; a figure, which cannot fail to hold, is referred to ``how``."""
    try:
        return find_entry(base, name, kinds)
    except UnknownEntry:
        other = entry_of(base, name, ALL_KINDS)  # tells what comes near, if nothing is found
    raise UsageError(f"'{name}' is {_a(other.kind)}, which cannot fail to hold; see: diagnost how")


def _a(kind: str) -> str:
    named = {"line": "line item", "fact": "fact", "source": "source"}.get(kind, kind)
    return f"an {named}" if named[0] in "aeiou" else f"a {named}"
