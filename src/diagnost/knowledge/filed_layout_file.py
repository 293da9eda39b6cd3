"""``knowledge/e_sprawozdanie.yaml``: how statements filed with a register are laid out."""

import re
from collections.abc import Mapping

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.accounts import LineItem
from diagnost.model.filed_statement import Body, Divisions, FiledLayout, LayoutFormula, Sum
from diagnost.model.located import nearest
from diagnost.yaml_reader import Mapping as NodeMapping
from diagnost.yaml_reader import Node, Scalar

_STATEMENTS = ("balance_sheet", "income_statement", "cash_flow")
_ACTIVITIES = ("production", "trade", "services")
_FORMULA = re.compile(r"\w+ = \w+( [+-] \w+)+")
_DIVISIONS = re.compile(r"(\d\d)-(\d\d)")


def read_filed_layout(
    node: Node | None, items: Mapping[str, LineItem], problems: Problems
) -> FiledLayout:
    """Read the layouts; items that are no line items and formulas that are none are problems."""
    if node is None:
        return FiledLayout()
    file = Shape(node, problems, "the layouts of filed statements")
    bodies = tuple(_body(each, items, problems) for each in file.items("bodies"))
    activities = []
    for each in file.items("activities"):
        shape = Shape(each, problems, "a run of divisions")
        divisions = shape.scalar("divisions", required=True)
        activity = shape.word("activity", among=_ACTIVITIES)
        shape.done()
        run = _DIVISIONS.fullmatch(divisions.text or "") if divisions is not None else None
        if run is not None:
            activities.append(Divisions(int(run[1]), int(run[2]), activity))
        elif divisions is not None:
            hint = "Write the first and the last division, such as 45-47."
            problems.say("K109", f"'{divisions.text}' is no run of divisions", divisions.at, hint)
    file.done()
    return FiledLayout(bodies, tuple(activities))


def _body(node: Node, items: Mapping[str, LineItem], problems: Problems) -> Body:
    shape = Shape(node, problems, "a body of a filed statement")
    body = Body(
        id=shape.identifier(),
        statement=shape.word("statement", among=_STATEMENTS),
        containers=tuple(word.text or "" for word in shape.words("containers")),
        variant=shape.word("variant", default=""),
        items=_items(shape.node("items", required=True), items, problems),
        formulas=tuple(
            formula
            for word in shape.words("formulas")
            if (formula := _formula(word, problems)) is not None
        ),
        of_which=frozenset(word.text or "" for word in shape.words("of_which")),
        also=_also(shape.node("also"), problems),
        at=shape.at,
    )
    shape.done()
    return body


def _also(node: Node | None, problems: Problems) -> Mapping[str, str]:
    if node is None:
        return {}
    shape = Shape(node, problems, "other names of positions")
    return {name: shape.word(name) for name in shape.names()}


def _items(
    node: Node | None, items: Mapping[str, LineItem], problems: Problems
) -> Mapping[str, Sum]:
    found: dict[str, Sum] = {}
    if node is None:
        return found
    shape = Shape(node, problems, "the line items of a body")
    for item in shape.names():
        name, value = shape.entries[item]
        if item not in items:
            problems.say("K203", f"'{item}' is no line item", name.at, nearest(item, items))
        if not isinstance(value, NodeMapping):
            found[item] = Sum(tuple(word.text or "" for word in shape.words(item)))
            continue
        inner = Shape(value, problems, "a sum of positions")
        plus = tuple(word.text or "" for word in inner.words("sum"))
        found[item] = Sum(plus, tuple(word.text or "" for word in inner.words("less")))
        inner.done()
    return found


def _formula(word: Scalar, problems: Problems) -> LayoutFormula | None:
    text = word.text or ""
    if not _FORMULA.fullmatch(text):
        hint = "Write a result, =, and positions joined by + and -: F = C + D - E."
        problems.say("K110", f"'{text}' is no formula of a layout", word.at, hint)
        return None
    result, _, terms = text.partition(" = ")
    signed = re.findall(r"([+-]?) ?(\w+)", terms)
    return LayoutFormula(
        result,
        tuple(name for sign, name in signed if sign != "-"),
        tuple(name for sign, name in signed if sign == "-"),
    )
