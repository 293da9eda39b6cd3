"""The answer of a ``why-not`` in lines for people."""

from diagnost.explain.branch import Branch, draw
from diagnost.explain.cells_text import CellsText
from diagnost.explain.lookup import kind_of
from diagnost.explain.pen import CasePen
from diagnost.explain.tree import NotFired, NoVerdict
from diagnost.explain.unmet_text import UnmetText
from diagnost.explain.why_not import Holds, OtherWord, WhyNot, Yielded
from diagnost.model.knowledge import KnowledgeBase


def as_text(why_not: WhyNot, base: KnowledgeBase, pen: CasePen, width: int) -> str:
    """Draw what is lacking, or say that nothing is."""
    writer = _Writer(why_not, base, pen)
    drawn = draw(writer.answer(), pen, width)
    return drawn + writer.cells.note(width)


class _Writer:
    def __init__(self, why_not: WhyNot, base: KnowledgeBase, pen: CasePen) -> None:
        self.why_not = why_not
        self.period = why_not.period
        self.cells = CellsText(base, pen, why_not.period)
        self.unmet = UnmetText(self.cells)
        self.names = self.cells.names
        self.say = self.names.say

    def answer(self) -> Branch:
        """Return the tree."""
        match self.why_not.answer:
            case NotFired() as tree:
                return self.unmet.not_fired(tree)
            case NoVerdict() as tree:
                return self.unmet.no_verdict(tree)
            case Yielded() as tree:
                text = self.say("yielded", entry=tree.rule.id, period=self.period)
                return Branch(
                    label=self.say(f"kind.{kind_of(tree.rule)}"),
                    text=text,
                    place=str(tree.rule.at),
                    children=tuple(self.unmet.gave_way(tree.gave_way, ())),
                )
            case OtherWord() as tree:
                return self._other_word(tree)
            case Holds() as tree:
                return self._holds(tree)

    def _holds(self, tree: Holds) -> Branch:
        if tree.state is not None and tree.word is not None:
            word = self.names.word(tree.state.id, tree.word.id)
            entry = self.say("fact", name=self.names.state(tree.state), word=word)
            return Branch(text=self.say("it_holds", entry=entry, period=self.period))
        told = self.cells.sentence(tree.rule) if tree.rule is not None else ""
        text = self.say("it_holds", entry=told or self.why_not.entry, period=self.period)
        return Branch(text=text, place=self.why_not.entry if told else "")

    def _other_word(self, tree: OtherWord) -> Branch:
        wanted = self.names.word(tree.state.id, tree.wanted.id)
        name = self.names.state(tree.state)
        if tree.stands is None:
            text = self.say("word_none", name=name, period=self.period, wanted=wanted)
        else:
            stands = self.names.word(tree.state.id, tree.stands.id)
            text = self.say(
                "word_other", name=name, period=self.period, wanted=wanted, stands=stands
            )
        children = [
            Branch(label=self.say("label.outdone"), text=self.say("outdone"), children=(branch,))
            for firing in tree.fired
            for branch in self.cells.rule(firing)
        ]
        children += [self.unmet.not_fired(each) for each in tree.rules]
        if not children:
            children = [Branch(text=self.say("nothing_concludes"))]
        return Branch(
            label=self.say("kind.area" if tree.state.verdict_on else "kind.state"),
            text=text,
            place=tree.state.id,
            children=tuple(children),
        )
