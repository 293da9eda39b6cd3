"""Amounts through formulas: a reading for every indicator and period, or why there is none."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from diagnost.compute.benchmarks import NOTHING, BenchmarkTable, compute_benchmarks
from diagnost.compute.tolerances import GIVEN
from diagnost.compute.workings import ReadingTable, Workings
from diagnost.model.accounts import Accounts, GivenReading
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Reading

__all__ = ["Difference", "ReadingTable", "ReadingsOnDemand", "compute_readings", "differing"]


def compute_readings(
    accounts: Accounts,
    catalogue: Catalogue,
    *,
    void: Mapping[str, Collection[str]] | None = None,
    exempt: Collection[str] = (),
    benchmarks: BenchmarkTable | None = None,
) -> ReadingTable:
    """Compute every indicator in every period.

    ``void`` names, by period, the line items and the statements (``balance_sheet`` …) whose
    amounts cannot be true: what rests on them has no reading, save for the ``exempt`` indicators
    that show the contradiction. An indicator given by the company serves where its formula has
    no result. ``benchmarks`` spares computing them anew.
    """
    if benchmarks is None:
        benchmarks = compute_benchmarks(accounts, catalogue)
    return Workings(accounts, catalogue, void or {}, frozenset(exempt), benchmarks).all_readings()


class ReadingsOnDemand(Mapping[tuple[str, str], Reading]):
    """The same readings, each computed when it is first asked for.

    Nothing is void; without ``benchmarks`` nothing of other firms is known. What is read by the
    rows of a table is that of the first row. With ``given_first`` a figure that is given, for the
    row by ``subject_given``, goes before its formula.
    """

    def __init__(
        self,
        accounts: Accounts,
        catalogue: Catalogue,
        benchmarks: BenchmarkTable = NOTHING,
        subject_given: Mapping[str, Decimal] | None = None,
        *,
        given_first: bool = False,
    ) -> None:
        self._workings = Workings(
            accounts,
            catalogue,
            {},
            frozenset(),
            benchmarks,
            subject_given=subject_given or {},
            given_first=given_first,
        )

    def __getitem__(self, key: tuple[str, str]) -> Reading:
        """Return the reading of (indicator id, period id); KeyError if there is no such thing."""
        table = self._workings.table
        if key not in table:
            indicator = self._workings.catalogue.indicators[key[0]]
            if indicator.per:
                return self._workings.row_reading(indicator, 0)
            table[key] = self._workings.read(indicator, key[1])
        return table[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for period in self._workings.accounts.periods:
            for indicator in self._workings.catalogue.indicators.values():
                if not indicator.per:
                    yield indicator.id, period.id

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Difference(NamedTuple):
    """An indicator as the company gives it and as its other figures make it.

    ``by_amounts`` is False where other given indicators have a part in that.
    """

    stated: Reading
    computed: Reading
    by_amounts: bool


def differing(accounts: Accounts, catalogue: Catalogue) -> list[Difference]:
    """Return the given indicators that differ by more than ``tolerances.GIVEN`` from the others.

    An indicator is compared with what the amounts make it; where these do not suffice, with what
    the other given indicators make it, which may then be rounded as they are written.
    """
    if not accounts.given:
        return []
    by_amounts = ReadingsOnDemand(replace(accounts, given={}), catalogue)
    found = []
    for key, given in accounts.given.items():
        if catalogue.indicators[key[0]].dated:
            continue  # the company's word goes before its records
        computed = by_amounts[key]
        if from_amounts := computed.value is not None:
            rounding = Decimal(0)
        else:
            computed, rounding = _by_the_others(given, accounts, catalogue)
        if computed.value is None:
            continue
        if abs(computed.value - given.value) > GIVEN.around(computed.value) + rounding:
            stated = Reading(indicator=key[0], period=key[1], value=given.value, given=given)
            found.append(Difference(stated, computed, from_amounts))
    return found


def _by_the_others(
    given: GivenReading, accounts: Accounts, catalogue: Catalogue
) -> tuple[Reading, Decimal]:
    """Compute a given indicator from the others, and how far their rounding may move it."""
    key = given.indicator, given.period
    others = {k: other for k, other in accounts.given.items() if k != key}

    def computed(figures: dict[tuple[str, str], GivenReading]) -> Reading:
        return ReadingsOnDemand(replace(accounts, given=figures), catalogue)[key]

    reading = computed(others)
    value = reading.value
    if value is None or abs(value - given.value) <= GIVEN.around(value):
        return reading, Decimal(0)
    rounding = _half_a_place(given.value)
    for name, other in others.items():
        if other.period == given.period:
            moved = other._replace(value=other.value + _half_a_place(other.value))
            shifted = computed(others | {name: moved}).value
            rounding += abs(shifted - value) if shifted is not None else 0
    return reading, rounding


def _half_a_place(value: Decimal) -> Decimal:
    """Return half a unit of the last place that a figure is written to, at most one half."""
    exponent = value.as_tuple().exponent
    return Decimal("0.5").scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
