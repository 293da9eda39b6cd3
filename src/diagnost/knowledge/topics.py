"""Topic files: which entries stand under which key."""

from diagnost.knowledge.conditions import read_condition
from diagnost.knowledge.decomposition_entries import read_decomposition
from diagnost.knowledge.entries import Mention
from diagnost.knowledge.indicator_entries import read_indicator
from diagnost.knowledge.rule_entries import (
    read_cause,
    read_conclusion,
    read_recommendation,
    read_ruling,
    read_state,
    read_statement,
)
from diagnost.knowledge.shape import Shape
from diagnost.knowledge.topic_parts import Topic
from diagnost.model.expression import shown
from diagnost.model.knowledge import Grid
from diagnost.model.selection import Selection
from diagnost.model.terms import TermError, parse_term, tidy
from diagnost.yaml_reader import Node


def read_topic(topic: Topic, node: Node) -> None:
    """Read the whole file."""
    shape = Shape(node, topic.problems, "a topic")
    path = shape.scalar("topic", required=True)
    if path is not None and path.text != topic.id:
        hint = f"Write topic: {topic.id}, or move the file."
        topic.problems.say("K112", f"'{path.text}' is not the path of its file", path.at, hint)
    default_area = [*topic.id.split("."), ""][1]
    topic.area = shape.word("area", default=default_area)
    if shape.flag("sequence", default=False):
        topic.entries.sequences.add(topic.id)
    per = shape.scalar("per")
    if per is not None:
        topic.per = per.text or ""
        topic.entries.mentions.append(Mention("table", topic.per, per.at))
    norms_node = shape.items("norms")
    indicator = shape.node("indicator")
    if indicator is not None:
        own = Shape(indicator, topic.problems, "an indicator")
        read_indicator(topic, topic.id, own, norms_node)
    elif norms_node:
        topic.problems.say("K106", "norms need an indicator in the same topic", node.at)
    for item in shape.items("quantities"):
        quantity = Shape(item, topic.problems, "a quantity")
        read_indicator(topic, topic.local(quantity), quantity, (), shown=False)
    for item in shape.items("indicators"):
        further = Shape(item, topic.problems, "an indicator")
        read_indicator(topic, topic.local(further), further, further.items("norms"))
    for item in shape.items("selections"):
        _selection(topic, Shape(item, topic.problems, "a selection"))
    for item in shape.items("states"):
        read_state(topic, Shape(item, topic.problems, "a state"))
    readers = {
        "decompositions": ("a decomposition", read_decomposition),
        "statements": ("a statement", read_statement),
        "rules": ("a rule", read_conclusion),
        "rulings": ("a ruling", read_ruling),
        "causes": ("a cause", read_cause),
        "recommendations": ("a recommendation", read_recommendation),
    }
    for key, (what, reader) in readers.items():
        for item in shape.items(key):
            entry = Shape(item, topic.problems, what)
            reader(topic, topic.local(entry), entry)
            entry.done()
    for item in shape.items("covers"):
        _grid(topic, Shape(item, topic.problems, "a grid"))
    shape.done()


def _selection(topic: Topic, shape: Shape) -> None:
    id_, of = shape.identifier(), shape.scalar("of", required=True)
    where = shape.scalar("where", required=True)
    name, one, note = shape.text("name"), shape.text("one"), shape.text("note")
    shape.done()
    if of is None or where is None:
        return
    topic.entries.mentions.append(Mention("table", of.text or "", of.at))
    try:
        term = parse_term(where.text or "")
    except TermError as error:
        hint = f"It reads: {shown(where.text or '')}"
        topic.problems.say("K110", f"where: {error}", where.at, hint)
        return
    topic.entries.claim(id_, shape.at, topic.problems)
    text = tidy(where.text or "")
    selection = Selection(id_, of.text or "", term, text, where.at, name, one, note)
    topic.entries.selections[id_] = selection


def _grid(topic: Topic, shape: Shape) -> None:
    keys = tuple(scalar.text or "" for scalar in shape.words("keys"))
    if len(keys) < 2:
        hint = "Write keys: [one fact, another fact]."
        topic.problems.say("K106", "a grid needs two or more keys", shape.at, hint)
    silent = tuple(read_condition(item, topic.problems) for item in shape.items("silent"))
    topic.entries.grids.append(Grid(topic.id, keys, silent, shape.at))
    shape.done()
