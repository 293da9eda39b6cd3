"""Why not: what an entry, or another word for an area, lacks; or what it gave way to."""

from dataclasses import dataclass

from diagnost.explain.lookup import Entry
from diagnost.explain.tree import (
    AdviceTree,
    CauseTree,
    FindingTree,
    FiringTree,
    GaveWay,
    NotFired,
    NoVerdict,
    RuleTree,
    Unmet,
)
from diagnost.explain.why import why
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.rule import Conclusion, Rule, State, StateWord
from diagnost.pipeline import Case

KINDS = ("statement", "cause", "recommendation", "rule", "ruling", "area", "state")
"""The kinds of entries that may fail to hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """There is nothing to say: the entry holds, or the word is the one that stands."""

    rule: Rule | None = None
    state: State | None = None
    word: StateWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Yielded:
    """An entry that fired and is left out of the document for another one."""

    rule: Rule
    gave_way: GaveWay


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWord:
    """A word that a state does not have: what stands instead, if anything.

    ``rules`` could have concluded it, those that lack least first; ``fired`` concluded it, and the
    word that stands, which is worse, was concluded too.
    """

    state: State
    wanted: StateWord
    stands: StateWord | None
    rules: tuple[NotFired, ...]
    fired: tuple[FiringTree, ...]


Answer = Holds | Yielded | NotFired | NoVerdict | OtherWord


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """The answer to why an entry is not so in a period."""

    entry: str
    period: str
    answer: Answer


class NoWordError(LookupError):
    """An area was asked about without a word, or with one that it does not know."""


def state_of(base: KnowledgeBase, entry: Entry) -> State | None:
    """Return the state that an entry stands for: its own, or the verdict on an area."""
    if entry.kind == "state":
        return base.states[entry.id]
    states = (state for state in base.states.values() if state.verdict_on == entry.id)
    return next(states, None) if entry.kind == "area" else None


def word_of(state: State, name: str) -> StateWord:
    """Return the word of a state by its id, or its name in any language; else raise NoWordError."""
    wanted = name.strip().casefold()
    for word in state.words:
        if wanted in {word.id.casefold(), *(n.casefold() for n in word.name.by_language.values())}:
            return word
    known = ", ".join(word.id for word in state.words)
    raise NoWordError(f"the words are: {known}")


def why_not(case: Case, entry: Entry, period: str, word: str = "") -> WhyNot:
    """Answer why an entry does not hold; ``word`` is what an area or another state might be.

    Raises NoWordError for a state without a word that it knows, unless there is no verdict at all.
    """
    state = state_of(case.base, entry)
    answer = _of_state(case, state, period, word) if state else _of_rule(case, entry, period)
    return WhyNot(entry=entry.id, period=period, answer=answer)


def _of_rule(case: Case, entry: Entry, period: str) -> Answer:
    match why(case, entry, period).answer:
        case NotFired() as tree:
            return tree
        case FindingTree(gave_way=GaveWay() as gave_way) as finding:
            return Yielded(rule=finding.finding.statement, gave_way=gave_way)
        case AdviceTree(gave_way=GaveWay() as gave_way) as advice:
            return Yielded(rule=advice.advice.recommendation, gave_way=gave_way)
        case CauseTree(gave_way=GaveWay() as gave_way) as cause:
            return Yielded(rule=cause.rule, gave_way=gave_way)
        case RuleTree(firing=FiringTree(rule=Conclusion() as rule)):
            return _of_state(case, case.base.states[rule.key], period, rule.word)
        case _:
            return Holds(rule=case.base.rules[entry.id])


def _of_state(case: Case, state: State, period: str, word: str) -> Answer:
    stands = _standing(case, state, period)
    if not word and stands is None and state.verdict_on:
        tree = why(case, Entry("area", state.verdict_on), period).answer
        if isinstance(tree, NoVerdict):
            return tree
    wanted = word_of(state, word)
    if stands == wanted:
        return Holds(state=state, word=wanted)
    rules: list[NotFired] = []
    fired: list[FiringTree] = []
    for rule in case.base.makers.get((state.id, wanted.id), ()):
        match why(case, Entry("rule", rule.id), period).answer:
            case NotFired() as tree:
                rules.append(tree)
            case RuleTree(firing=firing):
                fired.append(firing)
    rules.sort(key=lambda tree: _count(tree.unmet))
    return OtherWord(
        state=state, wanted=wanted, stands=stands, rules=tuple(rules), fired=tuple(fired)
    )


def _standing(case: Case, state: State, period: str) -> StateWord | None:
    return state.standing({firing.made for firing in case.runs[period].firings})


def _count(parts: tuple[Unmet, ...]) -> int:
    """Count what is lacking; of choices, where the least is."""
    return sum(
        min(map(_count, part.choices)) if part.choices else max(_count(part.lacking), 1)
        for part in parts
    )
