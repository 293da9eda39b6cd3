"""The entry of a case that a question is about, as ``why``, ``how`` and ``why-not`` take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from diagnost.app.cases import AnswerRequest, case_of, chosen_period, subject_case
from diagnost.app.errors import UsageError
from diagnost.explain.lookup import Entry, UnknownEntry, find_entry
from diagnost.model.knowledge import KnowledgeBase
from diagnost.pipeline import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(AnswerRequest):
    """Which entry is asked about, in which period of which accounts."""

    entry: str
    person: str = ""  # about whom of the people in the records


class Asked(NamedTuple):
    """The case asked about, of one of the people if one is named, and in which period."""

    case: Case
    period: str
    name: str  # of the entry, without the person


def asked(question: Question) -> Asked:
    """Diagnose the accounts and choose the period and person; raise UsageError for unknown ones."""
    case = case_of(question, every_side=True)  # any entry may be asked about
    period = chosen_period(case, question.period)
    name, mark, person = question.entry.partition("@")
    if question.person or mark:
        case = subject_case(case, question.person or person)
    return Asked(case, period, name.strip())


def entry_of(base: KnowledgeBase, name: str, kinds: Sequence[str]) -> Entry:
    """Return the entry that a name means; raise UsageError, with those that come near."""
    try:
        return find_entry(base, name, kinds)
    except UnknownEntry as error:
        raise UsageError(str(error)) from None
