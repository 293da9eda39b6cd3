"""The answer of a ``why-not`` as plain values for JSON."""

from diagnost.explain.cells_json import CellsJson, Data
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import NotFired, NoVerdict
from diagnost.explain.why_not import Holds, OtherWord, WhyNot, Yielded


def as_data(why_not: WhyNot, pen: CasePen) -> Data:
    """Return the answer as nested mappings and lists."""
    cells = CellsJson(why_not.period, pen)
    return {"entry": why_not.entry, "period": why_not.period, **_answer(why_not, cells)}


def _answer(why_not: WhyNot, cells: CellsJson) -> Data:
    match why_not.answer:
        case NotFired() as tree:
            return {"kind": "not_fired", **cells.not_fired(tree)}
        case NoVerdict() as tree:
            rules = [cells.not_fired(each) for each in tree.rules]
            return {"kind": "no_verdict", "area": tree.area.id, "rules": rules}
        case Yielded() as tree:
            gave_way = cells.gave_way(tree.gave_way)
            return {"kind": "gave_way", **cells.rule(tree.rule), "gave_way_to": gave_way}
        case OtherWord() as tree:
            return {
                "kind": "other_word",
                "state": tree.state.id,
                "asked": tree.wanted.id,
                "word": tree.stands.id if tree.stands is not None else None,
                "fired": [cells.firing(each) for each in tree.fired],
                "rules": [cells.not_fired(each) for each in tree.rules],
            }
        case Holds() as tree:
            return {"kind": "holds", "word": tree.word.id if tree.word is not None else None}
