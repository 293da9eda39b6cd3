"""Who owes most, by the records."""

from collections import defaultdict
from decimal import Decimal

from diagnost.asking.speaker import Speaker
from diagnost.model.indicator import Unit
from diagnost.model.records import Row
from diagnost.model.vocabulary import Owed
from diagnost.report.document import Sentence

_TOLD = 5
"""How many of those who owe most are named."""


def largest_debtors(speaker: Speaker, owed: Owed) -> list[Sentence]:
    """Name those who owe most; nothing where the records do not tell.

    Records are those of the last period, and what is paid must be among them: else nobody is known
    to owe anything.
    """
    case = speaker.case
    rows = case.accounts.records.get(owed.table, ())
    paid = any(owed.paid in row.values or owed.paid_on in row.values for row in rows)
    if not paid or speaker.period != case.accounts.periods[-1].id:
        return []
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        name = row.values.get(owed.by)
        left = _open(row, owed)
        if name is not None and left is not None:
            sums[str(name)] += left
    debtors = sorted(((v, name) for name, v in sums.items() if v > 0), key=lambda d: (-d[0], d[1]))
    if not debtors:
        return []
    told = [
        speaker.say("owes", name=name, amount=speaker.figures.write(v, Unit.MONEY, in_full=True))
        for v, name in debtors[:_TOLD]
    ]
    return [speaker.plain("owed_by", list=speaker.listed(told))]


def _open(row: Row, owed: Owed) -> Decimal | None:
    """Return what a row leaves to be paid; below nought for a payment, None if that is unknown."""
    amount, paid = row.values.get(owed.amount), row.values.get(owed.paid)
    if row.values.get(owed.kind) == owed.payment:
        return -paid if isinstance(paid, Decimal) else None
    if not isinstance(amount, Decimal):
        return None
    if isinstance(paid, Decimal):
        return amount - paid
    return Decimal(0) if owed.paid_on in row.values else amount
