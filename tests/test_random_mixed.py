"""Random companies with accounts, a sales force and shops: the plan never contradicts itself.

Accounts are those of the random companies; answers and records of the other sides are drawn beside
them. A plan must not advise two things that exclude each other, nor the same thing twice.
"""

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from diagnost.intake.read import read_accounts
from diagnost.knowledge.base import content_root
from diagnost.model.context import Question
from diagnost.model.indicator import Polarity
from diagnost.pipeline import diagnose
from diagnost.report.document import AdviceRow
from diagnost.report.persons import write_with_persons
from tests.shipped import base
from tests.test_random_companies import company

SEEDS = range(200)
LAST_DAY = (12, 15)

FINANCE, SALES, RETAIL = (
    rf"{side}\.\w+\.recommendations\." for side in ("finance", "sales", "retail")
)
STOCK = FINANCE + r"cut_stock\w*"
COLLECT = FINANCE + r"collect_\w+"
SPENDING = RETAIL + r"(regional_outlets_trial|zero_profit_promotion)"
EXCLUDE = (
    # one does what the other forbids
    (SALES + "order_floor_trial", FINANCE + "test_lower_margin"),
    (FINANCE + "raise_margin", FINANCE + "test_lower_margin"),
    (RETAIL + "price_float_for_bulk", FINANCE + "take_back_price_cuts"),
    (FINANCE + "lengthen_payment", FINANCE + "(do_not_lengthen_payment|pay_early_for_discount)"),
    (SPENDING, FINANCE + "(plan_payments|use_no_idle_cash|hold_investment)"),
    (SPENDING, FINANCE + "(take_no_new_debt|renegotiate_loans)"),
    (
        r"sales\.bridges\.\w+\.conditions_out_of_idle_cash",
        FINANCE + "(use_no_idle_cash|plan_payments)",
    ),
    (RETAIL + "stretch_goal", RETAIL + "target_scenarios"),
    # both say the same
    (STOCK, RETAIL + r"clear_slow_stock\w*"),
    (COLLECT, SALES + "(collect_first|collection_visits)"),
    (COLLECT, RETAIL + "collect_receivables"),
    (SALES + "collect_first", RETAIL + "collect_receivables"),
    (r"sales\.bridges\.\w+\.collect_with_the_reps", RETAIL + "collect_receivables"),
    (SALES + "split_goals", RETAIL + "cascade_targets"),
    (r"sales\.stability\.recommendations\.\w+", RETAIL + "stable_team"),
    (SALES + "raise_the_target", RETAIL + "stretch_goal"),
    (RETAIL + "cost_points_budget_quota", FINANCE + r"review_costs\w*"),
    (RETAIL + "cost_points_budget_quota", RETAIL + "lean_production"),
    (RETAIL + "cascade_targets", RETAIL + "cascade_targets_to_orders"),
    (SALES + "split_goals", RETAIL + "cascade_targets_to_orders"),
)
"""Recommendations of which a plan may hold one only."""


# --- companies ----------------------------------------------------------------------------------


def mixed(seed: int) -> dict[str, Any]:
    """Draw a company with what is known of its people and shops; the same for the same seed."""
    r = random.Random(f"mixed {seed}")
    file: dict[str, Any] = company(seed)
    year = int(file["periods"][-1])
    day = date(year, *LAST_DAY)
    file["as_of"] = day
    file["answers"] = answers(r)
    staff = people(r, day)
    file["records"] = {"reps": staff, "results": results(r, day)}
    if r.random() < 0.7:
        file["records"]["orders"] = orders(r, day, [row["rep"] for row in staff])
    if r.random() < 0.6:
        file["records"]["stock"] = [
            {"model": f"M{n}", "units": r.randint(5, 400), "age_days": r.randint(5, 300)}
            for n in range(r.randint(1, 6))
        ]
    return file


def answers(r: random.Random) -> dict[str, Any]:
    asked = [q for q in base().catalogue.questions.values() if q.purpose and answerable(q)]
    known = r.sample(asked, int(len(asked) * r.choice([0.2, 0.5, 0.9])))
    low = r.random()  # some houses are badly led all over
    found: dict[str, Any] = {q.id: answer(q, r, low) for q in known}
    found["retail.house.product_line"] = r.choice(["car", "motorcycle", "ebike", "mixed"])
    found["retail.house.business_tier"] = r.choice(["maker", "primary", "secondary", "shop"])
    return found


def answerable(question: Question) -> bool:
    return question.scale is not None or bool(question.words)


def answer(question: Question, r: random.Random, low: float) -> Any:
    if question.scale is None:
        return r.choice(question.words)
    least, most = int(question.scale.least), int(question.scale.most)
    middle = least + (most - least) * low
    return max(least, min(most, round(r.gauss(middle, 1))))


def people(r: random.Random, day: date) -> list[dict[str, Any]]:
    roles = ["manager", "reserve", "consultant_top", "rep_top", "rep", "rep", "rep", "new"]
    staff = []
    for n in range(r.randint(3, 16)):
        role = "manager" if n == 0 else r.choice(roles[1:])
        hired = day - timedelta(r.randint(20, 60) if role == "new" else r.randint(200, 2500))
        row: dict[str, Any] = {"rep": f"Person {n}", "role": role, "hired_on": hired}
        if n and r.random() < 0.2:
            row["left_on"] = day - timedelta(r.randint(1, 150))
            if row["left_on"] <= hired:
                del row["left_on"]
        staff.append(row)
    return staff


def results(r: random.Random, day: date) -> list[dict[str, Any]]:
    level, drift = r.uniform(50_000, 900_000), r.uniform(0.9, 1.06)
    rows = []
    for month in range(6, 12):
        level *= drift
        target = round(level * r.uniform(0.9, 1.3))
        rows.append({"month": f"{day.year}-{month:02}", "target": target, "receipts": round(level)})
    return rows


def orders(r: random.Random, day: date, names: list[str]) -> list[dict[str, Any]]:
    late, slow = r.random() < 0.5, r.choice([5, 20, 45])
    rows = []
    for _ in range(r.randint(15, 60)):
        signed = day - timedelta(r.randint(1, 170))
        row: dict[str, Any] = {"signed_on": signed, "rep": r.choice(names)}
        row["amount"] = r.choice([1, 4, 10]) * r.randint(800, 20_000)
        cash = signed + timedelta(r.randint(1, 2 * slow))
        if late:
            cash = cash.replace(day=r.randint(21, 28))
        if signed <= cash < day and r.random() < 0.85:
            row |= {"cash_on": cash, "cash_amount": row["amount"]}
        rows.append(row)
    return rows


# --- checks -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mixed")


class Told(NamedTuple):
    """What the checks look at: cases themselves would not all find room."""

    sides: frozenset[str]
    whole: list[Polarity]  # the judgement of the company as a whole
    steps: list[str]  # the plan, in order of rank
    urgent: list[int]  # ranks of steps on money that bear no delay
    rows: tuple[AdviceRow, ...]


@cache
def told(seed: int, folder: Path) -> Told:
    path = folder / f"mixed-{seed}.yaml"
    path.write_text(yaml.safe_dump(mixed(seed), sort_keys=False), encoding="utf-8")
    case = diagnose(read_accounts(path, base().catalogue), base(), engine="builtin")
    last = case.accounts.periods[-1].id
    advice = [a for a in case.diagnosis.advice if a.period == last and a.rank]
    money = [a for a in advice if any(entry.startswith("finance.") for entry in a.because)]
    verdicts = case.diagnosis.verdicts
    return Told(
        sides=case.sides,
        whole=[v.word.polarity for v in verdicts if (v.area, v.period) == ("overall", last)],
        steps=[a.recommendation.id for a in sorted(advice, key=lambda a: a.rank)],
        urgent=[a.rank for a in money if a.recommendation.urgency == "now"],
        rows=write_with_persons(case, "en", last, content_root()).advice,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_does_not_contradict_itself(seed: int, folder: Path) -> None:
    steps, rows = told(seed, folder).steps, told(seed, folder).rows
    faults = []
    for one, other in EXCLUDE:
        left = [step for step in steps if re.fullmatch(one, step)]
        right = [step for step in steps if re.fullmatch(other, step)]
        if left and right:
            faults.append(f"{left} beside {right}")
    assert faults == []
    assert len(rows) <= 10
    texts = [row.what.text for row in rows]
    assert len(texts) == len(set(texts))
    assert all(row.owner and row.first for row in rows), texts


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_a_company_in_danger_begins_with_its_money(seed: int, folder: Path) -> None:
    found = told(seed, folder)
    if found.whole == [Polarity.BAD]:
        assert not found.urgent or min(found.urgent) <= 5


def test_the_companies_have_all_sides(folder: Path) -> None:
    sides = [told(seed, folder).sides for seed in SEEDS[::20]]
    assert all({"sales", "retail"} <= found for found in sides)
    assert any("finance" in found for found in sides)
    assert Decimal(sum("finance" in found for found in sides)) / len(sides) > Decimal("0.8")
