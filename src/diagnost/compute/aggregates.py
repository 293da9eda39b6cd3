"""Aggregates: the one figure, or the series of figures, made of many rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import (
    FEW_RECORDS,
    NO_RECORDS,
    SHORT_RECORDS,
    Plain,
    Series,
    Value,
    aggregated,
)
from diagnost.compute.row_choice import RowChoice, Scope
from diagnost.compute.row_terms import Frame
from diagnost.compute.rows_used import UsedRows
from diagnost.compute.windows import Window
from diagnost.model.formula_tree import Missing
from diagnost.model.records import RECORDS, CellValue
from diagnost.model.terms import Aggregate, Comparison, Func, Ref, Term, inner


def too_few(term: Aggregate, known: int) -> Missing | None:
    """Return why there is no figure where fewer rows are known than it takes at least."""
    if known >= term.least or (not known and term.none is not None):
        return None
    return Missing(FEW_RECORDS, counts=(known, term.least))


def _named(figure: Plain | Missing, table: str) -> Plain | Missing:
    """Name the table that has no rows, or too few, for a figure."""
    if isinstance(figure, Missing) and figure.reason in (NO_RECORDS, FEW_RECORDS):
        return figure._replace(needs=(f"{RECORDS}{table}",))
    return figure


@dataclass(slots=True)
class Aggregates:
    """Makes figures of the rows that ``choice`` finds, and notes them in ``used``."""

    choice: RowChoice
    used: UsedRows

    @property
    def store(self) -> RecordStore:
        """Return the records."""
        return self.choice.store

    def of(self, term: Aggregate, frame: Frame | None) -> Value:
        """Return what an aggregate gives in a row (None: outside all rows)."""
        if not term.over:
            return self._of_series(term, frame)
        if not self.store.given(term.over):
            return Missing("missing", (f"{RECORDS}{term.over}",))
        scope = self.choice.scope(term.over, frame)
        with self.used.inside() as outermost:
            return self._of_rows(term, frame, scope, outermost=outermost)

    def _of_rows(
        self,
        term: Aggregate,
        frame: Frame | None,
        scope: Scope,
        *,
        outermost: bool,
    ) -> Value:
        table = term.over
        rows = scope.rows
        if term.where is not None:
            chosen = self.choice.where(term.where, table, scope, frame)
            if isinstance(chosen, Missing):
                return chosen
            rows = chosen
        if term.by is not None:
            return self._grouped(term, frame, scope.rows, rows, outermost=outermost)
        figure = self._figure(term, frame, rows, noted=outermost)
        if isinstance(figure, Missing) and figure.reason == NO_RECORDS and term.none is not None:
            return self._value(term.none, frame)
        return _named(figure, table)

    def _figure(
        self, term: Aggregate, frame: Frame | None, rows: Sequence[int], *, noted: bool
    ) -> Plain | Missing:
        """Return one figure of rows."""
        table, function = term.over, term.function
        if function == "share":
            return self._share(term, frame, rows, noted=noted)
        if term.of is None:
            if noted:
                self._note(term, rows, len(rows), frame)
            return too_few(term, len(rows)) or Decimal(len(rows))
        found = self._each(term.of, table, rows, frame)
        known = [value for value in found if value is not None]
        if noted:
            self._note(term, rows, len(known), frame)
        if not known and rows:
            return Missing("missing", self.choice.needs(term.of, table, rows))
        if (few := too_few(term, len(known))) is not None:
            return few
        if function == "count":
            return Decimal(sum(1 for value in known if value))
        return aggregated(function, known)

    def _share(
        self, term: Aggregate, frame: Frame | None, rows: Sequence[int], *, noted: bool
    ) -> Plain | Missing:
        """Return the part of rows, or of the sum of a column, for which a condition is true."""
        if term.of is None:
            return Missing("missing")
        table = term.over
        truths = self._each(term.of, table, rows, frame)
        weights: list[Plain | None] = [Decimal(1)] * len(rows)
        if term.weight:
            weights = self._each(Ref(term.weight, table), table, rows, frame)
        decided = [
            (truth, weight)
            for truth, weight in zip(truths, weights, strict=True)
            if truth is not None and isinstance(weight, Decimal)
        ]
        if noted:
            self._note(term, rows, len(decided), frame)
        if not decided and rows:
            return Missing("missing", self.choice.needs(term.of, table, rows))
        if (few := too_few(term, len(decided))) is not None:
            return few
        if not decided:
            return Missing(NO_RECORDS)
        total = sum((weight for _, weight in decided), Decimal(0))
        part = sum((weight for truth, weight in decided if truth), Decimal(0))
        return part / total if total else Missing("zero_denominator")

    def _grouped(
        self,
        term: Aggregate,
        frame: Frame | None,
        scope: Sequence[int],
        rows: Sequence[int],
        *,
        outermost: bool,
    ) -> Value:
        table, by = term.over, term.by
        if by is None:
            return Missing("missing")
        window: Window | None = None
        key = by
        if isinstance(by, Comparison):
            found = self._value(by.right, frame)
            if isinstance(found, Missing):
                return found
            window = found if isinstance(found, Window) else None
            key = by.left
        keys = self._each(key, table, rows, frame)
        groups: dict[CellValue, list[int]] = {}
        for row, group in zip(rows, keys, strict=True):
            if group is not None:
                groups.setdefault(group, []).append(row)
        if rows and not groups:
            return Missing("missing", self.choice.needs(key, table, rows))
        if window is not None:
            # every month of the window, also those that have no rows
            groups = {month: groups.get(month, []) for month in window.months}
        if outermost:
            taking_part = [row for group in groups.values() for row in group]
            self._note(term, taking_part, len(taking_part), frame)
        if term.function == "share":
            return self._parts(term, frame, groups)
        members: dict[CellValue, Plain | None] = {}
        for group, inside in groups.items():
            if window is not None and not inside:
                members[group] = self._empty_month(term, key, table, scope, frame, group)
                continue
            figure = self._figure(term, frame, inside, noted=False)
            members[group] = None if isinstance(figure, Missing) else figure
        return Series(members, loose=window is None, table=table)

    def _empty_month(
        self,
        term: Aggregate,
        key: Term,
        table: str,
        scope: Sequence[int],
        frame: Frame | None,
        month: CellValue,
    ) -> Plain | None:
        """Return the figure of a month without rows: nought for a day book, else unknown.

        In a table with one row a month the row is lacking; in one of events nothing happened,
        unless the month is before all rows there are.
        """
        if not isinstance(key, Func) or term.function not in ("sum", "count", "distinct"):
            return None
        months = self._each(key, table, scope, frame)
        known = [m for m in months if isinstance(m, date)]
        if not known or not isinstance(month, date) or month < min(known):
            return None
        return Decimal(0)

    def _parts(
        self, term: Aggregate, frame: Frame | None, groups: dict[CellValue, list[int]]
    ) -> Value:
        """Return what part of the whole each group makes up."""
        sizes: dict[CellValue, Decimal] = {}
        for group, rows in groups.items():
            if not term.weight:
                sizes[group] = Decimal(len(rows))
                continue
            weights = self._each(Ref(term.weight, term.over), term.over, rows, frame)
            known = [w for w in weights if isinstance(w, Decimal)]
            if known or not rows:
                sizes[group] = sum(known, Decimal(0))
        total = sum(sizes.values(), Decimal(0))
        if groups and not sizes:
            return Missing("missing", (f"{RECORDS}{term.over}.{term.weight}",))
        if not total:
            return Missing(NO_RECORDS if not groups else "zero_denominator")
        members: dict[CellValue, Plain | None] = {g: size / total for g, size in sizes.items()}
        return Series(members, loose=True, table=term.over)

    def _of_series(self, term: Aggregate, frame: Frame | None) -> Value:
        """Return one figure of the members of a series."""
        if term.of is None:
            return Missing("missing")
        series = self._value(term.of, frame)
        if isinstance(series, Missing):
            return series
        if not isinstance(series, Series):
            return Missing("missing")
        known = [member for member in series.members.values() if member is not None]
        if len(known) < len(series.members) and not series.loose:
            return Missing(SHORT_RECORDS, (f"{RECORDS}{series.table}",))
        if term.where is not None:
            kept = []
            for member in known:
                truth = self._value(term.where, Frame("", -1, frame, member))
                if isinstance(truth, Missing):
                    return truth
                if truth:
                    kept.append(member)
            known = kept
        if (few := too_few(term, len(known))) is not None:
            return _named(few, series.table)
        figure = Decimal(len(known)) if term.function == "count" else None
        found = figure if figure is not None else aggregated(term.function, known)
        if isinstance(found, Missing) and found.reason == NO_RECORDS and term.none is not None:
            return self._value(term.none, frame)
        return _named(found, series.table)

    def _note(self, term: Aggregate, rows: Sequence[int], known: int, frame: Frame | None) -> None:
        """Keep the rows that an aggregate was made of, with the time that they were taken from."""
        found = (
            self._value(each, frame)
            for part in (term.by, term.where)
            for each in (inner(part) if part is not None else ())
            if (isinstance(each, Func) and each.function == "last")
            or (isinstance(each, Ref) and each.name in ("this_month", "whole_month"))
        )
        window = next((each for each in found if isinstance(each, Window)), None)
        self.used.note(term, rows, known, window)

    def _value(self, term: Term, frame: Frame | None) -> Value:
        return self.choice.terms.rows.value(term, frame)

    def _each(
        self, term: Term, table: str, rows: Sequence[int], frame: Frame | None
    ) -> list[Plain | None]:
        return self.choice.terms.each(term, table, rows, frame)
