"""Norms and their bands."""

from diagnost.knowledge.shape import Shape
from diagnost.knowledge.topic_parts import POLARITIES, Topic
from diagnost.model.indicator import Band, Norm, Polarity, Unit
from diagnost.yaml_reader import Node


def read_norm(topic: Topic, node: Node, unit: Unit) -> Norm:
    """Read a norm in a unit."""
    shape = Shape(node, topic.problems, "a norm")
    norm = Norm(
        id=shape.identifier(),
        bands=tuple(_band(topic, item, unit) for item in shape.items("bands")),
        cites=topic.citation(shape),
        at=shape.at,
    )
    shape.done()
    _check_bands(topic, norm)
    return norm


def _band(topic: Topic, node: Node, unit: Unit) -> Band:
    shape = Shape(node, topic.problems, "a band")
    percent = unit is Unit.PERCENT
    band = Band(
        id=shape.identifier(),
        polarity=Polarity(shape.word("polarity", among=POLARITIES, default="info")),
        below=shape.decimal("below", percent=percent),
        through=shape.decimal("through", percent=percent),
        assumed=shape.flag("assumed", default=False),
        course=shape.flag("course", default=True),
        at=shape.at,
    )
    shape.done()
    if band.below is not None and band.through is not None:
        hint = "below leaves the edge out, through takes it in."
        topic.problems.say("K301", "a band has one upper edge", shape.at, hint)
    return band


def _check_bands(topic: Topic, norm: Norm) -> None:
    if not norm.bands:
        topic.problems.say("K106", "a norm needs bands", norm.at)
        return
    seen: dict[str, Band] = {}
    before: Band | None = None
    for band in norm.bands:
        if band.id in seen:
            topic.problems.say("K207", f"band '{band.id}' twice", band.at, "", seen[band.id].at)
        seen[band.id] = band
        if before is not None and band.edge is not None and before.edge is not None:
            same = band.edge == before.edge
            rises = band.edge > before.edge or (
                same and before.below is not None and band.through is not None
            )
            if not rises:
                hint = "List the bands from the lowest up."
                topic.problems.say("K301", "band edges must rise", band.at, hint, before.at)
        before = band
    for band in norm.bands[:-1]:
        if band.edge is None:
            topic.problems.say("K302", "only the last band goes without an edge", band.at)
    if norm.bands[-1].edge is not None:
        hint = "Leave below and through out of the last band."
        topic.problems.say("K302", "the last band must be open", norm.bands[-1].at, hint)
