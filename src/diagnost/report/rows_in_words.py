"""Aggregates over records in words: ``sum of “Received”, 30 rows of “Orders”, 2026-02–2026-04``."""

from datetime import date, timedelta
from decimal import Decimal

from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import MONTHS, Reckoned, RowsUsed
from diagnost.model.records import MONTH
from diagnost.model.terms import Aggregate, Func, Term
from diagnost.report import formats


class RowsInWords:
    """Names aggregates and the rows behind them in one language."""

    def __init__(self, catalogue: Catalogue, language: str, words: dict[str, str]) -> None:
        self.catalogue = catalogue
        self.language = language
        self.words = words

    def term(self, term: Term, reckoned: Reckoned) -> str:
        """Write what a term over records was made of: aggregates, or cells of the row."""
        made = [
            self.aggregate(used) if used.function else self._quoted(used) for used in reckoned.used
        ]
        text = self.words["list.semicolon"].join(dict.fromkeys(made))
        outer = _of_series(term)
        return self.words[f"made.series.{outer}"].format(text=text) if text and outer else text

    def _quoted(self, used: RowsUsed) -> str:
        column = self._column(used.table, used.column)
        return self.words["gaps.quoted"].format(name=column)

    def aggregate(self, used: RowsUsed) -> str:
        """Write one aggregate: what was reckoned, of which rows, by what, in which time."""
        words = self.words
        rows = self.rows(used)
        of = self._of(used)
        key = f"made.{used.function}_of" if of else f"made.{used.function}"
        if used.rows == 1 and of and used.function != "share":  # of one row nothing is made
            key = "made.one"
        text = words[key].format(of=of, rows=rows)
        if used.by and self._monthly(used):
            text = words["made.monthly"].format(text=text)
        elif used.by:
            text = words["made.by"].format(text=text, by=self._column(used.table, used.by))
        if used.window is not None:
            text = words["made.within"].format(text=text, window=_stretch(*used.window))
        return text

    def rows(self, used: RowsUsed) -> str:
        """Write how many rows of a table took part, and in how many the column was known."""
        words = self.words
        table = self.catalogue.tables[used.table]
        kind = formats.plural(str(used.rows), Decimal(used.rows), self.language)
        name = table.names.in_language(self.language)
        rows = words[f"rows.{kind}"].format(n=used.rows, table=name)
        if used.known == used.rows or used.column not in table.columns:
            return rows
        column = self._column(used.table, used.column)
        return words["made.known"].format(rows=rows, known=used.known, column=column)

    def _of(self, used: RowsUsed) -> str:
        """Name what was aggregated: a column, or a figure of each row."""
        if used.of in self.catalogue.tables[used.table].columns:
            return self._column(used.table, used.of)
        indicator = self.catalogue.indicator(used.of) if used.of else None
        return indicator.name.in_language(self.language) if indicator else ""

    def _monthly(self, used: RowsUsed) -> bool:
        return used.by == MONTHS or self.catalogue.tables[used.table].columns[used.by].kind == MONTH

    def _column(self, table: str, column: str) -> str:
        return self.catalogue.tables[table].columns[column].names.in_language(self.language)


def _of_series(term: Term) -> str:
    """Return by which aggregate a series becomes one figure, '' where there is no series."""
    match term:
        case Aggregate(function=function, over="", of=Aggregate()):
            return function
        case Func(function="either", arguments=arguments):
            found = {_of_series(argument) for argument in arguments}
            return found.pop() if len(found) == 1 else ""
    return ""


def _stretch(first: date, last: date) -> str:
    """Write a stretch of time, whole months as such: ``2026-02–2026-04``."""
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    start, end = (f"{day:%Y-%m}" if whole else day.isoformat() for day in (first, last))
    return start if start == end else f"{start}–{end}"
