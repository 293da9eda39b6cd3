"""Norms and their bands."""

from diagnost.knowledge.conditions import read_condition
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.shape import Shape
from diagnost.knowledge.topic_parts import POLARITIES, Topic
from diagnost.model.indicator import Band, Norm, NormVariant, Polarity, Unit
from diagnost.model.rule import Condition
from diagnost.yaml_reader import Node

_ANSWER = "company."


def read_norm(topic: Topic, node: Node, unit: Unit) -> Norm:
    """Read a norm in a unit."""
    shape = Shape(node, topic.problems, "a norm")
    norm = Norm(
        id=shape.identifier(),
        bands=tuple(_band(topic, item, unit) for item in shape.items("bands")),
        cites=topic.citation(shape),
        at=shape.at,
        variants=tuple(_variant(topic, item, unit) for item in shape.items("variants")),
    )
    shape.done()
    _check_bands(topic, norm)
    for variant in norm.variants:
        _check_bands(topic, norm.varied(variant))
        _check_variant(topic, norm, variant)
    _check_choice(topic, norm)
    return norm


def _variant(topic: Topic, node: Node, unit: Unit) -> NormVariant:
    """Read the edges for some companies: those with ``where: {company.sector: retail}``."""
    shape = Shape(node, topic.problems, "a variant of a norm")
    shape.node("id")  # that of the norm, where a pack gives the variant
    where = shape.node("where", required=True)
    condition = read_condition(where, topic.problems) if where is not None else Condition()
    leaves = condition.leaves
    keys = {leaf.key for leaf in leaves}
    key = next(iter(keys), "")
    if where is not None and (len(keys) != 1 or condition.none or not key.startswith(_ANSWER)):
        hint = f"Write where: {{{_ANSWER}sector: retail_trade}}, or a list of words."
        topic.problems.say("K306", "a variant asks for one answer", shape.at, hint)
    topic.entries.mentions += [Mention("answer", f"{x.key}: {x.word}", x.at) for x in leaves]
    variant = NormVariant(
        question=key.removeprefix(_ANSWER),
        words=tuple(leaf.word for leaf in leaves),
        bands=tuple(_band(topic, item, unit) for item in shape.items("bands")),
        cites=topic.citation(shape),
        at=shape.at,
    )
    shape.done()
    return variant


def _check_variant(topic: Topic, norm: Norm, variant: NormVariant) -> None:
    wanted = [band.id for band in norm.bands]
    if [band.id for band in variant.bands] != wanted:
        hint = f"The bands are {', '.join(wanted)}: rules ask for them by these ids."
        message = "a variant has the bands of its norm, with other edges"
        topic.problems.say("K306", message, variant.at, hint, norm.at)


def _check_choice(topic: Topic, norm: Norm) -> None:
    """Note variants of which two would be for one company."""
    for place, one in enumerate(norm.variants):
        for other in norm.variants[:place]:
            both = sorted(set(one.words) & set(other.words))
            if one.question != other.question:
                hint = f"Let all variants of a norm ask for {_ANSWER}{other.question}."
                message = "two variants of a norm ask for different answers"
                topic.problems.say("K307", message, one.at, hint, other.at)
            elif both:
                message = f"two variants of a norm are for '{both[0]}'"
                hint = "Leave the word with one of them."
                topic.problems.say("K307", message, one.at, hint, other.at)


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
