"""Everything about one entry of the knowledge base, as a tree of lines."""

from collections.abc import Callable, Iterable, Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.lookup import Entry, kind_of
from diagnost.explain.names import Names
from diagnost.explain.rests import users
from diagnost.explain.tree import BandTree
from diagnost.model.indicator import Citation, Indicator, Norm
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.located import At
from diagnost.model.rule import (
    CauseRule,
    Conclusion,
    Condition,
    Example,
    FactKey,
    Leaf,
    Recommendation,
    Rule,
    Ruling,
    State,
    Statement,
    Word,
)
from diagnost.model.text import LANGUAGES, Text


def show(base: KnowledgeBase, entry: Entry, names: Names) -> Branch:
    """Return the tree of an entry."""
    return _Show(base, names).entry(entry)


class _Show:
    def __init__(self, base: KnowledgeBase, names: Names) -> None:
        self.base = base
        self.names = names
        self.say = names.say
        self.language = names.pen.language

    def entry(self, entry: Entry) -> Branch:
        """Build the tree of any entry."""
        builders: dict[str, Callable[[str], Branch]] = {
            "indicator": self._indicator,
            "state": self._state,
            "area": self._area,
            "fact": self._fact,
            "line": self._line,
            "question": self._question,
            "source": self._source,
        }
        return builders.get(entry.kind, self._rule)(entry.id)

    def _root(self, kind: str, text: str, at: At | None, children: Iterable[Branch]) -> Branch:
        return Branch(
            label=self.say(f"kind.{kind}"),
            text=text,
            place=str(at) if at else "",
            children=tuple(children),
        )

    def _leaf(self, label: str, text: str, place: object = "") -> Branch:
        return Branch(label=self.say(f"label.{label}"), text=text, place=str(place))

    def _group(self, label: str, children: Iterable[Branch]) -> Iterator[Branch]:
        """Yield a branch with these children, if there are any."""
        inner = tuple(children)
        if inner:
            yield Branch(label=self.say(f"label.{label}"), children=inner)

    def _ids(self, label: str, ids: Iterable[str]) -> Iterator[Branch]:
        """Yield a branch that lists entries with what they say."""
        lines = (Branch(text=id_, place="") for id_ in dict.fromkeys(ids))
        yield from self._group(label, lines)

    def _texts(self, label: str, text: Text | None) -> Iterator[Branch]:
        if text is not None:
            written = (
                Branch(label=language, text=text.by_language[language])
                for language in LANGUAGES
                if text.by_language.get(language)
            )
            yield from self._group(label, written)

    def _cites(self, cites: Citation) -> Iterator[Branch]:
        text = self.names.source(cites)
        if text:
            yield self._leaf("source", text)

    # --- rules ----------------------------------------------------------------------------------

    def _rule(self, rule_id: str) -> Branch:
        rule = self.base.rules[rule_id]
        children = [
            *self._particulars(rule),
            *self._group("when", self._condition(rule.when)),
            *self._cites(rule.cites),
            *self._relations(rule),
            *self._group("fires_on", map(self._example, rule.fires_on)),
            *self._group("silent_on", map(self._example, rule.silent_on)),
            *self._ids("used_by", self._askers(*rule.makes)),
        ]
        return self._root(kind_of(rule), rule.id, rule.at, children)

    def _particulars(self, rule: Rule) -> Iterator[Branch]:
        words = self.names.pen.words
        match rule:
            case Statement():
                marks = [
                    words[f"polarity.{rule.polarity}"],
                    self.say(f"certainty.{rule.certainty.value}"),
                    self.say(f"severity.{rule.weight.value}"),
                ]
                if rule.viewpoint:
                    marks.append(self.say(f"viewpoint.{rule.viewpoint}"))
                yield self._leaf("kind", self.names.listed(marks))
                yield self._leaf("area", self._area_name(rule.area))
                yield self._leaf("stands_in", rule.place)
                for label in ("text", "detail", "brief", "doubt"):
                    yield from self._texts(label, getattr(rule, label))
            case Recommendation():
                yield self._leaf("kind", words[f"urgency.{rule.urgency}"])
                yield self._leaf("area", self._area_name(rule.area))
                for label in ("text", "brief", "effect", "watch"):
                    yield from self._texts(label, getattr(rule, label))
            case CauseRule():
                if rule.identity:
                    yield self._leaf("kind", self.say("same_test"))
                yield from self._texts("text", rule.text)
                yield from self._texts("detail", rule.detail)
            case Ruling():
                yield from self._texts("why", rule.because)
            case Conclusion():
                yield self._leaf("concludes", self.names.fact(rule.key, rule.word), rule.key)

    def _relations(self, rule: Rule) -> Iterator[Branch]:
        match rule:
            case CauseRule():
                yield from self._ids("effect", rule.effects)
                yield from self._ids("cause", rule.causes)
            case Ruling():
                yield from self._ids("silenced", rule.silences)
            case Statement() | Recommendation():
                if isinstance(rule, Recommendation):
                    yield from self._ids("answers", rule.answers)
                yield from self._ids("silenced", rule.prevails_over)
                yield from self._ids("gives_way", self._winners(rule.id))
                yield from self._ids("explained_by", self._links(rule.id, "effects"))
                yield from self._ids("explains", self._links(rule.id, "causes"))
                answered_by = (
                    each.id
                    for each in self.base.recommendations.values()
                    if rule.id in each.answers
                )
                yield from self._ids("answered_by", answered_by)

    def _winners(self, loser: str) -> Iterator[str]:
        for rule in self.base.rules.values():
            if isinstance(rule, Ruling):
                silences = rule.silences
            elif isinstance(rule, Statement | Recommendation):
                silences = rule.prevails_over
            else:
                continue
            if loser in silences:
                yield rule.id

    def _links(self, statement: str, side: str) -> Iterator[str]:
        for rule in self.base.causes.values():
            if statement in getattr(rule, side):
                yield rule.id

    def _askers(self, key: FactKey, word: Word) -> Iterator[str]:
        """Yield the entries whose condition asks for a fact; causes are told as links."""
        for rule in self.base.rules.values():
            if isinstance(rule, CauseRule) and key in (*rule.effects, *rule.causes):
                continue
            if any((leaf.key, leaf.word) == (key, word) for leaf in rule.when.leaves):
                yield rule.id

    def _asking(self, keys: Iterable[FactKey]) -> Iterator[str]:
        wanted = set(keys)
        for rule in self.base.rules.values():
            if any(leaf.key in wanted for leaf in rule.when.leaves):
                yield rule.id

    def _condition(self, condition: Condition) -> Iterator[Branch]:
        for leaf in condition.all:
            yield self._asked((leaf,))
        for group in condition.any:
            leaves = tuple(m.all[0] for m in group if len(m.leaves) == len(m.all) == 1)
            if len(leaves) == len(group) and len({leaf.key for leaf in leaves}) == 1:
                yield self._asked(leaves)
                continue
            members = tuple(
                Branch(label=f"{number}.", children=tuple(self._condition(member)))
                for number, member in enumerate(group, start=1)
            )
            yield Branch(label=self.say("label.one_of"), children=members)
        for leaf in condition.none:
            yield self._asked((leaf,), label="absent")

    def _asked(self, leaves: tuple[Leaf, ...], label: str = "fact") -> Branch:
        key = leaves[0].key
        words = []
        for leaf in leaves:
            band = self._band(key, leaf.word)
            word = self.names.word(key, leaf.word)
            words.append(
                self.say("wanted", word=word, edges=self.names.band(band)) if band else word
            )
        rule = self.base.rules.get(key)
        name = key if rule else self.names.key(key)
        text = self.say("fact", name=name, word=self.names.choice(words))
        return self._leaf(label, text, "" if rule else key)

    def _band(self, key: FactKey, word: Word) -> BandTree | None:
        head, _, tail = key.rpartition(".")
        indicators = self.base.catalogue.indicators
        indicator = indicators.get(key) or indicators.get(head)
        wanted = "general" if key in indicators or tail == "previous" else tail
        for norm in indicator.norms if indicator else ():
            if norm.id == wanted and indicator is not None:
                return next((b for b in _bands(indicator, norm) if b.band.id == word), None)
        return None

    def _example(self, example: Example) -> Branch:
        written = []
        for key, value in example.values:
            if isinstance(value, str):
                text = value
            else:
                figures = ["–" if each is None else str(each) for each in value]
                text = figures[0] if len(figures) == 1 else f"[{', '.join(figures)}]"
            written.append(f"{key}: {text}")
        return Branch(text="{" + ", ".join(written) + "}", place=str(example.at))

    # --- figures --------------------------------------------------------------------------------

    def _indicator(self, indicator_id: str) -> Branch:
        indicator = self.base.catalogue.indicators[indicator_id]
        children = [
            self._leaf("symbol", indicator.symbol),
            *self._texts("name", indicator.name),
            *self._texts("meaning", indicator.meaning),
            self._leaf("formula", self.names.formula(indicator.formula), indicator.formula.text),
        ]
        if indicator.otherwise is not None:
            text = self.names.formula(indicator.otherwise)
            children.append(self._leaf("otherwise", text, indicator.otherwise.text))
        children.append(self._leaf("unit", self.say(f"unit.{indicator.unit}")))
        children.append(self._leaf("better", self.say(f"better.{indicator.better}")))
        for undefined in indicator.undefined:
            sign = self.say(f"word.{undefined.sign}")
            text = self.say("fact", name=self.names.formula(undefined.value), word=sign)
            reason = self.say("marked", text=text, marks=self.names.reason(undefined.reason))
            children.append(self._leaf("undefined", reason, undefined.at))
        children += self._cites(indicator.cites)
        children += (self._norm(indicator, norm) for norm in indicator.norms)
        children += self._ids("used_by", self._users(indicator))
        children += self._ids("asked_by", self._asking(self._keys(indicator)))
        if not indicator.shown:
            children.insert(1, self._leaf("kind", self.say("not_shown")))
        return self._root("indicator", indicator.id, indicator.at, children)

    def _keys(self, indicator: Indicator) -> Iterator[FactKey]:
        for key in self.base.words:
            own = indicator.id in (key, key.rpartition(".")[0])
            if own and key not in self.base.rules:
                yield key

    def _users(self, indicator: Indicator) -> Iterator[str]:
        yield from users(self.base.catalogue, indicator.id)

    def _norm(self, indicator: Indicator, norm: Norm) -> Branch:
        words = self.names.pen.words
        bands = [
            Branch(
                label=tree.band.id,
                text=self.say(
                    "marked",
                    text=self.names.band(tree),
                    marks=words[f"polarity.{tree.band.polarity}"],
                ),
                place=str(tree.band.at),
            )
            for tree in _bands(indicator, norm)
        ]
        return Branch(
            label=self.say("label.norm"),
            text=norm.id,
            place=str(norm.at),
            children=(*bands, *self._cites(norm.cites)),
        )

    def _line(self, item_id: str) -> Branch:
        item = self.base.catalogue.line_items[item_id]
        sums = []
        for identity in self.base.catalogue.identities:
            if item.id in (identity.total, *identity.parts):
                sums.append(
                    Branch(
                        text=f"{identity.total} = {' + '.join(identity.parts)}",
                        place=str(identity.at),
                    )
                )
        children = [
            *self._texts("name", item.names),
            self._leaf("synonyms", self.names.listed(item.synonyms)),
            self._leaf("stands_in", self.say(f"statement.{item.statement}")),
            self._leaf("sign", self.say("signed" if item.signed else "unsigned")),
            self._leaf("if_absent", self.say(f"absent.{item.if_absent}")),
            *self._group("sums", sums),
            *self._ids("used_by", users(self.base.catalogue, item.id)),
            *self._ids("asked_by", self._asking(self._of_line(item.id))),
        ]
        return self._root("line", item.id, item.at, children)

    def _of_line(self, item: str) -> Iterator[FactKey]:
        return (key for key in self.base.words if key.rpartition(".")[0] == f"lines.{item}")

    # --- words and areas ------------------------------------------------------------------------

    def _question(self, question_id: str) -> Branch:
        question = self.base.catalogue.questions[question_id]
        children = [*self._texts("text", question.asks)]
        if question.words:
            children.append(self._leaf("words", self.names.listed(question.words)))
        else:
            children.append(self._leaf("unit", self.say(f"unit.{question.unit}")))
        silence = question.silence or self.say("absent.unknown")
        children.append(self._leaf("silence", silence))
        children += self._ids("used_by", users(self.base.catalogue, question.id))
        children += self._ids("asked_by", self._asking([f"company.{question.id}"]))
        return self._root("question", question.id, question.at, children)

    def _state(self, state_id: str) -> Branch:
        state = self.base.states[state_id]
        children = [self._state_word(state, word.id) for word in state.words]
        if state.verdict_on:
            children.insert(0, self._leaf("area", self._area_name(state.verdict_on)))
        children += self._ids("asked_by", self._asking([state.id]))
        return self._root("state", state.id, state.at, children)

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
                *(self._leaf("rule", maker.id, maker.at) for maker in makers),
            ),
        )

    def _area(self, area_id: str) -> Branch:
        area = next(area for area in self.base.areas if area.id == area_id)
        states = [s.id for s in self.base.states.values() if s.verdict_on == area_id]
        statements = [s.id for s in self.base.statements.values() if s.area == area_id]
        advice = [r.id for r in self.base.recommendations.values() if r.area == area_id]
        children = [
            *self._texts("name", area.name),
            *self._ids("topics", area.topics),
            *self._ids("verdict", states),
            *self._ids("statements", statements),
            *self._ids("advice", advice),
        ]
        return self._root("area", area.id, area.at, children)

    def _area_name(self, area_id: str) -> str:
        for area in self.base.areas:
            if area.id == area_id:
                return area.name.in_language(self.language)
        return area_id

    def _fact(self, key: FactKey) -> Branch:
        words = []
        for word in self.base.words[key]:
            band = self._band(key, word)
            name = self.names.word(key, word)
            text = self.names.band(band) if band else ("" if name == word else name)
            words.append(Branch(label=word, text=text, place=str(band.band.at) if band else ""))
        name = self.names.key(key)
        children = [
            *([self._leaf("name", name)] if name != key else []),
            *self._group("words", words),
            *self._ids("asked_by", self._asking([key])),
        ]
        return self._root("fact", key, None, children)

    # --- sources --------------------------------------------------------------------------------

    def _source(self, source_id: str) -> Branch:
        base = self.base
        if source_id in base.section_of:
            children = [
                self._leaf("source", self.names.section(source_id)),
                *self._encoding(source_id),
            ]
            return self._root("source", source_id, base.section_of[source_id][1].at, children)
        source, section = next(
            (source, section)
            for source in base.sources
            for section in source.sections
            if section.id == source_id
        )
        children = [
            *self._texts("name", section.title),
            *self._texts("document", source.title),
            self._leaf("language", source.language),
            *(
                Branch(label=statement, children=tuple(self._encoding(statement)))
                for statement in section.ids
            ),
        ]
        return self._root("source", section.id, section.at, children)

    def _encoding(self, statement: str) -> Iterator[Branch]:
        """Yield the entries that cite a statement of the sources, or why it is left out."""
        found = False
        for indicator in self.base.catalogue.indicators.values():
            if statement in indicator.cites.ids:
                found = True
                yield self._leaf("indicator", indicator.id, indicator.at)
            for norm in indicator.norms:
                if statement in norm.cites.ids:
                    found = True
                    text = f"{indicator.id}.{norm.id}"
                    yield self._leaf("norm", text, norm.at)
        for rule in self.base.rules.values():
            if statement in rule.cites.ids:
                found = True
                label = self.say(f"kind.{kind_of(rule)}")
                yield Branch(label=label, text=rule.id, place=str(rule.at))
        for excuse in self.base.excuses:
            if statement in excuse.ids:
                found = True
                yield self._leaf("left_out", excuse.reason, excuse.at)
        if not found:
            yield self._leaf("left_out", self.say("not_encoded"))


def _bands(indicator: Indicator, norm: Norm) -> Iterator[BandTree]:
    before = None
    for band in norm.bands:
        yield BandTree(indicator=indicator, norm=norm, band=band, before=before)
        before = band
