"""The case behind every answer: accounts read and diagnosed."""

from pathlib import Path

from diagnost.app.errors import UsageError
from diagnost.app.shipped import ready_knowledge
from diagnost.intake.read import read_accounts
from diagnost.model.accounts import Pick
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.method import UnknownMethod, read_picks
from diagnost.pipeline import Case, diagnose


def case_of(
    file: Path,
    *,
    engine: str = "auto",
    viewpoint: str = "owner",
    peers: Path | None = None,
    method: str = "",
) -> Case:
    """Read accounts and diagnose them, beside a file of other firms if there is one.

    ``method`` picks options where traditions differ (``year=360``), before what the accounts pick.
    """
    base = ready_knowledge()
    picks = _picks(method, base)
    accounts = read_accounts(file, base.catalogue, name=file.name, peers=peers)
    return diagnose(accounts, base, engine=engine, viewpoint=viewpoint, method=picks)


def _picks(method: str, base: KnowledgeBase) -> tuple[Pick, ...]:
    """Read the method of the command line; raise UsageError where it names nothing known."""
    if not method:
        return ()
    try:
        return read_picks(method, base.catalogue.methods)
    except UnknownMethod as error:
        raise UsageError(f"--method: {error}. {error.hint}") from None


def chosen_period(case: Case, wanted: str) -> str:
    """Return the period asked for, by default the last; raise UsageError if there is none."""
    ids = [period.id for period in case.accounts.periods]
    if not wanted:
        return ids[-1]
    if wanted not in ids:
        raise UsageError(f"there is no period {wanted}; the accounts have {', '.join(ids)}")
    return wanted
