"""The cells beside a cell: rows above and below, columns before and after."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from diagnost.compute.slips import Guess
from diagnost.model.accounts import Accounts, Amount, Origin
from diagnost.model.located import At
from diagnost.model.suspicion import Slip

_TELLING = 10
"""Figures below are too small for their standing twice to mean anything."""


class Neighbours:
    """Finds figures that may have come into the wrong row or column."""

    def __init__(self, accounts: Accounts) -> None:
        self._amounts = accounts.amounts
        self._periods = [period.id for period in accounts.periods]
        self._rows: dict[tuple[str, str, str], list[Amount]] = {}  # file, sheet, period
        for amount in accounts.amounts.values():
            if amount.origin in (Origin.GIVEN, Origin.FLIPPED) and not amount.parts:
                key = (amount.at.file, amount.at.sheet, amount.period)
                self._rows.setdefault(key, []).append(amount)
        for rows in self._rows.values():
            rows.sort(key=lambda amount: _row(amount.at))

    def guesses(self, amount: Amount, values: Collection[Decimal]) -> Iterator[Guess]:
        """Yield figures that stand beside an amount and, of ``values``, what they stand in for.

        Where a wanted value stands beside, it has slipped there; where the amount itself is a
        repetition of what stands beside, any value may have been overwritten.
        """
        for slipped, repeated, other, detail in self._beside(amount):
            if abs(other.value) < _TELLING or other.value == 0:
                continue
            for value in values:
                if other.value == value != amount.value:
                    yield Guess(slipped, value, detail)
                elif other.value == amount.value:
                    yield Guess(repeated, value, detail)

    def _beside(self, amount: Amount) -> Iterator[tuple[Slip, Slip, Amount, str]]:
        index = self._periods.index(amount.period)
        for i in (index - 1, index + 1):
            if 0 <= i < len(self._periods):
                other = self._amounts.get((amount.item, self._periods[i]))
                if other is not None and other.origin is amount.origin:
                    yield Slip.OTHER_PERIOD, Slip.REPEATED_PERIOD, other, other.period
        rows = self._rows.get((amount.at.file, amount.at.sheet, amount.period), [])
        if amount in rows:
            index = rows.index(amount)
            for i in (index - 1, index + 1):
                if 0 <= i < len(rows) and rows[i].item != amount.item:
                    yield Slip.OTHER_ROW, Slip.REPEATED_ROW, rows[i], rows[i].item


def _row(at: At) -> int:
    digits = re.search(r"\d+$", at.cell)
    return int(digits.group()) if digits else at.line
