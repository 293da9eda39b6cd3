"""How far two figures for the same thing may lie apart: the tolerances that no norm declares.

Those of the sums of the statements stand in ``knowledge/finance/data``, in the norm of each check.
"""

from decimal import Decimal
from typing import NamedTuple


class Tolerance(NamedTuple):
    """What is allowed: a share of the value, or an absolute amount, whichever is more."""

    relative: Decimal
    absolute: Decimal

    def around(self, value: Decimal) -> Decimal:
        """Return how far another figure may lie from ``value``, in its own unit."""
        return max(abs(value) * self.relative, self.absolute)


GIVEN = Tolerance(relative=Decimal("0.01"), absolute=Decimal("0.005"))
"""An indicator given by the company against the one its amounts give: 1 %, or what rounding to two
decimals (to a whole percent) may take."""
