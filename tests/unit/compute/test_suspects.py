"""Which figure is most likely wrong, slip by slip; the figures that fit stand in ``statements``."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from diagnost.compute.contradictions import contradictions
from diagnost.compute.derived import complete
from diagnost.compute.readings import differing
from diagnost.compute.suspects import find_suspects
from diagnost.model.suspicion import Bound, Slip, Suspicion
from tests.shipped import base
from tests.unit.compute.statements import PERIODS, accounts, fitting, spoiled

Rows = Mapping[str, Sequence[str | None]]


def suspicions(rows: Rows, given: Rows | None = None) -> tuple[Suspicion, ...]:
    filed = accounts(rows, given)
    return find_suspects(filed, complete(filed, base().catalogue), base())


def sets(suspicion: Suspicion) -> list[list[tuple[str, str]]]:
    return [[(cell.name, str(cell.would_be)) for cell in each.cells] for each in suspicion.sets]


def test_figures_that_fit_raise_no_suspicion() -> None:
    assert suspicions(fitting()) == ()


@pytest.mark.parametrize(
    ("item", "written", "meant", "slip"),
    [
        ("current_assets", "3520", "3250", Slip.SWAPPED_DIGITS),
        ("equity", "3720", "3120", Slip.MISTYPED_DIGIT),
        ("current_liabilities", "375", "3075", Slip.DROPPED_DIGIT),
        ("inventories", "12234", "1234", Slip.DOUBLED_DIGIT),
        ("short_term_receivables", "1466387", "1466", Slip.FACTOR),
        ("total_assets", "72500", "7250", Slip.FACTOR),
        ("total_liabilities", "-4130", "4130", Slip.SIGN),
        ("net_profit", "78", "334", Slip.REPEATED_ROW),  # the income tax in the row above
        ("short_term_receivables", "1533", "1466", Slip.REPEATED_PERIOD),  # that of 2023
    ],
)
def test_an_everyday_slip_is_found_and_named(
    item: str, written: str, meant: str, slip: Slip
) -> None:
    (suspicion,) = suspicions(spoiled({(item, "2022"): written}))
    cells = [cell for each in suspicion.leading for cell in each.cells]
    assert len(cells) < 3
    (cell,) = [cell for cell in cells if cell.name == item]
    assert (cell.period, str(cell.written)) == ("2022", written)
    assert (str(cell.would_be), cell.bound, cell.slip) == (meant, Bound.EXACT, slip)
    assert cell.as_written == written
    assert str(cell.at) == f"acme.csv:{list(base_items()).index(item) + 2}:3"


def base_items() -> list[str]:
    return [item for item in base().catalogue.line_items if item in fitting()]


def test_a_turned_sign_goes_before_figures_that_no_slip_explains() -> None:
    (suspicion,) = suspicions(spoiled({("income_tax", "2022"): "-78"}))
    assert sets(suspicion) == [
        [("income_tax", "78")],
        [("profit_before_tax", "256")],
        [("net_profit", "490")],
    ]
    assert [each.cells[0].slip for each in suspicion.leading] == [Slip.SIGN]


def test_a_figure_of_two_sums_is_found_alone() -> None:
    (suspicion,) = suspicions(spoiled({("total_liabilities", "2022"): "4471"}))
    assert sets(suspicion) == [[("total_liabilities", "4130")]]
    assert suspicion.sets[0].cells[0].slip is None


def test_a_figure_of_one_sum_leaves_those_that_only_this_sum_sees() -> None:
    (suspicion,) = suspicions(spoiled({("short_term_prepayments", "2022"): "409"}))
    # Taken off the short-term investments the 339 would leave less than the cash among them.
    assert sets(suspicion) == [[("inventories", "895")], [("short_term_prepayments", "70")]]
    assert suspicion.checks == (("finance.data.current_asset_parts.differ", "2022"),)


def test_what_other_figures_bound_is_not_suspected() -> None:
    """Inventories too high by 500: receivables and investments hold known parts."""
    (suspicion,) = suspicions(spoiled({("inventories", "2022"): "1734"}))
    assert sets(suspicion) == [[("inventories", "1234")]]


def test_a_part_above_its_whole_has_an_upper_limit() -> None:
    (suspicion,) = suspicions(spoiled({("cash", "2022"): "612"}))
    (cell,) = suspicion.sets[0].cells
    assert (cell.name, str(cell.would_be), cell.bound) == ("cash", "480", Bound.AT_MOST)
    assert cell.slip is None


def test_two_slips_in_different_statements_are_both_found() -> None:
    balance, profit = suspicions(
        spoiled({("total_assets", "2022"): "7520", ("income_tax", "2022"): "87"})
    )
    assert sets(balance) == [[("total_assets", "7250")]]
    assert [("income_tax", "78")] in sets(profit)
    assert {check[0].split(".")[2] for check in profit.checks} == {"net_profit"}


def test_figures_that_settle_contradictions_of_their_own_are_told_apart() -> None:
    """The ratio and the parts of the current assets meet in the current assets, which are right."""
    parts, ratio = suspicions(
        spoiled({("inventories", "2022"): "12340"}), {"WPB": [None, "1.30", None]}
    )
    assert sets(parts) == [[("inventories", "1234")]]
    assert parts.checks == (("finance.data.current_asset_parts.differ", "2022"),)
    assert sets(ratio) == [[("finance.liquidity.current_ratio", "1.03")]]
    assert ratio.checks == (("finance.liquidity.current_ratio", "2022"),)
    assert [s.sets[0].cells[0].slip for s in (parts, ratio)] == [Slip.FACTOR, Slip.SWAPPED_DIGITS]


def test_two_slips_that_meet_are_told_together() -> None:
    (suspicion,) = suspicions(
        spoiled({("fixed_assets", "2022"): "4441", ("inventories", "2022"): "2143"})
    )
    assert all(len(each.cells) == 2 for each in suspicion.sets)
    assert sets(suspicion) == [
        [("fixed_assets", "4000"), ("inventories", "1234")],
        [("current_assets", "2809"), ("inventories", "793")],
    ]


def test_more_than_three_wrong_figures_are_only_said_to_be_several() -> None:
    changes = {
        "total_assets": "9163", "equity": "2208", "fixed_assets": "2719", "current_assets": "4471",
        "total_liabilities": "5903", "inventories": "2377",
    }  # fmt: skip
    found = suspicions(spoiled({(item, "2022"): text for item, text in changes.items()}))
    assert [suspicion.sets for suspicion in found] == [()]


def test_amounts_derived_from_others_are_suspected_by_the_cells_behind_them() -> None:
    rows = spoiled({("current_liabilities", "2022"): "3705"})
    del rows["total_liabilities"]
    (suspicion,) = suspicions(rows)
    assert sets(suspicion)[0] == [("current_liabilities", "3075")]
    assert "total_liabilities" not in {cell.name for each in suspicion.sets for cell in each.cells}


def test_what_is_not_given_may_be_anything_that_is_not_negative() -> None:
    """Without the investments the parts do not settle current assets, but they bound them."""
    rows = spoiled({("current_assets", "2022"): "325"})
    for item in ("short_term_investments", "cash"):
        del rows[item]
    (suspicion,) = suspicions(rows)
    assert sets(suspicion) == [[("current_assets", "3250")]]


def test_an_item_taken_as_nil_is_suspected_only_where_nothing_else_is() -> None:
    rows = fitting(1)
    del rows["provisions_long_term"], rows["provisions_short_term"]
    (unwitnessed,) = suspicions(rows)
    assert all(cell.given for each in unwitnessed.sets for cell in each.cells)
    # The ratios bear witness to short-term and long-term liabilities, and to what goes with them.
    (suspicion,) = suspicions(rows, {"WPB": ["1.04"], "DER": ["0.265"]})
    assert sets(suspicion) == [[("provisions_long_term", "84")]]
    assert not suspicion.sets[0].cells[0].given


def test_a_given_indicator_that_no_amount_bears_out() -> None:
    (suspicion,) = suspicions(fitting(), {"ROE": [None, "35%", None]})
    (cell,) = suspicion.sets[0].cells
    assert cell.name == "finance.profitability.return_on_equity"
    assert (str(cell.written), str(cell.would_be), cell.as_written) == ("0.35", "0.11", "35%")
    assert len(suspicion.sets) == 1  # profit and equity are each vouched for by a sum


def test_a_given_indicator_bears_witness_against_an_amount() -> None:
    rows = {"current_assets": ["3250"], "current_liabilities": ["3705"], "total_assets": ["7250"]}
    (suspicion,) = suspicions(rows, {"WPB": ["1.06"]})
    first = suspicion.sets[0].cells[0]
    assert (first.name, str(first.would_be)) == ("current_liabilities", "3075")
    assert first.slip is Slip.SWAPPED_DIGITS


def test_given_indicators_are_compared_with_each_other() -> None:
    given = {"CRZ": ["45"], "CRN": ["35"], "CO": ["98"]}
    (suspicion,) = suspicions({"revenue": ["9650"]}, given)
    assert sets(suspicion)[0] == [("finance.activity.receivables_cycle", "53")]
    assert [c.name.split(".")[2] for each in suspicion.sets for c in each.cells] == [
        "receivables_cycle", "inventory_cycle", "operating_cycle",
    ]  # fmt: skip


def test_rounding_of_given_indicators_is_no_contradiction() -> None:
    """149.6 days less 144.4 is 5, and as written 150 less 144 is 6."""
    filed = accounts({}, {"CO": ["150"], "CSZ": ["144"], "CKG": ["5"]})
    assert differing(filed, base().catalogue) == []


def test_return_on_equity_below_return_on_assets() -> None:
    (suspicion,) = suspicions({}, {"ROI": ["15%"], "ROE": ["5%"]})
    assert {
        (cell.name.split(".")[2], cell.bound) for each in suspicion.sets for cell in each.cells
    } == {("return_on_equity", Bound.AT_LEAST), ("return_on_investment", Bound.AT_MOST)}


def test_a_column_in_another_unit_is_named_as_a_whole() -> None:
    rows = {
        item: [row[0], str(int(row[1]) * 1000), row[2]] for item, row in fitting().items()
    }  # fmt: skip
    (suspicion,) = suspicions(rows)
    ((cell,),) = [each.cells for each in suspicion.sets]
    assert (cell.name, cell.period, cell.slip) == ("", "2022", Slip.COLUMN_UNIT)
    assert cell.would_be == Decimal("0.001")
    assert str(cell.at) == "acme.csv:1:3"


def test_of_two_columns_either_may_be_in_another_unit() -> None:
    rows = {item: [row[1], str(int(row[2]) * 1000)] for item, row in fitting().items()}
    (suspicion,) = suspicions(rows)
    assert [(each.cells[0].period, each.cells[0].would_be) for each in suspicion.sets] == [
        ("2022", Decimal(1000)),
        ("2023", Decimal("0.001")),
    ]


def test_one_total_in_another_unit_is_a_single_figure() -> None:
    (suspicion,) = suspicions(spoiled({("total_assets", "2022"): "7250112"}))
    assert sets(suspicion) == [[("total_assets", "7250")]]
    assert suspicion.sets[0].cells[0].slip is Slip.FACTOR


def test_the_named_value_leaves_no_contradiction() -> None:
    filed = accounts(spoiled({("equity", "2022"): "3720"}))
    (suspicion,) = find_suspects(filed, complete(filed, base().catalogue), base())
    for each in suspicion.sets:
        (cell,) = each.cells
        mended = accounts(
            spoiled({("equity", "2022"): "3720", (cell.name, "2022"): str(cell.would_be)})
        )
        assert not contradictions(complete(mended, base().catalogue), base(), PERIODS)
