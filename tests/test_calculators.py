"""The shipped calculators on the cases of their sources, each figure worked by hand beside it."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from diagnost.compute.calculation import Calculation, Given, calculate
from diagnost.intake.calculator_inputs import read_input
from tests.shipped import base


def work(name: str, **written: str) -> Calculation:
    """Work a calculator on what is written, the rest being usual."""
    calculator = base().calculators[name]
    edge = base().catalogue.edge
    given: dict[str, Given] = {}
    for wanted in calculator.inputs.values():
        text = written.pop(wanted.id, wanted.default)
        usual = edge(wanted.edge) if wanted.edge else None
        if text:
            given[wanted.id] = Given(wanted, read_input(calculator, wanted, text), text)
        elif usual is not None:
            given[wanted.id] = Given(wanted, usual, str(usual))
    assert not written, "an input that the calculator does not have"
    return calculate(calculator, given, edge)


def found(made: Calculation, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the figures asked for, rounded to the places that are asked for."""
    rounded: dict[str, str] = {}
    for id_, text in wanted.items():
        value = made.results[id_].value
        rounded[id_] = "none" if value is None else str(round(value, places(text)))
    return rounded


def values(made: Calculation, *names: str) -> list[Decimal | None]:
    return [made.value(name) for name in names]


def places(text: str) -> int:
    return len(text.partition(".")[2]) if text != "none" else 0


def told(made: Calculation) -> set[str]:
    return {remark.id for remark in made.remarks}


# --- K1: index = this / last, rounded; target = this × index ---

GROWTH = [
    # 400000 / 378778.56 = 1.0560260; × 1.06 = 424000; × 1.0560260 = 422410.39; less: 1589.61
    (
        "378778.56",
        "400000",
        {
            "exact_index": "1.056026",
            "rate": "0.056026",
            "index": "1.06",
            "target": "424000.00",
            "exact_target": "422410.39",
            "rounding": "1589.61",
        },
    ),
    # 5500 / 5000 = 1.1; 5500 × 1.1 = 6050, not the 6065 that the source prints
    (
        "5000",
        "5500",
        {
            "exact_index": "1.100000",
            "index": "1.10",
            "target": "6050.00",
            "exact_target": "6050.00",
        },
    ),
    # 450 / 500 = 0.9: the level (450) or the fall (405), for the reader to decide
    (
        "500",
        "450",
        {
            "exact_index": "0.900000",
            "index": "0.90",
            "unchanged": "450.00",
            "trend": "405.00",
            "exact_target": "405.00",
            "target": "none",
        },
    ),
]


@pytest.mark.parametrize(("last", "this", "wanted"), GROWTH)
def test_a_target_from_growth(last: str, this: str, wanted: dict[str, str]) -> None:
    assert found(work("target", last=last, this=this), wanted) == wanted


def test_the_mistyped_revenue_of_the_plan_is_refused() -> None:
    made = work("target", last="378778.56", this="4000000")
    assert found(made, {"exact_index": "10.560260"}) == {"exact_index": "10.560260"}
    assert [remark.id for remark in made.refusals] == ["check_units", "tenfold"]


@pytest.mark.parametrize(
    ("last", "this", "refused"),
    [("100", "300", False), ("100", "301", True), ("300", "100", False), ("301", "100", True)],
)
def test_growth_is_believed_up_to_three_times(last: str, this: str, refused: bool) -> None:
    assert bool(work("target", last=last, this=this).refusals) is refused


def test_the_printed_6065_is_explained_where_the_case_is_the_same() -> None:
    assert "printed_product" in told(work("target", last="5000", this="5500"))
    assert "printed_product" not in told(work("target", last="500", this="550"))


def test_rounding_may_lower_the_target_and_vehicles_are_rounded_up() -> None:
    # 1054 / 1000 = 1.054 → 1.05; 1054 × 1.05 = 1106.7 → 1107; exact 1110.916
    made = work("target", last="1000", this="1054", vehicles="yes")
    assert found(made, {"index": "1.05", "target": "1107", "exact_target": "1110.92"}) == {
        "index": "1.05",
        "target": "1107",
        "exact_target": "1110.92",
    }
    assert "rounded_down" in told(made)


# --- K2 ---

YEAR = "0.06, 0.04, 0.08, 0.08, 0.09, 0.08, 0.08, 0.08, 0.10, 0.10, 0.10, 0.11"

SPLITS = [
    ({"target": "1200", "month_weights": YEAR}, "72 48 96 96 108 96 96 96 120 120 120 132"),
    ({"target": "120", "by": "stage"}, "40 40 40"),
    ({"target": "120", "by": "person", "people": "A, B, C, D, E, F"}, "20 20 20 20 20 20"),
    ({"target": "120", "by": "person", "people": "A, B, C, D, E; F=0.5".replace(",", ";")},
     "22 22 22 22 21 11"),
    ({"target": "50", "by": "person", "people": "A, B, C, D"}, "13 13 12 12"),
    ({"target": "50", "by": "stage"}, "17 17 16"),
    ({"target": "424000", "vehicles": "no"}, " ".join(["35333.33"] * 11 + ["35333.37"])),
]  # fmt: skip


@pytest.mark.parametrize(("written", "wanted"), SPLITS)
def test_a_split(written: dict[str, str], wanted: str) -> None:
    made = work("split", **written)
    assert " ".join(str(part.amount.normalize() + 0) for part in made.parts) == wanted
    assert sum(part.amount for part in made.parts) == made.value("left")


def test_a_day_has_the_target_of_the_month_by_its_working_days() -> None:
    # 120 / 26 = 4.615; of a year of twelve months 1200 / (12 × 26) = 3.846
    assert found(work("split", target="120", by="day"), {"daily": "4.62"}) == {"daily": "4.62"}
    assert found(work("split", target="1200", by="month"), {"daily": "3.85"}) == {"daily": "3.85"}
    days = [part.amount for part in work("split", target="120", by="day").parts]
    assert [len(days), sum(days), min(days), max(days)] == [26, 120, 4, 5]


def test_weights_are_normalised_and_the_sum_is_told() -> None:
    made = work("split", target="120", by="person", people="A=2; B=1")
    assert [part.share for part in made.parts] == [Decimal(2) / 3, Decimal(1) / 3]
    assert "people_normalised" in told(made)
    assert "people_normalised" not in told(
        work("split", target="120", by="person", people="A=75%; B=25%")
    )


# --- K3: 3.0 of 6.0 m after seven of twelve months ---


def test_a_pace() -> None:
    wanted = {
        "completion": "0.500",
        "elapsed": "0.583",  # 7 / 12
        "pace": "0.857",  # 0.5 / 0.58333
        "required": "600000",  # 3,000,000 / 5
        "so_far": "428571",  # 3,000,000 / 7
        "faster": "1.40",
    }
    made = work("pace", target="6000000", actual="3000000", gone="7")
    assert found(made, wanted) == wanted
    assert "behind" in told(made)


def test_a_closed_year_at_98_percent_is_basically_in_line() -> None:
    made = work("pace", target="6000000", actual="5880000", gone="12")
    assert found(made, {"completion": "0.98"}) == {"completion": "0.98"}
    assert told(made) >= {"in_line"}
    assert not told(made) & {"missed", "behind"}


def test_a_season_counts_by_its_weights() -> None:
    # 6 + 4 + 8 + 8 = 26 % of the year gone; 300 / 1200 / 0.26 = 0.9615; 900 × 9 / 74 = 109.46
    made = work("pace", target="1200", actual="300", gone="4", weights=YEAR)
    wanted = {"elapsed": "0.26", "pace": "0.962", "next": "109.46"}
    assert found(made, wanted) == wanted


# --- K4: task, actual → excess, rate, eligible, seats, seats by the clause "per 15" alone ---

SEATS = [
    ("400", "500", "100", "0.250", 1, 6, 6),
    ("100", "115", "15", "0.150", 1, 1, 1),
    ("100", "114", "14", "0.140", 0, 0, 0),
    ("80", "92", "12", "0.150", 1, 0, 0),
    ("1000", "1100", "100", "0.100", 0, 0, 6),
    ("200", "230", "30", "0.150", 1, 2, 2),
    ("666", "766", "100", "0.1502", 1, 6, 6),
    ("667", "767", "100", "0.1499", 0, 0, 6),
]


@pytest.mark.parametrize(
    ("task", "actual", "excess", "rate", "eligible", "seats", "lenient"), SEATS
)
def test_seats_of_the_travel_incentive(
    task: str, actual: str, excess: str, rate: str, eligible: int, seats: int, lenient: int
) -> None:
    made = work("incentive", task=task, actual=actual)
    assert found(made, {"excess": excess, "rate": rate}) == {"excess": excess, "rate": rate}
    assert values(made, "eligible", "seats", "lenient") == [eligible, seats, lenient]
    assert ("readings_differ" in told(made)) is (lenient > seats)


def test_the_next_seat() -> None:
    assert work("incentive", task="80", actual="92").value("next_in") == 3  # 15 − 12
    assert work("incentive", task="400", actual="500").value("next_in") == 5  # 15 × 7 − 100
    assert work("incentive", task="1000", actual="1100").value("first_seat") == 150  # 15 % of 1000


def test_without_signature_or_after_the_closing_date_nothing_counts() -> None:
    made = work("incentive", task="400", actual="500", signed="no")
    assert values(made, "seats", "lenient") == [0, 0]
    assert work("incentive", task="400", actual="500", late="30", returned="10").value("seats") == 4
    assert work("incentive", task="400", actual="390").value("seats") == 0


# --- K5: 70 × town + 10 × township, 100 × town + 30 × township ---

EVENTS = [("3", "10", 310, 600), ("1", "4", 110, 220), ("0", "10", 100, 300), ("3", "0", 210, 300)]


@pytest.mark.parametrize(("town", "township", "low", "high"), EVENTS)
def test_what_events_can_sell(town: str, township: str, low: int, high: int) -> None:
    made = work("promotion", town=town, township=township)
    assert values(made, "low", "high") == [low, high]
    standard = (town, township) == ("3", "10")
    assert ("below_standard" in told(made)) is not standard


def test_teams_for_publicity_everywhere_or_before_town_events_only() -> None:
    made = work("promotion")
    wanted = {"team_days": "65", "exact_teams": "2.5", "teams": "3"}  # 13 × (4 + 1) / 26
    assert found(made, wanted) == wanted
    made = work("promotion", publicity_everywhere="no")
    assert values(made, "team_days", "teams") == [25, 1]  # 3 × 5 + 10 × 1


def test_events_that_close_a_gap() -> None:
    made = work("promotion", gap="200")
    assert values(made, "more_town", "more_township") == [3, 20]
    made = work("promotion", target="510")  # 510 − 310
    assert values(made, "short", "more_town") == [200, 3]


# --- K6 – K11 ---

FIGURES = [
    (
        "flow",
        {"start": "4000", "new": "900", "lost": "1050"},
        {"end": "3850", "loss_rate": "0.2625", "inflow_ratio": "0.857", "net": "-150",
         "to_stand_still": "150"},
    ),
    (
        "after-sales",
        {"mech": "1200000", "body": "500000", "paint": "600000", "parts_sales": "3400000",
         "parts_cost": "2550000", "vehicles": "9500"},
        {"labour": "2300000", "mech_share": "0.522", "body_share": "0.217", "paint_share": "0.261",
         "profit": "850000", "margin": "0.250", "output": "5700000", "a_vehicle": "600.00",
         "labour_a_vehicle": "242.11"},
    ),
    (
        "after-sales",  # 3,400,000 / 1.13
        {"mech": "1", "body": "1", "paint": "1", "parts_sales": "3400000", "parts_cost": "2550000",
         "tax": "13%"},
        {"net_sales": "3008849.56", "net_profit": "458849.56", "net_margin": "0.1525"},
    ),
    (
        "follow-up",  # 200 × 6 / 3; 2600 / (5 × 400)
        {"people": "5", "prospects": "2600", "grade_o": "12", "grade_c": "30"},
        {"capacity": "400", "load": "1.30", "priority": "42", "uplift": "3.5",
         "priority_contacts": "126", "minutes": "2.4", "yield": "0.01"},
    ),
    (
        "market",  # (70 − 40) × 1000, (100 − 40) × 1000
        {"population": "1000000", "density": "40"},
        {"room_low": "30000", "room_high": "60000", "ratio_low": "1.75", "ratio_high": "2.50"},
    ),
    ("profit-share", {"profit_share": "50%", "market_share": "20%"}, {"index": "2.5"}),
    ("profit-share", {"profit_share": "6%", "market_share": "12%"}, {"index": "0.50"}),
    ("concession", {"margin": "8%", "cut": "3%"}, {"factor": "1.60"}),
    ("concession", {"margin": "8%", "cut": "2%"}, {"factor": "1.33"}),
    ("concession", {"margin": "8%", "cut": "8%"}, {"factor": "none"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "wanted"), FIGURES)
def test_figures_of_the_other_calculators(
    name: str, written: dict[str, str], wanted: dict[str, str]
) -> None:
    assert found(work(name, **written), wanted) == wanted


EDGES = [
    ("flow", {"start": "100", "new": "5", "lost": "0"}, "no_loss"),
    ("flow", {"start": "0", "new": "5", "lost": "1"}, "new_shop"),
    ("flow", {"start": "10", "new": "5", "lost": "1", "stated": "15"}, "end_differs"),
    ("after-sales", {"mech": "1", "body": "1", "paint": "1", "parts_sales": "1", "parts_cost": "2"},
     "below_cost"),
    ("after-sales", {"mech": "1", "body": "1", "paint": "1", "parts_sales": "2", "parts_cost": "1"},
     "with_or_without_tax"),
    ("follow-up", {"grade_o": "0", "grade_c": "3"}, "no_grade_o"),
    ("market", {"population": "1000", "density": "120"}, "no_room"),
    ("profit-share", {"profit": "-1", "trade_profit": "5", "market_share": "5%"}, "own_loss"),
    ("profit-share", {"profit": "1", "trade_profit": "-5", "market_share": "5%"}, "trade_in_loss"),
    ("profit-share", {"profit_share": "1%", "market_share": "0%"}, "no_market"),
    ("concession", {"margin": "5%", "cut": "5%"}, "never"),
    ("concession", {"margin": "-1%", "cut": "5%"}, "no_margin"),
    ("pace", {"target": "10", "actual": "0", "gone": "0"}, "not_begun"),
    ("pace", {"target": "10", "actual": "12", "gone": "6"}, "reached"),
    ("split", {"target": "2", "by": "person", "people": "A, B, C"}, "some_get_nothing"),
    ("split", {"target": "2", "by": "person"}, "nobody"),
    ("incentive", {"task": "80", "actual": "92"}, "no_seat_yet"),
    ("promotion", {"stock": "599"}, "stock_short"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "remark"), EDGES)
def test_the_edge_of_a_calculation_has_its_sentence(
    name: str, written: dict[str, str], remark: str
) -> None:
    assert remark in told(work(name, **written))


def test_every_calculator_has_its_limits_told_and_every_remark_is_shown_by_an_example() -> None:
    for calculator in base().calculators.values():
        assert any(remark.kind == "limits" for remark in calculator.remarks.values()), calculator.id
        shown = {id_ for example in calculator.examples for id_ in example.tells}
        conditional = {r.id for r in calculator.remarks.values() if r.when is not None}
        assert conditional - shown == set(), calculator.id
