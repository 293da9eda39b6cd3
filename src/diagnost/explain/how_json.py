"""The derivation of a ``how`` as plain values for JSON."""

from diagnost.explain.cells_json import CellsJson, Data
from diagnost.explain.how import Computed, Filed, How, Made, NotMade
from diagnost.explain.lookup import kind_of
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import FactTree, UnknownFact


def as_data(how: How, pen: CasePen) -> Data:
    """Return the derivation as nested mappings and lists."""
    cells = CellsJson(how.period, pen)
    return {
        "entry": how.entry,
        "period": how.period,
        "unit_of_amounts": how.unit,
        **_answer(how, cells),
    }


def _answer(how: How, cells: CellsJson) -> Data:
    match how.answer:
        case Computed() as tree:
            return {
                "kind": "indicator",
                "symbol": tree.indicator.symbol,
                "method": {choice.id: option.id for choice, option in tree.choices},
                "reading": cells.reading(tree.reading),
            }
        case Filed() as tree:
            amount = cells.amount(tree.amount) if tree.amount is not None else None
            return {"kind": "line", "amount": amount}
        case FactTree() as tree:
            return {"kind": "fact", **cells.fact(tree)}
        case Made() as tree:
            return {
                "kind": kind_of(tree.rule) if tree.rule is not None else "state",
                "fact": tree.key,
                "value": tree.word,
                "count": len(tree.firings),
                "firings": [cells.firing(each) for each in tree.firings],
            }
        case NotMade() as tree:
            made = tree.rule.id if tree.rule is not None else tree.state and tree.state.id
            return {"kind": "not_made", "fact": made}
        case UnknownFact() as tree:
            return {"kind": "unknown", "fact": tree.key, "needs": list(tree.needs)}
