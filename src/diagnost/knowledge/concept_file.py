"""``knowledge/xbrl_concepts.yaml``: which concepts of XBRL reports are line items."""

from collections.abc import Iterable, Mapping

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.accounts import LineItem
from diagnost.model.filed_statement import Concepts, Taxonomy
from diagnost.model.located import At, nearest
from diagnost.yaml_reader import Node


def read_concepts(node: Node | None, items: Mapping[str, LineItem], problems: Problems) -> Concepts:
    """Read the taxonomies; items that are no line items are problems."""
    if node is None:
        return Concepts()
    file = Shape(node, problems, "the concepts of XBRL reports")
    taxonomies = []
    for each in file.items("taxonomies"):
        shape = Shape(each, problems, "a taxonomy")
        nil = shape.words("nil")
        taxonomy = Taxonomy(
            id=shape.word("id"),
            items=_ways(shape.node("items", required=True), items, problems),
            nil=tuple(word.text or "" for word in nil),
            name_concepts=tuple(word.text or "" for word in shape.words("name_concepts")),
            at=shape.at,
        )
        _known(((word.text or "", word.at) for word in nil), items, problems)
        shape.done()
        taxonomies.append(taxonomy)
    forms = frozenset(word.text or "" for word in file.words("annual_forms"))
    years = file.decimal("most_years", percent=False)
    file.done()
    return Concepts(tuple(taxonomies), forms, int(years or Concepts().most_years))


def _ways(
    node: Node | None, items: Mapping[str, LineItem], problems: Problems
) -> dict[str, tuple[tuple[str, ...], ...]]:
    if node is None:
        return {}
    shape = Shape(node, problems, "the concepts of line items")
    names = shape.names()
    _known(((item, shape.entries[item][0].at) for item in names), items, problems)
    return {
        item: tuple(
            tuple(concept.strip() for concept in (way.text or "").split("+"))
            for way in shape.words(item)
        )
        for item in names
    }


def _known(
    names: Iterable[tuple[str, At]], items: Mapping[str, LineItem], problems: Problems
) -> None:
    for name, at in names:
        if name not in items:
            problems.say("K203", f"'{name}' is no line item", at, nearest(name, items))
