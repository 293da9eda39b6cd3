"""One value of a record: from what the file holds to what its column takes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from diagnost.intake.labels import key_of
from diagnost.intake.numbers import COMMA, NumberError, dissect, says_nil, says_unknown, tidy
from diagnost.intake.record_days import serial_day, written_day
from diagnost.intake.words import YES_NO
from diagnost.model.located import nearest
from diagnost.model.records import (
    COUNT,
    DATE,
    FLAG,
    MONTH,
    NUMBER,
    NUMERIC,
    REFERENCE,
    SCORE,
    TEXT,
    WORD,
    CellValue,
    Column,
)

EARLIEST, LATEST = date(1950, 1, 1), date(2099, 12, 31)
"""A day of business beyond these is a slip of the pen."""
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_TICKS = frozenset("xX✓✔√☑☒＋+")
MAX_TEXT = 200


class RecordError(ValueError):
    """A value that its column does not take: the problem's code, what was found, how to mend it."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint
        super().__init__(message)


class Reader:
    """Reads the values of one column; ``decimal`` is the convention of the file's numbers.

    ``months_first`` says how its days such as 03/04/2025 are meant.
    """

    def __init__(self, column: Column, decimal: str, *, months_first: bool = False) -> None:
        self.column = column
        self.decimal = decimal
        self.months_first = months_first
        self.words: Mapping[str, str] = {}
        if column.kind == WORD:
            self.words = {
                **{key_of(label): word for label, word in column.word_synonyms.items()},
                **{
                    key_of(label): word
                    for word, text in column.words.items()
                    for label in (word, *text.by_language.values())
                },
            }

    def read(self, raw: Any) -> CellValue | None:
        """Return the value, None where nothing is known; raises RecordError."""
        kind = self.column.kind
        text = _text(raw)
        if kind in (TEXT, REFERENCE):
            return self._label(text)
        if not isinstance(raw, bool) and _blank(text, kind):
            return None
        if text.startswith("#") and not text.startswith("# "):
            hint = "Mend the formula in the spreadsheet, or type the value."
            raise RecordError("A123", f"the spreadsheet error {text}", hint)
        if kind in NUMERIC:
            return self._number(raw, text)
        if kind in (DATE, MONTH):
            return self._day(raw, text)
        return self._flag(raw, text) if kind == FLAG else self._word(text)

    def _label(self, text: str) -> str | None:
        label = tidy(text) if text else ""
        if not any(c.isalnum() for c in label):
            return None
        if len(label) > MAX_TEXT:
            raise RecordError("A206", "a text of more than 200 characters", "Shorten it.")
        return label

    # --- numbers ---------------------------------------------------------------------------------

    def _number(self, raw: Any, text: str) -> Decimal:
        value = self._figure(raw, text)
        column = self.column
        if column.kind in (COUNT, SCORE) and value % 1:
            hint = "Write a whole number; leave the cell empty where it is not known."
            raise RecordError("A206", f"{text} is not a whole number", hint)
        low = column.least is not None and value < column.least
        if low or (column.most is not None and value > column.most):
            raise RecordError("A205", self._beyond(value, text), self._bounds())
        return value

    def _figure(self, raw: Any, text: str) -> Decimal:
        if isinstance(raw, bool | date):
            raise self._wrong(text, "a number")
        if isinstance(raw, Decimal):
            return raw
        if isinstance(raw, int | float):
            value = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
            if not value.is_finite() or value.adjusted() > 29:
                raise RecordError("A121", f"'{text}' is no amount", "Write a usual number.")
            return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        if self.column.kind != NUMBER and tidy(text).endswith("%"):
            hint = "Write the plain number without the percent sign."
            raise RecordError("A127", f"{text} is written in percent", hint)
        try:
            return number(text, self.decimal)
        except NumberError as error:
            raise RecordError(error.code, error.message, error.hint) from error

    def _beyond(self, value: Decimal, text: str) -> str:
        if value < 0 and self.column.least == 0:
            return f"{text} is negative"
        return f"{text} is out of bounds"

    def _bounds(self) -> str:
        least, most = self.column.least, self.column.most
        if least is not None and most is not None:
            return f"Write a number from {least} to {most}; leave it empty if not known."
        return f"Write {least} or more." if least is not None else f"Write at most {most}."

    # --- days ------------------------------------------------------------------------------------

    def _day(self, raw: Any, text: str) -> date:
        day = self._date(raw, text)
        if not EARLIEST <= day <= LATEST:
            hint = f"Write a day from {EARLIEST.year} to {LATEST.year}, such as 2026-03-31."
            raise RecordError("A204", f"{text} is no day of this business", hint)
        return day.replace(day=1) if self.column.kind == MONTH else day

    def _date(self, raw: Any, text: str) -> date:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
        if is_number and (day := serial_day(raw)):  # a date that lost its format
            return day
        if is_number and not isinstance(raw, int):
            raise self._wrong(text, self._when())  # 2025.1 may be January or October
        try:
            month = self.column.kind == MONTH
            return written_day(text, month=month, months_first=self.months_first)
        except ValueError as error:
            raise self._wrong(tidy(text), self._when()) from error

    def _when(self) -> str:
        return (
            "a month such as 2026-03" if self.column.kind == MONTH else "a day such as 2026-03-31"
        )

    # --- words -----------------------------------------------------------------------------------

    def _flag(self, raw: Any, text: str) -> bool:
        if isinstance(raw, bool):
            return raw
        plain = tidy(text)
        if plain in _TICKS:
            return True
        said = YES_NO.get(key_of(plain), {"1": "yes", "0": "no"}.get(plain, ""))
        if not said:
            hint = "Write yes or no; leave it empty where it is not known."
            raise RecordError("A208", f"'{_shown(text)}' is neither yes nor no", hint)
        return said == "yes"

    def _word(self, text: str) -> str:
        found = self.words.get(key_of(text))
        if found is None:
            close = nearest(text.casefold(), self.words)
            hint = f"Write one of: {', '.join(self.column.words)}. {close}".strip()
            raise RecordError("A207", f"'{_shown(text)}' is no word of this column", hint)
        return found

    def _wrong(self, text: str, wanted: str) -> RecordError:
        code = "A203" if self.column.kind in (DATE, MONTH) else "A125"
        return RecordError(code, f"'{_shown(text)}' is not {wanted}", f"Write {wanted}.")


def number(text: str, decimal: str) -> Decimal:
    """Read a written number by a convention; raises NumberError."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= 30:
        return Decimal(plain)
    if says_nil(text):
        return Decimal(0)
    return dissect(text).value(decimal)


def shows_convention(text: str) -> bool:
    """Say whether a written number may tell how the file writes decimals and thousands."""
    return not (text.isascii() and text.strip().isdigit()) and not says_nil(text)


def common_form(text: str) -> str:
    """Return how a simple number is written, so that one of each form stands for all; '' if odd.

    Of all numbers such as ``1234,5`` the file's convention needs to see one only.
    """
    plain = text.strip()
    if not _PLAIN.fullmatch(plain) or not plain.isascii():
        return ""
    mark = COMMA if "," in plain else ("." if "." in plain else "")
    tail = len(plain) - 1 - max(plain.find(","), plain.find("."))
    return f"{mark}{'three' if tail == 3 else 'other'}" if mark else "whole"


def _text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, datetime | date):
        return raw.isoformat()[:10]
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _blank(text: str, kind: str) -> bool:
    if not text:
        return True
    if kind == FLAG and text in _TICKS:
        return False
    return says_unknown(text) or (kind not in NUMERIC and says_nil(text))


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
