"""Numbers as people write them, and the one convention of decimals that a file follows.

Read are ``1 234,50``  ``1,234.50``  ``1.234,50``  ``1'234.50``  ``(120)``  ``−120``  ``120-``
``12 %``  ``zł 5``  ``５００元``; spaces of any kind, full-width signs and invisible characters are
forgiven. A dash alone is a stated nil, as is usual in Polish statements; nothing at all, "n/a",
"b.d.", "x" and their like say that the amount is not known.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

MAX_DIGITS = 30
MAX_TEXT = 200

COMMA, POINT = "comma", "point"

_UNKNOWN = frozenset(
    (
        "", "na", "n/a", "n.a.", "n.a", "nd", "n.d.", "n/d", "bd", "b.d.", "b.d", "b/d",
        "brak danych", "nie dotyczy", "brak", "x", "?", "...", "…", "unknown", "not available",
        "not applicable", "null", "none", "don't know", "not known", "nie wiem", "nie wiadomo",
        "不知道", "不清楚", "无数据", "不详", "未知", "不适用", "暂无",
    )
)  # fmt: skip
_NOT_FINITE = frozenset({"nan", "inf", "infinity", "∞", "infinite"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-") | dict.fromkeys("’‘ʼ′´`ˈ＇", "'"))
_CURRENCY = r"(?:zł|zl|pln|eur|usd|gbp|chf|czk|cny|rmb|jpy|hkd|€|\$|£|¥|元|人民币)"
_AROUND = rf"(?i)^{_CURRENCY}\.?\s*|\s*{_CURRENCY}\.?$"
_SCALE_WORD = (
    r"(?i)\d\s*(?:tys|mln|mld|thousand|million|billion|k|m|千|万|百万|亿)\.?\s*(?:元|zł|pln)?$"
)
_BODY = r"(?a)[\d ',.]*\d[\d ',.]*"
_MARKS = ("<super>", "<sub>", "<circle>", "<fraction>")
"""Digits of this kind are marks of footnotes, not part of the number."""
_GROUPED = {
    " ": r"\d{1,3}(?: \d{3})+",
    "'": r"\d{1,3}(?:'\d{3})+",
    ",": r"\d{1,3}(?:,\d{3})+",
    ".": r"\d{1,3}(?:\.\d{3})+",
}


class NumberError(ValueError):
    """A text that is no number: the problem's code, what was found and how to mend it."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code = code
        self.message = message
        self.hint = hint
        super().__init__(message)


class Figure(NamedTuple):
    """A number as written, before it is known whether its separator means decimals.

    ``evidence`` is the convention that the spelling itself proves (``comma`` or ``point`` for
    decimals, '' where it proves none); ``doubtful`` is the separator of a spelling such as
    ``1,234`` that may stand for thousands or for decimals.
    """

    body: str
    negative: bool
    percent: bool
    evidence: str
    doubtful: str

    def value(self, convention: str) -> Decimal:
        """Return the number under a convention; a percent becomes a fraction (15 % is 0.15)."""
        decimal, thousands = (",", ".") if convention == COMMA else (".", ",")
        digits = self.body.replace(thousands, "").replace(decimal, ".")
        number = Decimal(digits)
        if self.percent:
            number = number.scaleb(-2)
        return -number if self.negative and number else number


def tidy(text: str) -> str:
    """Return a text with one kind of space, dash and digit, and nothing invisible."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    if not plain.isascii():
        plain = "".join(
            c for c in plain if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\n"
        )
    return " ".join(plain.split())


def says_unknown(text: str) -> bool:
    """Say whether a text leaves the amount open: nothing, or words for "not known"."""
    return not text or (len(text) <= MAX_TEXT and tidy(text).casefold() in _UNKNOWN)


def says_nil(text: str) -> bool:
    """Say whether a text is a dash standing for nil."""
    found = tidy(text)
    return bool(found) and not found.strip("-")


def dissect(text: str) -> Figure:
    """Take the spelling of a number apart; raises NumberError where it is none."""
    if len(text) > MAX_TEXT:
        raise _not_a_number(tidy(text[:MAX_TEXT]))
    plain = tidy(text)
    lowered = plain.casefold().lstrip("+-.")
    if lowered in _NOT_FINITE:
        raise NumberError("A121", f"'{plain}' is no amount", "Leave the cell empty if not known.")
    if lowered.startswith("#") and len(lowered) > 1 and lowered[1] != " ":
        raise NumberError(
            "A123", f"the spreadsheet error {plain}", "Mend the formula, or type the amount."
        )
    inner, negative = _sign(re.sub(_AROUND, "", plain), plain)
    inner = re.sub(_AROUND, "", inner.strip()).strip()
    percent = inner.endswith("%")
    inner = inner.removesuffix("%").strip()
    if not negative and inner.startswith("-"):
        inner, negative = inner.removeprefix("-").strip(), True
    raised = any(unicodedata.decomposition(c).startswith(_MARKS) for c in text)
    if raised or not re.fullmatch(_BODY, inner):
        raise _not_a_number(plain)
    if sum(c.isdigit() for c in inner) > MAX_DIGITS:
        raise NumberError(
            "A121",
            f"a number of more than {MAX_DIGITS} digits",
            "Give the amount in thousands or millions and set the unit.",
        )
    return _figure(inner, negative, percent, plain)


def _sign(text: str, plain: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        inner = text[1:-1].strip()
        if inner.startswith(("-", "+", "(")):
            raise NumberError(
                "A120", f"'{plain}' has two signs", "Write -120 or (120), not both together."
            )
        return inner, True
    if text.startswith("-"):
        if text.endswith("-") or text[1:].strip().startswith(("(", "-", "+")):
            raise NumberError("A120", f"'{plain}' has two signs", "Write one minus sign.")
        return text[1:], True
    if text.endswith("-"):
        return text[:-1], True
    return text.removeprefix("+"), False


def _not_a_number(plain: str) -> NumberError:
    if re.fullmatch(r"[+-]?[\d.,]+e[+-]?\d+", plain, re.IGNORECASE):
        return NumberError(
            "A121",
            f"'{plain}' is written in powers of ten",
            "Write the number out in full; widen the column before exporting it.",
        )
    if re.search(_SCALE_WORD, plain):
        return NumberError(
            "A120",
            f"'{plain}' carries a word for its scale",
            "Write plain numbers and give the scale once: as the unit (unit: 1000) or a heading.",
        )
    shown = plain if len(plain) <= 40 else plain[:39] + "…"
    return NumberError(
        "A120", f"'{shown}' is not a number", "Write a number; leave it empty if not known."
    )


def _figure(body: str, negative: bool, percent: bool, plain: str) -> Figure:
    marks = [mark for mark in ",." if mark in body]
    spaced = [mark for mark in " '" if mark in body]
    evidence = doubtful = ""
    last = max(marks, key=body.rfind) if marks else ""
    head, tail = body, ""
    if len(marks) == 2 or (marks and (spaced or body.count(last) == 1)):
        head, _, tail = body.rpartition(last)
        evidence = COMMA if last == "," else POINT
        if body.count(last) > 1 or len(spaced) > 1 or not tail.isdigit():
            raise _not_a_number(plain)
        if (
            len(marks) == 1
            and not spaced
            and len(tail) == 3
            and re.fullmatch(r"[1-9]\d{0,2}", head)
        ):
            evidence, doubtful = "", last
    elif marks:  # one mark, several times: it parts thousands
        evidence = POINT if last == "," else COMMA
    for mark in (*spaced, *(m for m in marks if m in head)):
        if not re.fullmatch(_GROUPED[mark], head):
            raise NumberError(
                "A120",
                f"the digits of '{plain}' are not grouped by threes",
                "Write one number per cell, thousands in groups of three digits.",
            )
    bare = re.sub("[ ']", "", body)
    return Figure(bare, negative, percent, evidence, doubtful)


class Convention(NamedTuple):
    """How decimals are written in a file; ``assumed`` where nothing in the file decides it.

    ``proofs`` are the first spelling that proves each convention found, by its index in the
    file's numbers; two of them contradict each other.
    """

    decimal: str
    assumed: int | None
    proofs: dict[str, int]


def settle(figures: Iterable[tuple[Figure, bool]]) -> Convention:
    """Find the convention of a file from all its numbers together.

    Each number comes with whether it is an amount of money. Where no spelling proves anything,
    a ratio such as ``1,234`` speaks for decimals, since a ratio in thousands would be odd; with
    amounts alone, the separator is taken to part thousands and ``assumed`` names the first such.
    """
    proofs: dict[str, int] = {}
    leanings: dict[str, int] = {}
    doubtful: dict[str, int] = {}
    for index, (figure, money) in enumerate(figures):
        if figure.evidence:
            proofs.setdefault(figure.evidence, index)
        elif figure.doubtful:
            doubtful.setdefault(figure.doubtful, index)
            if not money:
                leanings.setdefault(COMMA if figure.doubtful == "," else POINT, index)
    if proofs:
        return Convention(next(iter(proofs)), None, proofs)
    if len(leanings) == 1:
        return Convention(next(iter(leanings)), None, {})
    if len(doubtful) == 2:
        return Convention(POINT, None, {POINT: doubtful[","], COMMA: doubtful["."]})
    if doubtful:
        mark, index = next(iter(doubtful.items()))
        return Convention(POINT if mark == "," else COMMA, index, {})
    return Convention(POINT, None, {})
