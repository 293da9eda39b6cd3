"""What must hold between the cells of the accounts: data checks, sums, given indicators.

Every relation is opened down to the cells that the company filled in, also through amounts that
were derived from them, so that it says at once what a change of a cell would do to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from diagnost.compute.contradictions import data_checks
from diagnost.compute.derived import UNDIVIDED
from diagnost.compute.readings import ReadingsOnDemand
from diagnost.compute.slopes import (
    ONE,
    CellKey,
    Lookup,
    NoRatioError,
    Ratio,
    Slopes,
    opened,
)
from diagnost.compute.tolerances import GIVEN
from diagnost.model.accounts import Accounts, Amount, GivenReading, Identity, Origin
from diagnost.model.catalogue import Catalogue
from diagnost.model.formula_tree import Call, Name, Node, Operation
from diagnost.model.indicator import Norm, Polarity, Reading, Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Leaf, Statement
from diagnost.model.suspicion import Check

ROUNDING = Fraction(2)
"""Units of the accounts by which parts may exceed a whole whose other parts are not given, as in
the norms of the data checks."""

_FINE = (Polarity.GOOD, Polarity.INFO)


class Relation(NamedTuple):
    """Something that must hold: of some way in ``ways``, every limit is at most nought.

    The ways are the tolerances, of which the widest counts. ``exact`` is nought where it holds to
    the penny; ``sum`` says that it has to be about nought (an equation), else only not above it.
    ``check`` is None for what no data check tells. A cell that a figure is divided by may turn its
    sign: for ``divisors`` the limits hold near by only.
    """

    check: Check | None
    exact: Slopes
    ways: tuple[tuple[Slopes, ...], ...]
    sum: bool
    divisors: frozenset[CellKey] = frozenset()
    sign_of: str = ""  # a line item that cannot be negative
    over_periods: bool = False

    @property
    def fails(self) -> bool:
        """Say whether it does not hold as the cells are written."""
        return not any(all(limit.value <= 0 for limit in limits) for limits in self.ways)

    @property
    def cells(self) -> Mapping[CellKey, Fraction]:
        """Return the cells that have a part in it."""
        return self.exact.by_cell


class Relations:
    """Builds the relations between the cells of complete accounts."""

    def __init__(self, accounts: Accounts, base: KnowledgeBase) -> None:
        self.accounts = accounts
        self.base = base
        self.catalogue: Catalogue = base.catalogue
        self.cells: dict[CellKey, Amount | GivenReading] = {}
        self.readings = ReadingsOnDemand(accounts, base.catalogue)
        self._by_amounts: ReadingsOnDemand | None = None
        self._periods = [period.id for period in accounts.periods]
        self._opened: dict[tuple[str, str], Slopes] = {}

    def all(self) -> Iterator[Relation]:
        """Yield every relation whose figures are known, period by period."""
        for relation in self._all():
            yield relation._replace(exact=relation.exact.cleared())

    def _all(self) -> Iterator[Relation]:
        for period in self._periods:
            for statement in data_checks(self.base).statements:
                yield from self._of_statement(statement, period)
            yield from self._of_sums(period)
            yield from self._of_signs(period)
        for given in self.accounts.given.values():
            yield from self._of_given(given)

    # --- data checks ----------------------------------------------------------------------------

    def _of_statement(self, statement: Statement, period: str) -> Iterator[Relation]:
        check = (statement.id, period)
        leaves = statement.when.leaves
        keys = {leaf.key for leaf in leaves}
        try:
            if len(keys) == 1 and leaves[0].key.endswith(".sign"):
                yield from self._of_sign(check, leaves[0].key.split(".")[1])
            else:
                relation = self._of_leaves(check, statement.when.all)
                if relation is not None:
                    yield relation
        except NoRatioError:
            return

    def _of_sign(self, check: Check, item: str) -> Iterator[Relation]:
        amount = self._item(item, check[1]).scaled(-1)
        yield Relation(check, amount, ((amount,),), False, sign_of=item)

    def _of_leaves(self, check: Check, leaves: Iterable[Leaf]) -> Relation | None:
        """Build the relation that a check tests: a sum with its tolerance, or a limit."""
        period = check[1]
        over_periods = False
        core: Ratio | None = None
        allowed: list[Slopes] = []
        for leaf in leaves:
            found = self._norm(leaf.key)
            if found is None:
                continue
            name, norm = found
            formula, lookup = self._formula(name, period)
            over_periods = over_periods or _reaches_back(formula)
            edge, above = _way_out(norm, leaf.word)
            if edge is None:
                continue
            difference, scale = _difference(formula)
            if difference is not None and not above:
                core = opened(difference, lookup) if core is None else core
                by = Ratio(ONE) if scale is None else opened(scale, lookup)
                share = Fraction(edge) / by.under.value
                allowed.append(by.over.size().scaled(share).times(core.under))
            elif core is None:
                figure = opened(formula, lookup)
                sign = -1 if above else 1
                limit = figure.over.plus(figure.under, -Fraction(edge)).scaled(sign)
                # An excess of money is told beyond some rounding, but should be nought.
                money = self.catalogue.indicators[name].unit is Unit.MONEY
                exact = figure.over.scaled(sign) if money else limit
                divisors = frozenset(figure.under.by_cell)
                return Relation(
                    check, exact, ((limit,),), False, divisors, over_periods=over_periods
                )
        if core is None or not allowed:
            return None
        return self._sum(check, core.over, allowed, over_periods=over_periods)

    def _norm(self, key: str) -> tuple[str, Norm] | None:
        indicators = self.catalogue.indicators
        head, _, tail = key.rpartition(".")
        for name, norm_id in ((key, "general"), (head, tail)):
            if name in indicators:
                for norm in indicators[name].norms:
                    if norm.id == norm_id:
                        return name, norm
        return None

    def _formula(self, indicator: str, period: str) -> tuple[Node, Lookup]:
        reading = self.readings[indicator, period]
        if reading.value is None or reading.formula is None:
            raise NoRatioError
        return reading.formula.tree, lambda name: self._figure(name, period, self.readings)

    # --- sums, signs, given indicators ----------------------------------------------------------

    def _of_sums(self, period: str) -> Iterator[Relation]:
        """Yield what sums say whose parts are not all given: the known ones cannot exceed it."""
        for identity in self.catalogue.identities:
            whole = self.accounts.amounts.get((identity.total, period))
            known = [a for p in identity.parts if (a := self.accounts.amounts.get((p, period)))]
            unknown = [p for p in identity.parts if (p, period) not in self.accounts.amounts]
            signed = any(self.catalogue.line_items[part].signed for part in unknown)
            if whole is None or not unknown or not known or signed:
                continue
            exact = self._amount(whole).scaled(-1)
            for part in known:
                exact = exact.plus(self._amount(part))
            limit = exact.plus(Slopes(-ROUNDING))
            yield Relation(None, exact, ((limit,),), False)

    def _of_signs(self, period: str) -> Iterator[Relation]:
        """Yield that what follows from other amounts is not negative where it cannot be."""
        for item in self.catalogue.line_items.values():
            amount = self.accounts.amounts.get((item.id, period))
            if amount is not None and amount.origin is Origin.DERIVED and not item.signed:
                exact = self._amount(amount).scaled(-1)
                yield Relation(None, exact, ((exact,),), False)

    def _of_given(self, given: GivenReading) -> Iterator[Relation]:
        check = (given.indicator, given.period)
        reading, readings = self._compared(given)
        if reading.value is None or reading.formula is None:
            return

        def lookup(name: Name) -> Ratio:
            return self._figure(name, given.period, readings)

        try:
            figure = opened(reading.formula.tree, lookup)
        except NoRatioError:
            return
        exact = figure.over.plus(self._cell(given).times(figure.under), -1)
        relative = figure.over.size().scaled(Fraction(GIVEN.relative))
        absolute = figure.under.scaled(Fraction(GIVEN.absolute))
        yield self._sum(check, exact, [relative, absolute])

    def _compared(self, given: GivenReading) -> tuple[Reading, ReadingsOnDemand]:
        """Return what a given indicator is compared with, as ``readings.differing`` does."""
        key = given.indicator, given.period
        if self._by_amounts is None:
            bare = replace(self.accounts, given={})
            self._by_amounts = ReadingsOnDemand(bare, self.catalogue)
        if self._by_amounts[key].value is not None:
            return self._by_amounts[key], self._by_amounts
        others = {k: other for k, other in self.accounts.given.items() if k != key}
        readings = ReadingsOnDemand(replace(self.accounts, given=others), self.catalogue)
        return readings[key], readings

    def _sum(
        self,
        check: Check,
        exact: Slopes,
        tolerances: Iterable[Slopes],
        *,
        over_periods: bool = False,
    ) -> Relation:
        exact = exact.cleared()
        back = exact.scaled(-1)
        ways: list[tuple[Slopes, ...]] = [
            (exact.plus(by, -1), back.plus(by, -1)) for by in tolerances
        ]
        nil = [cell for cell in exact.by_cell if self.is_nil(cell)]
        if len(nil) == 1:
            # An item that is not given takes up the rest where the rest is not negative.
            ways.append((exact if exact.by_cell[nil[0]] > 0 else back,))
        return Relation(check, exact, tuple(ways), True, over_periods=over_periods)

    def figure(self, indicator: str, period: str) -> Ratio:
        """Open an indicator down to the cells; raises NoRatioError where that cannot be done."""
        return self._reading(self.readings[indicator, period], self.readings)

    def is_nil(self, cell: CellKey) -> bool:
        """Say whether a cell is an item that is not given and counts as nil."""
        source = self.cells[cell]
        return isinstance(source, Amount) and source.origin is Origin.ASSUMED_NIL

    # --- figures opened down to the cells -------------------------------------------------------

    def _figure(self, name: Name, period: str, readings: ReadingsOnDemand) -> Ratio:
        at = self._moment(name.moment, period)
        if name.name == "days":
            return Ratio(Slopes(Fraction(self.accounts.period(at).days)))
        if name.name == "year_days":
            return Ratio(Slopes(Fraction(self.catalogue.method.year_days)))
        if "." in name.name:
            edge = self.catalogue.edge(name.name)
            if edge is None:
                raise NoRatioError
            return Ratio(Slopes(Fraction(edge)))
        indicator = self.catalogue.indicator(name.name)
        if indicator is not None:
            return self._reading(readings[indicator.id, at], readings)
        if name.name in self.catalogue.questions:
            answer = self.accounts.context.get(name.name)
            if answer is None or not isinstance(answer.value, Decimal):
                raise NoRatioError
            return Ratio(Slopes(Fraction(answer.value)))
        return Ratio(self._item(name.name, at))

    def _reading(self, reading: Reading, readings: ReadingsOnDemand) -> Ratio:
        if reading.given is not None:
            return Ratio(self._cell(reading.given))
        if reading.value is None or reading.formula is None:
            raise NoRatioError
        at = reading.period
        return opened(reading.formula.tree, lambda inner: self._figure(inner, at, readings))

    def _moment(self, moment: str, period: str) -> str:
        index = self._periods.index(period)
        if moment == "now":
            return period
        if index == 0:
            raise NoRatioError
        return self._periods[0] if moment == "first" else self._periods[index - 1]

    def _item(self, item: str, period: str) -> Slopes:
        amount = self.accounts.amounts.get((item, period))
        if amount is None:
            raise NoRatioError
        return self._amount(amount)

    def _amount(self, amount: Amount) -> Slopes:
        """Open an amount down to the cells that it was read or derived from."""
        key = (amount.item, amount.period)
        known = self._opened.get(key)
        if known is None:
            self._opened[key] = known = self._open(amount)
        return known

    def _open(self, amount: Amount) -> Slopes:
        if not amount.parts:
            return self._cell(amount)
        figure = Slopes(Fraction(0))
        for part, sign in signed_parts(amount, self.catalogue.identities):
            # A part of the same item is a row of it; it stands for itself.
            opened_part = self._open(part) if part.item == amount.item else self._amount(part)
            figure = figure.plus(opened_part, sign)
        return figure

    def _cell(self, source: Amount | GivenReading) -> Slopes:
        key = cell_of(source)
        self.cells[key] = source
        return Slopes(Fraction(source.value), {key: Fraction(1)})


def cell_of(source: Amount | GivenReading) -> CellKey:
    """Return the cell of an amount or of an indicator that the company gave."""
    name = source.item if isinstance(source, Amount) else source.indicator
    return name, source.period, source.at


def signed_parts(amount: Amount, identities: Iterable[Identity]) -> Iterator[tuple[Amount, int]]:
    """Yield what an amount was derived from, each with 1 if it was added, -1 if taken off."""
    first, *others = amount.parts
    taken_off = sum((p.value for p in amount.parts), Decimal(0)) != amount.value
    if first.item == UNDIVIDED and others:
        taken_off = True
    elif first.item != amount.item:
        items = {amount.item, *(part.item for part in amount.parts)}
        for identity in identities:
            if items == {identity.total, *identity.parts}:
                taken_off = identity.total != amount.item
                first = next((p for p in amount.parts if p.item == identity.total), first)
                others = [part for part in amount.parts if part is not first]
    yield first, 1
    yield from ((part, -1 if taken_off else 1) for part in others)


def _way_out(norm: Norm, word: str) -> tuple[Decimal | None, bool]:
    """Return the edge beyond which a band is left for one that tells of nothing wrong.

    The second value says whether that lies above; (None, False) where there is no such band.
    """
    ids = [band.id for band in norm.bands]
    if word not in ids:
        return None, False
    index = ids.index(word)
    for band in norm.bands[index + 1 :]:
        if band.polarity in _FINE:
            return norm.edges(band.id)[0], True
    for band in reversed(norm.bands[:index]):
        if band.polarity in _FINE:
            return norm.edges(band.id)[1], False
    return None, False


def _difference(formula: Node) -> tuple[Node | None, Node | None]:
    """Take ``abs(difference)`` or ``abs(difference) / scale`` apart; (None, None) for others."""
    match formula:
        case Call(function="abs", arguments=(difference,)):
            return difference, None
        case Operation(operator="/", left=Call(function="abs", arguments=(difference,)), right=by):
            return difference, by
    return None, None


def _reaches_back(node: Node) -> bool:
    match node:
        case Name(moment=moment):
            return moment != "now"
        case Operation(left=left, right=right):
            return _reaches_back(left) or _reaches_back(right)
        case Call(arguments=arguments):
            return any(map(_reaches_back, arguments))
    return False
