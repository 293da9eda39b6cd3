"""Days and months of records as people write them.

"03/04/2025" may be a day in April or in March: the other days of its column decide.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from diagnost.intake.numbers import tidy
from diagnost.intake.spans import MONTH_WORD, MONTHS, dates_in, recognise

# Patterns are plain text here: re compiles each at its first use and keeps it.
_TIME = r"(?:[T ]\d{1,2}:\d\d.*)?"
_ISO = rf"(\d{{4}})-(\d\d)-(\d\d){_TIME}"
_POINTS = rf"(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}}){_TIME}"
_PARTED = rf"(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}){_TIME}"
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, start=1)}
_ROMAN_MONTH = r"(?i)(?:(\d{1,2})[. ]\s*)?([ivx]{1,4})[. ]\s*(\d{4})\.?(?: ?r\.?)?"
_SHORT_YEAR = rf"(?:(\d{{1,2}})[ -])?{MONTH_WORD}[ '-]+(\d\d)"
"""A spreadsheet shows days and months as "15-mar-25" and "mar-25"."""
_SHORT_CHINESE = r"(\d\d)年(\d{1,2})月(?:(\d{1,2})[日号])?"
_MONTH = r"((?:19|20)\d\d)[-./]?(\d{1,2})"
_MONTH_BEFORE = r"(\d{1,2})[-./]((?:19|20)\d\d)"
_SERIALS = range(18_264, 73_051)  # 1950 to 2099 as spreadsheets count days
_SERIAL_DAY = date(1899, 12, 30)
MAX_DAY = 40


def month_first(texts: Iterable[str]) -> bool:
    """Say whether days such as 03/15/2025 in a column show that its months stand first."""
    pairs = _parted(texts)
    return any(second > 12 >= first for first, second in pairs) and not any(
        first > 12 for first, _ in pairs
    )


def leaves_open(texts: Iterable[str]) -> str:
    """Return a day such as 03/04/2025 where no day of its column tells which is the month."""
    texts = list(texts)
    pairs = _parted(texts)
    if not pairs or any(max(pair) > 12 for pair in pairs):
        return ""
    open_ = (text for text in texts if any(first != second for first, second in _parted([text])))
    return next(open_, "")


def _parted(texts: Iterable[str]) -> list[tuple[int, int]]:
    found = (re.fullmatch(_PARTED, tidy(text)) for text in texts if len(text) <= MAX_DAY)
    return [(int(each[1]), int(each[2])) for each in found if each is not None]


def serial_day(number: float) -> date | None:
    """Return the day that a spreadsheet counts as a number, None where it is out of all range."""
    return _SERIAL_DAY + timedelta(days=int(number)) if int(number) in _SERIALS else None


def written_day(text: str, *, month: bool, months_first: bool) -> date:
    """Return the day that a text names; raises ValueError where it names none.

    A ``month`` may stand without a day, and is its first.
    """
    plain = tidy(text)
    if found := re.fullmatch(_ISO, plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(_POINTS, plain):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(_PARTED, plain):
        first, second = int(found[1]), int(found[2])
        return date(int(found[3]), *((first, second) if months_first else (second, first)))
    if len(plain) > MAX_DAY:
        raise ValueError(plain)
    days = dates_in(plain.casefold())
    if len(days) == 1:
        return days[0][1]
    if plain.isdigit() and len(plain) == 5 and (serial := serial_day(int(plain))):
        return serial
    named = _in_words(plain, month=month)
    if named is None and month:
        named = _month(plain)
    if named is None:
        raise ValueError(plain)
    return named


def _in_words(plain: str, *, month: bool) -> date | None:
    """Read months in Roman figures and in words beside a year of two figures."""
    if found := re.fullmatch(_ROMAN_MONTH, plain):
        number = _ROMAN.get(found[2].casefold(), 0)
        return _dated(int(found[3]), number, found[1], month=month)
    if found := re.fullmatch(_SHORT_YEAR, plain.casefold()):
        return _dated(2000 + int(found[3]), MONTHS[found[2]], found[1], month=month)
    if found := re.fullmatch(_SHORT_CHINESE, plain):
        return _dated(2000 + int(found[1]), int(found[2]), found[3], month=month)
    return None


def _dated(year: int, number: int, day: str | None, *, month: bool) -> date | None:
    if day is None and not month:
        return None
    return date(year, number, int(day or 1))


def _month(plain: str) -> date | None:
    if found := re.fullmatch(_MONTH, plain):
        return date(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(_MONTH_BEFORE, plain):
        return date(int(found[2]), int(found[1]), 1)
    span = recognise(plain)
    return span.end.replace(day=1) if span is not None and span.months == 1 else None
