"""The tree of a ``why`` as plain values for JSON; numbers plain, percents as fractions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from diagnost.explain.alternatives_json import alternatives_data, moved_data
from diagnost.explain.lookup import kind_of
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import (
    AbsentTree,
    AdviceTree,
    AmountTree,
    AnswerTree,
    BandTree,
    BesideTree,
    CauseTree,
    DaysTree,
    FactTree,
    FindingTree,
    FiringTree,
    GapTree,
    GaveWay,
    IndicatorTree,
    Input,
    LineTree,
    Link,
    NotFired,
    NoVerdict,
    ReadingTree,
    RowsTree,
    RuleTree,
    UnknownFact,
    Unmet,
    VerdictTree,
    Why,
)
from diagnost.model.benchmark import Spread
from diagnost.model.json_numbers import plain
from diagnost.model.located import At
from diagnost.model.rule import CauseRule, Recommendation, Rule, Ruling, Statement
from diagnost.model.suspicion import Suspect, Suspicion

Data = dict[str, Any]


def as_data(why: Why, pen: CasePen) -> Data:
    """Return the tree as nested mappings and lists."""
    return {"entry": why.entry, "period": why.period, **_Writer(why.period, pen).answer(why)}


def _place(at: At | None) -> str | None:
    return str(at) if at else None


class _Writer:
    def __init__(self, period: str, pen: CasePen) -> None:
        self.period = period
        self.pen = pen

    def answer(self, why: Why) -> Data:
        match why.answer:
            case FindingTree() as tree:
                return {"kind": "finding", **self._finding(tree)}
            case CauseTree() as tree:
                return {
                    "kind": "cause",
                    **self._rule(tree.rule),
                    "identity": tree.rule.identity,
                    "effects": [self._finding(each) for each in tree.effects],
                    "causes": [self._finding(each) for each in tree.causes],
                    "firing": self._firing(tree.firing),
                    "gave_way_to": self._gave_way(tree.gave_way) if tree.gave_way else None,
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
                    "firings": [self._firing(each) for each in tree.firings],
                    **(alternatives_data(tree.alternatives) if tree.alternatives else {}),
                }
            case AdviceTree() as tree:
                return self._advice(tree)
            case RuleTree() as tree:
                return {
                    "kind": kind_of(tree.firing.rule),
                    **self._rule(tree.firing.rule),
                    "firing": self._firing(tree.firing),
                    "silenced": [self._gave_way(each) for each in tree.silenced],
                }
            case IndicatorTree() as tree:
                return {
                    "kind": "indicator",
                    "id": tree.indicator.id,
                    "symbol": tree.indicator.symbol,
                    "reading": self._reading(tree.reading),
                    "facts": [self._fact(each) for each in tree.facts],
                    "used_by": list(tree.users),
                    "findings": [each.statement.id for each in tree.findings],
                    "suspects": self._suspects(tree.suspicion),
                    "moved": moved_data(tree.moved) if tree.moved else None,
                }
            case LineTree() as tree:
                return {
                    "kind": "line",
                    "item": tree.item,
                    "amount": self._amount(tree.amount) if tree.amount else None,
                    "used_by": list(tree.users),
                    "findings": [each.statement.id for each in tree.findings],
                }
            case FactTree() as tree:
                return {"kind": "fact", **self._fact(tree)}
            case NotFired() as tree:
                return {"kind": "not_fired", **self._not_fired(tree)}
            case NoVerdict() as tree:
                rules = [self._not_fired(each) for each in tree.rules]
                return {"kind": "no_verdict", "area": tree.area.id, "rules": rules}
            case UnknownFact() as tree:
                return {"kind": "unknown", "fact": tree.key, "needs": list(tree.needs)}

    # --- entries --------------------------------------------------------------------------------

    def _rule(self, rule: Rule) -> Data:
        return {
            "id": rule.id,
            "text": self._sentence(rule),
            "where": str(rule.at),
            "cites": list(rule.cites.ids),
            "basis": "inference" if rule.cites.inference else "text",
        }

    def _sentence(self, rule: Rule) -> str | None:
        match rule:
            case Statement() | CauseRule() | Recommendation():
                return self.pen.sentence(rule.text, self.period)
            case Ruling():
                return self.pen.sentence(rule.because, self.period)
            case _:
                return None

    def _finding(self, tree: FindingTree) -> Data:
        statement = tree.finding.statement
        return {
            **self._rule(statement),
            "polarity": statement.polarity.value,
            "certainty": statement.certainty.value,
            "severity": statement.weight.value,
            "again": tree.again,
            "causes": [self._link(link) for link in tree.causes],
            "effects": [self._link(link) for link in tree.effects],
            "firing": self._firing(tree.firing) if tree.firing else None,
            "gave_way_to": self._gave_way(tree.gave_way) if tree.gave_way else None,
            "silenced": [self._gave_way(each) for each in tree.silenced],
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
            "where": _place(cell.at) if cell.given else None,
            "written": plain(cell.written),
            "as_written": cell.as_written or None,
            "would_be": plain(cell.would_be),
            "bound": cell.bound.value,
            "slip": cell.slip.value if cell.slip else None,
            "detail": cell.detail or None,
        }

    def _link(self, link: Link) -> Data:
        return {
            "link": self._rule(link.rule),
            "identity": link.rule.identity,
            "finding": self._finding(link.end),
        }

    def _advice(self, tree: AdviceTree) -> Data:
        recommendation = tree.advice.recommendation
        return {
            "kind": "recommendation",
            **self._rule(recommendation),
            "urgency": recommendation.urgency,
            "rank": tree.advice.rank or None,
            "effect": self.pen.sentence(recommendation.effect, self.period),
            "first_step": self.pen.sentence(recommendation.first_step, self.period),
            "watch": self.pen.sentence(recommendation.watch, self.period),
            "because": [self._finding(each) for each in tree.because],
            "firing": self._firing(tree.firing),
            "gave_way_to": self._gave_way(tree.gave_way) if tree.gave_way else None,
            "silenced": [self._gave_way(each) for each in tree.silenced],
        }

    def _gave_way(self, other: GaveWay) -> Data:
        ruling = other.ruling
        return {"id": other.entry, "ruling": self._rule(ruling) if ruling else None}

    # --- rules, facts, readings -----------------------------------------------------------------

    def _firing(self, tree: FiringTree) -> Data:
        return {
            "rule": tree.rule.id,
            "where": str(tree.rule.at),
            "cites": list(tree.rule.cites.ids),
            "basis": "inference" if tree.rule.cites.inference else "text",
            "used": [self._fact(each) for each in tree.used],
            "absent": [self._absent(each) for each in tree.absent],
            "others": tree.others,
        }

    def _absent(self, tree: AbsentTree) -> Data:
        instead = self._fact(tree.instead) if tree.instead else None
        return {"fact": tree.key, "value": tree.word, "instead": instead}

    def _fact(self, tree: FactTree) -> Data:
        return {
            "fact": tree.key,
            "value": tree.word,
            "again": tree.again,
            "norm": self._band(tree.band) if tree.band else None,
            "readings": [self._reading(each) for each in tree.readings],
            "answer": self._answer(tree.answer) if tree.answer else None,
            "beside": self._beside(tree.beside) if tree.beside else None,
            "firing": self._firing(tree.firing) if tree.firing else None,
            "others": tree.others,
        }

    def _band(self, tree: BandTree) -> Data:
        band, before = tree.band, tree.before
        lower = None
        if before is not None:
            lower = {
                "value": plain(before.edge),
                "included": before.below is not None,
                "assumed": before.assumed,
            }
        upper = None
        if band.edge is not None:
            upper = {
                "value": plain(band.edge),
                "included": band.through is not None,
                "assumed": band.assumed,
            }
        return {
            "norm": tree.norm.id,
            "band": band.id,
            "polarity": band.polarity.value,
            "lower": lower,
            "upper": upper,
            "cites": list(tree.norm.cites.ids),
            "where": str(band.at),
        }

    def _reading(self, tree: ReadingTree) -> Data:
        reading = tree.reading
        missing = reading.missing
        return {
            "indicator": reading.indicator,
            "period": reading.period,
            "value": plain(reading.value),
            "reason": missing.reason if missing else None,
            "missing": list(missing.needs) if missing else [],
            "formula": reading.formula.text if reading.formula else None,
            "given": _place(reading.given.at) if reading.given else None,
            "again": tree.again,
            "inputs": self._inputs(tree.inputs),
        }

    def _inputs(self, inputs: Sequence[Input]) -> list[Data]:
        found: list[Data] = []
        for part in inputs:
            match part:
                case AmountTree():
                    found.append(self._amount(part))
                case ReadingTree():
                    found.append(self._reading(part))
                case AnswerTree():
                    found.append(self._answer(part))
                case BandTree():
                    found.append({"indicator": part.indicator.id, **self._band(part)})
                case BesideTree():
                    found.append(self._beside(part))
                case DaysTree():
                    days = {"days": part.period.days, "stated": part.period.stated}
                    found.append({"period": part.period.id, **days})
                case RowsTree(term=term):
                    used = [
                        {
                            "function": each.function or None,
                            "table": each.table,
                            "column": each.column or None,
                            "rows": each.rows,
                            "known": each.known,
                            "where": [str(place) for place in each.places],
                        }
                        for each in term.used
                    ]
                    value = plain(term.value)
                    found.append({"term": term.text, "value": value, "records": used})
                case GapTree():
                    found.append({"item": part.item, "period": part.period, "value": None})
        return found

    def _beside(self, tree: BesideTree) -> Data:
        comparison = tree.comparison
        data: Data = {"indicator": tree.indicator.id, "group": tree.group or None}
        if isinstance(comparison, Spread):
            data["lower_quartile"] = plain(comparison.lower)
            data["median"] = plain(comparison.median)
            data["upper_quartile"] = plain(comparison.upper)
        else:
            data["value"] = plain(comparison.value) if comparison else None
            data["kind"] = comparison.kind if comparison else None
        data["figures"] = [
            {
                "firm": figure.firm or None,
                "group": figure.group,
                "value": plain(figure.value),
                "where": str(figure.at),
            }
            for figure in (comparison.figures if comparison else ())
        ]
        return data

    def _amount(self, tree: AmountTree) -> Data:
        amount = tree.amount
        return {
            "item": amount.item,
            "period": amount.period,
            "value": plain(amount.value),
            "as_written": amount.as_written or None,
            "origin": amount.origin.value,
            "where": str(amount.at) if amount.at.line or amount.at.cell else None,
            "parts": [self._amount(part) for part in tree.parts],
        }

    def _answer(self, tree: AnswerTree) -> Data:
        value = plain(tree.value) if isinstance(tree.value, Decimal) else tree.value
        return {"question": tree.question.id, "value": value, "where": _place(tree.at)}

    # --- what is not so -------------------------------------------------------------------------

    def _not_fired(self, tree: NotFired) -> Data:
        return {
            **self._rule(tree.rule),
            "other_reader": tree.other_reader or None,
            "other_side": tree.other_side,
            "unmet": [self._unmet(each) for each in tree.unmet],
        }

    def _unmet(self, tree: Unmet) -> Data:
        if tree.choices:
            return {"one_of": [[self._unmet(each) for each in choice] for choice in tree.choices]}
        return {
            "fact": tree.key,
            "asked": list(tree.words),
            "absent": tree.absent,
            "truth": tree.truth.value,
            "found": self._fact(tree.found) if tree.found else None,
            "norms": [self._band(band) for band in tree.bands],
            "needs": list(tree.needs),
        }
