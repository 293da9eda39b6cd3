"""What a calculator is told, as people write it: numbers, percents, yes or no, weights, levels."""

import re
from decimal import Decimal
from typing import TypeAlias

from diagnost.intake.numbers import COMMA, POINT, NumberError, dissect, says_unknown, tidy
from diagnost.model.calculator import (
    COUNT_UNIT,
    DAYS_UNIT,
    FLAG_UNIT,
    LEVELS,
    MONEY_UNIT,
    PERCENT_UNIT,
    SHARES,
    Calculator,
    Input,
)
from diagnost.model.located import nearest
from diagnost.model.text import LANGUAGES

Shares: TypeAlias = tuple[tuple[str, Decimal], ...]
"""Names and weights, in the order given."""

MOST_SHARES = 1000
LARGEST = Decimal(10) ** 15

_YES = frozenset(("yes", "y", "true", "1", "tak", "t", "是", "有"))
_NO = frozenset(("no", "n", "false", "0", "nie", "否", "无", "没有"))
_WHOLE = (COUNT_UNIT, DAYS_UNIT)
_GROUPED = (MONEY_UNIT, COUNT_UNIT, DAYS_UNIT)
"""Units whose numbers grow large, so that 400,000 may be meant with a separator of thousands."""


class InputError(ValueError):
    """An input that cannot be used: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message}. {hint}".strip() if hint else message)


def read_input(
    calculator: Calculator, wanted: Input, text: str, language: str = "en"
) -> Decimal | Shares:
    """Read an input as written on the command line or in an example; raises InputError.

    Percents are fractions, a flag is 1 or 0, shares and levels are names with weights; weights
    without names are called as their level calls its parts in ``language``.
    """
    match wanted.unit:
        case unit if unit == FLAG_UNIT:
            return _flag(text)
        case unit if unit == SHARES:
            return _shares(_member(calculator, wanted, language), text)
        case unit if unit == LEVELS:
            return _levels(calculator, text)
        case _:
            return checked(wanted, _number(text, wanted.unit))


def checked(wanted: Input, value: Decimal) -> Decimal:
    """Return a number that keeps within the bounds of an input; raises InputError."""
    if wanted.unit in _WHOLE and value != value.to_integral_value():
        raise InputError(f"{_plain(value)} is not whole", "A whole number is needed here.")
    if abs(value) >= LARGEST:
        hint = "Give amounts in thousands or millions."
        raise InputError("the number has more than 15 digits", hint)
    least = wanted.least
    if least is None and wanted.above is None:
        least = Decimal(0)
    shown = _bound if wanted.unit == PERCENT_UNIT else _plain
    if wanted.above is not None and value <= wanted.above:
        raise InputError(f"{shown(value)} is too small: it must be above {shown(wanted.above)}")
    if least is not None and value < least:
        if least == 0:
            raise InputError(f"{shown(value)} is negative: it must be 0 or more")
        raise InputError(f"{shown(value)} is too small: it must be {shown(least)} or more")
    if wanted.most is not None and value > wanted.most:
        raise InputError(f"{shown(value)} is too large: it must be {shown(wanted.most)} or less")
    return value


def _number(text: str, unit: str) -> Decimal:
    if says_unknown(text):
        raise InputError(f"'{tidy(text)}' is no number", "Leave out what is not known.")
    try:
        figure = dissect(text)
    except NumberError as error:
        raise InputError(error.message, error.hint) from None
    if figure.percent and unit != PERCENT_UNIT:
        raise InputError(f"'{tidy(text)}' is a percentage", "A plain number is needed here.")
    if not figure.percent and unit == PERCENT_UNIT and figure.value(POINT):
        bare = tidy(text)
        value = figure.value(figure.evidence or POINT)
        hint = f"Write {bare}%."
        if 0 < abs(value) <= 1:
            hint = f"Write {_bound(value)}, or {bare}% if so little is meant."
        raise InputError(f"'{bare}' needs a percent sign", hint)
    if figure.doubtful and unit in _GROUPED:
        whole = figure.body.replace(figure.doubtful, "")
        message = f"'{tidy(text)}' can be read in two ways"
        hint = f"Write {whole}, or {whole[:-3]}.{whole[-3:]}0 for the decimals."
        raise InputError(message, hint)
    decimal = figure.evidence or (COMMA if figure.doubtful == "," else POINT)
    return figure.value(decimal)


def _flag(text: str) -> Decimal:
    word = tidy(text).casefold()
    if word in _YES:
        return Decimal(1)
    if word in _NO:
        return Decimal(0)
    raise InputError(f"'{tidy(text)}' is neither yes nor no", "Write yes or no.")


def _pieces(text: str) -> list[str]:
    """Cut a list at semicolons, or where there are none at commas."""
    plain = text.replace("；", ";").replace("，", ",").replace("、", ",")
    pieces = plain.split(";") if ";" in plain else plain.split(",")
    return [piece.strip() for piece in pieces if piece.strip()]


def _shares(member: str, text: str) -> Shares:
    pieces = _pieces(text)
    if not pieces:
        raise InputError("the list is empty", "Write names with weights: Anna=1, Piotr=0.5.")
    if len(pieces) > MOST_SHARES:
        raise InputError(f"the list has more than {MOST_SHARES} entries")
    found: dict[str, Decimal] = {}
    _refuse_mixture(pieces)
    for number, piece in enumerate(pieces, start=1):
        name, equals, weight = (part.strip() for part in piece.replace("＝", "=").partition("="))
        if not equals and re.search(r"[^\W\d_]", name):  # a name alone weighs as much as others
            name, value = tidy(name), Decimal(1)
        elif equals:
            name, value = tidy(name), _weight(weight, piece)
        else:
            name, value = member.format(n=number), _weight(piece, piece)
        if not name:
            raise InputError(f"'{piece}' has no name", "Write names with weights: Anna=1.")
        if name in found:
            raise InputError(f"'{name}' stands twice in the list", "Give each a name of its own.")
        found[name] = value
    if not any(found.values()):
        raise InputError("all weights are nought", "Give at least one of them a weight.")
    return tuple(found.items())


def _refuse_mixture(pieces: list[str]) -> None:
    """Refuse a list in which commas part entries and decimals alike: ``A=0,5, B=1``."""
    named = [piece for piece in pieces if "=" in piece or "＝" in piece]
    bare = [p for p in pieces if p not in named and not re.search(r"[^\W\d_]", p)]
    hint = "Separate the entries by semicolons, or write decimals with a point: A=0.5; B=1."
    if named and bare:
        raise InputError(f"'{bare[0]}' has no name", hint)
    for piece in named:
        if "," in piece.replace("＝", "=").partition("=")[0]:
            raise InputError(f"the name in '{piece}' holds a comma", hint)


def _weight(text: str, piece: str) -> Decimal:
    try:
        figure = dissect(text)
    except NumberError as error:
        raise InputError(f"the weight of '{piece}': {error.message}", error.hint) from None
    value = figure.value(figure.evidence or (COMMA if figure.doubtful == "," else POINT))
    if value < 0:
        raise InputError(f"the weight of '{piece}' is negative", "Weights are 0 or more.")
    if value >= LARGEST:
        raise InputError(f"the weight of '{piece}' is too large")
    return value


def _member(calculator: Calculator, wanted: Input, language: str) -> str:
    levels = calculator.allocation.levels.values() if calculator.allocation is not None else ()
    for level in levels:
        if level.shares == wanted.id:
            member = level.member.in_language(language)
            return member if "{n}" in member else f"{member} {{n}}"
    return "{n}"


def _levels(calculator: Calculator, text: str) -> Shares:
    levels = calculator.allocation.levels if calculator.allocation is not None else {}
    names = {tidy(id_).casefold(): id_ for id_ in levels}
    for level in levels.values():
        named = (level.name.in_language(language) for language in LANGUAGES)
        names |= {tidy(name).casefold(): level.id for name in named}
    found: list[str] = []
    for piece in _pieces(text):
        id_ = names.get(tidy(piece).casefold())
        if id_ is None:
            hint = nearest(piece, levels) or f"There is {', '.join(levels)}."
            raise InputError(f"'{piece}' is nothing to split by", hint)
        if id_ in found:
            raise InputError(f"'{piece}' stands twice", "Name each level once.")
        outer = [name for name, level in levels.items() if id_ in level.within and name in found]
        if outer:
            hint = f"Write {id_} before {outer[0]}."
            raise InputError(f"{outer[0]} lies inside {id_}, not the other way round", hint)
        found.append(id_)
    if not found:
        raise InputError("no level is named", f"There is {', '.join(levels)}.")
    return tuple((name, Decimal(1)) for name in found)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _bound(value: Decimal) -> str:
    return f"{(value * 100).normalize():f}%"
