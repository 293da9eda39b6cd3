"""Figures of vehicle retail: from answers, from records, and the same from both."""

from decimal import Decimal
from pathlib import Path

import pytest

from diagnost.intake.read import read_accounts
from diagnost.pipeline import Case, diagnose
from tests.shipped import base

HEAD = "as_of: 2026-01-15\n"
SERVICE = """answers:
  retail.figures.aftersales_target: 6200000
  retail.figures.labour_mech: 1200000
  retail.figures.labour_body: 500000
  retail.figures.labour_paint: 600000
  retail.figures.parts_sales: 3400000
  retail.figures.parts_cost: 2550000
  retail.figures.parts_target: 3600000
  retail.figures.vehicles_in: 9500
  retail.figures.vehicles_in_before: 10100
  retail.figures.customers_start: 4000
  retail.figures.customers_new: 900
  retail.figures.customers_lost: 1050
  retail.figures.premises_cost: 182000
  retail.figures.premises_budget: 200000
  retail.figures.key_posts: 6
  retail.figures.key_posts_vacant: 2
"""
SERVICE_RECORDS = """records:
  aftersales:
    - {month: 2024-12, vehicles_in: 10100}
    - {month: 2025-06, vehicles_in: 4000, labour_mech: 500000, labour_body: 200000,
       labour_paint: 300000, parts_sales: 1400000, parts_cost: 1000000, target: 3000000,
       parts_target: 1800000}
    - {month: 2025-12, vehicles_in: 5500, labour_mech: 700000, labour_body: 300000,
       labour_paint: 300000, parts_sales: 2000000, parts_cost: 1550000, target: 3200000,
       parts_target: 1800000}
  customer_base:
    - {month: 2025-06, start: 4000, new: 400, lost: 500, end: 3900}
    - {month: 2025-12, start: 3900, new: 500, lost: 550, end: 3850}
  costs:
    - {item: premises, actual: 182000, budget: 200000}
    - {item: entertainment, actual: 62000, budget: 50000}
  posts:
    - {post: Head, is_key: yes, is_filled: no}
    - {post: Desk, is_key: yes, is_filled: no}
    - {post: One, is_key: yes, is_filled: yes}
    - {post: Two, is_key: yes, is_filled: yes}
    - {post: Three, is_key: yes, is_filled: yes}
    - {post: Four, is_key: yes, is_filled: yes}
    - {post: Porter, is_key: no, is_filled: no}
"""
SERVICE_FIGURES = {
    "service_output": "5700000",  # 1.2 + 0.5 + 0.6 + 3.4 million
    "service_completion": "0.9194",  # 5.7 / 6.2
    "parts_margin": "0.25",  # (3.4 - 2.55) / 3.4
    "parts_completion": "0.9444",  # 3.4 / 3.6
    "output_per_vehicle": "600",  # 5.7 million / 9500
    "throughput_growth": "-0.0594",  # 9500 / 10100 - 1
    "customer_loss_rate": "0.2625",  # 1050 / 4000
    "customer_inflow_ratio": "0.8571",  # 900 / 1050
    "premises_ratio": "0.91",  # 182 / 200
    "key_post_vacancy_rate": "0.3333",  # 2 / 6
}
EVENTS = """answers:
  retail.figures.events_city: 1
  retail.figures.events_township: 4
  retail.figures.event_units_primary: 52
  retail.figures.event_units_secondary: 8
  retail.figures.event_cost: 16800
  retail.figures.townships: 22
  retail.figures.townships_swept: 6
  retail.figures.townships_covered: 9
  retail.figures.fairs_held: 30
  retail.figures.fairs_attended: 7
  retail.figures.supply_units: 118000
  retail.figures.demand_units: 100000
  retail.figures.revenue: 9600000
  retail.figures.revenue_before: 9700000
  retail.figures.units: 4800
  retail.figures.units_before: 4850
  retail.figures.industry_units: 103000
  retail.figures.industry_units_before: 100000
  retail.figures.stock_units: 1850
  retail.figures.slow_stock: 420
"""
EVENT_FIGURES = {
    "event_units_month": "84",  # 52 + 4 x 8
    "event_floor": "110",  # 70 + 4 x 10
    "event_yield_ratio": "0.7636",  # 84 / 110
    "event_plan_ratio": "0.2710",  # 84 / (3 x 70 + 10 x 10)
    "event_cost_per_unit": "200",  # 16800 / 84
    "fair_coverage": "0.2333",  # 7 / 30
    "sweep_rate": "0.2727",  # 6 / 22
    "township_coverage": "0.4091",  # 9 / 22
    "supply_demand": "1.18",
    "sales_growth": "-0.0103",  # 9.6 / 9.7 - 1
    "relative_growth": "-0.0391",  # (4800 / 4850) / 1.03 - 1
    "trend_target": "9504000",  # 9.6 million x 0.99
    "slow_stock_share": "0.2270",  # 420 / 1850
}
CALLS = """answers:
  retail.figures.calls_per_day: 200
  retail.figures.consultants: 5
  retail.figures.open_prospects: 2600
  retail.figures.orders_o: 12
  retail.figures.prospects_c: 30
  retail.figures.vehicles_in_use: 40000
  retail.figures.population: 1000000
  retail.figures.profit_share: 6%
  retail.figures.market_share: 12%
"""
CALL_FIGURES = {
    "followup_capacity": "400",  # 200 x 6 / 3
    "followup_load": "1.3",  # 2600 / (400 x 5)
    "priority_list": "42",
    "priority_uplift": "3.5",  # 42 / 12
    "penetration": "40",
    "room_low": "30000",  # (70 - 40) x 1000
    "room_high": "60000",
    "profit_to_share": "0.5",
}
DEALERS = """records:
  distributors:
    - {name: A, signed_incentive: yes, task_units: 400, actual_units: 500}
    - {name: B, signed_incentive: yes, task_units: 1000, actual_units: 1100}
    - {name: C, signed_incentive: yes, task_units: 80, actual_units: 92}
    - {name: E, signed_incentive: yes, task_units: 100, actual_units: 115}
    - {name: F, signed_incentive: yes, task_units: 100, actual_units: 114}
    - {name: G, signed_incentive: yes, task_units: 100, actual_units: 90}
"""


def case(content: str, folder: Path) -> Case:
    path = folder / "case.yaml"
    path.write_text(HEAD + content)
    return diagnose(read_accounts(path, base().catalogue), base())


def value(found: Case, symbol: str) -> Decimal | None:
    period = found.accounts.periods[-1].id
    return found.readings[base().catalogue.symbols[symbol], period].value


@pytest.mark.parametrize(
    ("content", "figures"),
    [
        pytest.param(SERVICE, SERVICE_FIGURES, id="after-sales from answers"),
        pytest.param(SERVICE_RECORDS, SERVICE_FIGURES, id="after-sales from records"),
        pytest.param(EVENTS, EVENT_FIGURES, id="events"),
        pytest.param(CALLS, CALL_FIGURES, id="prospects and market"),
    ],
)
def test_figures_by_hand(content: str, figures: dict[str, str], tmp_path: Path) -> None:
    found = case(content, tmp_path)
    for symbol, expected in figures.items():
        got = value(found, symbol)
        assert got is not None, symbol
        assert round(got, 4) == Decimal(expected), symbol


def test_an_answer_stands_before_the_records(tmp_path: Path) -> None:
    content = "answers: {retail.figures.vehicles_in: 9000}\n" + SERVICE_RECORDS
    assert value(case(content, tmp_path), "vehicles_in") == 9000


def test_statements_stand_before_answers(tmp_path: Path) -> None:
    content = (
        "periods: ['2024', '2025']\nlines: {revenue: [200, 212]}\n"
        "answers: {retail.figures.revenue: 999, retail.figures.target: 205}\n"
    )
    found = case(content, tmp_path)
    assert value(found, "sales_growth") == Decimal("0.06")
    assert value(found, "plan_completion") == Decimal(212) / 205


def test_a_year_without_records_before_it_has_no_growth(tmp_path: Path) -> None:
    content = "records:\n  market:\n    - {month: 2025-12, industry_units: 11000}\n"
    found = case(content, tmp_path)
    reading = found.readings["retail.market.growth.market_growth", "2026-01"]
    assert reading.value is None
    assert reading.missing is not None
    assert reading.missing.reason == "nothing_before"


def test_seats_of_each_distributor_count_full_groups_only(tmp_path: Path) -> None:
    found = case(DEALERS, tmp_path)
    seats: dict[str, tuple[object, ...]] = {}
    for each in found.subjects:
        assert each.subject is not None
        seats[each.subject.name] = tuple(
            each.readings[f"retail.channel.incentive.{id_}", "2026-01"].value
            for id_ in ("seats_full", "next_seat_in", "first_seat_in")
        )
    assert seats == {
        "A": (6, 5, 0),  # 100 above: six groups of fifteen, ten left over
        "B": (6, 5, 50),  # 15% of 1000 is 150
        "C": (0, 3, 3),  # 15% of 80 is 12, but a seat takes fifteen
        "E": (1, 15, 0),
        "F": (0, 1, 1),
        "G": (0, 15, 25),  # ten below the task
    }
