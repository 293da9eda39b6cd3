"""Formulas over records, worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from diagnost.model.formula_reading import FormulaError, parse
from diagnost.model.formula_tree import Missing
from tests.unit.compute.recorded import AS_OF, Rows, accounts, catalogue, indicator, read

_IN_ORDERS = ("records.orders",)


def _few(table: str, rows: int, least: int) -> Missing:
    return Missing("few_records", (f"records.{table}",), (rows, least))


RECORDS: dict[str, Rows] = {
    "reps": [
        {"rep": "An", "hired": date(2024, 5, 15), "attitude": 5, "kind": "steady"},
        {"rep": "Bo", "hired": date(2026, 8, 31), "attitude": 2, "wants_to_leave": True},
        {"rep": "Cy", "hired": date(2025, 10, 31), "left": date(2026, 9, 30), "attitude": 3},
        {"rep": "Di", "hired": None, "wants_to_leave": False, "kind": "excitable"},
    ],
    "results": [
        {"rep": "An", "month": date(2026, 7, 1), "receipts": 40, "goal": 30},
        {"rep": "An", "month": date(2026, 8, 1), "receipts": 50, "goal": 60},
        {"rep": "An", "month": date(2026, 9, 1), "receipts": 60, "goal": 60},
        {"rep": "An", "month": date(2026, 10, 1), "receipts": 70},
        {"rep": "Bo", "month": date(2026, 9, 1), "receipts": None, "goal": 10},
        {"rep": "Bo", "month": date(2026, 10, 1), "receipts": 10, "goal": 20},
    ],
    "orders": [
        {"rep": "An", "customer": "x", "product": "plan", "signed_on": date(2026, 7, 6),
         "amount": 100, "cash_on": date(2026, 10, 1), "cash": 90},
        {"rep": "An", "customer": "x", "product": "gadget", "signed_on": date(2026, 10, 5),
         "amount": 20, "cash_on": date(2026, 10, 30), "cash": 20},
        {"rep": "An", "customer": "y", "product": "plan", "signed_on": date(2026, 8, 3),
         "amount": 60, "cash_on": date(2026, 8, 31), "cash": 60},
        {"rep": "Bo", "customer": "z", "product": "plan", "signed_on": date(2026, 10, 26),
         "amount": 40, "cash_on": None, "cash": None},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("count(reps)", 4),
        ("count(staff)", 3),
        ("count(reps, where=attitude >= 3)", 2),
        ("count(reps, where=wants_to_leave)", 1),
        ("count(reps, where=wants_to_leave == no)", 1),
        ("count(reps, where=kind in (steady, excitable))", 2),
        ("count(reps, where=kind != steady)", 1),
        ("count(reps, where=hired is unknown)", 1),
        # Di's attitude is not known: two of three
        ("share(attitude >= 3, over=reps)", Decimal(2) / 3),
        ("mean(reps.attitude)", Decimal(10) / 3),
        ("median(staff.attitude)", Decimal("3.5")),
        ("median(staff.attitude, at_least=2)", Decimal("3.5")),
        ("max(orders.amount, where=amount > 1000, none=7, at_least=2)", 7),
        ("sum(orders.cash)", 170),
        ("sum(orders.amount, where=cash_on is unknown)", 40),
        # what was signed and not received: 10 + 40 of 220
        ("sum(amount - either(cash, 0), over=orders) / sum(orders.amount)", Decimal(50) / 220),
        ("share(product == plan, over=orders.amount)", Decimal(200) / 220),
        ("max(share(orders.amount, by=product))", Decimal(200) / 220),
        ("distinct(orders.customer)", 3),
        ("median(days_between(signed_on, cash_on), over=orders)", 28),
        ("sum(results.receipts, where=month in last(2, months))", 140),
        ("sum(results.receipts, where=month == this_month)", 80),
        ("count(orders, where=signed_on in last(8, weeks))", 2),
        ("count(orders, where=signed_on in last(1, months, 2))", 1),  # August
        ("workdays_since(max(orders.signed_on))", 4),
        ("days_since(min(orders.signed_on))", 117),
        ("count(reps, where=months_since(hired) < 3)", 1),
        ("share(third(cash_on) == 1, over=orders.cash, where=cash_on in last(1, months))",
         Decimal(90) / 110),
        ("sum(orders.cash, where=workdays_left(cash_on) <= 5)", 80),
        ("max(sum(results.receipts, by=month in last(4, months)))", 80),
        ("sum(top(1, sum(results.receipts, by=rep, where=month == this_month)))", 70),
        ("count(sum(orders.amount, by=customer), where=value >= 60)", 2),
        ("count(orders, where=cash_on is known) / count(count(orders, by=customer))", 1),
        ("stdev(sum(results.receipts, by=month in last(4, months), where=receipts > 45))",
         Decimal(0)),
        ("mean(sum(orders.cash, by=month(cash_on) in last(3, months)))", Decimal(170) / 3),
        # August: 0 of 60 in the first third; September: nothing; October: 90 of 110
        ("count(sum(orders.cash, where=third(cash_on) == 1, by=month(cash_on) in last(3, months))"
         " / sum(orders.cash, by=month(cash_on) in last(3, months)), where=value < 0.2)", 1),
        ("working_days(whole_month)", 22),
        ("working_days(this_month) / working_days(whole_month)", 1),
        ("either(floor, 5) * count(reps)", 20),
        ("round(mean(reps.attitude), 1)", Decimal("3.3")),
        ("max(orders.amount, where=amount > 1000, none=0)", 0),
        ("min(sum(orders.amount) / 100, 1.2)", Decimal("1.2")),
    ],
)  # fmt: skip
def test_a_formula_over_records(formula: str, value: Decimal | int) -> None:
    if "stdev" in formula:
        assert read(formula, RECORDS).value is None  # July has no row that takes part
        return
    assert read(formula, RECORDS).value == value


@pytest.mark.parametrize(
    ("formula", "missing"),
    [
        ("sum(activity.calls)", Missing("missing", ("records.activity",))),
        ("mean(results.goal, where=month == this_month and rep == 'An')",
         Missing("missing", ("records.results.goal",))),
        ("max(orders.signed_on, where=amount > 1000)", None),
        ("mean(orders.amount, where=amount > 1000)", Missing("no_records", _IN_ORDERS)),
        ("mean(sum(results.receipts, by=month in last(6, months)))",
         Missing("short_records", ("records.results",))),
        ("stdev(orders.amount, where=customer == 'z')", Missing("few_records", _IN_ORDERS)),
        ("median(staff.attitude, at_least=3)", _few("reps", 2, 3)),
        ("share(attitude >= 3, over=reps, at_least=4)", _few("reps", 3, 4)),
        ("mean(sum(orders.cash, by=rep), at_least=3)", _few("orders", 1, 3)),
        ("count(staff, at_least=4)", _few("reps", 3, 4)),
        ("mean(orders.amount, where=amount > 1000, at_least=2)",
         _few("orders", 0, 2)),
        ("count(reps) / count(reps, where=attitude > 5)", Missing("zero_denominator")),
        ("floor * count(reps)", Missing("missing", ("floor",))),
    ],
)  # fmt: skip
def test_why_there_is_no_figure(formula: str, missing: Missing | None) -> None:
    found = read(formula, RECORDS)
    assert found.value is None
    if missing is not None:
        assert found.missing == missing


def test_a_condition_that_can_be_decided_nowhere_makes_a_count_missing() -> None:
    found = read("count(reps, where=attitude >= 3)", {"reps": [{"rep": "An"}, {"rep": "Bo"}]})
    assert found.missing == Missing("missing", ("records.reps.attitude",))


def test_a_table_given_without_rows_is_known_to_be_empty() -> None:
    assert read("count(reps)", {"reps": []}).value == 0
    assert read("sum(orders.amount)", {"orders": []}).value == 0
    assert read("mean(orders.amount)", {"orders": []}).missing == Missing(
        "no_records", ("records.orders",)
    )


TENURE = indicator("tenure", "months_since(hired)", "reps")
MEAN = indicator("own_mean", "mean(results.receipts, where=month in last(6, months))", "reps")
TEAM = indicator("team_median", "median(own_mean, over=staff)")


@pytest.mark.parametrize(
    ("formula", "row", "value"),
    [
        ("attitude", 1, 2),
        ("tenure", 1, 2),
        ("count(orders)", 0, 3),
        ("sum(orders.cash)", 1, None),
        ("sum(orders.cash, none=0)", 1, None),
        ("own_mean / team_median", 0, Decimal(55) / Decimal("32.5")),
        ("weeks_since(max(orders.signed_on, none=hired))", 2, Decimal(365) / 7),
        ("1 + count(staff, where=own_mean < subject.own_mean)", 0, 2),
        ("count(staff, where=attitude < subject.attitude)", 0, 1),
        ("stdev(sum(results.receipts, by=month in last(3, months))) ", 0, 10),
        ("count(orders, where=signed_on > hired)", 1, 1),
        ("team_median", 3, Decimal("32.5")),
    ],
)
def test_a_figure_of_one_person(formula: str, row: int, value: Decimal | int | None) -> None:
    found = read(formula, RECORDS, TENURE, MEAN, TEAM, row=row)
    assert found.value == value
    assert found.subject == ("An", "Bo", "Cy", "Di")[row]


def test_a_reading_keeps_the_rows_it_was_made_of() -> None:
    found = read("mean(results.receipts, where=month in last(2, months))", RECORDS)
    (term,) = found.reckoned
    assert term.value == Decimal(140) / 3
    (used,) = term.used
    assert (used.function, used.table, used.column) == ("mean", "results", "receipts")
    assert (used.rows, used.known) == (4, 3)
    assert [str(place) for place in used.places] == ["team.xlsx!results!C4:C7"]


def test_of_several_columns_the_one_is_kept_by_which_rows_fell_out() -> None:
    found = read("median(days_between(signed_on, cash_on), over=orders)", RECORDS)
    ((used,),) = (term.used for term in found.reckoned)
    assert (used.column, used.rows, used.known) == ("cash_on", 4, 3)


def test_rows_are_kept_with_the_time_and_the_groups_they_were_taken_from() -> None:
    found = read("mean(sum(results.receipts, by=month in last(2, months)))", RECORDS)
    ((used,),) = (term.used for term in found.reckoned)
    assert (used.of, used.by) == ("receipts", "month")
    assert used.window == (date(2026, 9, 1), date(2026, 10, 31))


def test_of_alternatives_only_the_rows_of_the_one_taken_are_kept() -> None:
    found = read("either(mean(orders.amount, where=amount > 1000), count(reps))", RECORDS)
    ((used,),) = (term.used for term in found.reckoned)
    assert (used.function, used.table) == ("count", "reps")


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("mean(orders.amount, at_least=1)", "a whole number from 2"),
        ("mean(orders.amount, at_least=floor)", "a whole number from 2"),
        ("mean(orders.amount, by=rep, at_least=3)", "not with by"),
    ],
)
def test_a_least_number_that_cannot_be_is_refused(formula: str, told: str) -> None:
    with pytest.raises(FormulaError, match=told):
        parse(formula)


def test_records_belong_to_the_last_period_only() -> None:
    asked = indicator("asked", "count(reps)")
    from dataclasses import replace

    from diagnost.compute.readings import compute_readings

    given = accounts(RECORDS)
    earlier = given.periods[0]._replace(id="2025")
    given = replace(given, periods=(earlier, *given.periods), as_of=AS_OF)
    readings = compute_readings(given, catalogue(asked))
    assert readings[asked.id, "2025"].missing == Missing("last_period_only")
    assert readings[asked.id, "2026-10"].value == 4
