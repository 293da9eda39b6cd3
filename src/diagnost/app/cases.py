"""The case behind every answer: accounts read and diagnosed."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from diagnost.app.errors import UsageError
from diagnost.app.shipped import ReadyShelf
from diagnost.app.sources import read_case
from diagnost.compute.masked import mask_names
from diagnost.compute.sides import sides_given
from diagnost.model.accounts import Accounts, Pick
from diagnost.model.catalogue import Catalogue
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import nearest
from diagnost.model.method import UnknownMethod, read_picks
from diagnost.pipeline import Case, diagnose


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequest:
    """Whose accounts are asked about, and how they are to be looked at."""

    file: Path
    language: str = "en"
    engine: str = "auto"
    viewpoint: str = "owner"
    peers: Path | None = None  # a file of other firms
    method: str = ""  # options that go before those of the accounts, such as year=360
    mask_names: bool = False  # people go by numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest(CaseRequest):
    """Of which period something is asked, and how the answer is to look."""

    form: str = "text"  # text | json, and what else a command offers
    period: str = ""  # the last one if empty
    width: int = 88  # of a page, in columns


class Filed(NamedTuple):
    """Accounts as they were read, and what can be said of them: diagnosed by one method or more."""

    accounts: Accounts
    base: KnowledgeBase

    def diagnosed(self, request: CaseRequest, method: str) -> Case:
        """Diagnose the accounts by a method as a command line writes it."""
        return diagnose(
            self.accounts,
            self.base,
            engine=request.engine,
            viewpoint=request.viewpoint,
            method=_picks(method, self.base.catalogue),
        )


def filed(request: CaseRequest, *, every_side: bool = False) -> Filed:
    """Read accounts, and a file of other firms if there is one.

    The base has what can be said of the sides that were given; with ``every_side`` it has all
    there is, and the diagnosis is the same.
    """
    shelf = ReadyShelf()
    catalogue = shelf.catalogue
    _picks(request.method, catalogue)  # a slip of the command line is told before accounts are read
    accounts = read_case(request.file, catalogue, peers=request.peers)
    if request.mask_names:
        accounts = mask_names(accounts, catalogue, request.language)
    base = shelf.base_of(None if every_side else sides_given(accounts, catalogue))
    return Filed(accounts, base)


def case_of(request: CaseRequest, *, every_side: bool = False) -> Case:
    """Read accounts as ``filed`` does and diagnose them by the method asked for."""
    return filed(request, every_side=every_side).diagnosed(request, request.method)


def _picks(method: str, catalogue: Catalogue) -> tuple[Pick, ...]:
    """Read the method of the command line; raise UsageError where it names nothing known."""
    if not method:
        return ()
    try:
        return read_picks(method, catalogue.methods)
    except UnknownMethod as error:
        raise UsageError(f"--method: {error}. {error.hint}") from None


def subject_case(case: Case, name: str) -> Case:
    """Return the case of one of the people; raise UsageError if nobody goes by that name."""
    known = {each.subject.name: each for each in case.subjects if each.subject is not None}
    folded = {other.casefold(): each for other, each in known.items()}
    found = known.get(name) or folded.get(name.strip().casefold())
    if found is not None:
        return found
    if not known:
        raise UsageError(f"nobody is looked at by name in these records, so not '{name}' either")
    hint = nearest(name, known) or f"There are {', '.join(sorted(known)[:12])}."
    raise UsageError(f"nobody is called '{name}' in these records. {hint}")


def chosen_period(case: Case, wanted: str) -> str:
    """Return the period asked for, by default the last; raise UsageError if there is none."""
    ids = [period.id for period in case.accounts.periods]
    if not wanted:
        return ids[-1]
    if wanted not in ids:
        raise UsageError(f"there is no period {wanted}; the accounts have {', '.join(ids)}")
    return wanted


def most_steps(case: Case, wanted: str) -> int | None:
    """Return how many steps are to be numbered; None where nothing is asked for.

    Raises UsageError for anything but a number from 1 on, or ``all``.
    """
    if wanted in ("", "all"):
        return len(case.base.recommendations) if wanted else None
    if not wanted.isdecimal() or not 0 < int(wanted) < 1000:
        raise UsageError(f"--steps: '{wanted}' is neither a number from 1 on nor all")
    return int(wanted)
