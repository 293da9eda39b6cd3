"""Changes supposed of figures, as written on a command line: ``inventories@2023=-20%``."""

import re
from decimal import Decimal

from diagnost.intake.labels import INDICATOR, LINE, QUESTION, index_of, key_of
from diagnost.intake.numbers import NumberError, dissect, settle, tidy
from diagnost.intake.words import YES_NO
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Unit
from diagnost.model.located import nearest
from diagnost.model.supposition import Change, How, SuppositionError

FORM = (
    "Write ITEM=VALUE, ITEM=-20%, ITEM=+150, or ITEM@PERIOD=…; a negative value goes in brackets: "
    "net_profit=(200). Stock, receivables and payables may be told in days: inventories=90d."
)
_IN_DAYS = re.compile(r"(?<=\d)\s*(?:d|days?|dni|dzień|天|日)$", re.IGNORECASE)


def read_change(text: str, catalogue: Catalogue) -> Change:
    """Read one change; raise SuppositionError where it names nothing known or is no number.

    ITEM is a line item, an indicator or a question by id, symbol, name or synonym. A sign before
    the number makes it a change: ``-20%`` by that share, ``+150`` by so much; of what is itself a
    percent, ``+2%`` means two percentage points. Without a sign it is the new value, in brackets a
    negative one. ``90d`` is an amount of so many days, for items that are told in days.
    """
    named, mark, written = text.partition("=")
    if not mark or not named.strip() or not written.strip():
        raise SuppositionError(f"'{text}' is no change of a figure", FORM)
    label, _, period = named.partition("@")
    name, unit, words = _meant(label.strip(), catalogue)
    plain = tidy(written)
    if words:
        return Change(name, How.TO, _word(name, plain, words), period.strip(), plain)
    amount = _IN_DAYS.sub("", plain) if unit is Unit.MONEY else plain
    days = amount != plain
    if days and name not in catalogue.flows.in_days:
        known = ", ".join(catalogue.flows.in_days)
        raise SuppositionError(f"{name} is not told in days", f"These are: {known}.")
    try:
        figure = dissect(amount.removeprefix("+").strip())
    except NumberError as error:
        raise SuppositionError(
            f"'{plain}' is no amount for {name}: {error.message}", FORM
        ) from None
    value = figure.value(settle([(figure, unit is Unit.MONEY and not days)]).decimal)
    signed = plain[:1] in "+-"
    if unit is Unit.PERCENT:
        if not figure.percent:
            raise SuppositionError(f"{name} is a percent, and '{plain}' has no percent sign", FORM)
        return Change(name, How.BY if signed else How.TO, value, period.strip(), plain)
    if figure.percent and not signed:
        hint = f"For a change by that share write +{plain} or -{plain}."
        raise SuppositionError(f"'{plain}' is a percent, and {name} is not measured in one", hint)
    how = How.SHARE if figure.percent else How.BY if signed else How.TO
    return Change(name, how, value, period.strip(), plain, days)


def _meant(label: str, catalogue: Catalogue) -> tuple[str, Unit | None, dict[str, str]]:
    """Return the id that a label means, its unit, and the words that it takes, by their keys."""
    if label in catalogue.line_items:
        return label, Unit.MONEY, {}  # an id needs no index of all the names
    index = index_of(catalogue)
    match = index.by_key.get(key_of(label))
    if match is None or match.kind not in (LINE, INDICATOR, QUESTION):
        if match is not None and match.choices:
            hint = f"It may mean {', '.join(match.choices)}."
        else:
            close = index.candidates(label)
            hint = f"Did you mean {' or '.join(close)}?" if close else ""
        raise SuppositionError(f"'{label}' is no figure that can be changed", hint)
    if match.kind == LINE:
        return match.id, Unit.MONEY, {}
    if match.kind == INDICATOR:
        return match.id, catalogue.indicators[match.id].unit, {}
    question = catalogue.questions[match.id]
    if question.unit:
        return match.id, Unit(question.unit), {}
    words = {
        key_of(spelling): word
        for word in question.words
        for spelling in (word, *_labels(question.labels.get(word)))
    }
    return match.id, None, words | {k: w for k, w in YES_NO.items() if w in question.words}


def _labels(text: object) -> tuple[str, ...]:
    by_language = getattr(text, "by_language", {})
    return tuple(by_language.values())


def _word(name: str, written: str, words: dict[str, str]) -> Decimal | str:
    found = words.get(key_of(written))
    if found is None:
        known = sorted(set(words.values()))
        hint = nearest(written, known) or f"It is one of: {', '.join(known)}."
        raise SuppositionError(f"'{written}' is no answer to {name}", hint)
    return found
