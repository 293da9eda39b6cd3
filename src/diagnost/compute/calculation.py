"""A calculator at work: inputs through its formulas to figures, parts and what has to be said."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from diagnost.compute.allocation import MOST_PARTS, CannotSplit, Part, Slice, allocate
from diagnost.compute.reckoning import Reckoner
from diagnost.compute.record_store import RecordStore
from diagnost.compute.record_values import Value
from diagnost.model.accounts import Accounts, Company
from diagnost.model.binding import bind
from diagnost.model.calculator import (
    PARTS,
    REFUSES,
    Calculator,
    Figure,
    Input,
    Level,
    Remark,
)
from diagnost.model.formula_tree import Missing
from diagnost.model.located import At
from diagnost.model.records import Cell, Row, rows_of
from diagnost.model.terms import Term
from diagnost.model.text import Slot, fill

YES, NO = Decimal(1), Decimal(0)

Share: TypeAlias = tuple[str, Decimal]
"""A name and its weight; of a list of levels the weight is 1."""

OPTION, USUAL, FROM_ACCOUNTS = "option", "usual", "accounts"


class Given(NamedTuple):
    """What an input is: a number (a flag is 1 or 0) or shares by name, and where it comes from.

    ``origin`` is OPTION, USUAL (the default) or FROM_ACCOUNTS, then with the ``places``.
    """

    input: Input
    value: Decimal | tuple[Share, ...]
    as_written: str
    origin: str = OPTION
    places: tuple[At, ...] = ()


class Result(NamedTuple):
    """A figure of the calculator, or why there is none."""

    figure: Figure
    value: Decimal | None
    missing: Missing | None = None


class Calculation(NamedTuple):
    """All that a calculator gives on some inputs; ``refused`` says that nothing holds of it.

    ``cut`` is why the allocation asked for cannot be made, if so.
    """

    calculator: Calculator
    given: Mapping[str, Given]
    results: Mapping[str, Result]
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...]
    cut: CannotSplit | None = None

    @property
    def refusals(self) -> tuple[Remark, ...]:
        """Return the remarks by which the inputs are refused."""
        return tuple(remark for remark in self.remarks if remark.kind == REFUSES)

    def value(self, name: str) -> Decimal | None:
        """Return an input or a figure by its id; None where it is not known."""
        result = self.results.get(name)
        if result is not None:
            return result.value
        given = self.given.get(name)
        return given.value if given is not None and isinstance(given.value, Decimal) else None


Edge: TypeAlias = Callable[[str], Decimal | None]
"""Gives the edge of a norm by its name, such as ``town_events.enough.lower``."""


def calculate(
    calculator: Calculator, given: Mapping[str, Given], edge: Edge, language: str = "en"
) -> Calculation:
    """Reckon every figure, split what is to be split, and find what has to be said.

    Figures stand in the order of the file, each after those that its formula names. ``edge`` is
    asked for edges of norms in formulas. Parts that have no name of their own are called in
    ``language``.
    """
    bench = _Bench(calculator, given, edge)
    results = {figure.id: bench.result(figure) for figure in calculator.figures.values()}
    parts: tuple[Part, ...] = ()
    cut = None
    try:
        parts = bench.parts(language)
    except CannotSplit as error:
        cut = error
    bench.add_parts(parts)
    remarks = tuple(r for r in calculator.remarks.values() if bench.holds(r.when) is True)
    if cut is not None and any(remark.kind == REFUSES for remark in remarks):
        cut = None  # said by the calculator in its own words
    return Calculation(calculator, given, results, parts, remarks, cut)


class _Bench:
    """Reckons terms over inputs and figures, each figure once."""

    def __init__(self, calculator: Calculator, given: Mapping[str, Given], edge: Edge) -> None:
        self.calculator = calculator
        self.edge = edge
        self.given = given
        self.known: dict[str, Decimal | Missing] = {}
        self.busy: set[str] = set()
        shares = {g.input.id: g.value for g in given.values() if isinstance(g.value, tuple)}
        self.records: dict[str, tuple[Row, ...]] = {
            id_: _rows([{"number": Decimal(n), "name": name, "weight": weight}
                        for n, (name, weight) in enumerate(value, start=1)])
            for id_, value in shares.items()
        }  # fmt: skip
        self._set_up()

    def _set_up(self) -> None:
        accounts = Accounts(
            file="",
            company=Company(),
            currency="",
            unit=1,
            periods=(),
            amounts={},
            given={},
            context={},
            records=self.records,
        )
        store = RecordStore(accounts, self.calculator.tables)
        self.reckoner = Reckoner(store, None, self.single, _no_row_figure)

    def add_parts(self, parts: Sequence[Part]) -> None:
        """Let conditions see the parts."""
        if self.calculator.allocation is None:
            return
        self.records[PARTS] = _rows(
            [
                {"level": p.level, "name": p.path[-1], "amount": p.amount, "weight": p.share}
                for p in parts
            ]
        )
        self._set_up()

    def value(self, term: Term) -> Value:
        """Return what a term gives."""
        return self.reckoner.value(bind(term, self.calculator).term, None)

    def holds(self, when: Term | None) -> bool | None:
        """Say whether a condition is true; None where that cannot be decided."""
        if when is None:
            return True
        found = self.value(when)
        return found if isinstance(found, bool) else None

    def single(self, name: str) -> Decimal | Missing:
        """Return a figure or an input that is a single number."""
        figure = self.calculator.figures.get(name)
        if figure is not None:
            if name not in self.known:
                if name in self.busy:
                    return Missing("missing", (name,))
                self.busy.add(name)
                self.known[name] = self._reckon(figure)
            return self.known[name]
        if name.endswith((".lower", ".upper")):
            edge = self.edge(name)
            return Missing("missing", (name,)) if edge is None else edge
        given = self.given.get(name)
        if given is None or not isinstance(given.value, Decimal):
            return Missing("missing", (name,))
        return given.value

    def _reckon(self, figure: Figure) -> Decimal | Missing:
        gap = Missing("not_applicable")
        for case in figure.cases:
            holds = self.holds(case.when)
            if holds is False:
                continue
            if holds is None:
                found = self.value(case.when) if case.when is not None else None
                gap = found if isinstance(found, Missing) else gap
                continue
            value = self.value(case.gives)
            if isinstance(value, bool):
                return YES if value else NO
            if isinstance(value, Decimal):
                return value
            return value if isinstance(value, Missing) else gap
        return gap

    def result(self, figure: Figure) -> Result:
        """Return the value of a figure, or why there is none."""
        found = self.single(figure.id)
        if isinstance(found, Missing):
            return Result(figure, None, found)
        return Result(figure, found)

    # --- parts --------------------------------------------------------------------------------

    def parts(self, language: str) -> tuple[Part, ...]:
        """Split what the calculator splits; raises CannotSplit."""
        split = self.calculator.allocation
        asked = self.given.get(split.by) if split is not None else None
        if split is None or asked is None or not isinstance(asked.value, tuple):
            return ()
        total, step, last = (self.single(n) for n in (split.of, split.step, split.rest_last))
        if not (isinstance(total, Decimal) and isinstance(step, Decimal)):
            return ()
        if total < 0:
            return ()
        levels = [split.levels[name] for name, _ in asked.value]
        slices = [Slice(level.id, self._members(level, language), level.within) for level in levels]
        return allocate(total, slices, step, rest_last=last == YES)

    def _members(self, level: Level, language: str) -> tuple[Share, ...]:
        given = self.given.get(level.shares)
        if given is not None and isinstance(given.value, tuple):
            return given.value
        many = self.single(level.counted) if level.counted else YES
        count = int(many) if isinstance(many, Decimal) else 1
        if count > MOST_PARTS:
            raise CannotSplit("too_many", str(MOST_PARTS))
        member, number = level.member.in_language(language), Slot("n")
        return tuple((fill(member, {number: str(n)}), YES) for n in range(1, count + 1))


def _rows(rows: Sequence[Mapping[str, Decimal | str]]) -> tuple[Row, ...]:
    at = At("")
    return rows_of(
        (at, {key: Cell(value, str(value), at) for key, value in row.items()}) for row in rows
    )


def _no_row_figure(name: str, table: str, row: int) -> Decimal | Missing:
    return Missing("missing", (name,))
