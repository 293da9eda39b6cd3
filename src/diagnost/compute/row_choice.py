"""The rows that take part in an aggregate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from diagnost.compute.column_terms import ColumnTerms
from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import Plain, missing
from diagnost.compute.row_terms import Frame
from diagnost.model.formula_tree import Missing
from diagnost.model.records import RECORDS
from diagnost.model.terms import Ref, Term, inner


class Scope(NamedTuple):
    """The rows that may take part: all of a table, or those whose ``column`` holds the ``key``."""

    rows: Sequence[int]
    column: str = ""
    key: Plain | None = None


@dataclass(slots=True)
class RowChoice:
    """Chooses rows: those that refer to the row around, and those for which a condition is true."""

    terms: ColumnTerms
    _chosen: dict[tuple[Term, str, str], dict[Plain | None, list[int]]] = field(
        default_factory=dict
    )

    @property
    def store(self) -> RecordStore:
        """Return the records."""
        return self.terms.store

    def scope(self, table: str, frame: Frame | None) -> Scope:
        """Return the rows that refer to the innermost row they can, else all."""
        around = frame
        while around is not None:
            if around.table and around.table != table:
                column = self.store.reference(table, around.table)
                if column is not None:
                    key = self.store.key(around.table, around.row)
                    return Scope(self.store.referring(table, column, key), column, key)
            around = around.outer
        return Scope(range(len(self.store.rows(table))))

    def where(
        self, where: Term, table: str, scope: Scope, frame: Frame | None
    ) -> Sequence[int] | Missing:
        """Return the rows for which a condition is true.

        It is missing where there are rows and the condition can be decided in none of them.
        """
        shared = frame is None or self.terms.hangs_on(where, table)
        if shared:
            chosen = self._chosen_of(where, table, scope)
            if chosen:
                return chosen
        truths = self.terms.each(where, table, scope.rows, frame)
        if not shared:
            chosen = [row for row, truth in zip(scope.rows, truths, strict=True) if truth]
        if not chosen and scope.rows and all(truth is None for truth in truths):
            return Missing("missing", self.needs(where, table, scope.rows))
        return chosen

    def _chosen_of(self, where: Term, table: str, scope: Scope) -> Sequence[int]:
        """Return the same for a condition that hangs on no other row: found once for all rows."""
        by_key = self._chosen.get((where, table, scope.column))
        if by_key is None:
            truths = self.terms.each(where, table, range(len(self.store.rows(table))), None)
            by_key = {}
            if scope.column:
                keys = self.store.column(table, scope.column)
                for row, truth in enumerate(truths):
                    if truth:
                        by_key.setdefault(keys[row], []).append(row)
            else:
                by_key[None] = [row for row, truth in enumerate(truths) if truth]
            self._chosen[where, table, scope.column] = by_key
        return by_key.get(scope.key, ())

    def needs(self, term: Term, table: str, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the figures or columns for want of which a term is known in none of the rows."""
        figures = (
            self.terms.rows.figure(t.name)
            for t in inner(term)
            if isinstance(t, Ref) and not t.owner
        )
        wanting = missing(list(figures))
        if wanting is not None and wanting.needs:
            return wanting.needs
        columns = self.store.tables[table].columns
        named = dict.fromkeys(
            t.name for t in inner(term) if isinstance(t, Ref) and t.owner == table
        )
        asked = [name for name in named if name in columns]
        empty = [
            name
            for name in asked
            if all(self.store.column(table, name)[row] is None for row in rows)
        ]
        return tuple(f"{RECORDS}{table}.{name}" for name in empty or asked) or (
            f"{RECORDS}{table}",
        )
