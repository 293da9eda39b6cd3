"""Which sides of a company were given anything: finance, its sales force, its shops."""

from collections.abc import Iterable

from diagnost.model.accounts import Accounts, Origin
from diagnost.model.catalogue import Catalogue
from diagnost.model.records import Row, Table


def sides_given(accounts: Accounts, catalogue: Catalogue) -> frozenset[str]:
    """Return the sides of which at least one figure, record or answer was given.

    Where there is nothing at all, the accounts are what is missed. Of a table that several sides
    use the columns tell for which it was kept.
    """
    found = {catalogue.side_of(indicator) for indicator, _ in accounts.given}
    if any(a.origin in (Origin.GIVEN, Origin.FLIPPED) for a in accounts.amounts.values()):
        found.add(catalogue.accounts_side)
    questions = (catalogue.questions.get(key) for key in accounts.context)
    found |= {question.purpose for question in questions if question is not None}
    shared: list[Table] = []
    for id_, rows in accounts.records.items():
        table = catalogue.tables.get(id_)
        if table is None:
            continue
        if table.shared:
            found |= _alone_in(table, rows)
            shared.append(table)
        else:
            found.add(table.purpose)
    # A table that several sides use speaks for none of them while one of them is there anyway.
    found |= {table.purpose for table in shared if not found & set(table.sides)}
    given = found - {""} or {catalogue.accounts_side}
    return frozenset(given - {""})


def _alone_in(table: Table, rows: Iterable[Row]) -> set[str]:
    """Return the sides of which a column was filled that no other side looks at."""
    filled = {column for row in rows for column in row.values}
    looked_at = {side: {column.id for column in table.columns_of(side)} for side in table.sides}
    return {
        side
        for side, own in looked_at.items()
        if filled & own - {c for other in table.sides if other != side for c in looked_at[other]}
    }
