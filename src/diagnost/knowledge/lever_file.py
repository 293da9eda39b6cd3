"""``knowledge/levers.yaml``: what a business can do about its figures."""

from collections.abc import Mapping
from decimal import Decimal

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.catalogue import Catalogue
from diagnost.model.lever import Direction, Lever, Move
from diagnost.model.located import nearest
from diagnost.model.text import Text
from diagnost.yaml_reader import Node

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
            ways=tuple(_way(way, catalogue, problems) for way in shape.items("moves")),
            most=shape.decimal("most", percent=True) or Decimal(1),
            shown_by=_shown_by(shape, catalogue, problems),
            at=shape.at,
        )
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
        if item not in catalogue.line_items:
            hint = nearest(item, catalogue.line_items)
            problems.say("K203", f"'{item}' is no line item", scalar.at, hint)
        moves.append(Move(item, Direction(shape.word(item, among=_DIRECTIONS))))
    return tuple(moves)


def _shown_by(shape: Shape, catalogue: Catalogue, problems: Problems) -> tuple[str, ...]:
    found = []
    for scalar in shape.words("shown_by"):
        name = scalar.text or ""
        if catalogue.indicator(name) is None:
            problems.say("K203", f"'{name}' is no indicator", scalar.at)
        found.append(name)
    return tuple(found)
