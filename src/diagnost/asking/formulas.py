"""Formulas as an answer has them."""

from diagnost.asking.speaker import Speaker
from diagnost.model.indicator import Indicator


def formula_key(indicator: Indicator) -> str:
    """Return the phrase for a formula; of one over records only the tables are told."""
    formula = indicator.averaged or indicator.formula
    return "formula_records" if formula.tables else "formula"


def in_short(speaker: Speaker, formula: str) -> str:
    """Leave out that a figure of a period is brought to a year, where the period is one."""
    year = speaker.base.catalogue.method.year_days
    if speaker.case.accounts.period(speaker.period).days != year:
        return formula
    for days in (str(year), speaker.words["formula.days"]):
        formula = formula.replace(f" × {year} / {days}", "")
    return formula
