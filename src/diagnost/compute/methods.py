"""The method applied: the formulas of its options, averages of balances, the days of a year."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from diagnost.model.accounts import YEAR_DAYS, Accounts, Period
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Indicator, Undefined
from diagnost.model.method import Method

_BALANCE = "balance_sheet"
_NEAR = 3  # a half-year has 181 to 184 days, and six months all the same


def in_method(catalogue: Catalogue, method: Method) -> Catalogue:
    """Return the catalogue with every formula as the method has it.

    The usual method changes no formula. Indicators keep their order; one that now uses another
    listed after it is computed all the same.
    """
    if not method.unusual:
        return catalogue if method == catalogue.method else replace(catalogue, method=method)
    chosen = {choice: method.option(choice).id for choice in method.choices}
    averages = method.averages

    def is_balance(name: str) -> bool:
        inner = catalogue.indicator(name)
        if inner is not None:
            return inner.balance
        item = catalogue.line_items.get(name)
        return item is not None and item.statement == _BALANCE

    indicators = {}
    for id_, indicator in catalogue.indicators.items():
        varied = _varied(indicator, chosen) if indicator.variants else indicator
        indicators[id_] = _on_averages(varied, is_balance) if id_ in averages else varied
    return replace(catalogue, indicators=indicators, method=method)


def _varied(indicator: Indicator, chosen: dict[str, str]) -> Indicator:
    """Return the indicator as its first variant that fits has it."""
    for variant in indicator.variants:
        if all(chosen[choice] in options for choice, options in variant.when):
            return indicator._replace(
                formula=variant.formula,
                otherwise=variant.otherwise,
                undefined=indicator.undefined if variant.undefined is None else variant.undefined,
                name=variant.name or indicator.name,
                meaning=variant.meaning or indicator.meaning,
            )
    return indicator


def _on_averages(indicator: Indicator, is_balance: Callable[[str], bool]) -> Indicator:
    """Return the indicator on averages; what has no meaning on either footing has no reading."""
    further = [
        Undefined(value, undefined.sign, undefined.reason, undefined.at)
        for undefined in indicator.undefined
        if (value := undefined.value.averaged(is_balance)) is not None
    ]
    return indicator._replace(
        averaged=indicator.formula.averaged(is_balance),
        undefined=(*indicator.undefined, *further),
    )


def in_days_of(accounts: Accounts, method: Method) -> Accounts:
    """Return the accounts with the periods counted by the method's year.

    Whole months count a twelfth of the year each, whatever their days; other lengths their part.
    """
    if method.year_days == YEAR_DAYS:
        return accounts
    return replace(accounts, periods=tuple(_counted(p, method.year_days) for p in accounts.periods))


def _counted(period: Period, year_days: int) -> Period:
    length = Decimal(period.days)
    months = round(length * 12 / YEAR_DAYS)
    whole = months > 0 and abs(length - Decimal(months * YEAR_DAYS) / 12) <= _NEAR
    days = Decimal(months * year_days) / 12 if whole else length * year_days / YEAR_DAYS
    return period._replace(days=max(round(days), 1))
