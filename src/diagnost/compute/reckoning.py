"""Terms over records: the rows that take part, and the one figure or series made of them.

An unknown cell is never nought: a row whose condition cannot be decided, or whose value is not
known, takes no part; where that leaves nothing although there are rows, the figure is missing.
"""

from datetime import date
from decimal import Decimal

from diagnost.compute.aggregates import Aggregates
from diagnost.compute.column_terms import ColumnTerms
from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import Value
from diagnost.compute.row_choice import RowChoice
from diagnost.compute.row_terms import Figure, Frame, RowFigure, RowTerms
from diagnost.compute.rows_used import UsedRows
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import RowsUsed
from diagnost.model.terms import Aggregate, Term


class Reckoner:
    """Reckons bound terms over the records of one company.

    ``figure`` gives the figures outside all rows, ``row_figure`` those read by the rows of a table
    (name, table, row).
    """

    def __init__(
        self,
        store: RecordStore,
        as_of: date | None,
        figure: Figure,
        row_figure: RowFigure,
    ) -> None:
        # Aggregates are made of terms in rows, and terms in rows of aggregates: here they meet.
        self._used = UsedRows(store)
        self._rows = RowTerms(store, as_of, figure, row_figure, self._aggregate, self._used)
        self._choice = RowChoice(ColumnTerms(self._rows))
        self._aggregates = Aggregates(self._choice, self._used)

    def _aggregate(self, term: Aggregate, frame: Frame | None) -> Value:
        return self._aggregates.of(term, frame)

    def value(self, term: Term, subject: Frame | None) -> Value:
        """Return what a bound term gives, be it a number or a truth, or why there is nothing."""
        return self._rows.value(term, subject)

    def reckon(self, term: Term, subject: Frame | None) -> Decimal | Missing:
        """Return the number that a bound term gives, or why there is none."""
        value = self.value(term, subject)
        if isinstance(value, Missing):
            return value
        return value if isinstance(value, Decimal) else Missing("missing")

    def reckon_with_rows(
        self, term: Term, subject: Frame | None
    ) -> tuple[Decimal | Missing, tuple[RowsUsed, ...]]:
        """Do the same, and return the rows that the aggregates of the term were made of."""
        with self._used.apart() as used:
            return self.reckon(term, subject), tuple(used)

    def rows_where(self, where: Term, table: str) -> list[int]:
        """Return the rows of a table for which a bound condition is true."""
        found = self._choice.where(where, table, self._choice.scope(table, None), None)
        return [] if isinstance(found, Missing) else list(found)
