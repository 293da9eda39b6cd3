"""How long a recommendation takes until its effect can be looked at: ``2 weeks``, ``1 quarter``."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

_WRITTEN = re.compile(r"([1-9]\d?) (day|week|month|quarter|year)s?")
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Horizon(NamedTuple):
    """A whole number of days, weeks, months, quarters or years."""

    number: int
    unit: str  # day | week | month | quarter | year

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    def after(self, day: date) -> date:
        """Return the day on which it ends when counted from ``day``.

        Months end on the same day of the month, or on its last one.
        """
        if self.unit in _DAYS:
            return day + timedelta(days=self.number * _DAYS[self.unit])
        months = day.year * 12 + day.month - 1 + self.number * _MONTHS[self.unit]
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))

    @property
    def quarters(self) -> int:
        """Return the quarters in which it lies: two weeks lie in one, a year in four."""
        if self.unit in _DAYS:
            months = -(-self.number * _DAYS[self.unit] // 31)
        else:
            months = self.number * _MONTHS[self.unit]
        return -(-months // 3)


def parse_horizon(text: str) -> Horizon | None:
    """Read ``2 weeks`` or ``1 quarter`` (up to 99); None if it is written otherwise."""
    match = _WRITTEN.fullmatch(text)
    return Horizon(int(match[1]), match[2]) if match else None
