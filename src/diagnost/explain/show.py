"""Everything about one entry of the knowledge base, as a tree of lines."""

from collections.abc import Callable, Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.lookup import Entry, kind_of
from diagnost.explain.names import Names
from diagnost.explain.page import Page, Sample
from diagnost.explain.show_figures import FigurePage
from diagnost.explain.show_method import PREFIX, MethodPage
from diagnost.explain.show_rules import RulePage
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import (
    State,
)
from diagnost.model.text import LANGUAGES


def show(base: KnowledgeBase, entry: Entry, names: Names, sample: Sample | None = None) -> Branch:
    """Return the tree of an entry; ``sample`` puts sample values into its texts."""
    rules, figures, page = (
        RulePage(base, names, sample),
        FigurePage(base, names),
        _Page(base, names),
    )
    if entry.kind == "fact" and entry.id.startswith(PREFIX):
        return MethodPage(base, names).choice(entry.id)
    builders: dict[str, Callable[[str], Branch]] = {
        "indicator": figures.indicator,
        "decomposition": figures.decomposition,
        "line": figures.line,
        "question": figures.question,
        "fact": figures.fact,
        "state": page.state,
        "area": page.area,
        "source": page.source,
    }
    return builders.get(entry.kind, rules.rule)(entry.id)


class _Page(Page):
    """Writes the page of a state, an area or a source."""

    def state(self, state_id: str) -> Branch:
        """Write the page of a state."""
        state = self.base.states[state_id]
        children = [self._state_word(state, word.id) for word in state.words]
        if state.verdict_on:
            children.insert(0, self.leaf("area", self.area_name(state.verdict_on)))
        children += self.ids("asked_by", self.asking([state.id]))
        return self.root("state", state.id, state.at, children)

    def _state_word(self, state: State, word_id: str) -> Branch:
        word = next(word for word in state.words if word.id == word_id)
        makers = [r for r in self.base.conclusions.values() if r.makes == (state.id, word_id)]
        polarity = self.names.pen.words[f"polarity.{word.polarity}"]
        texts = [Branch(label=each, text=word.name.by_language.get(each, "")) for each in LANGUAGES]
        return Branch(
            label=self.say("label.word"),
            text=self.say("marked", text=word_id, marks=polarity),
            children=(
                *texts,
                *(self.leaf("rule", maker.id, maker.at) for maker in makers),
            ),
        )

    def area(self, area_id: str) -> Branch:
        """Write the page of an area of judgement."""
        area = next(area for area in self.base.areas if area.id == area_id)
        states = [s.id for s in self.base.states.values() if s.verdict_on == area_id]
        statements = [s.id for s in self.base.statements.values() if s.area == area_id]
        advice = [r.id for r in self.base.recommendations.values() if r.area == area_id]
        children = [
            *self.texts("name", area.name),
            *self.ids("topics", area.topics),
            *self.ids("verdict", states),
            *self.ids("statements", statements),
            *self.ids("advice", advice),
        ]
        return self.root("area", area.id, area.at, children)

    def source(self, source_id: str) -> Branch:
        """Write the page of a section of a source, or of one of its statements."""
        base = self.base
        if source_id in base.section_of:
            children = [
                self.leaf("source", self.names.section(source_id)),
                *self._encoding(source_id),
            ]
            return self.root("source", source_id, base.section_of[source_id][1].at, children)
        source, section = next(
            (source, section)
            for source in base.sources
            for section in source.sections
            if section.id == source_id
        )
        children = [
            *self.texts("name", section.title),
            *self.texts("document", source.title),
            self.leaf("language", source.language),
            *(
                Branch(label=statement, children=tuple(self._encoding(statement)))
                for statement in section.ids
            ),
        ]
        return self.root("source", section.id, section.at, children)

    def _encoding(self, statement: str) -> Iterator[Branch]:
        """Yield the entries that cite a statement of the sources, or why it is left out."""
        found = False
        for indicator in self.base.catalogue.indicators.values():
            if statement in indicator.cites.ids:
                found = True
                yield self.leaf("indicator", indicator.id, indicator.at)
            for norm in indicator.norms:
                if statement in norm.cites.ids:
                    found = True
                    text = f"{indicator.id}.{norm.id}"
                    yield self.leaf("norm", text, norm.at)
        for calculator in self.base.calculators.values():
            if any(statement in cites.ids for cites in calculator.citations):
                found = True
                text = f"diagnost plan {calculator.id}"
                yield self.leaf("calculator", text, calculator.at)
        for rule in self.base.citing.get(statement, ()):
            found = True
            label = self.say(f"kind.{kind_of(rule)}")
            yield Branch(label=label, text=rule.id, place=str(rule.at))
        for excuse in self.base.excuses:
            if statement in excuse.ids:
                found = True
                yield self.leaf("left_out", excuse.reason, excuse.at)
        if not found:
            yield self.leaf("left_out", self.say("not_encoded"))
