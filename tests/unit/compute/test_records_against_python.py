"""Random records: what formulas give is what plain Python gives."""

import statistics
from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from diagnost.compute import windows
from diagnost.compute.windows import Window
from tests.unit.compute.recorded import AS_OF, read

DAYS = st.dates(date(2025, 10, 1), date(2026, 11, 15))
AMOUNTS = st.none() | st.integers(0, 50)
ORDERS = st.lists(
    st.fixed_dictionaries(
        {
            "rep": st.sampled_from(["An", "Bo", None]),
            "customer": st.sampled_from(["x", "y", "z", None]),
            "product": st.sampled_from(["plan", "gadget", None]),
            "signed_on": st.none() | DAYS,
            "amount": AMOUNTS,
            "cash_on": st.none() | DAYS,
            "cash": AMOUNTS,
        }
    ),
    min_size=1,
    max_size=25,
)
REPS = [{"rep": "An"}, {"rep": "Bo"}, {"rep": "Cy"}]


def value(formula: str, orders: object, row: int | None = None) -> Decimal | None:
    found = read(formula, {"orders": orders, "reps": REPS}, row=row).value  # type: ignore[dict-item]
    return None if found is None else found.quantize(Decimal("1e-20"))


def same(formula: str, orders: object, expected: object, row: int | None = None) -> None:
    wanted = None if expected is None else Decimal(expected).quantize(Decimal("1e-20"))  # type: ignore[arg-type]
    assert value(formula, orders, row) == wanted


@given(ORDERS)
def test_sums_and_counts_of_filtered_rows(orders: list[dict[str, object]]) -> None:
    chosen = [o for o in orders if o["product"] == "plan"]
    undecided = all(o["product"] is None for o in orders)
    known = [o["amount"] for o in chosen if o["amount"] is not None]
    count = None if undecided else len(chosen)
    same("count(orders, where=product == plan)", orders, count)
    total = None if undecided or (chosen and not known) else sum(known)  # type: ignore[arg-type]
    same("sum(orders.amount, where=product == plan)", orders, total)


@given(ORDERS)
def test_three_values_of_and_or_not(orders: list[dict[str, object]]) -> None:
    def either(order: dict[str, object]) -> bool | None:
        plan = None if order["product"] is None else order["product"] == "plan"
        big = None if order["amount"] is None else order["amount"] > 20  # type: ignore[operator]
        if plan or big:
            return True
        return None if plan is None or big is None else False

    truths = [either(order) for order in orders]
    decided = any(truth is not None for truth in truths)
    where = "product == plan or amount > 20"
    same(f"count(orders, where={where})", orders, truths.count(True) if decided else None)
    same(f"count(orders, where=not ({where}))", orders, truths.count(False) if decided else None)
    both = "not product == plan and not amount > 20"
    same(f"count(orders, where={both})", orders, truths.count(False) if decided else None)


@given(ORDERS)
def test_means_medians_and_deviations_of_known_values(orders: list[dict[str, object]]) -> None:
    known = [Decimal(str(o["amount"])) for o in orders if o["amount"] is not None]
    same("mean(orders.amount)", orders, sum(known) / len(known) if known else None)
    same("median(orders.amount)", orders, statistics.median(known) if known else None)
    deviation = statistics.stdev(known) if len(known) > 1 else None
    same("round(stdev(orders.amount), 9)", orders, deviation and round(deviation, 9))
    same("min(orders.amount)", orders, min(known, default=None))
    same("max(orders.amount)", orders, max(known, default=None))


@given(ORDERS, st.integers(1, 6), st.sampled_from(["days", "weeks"]))
def test_windows_of_days(orders: list[dict[str, object]], count: int, unit: str) -> None:
    first = AS_OF - timedelta(days=count * (7 if unit == "weeks" else 1) - 1)
    days = [o["signed_on"] for o in orders]
    inside = sum(1 for day in days if isinstance(day, date) and first <= day <= AS_OF)
    expected = inside if any(days) else None
    same(f"count(orders, where=signed_on in last({count}, {unit}))", orders, expected)


@given(ORDERS)
def test_groups_add_up_to_the_whole(orders: list[dict[str, object]]) -> None:
    groups: defaultdict[object, list[Decimal]] = defaultdict(list)
    for order in orders:
        if order["customer"] is not None:
            groups[order["customer"]] += (
                [Decimal(str(order["amount"]))] if order["amount"] is not None else []
            )
    sums = [sum(values) for values in groups.values() if values]
    same("max(sum(orders.amount, by=customer))", orders, max(sums, default=None))
    same("sum(top(2, sum(orders.amount, by=customer)))", orders,
         sum(sorted(sums)[-2:]) if groups else None)  # fmt: skip
    same("count(count(orders, by=customer))", orders, len(groups) if groups else None)
    fulfil = sum(1 for total in sums if total > 20)
    same("count(sum(orders.amount, by=customer), where=value > 20)", orders,
         fulfil if groups else None)  # fmt: skip


@given(ORDERS)
def test_months_of_a_day_book_without_rows_are_nought_once_it_has_begun(
    orders: list[dict[str, object]],
) -> None:
    months = [date(2026, month, 1) for month in (8, 9, 10)]
    by_month: defaultdict[date, int] = defaultdict(int)
    begun = [o["signed_on"].replace(day=1) for o in orders if isinstance(o["signed_on"], date)]
    for month in begun:
        by_month[month] += 1
    expected = None
    if begun and min(begun) <= months[0]:
        expected = Decimal(sum(by_month[month] for month in months)) / 3
    same("mean(count(orders, by=month(signed_on) in last(3, months)))", orders, expected)


@given(ORDERS, st.integers(0, 2))
def test_a_persons_rows_are_those_that_refer_to_the_person(
    orders: list[dict[str, object]], row: int
) -> None:
    own = [o for o in orders if o["rep"] == REPS[row]["rep"]]
    same("count(orders)", orders, len(own), row=row)
    known = [o["amount"] for o in own if o["amount"] is not None]
    total = None if own and not known else sum(known)  # type: ignore[arg-type]
    same("sum(orders.amount)", orders, total, row=row)


@given(ORDERS)
def test_persons_one_by_one_make_the_whole(orders: list[dict[str, object]]) -> None:
    each = [sum(1 for o in orders if o["rep"] == rep["rep"]) for rep in REPS]
    from tests.unit.compute.recorded import indicator

    own = indicator("own", "count(orders)", "reps")
    records = {"orders": orders, "reps": REPS}
    assert read("sum(own, over=reps)", records, own).value == sum(each)  # type: ignore[arg-type]
    assert read("max(own, over=reps)", records, own).value == max(each)  # type: ignore[arg-type]


@given(DAYS)
def test_working_days_of_a_month_are_counted_from_both_ends(day: date) -> None:
    month = [day.replace(day=d) for d in range(1, monthrange(day.year, day.month)[1] + 1)]
    work = [d for d in month if d.weekday() < 5]
    passed = max(sum(1 for d in work if d <= day), 1)
    assert windows.workday(day) == passed
    assert windows.workdays_left(day) == len(work) - passed + 1
    assert windows.third(day) == next(t for t in (1, 2, 3) if passed * 3 <= t * len(work))


@given(DAYS, DAYS)
def test_working_days_between_two_days(start: date, end: date) -> None:
    days = (end - start).days + 1
    work = sum(1 for n in range(days) if (start + timedelta(days=n)).weekday() < 5)
    assert windows.working_days(Window(start, end)) == max(work, 0)


@given(DAYS, DAYS)
def test_months_between_two_days_grow_with_the_later_one(start: date, end: date) -> None:
    months = windows.months_between(start, end)
    assert months == -windows.months_between(end, start)
    if end >= start:
        whole = int(months)
        assert windows.add_months(start, whole) <= end < windows.add_months(start, whole + 1)
