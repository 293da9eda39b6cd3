"""The table that sets a company beside its sector and other firms."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from diagnost.model.benchmark import Benchmark, Spread, Yardstick
from diagnost.model.indicator import Indicator, Unit
from diagnost.pipeline import Case
from diagnost.report.document import Compared, ComparedRow, Word
from diagnost.report.figures import Figures
from diagnost.report.notes import Notebook


def comparison(
    case: Case, figures: Figures, notes: Notebook, periods: tuple[str, ...]
) -> Compared | None:
    """Return the comparison in the last of the periods that has one; None without other firms."""
    for period in reversed(periods):
        table = _Table(case, figures, notes, period).table()
        if table is not None:
            return table
    return None


class _Table:
    def __init__(self, case: Case, figures: Figures, notes: Notebook, period: str) -> None:
        self.case = case
        self.figures = figures
        self.notes = notes
        self.period = period
        self.words = figures.words

    def table(self) -> Compared | None:
        """Return the table, or None where there is nothing to compare."""
        compared = list(self._compared())
        if not compared:
            return None
        language = self.figures.language
        single = [
            group
            for group in self.case.base.catalogue.groups.values()
            if any(line.of(group.id) for line in compared)
        ]
        median = any(line.spread for line in compared)
        quartiles = any(line.spread and line.spread.lower is not None for line in compared)
        heads = [group.name.in_language(language) for group in single]
        heads += [self.words["compared.median"]] if median else []
        heads += [self.words["compared.quartiles"]] if quartiles else []
        period = self.figures.period(self.period)
        return Compared(
            # An abbreviation at the end of a sentence takes no second full stop.
            period=self.words["compared.period"].format(period=period).replace("..", "."),
            heads=tuple(heads),
            rows=tuple(
                self._row(line, [group.id for group in single], median, quartiles)
                for line in compared
            ),
            remark=self.words["compared.remark"] if median else "",
        )

    def _compared(self) -> Iterator["_Line"]:
        catalogue, table = self.case.base.catalogue, self.case.benchmarks
        for yardstick in catalogue.yardsticks.values():
            found = (
                table.groups.get((yardstick.indicator, group, self.period))
                for group in catalogue.groups
            )
            spread = table.spreads.get((yardstick.indicator, self.period))
            value = self.case.readings[yardstick.indicator, self.period].value
            benchmarks = tuple(b for b in found if b is not None)
            if value is not None and (benchmarks or spread):
                indicator = catalogue.indicators[yardstick.indicator]
                yield _Line(yardstick, indicator, value, benchmarks, spread)

    def _row(self, line: "_Line", groups: list[str], median: bool, quartiles: bool) -> ComparedRow:
        others = [
            self._written(line, benchmark.value if (benchmark := line.of(group)) else None)
            for group in groups
        ]
        spread = line.spread
        if median:
            others.append(self._written(line, spread.median if spread else None))
        if quartiles:
            others.append(self._quartiles(line))
        return ComparedRow(
            symbol=line.indicator.printed_symbol,
            name=line.indicator.name.in_language(self.figures.language),
            company=self.figures.reading(line.indicator, line.value),
            others=tuple(others),
            position=self._position(line),
            note=self.notes.compare(line.sources),
        )

    def _written(self, line: "_Line", value: Decimal | None) -> str:
        return "–" if value is None else self.figures.write(value, line.indicator.unit)

    def _quartiles(self, line: "_Line") -> str:
        spread = line.spread
        if spread is None or spread.lower is None or spread.upper is None:
            return "–"
        number = "number" if line.indicator.unit is Unit.DAYS else ""
        return self.words["compared.range"].format(
            lower=self.figures.write(spread.lower, line.indicator.unit, number),
            upper=self.figures.write(spread.upper, line.indicator.unit),
        )

    def _position(self, line: "_Line") -> Word:
        yardstick, spread = line.yardstick, line.spread
        if spread is None:
            side = yardstick.against(line.value, line.benchmarks[0].value)
            return Word(self.words[f"compared.{side}"], _polarity(yardstick, side))
        place = self.words["compared.place"].format(
            rank=yardstick.rank(line.value, spread.values), count=len(spread.figures) + 1
        )
        quarter = spread.quarter(line.value)
        if quarter is None:
            return Word(place, "info")
        word = "at_median" if line.value == spread.median else quarter
        text = self.words["compared.both"].format(
            quarter=self.words[f"compared.{word}"], place=place
        )
        sides = {"lowest": "below", "highest": "above"}
        return Word(text, _polarity(yardstick, sides.get(quarter, "near")))


class _Line(NamedTuple):
    """An indicator of the company and what it is compared with."""

    yardstick: Yardstick
    indicator: Indicator
    value: Decimal
    benchmarks: tuple[Benchmark, ...]
    spread: Spread | None

    def of(self, group: str) -> Benchmark | None:
        """Return the one figure of a group; what is a median of firms goes into theirs."""
        for benchmark in self.benchmarks:
            if benchmark.group == group and (benchmark.kind != "median" or self.spread is None):
                return benchmark
        return None

    @property
    def sources(self) -> tuple[Benchmark | Spread, ...]:
        """Return what the row rests on, each figure once."""
        if self.spread is None:
            return self.benchmarks
        return (*(b for b in self.benchmarks if b.kind == "stated"), self.spread)


def _polarity(yardstick: Yardstick, side: str) -> str:
    if yardstick.better == "neither" or side == "near":
        return "info"
    return "good" if side == yardstick.better else "watch"
