"""The figures that sentences ask for, written in a language: slots → text."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.benchmark import Group
from diagnost.model.catalogue import Catalogue
from diagnost.model.decomposition import MOMENTS
from diagnost.model.indicator import Indicator, Unit
from diagnost.model.text import Slot, Text, fill, slots_of
from diagnost.pipeline import Case
from diagnost.report import formats

MOST_DECIMALS = 3
"""How many decimals are added at most to tell a value from the edge of a norm."""


class Figures(NamedTuple):
    """Writes the figures of a case in one language."""

    case: Case
    language: str
    words: dict[str, str]

    def sentence(self, text: Text | None, period: str) -> str | None:
        """Return a text with its figures put in, or None where one of them is not known."""
        if text is None:
            return None
        template = text.in_language(self.language)
        figures = {slot: self.slot(slot, period) for slot in slots_of(template)}
        known = {slot: written for slot, written in figures.items() if written is not None}
        if len(known) < len(figures):
            return None
        # An abbreviation at the end of a sentence takes no second full stop.
        told = fill(template, known).replace("..", ".")
        return formats.as_spoken(told, self.language)

    def whole(self, text: Text, detail: Text | None, period: str) -> str | None:
        """Return a sentence together with its detail, where the figures of that are known."""
        sentence = self.sentence(text, period)
        addition = self.sentence(detail, period) if sentence else None
        return sentence + self.words["list.space"] + addition if sentence and addition else sentence

    def slot(self, slot: Slot, period: str) -> str | None:
        """Write one figure; None where it is not known."""
        if slot.name == "company":
            return self.case.accounts.company.name or self.words["the_company"]
        if slot.name == "subject":
            return self.case.subject.name if self.case.subject else None
        if slot.name == "method":
            phrase = self.case.method.phrase(slot.path[0])
            return phrase.in_language(self.language) if phrase is not None else None
        if slot.name == "period":
            named = self._period(slot.path[0] if slot.path else "now", period)
            return None if named is None else self.period(named)
        unit = self._unit(slot.name)
        in_full = self._catalogue.in_full(slot.name)
        if len(slot.path) == 2 and slot.path[0] in MOMENTS:
            effect = self._effect(slot, period)
            if effect is None:
                return None
            return self.difference(effect, unit, slot.form, in_full=in_full)
        if slot.path[:1] == ("quartile",) or (slot.path[:1] and slot.path[0] in self._groups):
            value = self._elsewhere(slot, period)
            return None if value is None else self.write(value, unit, slot.form, in_full=in_full)
        if len(slot.path) == 2:
            value = self._edge(slot)
            if value is None:
                return None
            return self.write_limit(value, unit, slot.form, in_full=in_full)
        moment = slot.path[0] if slot.path else "now"
        if moment in ("change", "change_since_first"):
            now = self._value(slot.name, period)
            earlier = "previous" if moment == "change" else "first"
            then = self._value(slot.name, self._period(earlier, period))
            if now is None or then is None:
                return None
            return self.difference(now - then, unit, slot.form, in_full=in_full)
        value = self._value(slot.name, self._period(moment, period))
        indicator = self.case.base.catalogue.indicator(slot.name)
        if value is None or indicator is None:
            return None if value is None else self.write(value, unit, slot.form, in_full=in_full)
        return self.reading(indicator, value, slot.form)

    def reading(self, indicator: Indicator, value: Decimal, form: str = "") -> str:
        """Write an indicator's value, with as many decimals as tell it from an edge of its norm.

        A silver rule of 0.998 is not met, so it must not be written as 1.00.
        """
        in_full = self._catalogue.in_full(indicator.id)
        text = self.write(value, indicator.unit, form, in_full=in_full)
        bands = indicator.general.bands if indicator.general else ()
        for edge in (band.edge for band in bands if band.edge is not None):
            finer = 0
            while (
                value != edge
                and finer < MOST_DECIMALS
                and text == self.write(edge, indicator.unit, form, finer, in_full=in_full)
            ):
                finer += 1
                text = self.write(value, indicator.unit, form, finer, in_full=in_full)
        return text

    def difference(
        self, change: Decimal, unit: Unit, form: str = "", *, in_full: bool = False
    ) -> str:
        """Write a change, without its sign unless ``signed``; of percents in percentage points."""
        if form != "signed":
            change = abs(change)
        if unit is Unit.PERCENT and form == "number":
            return formats.point_number(change, self.language)
        if unit is Unit.PERCENT:
            sign = "+" if form == "signed" and change > 0 else ""
            return sign + formats.points(change, self.language, self.words)
        return self.write(change, unit, form, in_full=in_full)

    def unit(self, unit: int) -> str:
        """Write a unit of amounts: "PLN thousand", "万元"."""
        currency, words = self.case.accounts.currency, self.words
        scale = words.get(f"scale.{unit}", words["scale.other"])
        word = formats.currency_word(currency, self.language, words) if currency else ""
        return scale.format(currency=word, unit=unit).strip()

    def period(self, period: str) -> str:
        """Write a period within a sentence: a year as "2023 r.", a month as "June 2026".

        Quarters, half-years and names of one's own stay as they are.
        """
        if re.fullmatch(r"\d{4}", period):
            return self.words["year"].format(n=period)
        if month := re.fullmatch(r"(\d{4})-(\d\d)", period):
            return formats.month(month[1], int(month[2]), self.language, self.words)
        return period

    def write(
        self,
        value: Decimal,
        unit: Unit,
        form: str = "",
        finer: int = 0,
        *,
        in_full: bool = False,
    ) -> str:
        """Write a value in its unit, or in the form that a slot asks for.

        ``finer`` adds decimals to days, percents and ratios. Money is in units of the accounts,
        or ``in_full``: see ``Catalogue.in_full``.
        """
        language, words = self.language, self.words
        match form, unit:
            case "signed", _:
                sign = "+" if value > 0 else ""
                return sign + self.write(value, unit, in_full=in_full)
            case "percent", _:
                return formats.percent(value, language, finer)
            case "times", _:
                return formats.times(value, language, finer)
            case "amount", _:
                return formats.amount(value, language)
            case "number", Unit.DAYS:
                return formats.number(value, language, finer)
            case "number", Unit.WEEKS | Unit.MONTHS:
                return formats.count(value, language, finer)
            case "number", Unit.PERCENT:
                return formats.percent(value, language, finer).removesuffix("%")
            case "number", Unit.MONEY:
                return formats.amount(value, language)
            case "days", _:
                return formats.days(value, language, words)
            case _, Unit.DAYS:
                return formats.days(value, language, words, form, finer)
            case _, Unit.WEEKS | Unit.MONTHS:
                return formats.days(value, language, words, form, finer, unit=unit.value)
            case _, Unit.NUMBER:
                return formats.count(value, language, finer)
            case _, Unit.PERCENT:
                return formats.percent(value, language, finer)
            case _, Unit.MONEY:
                whole = value if in_full else value * self.case.accounts.unit
                return formats.money(whole, self.case.accounts.currency, language, words)
            case _:
                return formats.times(value, language, finer)

    def write_limit(
        self, value: Decimal, unit: Unit, form: str = "", *, in_full: bool = False
    ) -> str:
        """Write the edge of a band; a ratio goes without idle noughts."""
        if unit is Unit.TIMES and not form:
            return formats.limit(value, self.language)
        return self.write(value, unit, form, in_full=in_full)

    def converted(self, value: Decimal, name: str, into: str) -> Decimal:
        """Return what a name stands for in the working of the indicator ``into``."""
        return self._catalogue.converted(value, name, into, self.case.accounts.unit)

    @property
    def _catalogue(self) -> Catalogue:
        return self.case.base.catalogue

    def _period(self, moment: str, period: str) -> str | None:
        ids = [p.id for p in self.case.accounts.periods]
        index = ids.index(period)
        if moment == "now":
            return period
        if index == 0:
            return None
        return ids[0] if moment == "first" else ids[index - 1]

    def _unit(self, name: str) -> Unit:
        catalogue = self.case.base.catalogue
        indicator = catalogue.indicator(name)
        if indicator is not None:
            return indicator.unit
        question = catalogue.questions.get(name)
        return Unit(question.unit) if question else Unit.MONEY

    def _value(self, name: str, period: str | None) -> Decimal | None:
        if period is None:
            return None
        catalogue = self.case.base.catalogue
        indicator = catalogue.indicator(name)
        if indicator is not None:  # one about single rows has no reading of the whole
            reading = self.case.readings.get((indicator.id, period))
            return reading.value if reading else None
        if name in catalogue.questions:
            answer = self.case.accounts.context.get(name)
            return answer.value if answer and isinstance(answer.value, Decimal) else None
        amount = self.case.accounts.amounts.get((name, period))
        return amount.value if amount else None

    def _effect(self, slot: Slot, period: str) -> Decimal | None:
        """Return what a part of a figure moved it by, since the first period or the one before."""
        found = self.case.base.catalogue.part(slot.name, slot.path[1])
        if found is None:
            return None
        decomposition, part = found
        breakdown = self.case.breakdown(decomposition, period, MOMENTS[slot.path[0]])
        return breakdown.effect(part.id) if breakdown else None

    @property
    def _groups(self) -> Mapping[str, Group]:
        return self.case.base.catalogue.groups

    def _elsewhere(self, slot: Slot, period: str) -> Decimal | None:
        """Return what an indicator is in a group of firms, or a quartile of the firms."""
        indicator = self.case.base.catalogue.indicator(slot.name)
        if indicator is None:
            return None
        if len(slot.path) == 1:
            benchmark = self.case.benchmarks.groups.get((indicator.id, slot.path[0], period))
            return benchmark.value if benchmark else None
        spread = self.case.benchmarks.spreads.get((indicator.id, period))
        if spread is None:
            return None
        edges = {"lower": spread.lower, "middle": spread.median, "upper": spread.upper}
        return edges[slot.path[1]]

    def _edge(self, slot: Slot) -> Decimal | None:
        indicator = self.case.base.catalogue.indicator(slot.name)
        if indicator is None or indicator.general is None:
            return None
        lower, upper = indicator.general.edges(slot.path[0])
        return lower if slot.path[1] == "from" else upper
