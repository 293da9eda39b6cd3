"""The tree of a ``why`` as plain values for JSON; numbers plain, percents as fractions."""

from diagnost.explain.alternatives_json import alternatives_data, moved_data
from diagnost.explain.cells_json import CellsJson, Data, place
from diagnost.explain.lookup import kind_of
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import (
    AdviceTree,
    CauseTree,
    FactTree,
    FindingTree,
    IndicatorTree,
    LineTree,
    Link,
    NotFired,
    NoVerdict,
    RuleTree,
    UnknownFact,
    VerdictTree,
    Why,
)
from diagnost.model.json_numbers import plain
from diagnost.model.suspicion import Suspect, Suspicion


def as_data(why: Why, pen: CasePen) -> Data:
    """Return the tree as nested mappings and lists."""
    return {"entry": why.entry, "period": why.period, **_Writer(why.period, pen).answer(why)}


class _Writer:
    def __init__(self, period: str, pen: CasePen) -> None:
        self.period = period
        self.pen = pen
        self.cells = CellsJson(period, pen)

    def answer(self, why: Why) -> Data:
        match why.answer:
            case FindingTree() as tree:
                return {"kind": "finding", **self._finding(tree)}
            case CauseTree() as tree:
                return {
                    "kind": "cause",
                    **self.cells.rule(tree.rule),
                    "identity": tree.rule.identity,
                    "effects": [self._finding(each) for each in tree.effects],
                    "causes": [self._finding(each) for each in tree.causes],
                    "firing": self.cells.firing(tree.firing),
                    "gave_way_to": self.cells.gave_way(tree.gave_way) if tree.gave_way else None,
                }
            case VerdictTree() as tree:
                return {
                    "kind": "verdict",
                    "area": tree.area.id,
                    "word": tree.verdict.word.id,
                    "polarity": tree.verdict.word.polarity.value,
                    "text": tree.verdict.word.name.in_language(self.pen.language),
                    "because": [self._finding(each) for each in tree.because],
                    "but": [self._finding(each) for each in tree.but],
                    "firings": [self.cells.firing(each) for each in tree.firings],
                    **(alternatives_data(tree.alternatives) if tree.alternatives else {}),
                }
            case AdviceTree() as tree:
                return self._advice(tree)
            case RuleTree() as tree:
                return {
                    "kind": kind_of(tree.firing.rule),
                    **self.cells.rule(tree.firing.rule),
                    "firing": self.cells.firing(tree.firing),
                    "silenced": [self.cells.gave_way(each) for each in tree.silenced],
                }
            case IndicatorTree() as tree:
                return {
                    "kind": "indicator",
                    "id": tree.indicator.id,
                    "symbol": tree.indicator.symbol,
                    "reading": self.cells.reading(tree.reading),
                    "facts": [self.cells.fact(each) for each in tree.facts],
                    "used_by": list(tree.users),
                    "findings": [each.statement.id for each in tree.findings],
                    "suspects": self._suspects(tree.suspicion),
                    "moved": moved_data(tree.moved) if tree.moved else None,
                }
            case LineTree() as tree:
                return {
                    "kind": "line",
                    "item": tree.item,
                    "amount": self.cells.amount(tree.amount) if tree.amount else None,
                    "used_by": list(tree.users),
                    "findings": [each.statement.id for each in tree.findings],
                }
            case FactTree() as tree:
                return {"kind": "fact", **self.cells.fact(tree)}
            case NotFired() as tree:
                return {"kind": "not_fired", **self.cells.not_fired(tree)}
            case NoVerdict() as tree:
                rules = [self.cells.not_fired(each) for each in tree.rules]
                return {"kind": "no_verdict", "area": tree.area.id, "rules": rules}
            case UnknownFact() as tree:
                return {"kind": "unknown", "fact": tree.key, "needs": list(tree.needs)}

    # --- entries --------------------------------------------------------------------------------

    def _finding(self, tree: FindingTree) -> Data:
        statement = tree.finding.statement
        return {
            **self.cells.rule(statement),
            "polarity": statement.polarity.value,
            "certainty": statement.certainty.value,
            "severity": statement.weight.value,
            "again": tree.again,
            "causes": [self._link(link) for link in tree.causes],
            "effects": [self._link(link) for link in tree.effects],
            "firing": self.cells.firing(tree.firing) if tree.firing else None,
            "gave_way_to": self.cells.gave_way(tree.gave_way) if tree.gave_way else None,
            "silenced": [self.cells.gave_way(each) for each in tree.silenced],
            "suspects": self._suspects(tree.suspicion),
            "doubt": self.pen.sentence(statement.doubt, self.period),
            "moved": [moved_data(each) for each in tree.moved],
            **(alternatives_data(tree.alternatives) if tree.alternatives else {}),
        }

    def _suspects(self, suspicion: Suspicion | None) -> list[Data]:
        if suspicion is None:
            return []
        return [{"cells": [self._suspect(c) for c in each.cells]} for each in suspicion.sets]

    def _suspect(self, cell: Suspect) -> Data:
        return {
            "name": cell.name or None,
            "period": cell.period,
            "where": place(cell.at) if cell.given else None,
            "written": plain(cell.written),
            "as_written": cell.as_written or None,
            "would_be": plain(cell.would_be),
            "bound": cell.bound.value,
            "slip": cell.slip.value if cell.slip else None,
            "detail": cell.detail or None,
        }

    def _link(self, link: Link) -> Data:
        return {
            "link": self.cells.rule(link.rule),
            "identity": link.rule.identity,
            "finding": self._finding(link.end),
        }

    def _advice(self, tree: AdviceTree) -> Data:
        recommendation = tree.advice.recommendation
        return {
            "kind": "recommendation",
            **self.cells.rule(recommendation),
            "urgency": recommendation.urgency,
            "rank": tree.advice.rank or None,
            "effect": self.pen.sentence(recommendation.effect, self.period),
            "first_step": self.pen.sentence(recommendation.first_step, self.period),
            "watch": self.pen.sentence(recommendation.watch, self.period),
            "because": [self._finding(each) for each in tree.because],
            "firing": self.cells.firing(tree.firing),
            "gave_way_to": self.cells.gave_way(tree.gave_way) if tree.gave_way else None,
            "silenced": [self.cells.gave_way(each) for each in tree.silenced],
        }
