"""``knowledge/trends.yaml``: what counts as a movement."""

from diagnost.knowledge.entries import Entries
from diagnost.knowledge.norm_entries import read_norm
from diagnost.knowledge.shape import Problems, Shape
from diagnost.knowledge.topic_parts import Topic
from diagnost.model.indicator import Norm, Steadiness, Unit
from diagnost.yaml_reader import Node


def read_trends(node: Node, problems: Problems) -> tuple[dict[str, Steadiness], Norm | None]:
    """Read ``knowledge/trends.yaml``.

    How far a figure may move and still be called stable; and how much of a change one part must
    account for to be called most of it.
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
    lead = shape.node("lead")
    shape.done()
    if "money" not in groups:
        hint = "Line items are measured by it."
        problems.say("K106", "trends need the group 'money'", node.at, hint)
    if lead is None:
        return groups, None
    topic = Topic("knowledge.trends", Entries(), groups, problems)
    return groups, read_norm(topic, lead, Unit.PERCENT)
