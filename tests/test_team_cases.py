"""Ten sales forces, as the handbook would see them: what is found, what is not, what comes first.

The findings are those of the handbook by name; what else is said (praise, combined sentences of the
summary) is left to the golden copies. An example asserts its findings exactly: none may be missing,
and of the handbook's other findings none may be made.
"""

import subprocess
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from diagnost.intake.read import read_accounts
from diagnost.pipeline import Case, diagnose
from tests.shipped import ROOT, TEAMS, base, case_of

TEAM_NAMES = """
    mass_hiring_backfired staff_flow_unsettling newcomer_overload veterans_leaving
    structure_unbalanced regretted_departures bench_gap tenure_mix_gap hiring_pace_excess
    weak_channels stale_old_team clone_hiring slow_channel_mismatch structure_stable bench_ready
    order_drought morale_loop goals_not_decomposed customer_gap_month_start
    accumulation_not_managed month_end_concentration results_falling target_missed behind_pace
    results_unstable month_start_habit month_end_attention_only target_too_low target_unrealistic
    execution_gap no_shared_goal foundation_missing goal_sum_mismatch top5_dependence
    results_growing slow_collection collection_reluctance needs_discovery_gap customer_churn_high
    small_order_trap limiting_belief segment_ceiling price_losses service_attitude_losses
    curiosity_losses product_mix_narrow trusted_customer_base no_activity_norms onboarding_gap
    tracking_gap activity_below_norm attitude_problem knowledge_problem skill_problem habit_problem
    telephone_bottleneck approach_weak sales_kit_gap training_format_weak bad_call_timing
    hygiene_gap promotion_inequity communication_gap recognition_gap participation_gap
    growth_path_gap opportunity_gap unity_gap cohesion_low passion_low pride_weak learning_weak
    midterm_unsettled staff_unknown pride_strong manager_state_problem hasty_dismissal
    rule_by_person power_style theory_x_style order_reversals
"""
PERSON_NAMES = """
    resignation_signal dismissal_not_ready principle_breach mid_star_poach_risk vet_entrepreneurial
    negative_high_performer attitude_fault vet_declining vet_low_will vet_lone_hunter mid_flat
    mid_unstable mid_stable_average pressure_avoidance long_without_success low_drive
    confidence_low setback_self_blame repeat_fault_unmet_need bottom_ranked dismissal_ready
    unsettled_newcomer stage_excited stage_blind stage_chaotic stage_lost stage_disappointed
    stage_learning stage_growing stage_mature newcomer_watching newcomer_excited_state type_steady
    type_opinionated type_excitable vet_anchor kash_complete goal_over_declared goal_under_declared
"""
OF_THE_TEAM, OF_A_PERSON = frozenset(TEAM_NAMES.split()), frozenset(PERSON_NAMES.split())

FOUND = {
    "crowded-team": """
        mass_hiring_backfired staff_flow_unsettling newcomer_overload structure_unbalanced
        target_missed bench_gap tenure_mix_gap hiring_pace_excess weak_channels""",
    "month-end-sprinters": """
        goals_not_decomposed customer_gap_month_start accumulation_not_managed
        month_end_concentration behind_pace month_start_habit month_end_attention_only
        target_too_low structure_stable""",
    # One answer tells of energy and of pride, so both are missing.
    "orders-dried-up": """
        order_drought morale_loop results_falling target_missed results_unstable stale_old_team
        passion_low pride_weak bench_gap""",
    "unpaid-friends": """
        slow_collection collection_reluctance bad_call_timing target_missed structure_stable""",
    "eighty-small-orders": """
        small_order_trap limiting_belief segment_ceiling target_missed structure_stable""",
    "customers-walk-away": """
        needs_discovery_gap customer_churn_high results_falling target_missed skill_problem
        training_format_weak structure_stable""",
    "stars-and-veterans": "promotion_inequity regretted_departures structure_stable",
    "strict-hand": """
        manager_state_problem hasty_dismissal staff_flow_unsettling results_falling target_missed
        hiring_pace_excess tenure_mix_gap rule_by_person""",
    "new-manager": """
        goals_not_decomposed newcomer_overload no_activity_norms structure_unbalanced
        target_missed bench_gap tenure_mix_gap telephone_bottleneck""",
    "healthy-team": """
        structure_stable bench_ready results_growing trusted_customer_base pride_strong""",
}

PERSONS = {
    "stars-and-veterans": {
        "Fang Zhiyuan": "vet_lone_hunter vet_anchor",
        "Jiang Min": "vet_entrepreneurial vet_anchor",
        "Hou Lijuan": "vet_declining vet_low_will",
        "Qin Yue": "mid_star_poach_risk",
        "Peng Bo": "mid_stable_average",
        "Shi Qian": "mid_unstable",
        "Tao Jing": "mid_flat bottom_ranked",
    },
    "strict-hand": {"P. Kurek": "dismissal_not_ready bottom_ranked"},
    "new-manager": {
        "A. Finch": "stage_excited newcomer_excited_state type_excitable",
        "B. Stroud": "stage_blind type_steady",
        "C. Pym": "stage_chaotic",
        "D. Mercer": "stage_lost",
        "E. Hartnell": "stage_disappointed confidence_low long_without_success",
        "F. Weston": "stage_learning long_without_success",
        "G. Alder": "type_opinionated",
        "E. Tolley": "bottom_ranked",  # somebody is always last
    },
    "healthy-team": {
        "M. Zych": "stage_mature vet_anchor",
        "T. Wrona": "mid_stable_average",
        "B. Kania": "bottom_ranked dismissal_ready",
    },
}

FIRST_THREE = {
    "crowded-team": ("M41.7", "M41.5", "M42.51"),
    "month-end-sprinters": ("M47.30", "M47.31", "M47.33"),
    "orders-dried-up": ("M47.4", "M47.7", "M3.37"),
    "unpaid-friends": ("M47.41", "M47.38", "M42.48"),
    "eighty-small-orders": ("M47.53", "M47.56", "M43.41"),
    "customers-walk-away": ("M43.26", "M47.13", "M43.38"),
    "strict-hand": ("M3.35", "M45.77", "M41.5"),
    "new-manager": ("M47.30", "M42.51", "M42.42"),
}
"""What the team is told first, by what the handbook says; of equal gravity, in any order."""

FIRST_OF_A_PERSON = {
    ("stars-and-veterans", "Fang Zhiyuan"): "M44.54",
    ("stars-and-veterans", "Jiang Min"): "M44.57",
    ("stars-and-veterans", "Hou Lijuan"): "M44.59",
    ("stars-and-veterans", "Qin Yue"): "M44.40",
    ("stars-and-veterans", "Peng Bo"): "M44.42",
    ("stars-and-veterans", "Shi Qian"): "M44.44",
    ("stars-and-veterans", "Tao Jing"): "M44.46",
    ("strict-hand", "P. Kurek"): "M45.77",
    ("new-manager", "A. Finch"): "M44.17",
    ("new-manager", "B. Stroud"): "M44.18",
    ("new-manager", "C. Pym"): "M44.19",
    ("new-manager", "D. Mercer"): "M44.20",
    ("new-manager", "E. Hartnell"): "M45.53",
    ("new-manager", "F. Weston"): "M45.53",
    ("new-manager", "G. Alder"): "M44.34",
    ("healthy-team", "M. Zych"): "M44.24",
    ("healthy-team", "T. Wrona"): "M44.42",
}


def team(name: str) -> Case:
    return case_of(next(example for example in TEAMS if Path(example).stem == name))


def name_of(statement: str) -> str:
    """Return the handbook's name of a finding; stages of growth have a topic of their own."""
    topic, _, last = statement.rpartition(".")
    return f"stage_{last}" if topic == "sales.persons.stages" else last


def found(case: Case, names: frozenset[str]) -> frozenset[str]:
    """Return which of the named findings were made, be they told or given way to others."""
    return names & {name_of(finding.statement.id) for finding in case.diagnosis.findings}


def advised(case: Case) -> list[frozenset[str]]:
    """Return what each recommendation rests on, in the order in which they are told."""
    told = sorted((a for a in case.diagnosis.advice if a.rank), key=lambda a: a.rank)
    return [frozenset(a.recommendation.cites.ids) for a in told]


def person(case: Case, name: str) -> Case:
    return next(c for c in case.subjects if c.subject and c.subject.name == name)


def test_every_example_is_expected_to_show_something() -> None:
    assert {Path(example).stem for example in TEAMS} == set(FOUND)


def test_every_finding_named_here_is_one_of_the_knowledge_base() -> None:
    known = {name_of(statement) for statement in base().statements}
    assert known >= OF_THE_TEAM | OF_A_PERSON


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_of_the_team_and_nothing_else(name: str) -> None:
    assert found(team(name), OF_THE_TEAM) == set(FOUND[name].split())


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_of_single_people_and_nothing_else(name: str) -> None:
    by_name = {c.subject.name: found(c, OF_A_PERSON) for c in team(name).subjects if c.subject}
    wanted = {who: set(names.split()) for who, names in PERSONS.get(name, {}).items()}
    assert {who: names for who, names in by_name.items() if names} == wanted


@pytest.mark.parametrize("name", FIRST_THREE)
def test_the_first_three_recommendations(name: str) -> None:
    first = advised(team(name))[:3]
    wanted = FIRST_THREE[name]
    assert all(any(id_ in cites for cites in first) for id_ in wanted), first
    assert all(cites & set(wanted) for cites in first), first


@pytest.mark.parametrize(("name", "who"), FIRST_OF_A_PERSON)
def test_what_comes_first_for_a_person(name: str, who: str) -> None:
    assert FIRST_OF_A_PERSON[name, who] in advised(person(team(name), who))[0]


def test_criteria_and_talks_come_first_where_good_people_leave() -> None:
    """The third step of that team is one for a single person: the reserve for its young star."""
    first = advised(team("stars-and-veterans"))[:2]
    assert {"M45.14", "M44.5"} == {id_ for id_ in ("M45.14", "M44.5") for c in first if id_ in c}


def test_a_healthy_team_is_told_of_no_crisis() -> None:
    case = team("healthy-team")
    assert all(a.recommendation.urgency != "now" for a in case.diagnosis.advice if a.rank)
    assert not [
        f.statement.id
        for f in case.diagnosis.findings
        if f.statement.polarity.value == "bad" and not f.gave_way_to
    ]
    assert any("M42.10" in cites for cites in advised(case))


def test_nobody_is_let_go_while_the_five_questions_are_open() -> None:
    said = advised(person(team("strict-hand"), "P. Kurek"))
    assert not {"M44.47", "M45.81", "M46.28"} & set().union(*said)
    assert "M45.77" in said[0]


TRAINING = {"M47.12", "M47.13"}


def test_what_permits_a_dismissal_does_not_urge_it() -> None:
    """Training the low scores comes first, and before any parting the law is checked."""
    said = advised(person(team("healthy-team"), "B. Kania"))
    trained, law, parting = (
        next(i for i, cites in enumerate(said) if cites & ids)
        for ids in (TRAINING, {"MA7"}, {"M46.28"})
    )
    assert trained < law < parting


# --- the same team by questionnaire ---------------------------------------------------------------


def test_two_answers_alone_lead_to_the_same_first_steps(tmp_path: Path) -> None:
    """Forty questions, two of them answered badly, the others in the middle or well."""
    low_is_good = {q.id for q in base().catalogue.questions.values() if q.reverse}
    lines = ["as_of: 2026-06-30", "answers:"]
    for question in base().catalogue.questions.values():
        if not question.id.startswith("sales.") or question.order > 400:
            continue
        if question.id in (
            "sales.customers.small_orders",
            "sales.customers.limiting_belief",
        ):
            value = {"small_orders": "5", "limiting_belief": "4"}[question.id.rsplit(".", 1)[1]]
        elif question.words == ("yes", "no"):
            value = "no" if question.id in low_is_good else "yes"
        elif question.id == "sales.rules.dismissal_checks":
            value = "5"
        elif question.scale:
            value = "3"
        else:
            continue
        lines.append(f"  {question.id}: {value}")
    path = tmp_path / "answers.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    case = diagnose(read_accounts(path, base().catalogue), base(), engine="builtin")
    bad = found(case, OF_THE_TEAM) - {"structure_stable", "bench_ready"}
    assert bad == {"small_order_trap", "limiting_belief"}
    assert {"M47.53", "M47.56"} <= set().union(*advised(case)[:2])


# --- three hundred people, two years of days ------------------------------------------------------


def day_book(path: Path, people: int) -> int:
    """Write a sales force with two years of daily activity; return the number of days of work."""
    lines = ["Company,Long Road", "Currency,EUR", "As of,2026-10-30", "", "Sales people"]
    lines.append("Person,Role,Hired on")
    lines += [f"P{i:03},{'rep' if i else 'manager'},2022-0{i % 9 + 1}-01" for i in range(people)]
    lines += ["", "Daily activity", "Person,Day,Calls,Visits,Look-ups"]
    before = len(lines)
    days = (date(2024, 10, 31) + timedelta(n) for n in range(730))
    for k, day in enumerate(day for day in days if day.weekday() < 5):
        lines += [
            f"P{i:03},{day},{20 + (i * 7 + k) % 20},{(i + k) % 4},{10 + (i * 3 + k) % 15}"
            for i in range(1, people)
        ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return len(lines) - before


def cost_of(command: Iterable[str]) -> tuple[float, float]:
    """Return the seconds of computing and the peak of memory, in bytes, of a command."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, "
        "stdout=subprocess.DEVNULL); u = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(u.ru_utime, u.ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="peaks of memory are told in other units")
def test_many_people_and_days_cost_in_proportion(tmp_path: Path) -> None:
    """Ten times the people: no more than ten times the work, give or take, and bounded memory."""
    rows, cost = {}, {}
    for people in (30, 300):
        path = tmp_path / f"team-{people}.csv"
        rows[people] = day_book(path, people)
        command = [sys.executable, "-m", "diagnost", "diagnose", str(path), "--format", "md"]
        cost[people] = cost_of(command)
    assert rows[300] > 150_000
    assert cost[300][0] < 20 * cost[30][0]  # work that grew with the square would take a hundred
    assert cost[300][1] < 5_000 * rows[300]  # bytes a row, the program itself included
