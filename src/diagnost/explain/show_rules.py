"""Everything about a rule, of whatever kind."""

from collections.abc import Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.lookup import kind_of
from diagnost.explain.page import Page
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
    Statement,
    Word,
)


class RulePage(Page):
    """Writes the page of a statement, cause, ruling, chaining rule or recommendation."""

    def rule(self, rule_id: str) -> Branch:
        """Write the page of a rule."""
        rule = self.base.rules[rule_id]
        children = [
            *self._particulars(rule),
            *self.group("when", self._condition(rule.when)),
            *self.cites(rule.cites),
            *self._relations(rule),
            *self.group("fires_on", map(self._example, rule.fires_on)),
            *self.group("silent_on", map(self._example, rule.silent_on)),
            *self.ids("used_by", self._askers(*rule.makes)),
        ]
        return self.root(kind_of(rule), rule.id, rule.at, children)

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
                yield self.leaf("kind", self.names.listed(marks))
                yield self.leaf("area", self.area_name(rule.area))
                yield self.leaf("stands_in", rule.place)
                for label in ("text", "detail", "brief", "doubt"):
                    yield from self.texts(label, getattr(rule, label))
            case Recommendation():
                yield self.leaf("kind", words[f"urgency.{rule.urgency}"])
                yield self.leaf("area", self.area_name(rule.area))
                owner = self.base.owner_of(rule)
                if owner is not None:
                    yield self.leaf("owner", owner.name.in_language(self.names.pen.language))
                for label in ("text", "brief", "first_step", "effect", "watch"):
                    yield from self.texts(label, getattr(rule, label))
            case CauseRule():
                if rule.identity:
                    yield self.leaf("kind", self.say("same_test"))
                yield from self.texts("text", rule.text)
                yield from self.texts("detail", rule.detail)
            case Ruling():
                yield from self.texts("why", rule.because)
            case Conclusion():
                yield self.leaf("concludes", self.names.fact(rule.key, rule.word), rule.key)

    def _relations(self, rule: Rule) -> Iterator[Branch]:
        match rule:
            case CauseRule():
                yield from self.ids("effect", rule.effects)
                yield from self.ids("cause", rule.causes)
            case Ruling():
                yield from self.ids("silenced", rule.silences)
            case Statement() | Recommendation():
                if isinstance(rule, Recommendation):
                    yield from self.ids("answers", rule.answers)
                yield from self.ids("silenced", rule.prevails_over)
                yield from self.ids(
                    "gives_way", (each.id for each in self.base.outdone_by.get(rule.id, ()))
                )
                yield from self.ids("explained_by", self._links(rule.id, "effects"))
                yield from self.ids("explains", self._links(rule.id, "causes"))
                answered_by = (
                    each.id
                    for each in self.base.recommendations.values()
                    if rule.id in each.answers
                )
                yield from self.ids("answered_by", answered_by)

    def _links(self, statement: str, side: str) -> Iterator[str]:
        for rule in self.base.causes.values():
            if statement in getattr(rule, side):
                yield rule.id

    def _askers(self, key: FactKey, word: Word) -> Iterator[str]:
        """Yield the entries whose condition asks for a fact; causes are told as links."""
        for rule in self.base.asked_by.get(key, ()):
            if isinstance(rule, CauseRule) and key in (*rule.effects, *rule.causes):
                continue
            if any((leaf.key, leaf.word) == (key, word) for leaf in rule.when.leaves):
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
            band = self.band(key, leaf.word)
            # A band goes by the id that a condition writes; its edges say what it means.
            words.append(
                self.say("wanted", word=leaf.word, edges=self.names.band(band))
                if band
                else self.names.word(key, leaf.word)
            )
        rule = self.base.rules.get(key)
        name = key if rule else self.names.key(key)
        text = self.say("fact", name=name, word=self.names.choice(words))
        return self.leaf(label, text, "" if rule else key)

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
