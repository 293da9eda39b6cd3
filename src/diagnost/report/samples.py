"""Texts with sample values in their slots, for those who write them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from diagnost.model.accounts import Accounts, Company, Period
from diagnost.model.decomposition import MOMENTS
from diagnost.model.diagnosis import Diagnosis
from diagnost.model.indicator import Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.rule import ExampleValue
from diagnost.model.text import Slot, fill, slots_of
from diagnost.pipeline import Case
from diagnost.report.figures import Figures
from diagnost.report.words import words_of

_USUAL = {
    Unit.TIMES: Decimal("1.3"),
    Unit.PERCENT: Decimal("0.12"),
    Unit.DAYS: Decimal(46),
    Unit.WEEKS: Decimal(6),
    Unit.MONTHS: Decimal(5),
    Unit.NUMBER: Decimal(7),
    Unit.MONEY: Decimal(1_250_000),
}
"""What a figure is where the examples of an entry do not say."""
_CURRENCY = {"en": "USD", "pl": "PLN", "zh": "CNY"}
_PERIODS = ("2023", "2024", "2025")
_EARLIER = {"previous": Decimal("0.8"), "first": Decimal("0.7")}
"""What a figure was before, as part of what it is, where an example gives one value only."""
_CHANGE = Decimal("0.2")


class Samples:
    """Writes texts of an entry with the figures of one of its examples."""

    def __init__(
        self, base: KnowledgeBase, values: Mapping[str, ExampleValue], language: str
    ) -> None:
        from diagnost.knowledge.files import content_root

        at = At("")
        accounts = Accounts(
            file="",
            company=Company(),
            currency=_CURRENCY[language],
            unit=1,
            periods=tuple(Period(id=period, at=at) for period in _PERIODS),
            amounts={},
            given={},
            context={},
        )
        nothing = Diagnosis((), (), (), (), ())
        case = Case(accounts, base, {}, {}, nothing, "owner", "")
        self._base = base
        self._figures = Figures(case, language, words_of(language, content_root()))
        self._values = {
            base.catalogue.symbols.get(
                key.removeprefix("lines."), key.removeprefix("lines.")
            ): value
            for key, value in values.items()
            if isinstance(value, tuple)
        }

    def written(self, template: str) -> str:
        """Return a text of the language with a value in each of its slots."""
        figures = {slot: self._slot(slot) for slot in slots_of(template)}
        return fill(template, figures).replace("..", ".")

    def _slot(self, slot: Slot) -> str:
        if slot.name == "subject":
            return "N. N."
        edge = len(slot.path) == 2 and slot.path[0] not in MOMENTS and slot.path[0] != "quartile"
        if edge or slot.name in ("company", "period", "method"):
            return self._figures.slot(slot, _PERIODS[-1]) or str(slot)
        catalogue = self._base.catalogue
        indicator = catalogue.indicator(slot.name)
        question = catalogue.questions.get(slot.name)
        unit = indicator.unit if indicator else Unit(question.unit) if question else Unit.MONEY
        series = self._series(indicator.id if indicator else slot.name, unit)
        moment = slot.path[0] if slot.path else "now"
        if moment in ("change", "change_since_first") or moment in MOMENTS:
            earlier = series[-2] if moment == "change" else series[0]
            change = series[-1] - earlier or series[-1] * _CHANGE
            return self._figures.difference(change, unit, slot.form, in_full=True)
        value = {"previous": series[-2], "first": series[0]}.get(moment, series[-1])
        if indicator is not None and unit is not Unit.MONEY:
            return self._figures.reading(indicator, value, slot.form)
        return self._figures.write(value, unit, slot.form, in_full=True)

    def _series(self, name: str, unit: Unit) -> Sequence[Decimal]:
        """Return first, previous and last value of a figure."""
        given = [value for value in self._values.get(name, ()) if isinstance(value, Decimal)]
        now = given[-1] if given else _USUAL[unit]
        if len(given) > 1:
            return given[0], given[-2], now
        return now * _EARLIER["first"], now * _EARLIER["previous"], now
