"""Decompositions of an indicator into parts."""

from diagnost.knowledge.shape import Shape
from diagnost.knowledge.topic_parts import Topic
from diagnost.model.decomposition import Decomposition, Part
from diagnost.yaml_reader import Node


def read_decomposition(topic: Topic, entry_id: str, shape: Shape) -> None:
    """Read how a figure is made of parts."""
    topic.entries.claim(entry_id, shape.at, topic.problems)
    topic.entries.decompositions[entry_id] = Decomposition(
        id=entry_id,
        of=shape.word("of"),
        formula=topic.formula(shape.scalar("as", required=True)),
        parts=tuple(_part(topic, item) for item in shape.items("parts")),
        cites=topic.citation(shape),
        at=shape.at,
    )


def _part(topic: Topic, node: Node) -> Part:
    shape = Shape(node, topic.problems, "a part")
    part = Part(
        id=shape.identifier(),
        figure=shape.word("figure"),
        name=topic.text(shape, "name"),
        at=shape.at,
    )
    shape.done()
    return part
