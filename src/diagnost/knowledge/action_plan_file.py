"""The file of the plan of steps, ``rules/action_plan.yaml``."""

from diagnost.knowledge.rule_entries import URGENCIES, horizon_of
from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.action_plan import Owner, PlanRules
from diagnost.model.horizon import Horizon
from diagnost.model.text import Text
from diagnost.yaml_reader import Node


def read_action_plan(node: Node | None, problems: Problems) -> PlanRules:
    """Read the length of the plan, the starts by urgency and the owners of steps."""
    if node is None:
        return PlanRules()
    file = Shape(node, problems, "the action plan")
    lines = file.decimal("lines", percent=False)
    if lines is not None and (lines < 1 or lines != lines.to_integral_value()):
        problems.say("K109", f"'{lines}' is no number of lines", file.at, "Write 1 or more.")
    starts: dict[str, Horizon] = {}
    waits = file.node("starts")
    if waits is not None:
        shape = Shape(waits, problems, "the starts")
        for urgency in URGENCIES:
            wait = horizon_of(shape, urgency)
            if wait is not None:
                starts[urgency] = wait
        shape.done()
    owners: dict[str, Owner] = {}
    for item in file.items("owners"):
        shape = Shape(item, problems, "an owner")
        name = shape.text("name", required=True) or Text({"en": ""}, shape.at)
        owner = Owner(shape.identifier(), name, shape.at)
        shape.done()
        if owner.id in owners:
            problems.say("K207", f"'{owner.id}' stands twice", owner.at, "", owners[owner.id].at)
        owners[owner.id] = owner
    file.done()
    return PlanRules(lines=max(int(lines or PlanRules().lines), 1), starts=starts, owners=owners)
