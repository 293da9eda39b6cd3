"""Rules, facts, readings and amounts in lines for people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from diagnost.explain.branch import Branch
from diagnost.explain.names import Names
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
    Input,
    ReadingTree,
    RowsTree,
    UnknownFact,
)
from diagnost.model.accounts import Amount, Origin
from diagnost.model.benchmark import PeerFigure, Spread
from diagnost.model.formula_tree import Missing
from diagnost.model.indicator import Reading, Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import CauseRule, Recommendation, Rule, Ruling, Statement


class CellsText:
    """Writes what a firing rests on, as seen from one period."""

    def __init__(
        self, base: KnowledgeBase, pen: CasePen, period: str, *, symbols: bool = True
    ) -> None:
        self.base = base
        self.pen = pen
        self.period = period
        self.names = Names(base, pen, symbols)
        self.say = self.names.say
        self.assumed = False  # an edge of our own was written

    def note(self, width: int) -> str:
        """Return the note on edges of our own, if one was written."""
        if not self.assumed:
            return ""
        return f"\n{self.pen.wrapped('* ' + self.pen.words['data.assumed'], width)}\n"

    def unknown(self, tree: UnknownFact) -> Branch:
        """Write a fact that is not known, and what would settle it."""
        needs = self.names.listed(self.names.need(need) for need in tree.needs)
        key = "lacks_unknown" if needs else "lacks_unknown_plain"
        text = self.say(key, name=self.names.key(tree.key), wanted="", needs=needs)
        return Branch(label=self.say("label.unknown"), text=text, place=tree.key)

    # --- rules and facts ------------------------------------------------------------------------

    def rule(self, firing: FiringTree | None) -> Iterator[Branch]:
        """Yield the rule of a firing with its sources and the facts it used."""
        if firing is None:
            return
        children = [self.source(firing.rule)]
        children += [self.fact(fact) for fact in firing.used]
        children += [self._absent(absent) for absent in firing.absent]
        if firing.others:
            children.append(Branch(text=self.say("other_ways", count=firing.others)))
        yield Branch(
            label=self.say("label.rule"),
            text=firing.rule.id,
            place=str(firing.rule.at),
            children=tuple(children),
        )

    def source(self, rule: Rule) -> Branch:
        """Write what a rule rests on."""
        return Branch(label=self.say("label.source"), text=self.names.source(rule.cites))

    def fact(self, tree: FactTree) -> Branch:
        """Write a fact with what it was read from or made by."""
        rule = self.base.rules.get(tree.key)
        if rule is not None:
            text = self.sentence(rule) or self.say("found")
        else:
            text = self.names.fact(tree.key, tree.word)
        if tree.again:
            text = self.say("again", text=text)
        return Branch(
            label=self.say("label.fact"),
            text=text,
            place=tree.key,
            children=tuple(self._grounds(tree)),
        )

    def _grounds(self, tree: FactTree) -> Iterator[Branch]:
        if tree.band is not None:
            yield self._band(tree.band)
        yield from (self.reading(reading) for reading in tree.readings)
        if tree.beside is not None:
            yield self._beside(tree.beside)
        if tree.answer is not None:
            yield self._answer(tree.answer, self.say("label.answer"))
        yield from self.rule(tree.firing)
        if tree.others:
            yield Branch(text=self.say("other_firings", count=tree.others))

    def _band(self, tree: BandTree, label: str = "") -> Branch:
        edges, norm = self.edges(tree), self.names.norm(tree.norm.id)
        band = self.names.word(tree.indicator.id, tree.band.id)
        return Branch(
            label=label or self.say("label.norm"),
            text=self.say("band", norm=norm, band=band, edges=edges),
            place=str(tree.band.at),
        )

    def edges(self, tree: BandTree) -> str:
        """Write the edges of a band, and remember if one of them is our own."""
        edges = self.names.band(tree)
        self.assumed = self.assumed or "*" in edges
        return edges

    def _absent(self, tree: AbsentTree) -> Branch:
        rule = self.base.rules.get(tree.key)
        name = tree.key if rule is not None else self.names.key(tree.key)
        word = self.names.word(tree.key, tree.word)
        return Branch(
            label=self.say("label.absent"),
            text=self.say("fact", name=name, word=word),
            place="" if rule is not None else tree.key,
            children=(self.fact(tree.instead),) if tree.instead else (),
        )

    # --- readings and amounts -------------------------------------------------------------------

    def reading(self, tree: ReadingTree, *, nested: bool = False) -> Branch:
        """Write a reading with its amounts; ``nested`` in the formula of another one."""
        reading = tree.reading
        text = self.derivation(reading)
        if reading.period != self.period:
            text = self.say("of_period", text=text, period=reading.period)
        if tree.again:
            text = self.say("again", text=text)
        return Branch(
            label="" if nested else self.say("label.reading"),
            text=text,
            place=str(reading.given.at) if reading.given else "",
            children=tuple(self._inputs(tree.inputs)),
        )

    def derivation(self, reading: Reading) -> str:
        """Write how a reading came about, or why there is none."""
        if reading.value is not None:
            return self.pen.derivation(reading)
        missing = reading.missing or Missing("missing")
        needs = self.names.listed(self.names.need(need) for need in missing.needs)
        reason = self.names.base.reason(missing, self.pen.language)
        if needs:
            return self.say("no_reading_needs", reason=reason, needs=needs)
        return self.say("no_reading", reason=reason)

    def _inputs(self, inputs: Sequence[Input]) -> Iterator[Branch]:
        values = [self._value(part.amount) for part in inputs if isinstance(part, AmountTree)]
        width = max(map(self.pen.width_of, values), default=0)
        for part in inputs:
            match part:
                case AmountTree():
                    yield self.amount(part, width)
                case ReadingTree():
                    yield self.reading(part, nested=True)
                case AnswerTree():
                    yield self._answer(part, part.question.id)
                case BandTree():
                    yield self._band(part, part.indicator.symbol)
                case BesideTree():
                    yield self._beside(part)
                case DaysTree():
                    text = str(part.period.days)
                    stated = text if part.period.stated else self.say("days_assumed", days=text)
                    yield Branch(label=self.pen.words["formula.days"], text=stated)
                case RowsTree():
                    yield self._rows(part)
                case GapTree():
                    yield Branch(label=self.names.line(part.item), text=self.say("not_given"))

    def _rows(self, tree: RowsTree) -> Branch:
        """Write a term over records with the rows it was made of."""
        value = self.pen.value(tree.term.value, Unit.NUMBER)
        made = [
            Branch(text=self.pen.rows(used), place=", ".join(map(str, used.places)))
            for used in tree.term.used
            if used.function
        ]
        if len(made) == 1:
            return replace(made[0], label=value)
        cells = [used for used in tree.term.used if not used.function]
        if not cells:
            return Branch(label=value, children=tuple(made))
        places = ", ".join(str(place) for used in cells for place in used.places)
        label = self.names.key(f"{cells[0].table}.{cells[0].column}")
        return Branch(label=label, text=value, place=places)

    def _beside(self, tree: BesideTree) -> Branch:
        """Write a figure of other firms with the firms that it comes from."""
        unit, comparison = tree.indicator.unit, tree.comparison

        def firm(figure: PeerFigure) -> Branch:
            text = self.pen.value(figure.value, unit)
            return Branch(label=figure.firm, text=text, place=str(figure.at))

        label = self.names.group(tree.group) if tree.group else self.say("key.quartile")
        if comparison is None:
            return Branch(label=label, text=self.say("not_given"))
        firms = tuple(firm(figure) for figure in comparison.figures if figure.firm)
        if isinstance(comparison, Spread):
            edges = (comparison.lower, comparison.median, comparison.upper)
            values = [self.pen.value(edge, unit) for edge in edges if edge is not None]
            text = self.say("quartiles", values=self.names.listed(values))
            return Branch(label=label, text=text, children=firms)
        text = self.pen.value(comparison.value, unit)
        if comparison.kind == "median":
            median = self.say("median", count=len(firms))
            text = self.say("marked", text=text, marks=median)
        place = str(comparison.figures[0].at) if comparison.kind == "stated" else ""
        return Branch(label=label, text=text, place=place, children=firms)

    def amount(self, tree: AmountTree, width: int = 0, label: str = "") -> Branch:
        """Write an amount, its figure at the right of ``width`` columns."""
        amount = tree.amount
        value = self._value(amount)
        text = " " * max(width - self.pen.width_of(value), 0) + value
        if amount.period != self.period:
            text = self.say("of_period", text=text, period=amount.period)
        if amount.origin is not Origin.GIVEN:
            origin = self.say(f"origin.{amount.origin.value}", written=amount.as_written)
            text = self.say("marked", text=text, marks=origin)
        label = label or self.names.line(amount.item)
        if tree.taken_off:
            label = self.say("taken_off", name=label)
        derived = amount.origin in (Origin.DERIVED, Origin.ASSUMED_NIL)
        return Branch(
            label=label,
            text=text,
            place="" if derived else str(amount.at),
            children=tuple(self._inputs(tree.parts)),
        )

    def _value(self, amount: Amount) -> str:
        return self.pen.value(amount.value, Unit.MONEY)

    def _answer(self, tree: AnswerTree, label: str) -> Branch:
        question = tree.question
        if tree.value is None:
            text = self.say("not_given")
        elif isinstance(tree.value, str):
            text = self.names.word(f"company.{question.id}", tree.value)
        else:
            text = self.pen.value(tree.value, Unit(question.unit))
        if tree.at is None and tree.value is not None:
            text = self.say("silence", word=text)
        return Branch(label=label, text=text, place=str(tree.at) if tree.at else "")

    # --- sentences ------------------------------------------------------------------------------

    def sentence(self, rule: Rule) -> str:
        """Write what a rule says with its figures, or as it stands where they are not known."""
        match rule:
            case Statement() | CauseRule() | Recommendation():
                text = rule.text
            case Ruling():
                text = rule.because
            case _:
                return ""
        return self.pen.sentence(text, self.period) or text.in_language(self.pen.language)
