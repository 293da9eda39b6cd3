"""Which sides of a company were given anything: finance, its sales force, its shops."""

from diagnost.model.accounts import Accounts, Origin
from diagnost.model.catalogue import Catalogue
from diagnost.model.subject import side_of

FINANCE = "finance"


def sides_given(accounts: Accounts, catalogue: Catalogue) -> frozenset[str]:
    """Return the sides of which at least one figure, record or answer was given.

    Where there is nothing at all, finance is what is missed.
    """
    found = {side_of(indicator) for indicator, _ in accounts.given}
    if any(a.origin in (Origin.GIVEN, Origin.FLIPPED) for a in accounts.amounts.values()):
        found.add(FINANCE)
    tables = (catalogue.tables.get(table) for table in accounts.records)
    found |= {table.purpose for table in tables if table is not None}
    questions = (catalogue.questions.get(key) for key in accounts.context)
    found |= {question.purpose for question in questions if question is not None}
    return frozenset(found - {""} or {FINANCE})
