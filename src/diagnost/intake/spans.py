"""Periods as people write them: years, dates, half-years, quarters, months, from–to.

What is recognised gets one spelling ("2021", "2023-H1", "2023-Q2", "2023-06", else the date of
the last day), so that the same period under two headings is one period.
"""

import calendar
import re
import unicodedata
from datetime import date
from typing import NamedTuple

MONTH_DAYS = 30.4167
YEAR_DAYS = 365

MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan january sty styczeń stycznia",
            "feb february lut luty lutego",
            "mar march marzec marca",
            "apr april kwi kwiecień kwietnia",
            "may maj maja",
            "jun june cze czerwiec czerwca",
            "jul july lip lipiec lipca",
            "aug august sie sierpień sierpnia",
            "sep sept september wrz wrzesień września",
            "oct october paź październik października",
            "nov november lis listopad listopada",
            "dec december gru grudzień grudnia",
        ),
        start=1,
    )
    for month in names.split()
}
# Patterns are plain text here: re compiles each at its first use and keeps it. The many cases of
# headings would otherwise delay every start.
_YEAR = r"((?:19|20)\d\d)"
MONTH_WORD = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_NOISE = (
    r"\b(?:rok|roku|r|stan|na|dzień|koniec|za|okres|okresu|od|do|wg|dane|rok obrotowy|obrotowy|"
    r"as|at|of|the|year|years|ended|ending|end|for|period|from|to|wykonanie|actual)\b\.?"
    r"|截至|截止|年末|年终|年度|全年"
)
_DATES = (
    _YEAR + r"[-./](\d{1,2})[-./](\d{1,2})(?!\d)",
    _YEAR + r"年(\d{1,2})月(\d{1,2})日?",
    r"(?<!\d)" + _YEAR + r"(\d\d)(\d\d)(?!\d)",
)
_DAY_FIRST = r"(?<!\d)(\d{1,2})[-./](\d{1,2})[-./]" + _YEAR + r"(?!\d)"
_DAY_WORD = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?[ -]" + MONTH_WORD + r",?[ -]" + _YEAR
_WORD_DAY = MONTH_WORD + r" (\d{1,2})(?:st|nd|rd|th)?,? " + _YEAR
_SHORT_RANGE = r"(?<!\d)(\d{1,2})\.(\d{1,2})\.?\s*[-–]\s*(?=\d{1,2}\.\d{1,2}\.(\d{4}))"
_UNIT_IN_BRACKETS = r"\(\s*(?:w )?(?:tys|mln|pln|zł|eur|usd|k|thousand|千元|万元|元)[^)]*\)"
_THOUSANDS = r"(?:\b[a-z]{3}|us\$|[£€$¥])?\s*(?<!\d)['’]\s*000s?(?!\d)"
_CURRENCY = r"(?:pln|eur|usd|gbp|chf|czk|cny|rmb|hkd|zł|us\$|[£€$¥])"
_UNIT_AFTER = (
    rf"(?<=\d)\s*[\s,/]\s*(?:in |w )?(?:{_CURRENCY}\s*(?:'?000s?|[km]|mn|mln|mld|bn|"
    r"millions?|thousands?|tys\.?)?|(?:'?000s|tys\.?|mln|mld|thousands?|millions?)"
    rf"(?:\s*(?:of )?{_CURRENCY})?)$|(?<=[\d年])\s*[百十]?[万千亿]?元$"
)
"""What stands behind the year of "2023 $000", "2023 EUR m" and "2023年 万元"."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_ORDINAL = r"(iv|i{1,3}|[1-4]|[一二三四])"

_UNDATED = 2  # up to here years stand for "current" and "previous", of which no date is known
MAX_RELATIVE, MAX_HEADING, MAX_TITLE = 60, 80, 120
"""Longer texts are no headings, whatever dates they speak of."""

CURRENT = frozenset(
    (
        "rok bieżący", "bieżący rok", "okres bieżący", "bieżący okres", "rok obrotowy bieżący",
        "bieżący", "stan na koniec roku", "stan na koniec okresu", "koniec roku", "koniec okresu",
        "current year", "current period", "this year", "this period",
        "wykonanie", "actual", "actuals", "实际", "实际数", "实际金额", "本年实际",
        "期末", "期末余额", "期末数", "期末金额", "年末余额", "年末数", "年末",
        "本年", "本年金额", "本期", "本期金额", "本年累计", "本年累计金额", "本年累计数",
        "本年数", "本期数", "本年度", "本期发生额", "本年累计发生额", "期末账面余额",
    )
)  # fmt: skip
PREVIOUS = frozenset(
    (
        "rok poprzedni", "poprzedni rok", "rok ubiegły", "ubiegły rok", "okres poprzedni",
        "poprzedni okres", "poprzedni", "stan na początek roku", "stan na początek okresu",
        "początek roku", "początek okresu",
        "previous year", "prior year", "last year", "previous period", "prior period",
        "期初", "期初余额", "期初数", "期初金额", "年初余额", "年初数", "年初",
        "上年", "上年金额", "上期", "上期金额", "上年同期", "上年同期金额", "上年数", "上期数",
        "上年末余额", "上年年末余额",
        "上年年末数", "上年度", "上期发生额", "上年同期数", "上年同期累计", "上年同期累计数",
        "上年累计", "上年累计金额", "上年累计数", "上年年末", "上年末",
    )
)  # fmt: skip


_BALANCES = ("期末", "年末", "年初", "期初", "上年末", "上年年末", "stan na ")
"""Words for balances, which have a day and no length."""
_YEAR_BEGINS = ("年初", "上年末", "上年年末")
"""The end of the year before, also in the middle of a year: the year is the calendar's."""
_CUMULATED = ("本年累计", "上年累计", "上年同期")


class Span(NamedTuple):
    """A period that was recognised: its last day and its length in months, None if not said."""

    end: date
    months: int | None

    @property
    def id(self) -> str:
        """Return the one spelling of the period."""
        year, month, last = self.end.year, self.end.month, _last_day(self.end)
        if last and month == 12 and self.months in (12, None):
            return f"{year}"
        if last and self.months == 6 and month in (6, 12):
            return f"{year}-H{month // 6}"
        if last and self.months == 3 and month % 3 == 0:
            return f"{year}-Q{month // 3}"
        if last and self.months == 1:
            return f"{year}-{month:02}"
        if self.months not in (12, None):
            start = str(year) if last and self.months == month else self.end.isoformat()
            return f"{start}-{self.months}M"
        return self.end.isoformat()


def days_of(months: int) -> int:
    """Return the length of a period in days; any twelve months count 365."""
    return YEAR_DAYS if months == 12 else round(months * MONTH_DAYS)


def recognise(text: str) -> Span | None:
    """Return the period that a heading names, or None where it names none."""
    if len(text) > MAX_HEADING:
        return None
    if re.fullmatch(_YEAR, text):  # the commonest by far
        return Span(date(int(text), 12, 31), 12)
    plain = _plain(text)
    found = dates_in(plain)
    if found:
        return _from_dates(plain, found)
    return _whole(" ".join(re.sub(_NOISE, " ", plain).split()))


def relative(text: str, anchor: Span | None) -> Span | None:
    """Return the period of "current year" or "previous year", counted from ``anchor``.

    Without an anchor the two are ordered but have no date (years 2 and 1); such a period is no
    anchor for others.
    """
    if len(text) > MAX_RELATIVE:
        return None
    plain = re.sub(r"\s*[(（].*?[)）]\s*", "", _plain(text)).strip(" :")
    if plain not in CURRENT and plain not in PREVIOUS:
        return None
    back = plain in PREVIOUS
    if anchor is not None and anchor.end.year > _UNDATED:
        anchor = _as_worded(plain, anchor)
    if anchor is None or anchor.end.year <= _UNDATED:
        return Span(date(1 if back else _UNDATED, 12, 31), None)
    if not back:
        return anchor
    year = anchor.end.year - 1
    if plain.startswith(_YEAR_BEGINS):
        return Span(date(year, 12, 31), None)
    day = min(anchor.end.day, calendar.monthrange(year, anchor.end.month)[1])
    if _last_day(anchor.end):
        day = calendar.monthrange(year, anchor.end.month)[1]
    return Span(date(year, anchor.end.month, day), anchor.months)


def _as_worded(plain: str, anchor: Span) -> Span:
    """Return the anchor with the length that the words give it.

    Under "2023年6月" the balance is that of the day, the cumulated amount that of six months.
    """
    if plain.startswith(_CUMULATED) and _last_day(anchor.end):
        return Span(anchor.end, anchor.end.month)
    if plain.startswith(_BALANCES):
        return Span(anchor.end, None)
    return anchor


def short_year(text: str) -> Span | None:
    """Return the period of a heading whose year has two digits: "Dec 31, 23", "Jan - Dec 23".

    Others are "31.12.23", "FY23" and "Dec-23"; four digits are read elsewhere, apart from months
    "from - to".
    """
    if len(text) > MAX_RELATIVE or not re.search(r"\d\d\s*$", text):
        return None
    plain = _plain(text)
    plain = " ".join(re.sub(r"\b(?:as of|as at|stan na|na dzień)\b", " ", plain).split())
    if m := re.fullmatch(MONTH_WORD + r" (\d{1,2}), ?'?(\d\d)", plain):
        return _short_day(m[3], MONTHS[m[1]], int(m[2]))
    if m := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d\d)", plain):
        year = 2000 + int(m[3])
        return _short_day(m[3], *_month_and_day(int(m[1]), int(m[2]), year))
    if m := re.fullmatch(MONTH_WORD + r" ?- ?" + MONTH_WORD + r",? '?((?:20)?\d\d)", plain):
        first, last, year = MONTHS[m[1]], MONTHS[m[2]], 2000 + int(m[3][-2:])
        return Span(_end(year, last), last - first + 1) if first < last else None
    if m := re.fullmatch(MONTH_WORD + r" ?[-'] ?(\d\d)", plain):
        return Span(_end(2000 + int(m[2]), MONTHS[m[1]]), 1)
    if re.match(r"(?i)\s*fy", text) and (m := re.fullmatch(r"'?(\d\d)", plain.removeprefix("fy"))):
        return Span(date(2000 + int(m[1]), 12, 31), 12)
    return None


def _short_day(year: str, month: int, day: int) -> Span | None:
    whole = 2000 + int(year)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(whole, month)[1]:
        return None
    return Span(date(whole, month, day), None)


def anchor_in(text: str) -> Span | None:
    """Return the period that a title speaks of ("Bilans na dzień 31.12.2023"), or None."""
    if len(text) > MAX_TITLE:
        return None
    plain = _plain(text)
    found = dates_in(plain)
    if found:
        return Span(
            found[-1][1], _months_between(found[0][1], found[-1][1]) if len(found) == 2 else None
        )
    span = recognise(text)
    if span is None and (year := re.search(r"(?<!\d)" + _YEAR + r"(?!\d)", plain)):
        span = Span(date(int(year[1]), 12, 31), None)
    return span


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf").casefold()
    plain = re.sub(r"[–—―−]", "-", plain)
    plain = re.sub(_UNIT_IN_BRACKETS, " ", plain)
    plain = re.sub(_THOUSANDS, " ", plain)
    plain = re.sub(_UNIT_AFTER, "", plain.strip())
    plain = re.sub(r"(?<=\d)\s*(?:年\s*)(?=\d)", "年", plain)
    plain = re.sub(r"\bfy\s*(?=\d)", "", plain)
    return " ".join(plain.replace("*", " ").split())


def dates_in(text: str) -> list[tuple[int, date]]:
    """Return the days named in a text in order of appearance, each with its offset."""
    text = re.sub(_SHORT_RANGE, lambda m: f"{m[1]}.{m[2]}.{m[3]} - ", text)
    found: dict[int, date] = {}
    for pattern in _DATES:
        for m in re.finditer(pattern, text):
            _note(found, m.start(), int(m[1]), int(m[2]), int(m[3]))
    for m in re.finditer(_DAY_FIRST, text):
        _note(found, m.start(), int(m[3]), *_month_and_day(int(m[1]), int(m[2]), int(m[3])))
    for m in re.finditer(_DAY_WORD, text):
        _note(found, m.start(), int(m[3]), MONTHS[m[2]], int(m[1]))
    for m in re.finditer(_WORD_DAY, text):
        _note(found, m.start(), int(m[3]), MONTHS[m[1]], int(m[2]))
    return sorted(found.items())


def _note(found: dict[int, date], offset: int, year: int, month: int, day: int) -> None:
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        found.setdefault(offset, date(year, month, day))


def _month_and_day(first: int, second: int, year: int) -> tuple[int, int]:
    """Tell month and day apart in "06/30/2023" and "30.06.2023"; day first where both can be."""
    if second > 12 >= first:
        return first, second
    if first <= 12 and second <= 12:
        day_first = first == calendar.monthrange(year, second)[1]
        month_first = second == calendar.monthrange(year, first)[1]
        if month_first and not day_first:
            return first, second
    return second, first


def _last_day(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _months_between(start: date, end: date) -> int:
    days = (end - start).days + 1
    return max(round(days / MONTH_DAYS), 1)


def _from_dates(plain: str, found: list[tuple[int, date]]) -> Span | None:
    """Read "31.12.2021" and "01.01.2021 - 31.12.2021"; other words around make it no heading."""
    rest = re.sub(_SHORT_RANGE, lambda m: f"{m[1]}.{m[2]}.{m[3]} - ", plain)
    for pattern in (*_DATES, _DAY_FIRST, _DAY_WORD, _WORD_DAY):
        rest = re.sub(pattern, " ", rest)
    rest = re.sub(r"00:00(:00)?", " ", re.sub(_NOISE, " ", rest))
    if re.search(r"\w", rest) or len(found) > 2:
        return None
    if len(found) == 1:
        whole_year = re.search(r"year ended|for the year|rok obrotowy|za rok", plain)
        return Span(found[0][1], 12 if whole_year else None)
    start, end = found[0][1], found[1][1]
    return Span(end, _months_between(start, end)) if start < end else None


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _whole(text: str) -> Span | None:
    """Read years, half-years, quarters and months."""
    year, tail = _YEAR, r"[ ./-]*"
    patterns: tuple[tuple[str, int], ...] = (
        (rf"{year}\s*年?", 12),
        (rf"{year}{tail}h{tail}([12])|h{tail}([12]){tail}{year}|([12])h{tail}{year}", 6),
        (rf"(i{{1,2}}|[12])\.? ?(?:półrocze|półrocza|poł|pół|half)\.? ?{year}", 6),
        (rf"{year}\s*年?\s*(上半年|下半年)", 6),
        (rf"{year}{tail}(?:q|kw?){tail}([1-4])|(?:q|kw?){tail}([1-4]){tail}{year}", 3),
        (rf"([1-4])[qk]{tail}{year}", 3),
        (rf"{_ORDINAL}\.? ?(?:kw|kwartał|kwartału|quarter)\.? ?{year}", 3),
        (rf"{year}\s*年?\s*第?{_ORDINAL}季度?", 3),
        (rf"{year}[-./ ](\d{{1,2}})|{year}年(\d{{1,2}})月份?", 1),
        (rf"(\d{{1,2}})[-./]{year}", 1),
        (rf"{MONTH_WORD}[ '-]*{year}|{year}[ -]{MONTH_WORD}", 1),
    )  # fmt: skip
    if not re.search(_YEAR, text):
        return None
    for pattern, months in patterns:
        match = re.fullmatch(pattern, text)
        if match:
            groups = [g for g in match.groups() if g]
            found = next(g for g in groups if re.fullmatch(_YEAR, g))
            groups.remove(found)
            return _counted(int(found), groups[0] if groups else "1", months)
    several = re.fullmatch(rf"(\d{{1,2}})\s*(?:m|mies|months|miesięcy)\.?{tail}{year}", text)
    several = several or re.fullmatch(rf"1-(\d{{1,2}})[./ ]+{year}", text)
    own = re.fullmatch(rf"{year}-(\d{{1,2}})m", text)
    if own and 1 <= int(own[2]) <= 12:
        return Span(_end(int(own[1]), int(own[2])), int(own[2]))
    if several and 1 <= int(several[1]) <= 12:
        return Span(_end(int(several[2]), int(several[1])), int(several[1]))
    chinese = re.fullmatch(rf"{year}年1-(\d{{1,2}})月份?", text)
    if chinese and 1 <= int(chinese[2]) <= 12:
        return Span(_end(int(chinese[1]), int(chinese[2])), int(chinese[2]))
    return None


def _counted(year: int, part: str, months: int) -> Span | None:
    if part in MONTHS:
        number = MONTHS[part]
    elif part in ("上半年", "下半年"):
        number = 1 if part == "上半年" else 2
    else:
        number = _ROMAN.get(part) or int(part)
    if not 1 <= number * months <= 12:
        return None
    return Span(_end(year, number * months), months)
