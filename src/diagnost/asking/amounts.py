"""Amounts in questions, and the changes and goals that they make, as commands take them."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.explain.goals import read_goal
from diagnost.intake.changes import read_change
from diagnost.intake.numbers import COMMA, POINT, NumberError, dissect, settle
from diagnost.model.indicator import Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.lever import GoalError
from diagnost.model.supposition import SuppositionError

_DECIMALS = {"pl": COMMA}
"""The mark of decimals where the spelling of a number leaves it open; else a point."""
_DOWN, _UP = ("low", "falling"), ("high", "rising")


class Amount(NamedTuple):
    """A number of a question with what belongs to it.

    ``sign`` is '+', '-' or ''; ``percent`` that the value counts percents (20 is 20 %);
    ``whole_money`` that it is written out, with a word for thousands or a currency, and thus not in
    the unit of the accounts; ``days`` that it counts days; ``mode`` whether it is by so much or to
    so much, at least, at most or reached; ``direction`` where it goes.
    """

    value: Decimal
    sign: str = ""
    percent: bool = False
    points: bool = False
    whole_money: bool = False
    days: bool = False
    mode: str = ""
    direction: str = ""


def number(text: str, language: str) -> tuple[Decimal, str] | None:
    """Return a number and its sign as written, or None if it is none."""
    sign = text[0] if text[:1] in "+-" else ""
    try:
        figure = dissect(text.removeprefix(sign).strip())
    except NumberError:
        return None
    convention = settle([(figure, False)]).decimal
    if figure.doubtful:
        convention = _DECIMALS.get(language, POINT)
    return figure.value(convention), sign


def change_text(
    figure: str, amount: Amount, period: str, base: KnowledgeBase, unit: int
) -> str | None:
    """Write a change of a figure as ``what-if --set`` takes it; None where it makes no sense.

    ``unit`` is that of the accounts: amounts written out in full are brought to it.
    """
    catalogue = base.catalogue
    if amount.days:
        figure = next((i for i, told in catalogue.flows.in_days.items() if told == figure), figure)
        if figure in catalogue.line_items and figure not in catalogue.flows.in_days:
            return None
    indicator = catalogue.indicators.get(figure)
    in_percent = indicator is not None and indicator.unit is Unit.PERCENT
    value = amount.value
    if amount.whole_money and not catalogue.in_full(figure):
        value /= unit
    mark = "%" if amount.percent or (amount.points and in_percent) else ""
    if amount.days and figure in catalogue.line_items:
        mark = "d"
    if amount.points and not in_percent:
        return None
    goes = amount.sign or sign_of(amount.direction)
    if amount.mode in ("to", "reach") or not (amount.mode or goes):
        sign, written = (
            "",
            f"({_plain(value)}{mark})" if amount.sign == "-" else _plain(value) + mark,
        )
    else:
        sign, written = goes, _plain(value) + mark
        if not sign:
            return None
    text = f"{figure}{f'@{period}' if period else ''}={sign}{written}"
    try:
        read_change(text, catalogue)
    except SuppositionError:
        return None
    return text


def goal_text(figure: str, amount: Amount, base: KnowledgeBase, unit: int) -> str | None:
    """Write a goal for an indicator as ``goal`` takes it; None where it makes no sense."""
    indicator = base.catalogue.indicators[figure]
    value = amount.value
    if amount.whole_money and not base.catalogue.in_full(figure):
        value /= unit
    downwards = amount.direction in _DOWN
    upwards = amount.direction in _UP
    if amount.mode == "least":
        sign = ">="
    elif amount.mode == "most":
        sign = "<="
    elif downwards or upwards:
        sign = "<=" if downwards else ">="
    else:
        sign = "<=" if indicator.better == "lower" else ">="
    if amount.mode == "by" or amount.points:
        return None
    minus = "-" if amount.sign == "-" else ""
    name = indicator.printed_symbol or indicator.id
    text = f"{name} {sign} {minus}{_plain(value)}{'%' if amount.percent else ''}"
    try:
        read_goal(text, base)
    except GoalError:
        return None
    return text


def sign_of(direction: str) -> str:
    """Return the sign of a move, '' where it is not said where it goes."""
    return "-" if direction in _DOWN else "+" if direction in _UP else ""


def _plain(value: Decimal) -> str:
    """Write a number with a point for its decimals, so that it can be read in one way only."""
    text = f"{value:f}"
    whole, point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    return f"{whole}{point}{decimals}0" if len(decimals) == 3 else f"{whole}{point}{decimals}"
