"""What a company is compared with, and where it stands beside it."""

import statistics
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnost.compute.benchmarks import compute_benchmarks, quantile
from diagnost.compute.facts import compute_facts
from diagnost.compute.readings import compute_readings
from diagnost.knowledge.base import load_with_problems
from diagnost.model.accounts import Accounts, Company, GivenReading, Period
from diagnost.model.benchmark import PeerFigure, Spread, Yardstick
from diagnost.model.formula_reading import FormulaError, parse
from diagnost.model.formula_tree import Missing, Name
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At

AT = At("peers.csv", 1, 1)
ROS = "finance.profitability.return_on_sales"
CRN = "finance.activity.receivables_cycle"


@cache
def base() -> KnowledgeBase:
    return load_with_problems()[0]


def figure(group: str, firm: str, value: str, period: str = "", indicator: str = ROS) -> PeerFigure:
    return PeerFigure(group, firm, indicator, Decimal(value), AT, period=period)


def accounts(*peers: PeerFigure, **given_: str) -> Accounts:
    ids = {"ros": ROS, "crn": CRN}
    return Accounts(
        file="a.yaml",
        company=Company(),
        currency="",
        unit=1,
        periods=(Period(id="2022", at=AT), Period(id="2023", at=AT)),
        amounts={},
        given={
            (ids[name], "2023"): GivenReading(ids[name], "2023", Decimal(value), AT)
            for name, value in given_.items()
        },
        context={},
        peers=peers,
    )


def facts(company: Accounts, *keys: str) -> dict[str, str]:
    readings = compute_readings(company, base().catalogue)
    found = compute_facts(company, base(), readings, "2023", keys=keys)
    return {key: fact.word for key, fact in found.facts.items()} | {
        key: f"? {', '.join(needs)}" for key, needs in found.unknown.items()
    }


# --- quartiles ------------------------------------------------------------------------------------


@given(st.lists(st.decimals(-1000, 1000, places=3), min_size=2, max_size=40))
def test_quartiles_are_those_of_the_inclusive_method(values: list[Decimal]) -> None:
    expected = statistics.quantiles(values, n=4, method="inclusive")
    assert [quantile(values, part, 4) for part in (1, 2, 3)] == expected


def test_quartiles_of_five_firms_worked_by_hand() -> None:
    # Sorted 1 2 4 8 16: the ends are cut points, so the quartiles are the 2nd, 3rd and 4th.
    values = [Decimal(v) for v in (8, 1, 16, 2, 4)]
    assert [quantile(values, part, 4) for part in (1, 2, 3)] == [2, 4, 8]
    # Sorted 1 2 4 8: 1 + 3/4, 2 + 2/2, 4 + 4/4.
    values = [Decimal(v) for v in (8, 1, 2, 4)]
    assert [quantile(values, part, 4) for part in (1, 2, 3)] == [Decimal("1.75"), 3, 5]


@pytest.mark.parametrize(
    ("value", "quarter"),
    [
        ("1.9", "lowest"),
        ("2", "lower"),
        ("3.9", "lower"),
        ("4", "upper"),
        ("8", "upper"),
        ("8.1", "highest"),
    ],
)
def test_an_edge_belongs_to_the_quarter_next_the_middle(value: str, quarter: str) -> None:
    spread = Spread(ROS, "2023", (), Decimal(2), Decimal(4), Decimal(8))
    assert spread.quarter(Decimal(value)) == quarter


def test_three_firms_give_a_median_and_no_quarter() -> None:
    peers = [figure("competitors", firm, value) for firm, value in (("A", "1"), ("B", "5"))]
    table = compute_benchmarks(accounts(*peers), base().catalogue)
    spread = table.spreads[ROS, "2023"]
    assert (spread.lower, spread.median, spread.upper) == (None, Decimal(3), None)
    assert spread.quarter(Decimal(0)) is None
    assert facts(accounts(*peers, ros="2"), f"{ROS}.quartile") == {
        f"{ROS}.quartile": "? others:ROS@quartile"
    }


# --- nearness and rank ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "other", "word"),
    [
        ("0.044", "0.04", "near"),
        ("0.0441", "0.04", "above"),
        ("0.036", "0.04", "near"),
        ("0.0359", "0.04", "below"),
        ("0.013", "0.01", "near"),  # within the floor of 0.3 points
        ("0.0131", "0.01", "above"),
        ("-0.02", "-0.02", "near"),
        ("-0.03", "-0.02", "below"),
        ("0.003", "0", "near"),
    ],
)
def test_near_is_a_tenth_or_the_floor(value: str, other: str, word: str) -> None:
    yardstick = base().catalogue.yardsticks[ROS]
    assert yardstick.against(Decimal(value), Decimal(other)) == word


def test_of_costs_only_a_point_counts_as_near() -> None:
    yardstick = base().catalogue.yardsticks["finance.profitability.cost_level"]
    assert yardstick.against(Decimal("0.95"), Decimal("0.94")) == "near"
    assert yardstick.against(Decimal("0.951"), Decimal("0.94")) == "above"


@pytest.mark.parametrize(("better", "rank"), [("above", 3), ("below", 2), ("neither", 3)])
def test_place_one_is_the_most_favourable(better: str, rank: int) -> None:
    yardstick = Yardstick(ROS, better, Decimal(0), Decimal(0), assumed=True)
    assert yardstick.rank(Decimal(2), tuple(map(Decimal, (1, 2, 3, 4)))) == rank


# --- groups and periods ---------------------------------------------------------------------------


def test_the_direct_competitor_counts_among_the_competitors() -> None:
    peers = (
        figure("competitors", "A", "2"),
        figure("direct_competitor", "B", "4"),
        figure("similar_firms", "C", "9"),
        figure("sector", "", "7"),
    )
    table = compute_benchmarks(accounts(*peers), base().catalogue)
    found = {
        group: (int(b.value), b.kind) for (_, group, p), b in table.groups.items() if p == "2023"
    }
    assert found == {
        "sector": (7, "stated"),
        "competitors": (3, "median"),
        "direct_competitor": (4, "firm"),
        "similar_firms": (9, "firm"),
    }
    # The average of the sector is no firm.
    assert [int(v) for v in table.spreads[ROS, "2023"].values] == [2, 4, 9]


def test_a_figure_of_a_year_holds_for_that_year_alone() -> None:
    peers = (figure("sector", "", "1"), figure("sector", "", "2", "2023"))
    table = compute_benchmarks(accounts(*peers), base().catalogue)
    assert table.groups[ROS, "sector", "2022"].value == 1
    assert table.groups[ROS, "sector", "2023"].value == 2
    dated = accounts(figure("sector", "", "2", "2022"), ros="2")
    assert facts(dated, f"{ROS}.against_sector") == {f"{ROS}.against_sector": "? others:ROS@sector"}


def test_facts_say_where_the_company_stands() -> None:
    peers = [figure("competitors", f"F{n}", str(n)) for n in range(1, 6)]
    company = accounts(*peers, figure("sector", "", "4"), ros="1.5")
    assert facts(
        company, f"{ROS}.against_sector", f"{ROS}.against_competitors", f"{ROS}.quartile"
    ) == {
        f"{ROS}.against_sector": "below",
        f"{ROS}.against_competitors": "below",
        f"{ROS}.quartile": "lowest",
    }


def test_without_a_reading_of_its_own_the_company_is_not_compared() -> None:
    found = facts(accounts(figure("sector", "", "4")), f"{ROS}.against_sector")
    assert found == {f"{ROS}.against_sector": "? net_profit, revenue"}


# --- formulas -------------------------------------------------------------------------------------


def test_a_formula_takes_the_figure_of_the_sector() -> None:
    assert parse("sector(CRN)").names == (Name("CRN@sector"),)
    assert parse("others(CRN, competitors)").names[0].elsewhere == ("CRN", "competitors")
    assert parse("CRN").names[0].elsewhere is None
    for wrong in ("sector(CRN, x)", "sector(1)", "others(CRN)"):
        with pytest.raises(FormulaError, match="sector"):
            parse(wrong)


def test_the_goal_of_collection_is_the_sectors_term_where_it_is_known() -> None:
    goal = "finance.activity.recommendations.collection_goal"
    known = accounts(figure("sector", "", "60", indicator=CRN))
    reading = compute_readings(known, base().catalogue)[goal, "2023"]
    assert reading.value == 60
    assert reading.places == (AT,)
    unknown = compute_readings(accounts(), base().catalogue)[goal, "2023"]
    assert unknown.value == 120
    assert parse("sector(CRN)").evaluate(lambda *_: Missing("missing")) == Missing("missing")
