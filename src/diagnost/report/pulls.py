"""A lever and how far it is pulled, as a manager is told it: in days, in money or by counting."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from diagnost.model.context import Question
from diagnost.model.indicator import Unit
from diagnost.model.lever import Pull
from diagnost.report import formats
from diagnost.report.figures import Figures

_FEW_DAYS = (Decimal(3), Decimal("0.3"))
"""Below these changes days are told with one decimal, and with two."""


def pull_text(pull: Pull, figures: Figures) -> str:
    """Say what is to be done, and by how much."""
    question = figures.case.base.catalogue.questions.get(pull.way[0].item)
    slots = _in_days(pull, figures)
    if question is not None:
        slots |= _answered(pull, question, figures)
    else:
        accounts = figures.case.accounts
        slots["amount"] = formats.money(
            pull.amount * accounts.unit, accounts.currency, figures.language, figures.words
        )
        if pull.was:
            slots["share"] = formats.percent(pull.share, figures.language)
    if pull.lever.told is not None:
        told = pull.lever.told.in_language(figures.language)
        try:
            return told.format(**slots)
        except KeyError:
            pass  # a figure of it is not known
    name = pull.lever.name.in_language(figures.language)
    if "share" not in slots:
        return figures.words["goal.pull_of_nought"].format(name=name, **slots)
    item = figures.case.base.catalogue.line_items[pull.way[0].item]
    lowered = formats.lowered(item.names.in_language(figures.language))
    return figures.words["goal.pull"].format(name=name, item=lowered, **slots)


def told_in_days(pull: Pull) -> bool:
    """Say whether the sentence of a lever has the days by which it is measured."""
    return pull.lever.told is not None and pull.before is not None and bool(pull.was)


def _in_days(pull: Pull, figures: Figures) -> dict[str, str]:
    """Write the days before and after, and those between them; {} where they are not known.

    What is to be reached is rounded so that it suffices, and the change is that between the two
    figures as they are written: a reader who subtracts finds it.
    """
    if pull.before is None or pull.after is None:
        return {}
    size = abs(pull.after - pull.before)
    digits = sum(size < few for few in _FEW_DAYS)
    step = Decimal(1).scaleb(-digits)
    before = pull.before.quantize(step, ROUND_HALF_UP)
    towards = ROUND_FLOOR if pull.after < pull.before else ROUND_CEILING
    after = pull.after.quantize(step, towards)
    return {
        "before": figures.write(before, Unit.DAYS, "number", digits),
        "after": _days(after, digits, figures),
        "change": _days(abs(after - before), digits, figures),
    }


def _days(value: Decimal, digits: int, figures: Figures) -> str:
    """Write days with so many decimals; whole ones without any."""
    own = 0 if value == value.to_integral_value() or value >= _FEW_DAYS[0] else 1
    finer = 0 if value == value.to_integral_value() else digits - own
    return figures.write(value, Unit.DAYS, finer=max(finer, 0))


def _answered(pull: Pull, question: Question, figures: Figures) -> dict[str, str]:
    """Write an answer in figures before and after."""
    unit = Unit(question.unit)
    return {
        "before": figures.write(pull.was, unit, in_full=True),
        "after": figures.write(pull.becomes, unit, in_full=True),
    }
