"""Everything about an indicator, a line item, a question or a fact."""

from collections.abc import Iterator

from diagnost.explain.branch import Branch
from diagnost.explain.page import Page, bands_of
from diagnost.model.decomposition import LEADERS, LEADS
from diagnost.model.indicator import Indicator, Norm
from diagnost.model.rule import (
    FactKey,
)


class FigurePage(Page):
    """Writes the page of what is measured or asked."""

    def indicator(self, indicator_id: str) -> Branch:
        """Write the page of an indicator."""
        indicator = self.base.catalogue.indicators[indicator_id]
        children = [
            self.leaf("symbol", indicator.symbol),
            *self.texts("name", indicator.name),
            *self.texts("meaning", indicator.meaning),
            self.leaf("formula", self.names.formula(indicator.formula), indicator.formula.text),
        ]
        if indicator.otherwise is not None:
            text = self.names.formula(indicator.otherwise)
            children.append(self.leaf("otherwise", text, indicator.otherwise.text))
        for variant in indicator.variants:
            picks = (f"{choice}={'|'.join(options)}" for choice, options in variant.when)
            text = self.names.formula(variant.formula)
            method = self.say("marked", text=text, marks=self.names.listed(picks))
            children.append(self.leaf("variant", method, variant.at))
        children.append(self.leaf("unit", self.say(f"unit.{indicator.unit}")))
        children.append(self.leaf("better", self.say(f"better.{indicator.better}")))
        for undefined in indicator.undefined:
            sign = self.say(f"word.{undefined.sign}")
            text = self.say("fact", name=self.names.formula(undefined.value), word=sign)
            reason = self.say("marked", text=text, marks=self.names.reason(undefined.reason))
            children.append(self.leaf("undefined", reason, undefined.at))
        children += self.cites(indicator.cites)
        children += (self._norm(indicator, norm) for norm in indicator.norms)
        children += self.ids("used_by", self.base.in_formulas.get(indicator.id, ()))
        decompositions = self.base.catalogue.decompositions.values()
        children += self.ids(
            "decompositions", (d.id for d in decompositions if d.of == indicator.id)
        )
        children += self.ids("asked_by", self.asking(self._keys(indicator)))
        if not indicator.shown:
            children.insert(1, self.leaf("kind", self.say("not_shown")))
        return self.root("indicator", indicator.id, indicator.at, children)

    def _keys(self, indicator: Indicator) -> Iterator[FactKey]:
        for key in self.base.words:
            own = indicator.id in (key, key.rpartition(".")[0])
            if own and key not in self.base.rules:
                yield key

    def _norm(self, indicator: Indicator, norm: Norm) -> Branch:
        variants = (
            Branch(
                label=self.say("label.variant"),
                text=f"{{company.{variant.question}: {self.names.listed(variant.words)}}}",
                place=str(variant.at),
                children=self._bands(indicator, norm.varied(variant)),
            )
            for variant in norm.variants
        )
        return Branch(
            label=self.say("label.norm"),
            text=norm.id,
            place=str(norm.at),
            children=(*self._bands(indicator, norm), *variants),
        )

    def _bands(self, indicator: Indicator, norm: Norm) -> tuple[Branch, ...]:
        """Return the bands of a norm and what they rest on."""
        words = self.names.pen.words
        bands = (
            Branch(
                label=tree.band.id,
                text=self.say(
                    "marked",
                    text=self.names.band(tree),
                    marks=words[f"polarity.{tree.band.polarity}"],
                ),
                place=str(tree.band.at),
            )
            for tree in bands_of(indicator, norm)
        )
        return (*bands, *self.cites(norm.cites))

    def decomposition(self, decomposition_id: str) -> Branch:
        """Write the page of a decomposition: the whole, the formula, the parts in their order."""
        decomposition = self.base.catalogue.decompositions[decomposition_id]
        formula = decomposition.formula
        parts = (
            Branch(
                label=part.id,
                text=self.say("fact", name=part.figure, word=part.name.in_language(self.language)),
                place=str(part.at),
            )
            for part in decomposition.parts
        )
        keys = (f"{decomposition.id}.{tail}" for tail in (*LEADERS, *LEADS))
        children = [
            self.leaf("indicator", decomposition.of),
            self.leaf("formula", self.names.formula(formula), formula.text),
            *self.group("parts", parts),
            *self.cites(decomposition.cites),
            *self.ids("asked_by", self.asking(keys)),
        ]
        return self.root("decomposition", decomposition.id, decomposition.at, children)

    def line(self, item_id: str) -> Branch:
        """Write the page of a line item."""
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
            *self.texts("name", item.names),
            self.leaf("synonyms", self.names.listed(item.synonyms)),
            self.leaf("stands_in", self.say(f"statement.{item.statement}")),
            self.leaf("sign", self.say("signed" if item.signed else "unsigned")),
            self.leaf("if_absent", self.say(f"absent.{item.if_absent}")),
            *self.group("sums", sums),
            *self.ids("used_by", self.base.in_formulas.get(item.id, ())),
            *self.ids("asked_by", self.asking(self._of_line(item.id))),
        ]
        return self.root("line", item.id, item.at, children)

    def _of_line(self, item: str) -> Iterator[FactKey]:
        return (key for key in self.base.words if key.rpartition(".")[0] == f"lines.{item}")

    def question(self, question_id: str) -> Branch:
        """Write the page of a question of the context."""
        question = self.base.catalogue.questions[question_id]
        children = [*self.texts("text", question.asks)]
        if question.fact_words:
            steps = question.scale.steps if question.scale else ()
            ranges = {step.word: f"{step.word} ({step.least}–{step.most})" for step in steps}
            listed = [ranges.get(word, word) for word in question.fact_words]
            children.append(self.leaf("words", self.names.listed(listed)))
        else:
            children.append(self.leaf("unit", self.say(f"unit.{question.unit}")))
        silence = question.silence or self.say("absent.unknown")
        children.append(self.leaf("silence", silence))
        children += self.ids("used_by", self.base.in_formulas.get(question.id, ()))
        children += self.ids("asked_by", self.asking([f"company.{question.id}"]))
        return self.root("question", question.id, question.at, children)

    def fact(self, key: FactKey) -> Branch:
        """Write the page of a fact that conditions can ask for."""
        words = []
        for word in self.base.words[key]:
            band = self.band(key, word)
            name = self.names.word(key, word)
            text = self.names.band(band) if band else ("" if name == word else name)
            words.append(Branch(label=word, text=text, place=str(band.band.at) if band else ""))
        name = self.names.key(key)
        children = [
            *([self.leaf("name", name)] if name != key else []),
            *self.group("words", words),
            *self.ids("asked_by", self.asking([key])),
        ]
        return self.root("fact", key, None, children)
