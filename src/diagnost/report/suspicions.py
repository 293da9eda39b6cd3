"""Which figure is most likely wrong, in words: never certain, with the value that would fit."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from diagnost.model.indicator import Unit
from diagnost.model.suspicion import Bound, Slip, Suspect, SuspectSet, Suspicion
from diagnost.report import formats
from diagnost.report.figures import Figures
from diagnost.report.formats import lowered

MOST_NAMED = 3
"""So many alternatives are told with their values; more are only named."""


def suspicion_text(
    suspicion: Suspicion,
    figures: Figures,
    period: str,
    *,
    brief: bool = False,
    another: bool = False,
) -> str:
    """Say which figures would have to be what, seen from one period; ``brief`` without places.

    ``another`` says that a wrong figure was told before.
    """
    return _Writer(figures, period, brief, another).text(suspicion)


class _Writer:
    def __init__(self, figures: Figures, period: str, brief: bool, another: bool) -> None:
        self.figures = figures
        self.words = figures.words
        self.language = figures.language
        self.catalogue = figures.case.base.catalogue
        self.period = period
        self.brief = brief
        self.another = another

    def text(self, suspicion: Suspicion) -> str:
        """Write one or two sentences."""
        if not suspicion.sets:
            return self.words["suspects.several"]
        leading = suspicion.leading
        if leading[0].is_column:
            return self._columns(leading)
        if len(leading) > MOST_NAMED:
            return self._many(leading)
        told = self._told(leading)
        others = self._names(
            cell for each in suspicion.sets if each not in leading for cell in each.cells
        )
        if not others or self.brief or len(leading[0].cells) > 1:
            return told
        return told + self.words["list.space"] + self._say("otherwise", names=others)

    def _told(self, sets: Sequence[SuspectSet]) -> str:
        if len(sets[0].cells) > 1:
            return self._say("together", list=self._alternatives(sets))
        if len(sets) > 1:
            return self._say("either", list=self._alternatives(sets))
        key = "another" if self.another else "one"
        return self._say(key, cell=self._cell("cell", sets[0].cells[0]))

    def _alternatives(self, sets: Sequence[SuspectSet]) -> str:
        return self.words["suspects.or"].join(
            self.words["suspects.and"].join(self._cell("as", cell) for cell in each.cells)
            for each in sets
        )

    def _many(self, sets: Sequence[SuspectSet]) -> str:
        size = len(sets[0].cells)
        names = self._names(cell for each in sets for cell in each.cells)
        return self._say("many" if size == 1 else f"many_{size}", names=names)

    def _columns(self, sets: Sequence[SuspectSet]) -> str:
        too = "" if len(sets) == 1 else "_too"
        columns = []
        for each in sets:
            cell = each.cells[0]
            way = "multiplied" if cell.would_be > 1 else "divided"
            columns.append(
                self._say(
                    f"{way}{too}",
                    period=self.figures.period(cell.period),
                    place=self._place(cell),
                    factor=self._number(cell.detail),
                )
            )
        if len(columns) == 1:
            return self._say("column", column=columns[0])
        return self._say("columns", list=self.words["suspects.or"].join(columns))

    # --- a cell ---------------------------------------------------------------------------------

    def _cell(self, form: str, cell: Suspect) -> str:
        would_be = self._value(cell, cell.would_be)
        if cell.bound is not Bound.EXACT:
            would_be = self._say(cell.bound.value, value=would_be)
        return self._say(
            form,
            name=self._name(cell),
            place=self._place(cell),
            would_be=would_be,
            written=self._value(cell, cell.written),
            slip=self._slip(cell),
        )

    def _name(self, cell: Suspect) -> str:
        indicator = self.catalogue.indicators.get(cell.name)
        if indicator is None:
            name = self._item(cell.name)
        else:
            name = indicator.printed_symbol or lowered(indicator.name.in_language(self.language))
        if cell.period == self.period:
            return name
        return self._say("of_period", name=name, period=self.figures.period(cell.period))

    def _item(self, item: str) -> str:
        return lowered(self.catalogue.line_items[item].names.in_language(self.language))

    def _names(self, cells: Iterable[Suspect]) -> str:
        names = dict.fromkeys(self._name(cell) for cell in cells)
        return self.words["list.comma"].join(names)

    def _place(self, cell: Suspect) -> str:
        if not cell.given:
            return self.words["suspects.not_given"]
        return "" if self.brief else self._say("place", place=str(cell.at))

    def _value(self, cell: Suspect, value: Decimal) -> str:
        indicator = self.catalogue.indicators.get(cell.name)
        if indicator is None or indicator.unit is Unit.MONEY:
            return formats.amount(value, self.language)
        return self.figures.write(value, indicator.unit)

    def _slip(self, cell: Suspect) -> str:
        if cell.slip is None:
            return ""
        figures = {}
        match cell.slip:
            case Slip.FACTOR:
                figures["factor"] = self._number(cell.detail)
            case Slip.OTHER_PERIOD | Slip.REPEATED_PERIOD:
                figures["period"] = self.figures.period(cell.detail)
            case Slip.OTHER_ROW | Slip.REPEATED_ROW:
                figures["item"] = self._item(cell.detail)
        return self._say("slip", slip=self._say(f"slips.{cell.slip.value}", **figures))

    def _number(self, factor: str) -> str:
        return formats.amount(Decimal(factor), self.language)

    def _say(self, key: str, **figures: str) -> str:
        return self.words[f"suspects.{key}"].format(**figures)
