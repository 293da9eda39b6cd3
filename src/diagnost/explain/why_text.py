"""The tree of a ``why`` in lines for people."""

from collections.abc import Iterable, Iterator, Sequence

from diagnost.explain.alternatives_text import AlternativesText
from diagnost.explain.branch import Branch, draw
from diagnost.explain.cells_text import CellsText
from diagnost.explain.names import Names
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
from diagnost.explain.unmet_text import UnmetText
from diagnost.model.diagnosis import Finding
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import (
    Conclusion,
    Ruling,
    Statement,
)
from diagnost.model.suspicion import Suspicion


def as_text(why: Why, base: KnowledgeBase, pen: CasePen, width: int) -> str:
    """Write the sentence and draw the tree below it."""
    writer = _Writer(why, base, pen)
    sentence, root = writer.answer()
    drawn = draw(root, pen, width)
    lead = f"{pen.wrapped(sentence, width)}\n\n" if sentence else ""
    return lead + drawn + writer.cells.note(width)


def _basis(link: Link) -> str:
    """Say what a link rests on: an identity of two tests, a source, or our inference."""
    if link.rule.identity:
        return "link"
    return "inferred" if link.rule.cites.inference else "stated"


class _Writer:
    def __init__(self, why: Why, base: KnowledgeBase, pen: CasePen) -> None:
        self.why = why
        self.period = why.period
        self.base = base
        self.pen = pen
        self.names = Names(base, pen)
        self.say = self.names.say
        self.cells = CellsText(base, pen, why.period)
        self.unmet = UnmetText(self.cells)
        self.alternatives = AlternativesText(self.cells)

    def answer(self) -> tuple[str, Branch]:
        """Return the sentence above the tree, and the tree."""
        match self.why.answer:
            case FindingTree() as tree:
                return self._told(tree.finding), self._finding(tree)
            case CauseTree() as tree:
                return self.cells.sentence(tree.rule), self._cause(tree)
            case VerdictTree() as tree:
                return "", self._verdict(tree)
            case AdviceTree() as tree:
                return self.cells.sentence(tree.advice.recommendation), self._advice(tree)
            case RuleTree() as tree:
                return self.cells.sentence(tree.firing.rule), self._concluded(tree)
            case IndicatorTree() as tree:
                return self._meaning(tree), self._indicator(tree)
            case LineTree() as tree:
                return "", self._line(tree)
            case FactTree() as tree:
                return "", self.cells.fact(tree)
            case NotFired() as tree:
                return "", self.unmet.not_fired(tree)
            case NoVerdict() as tree:
                return "", self.unmet.no_verdict(tree)
            case UnknownFact() as tree:
                return "", self.cells.unknown(tree)

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
        children = [
            *map(self.alternatives.moved, tree.moved),
            *self._because(tree.causes),
            *self.alternatives.others(tree.alternatives),
            *self._effects(tree.effects),
        ]
        children += self._doubt(statement)
        children += self._suspicion(tree.suspicion)
        children += self.cells.rule(tree.firing)
        children += self.unmet.gave_way(tree.gave_way, tree.silenced)
        return self._head("statement", statement.id, self.names.listed(marks), children)

    def _doubt(self, statement: Statement) -> Iterator[Branch]:
        """Yield how else the finding may be read."""
        doubt = self.pen.sentence(statement.doubt, self.period)
        if doubt:
            yield Branch(label=self.say("label.doubt"), text=doubt)

    def _suspicion(self, suspicion: Suspicion | None) -> Iterator[Branch]:
        if suspicion is not None:
            text = self.pen.suspicion(suspicion, self.period)
            yield Branch(label=self.say("label.suspects"), text=text)

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
                    label=self.say(f"label.{_basis(link)}"),
                    text=self.cells.sentence(link.rule),
                    place=str(link.rule.at),
                ),
                self.cells.source(link.rule),
                *map(self.alternatives.moved, link.end.moved),
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
                children=(
                    *map(self.alternatives.moved, tree.moved),
                    *self._because(tree.causes),
                ),
            )

    def _cause(self, tree: CauseTree) -> Branch:
        children = [*self._findings("effect", tree.effects), *self._findings("cause", tree.causes)]
        children += self.cells.rule(tree.firing)
        children += self.unmet.gave_way(tree.gave_way, ())
        marks = self.say("same_test") if tree.rule.identity else ""
        return self._head("cause", tree.rule.id, marks, children)

    def _verdict(self, tree: VerdictTree) -> Branch:
        children = [*self._findings("because", tree.because), *self._findings("but", tree.but)]
        children += self.alternatives.others(tree.alternatives)
        for firing in tree.firings:
            children += self.cells.rule(firing)
        word = tree.verdict.word.name.in_language(self.pen.language)
        area = tree.area.name.in_language(self.pen.language)
        text = self.say("verdict", area=area, period=self.period, word=word)
        return Branch(label=self.say("kind.area"), text=text, children=tuple(children))

    def _advice(self, tree: AdviceTree) -> Branch:
        recommendation = tree.advice.recommendation
        children = []
        for label in ("first_step", "effect", "watch"):
            text = self.pen.sentence(getattr(recommendation, label), self.period)
            if text:
                children.append(Branch(label=self.say(f"label.{label}"), text=text))
        children += self._findings("answers", tree.because)
        children += self.cells.rule(tree.firing)
        children += self.unmet.gave_way(tree.gave_way, tree.silenced)
        urgency = self.pen.words[f"urgency.{recommendation.urgency}"]
        return self._head("recommendation", recommendation.id, urgency, children)

    def _concluded(self, tree: RuleTree) -> Branch:
        rule = tree.firing.rule
        marks = ""
        if isinstance(rule, Conclusion):
            marks = self.names.fact(rule.key, rule.word)
        children = [*self.cells.rule(tree.firing), *self.unmet.gave_way(None, tree.silenced)]
        return self._head(
            "ruling" if isinstance(rule, Ruling) else "rule", rule.id, marks, children
        )

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
            self.cells.reading(tree.reading),
            *([self.alternatives.moved(tree.moved)] if tree.moved else []),
            *self._suspicion(tree.suspicion),
            *(self.cells.fact(fact) for fact in tree.facts),
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
            first = self.cells.amount(tree.amount, label=self.say("label.amount"))
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

    # --- sentences ------------------------------------------------------------------------------

    def _told(self, finding: Finding) -> str:
        return self.cells.sentence(finding.statement)

    def _voiced(self, finding: Finding) -> str:
        """Write what a finding says, and whether the document leaves it to another."""
        text = self._told(finding)
        if not finding.gave_way_to:
            return text
        return self.say("marked", text=text, marks=self.say("silent"))
