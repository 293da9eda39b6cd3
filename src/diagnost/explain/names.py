"""Facts, figures, edges and sources by the names that people use."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from diagnost.explain.pen import Pen
from diagnost.explain.tree import BandTree
from diagnost.model.benchmark import OTHERS
from diagnost.model.decomposition import LEADERS
from diagnost.model.formula import Formula
from diagnost.model.formula_tree import Name as FormulaName
from diagnost.model.formula_tree import OverRecords
from diagnost.model.indicator import Citation, Indicator
from diagnost.model.knowledge import KnowledgeBase
from diagnost.model.records import RECORDS
from diagnost.model.rule import ABSENT, FOUND, UNKNOWN, FactKey, State, Word

_MOVEMENTS = ("previous", "trend", "step", "pace", "quartile")


@dataclass(frozen=True, slots=True)
class Names:
    """Names things in the language of a pen."""

    base: KnowledgeBase
    pen: Pen
    symbols: bool = True  # whether indicators are named with theirs

    def say(self, key: str, **figures: object) -> str:
        """Return a phrase of the page furniture, under ``explain``."""
        return self.pen.words[f"explain.{key}"].format(**figures)

    def listed(self, parts: Iterable[str]) -> str:
        """Join names with commas."""
        return self.pen.words["list.comma"].join(parts)

    def choice(self, parts: Iterable[str]) -> str:
        """Join names of which one would do."""
        return self.say("or").join(parts)

    def indicator(self, indicator: Indicator) -> str:
        """Name an indicator: ``Quick ratio (WPW)``, with the symbol by which readers know it."""
        name = indicator.name.in_language(self.pen.language)
        symbol = indicator.printed_symbol
        return self.say("name", name=name, symbol=symbol) if symbol and self.symbols else name

    def line(self, item: str) -> str:
        """Name a line item."""
        return self.base.catalogue.line_items[item].names.in_language(self.pen.language)

    def group(self, group: str) -> str:
        """Name a group of other firms."""
        return self.base.catalogue.groups[group].name.in_language(self.pen.language)

    def key(self, key: FactKey) -> str:
        """Name what a fact is about: ``Quick ratio (WPW), trend``."""
        indicators = self.base.catalogue.indicators
        if key in indicators:
            return self.indicator(indicators[key])
        head, _, tail = key.rpartition(".")
        if head in indicators and tail.startswith("against_"):
            group = self.group(tail.removeprefix("against_"))
            what = self.say("key.against", group=group)
            return self.say("key.of", name=self.indicator(indicators[head]), what=what)
        if head in indicators and key not in self.base.rules:
            known = tail in _MOVEMENTS
            what = self.say(f"key.{tail}") if known else self.say("norm", norm=self.norm(tail))
            return self.say("key.of", name=self.indicator(indicators[head]), what=what)
        decomposition = self.base.catalogue.decompositions.get(head)
        if decomposition is not None:
            whole = self.indicator(indicators[decomposition.of])
            return self.say("key.of", name=whole, what=self.say(f"key.{tail}"))
        if key.startswith("lines."):
            item = head.removeprefix("lines.")
            return self.say("key.of", name=self.line(item), what=self.say(f"key.{tail}"))
        if key == "company.periods":
            return self.say("key.periods")
        table, _, column_id = key.partition(".")
        declared = self.base.catalogue.tables.get(table)
        column = declared.columns.get(column_id) if declared is not None else None
        if column is not None:
            return column.names.in_language(self.pen.language)
        question = self.base.catalogue.questions.get(key.removeprefix("company."))
        if question is not None and key.startswith("company."):
            return question.asks.in_language(self.pen.language)
        choice = self.base.catalogue.methods.choices.get(key.removeprefix("method."))
        if choice is not None and key.startswith("method."):
            return self.say("key.method", name=choice.name.in_language(self.pen.language))
        state = self.base.states.get(key)
        if state is not None and state.verdict_on:
            area = next(area for area in self.base.areas if area.id == state.verdict_on)
            return self.say("verdict_on", area=area.name.in_language(self.pen.language))
        return key

    def state(self, state: State) -> str:
        """Name a state; a verdict by its area."""
        for area in self.base.areas:
            if area.id == state.verdict_on:
                return area.name.in_language(self.pen.language)
        return self.key(state.id)

    def word(self, key: FactKey, word: Word) -> str:
        """Write the word of a fact; the band of a pack goes by its id."""
        state = self.base.states.get(key)
        if state is not None:
            for each in state.words:
                if each.id == word:
                    return each.name.in_language(self.pen.language)
        choice = self.base.catalogue.methods.choices.get(key.removeprefix("method."))
        if choice is not None and key.startswith("method."):
            return choice.option(word).name.in_language(self.pen.language)
        words = self.pen.words
        head, _, tail = key.rpartition(".")
        declared = self.base.catalogue.tables.get(head)
        if declared is not None and tail in declared.columns:
            label = declared.columns[tail].words.get(word)
            named = words.get(f"explain.word.{word}", word)
            return label.in_language(self.pen.language) if label is not None else named
        decomposition = self.base.catalogue.decompositions.get(head)
        if decomposition is not None:
            part = decomposition.part(word) if tail in LEADERS else None
            if part is not None:
                return part.name.in_language(self.pen.language)
            return self.say(f"lead.{word}")
        if word == FOUND:
            return self.say("found")
        if word == UNKNOWN:
            return self.say("word.unknown")
        if word == ABSENT:
            return self.say("not_found")
        if tail in ("trend", "step"):
            return words[f"trend.{word}"]
        if tail == "quartile" or tail.startswith("against_"):
            return words[f"compared.{word}"]
        if tail == "pace" or (tail == "sign" and key.startswith("lines.")):
            return words[f"explain.word.{word}"]
        if key.startswith("company."):
            question = self.base.catalogue.questions.get(key.removeprefix("company."))
            if question is not None and word in question.labels:
                return question.labels[word].in_language(self.pen.language)
            return words.get(f"explain.word.{word}", words.get(f"activity.{word}", word))
        return words.get(f"explain.bands.{word}", word)

    def norm(self, norm: str) -> str:
        """Name a norm of an indicator; that of a pack goes by its id."""
        return self.pen.words.get(f"explain.norms.{norm}", norm)

    def fact(self, key: FactKey, word: Word) -> str:
        """Write a fact: ``Quick ratio (WPW): low``."""
        return self.say("fact", name=self.key(key), word=self.word(key, word))

    def band(self, tree: BandTree) -> str:
        """Write the edges of a band: ``from 0.50*, below 1``; the asterisk marks our own edges."""
        parts = []
        unit = tree.indicator.unit

        def edge(value: Decimal, assumed: bool) -> str:
            return self.pen.edge(value, unit) + ("*" if assumed else "")

        if tree.before is not None and tree.before.edge is not None:
            kind = "from" if tree.before.below is not None else "above"
            value = edge(tree.before.edge, tree.before.assumed)
            parts.append(self.say(f"edge.{kind}", value=value))
        if tree.band.edge is not None:
            kind = "below" if tree.band.below is not None else "to"
            parts.append(self.say(f"edge.{kind}", value=edge(tree.band.edge, tree.band.assumed)))
        if len(parts) == 2 and tree.band.through is not None:
            return self.say("between", lower=parts[0], upper=parts[1])
        return self.listed(parts) or self.say("edge.any")

    def need(self, need: str) -> str:
        """Name what would settle an unknown fact."""
        if need == "earlier_period":
            return self.say("earlier")
        if need.startswith("reason:"):
            return self.reason(need.removeprefix("reason:"))
        catalogue = self.base.catalogue
        if need.startswith(OTHERS):
            return self._elsewhere(need.removeprefix(OTHERS))
        if need == "as_of":
            return self.pen.words["gaps.as_of"]
        if need.startswith(RECORDS):
            return self._records(need.removeprefix(RECORDS))
        if need in catalogue.line_items:
            return self.line(need)
        if need in catalogue.questions:
            return catalogue.questions[need].asks.in_language(self.pen.language)
        indicator = catalogue.indicator(need)
        return self.indicator(indicator) if indicator else need

    def _records(self, need: str) -> str:
        """Name a table of records, or a column of one."""
        table_id, _, column_id = need.partition(".")
        table, words = self.base.catalogue.tables[table_id], self.pen.words
        name = table.names.in_language(self.pen.language)
        if not column_id:
            return words["gaps.table"].format(table=name)
        column = table.columns[column_id].names.in_language(self.pen.language)
        return words["gaps.column"].format(column=column, table=name)

    def reason(self, reason: str) -> str:
        """Write why there is no reading."""
        text = self.base.reasons.get(reason)
        return text.in_language(self.pen.language) if text else reason

    def source(self, cites: Citation) -> str:
        """Write what an entry rests on: document, section, statement numbers; or our inference."""
        words = self.pen.words
        by_section: dict[str, list[str]] = {}
        for statement in cites.ids:
            by_section.setdefault(self.section(statement), []).append(statement)
        text = self.say("also").join(
            self.say("cited", section=section, ids=self.listed(ids))
            for section, ids in by_section.items()
        )
        if not cites.inference:
            return text
        return words["source.inference_from"].format(source=text) if text else self.inference

    def section(self, statement: str) -> str:
        """Name the document and section that a statement of the sources stands in."""
        source, section = self.base.section_of[statement]
        language = self.pen.language
        document = source.title.in_language(language)
        if not section.id[-1:].isdigit():  # a list goes by the name of the whole
            return document
        return self.say("section", document=document, section=section.title.in_language(language))

    @property
    def inference(self) -> str:
        """Return the words for what rests on our own reasoning."""
        return self.pen.words["source.inference"]

    def formula(self, formula: Formula) -> str:
        """Write a formula in names."""
        return formula.named(self._part)

    def _part(self, part: FormulaName | OverRecords) -> str:
        if isinstance(part, OverRecords):
            return part.text
        words, catalogue = self.pen.words, self.base.catalogue
        indicator = catalogue.indicator(part.name)
        if indicator is not None:
            shown = indicator.shown and indicator.symbol
            label = shown or indicator.name.in_language(self.pen.language)
        elif part.elsewhere:
            label = self._elsewhere(part.name)
        elif catalogue.edge(part.name) is not None:
            label = self._edge(part.name)
        elif part.name == "days":
            label = words["formula.days"]
        elif part.name == "year_days":
            label = str(catalogue.method.year_days)
        elif part.name in catalogue.line_items:
            label = self.line(part.name)
        else:
            label = words.get(f"question.{part.name}", part.name)
        return label if part.moment == "now" else words[f"formula.{part.moment}"].format(name=label)

    def _elsewhere(self, name: str) -> str:
        """Name ``CRN@sector``, or ``CRN@quartile`` for the firms of a file of other firms."""
        symbol, _, group = name.partition("@")
        indicator = self.base.catalogue.indicator(symbol)
        known = group in self.base.catalogue.groups
        return self.pen.words["formula.elsewhere"].format(
            name=(indicator.symbol or indicator.id) if indicator else symbol,
            group=self.group(group) if known else self.say("key.quartile"),
        )

    def _edge(self, name: str) -> str:
        """Write the edge of a band that a formula names ``WPB.safe.lower``."""
        catalogue = self.base.catalogue
        value, indicator = catalogue.edge(name), catalogue.indicator(name.partition(".")[0])
        return self.pen.edge(value, indicator.unit) if value is not None and indicator else name
