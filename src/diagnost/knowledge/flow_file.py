"""``knowledge/flows.yaml``: how changes of line items spread through the statements."""

from collections.abc import Iterable, Mapping

from diagnost.knowledge.shape import Problems, Shape
from diagnost.model.accounts import LineItem
from diagnost.model.indicator import Indicator, Unit
from diagnost.model.located import At, nearest
from diagnost.model.supposition import Flow, Flows
from diagnost.yaml_reader import Mapping as NodeMapping
from diagnost.yaml_reader import Node


def read_flows(
    node: Node | None,
    items: Mapping[str, LineItem],
    indicators: Mapping[str, Indicator],
    problems: Problems,
) -> Flows:
    """Read the flows; what names no line item, or runs in a circle, is a problem.

    So is an indicator that does not count days where one is to do so.
    """
    if node is None:
        return Flows()
    file = Shape(node, problems, "the flows")
    flows = []
    for entry in file.items("flows"):
        shape = Shape(entry, problems, "a flow")
        flow = Flow(
            of=shape.word("of"),
            moves=shape.word("moves"),
            by=int(shape.word("by", among=("1", "-1"))),
            at=shape.at,
        )
        shape.done()
        _known((flow.of, flow.moves), items, flow.at, problems)
        flows.append(flow)
    within: dict[str, tuple[str, ...]] = {}
    wholes = file.node("within")
    if isinstance(wholes, NodeMapping):
        shape = Shape(wholes, problems, "the parts of line items")
        for whole in shape.names():
            scalar = wholes.entries[whole][0]
            within[whole] = tuple(word.text or "" for word in shape.words(whole))
            _known((whole, *within[whole]), items, scalar.at, problems)
    comes_from = _pairs(file, "comes_from", "what results come from", items)
    charged_on = _pairs(file, "charged_on", "what is charged on results", items)
    balancing = tuple(word.text or "" for word in file.words("balancing"))
    _known(balancing, items, file.at, problems)
    borrowed = tuple(word.text or "" for word in file.words("borrowed"))
    _known(borrowed, items, file.at, problems)
    in_step = _pairs(file, "in_step", "what changes in step", items)
    in_days = _in_days(file, items, indicators)
    file.done()
    found = Flows(
        tuple(flows), within, comes_from, charged_on, balancing, borrowed, in_step, in_days
    )
    _refuse_circles(found, problems)
    return found


def _in_days(
    file: Shape, items: Mapping[str, LineItem], indicators: Mapping[str, Indicator]
) -> dict[str, str]:
    """Read which indicator tells an item in days; return ids of indicators by items."""
    node = file.node("in_days")
    if not isinstance(node, NodeMapping):
        return {}
    in_days = {each.symbol: each.id for each in indicators.values() if each.unit is Unit.DAYS}
    found, shape = {}, Shape(node, file.problems, "items told in days")
    for item in shape.names():
        name, at = shape.word(item), node.entries[item][0].at
        _known((item,), items, at, file.problems)
        if name not in in_days:
            message = f"'{name}' is the symbol of no indicator in days"
            file.problems.say("K203", message, at, nearest(name, in_days))
        found[item] = in_days.get(name, name)
    return found


def _pairs(file: Shape, key: str, what: str, items: Mapping[str, LineItem]) -> dict[str, str]:
    """Read a mapping of line items to line items; '' for one that is no word."""
    node = file.node(key)
    if not isinstance(node, NodeMapping):
        return {}
    pairs, shape = {}, Shape(node, file.problems, what)
    for item in shape.names():
        pairs[item] = shape.word(item)
        _known((item, pairs[item]), items, node.entries[item][0].at, file.problems)
    return pairs


def _known(names: Iterable[str], items: Mapping[str, LineItem], at: At, problems: Problems) -> None:
    for name in names:
        if name not in items:
            problems.say("K203", f"'{name}' is no line item", at, nearest(name, items))


def _refuse_circles(flows: Flows, problems: Problems) -> None:
    """Refuse a change that would come back to where it began."""
    onward: dict[str, set[str]] = {}
    for flow in flows.flows:
        onward.setdefault(flow.of, set()).add(flow.moves)
    for whole, parts in flows.within.items():
        for part in parts:
            onward.setdefault(part, set()).add(whole)
    for charge, result in flows.charged_on.items():
        onward.setdefault(result, set()).add(charge)
    for flow in flows.flows:
        reached, open_ = set[str](), [flow.moves]
        while open_:
            item = open_.pop()
            if item not in reached:
                reached.add(item)
                open_ += onward.get(item, ())
        if flow.of in reached:
            problems.say("K305", f"a change of '{flow.of}' would come back to it", flow.at)
            return
