"""The file of the plan of steps: owners, starts, length."""

from datetime import date
from pathlib import Path

import pytest

from diagnost.knowledge.base import load, load_with_problems
from diagnost.model.action_plan import PlanRules
from diagnost.model.horizon import Horizon
from diagnost.model.located import Problem
from tests.unit.conftest import Edit

PLAN = """
lines: 7
starts: {this_quarter: 1 month}
owners:
  - id: finance
    name: {en: finance director, pl: dyrektor finansowy, zh: 财务负责人}
  - id: sales
    name: {en: sales manager, pl: kierownik sprzedaży, zh: 销售经理}
"""
ADVICE = """recommendations:
  - id: raise
    when: {finance.liquidity.ratio: low}
    urgency: now
    text: {en: Raise it., pl: Podnieść., zh: 提高。}
    brief: {en: raise it, pl: podnieść, zh: 提高}
    answers: [finance.liquidity.ratio.low]
    cites: [F5.2]
statements:"""


@pytest.fixture
def plan(root: Path, edit: Edit) -> Path:
    (root / "rules/action_plan.yaml").write_text(PLAN, encoding="utf-8")
    edit("name: {en: Liq", "owner: finance\n    name: {en: Liq", "rules/areas.yaml")
    edit("statements:", ADVICE)
    return root


def problem(root: Path) -> Problem:
    (found,) = load_with_problems(root)[1]
    return found


def owner(root: Path) -> str | None:
    base = load(root)
    found = base.owner_of(base.recommendations["finance.liquidity.ratio.raise"])
    return found.name.in_language("en") if found else None


def test_a_step_is_the_task_of_its_area_s_owner_unless_it_names_another(
    plan: Path, edit: Edit
) -> None:
    assert load(plan).action_plan.lines == 7
    assert owner(plan) == "finance director"
    edit("    urgency: now", "    urgency: now\n    owner: sales")
    assert owner(plan) == "sales manager"


def test_without_a_file_nobody_owns_a_step(root: Path, edit: Edit) -> None:
    edit("statements:", ADVICE)
    assert owner(root) is None
    assert load(root).action_plan == PlanRules()


def test_an_unknown_owner_of_a_step_is_told_with_the_nearest(plan: Path, edit: Edit) -> None:
    edit("    urgency: now", "    urgency: now\n    owner: sale")
    found = problem(plan)
    assert str(found.at) == "knowledge/finance/liquidity/ratio.yaml:22:12"
    assert (found.code, found.message) == ("K206", "no owner is called 'sale'")
    assert "Did you mean sales" in found.hint


def test_an_unknown_owner_of_an_area_is_told_with_the_list(plan: Path, edit: Edit) -> None:
    edit("owner: finance", "owner: xyz", "rules/areas.yaml")
    found = problem(plan)
    assert found.message == "no owner is called 'xyz'"
    assert found.hint == "rules/action_plan.yaml lists the owners."


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("lines: 7", "lines: 0", "K109"),
        ("lines: 7", "lines: many", "K109"),
        ("this_quarter: 1 month", "this_quarter: later", "K113"),
        ("this_quarter: 1 month", "this_month: 1 month", "K105"),
        ("id: sales", "id: finance", "K207"),
    ],
)
def test_faults_of_the_file(plan: Path, edit: Edit, old: str, new: str, code: str) -> None:
    edit(old, new, "rules/action_plan.yaml")
    assert problem(plan).code == code


@pytest.mark.parametrize(
    ("urgency", "day", "start"),
    [
        ("now", date(2026, 10, 28), date(2026, 11, 2)),
        ("now", date(2026, 11, 2), date(2026, 11, 9)),  # a Monday
        ("now", date(2026, 11, 1), date(2026, 11, 2)),
        ("this_quarter", date(2026, 10, 28), date(2026, 11, 30)),
    ],
)
def test_a_first_step_is_due_on_the_monday_after(urgency: str, day: date, start: date) -> None:
    rules = PlanRules(starts={"this_quarter": Horizon(1, "month")})
    assert rules.start(urgency, day) == start
