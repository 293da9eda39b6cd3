"""Amounts that follow from others."""

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnost.compute.derived import complete
from diagnost.knowledge.base import load_with_problems
from diagnost.model.accounts import Accounts, Amount, Company, Origin, Period
from diagnost.model.catalogue import Catalogue
from diagnost.model.located import At

AT = At("a.yaml", 1, 1)


@cache
def catalogue() -> Catalogue:
    return load_with_problems()[0].catalogue


def accounts(amounts: dict[str, int | str], periods: tuple[str, ...] = ("2023",)) -> Accounts:
    return Accounts(
        file="a.yaml",
        company=Company(),
        currency="PLN",
        unit=1,
        periods=tuple(Period(id=period, at=AT) for period in periods),
        amounts={
            (item, periods[-1]): Amount(item=item, period=periods[-1], value=Decimal(value), at=AT)
            for item, value in amounts.items()
        },
        given={},
        context={},
    )


def found(amounts: dict[str, int | str]) -> dict[str, tuple[int, Origin]]:
    done = complete(accounts(amounts), catalogue())
    return {item: (int(a.value), a.origin) for (item, _), a in done.amounts.items()}


@pytest.mark.parametrize(
    ("given_amounts", "item", "value"),
    [
        ({"equity": 4, "total_liabilities": 6}, "total_assets", 10),
        ({"total_assets": 10, "total_liabilities": 12}, "equity", -2),
        ({"total_assets": 10, "fixed_assets": 4}, "current_assets", 6),
        ({"profit_before_tax": 10, "income_tax": 2}, "net_profit", 8),
        ({"net_profit": -8, "income_tax": -2}, "profit_before_tax", -10),
        ({"profit_before_tax": 10, "net_profit": 8}, "income_tax", 2),
    ],
)
def test_one_missing_term_is_derived(
    given_amounts: dict[str, int | str], item: str, value: int
) -> None:
    assert found(given_amounts)[item] == (value, Origin.DERIVED)


def test_a_derived_amount_keeps_the_amounts_it_came_from() -> None:
    done = complete(accounts({"equity": 4, "total_liabilities": 6}), catalogue())
    parts = done.amounts["total_assets", "2023"].parts
    assert [part.item for part in parts] == ["equity", "total_liabilities"]


def test_derived_amounts_lead_to_further_ones() -> None:
    done = found({"equity": 4, "total_liabilities": 6, "fixed_assets": 7})
    assert done["current_assets"] == (3, Origin.DERIVED)


def test_two_missing_terms_stay_missing() -> None:
    assert "total_assets" not in found({"equity": 4})


def test_no_debt_or_asset_is_derived_negative() -> None:
    assert "current_assets" not in found({"total_assets": 5, "fixed_assets": 6})


def test_items_left_out_are_nil_where_the_balance_sheet_is_given() -> None:
    done = found({"inventories": 5})
    assert done["short_term_prepayments"] == (0, Origin.ASSUMED_NIL)
    assert done["provisions_long_term"] == (0, Origin.ASSUMED_NIL)
    assert "provisions" not in done
    assert "short_term_receivables" not in done


def test_nothing_is_nil_on_a_balance_sheet_that_is_not_given() -> None:
    assert set(found({"revenue": 5})) == {"revenue"}
    assert found({}) == {}


def test_a_known_total_goes_before_nil() -> None:
    done = found(
        {
            "current_assets": 10,
            "inventories": 4,
            "short_term_receivables": 3,
            "short_term_investments": 1,
        }
    )
    assert done["short_term_prepayments"] == (2, Origin.DERIVED)


def test_sums_are_completed_with_what_is_nil() -> None:
    done = found({"long_term_liabilities": 3, "current_liabilities": 4})
    assert done["total_liabilities"] == (7, Origin.DERIVED)


def test_undivided_provisions_count_as_long_term_and_that_is_told() -> None:
    done = complete(accounts({"provisions": 5}), catalogue())
    assert done.amounts["provisions_long_term", "2023"].value == 5
    assert done.amounts["provisions_short_term", "2023"].origin is Origin.ASSUMED_NIL
    assert [(n.kind, n.figures) for n in done.notes] == [
        ("provisions_long_term", {"period": "2023"})
    ]


def test_the_rest_of_provisions_follows_from_one_part() -> None:
    assert found({"provisions": 5, "provisions_short_term": 2})["provisions_long_term"] == (
        3,
        Origin.DERIVED,
    )
    assert found({"provisions": 5, "provisions_long_term": 2})["provisions_short_term"] == (
        3,
        Origin.DERIVED,
    )


def test_periods_do_not_mix() -> None:
    done = complete(accounts({"inventories": 5}, ("2022", "2023")), catalogue())
    assert {period for _, period in done.amounts} == {"2023"}


ITEMS = st.sampled_from(sorted(catalogue().line_items))


@given(st.dictionaries(ITEMS, st.integers(-50, 200), max_size=20))
def test_completing_keeps_what_is_given_and_twice_is_once(amounts: dict[str, int]) -> None:
    before = accounts(dict(amounts))
    once = complete(before, catalogue())
    assert complete(once, catalogue()) == once
    assert before == accounts(dict(amounts))
    for key, amount in before.amounts.items():
        assert once.amounts[key] is amount
    for (item, _), amount in once.amounts.items():
        if amount.origin is Origin.DERIVED and not catalogue().line_items[item].signed:
            assert amount.value >= 0
