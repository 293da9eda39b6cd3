"""Rules, facts, readings and amounts as plain values for JSON; percents as fractions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from diagnost.explain.pen import CasePen
from diagnost.explain.tree import (
    AbsentTree,
    AmountTree,
    AnswerTree,
    BandTree,
    BesideTree,
    DaysTree,
    FactTree,
    FiringTree,
    GapTree,
    GaveWay,
    Input,
    NotFired,
    ReadingTree,
    RowsTree,
    Unmet,
)
from diagnost.model.benchmark import Spread
from diagnost.model.json_numbers import plain
from diagnost.model.located import At
from diagnost.model.rule import CauseRule, Recommendation, Rule, Ruling, Statement

Data = dict[str, Any]


def place(at: At | None) -> str | None:
    """Return a place as it is written, if there is one."""
    return str(at) if at else None


class CellsJson:
    """Writes what a firing rests on, as seen from one period."""

    def __init__(self, period: str, pen: CasePen) -> None:
        self.period = period
        self.pen = pen

    def rule(self, rule: Rule) -> Data:
        """Return a rule with what it says and what it rests on."""
        return {
            "id": rule.id,
            "text": self.sentence(rule),
            "where": str(rule.at),
            "cites": list(rule.cites.ids),
            "basis": "inference" if rule.cites.inference else "text",
        }

    def sentence(self, rule: Rule) -> str | None:
        """Return what a rule says with its figures; None where one is not known."""
        match rule:
            case Statement() | CauseRule() | Recommendation():
                return self.pen.sentence(rule.text, self.period)
            case Ruling():
                return self.pen.sentence(rule.because, self.period)
            case _:
                return None

    def gave_way(self, other: GaveWay) -> Data:
        """Return the other side where one entry gives way to another."""
        ruling = other.ruling
        return {"id": other.entry, "ruling": self.rule(ruling) if ruling else None}

    # --- rules, facts, readings -----------------------------------------------------------------

    def firing(self, tree: FiringTree) -> Data:
        """Return a firing with the facts it used."""
        return {
            "rule": tree.rule.id,
            "where": str(tree.rule.at),
            "cites": list(tree.rule.cites.ids),
            "basis": "inference" if tree.rule.cites.inference else "text",
            "used": [self.fact(each) for each in tree.used],
            "absent": [self._absent(each) for each in tree.absent],
            "others": tree.others,
        }

    def _absent(self, tree: AbsentTree) -> Data:
        instead = self.fact(tree.instead) if tree.instead else None
        return {"fact": tree.key, "value": tree.word, "instead": instead}

    def fact(self, tree: FactTree) -> Data:
        """Return a fact with what it was read from or made by."""
        return {
            "fact": tree.key,
            "value": tree.word,
            "again": tree.again,
            "norm": self._band(tree.band) if tree.band else None,
            "readings": [self.reading(each) for each in tree.readings],
            "answer": self._answer(tree.answer) if tree.answer else None,
            "beside": self._beside(tree.beside) if tree.beside else None,
            "firing": self.firing(tree.firing) if tree.firing else None,
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

    def reading(self, tree: ReadingTree) -> Data:
        """Return a reading with what its formula was filled with."""
        reading = tree.reading
        missing = reading.missing
        return {
            "indicator": reading.indicator,
            "period": reading.period,
            "value": plain(reading.value),
            "reason": missing.reason if missing else None,
            "missing": list(missing.needs) if missing else [],
            "formula": reading.formula.text if reading.formula else None,
            "given": place(reading.given.at) if reading.given else None,
            "again": tree.again,
            "inputs": self._inputs(tree.inputs),
        }

    def _inputs(self, inputs: Sequence[Input]) -> list[Data]:
        found: list[Data] = []
        for part in inputs:
            match part:
                case AmountTree():
                    found.append(self.amount(part))
                case ReadingTree():
                    found.append(self.reading(part))
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

    def amount(self, tree: AmountTree) -> Data:
        """Return an amount with what it was derived from."""
        amount = tree.amount
        return {
            "item": amount.item,
            "period": amount.period,
            "value": plain(amount.value),
            "as_written": amount.as_written or None,
            "origin": amount.origin.value,
            "where": str(amount.at) if amount.at.line or amount.at.cell else None,
            "taken_off": tree.taken_off,
            "parts": [self.amount(part) for part in tree.parts],
        }

    def _answer(self, tree: AnswerTree) -> Data:
        value = plain(tree.value) if isinstance(tree.value, Decimal) else tree.value
        return {"question": tree.question.id, "value": value, "where": place(tree.at)}

    # --- what is not so -------------------------------------------------------------------------

    def not_fired(self, tree: NotFired) -> Data:
        """Return an entry that did not fire and what its condition lacks."""
        return {
            **self.rule(tree.rule),
            "other_reader": tree.other_reader or None,
            "other_side": tree.other_side,
            "of_rows": tree.of_rows or None,
            "undecided": tree.undecided,
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
            "found": self.fact(tree.found) if tree.found else None,
            "norms": [self._band(band) for band in tree.bands],
            "needs": list(tree.needs),
            "lacking": [self._unmet(each) for each in tree.lacking],
        }
