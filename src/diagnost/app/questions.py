"""Answers about one entry of a case."""

import json
from pathlib import Path
from typing import NamedTuple

from diagnost import __version__
from diagnost.app.case_hand import CaseHand
from diagnost.app.cases import case_of, chosen_period, subject_case
from diagnost.app.errors import UsageError
from diagnost.explain.lookup import UnknownEntry, find_entry
from diagnost.explain.why import KINDS
from diagnost.explain.why import why as tree_of
from diagnost.explain.why_json import as_data
from diagnost.explain.why_text import as_text


class Question(NamedTuple):
    """Which entry is asked about, in which period of which accounts."""

    file: Path
    entry: str
    form: str = "text"  # text | json
    language: str = "en"
    period: str = ""  # the last one if empty
    viewpoint: str = "owner"
    engine: str = "auto"
    width: int = 88
    peers: Path | None = None
    method: str = ""  # options that go before those of the accounts
    person: str = ""  # about whom of the people in the records
    mask_names: bool = False  # people go by numbers


def why(question: Question) -> str:
    """Return why an entry is as it is, down to the cells of the accounts."""
    case = case_of(
        question.file,
        engine=question.engine,
        viewpoint=question.viewpoint,
        peers=question.peers,
        method=question.method,
        masked=question.language if question.mask_names else "",
    )
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
    head = {"schema": 1, "version": __version__, "knowledge": case.base.version}
    data = {**head, "language": question.language, **as_data(tree, pen)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
