"""The knowledge base as a whole: everything the experts wrote, read and resolved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from diagnost.model.action_plan import Owner, PlanRules
from diagnost.model.benchmark import AGAINST, QUARTERS
from diagnost.model.catalogue import Catalogue
from diagnost.model.chart import ChartPlan
from diagnost.model.decomposition import LEADERS, LEADS, NONE
from diagnost.model.expectation import Expected
from diagnost.model.formula_tree import Missing
from diagnost.model.lever import Lever
from diagnost.model.located import At
from diagnost.model.records import FLAG, RECORDS, WORD
from diagnost.model.rule import (
    FOUND,
    CauseRule,
    Conclusion,
    Condition,
    FactKey,
    Recommendation,
    Rule,
    Ruling,
    State,
    Statement,
    Word,
)
from diagnost.model.text import Slot, Text, fill

if TYPE_CHECKING:
    from diagnost.model.calculator import Calculator
    from diagnost.model.pack import PackUse

WHOLE = "overall"
"""The area that judges the company as a whole."""

TRENDS = ("rising", "falling", "stable", "fluctuating")
"""What a figure did over all periods so far."""
STEPS = ("rising", "falling", "stable")
"""What a figure did since the period before."""
PACES = ("steady", "moderate", "sharp")
"""How fast it did so."""
SIGNS = ("negative", "zero", "positive")
YES_NO = ("yes", "no")
"""The words of a column of flags."""
PERIOD_COUNTS = ("one", "two", "several")
"""How many periods are known up to and including this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a source and the ids of the statements it makes (``F5.1`` … ``F5.12``)."""

    id: str  # F5
    title: Text
    count: int
    at: At

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of its statements."""
        if self.id[1:].isalpha():  # FB, FC, MA: one numbered list
            return tuple(f"{self.id}{number}" for number in range(1, self.count + 1))
        return tuple(f"{self.id}.{number}" for number in range(1, self.count + 1))


class Source(NamedTuple):
    """A document that the knowledge rests on."""

    prefix: str
    title: Text
    language: str
    sections: tuple[Section, ...]
    at: At


def sections_by_statement(sources: Iterable[Source]) -> dict[str, tuple[Source, Section]]:
    """Return source and section by statement id."""
    return {
        statement: (source, section)
        for source in sources
        for section in source.sections
        for statement in section.ids
    }


class Area(NamedTuple):
    """A field of judgement, such as liquidity; its paragraph follows the order of ``topics``."""

    id: str
    name: Text
    topics: tuple[str, ...]  # order of the paragraph
    at: At
    owner: str = ""  # whose task its steps usually are


class Grid(NamedTuple):
    """Facts of which a topic speaks in every combination of words (``covers``).

    ``silent`` names the combinations left to other topics or to silence on purpose.
    """

    topic: str
    keys: tuple[FactKey, ...]
    silent: tuple[Condition, ...]
    at: At


class Viewpoint(NamedTuple):
    """A reader: what is found is the same for all, the order of ``areas`` is theirs."""

    id: str  # owner | bank | investor
    name: Text
    opening: Text  # says at the head of a document for whom it is written
    areas: tuple[str, ...]  # others follow in the general order
    at: At


class Excuse(NamedTuple):
    """Statements of the sources that are left out, and why."""

    ids: tuple[str, ...]
    reason: str
    at: At


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase:
    """All entries by id; places stay with each entry."""

    version: str  # hash of the files
    languages: tuple[str, ...]
    catalogue: Catalogue
    sources: tuple[Source, ...]
    areas: tuple[Area, ...]
    viewpoints: tuple[Viewpoint, ...]
    reasons: Mapping[str, Text]  # why there is no reading
    states: Mapping[FactKey, State]
    statements: Mapping[str, Statement]
    rulings: Mapping[str, Ruling]
    causes: Mapping[str, CauseRule]
    conclusions: Mapping[str, Conclusion]
    recommendations: Mapping[str, Recommendation]
    excuses: tuple[Excuse, ...]
    charts: tuple[ChartPlan, ...] = ()  # what documents draw
    action_plan: PlanRules = field(default_factory=PlanRules)
    grids: tuple[Grid, ...] = ()
    sequences: frozenset[str] = frozenset()  # topics whose sentences follow one another as written
    moot: frozenset[str] = frozenset()  # reasons by which a figure does not arise: no gap
    part_for: frozenset[str] | None = None  # the sides that the rules are about; None: all
    levers: Mapping[str, Lever] = field(default_factory=dict)  # what a business can do
    calculators: Mapping[str, "Calculator"] = field(default_factory=dict)
    packs: tuple["PackUse", ...] = ()  # what was laid over the shipped knowledge, by ids of packs
    expected: tuple[Expected, ...] = ()  # problems of logic that are meant to be so

    def prepare(self) -> None:
        """Derive now what every diagnosis asks for, so that a base that is kept has it."""
        _ = self.rules, self.keys_used, self.words

    def with_catalogue(self, catalogue: Catalogue) -> "KnowledgeBase":
        """Return the same base with the formulas of another catalogue.

        What has been derived from the rules so far is kept: formulas do not change it.
        """
        other = replace(self, catalogue=catalogue)
        vars(other).update({k: v for k, v in vars(self).items() if k not in vars(other)})
        return other

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Return every rule of whatever kind by id, in order of ids."""
        everything: dict[str, Rule] = {}
        for kind in (
            self.statements,
            self.rulings,
            self.causes,
            self.conclusions,
            self.recommendations,
        ):
            everything.update(kind)
        return dict(sorted(everything.items()))

    def reason(self, missing: Missing, language: str) -> str:
        """Return in words why there is no figure: of which table, how many rows of how many."""
        table = next((n for n in missing.needs if n.startswith(RECORDS)), "").split(".")[-1]
        named = self.catalogue.tables.get(table)
        text = self.reasons.get(missing.reason)
        told = self.reasons.get(f"{missing.reason}{'_counted' if missing.counts else '_of'}")
        if named is None or told is None:
            return text.in_language(language) if text else missing.reason
        rows, least = missing.counts or (0, 0)
        name = named.names.in_language(language)
        figures = {Slot("table"): name, Slot("rows"): str(rows), Slot("least"): str(least)}
        return fill(told.in_language(language), figures)

    def owner_of(self, recommendation: Recommendation) -> Owner | None:
        """Return whose task a step is: as it says itself, else as its area has it."""
        by_area = next((a.owner for a in self.areas if a.id == recommendation.area), "")
        return self.action_plan.owners.get(recommendation.owner or by_area)

    def areas_for(self, viewpoint: str) -> tuple[Area, ...]:
        """Return the areas in the order in which a reader is told of them."""
        own = next((v.areas for v in self.viewpoints if v.id == viewpoint), ())
        rank = {area: place for place, area in enumerate(own)}
        return tuple(sorted(self.areas, key=lambda area: rank.get(area.id, len(rank))))

    def pack_at(self, at: At) -> "PackUse | None":
        """Return the pack that a place lies in."""
        label = at.file.partition("/")[0]
        return next((pack for pack in self.packs if pack.label == label), None)

    def languages_at(self, at: At) -> tuple[str, ...]:
        """Return the languages that the texts of a file have: all, or those of its pack."""
        pack = self.pack_at(at) if self.packs else None
        return self.languages if pack is None else pack.manifest.languages

    def has_rows_of(self, table: str) -> bool:
        """Say whether anything is read or said about the single rows of a table."""
        return any(i.per == table for i in self.catalogue.indicators.values()) or any(
            rule.per == table for rule in self.rules.values()
        )

    def per_of(self, key: FactKey) -> str:
        """Return the table whose rows a fact is about, one by one; '' for one of the whole."""
        rule = self.rules.get(key)
        if rule is not None and rule.makes[1] == FOUND:
            return rule.per
        state = self.states.get(key)
        if state is not None:
            return state.per
        indicators = self.catalogue.indicators
        indicator = indicators.get(key) or indicators.get(key.rpartition(".")[0])
        if indicator is not None:
            return indicator.per
        table, _, column = key.partition(".")
        declared = self.catalogue.tables.get(table)
        return table if declared is not None and column in declared.columns else ""

    @cached_property
    def section_of(self) -> Mapping[str, tuple[Source, Section]]:
        """Return source and section by statement id."""
        return sections_by_statement(self.sources)

    @cached_property
    def keys_used(self) -> frozenset[FactKey]:
        """Return the fact keys that some condition on the whole asks for."""
        return self.keys_for("")

    def keys_for(self, per: str) -> frozenset[FactKey]:
        """Return the fact keys that conditions on the rows of a table ('': the whole) ask for."""
        return frozenset(
            leaf.key for rule in self.rules.values() if rule.per == per for leaf in rule.when.leaves
        )

    @cached_property
    def asked_by(self) -> Mapping[FactKey, tuple[Rule, ...]]:
        """Return the rules whose condition asks for a fact, in order of ids, by its key."""
        asked: dict[FactKey, list[Rule]] = {}
        for rule in self.rules.values():
            for key in dict.fromkeys(leaf.key for leaf in rule.when.leaves):
                asked.setdefault(key, []).append(rule)
        return {key: tuple(rules) for key, rules in asked.items()}

    @cached_property
    def citing(self) -> Mapping[str, tuple[Rule, ...]]:
        """Return the rules that cite a statement of the sources, in order of ids, by its id."""
        citing: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            for cited in dict.fromkeys(rule.cites.ids):
                citing.setdefault(cited, []).append(rule)
        return {cited: tuple(rules) for cited, rules in citing.items()}

    @cached_property
    def in_formulas(self) -> Mapping[str, tuple[str, ...]]:
        """Return the indicators whose formulas name a line item, answer or indicator, by its id."""
        named: dict[str, dict[str, None]] = {}
        symbols = self.catalogue.symbols
        for indicator in self.catalogue.indicators.values():
            for formula in indicator.formulas:
                for name in formula.names:
                    named.setdefault(symbols.get(name.name, name.name), {})[indicator.id] = None
        return {name: tuple(users) for name, users in named.items()}

    @cached_property
    def outdone_by(self) -> Mapping[str, tuple[Rule, ...]]:
        """Return the entries to which an entry gives way, in order of ids, by its id."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            silences: tuple[str, ...] = ()
            if isinstance(rule, Ruling):
                silences = rule.silences
            elif isinstance(rule, Statement | Recommendation):
                silences = rule.prevails_over
            for loser in dict.fromkeys(silences):
                found.setdefault(loser, []).append(rule)
        return {loser: tuple(rules) for loser, rules in found.items()}

    @cached_property
    def makers(self) -> Mapping[tuple[FactKey, Word], tuple[Rule, ...]]:
        """Return the rules that make a fact, in order of ids, by its name."""
        makers: dict[tuple[FactKey, Word], list[Rule]] = {}
        for rule in self.rules.values():
            makers.setdefault(rule.makes, []).append(rule)
        return {name: tuple(rules) for name, rules in makers.items()}

    @cached_property
    def words(self) -> Mapping[FactKey, tuple[Word, ...]]:
        """Return every fact that can be asked for, with the words it may take."""
        words: dict[FactKey, tuple[Word, ...]] = {"company.periods": PERIOD_COUNTS}
        for indicator in self.catalogue.indicators.values():
            for norm in indicator.norms:
                bands = tuple(band.id for band in norm.bands)
                general = norm.id == "general"
                words[indicator.id if general else f"{indicator.id}.{norm.id}"] = bands
                if general and not indicator.dated:
                    words[f"{indicator.id}.previous"] = bands
            if indicator.dated:
                continue  # read for the last period only
            words[f"{indicator.id}.trend"] = TRENDS
            words[f"{indicator.id}.step"] = STEPS
            words[f"{indicator.id}.pace"] = PACES
        for compared in self.catalogue.yardsticks:
            for group in self.catalogue.groups:
                words[f"{compared}.against_{group}"] = AGAINST
            words[f"{compared}.quartile"] = QUARTERS
        for item in self.catalogue.line_items:
            words[f"lines.{item}.trend"] = TRENDS
            words[f"lines.{item}.step"] = STEPS
            words[f"lines.{item}.sign"] = SIGNS
        for decomposition in self.catalogue.decompositions.values():
            parts = (*(part.id for part in decomposition.parts), NONE)
            words |= {f"{decomposition.id}.{tail}": parts for tail in LEADERS}
            if self.catalogue.lead is not None:
                bands = (*(band.id for band in self.catalogue.lead.bands), NONE)
                words |= {f"{decomposition.id}.{tail}": bands for tail in LEADS}
        for question in self.catalogue.questions.values():
            if question.fact_words:
                words[f"company.{question.id}"] = question.fact_words
        for table in self.catalogue.tables_of_subjects:
            for column in self.catalogue.tables[table].columns.values():
                if column.kind == FLAG:
                    words[f"{table}.{column.id}"] = YES_NO
                elif column.kind == WORD:
                    words[f"{table}.{column.id}"] = tuple(column.words)
        for choice in self.catalogue.methods.choices.values():
            words[f"method.{choice.id}"] = tuple(option.id for option in choice.options)
        for state in self.states.values():
            words[state.id] = tuple(word.id for word in state.words)
        for rule in self.rules.values():
            key, word = rule.makes
            if word == FOUND:
                words[key] = (FOUND,)
        return words
