"""Ten dealers, distributors and makers: what is found, what comes first, what is not advised.

Findings bear the names of the handbook. An example asserts its findings exactly: none may be
missing, and of the handbook's other findings none may be made; praise and combined sentences are
left to the golden copies. What the accounts tell beside them is asserted by the words of their
figures.
"""

from pathlib import Path

import pytest

from diagnost.pipeline import Case
from tests.shipped import SHOPS, base, case_of, document

NAMES = """
    aftersales_on_track aftersales_target_missed appearance_judged_by_opinion
    appointments_broken_found attitude_limits_result behind_pace below_same_brand_best
    blind_launch brand_at_risk brand_blaming bulk_buyers_price_sensitive channel_gaps
    config_check_missing consultants_uncertified core_segment_intact cost_control_gaps
    cost_edge_gone customer_base_shrinking customer_communication_weak customer_records_thin
    customer_trust_earned dealer_competition_easing dealer_morale_low demand_moving_rural
    demanding_environment dependent_on_given_leads development_cycle_long
    development_uncontrolled discretionary_overspent diversification_risky
    ebike_line_unprofitable ebike_locally_advantaged equipment_neglected event_fatigue
    event_preparation_weak event_yield_high event_yield_low execution_base_weak
    experienced_staff_leaving export_interest fairs_missed field_integrity_risk
    field_work_drifting followup_below_standard followup_overload front_desk_expertise_low
    growth_below_market hasty_closing hasty_work_style homogeneous_price_war imitation_risk
    industry_slump inspection_risk key_posts_vacant_found large_project_gap late_entry_no_edge
    local_competition_rising low_grades_neglected low_price_unsustainable loyal_customers_lost
    macro_headwind maker_support_low manager_stuck_in_sales_role market_balanced
    market_knowledge_shallow market_pressure_external market_room_large
    marketing_undifferentiated months_without_orders_found negotiation_skill_gap
    new_business_thin newcomers_untrained no_goals_or_plans no_market_feedback
    no_plans_or_reviews no_promo_fleet no_promo_team no_self_set_goal
    old_customer_data_neglected old_customers_neglected orders_misconfigured_found
    over_trust_in_customers oversupply parts_margin_low plan_incomplete plan_missed
    plan_on_track plans_detached_from_reality positioning_missing premises_cost_controlled
    premises_cost_over_budget premium_demand_rising price_at_market
    price_secondary_for_small_buyers process_standards_not_kept product_ageing
    product_knowledge_not_superior product_knowledge_weak promo_team_coverage_low
    promotion_without_product prospecting_below_standard quality_assessment_not_separate
    receivables_lock_in recruiting_not_systematic reference_cases_available regional_barrier
    rural_growth sales_falling sales_flat sales_growing satisfaction_strength
    season_stock_not_ready sector_downturn_felt service_barrier_advantage
    service_builds_reputation service_not_bundled service_not_customer_sided
    service_price_deters skill_gap_causes_loss slow_answers slow_problem_resolution
    slow_stock_undecided staff_not_aligned staff_responsibility_uneven
    substitution_not_the_cause supplier_quality_open target_trend_unsafe targets_not_decomposed
    team_unstable technology_premium test_drive_rules_missing test_drive_unsafe thin_profit
    too_few_events volume_without_profit work_disordered
"""
HANDBOOK = frozenset(NAMES.split())

FOUND = {
    "faster-market": """
        local_competition_rising growth_below_market
        customer_trust_earned plan_on_track satisfaction_strength sales_growing""",
    "dear-workshop": """
        process_standards_not_kept front_desk_expertise_low hasty_work_style
        aftersales_target_missed key_posts_vacant_found service_not_customer_sided
        loyal_customers_lost customer_base_shrinking service_price_deters
        premises_cost_controlled""",
    "costly-slips": """
        market_knowledge_shallow product_knowledge_weak hasty_closing followup_below_standard
        low_grades_neglected slow_answers newcomers_untrained consultants_uncertified
        orders_misconfigured_found config_check_missing test_drive_unsafe
        test_drive_rules_missing skill_gap_causes_loss prospecting_below_standard plan_missed""",
    "key-accounts-adrift": """
        customer_communication_weak no_plans_or_reviews large_project_gap slow_problem_resolution
        over_trust_in_customers manager_stuck_in_sales_role slow_answers no_goals_or_plans
        work_disordered new_business_thin staff_responsibility_uneven bulk_buyers_price_sensitive
        late_entry_no_edge macro_headwind field_work_drifting appointments_broken_found
        months_without_orders_found execution_base_weak targets_not_decomposed
        target_trend_unsafe sales_flat plan_missed price_at_market""",
    "stuck-debts": """
        macro_headwind thin_profit market_pressure_external sector_downturn_felt
        receivables_lock_in maker_support_low demand_moving_rural dealer_morale_low
        ebike_locally_advantaged ebike_line_unprofitable brand_blaming attitude_limits_result
        below_same_brand_best positioning_missing sales_falling growth_below_market
        core_segment_intact substitution_not_the_cause dealer_competition_easing
        service_barrier_advantage""",
    "thin-promotion": """
        slow_stock_undecided oversupply rural_growth industry_slump no_promo_fleet fairs_missed
        event_yield_low too_few_events event_preparation_weak channel_gaps
        recruiting_not_systematic sales_flat growth_below_market no_promo_team""",
    "forgotten-customers": """
        old_customers_neglected old_customer_data_neglected thin_profit discretionary_overspent
        sales_growing""",
    "slow-maker": """
        macro_headwind targets_not_decomposed thin_profit market_pressure_external
        target_trend_unsafe marketing_undifferentiated no_market_feedback
        development_uncontrolled development_cycle_long supplier_quality_open cost_control_gaps
        brand_at_risk product_ageing homogeneous_price_war volume_without_profit oversupply
        price_at_market market_room_large sales_growing""",
    "travel-agreement": "plan_on_track sales_growing",
    "caught-by-season": """
        market_knowledge_shallow product_knowledge_weak execution_base_weak
        season_stock_not_ready slow_stock_undecided plans_detached_from_reality
        experienced_staff_leaving newcomers_untrained team_unstable thin_profit
        discretionary_overspent sales_falling plan_missed""",
}

OF_THE_ACCOUNTS = {
    "key-accounts-adrift": {"liquidity.current_ratio": "safe"},
    "stuck-debts": {
        "liquidity.current_ratio": "low",
        "profitability.asset_turnover.trend": "falling",
        "activity.receivables_cycle": "excessive",
        "profitability.return_on_sales": "very_low",
    },
    "thin-promotion": {"activity.inventory_cycle": "excessive", "liquidity.current_ratio": "safe"},
    "forgotten-customers": {"profitability.cost_level": "high"},
    "slow-maker": {"profitability.cost_level": "high", "liquidity.current_ratio": "safe"},
    "caught-by-season": {
        "activity.inventory_cycle": "excessive",
        "profitability.cost_level": "high",
        "liquidity.current_ratio": "low",
        "profitability.asset_turnover.trend": "falling",
        "debt.total_debt_ratio": "elevated",
    },
}

FIRST_THREE = {
    "faster-market": ("D1.14", "E5.17", "D6.18"),
    "dear-workshop": ("D6.20", "D6.18", "D6.11"),  # what drives customers away, then those lost
    "costly-slips": ("RA2", "RA3", "D5.1"),
    "key-accounts-adrift": ("D2.37", "RA1", "D2.31"),
    "stuck-debts": ("RA6", "E3.22", "E6.12"),
    "thin-promotion": ("RA5", "E6.15", "E6.12"),  # better events, then more of them
    "forgotten-customers": ("D6.22", "E6.21", "D3.14"),  # money runs out before customers do
    "slow-maker": ("E4.14", "E1.39", "RA7"),
    "travel-agreement": ("E2.10", "E6.13", "D2.38"),  # the seats are what was asked
    "caught-by-season": ("RA5", "D6.22", "D2.30"),  # the season's calendar is fourth
}
"""What is told first, second and third of the trade, by what the handbook says."""

NOT_SAID = {
    "faster-market": ("D1.19",),  # experience drives: the plan is met
    "dear-workshop": ("D6.22",),  # saving: nothing is known of profit
    "costly-slips": ("D5.15",),  # more calls before skill would mean more wrong quotations
    "key-accounts-adrift": ("E1.20",),
    "stuck-debts": ("E1.20", "E6.28", "E3.16"),  # neither credit nor an appeal
    "thin-promotion": ("E6.28", "E1.20"),  # the promise waits for a team
    "forgotten-customers": ("E6.12", "E6.24", "E1.20"),  # no more events, no zero profit
    "slow-maker": ("E1.20",),
    "travel-agreement": ("E1.20", "D2.37", "D6.22"),
    "caught-by-season": ("E1.20", "E1.21", "D2.35", "E6.28"),  # nothing on credit
}
"""What is not advised, by what the handbook says."""


def shop(name: str) -> Case:
    return case_of(next(example for example in SHOPS if Path(example).stem == name))


def found(case: Case) -> set[str]:
    """Return the handbook's findings that were made, be they told or given way to others."""
    made = (finding.statement.id for finding in case.diagnosis.findings)
    return {s.rpartition(".")[2] for s in made if s.startswith("retail.")} & HANDBOOK


def advised(case: Case, side: str = "") -> list[frozenset[str]]:
    """Return what each recommendation (of a side) rests on, in the order in which they are told."""
    told = sorted((a for a in case.diagnosis.advice if a.rank), key=lambda a: a.rank)
    steps = [a.recommendation for a in told]
    return [frozenset(step.cites.ids) for step in steps if step.id.startswith(side)]


def test_every_example_is_expected_to_show_something() -> None:
    assert {Path(example).stem for example in SHOPS} == set(FOUND) == set(FIRST_THREE)


def test_every_finding_named_here_is_one_of_the_knowledge_base() -> None:
    assert {statement.rpartition(".")[2] for statement in base().statements} >= HANDBOOK


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_and_nothing_else(name: str) -> None:
    assert found(shop(name)) == set(FOUND[name].split())


@pytest.mark.parametrize("name", OF_THE_ACCOUNTS)
def test_what_the_accounts_tell_beside_it(name: str) -> None:
    case, wanted = shop(name), OF_THE_ACCOUNTS[name]
    known = case.runs[case.accounts.periods[-1].id].base.facts
    assert {key: known[f"finance.{key}"].word for key in wanted} == wanted


@pytest.mark.parametrize("name", FIRST_THREE)
def test_the_first_three_recommendations(name: str) -> None:
    first = advised(shop(name), "retail.")[:3]
    assert [wanted in cites for wanted, cites in zip(FIRST_THREE[name], first, strict=True)] == [
        True
    ] * 3, first


@pytest.mark.parametrize("name", NOT_SAID)
def test_what_is_not_advised(name: str) -> None:
    assert not set(NOT_SAID[name]) & set().union(*advised(shop(name)))


OF_THE_DISTRIBUTORS: dict[
    str, tuple[str, object]
] = {  # what is found, and the seats by the clause on groups of vehicles alone
    "Somchai": ("seats_earned", 6),
    "Wiang": ("two_readings", 6),
    "Malee": ("excess_fills_no_seat", 0),
    "Prasit": ("agreement_not_signed", 2),
    "Kanya": ("seats_earned", 1),
}


def test_seats_are_settled_distributor_by_distributor() -> None:
    case = shop("travel-agreement")
    settled: dict[str, tuple[str, object]] = {}
    for each in case.subjects:
        (finding,) = each.diagnosis.findings
        seats = each.readings["retail.channel.incentive.seats_full", finding.period].value
        assert each.subject is not None
        settled[each.subject.name] = (finding.statement.id.rpartition(".")[2], seats)
    assert settled == OF_THE_DISTRIBUTORS


def test_the_maker_is_shown_one_road() -> None:
    """Of cost and of sport and leisure only one is advised, by how far the product stands apart."""
    assert "E3.30" in set().union(*advised(shop("slow-maker")))
    assert "E3.31" not in set().union(*advised(shop("slow-maker")))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("thin-promotion", "E6.12", "E6.24"),  # dealers are recruited once an event has gone well
        ("key-accounts-adrift", "RA1", "D2.35"),  # outlets are tried once visits are secured
        ("costly-slips", "RA2", "D1.20"),
    ],
)
def test_what_has_to_come_first(name: str, before: str, after: str) -> None:
    steps = advised(shop(name))
    first, then = (next(i for i, c in enumerate(steps) if cited in c) for cited in (before, after))
    assert first < then


def test_what_was_seen_in_another_trade_is_marked_so() -> None:
    assert "another trade" in document("retail/caught-by-season.yaml", "en", "md")
    assert "another trade" in document("retail/forgotten-customers.yaml", "en", "md")
