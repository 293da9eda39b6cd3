"""The derivation of a ``how`` in lines for people."""

from collections.abc import Iterator

from diagnost.explain.branch import Branch, draw
from diagnost.explain.cells_text import CellsText
from diagnost.explain.how import Computed, Filed, How, Made, NotMade
from diagnost.explain.lookup import kind_of
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import FactTree, FiringTree, UnknownFact
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import State


def as_text(how: How, base: KnowledgeBase, pen: CasePen, width: int) -> str:
    """Draw the derivation."""
    writer = _Writer(how, base, pen)
    lead, root = writer.answer()
    drawn = draw(root, pen, width)
    return (f"{pen.wrapped(lead, width)}\n\n" if lead else "") + drawn + writer.cells.note(width)


def _kind(state: State) -> str:
    return "area" if state.verdict_on else "state"


class _Writer:
    def __init__(self, how: How, base: KnowledgeBase, pen: CasePen) -> None:
        self.how = how
        self.base = base
        self.pen = pen
        self.cells = CellsText(base, pen, how.period)
        self.names = self.cells.names
        self.say = self.names.say

    def answer(self) -> tuple[str, Branch]:
        """Return the sentence above the tree, if there is one, and the tree."""
        match self.how.answer:
            case Computed() as tree:
                return "", self._computed(tree)
            case Filed() as tree:
                return "", self._filed(tree)
            case FactTree() as tree:
                return "", self.cells.fact(tree)
            case Made() as tree:
                return self.cells.sentence(tree.rule) if tree.rule else "", self._made(tree)
            case NotMade() as tree:
                return "", self._not_made(tree)
            case UnknownFact() as tree:
                return "", self.cells.unknown(tree)

    def _computed(self, tree: Computed) -> Branch:
        indicator = tree.indicator
        formula = tree.reading.reading.formula or indicator.formula
        children = [
            Branch(
                label=self.say("label.formula"),
                text=self.names.formula(formula),
                place=str(indicator.at),
            ),
            *self._method(tree),
            *self._unit(bool(tree.reading.reading.inputs)),
            self.cells.reading(tree.reading),
        ]
        return self._head("indicator", self.names.indicator(indicator), indicator.id, children)

    def _method(self, tree: Computed) -> Iterator[Branch]:
        language = self.pen.language
        for choice, option in tree.choices:
            name, word = choice.name.in_language(language), option.name.in_language(language)
            text = self.say("fact", name=name, word=word)
            yield Branch(label=self.say("label.method"), text=text, place=choice.id)

    def _unit(self, amounts: bool) -> Iterator[Branch]:
        written = self.pen.unit(self.how.unit) if amounts else ""
        if written:
            yield Branch(label=self.say("label.unit"), text=self.say("amounts_in", unit=written))

    def _filed(self, tree: Filed) -> Branch:
        if tree.amount is None:
            amount = Branch(label=self.say("label.amount"), text=self.say("not_given"))
        else:
            amount = self.cells.amount(tree.amount, label=self.say("label.amount"))
        children = [*self._unit(tree.amount is not None), amount]
        return self._head("line", self.names.line(tree.item), tree.item, children)

    def _made(self, tree: Made) -> Branch:
        count = len(tree.firings)
        children = [Branch(text=self.say("firings", count=count))] if count > 1 else []
        for number, firing in enumerate(tree.firings, start=1):
            children.append(self._firing(firing, number if count > 1 else 0))
        if tree.state is not None:
            text = self.say(
                "verdict",
                area=self.names.state(tree.state),
                period=self.how.period,
                word=self.names.word(tree.key, tree.word),
            )
            return Branch(
                label=self.say(f"kind.{_kind(tree.state)}"),
                text=text,
                place=tree.state.id,
                children=tuple(children),
            )
        kind = kind_of(tree.rule) if tree.rule is not None else "rule"
        return self._head(kind, tree.key, "", children)

    def _firing(self, firing: FiringTree, number: int) -> Branch:
        (branch,) = self.cells.rule(firing)
        if not number:
            return branch
        return Branch(
            label=f"{number}.", text=branch.text, place=branch.place, children=branch.children
        )

    def _not_made(self, tree: NotMade) -> Branch:
        if tree.state is not None:
            text = self.say("no_word", name=self.names.state(tree.state), period=self.how.period)
            return Branch(label=self.say(f"kind.{_kind(tree.state)}"), text=text)
        assert tree.rule is not None, "either a rule or a state was not made"
        text = self.say("not_made", entry=tree.rule.id, period=self.how.period)
        return Branch(label=self.say(f"kind.{kind_of(tree.rule)}"), text=text)

    def _head(self, kind: str, text: str, place: str, children: list[Branch]) -> Branch:
        head = self.say("head", entry=text, period=self.how.period)
        return Branch(
            label=self.say(f"kind.{kind}"), text=head, place=place, children=tuple(children)
        )
