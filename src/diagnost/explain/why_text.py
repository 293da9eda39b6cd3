"""The tree of a ``why`` in lines for people."""

from collections.abc import Iterable, Iterator, Sequence

from diagnost.explain.branch import Branch, draw
from diagnost.explain.names import Names
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import (
    AbsentTree,
    AdviceTree,
    AmountTree,
    AnswerTree,
    BandTree,
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
    RuleTree,
    UnknownFact,
    Unmet,
    VerdictTree,
    Why,
)
from diagnost.model.accounts import Amount, Origin
from diagnost.model.diagnosis import Finding
from diagnost.model.formula import Missing
from diagnost.model.indicator import Reading, Unit
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import (
    CauseRule,
    Conclusion,
    Recommendation,
    Rule,
    Ruling,
    Statement,
    Truth,
)


def as_text(why: Why, base: KnowledgeBase, pen: CasePen, width: int) -> str:
    """Write the sentence and draw the tree below it."""
    writer = _Writer(why, base, pen)
    sentence, root = writer.answer()
    drawn = draw(root, pen, width)
    lead = f"{pen.wrapped(sentence, width)}\n\n" if sentence else ""
    note = f"\n{pen.wrapped('* ' + pen.words['data.assumed'], width)}\n" if writer.assumed else ""
    return lead + drawn + note


class _Writer:
    def __init__(self, why: Why, base: KnowledgeBase, pen: CasePen) -> None:
        self.why = why
        self.period = why.period
        self.base = base
        self.pen = pen
        self.names = Names(base, pen)
        self.say = self.names.say
        self.assumed = False  # an edge of our own stands in the tree

    def answer(self) -> tuple[str, Branch]:
        """Return the sentence above the tree, and the tree."""
        match self.why.answer:
            case FindingTree() as tree:
                return self._told(tree.finding), self._finding(tree)
            case CauseTree() as tree:
                return self._sentence(tree.rule), self._cause(tree)
            case VerdictTree() as tree:
                return "", self._verdict(tree)
            case AdviceTree() as tree:
                return self._sentence(tree.advice.recommendation), self._advice(tree)
            case RuleTree() as tree:
                return self._sentence(tree.firing.rule), self._concluded(tree)
            case IndicatorTree() as tree:
                return self._meaning(tree), self._indicator(tree)
            case LineTree() as tree:
                return "", self._line(tree)
            case FactTree() as tree:
                return "", self._fact(tree)
            case NotFired() as tree:
                return "", self._not_fired(tree)
            case NoVerdict() as tree:
                return "", self._no_verdict(tree)
            case UnknownFact() as tree:
                return "", self._unknown(tree)

    # --- entries --------------------------------------------------------------------------------

    def _finding(self, tree: FindingTree) -> Branch:
        statement = tree.finding.statement
        marks = [
            self.pen.words[f"polarity.{statement.polarity}"],
            self.say(f"certainty.{statement.certainty.value}"),
            self.say(f"severity.{statement.weight.value}"),
        ]
        if statement.viewpoint:
            marks.append(self.say(f"viewpoint.{statement.viewpoint}"))
        children = [*self._because(tree.causes), *self._effects(tree.effects)]
        children += self._rule_branches(tree.firing)
        children += self._gave_way(tree.gave_way, tree.silenced)
        return self._head("statement", statement.id, self.names.listed(marks), children)

    def _head(self, kind: str, entry: str, marks: str, children: Iterable[Branch]) -> Branch:
        text = self.say("head", entry=entry, period=self.period)
        return Branch(
            label=self.say(f"kind.{kind}"),
            text=self.say("marked", text=text, marks=marks) if marks else text,
            children=tuple(children),
        )

    def _because(self, links: Sequence[Link]) -> Iterator[Branch]:
        """Yield what explains a finding, each with its sentence, its basis and its own causes."""
        for link in links:
            children = [
                Branch(
                    label=self.say("label.link"),
                    text=self._sentence(link.rule),
                    place=str(link.rule.at),
                ),
                self._source(link.rule),
                *self._because(link.end.causes),
            ]
            text = self._voiced(link.end.finding)
            if link.rule.identity:
                text = self.say("identity", text=text)
            elif link.end.again:
                text = self.say("again", text=text)
            yield Branch(
                label=self.say("label.because"),
                text=text,
                place=link.end.finding.statement.id,
                children=tuple(children),
            )

    def _effects(self, links: Sequence[Link]) -> Iterator[Branch]:
        for link in links:
            yield Branch(
                label=self.say("label.explains"),
                text=self._voiced(link.end.finding),
                place=link.end.finding.statement.id,
            )

    def _findings(self, label: str, trees: Iterable[FindingTree]) -> Iterator[Branch]:
        for tree in trees:
            text = self._told(tree.finding)
            yield Branch(
                label=self.say(f"label.{label}"),
                text=self.say("again", text=text) if tree.again else text,
                place=tree.finding.statement.id,
                children=tuple(self._because(tree.causes)),
            )

    def _gave_way(self, winner: GaveWay | None, losers: Sequence[GaveWay]) -> Iterator[Branch]:
        if winner is not None:
            yield self._other("gave_way", winner)
        for loser in losers:
            yield self._other("silenced", loser)

    def _other(self, label: str, other: GaveWay) -> Branch:
        rule = self.base.rules[other.entry]
        told = self._sentence(rule)
        children: tuple[Branch, ...] = ()
        if other.ruling is not None and rule is not other.ruling:
            text = self._sentence(other.ruling)
            place = str(other.ruling.at)
            children = (Branch(label=self.say("label.why"), text=text, place=place),)
        return Branch(
            label=self.say(f"label.{label}"), text=told, place=other.entry, children=children
        )

    def _cause(self, tree: CauseTree) -> Branch:
        children = [*self._findings("effect", tree.effects), *self._findings("cause", tree.causes)]
        children += self._rule_branches(tree.firing)
        marks = self.say("same_test") if tree.rule.identity else ""
        return self._head("cause", tree.rule.id, marks, children)

    def _verdict(self, tree: VerdictTree) -> Branch:
        children = [*self._findings("because", tree.because)]
        for firing in tree.firings:
            children += self._rule_branches(firing)
        word = tree.verdict.word.name.in_language(self.pen.language)
        area = tree.area.name.in_language(self.pen.language)
        text = self.say("verdict", area=area, period=self.period, word=word)
        return Branch(label=self.say("kind.area"), text=text, children=tuple(children))

    def _advice(self, tree: AdviceTree) -> Branch:
        recommendation = tree.advice.recommendation
        children = []
        for label in ("effect", "watch"):
            text = self.pen.sentence(getattr(recommendation, label), self.period)
            if text:
                children.append(Branch(label=self.say(f"label.{label}"), text=text))
        children += self._findings("answers", tree.because)
        children += self._rule_branches(tree.firing)
        children += self._gave_way(tree.gave_way, tree.silenced)
        urgency = self.pen.words[f"urgency.{recommendation.urgency}"]
        return self._head("recommendation", recommendation.id, urgency, children)

    def _concluded(self, tree: RuleTree) -> Branch:
        rule = tree.firing.rule
        marks = ""
        if isinstance(rule, Conclusion):
            marks = self.names.fact(rule.key, rule.word)
        children = [*self._rule_branches(tree.firing), *self._gave_way(None, tree.silenced)]
        return self._head(
            "ruling" if isinstance(rule, Ruling) else "rule", rule.id, marks, children
        )

    # --- rules and facts ------------------------------------------------------------------------

    def _rule_branches(self, firing: FiringTree | None) -> Iterator[Branch]:
        if firing is None:
            return
        children = [self._source(firing.rule)]
        children += [self._fact(fact) for fact in firing.used]
        children += [self._absent(absent) for absent in firing.absent]
        if firing.others:
            children.append(Branch(text=self.say("other_ways", count=firing.others)))
        yield Branch(
            label=self.say("label.rule"),
            text=firing.rule.id,
            place=str(firing.rule.at),
            children=tuple(children),
        )

    def _source(self, rule: Rule) -> Branch:
        return Branch(label=self.say("label.source"), text=self.names.source(rule.cites))

    def _fact(self, tree: FactTree) -> Branch:
        rule = self.base.rules.get(tree.key)
        if rule is not None:
            text = self._sentence(rule) or self.say("found")
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
        yield from (self._reading(reading) for reading in tree.readings)
        if tree.answer is not None:
            yield self._answer(tree.answer, self.say("label.answer"))
        yield from self._rule_branches(tree.firing)
        if tree.others:
            yield Branch(text=self.say("other_firings", count=tree.others))

    def _band(self, tree: BandTree, label: str = "") -> Branch:
        edges = self._edges(tree)
        return Branch(
            label=label or self.say("label.norm"),
            text=self.say("band", norm=tree.norm.id, band=tree.band.id, edges=edges),
            place=str(tree.band.at),
        )

    def _edges(self, tree: BandTree) -> str:
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
            children=(self._fact(tree.instead),) if tree.instead else (),
        )

    # --- readings and amounts -------------------------------------------------------------------

    def _reading(self, tree: ReadingTree, *, nested: bool = False) -> Branch:
        reading = tree.reading
        text = self._derivation(reading)
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

    def _derivation(self, reading: Reading) -> str:
        if reading.value is not None:
            return self.pen.derivation(reading)
        missing = reading.missing or Missing("missing")
        needs = self.names.listed(self.names.need(need) for need in missing.needs)
        reason = self.names.reason(missing.reason)
        if needs:
            return self.say("no_reading_needs", reason=reason, needs=needs)
        return self.say("no_reading", reason=reason)

    def _inputs(self, inputs: Sequence[Input]) -> Iterator[Branch]:
        values = [self._value(part.amount) for part in inputs if isinstance(part, AmountTree)]
        width = max(map(self.pen.width_of, values), default=0)
        for part in inputs:
            match part:
                case AmountTree():
                    yield self._amount(part, width)
                case ReadingTree():
                    yield self._reading(part, nested=True)
                case AnswerTree():
                    yield self._answer(part, part.question.id)
                case BandTree():
                    yield self._band(part, part.indicator.symbol)
                case DaysTree():
                    text = str(part.period.days)
                    stated = text if part.period.stated else self.say("days_assumed", days=text)
                    yield Branch(label=self.pen.words["formula.days"], text=stated)
                case GapTree():
                    yield Branch(label=self.names.line(part.item), text=self.say("not_given"))

    def _amount(self, tree: AmountTree, width: int = 0, label: str = "") -> Branch:
        amount = tree.amount
        value = self._value(amount)
        text = " " * max(width - self.pen.width_of(value), 0) + value
        if amount.period != self.period:
            text = self.say("of_period", text=text, period=amount.period)
        if amount.origin is not Origin.GIVEN:
            origin = self.say(f"origin.{amount.origin.value}", written=amount.as_written)
            text = self.say("marked", text=text, marks=origin)
        derived = amount.origin in (Origin.DERIVED, Origin.ASSUMED_NIL)
        return Branch(
            label=label or self.names.line(amount.item),
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

    # --- figures and what rests on them ---------------------------------------------------------

    def _indicator(self, tree: IndicatorTree) -> Branch:
        indicator = tree.indicator
        formula = tree.reading.reading.formula or indicator.formula
        children = [
            Branch(
                label=self.say("label.formula"),
                text=self.names.formula(formula),
                place=str(indicator.at),
            ),
            self._reading(tree.reading),
            *(self._fact(fact) for fact in tree.facts),
            *self._resting(tree.findings, tree.users),
        ]
        if indicator.cites.ids or indicator.cites.inference:
            text = self.names.source(indicator.cites)
            children.insert(1, Branch(label=self.say("label.source"), text=text))
        name = self.names.indicator(indicator)
        text = self.say("head", entry=name, period=self.period)
        return Branch(
            label=self.say("kind.indicator"),
            text=text,
            place=indicator.id,
            children=tuple(children),
        )

    def _meaning(self, tree: IndicatorTree) -> str:
        meaning = tree.indicator.meaning
        return meaning.in_language(self.pen.language) if meaning else ""

    def _line(self, tree: LineTree) -> Branch:
        item = self.base.catalogue.line_items[tree.item]
        if tree.amount is None:
            first = Branch(label=self.say("label.amount"), text=self.say("not_given"))
        else:
            first = self._amount(tree.amount, label=self.say("label.amount"))
        text = self.say("head", entry=self.names.line(tree.item), period=self.period)
        return Branch(
            label=self.say("kind.line"),
            text=text,
            place=item.id,
            children=(first, *self._resting(tree.findings, tree.users)),
        )

    def _resting(self, findings: Iterable[Finding], users: Iterable[str]) -> Iterator[Branch]:
        for user in users:
            name = self.names.indicator(self.base.catalogue.indicators[user])
            yield Branch(label=self.say("label.used_by"), text=name, place=user)
        for finding in findings:
            yield Branch(
                label=self.say("label.carries"),
                text=self._voiced(finding),
                place=finding.statement.id,
            )

    # --- what is not so -------------------------------------------------------------------------

    def _not_fired(self, tree: NotFired) -> Branch:
        kind = {Statement: "statement", CauseRule: "cause", Recommendation: "recommendation"}
        label = self.say(f"kind.{kind.get(type(tree.rule), 'rule')}")
        key = "other_reader" if tree.other_reader else "not_fired"
        reader = self.say(f"viewpoint.{tree.other_reader}") if tree.other_reader else ""
        return Branch(
            label=label,
            text=self.say(key, entry=tree.rule.id, period=self.period, reader=reader),
            place=str(tree.rule.at),
            children=tuple(self._unmet(tree.unmet)),
        )

    def _unmet(self, parts: Iterable[Unmet]) -> Iterator[Branch]:
        for part in parts:
            if part.choices:
                choices = tuple(
                    Branch(label=f"{number}.", children=tuple(self._unmet(choice)))
                    for number, choice in enumerate(part.choices, start=1)
                )
                yield Branch(label=self.say("label.one_of"), children=choices)
                continue
            label = "unknown" if part.truth is Truth.UNKNOWN else "unmet"
            place = part.key if part.key not in self.base.rules else ""
            yield Branch(label=self.say(f"label.{label}"), text=self._lacking(part), place=place)

    def _lacking(self, part: Unmet) -> str:
        name = self.names.key(part.key)
        wanted = self._wanted(part)
        if part.truth is Truth.UNKNOWN:
            needs = self.names.listed(self.names.need(need) for need in part.needs)
            key = "lacks_unknown" if needs else "lacks_unknown_plain"
            return self.say(key, name=name, wanted=wanted, needs=needs)
        if part.absent:
            return self.say("lacks_absence", name=name, wanted=wanted)
        if part.found is None:
            return self.say("lacks_all", name=name, wanted=wanted)
        found = self.names.word(part.key, part.found.word)
        readings = part.found.readings
        if not readings:
            return self.say("lacks", name=name, wanted=wanted, found=found)
        derived = self._derivation(readings[-1].reading)
        return self.say("lacks_reading", name=name, wanted=wanted, found=found, derived=derived)

    def _wanted(self, part: Unmet) -> str:
        edges = {tree.band.id: self._edges(tree) for tree in part.bands}
        words = []
        for word in part.words:
            name = self.names.word(part.key, word)
            known = edges.get(word)
            words.append(self.say("wanted", word=name, edges=known) if known else name)
        return self.names.choice(words)

    def _no_verdict(self, tree: NoVerdict) -> Branch:
        area = tree.area.name.in_language(self.pen.language)
        text = self.say("no_verdict", area=area, period=self.period)
        children = tuple(self._not_fired(rule) for rule in tree.rules)
        return Branch(label=self.say("kind.area"), text=text, children=children)

    def _unknown(self, tree: UnknownFact) -> Branch:
        needs = self.names.listed(self.names.need(need) for need in tree.needs)
        key = "lacks_unknown" if needs else "lacks_unknown_plain"
        text = self.say(key, name=self.names.key(tree.key), wanted="", needs=needs)
        return Branch(label=self.say("label.unknown"), text=text, place=tree.key)

    # --- sentences ------------------------------------------------------------------------------

    def _told(self, finding: Finding) -> str:
        return self._sentence(finding.statement)

    def _voiced(self, finding: Finding) -> str:
        """Write what a finding says, and whether the document leaves it to another."""
        text = self._told(finding)
        if not finding.gave_way_to:
            return text
        return self.say("marked", text=text, marks=self.say("silent"))

    def _sentence(self, rule: Rule) -> str:
        """Write what a rule says with its figures, or as it stands where they are not known."""
        match rule:
            case Statement() | CauseRule() | Recommendation():
                text = rule.text
            case Ruling():
                text = rule.because
            case _:
                return ""
        return self.pen.sentence(text, self.period) or text.in_language(self.pen.language)
