"""Random companies with one or two figures spoiled: the spoiled cells are among those named."""

import random
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from diagnost.compute.contradictions import contradictions
from diagnost.compute.derived import complete
from diagnost.compute.suspects import find_suspects
from diagnost.model.accounts import Accounts
from diagnost.model.suspicion import Suspicion
from tests.shipped import base
from tests.test_random_companies import MOODS, statements
from tests.unit.compute.statements import PERIODS, accounts

SEEDS = range(250)
Rows = dict[str, list[str | None]]


class Slip(NamedTuple):
    item: str
    period: str
    written: int


def company(r: random.Random) -> Rows:
    rows = statements(r.choice(MOODS), r.choice([1, 2, 3]), r)
    return {item: [str(amount) for amount in row] for item, row in rows.items()}


def completed(filed: Accounts) -> Accounts:
    return complete(filed, base().catalogue)


def contradicted(filed: Accounts) -> frozenset[tuple[str, str]]:
    return contradictions(completed(filed), base(), [p.id for p in filed.periods])


def sums_with(item: str) -> int:
    return sum(item in (i.total, *i.parts) for i in base().catalogue.identities)


def spoil(rows: Rows, items: list[str], r: random.Random) -> Slip:
    """Write another figure, off by at least two hundredths of the largest figure of the period."""
    item = r.choice(items)
    column = r.randrange(len(rows[item]))
    old = int(rows[item][column] or 0)
    largest = max(abs(int(row[column] or 0)) for row in rows.values())
    off = (max(20, largest // 50) * r.choice([1, 3, 7]) + r.randrange(9)) * r.choice([1, -1])
    signed = base().catalogue.line_items[item].signed
    new = old + (off if signed or old + off >= 0 else -off)
    rows[item][column] = str(new)
    return Slip(item, PERIODS[-len(rows[item]) :][column], new)


def named(found: tuple[Suspicion, ...]) -> Iterator[tuple[str, str]]:
    for suspicion in found:
        for each in suspicion.sets:
            if len(each.cells) == 1:
                yield each.cells[0].name, each.cells[0].period


def suspects(rows: Rows) -> tuple[Suspicion, ...]:
    filed = accounts(rows)
    return find_suspects(filed, completed(filed), base())


IN_SUMS = sorted({item for i in base().catalogue.identities for item in (i.total, *i.parts)})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_spoiled_figure_is_named_and_alone_where_two_sums_see_it(seed: int) -> None:
    r = random.Random(seed)
    rows = company(r)
    assert not contradicted(accounts(rows))
    slip = spoil(rows, IN_SUMS, r)
    found = suspects(rows)
    cells = list(named(found))
    assert (slip.item, slip.period) in cells
    if sums_with(slip.item) > 1:
        assert cells == [(slip.item, slip.period)]


@pytest.mark.parametrize("seed", SEEDS)
def test_in_partial_accounts_it_is_named_wherever_a_check_sees_it(seed: int) -> None:
    r = random.Random(seed + 1000)
    whole = company(r)
    rows = {item: row for item, row in whole.items() if r.random() < 0.75}
    if contradicted(accounts(rows)):
        return  # an item left out was not nil
    slip = spoil(rows, [item for item in IN_SUMS if item in rows] or sorted(rows), r)
    found = suspects(rows)
    assert bool(found) == bool(contradicted(accounts(rows)))
    if found:
        assert (slip.item, slip.period) in named(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_slip_in_the_balance_sheet_and_one_in_the_income_statement(seed: int) -> None:
    r = random.Random(seed + 2000)
    rows = company(r)
    income = {"profit_before_tax", "income_tax", "net_profit"}
    one = spoil(rows, [item for item in IN_SUMS if item not in income], r)
    other = spoil(rows, sorted(income), r)
    cells = list(named(suspects(rows)))
    assert (one.item, one.period) in cells
    assert (other.item, other.period) in cells


@pytest.mark.parametrize("seed", SEEDS)
def test_every_value_named_would_leave_no_contradiction(seed: int) -> None:
    r = random.Random(seed + 3000)
    rows = company(r)
    for _ in range(r.choice([1, 2, 3])):
        spoil(rows, IN_SUMS, r)
    for suspicion in suspects(rows):
        for each in suspicion.sets:
            mended = {item: list(row) for item, row in rows.items()}
            for cell in each.cells:
                index = PERIODS[-len(rows[cell.name]) :].index(cell.period)
                assert mended[cell.name][index] == str(cell.written)
                mended[cell.name][index] = str(cell.would_be)
            left = contradicted(accounts(mended))
            assert not left & set(suspicion.checks)
            assert left <= contradicted(accounts(rows))
