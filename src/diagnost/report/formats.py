"""Figures as each language writes them: numbers, percents, days, money."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from diagnost.model.horizon import Horizon
from diagnost.report.customs import customs, plural_rule

MINUS = "−"

_BEFORE_STO = re.compile(r"(?<!\w)([zZ]) (?=1\d\d(?!\d))")


def number(value: Decimal, language: str, digits: int) -> str:
    """Write a number with a fixed count of decimals, rounding halves away from zero."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{digits}f}".translate(_separators(language))
    return f"{MINUS}{text}" if rounded < 0 else text  # no minus before nought


@lru_cache(maxsize=8)
def _separators(language: str) -> dict[int, str]:
    """Return what a language writes for the separators of Python."""
    own = customs(language)
    return str.maketrans({",": _signs(own.group), ".": own.decimal})


def decimal_sign(language: str) -> str:
    """Return the sign between whole and decimals."""
    return customs(language).decimal


def times(value: Decimal, language: str, finer: int = 0) -> str:
    """Write a ratio: two decimals, fewer from ten on (18.8, 21); ``finer`` adds some."""
    size = abs(value)
    if size < 10:
        return number(value, language, 2 + finer)
    return _trimmed(number(value, language, (1 if size < 100 else 0) + finer), language)


def limit(value: Decimal, language: str) -> str:
    """Write a limit of a norm as short as it is: 1.2, 1, 0.75."""
    digits = max(-int(value.normalize().as_tuple().exponent), 0)
    return number(value, language, min(digits, 2))


def percent(value: Decimal, language: str, finer: int = 0) -> str:
    """Write a fraction as a percentage: 8.7%, 69%, and near the whole 98.9%."""
    points = value * 100
    size = abs(points)
    near_whole = 90 <= size <= 110 and size != 100
    digits = (1 if (size < 10 and size) or near_whole else 0) + finer
    text = number(points, language, digits)
    return f"{_trimmed(text, language)}%"


def points(value: Decimal, language: str, words: dict[str, str]) -> str:
    """Write a difference of two percentages, in percentage points."""
    text = point_number(value, language)
    return words[f"points.{plural(text, value * 100, language)}"].format(n=text)


def point_number(value: Decimal, language: str) -> str:
    """Write a difference of two percentages without its unit: 5.6, 13."""
    points = value * 100
    return _trimmed(number(points, language, 1 if abs(points) < 10 else 0), language)


def days(
    value: Decimal,
    language: str,
    words: dict[str, str],
    case: str = "",
    finer: int = 0,
    unit: str = "days",
) -> str:
    """Write a length of time: "155 days", "155 dni", "155天"; weeks and months likewise."""
    digits = (0 if abs(value) >= 3 or value == value.to_integral_value() else 1) + finer
    text = _trimmed(number(value, language, digits), language)
    kind = plural(text, value if digits else value.quantize(Decimal(1)), language)
    key = f"{unit}.{case}.{kind}" if case and f"{unit}.{case}.{kind}" in words else f"{unit}.{kind}"
    return words[key].format(n=text)


def horizon(length: Horizon | None, language: str, words: dict[str, str]) -> str:
    """Write a horizon: "2 weeks", "2 tygodnie", "2周"; nothing where there is none."""
    if length is None:
        return ""
    return days(Decimal(length.number), language, words, unit=f"{length.unit}s")


def count(value: Decimal, language: str, finer: int = 0) -> str:
    """Write a number of people, orders or points: whole where it is, else with one decimal.

    Chinese counts by ten thousands, where nothing is lost by it: 240万, but 53,421.
    """
    whole = value == value.to_integral_value()
    if language == "zh" and whole and abs(value) >= 10_000 and not finer:
        lead = value.normalize().as_tuple().digits
        if len(lead) <= 3:
            return _compact(value, language)
    digits = (0 if value == value.to_integral_value() or abs(value) >= 100 else 1) + finer
    return _trimmed(number(value, language, digits), language)


def plural(text: str, value: Decimal, language: str) -> str:
    """Return the plural form (one, few, many, other) that a written number asks for."""
    shown = Decimal(_plain(text, language)) if text else value
    return str(plural_rule(language)(abs(shown)))


def money(value: Decimal, currency: str, language: str, words: dict[str, str]) -> str:
    """Write an amount, scaled to three significant digits: "PLN 3.54 million", "354万元"."""
    size = abs(value)
    if size < 10_000:
        digits = 0 if size >= 100 or size == size.to_integral_value() else 2
        text = number(value, language, digits)
    else:
        text = _compact(value, language)
    if not currency:
        return text
    return words["money"].format(n=text, currency=currency_word(currency, language, words))


def amount(value: Decimal, language: str) -> str:
    """Write an amount in the unit of the accounts, as it stands in a table."""
    whole = value == value.to_integral_value()
    return number(value, language, 0 if whole or abs(value) >= 1000 else 2)


def lowered(name: str) -> str:
    """Let a name begin with a small letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def raised(text: str) -> str:
    """Let a text begin with a capital letter."""
    return text[:1].upper() + text[1:]


def stopped(text: str, words: dict[str, str]) -> str:
    """End a text with a full stop; the point of an abbreviation ("2 pkt proc.") stands for it."""
    return text if text.endswith(".") else words["note.stop"].format(text=text)


def as_spoken(text: str, language: str) -> str:
    """Write "ze 170 do 224 dni": Polish reads a hundred as "sto", before which "z" becomes "ze"."""
    return _BEFORE_STO.sub(r"\1e ", text) if language == "pl" else text


def currency_word(currency: str, language: str, words: dict[str, str]) -> str:
    """Return what a currency is called beside an amount."""
    own = words.get(f"currency.{currency}")
    if own:
        return own
    return customs(language).currencies.get(currency, currency)


def _compact(value: Decimal, language: str) -> str:
    """Scale an amount; CLDR knows thousand, million, tys., mln, 万, 亿."""
    base = Decimal("1E+4") if language == "zh" else Decimal("1E+3")
    scale = base
    while abs(value) / scale >= base:
        scale *= base
    # Rounded here, half away from zero, so that all languages round alike.
    rounded, digits = _three_digits(value, scale)
    if abs(rounded) / scale >= base:  # 999,999 is a million, not a thousand thousand
        rounded, digits = _three_digits(value, scale * base)
    scales = customs(language).scales
    left_out, word = scales[min(rounded.adjusted(), max(scales))]
    figure = f"{rounded.scaleb(-left_out):.{digits}f}"
    if digits:
        figure = figure.rstrip("0").rstrip(".")
    return _signs(figure.replace(".", decimal_sign(language)) + word)


def _three_digits(value: Decimal, scale: Decimal) -> tuple[Decimal, int]:
    lead = abs(value) / scale
    digits = 2 if lead < 10 else 1 if lead < 100 else 0
    return value.quantize(scale.scaleb(-digits), rounding=ROUND_HALF_UP), digits


def _signs(text: str) -> str:
    return text.replace("-", MINUS).replace("\u202f", "\u00a0")


def _trimmed(text: str, language: str) -> str:
    """Drop ",0" and ".0"."""
    tail = ",0" if language == "pl" else ".0"
    return text[: -len(tail)] if text.endswith(tail) else text


def _plain(text: str, language: str) -> str:
    plain = text.replace("\u00a0", "").replace(MINUS, "-")
    if language == "pl":
        return plain.replace(",", ".")
    return plain.replace(",", "")


def month(year: str, month: int, language: str, words: dict[str, str]) -> str:
    """Write a month within a sentence: "June 2026", "06.2026 r."; as it is if there is none."""
    if not 1 <= month <= 12:
        return f"{year}-{month:02}"
    name = customs(language).months[month - 1]
    return words["month"].format(year=year, month=month, name=name)
