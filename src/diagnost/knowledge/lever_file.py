"""``knowledge/levers.yaml``: what a business can do about its figures."""

from collections.abc import Mapping
from decimal import Decimal
from string import Formatter

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.catalogue import Catalogue
from diagnost.model.indicator import Unit
from diagnost.model.lever import Direction, Lever, Move
from diagnost.model.located import At, nearest
from diagnost.model.text import Text
from diagnost.yaml_reader import Node

SLOTS = frozenset({"amount", "share", "change", "before", "after"})
"""What may stand in braces where a lever is told."""

_DIRECTIONS = tuple(direction.value for direction in Direction)


def read_levers(node: Node | None, catalogue: Catalogue, problems: Problems) -> Mapping[str, Lever]:
    """Read the levers by id; what names no line item or indicator is a problem."""
    levers: dict[str, Lever] = {}
    if node is None:
        return levers
    file = Shape(node, problems, "the levers")
    for entry in file.items("levers"):
        shape = Shape(entry, problems, "a lever")
        lever = Lever(
            id=shape.identifier(),
            name=shape.text("name", required=True) or Text({"en": ""}, shape.at),
            told=_told(shape, problems),
            measure=_measure(shape, catalogue, problems),
            up_to=shape.word("up_to", default=""),
            ways=tuple(_way(way, catalogue, problems) for way in shape.items("moves")),
            most=shape.decimal("most", percent=True) or Decimal(1),
            shown_by=_shown_by(shape, catalogue, problems),
            at=shape.at,
            doubt_from=shape.decimal("doubt_from", percent=True),
        )
        if lever.up_to:
            _known_item(lever.up_to, shape.at, catalogue, problems)
        shape.done()
        if lever.id in levers:
            problems.say("K207", f"'{lever.id}' stands twice", lever.at, "", levers[lever.id].at)
        levers[lever.id] = lever
    file.done()
    return levers


def _way(node: Node, catalogue: Catalogue, problems: Problems) -> tuple[Move, ...]:
    shape = Shape(node, problems, "what a lever moves")
    moves = []
    for item in shape.names():
        scalar, _ = shape.entries[item]
        _known_item(item, scalar.at, catalogue, problems)
        moves.append(Move(item, Direction(shape.word(item, among=_DIRECTIONS))))
    return tuple(moves)


def _known_item(item: str, at: At, catalogue: Catalogue, problems: Problems) -> None:
    """Report what is neither a line item nor a question that takes a number."""
    question = catalogue.questions.get(item)
    if item not in catalogue.line_items and (question is None or not question.unit):
        hint = nearest(item, {**catalogue.line_items, **catalogue.questions})
        problems.say("K203", f"'{item}' is no line item and no figure that is asked for", at, hint)


def _told(shape: Shape, problems: Problems) -> Text | None:
    """Read what a manager is told; a slot that can never be filled is a problem."""
    told = shape.text("told")
    for text in told.by_language.values() if told else ():
        for slot in sorted({name for _, name, _, _ in Formatter().parse(text) if name} - SLOTS):
            known = ", ".join(sorted(SLOTS))
            problems.say(
                "K203", f"'{{{slot}}}' is no slot of a lever", shape.at, f"Known: {known}."
            )
    return told


def _measure(shape: Shape, catalogue: Catalogue, problems: Problems) -> str:
    name = shape.word("measure", default="")
    indicator = catalogue.indicator(name) if name else None
    if name and (indicator is None or indicator.unit is not Unit.DAYS):
        problems.say("K203", f"'{name}' is no indicator in days", shape.at)
    return name


def _shown_by(shape: Shape, catalogue: Catalogue, problems: Problems) -> tuple[str, ...]:
    found = []
    for scalar in shape.words("shown_by"):
        name = scalar.text or ""
        if catalogue.indicator(name) is None:
            problems.say("K203", f"'{name}' is no indicator", scalar.at)
        found.append(name)
    return tuple(found)
