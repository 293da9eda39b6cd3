"""What moved a figure, what is ruled out and what stays open, in lines for people."""

from collections.abc import Iterator

from diagnost.explain.alternatives import Alternatives, Limit, Moved, Open, RuledOut
from diagnost.explain.branch import Branch
from diagnost.explain.cells_text import CellsText
from diagnost.model.indicator import Indicator


class AlternativesText:
    """Writes changes taken apart, and the reasons that were not found."""

    def __init__(self, cells: CellsText) -> None:
        self.cells = cells
        self.pen = cells.pen
        self.names = cells.names
        self.say = cells.say
        self.catalogue = cells.base.catalogue

    def moved(self, tree: Moved) -> Branch:
        """Write a change as a sum of what its parts did, each of these taken apart in turn."""
        breakdown = tree.breakdown
        written = self.pen.change(breakdown)
        children = []
        told = []
        for part, behind, nought in zip(written.parts, tree.behind, written.nought, strict=True):
            if nought:
                continue
            told.append(self.pen.words["movement.part"].format(part=part.name, effect=part.effect))
            text = self.say("share", effect=part.effect, before=part.before, now=part.now)
            inner = (self.moved(behind),) if behind is not None else ()
            children.append(Branch(label=part.name, text=text, children=inner))
        text = self.say(
            "moved",
            name=self.names.indicator(self.catalogue.indicators[breakdown.decomposition.of]),
            change=written.change,
            since=written.since,
            parts=self.pen.words["list.semicolon"].join(told),
        )
        return Branch(
            label=self.say("label.arithmetic"),
            text=text,
            place=breakdown.decomposition.id,
            children=tuple(children),
        )

    def others(self, alternatives: Alternatives | None) -> Iterator[Branch]:
        """Yield what is ruled out and what stays open."""
        if alternatives is None:
            return
        for out in alternatives.ruled_out:
            yield Branch(label=self.say("label.ruled_out"), text=self._ruled_out(out))
        none = alternatives.explainable and not alternatives.explained
        if not alternatives.undecided and not none:
            return
        if not alternatives.undecided:
            text = self.say("no_cause")
        else:
            text = self.say("no_cause_open" if none else "open")
        children = tuple(map(self._open, alternatives.undecided))
        yield Branch(label=self.say("label.open"), text=text, children=children)

    def _ruled_out(self, out: RuledOut) -> str:
        name = self.names.key(out.key)
        if out.reading is None or out.reading.value is None:
            return self.say("out_answer", name=name, word=self.names.word(out.key, out.word))
        indicator = self.catalogue.indicators[out.key]
        value = self.pen.value(out.reading.value, indicator.unit)
        if out.limit is None:
            return self.say("out", name=name, value=value)
        return self.say(
            "out_limit", name=name, value=value, limit=self._limit(indicator, out.limit)
        )

    def _limit(self, indicator: Indicator, limit: Limit) -> str:
        value = self.pen.edge(limit.value, indicator.unit) + ("*" if limit.assumed else "")
        self.cells.assumed = self.cells.assumed or limit.assumed
        return self.say(f"edge.{limit.side}", value=value)

    def _open(self, each: Open) -> Branch:
        """Write what would decide; a question says itself what it is about."""
        questions = self.catalogue.questions
        needs = [
            self.say("quoted", text=self.names.need(need))
            if need in questions
            else self.names.need(need)
            for need in each.needs
        ]
        asked = {f"company.{need}" for need in each.needs if need in questions}
        keys = [key for key in each.keys if key not in asked]
        listed = self.pen.words["list.semicolon"].join(needs)
        if not keys:
            return Branch(text=listed)
        names = self.pen.words["list.semicolon"].join(map(self.names.key, keys))
        key = "would_decide" if len(needs) == 1 else "would_decide_together"
        return Branch(text=self.say(key, needs=listed, names=names))
