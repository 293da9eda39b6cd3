"""What rests on a figure or a source, in lines for people and as plain values."""

from collections.abc import Iterable, Iterator
from typing import Any

from diagnost.explain.branch import Branch, draw
from diagnost.explain.names import Names
from diagnost.explain.pen import CasePen
from diagnost.explain.rests_on import Rested, Target
from diagnost.model.indicator import Unit
from diagnost.model.json_numbers import plain
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import CauseRule, Recommendation, Statement
from diagnost.model.text import Text


def rests_text(rested: Rested, base: KnowledgeBase, pen: CasePen, width: int) -> str:
    """Draw what rests on a target, the figures first."""
    return draw(_Writer(rested, base, pen).root(), pen, width)


class _Writer:
    def __init__(self, rested: Rested, base: KnowledgeBase, pen: CasePen) -> None:
        self.rested = rested
        self.base = base
        self.pen = pen
        self.names = Names(base, pen)
        self.say = self.names.say

    def root(self) -> Branch:
        rested = self.rested
        groups = [
            ("indicators", self._readings()),
            ("findings", self._findings()),
            ("verdicts", self._verdicts()),
            ("causes", self._rules(c.rule for c in rested.causes)),
            ("advice", self._rules(a.recommendation for a in rested.advice if a.rank)),
            ("entries", (Branch(text=entry) for entry in rested.entries)),
        ]
        children = tuple(
            Branch(text=self.say(f"rests.{key}"), children=found)
            for key, branches in groups
            if (found := tuple(branches))
        )
        if rested.empty:
            children = (Branch(text=self.say("rests.nothing")), *children)
        text = self.say(f"rests.{rested.target.kind}", name=self._name(rested.target))
        head = self.say("head", entry=text, period=rested.period)
        return Branch(text=head, children=(*self._amounts(), *children))

    def _name(self, target: Target) -> str:
        if target.kind in ("cell", "source"):
            return target.text
        name = next(iter(target.names))
        if target.kind == "line":
            return self.names.line(name)
        if target.kind == "question":
            return self.base.catalogue.questions[name].asks.in_language(self.pen.language)
        return self.names.indicator(self.base.catalogue.indicators[name])

    def _amounts(self) -> Iterator[Branch]:
        for amount in self.rested.amounts:
            value = self.pen.value(amount.value, Unit.MONEY)
            place = "" if amount.parts else str(amount.at)
            yield Branch(label=self.names.line(amount.item), text=value, place=place)

    def _readings(self) -> Iterator[Branch]:
        for reading in self.rested.readings:
            indicator = self.base.catalogue.indicators[reading.indicator]
            if indicator.shown and reading.value is not None:
                name = self.names.indicator(indicator)
                yield Branch(label=name, text=self.pen.value(reading.value, indicator.unit))

    def _findings(self) -> Iterator[Branch]:
        for finding in self.rested.findings:
            if not finding.gave_way_to:
                yield from self._rules([finding.statement])

    def _verdicts(self) -> Iterator[Branch]:
        areas = {area.id: area.name for area in self.base.areas}
        for verdict in self.rested.verdicts:
            yield Branch(
                label=areas[verdict.area].in_language(self.pen.language),
                text=verdict.word.name.in_language(self.pen.language),
            )

    def _rules(self, rules: Iterable[Statement | CauseRule | Recommendation]) -> Iterator[Branch]:
        seen: set[str] = set()
        for rule in rules:
            if rule.id not in seen:
                seen.add(rule.id)
                yield Branch(text=self._sentence(rule.text), place=rule.id)

    def _sentence(self, text: Text) -> str:
        told = self.pen.sentence(text, self.rested.period)
        return told or text.in_language(self.pen.language)


def rests_data(rested: Rested) -> dict[str, Any]:
    """Return what rests on a target as ids and numbers."""
    return {
        "target": {"kind": rested.target.kind, "text": rested.target.text},
        "period": rested.period,
        "amounts": [
            {"item": a.item, "value": plain(a.value), "where": str(a.at)} for a in rested.amounts
        ],
        "indicators": [{"id": r.indicator, "value": plain(r.value)} for r in rested.readings],
        "findings": [f.statement.id for f in rested.findings],
        "verdicts": [{"area": v.area, "word": v.word.id} for v in rested.verdicts],
        "causes": list(dict.fromkeys(c.rule.id for c in rested.causes)),
        "recommendations": [a.recommendation.id for a in rested.advice],
        "entries": list(rested.entries),
    }
