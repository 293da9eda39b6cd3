"""``knowledge/trends.yaml``: what counts as a movement."""

from decimal import Decimal
from typing import NamedTuple

from diagnost.knowledge.entries import Entries
from diagnost.knowledge.norm_entries import read_norm
from diagnost.knowledge.shape import Problems, Shape
from diagnost.knowledge.topic_parts import Topic
from diagnost.model.indicator import Nearness, Norm, Steadiness, Unit
from diagnost.yaml_reader import Node


class Trends(NamedTuple):
    """How far a figure may move, how much one part makes of it, how near a limit is near."""

    groups: dict[str, Steadiness]
    lead: Norm | None = None
    near: Nearness = Nearness()


def read_trends(node: Node, problems: Problems) -> Trends:
    """Read ``knowledge/trends.yaml``.

    How far a figure may move and still be called stable; how much of a change one part must
    account for to be called most of it; and how near a limit a figure is told to be near.
    """
    shape = Shape(node, problems, "trends")
    groups: dict[str, Steadiness] = {}
    for item in shape.items("groups"):
        group = Shape(item, problems, "a group of trends")
        edges = {}
        for key in ("relative", "absolute", "sharp_relative", "sharp_absolute"):
            edges[key] = group.decimal(key)
        group_id = group.identifier()
        group.done()
        groups[group_id] = Steadiness(id=group_id, at=item.at, **edges)
    lead, near = shape.node("lead"), _nearness(shape.node("near"), problems)
    shape.done()
    if "money" not in groups:
        hint = "Line items are measured by it."
        problems.say("K106", "trends need the group 'money'", node.at, hint)
    if lead is None:
        return Trends(groups, near=near)
    topic = Topic("knowledge.trends", Entries(), groups, problems)
    return Trends(groups, read_norm(topic, lead, Unit.PERCENT), near)


def _nearness(node: Node | None, problems: Problems) -> Nearness:
    if node is None:
        return Nearness()
    shape = Shape(node, problems, "'near'")
    zero = Decimal(0)
    found = Nearness(
        share=shape.decimal("share", percent=True) or zero,
        of_nought={
            Unit.PERCENT: shape.decimal("percent", percent=True) or zero,
            Unit.TIMES: shape.decimal("times") or zero,
        },
        otherwise=shape.decimal("other") or zero,
    )
    shape.done()
    return found
