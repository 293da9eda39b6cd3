"""Readings and facts as trees: down to the amounts and answers they came from."""

from collections.abc import Iterable
from dataclasses import replace

from diagnost.explain.grounds import Grounds, Name
from diagnost.explain.tree import (
    AbsentTree,
    AmountTree,
    AnswerTree,
    BandTree,
    BesideTree,
    DaysTree,
    FactTree,
    FiringTree,
    GapTree,
    Input,
    ReadingTree,
    RowsTree,
)
from diagnost.model.accounts import Amount
from diagnost.model.benchmark import Benchmark
from diagnost.model.fact import Fact, Firing
from diagnost.model.formula_tree import Name as FormulaName
from diagnost.model.indicator import Indicator, Norm, Reading
from diagnost.model.located import At
from diagnost.model.rule import FactKey, Word
from diagnost.pipeline import Case


class Cells:
    """Builds the trees of one answer; what it has built once comes again without its children."""

    def __init__(self, case: Case, period: str) -> None:
        self.case = case
        self.period = period
        self.run = case.runs[period]
        self.grounds = Grounds(self.run)
        self._facts_built: set[Name] = set()
        self._readings_built: set[tuple[str, str]] = set()
        self._periods = [each.id for each in case.accounts.periods]

    # --- facts and firings ----------------------------------------------------------------------

    def firing(self, firings: Iterable[Firing]) -> FiringTree:
        """Build the earliest of the firings of one rule."""
        all_ = tuple(firings)
        first = self.grounds.earliest(all_)
        return FiringTree(
            rule=self.case.base.rules[first.rule],
            used=tuple(self.fact(name) for name in first.used),
            absent=tuple(self._absent(name) for name in first.absent),
            others=len(all_) - 1,
        )

    def fact(self, name: Name) -> FactTree:
        """Build a fact that is there: given from outside, or made by a firing."""
        key, word = name
        given = self.run.base.facts.get(key)
        if given is not None and given.word == word:
            return self.given(given)
        ground = self.grounds.of(name)
        if ground is None or name in self._facts_built:
            return FactTree(key=key, word=word, again=ground is not None)
        self._facts_built.add(name)
        firing, others = ground
        return FactTree(key=key, word=word, firing=self.firing([firing]), others=others)

    def given(self, fact: Fact) -> FactTree:
        """Build a fact that was read from readings or from an answer."""
        again = fact.name in self._facts_built
        self._facts_built.add(fact.name)
        return FactTree(
            key=fact.key,
            word=fact.word,
            fact=fact,
            band=None if again else self.band(fact.key, fact.word),
            readings=() if again else tuple(self.reading(reading) for reading in fact.readings),
            answer=None if again else self._answer_to(fact),
            beside=None if again else self._beside(fact),
            again=again,
        )

    def _absent(self, name: Name) -> AbsentTree:
        key, word = name
        instead = self.run.base.facts.get(key)
        return AbsentTree(
            key=key, word=word, instead=self.given(instead) if instead is not None else None
        )

    def band(self, key: FactKey, word: Word) -> BandTree | None:
        """Return the band that a word stands for; None if the key is not judged by a norm."""
        found = self._norm(key)
        if found is None:
            return None
        indicator, norm = found
        before = None
        for band in norm.bands:
            if band.id == word:
                return BandTree(indicator=indicator, norm=norm, band=band, before=before)
            before = band
        return None

    def _norm(self, key: FactKey) -> tuple[Indicator, Norm] | None:
        indicators = self.case.base.catalogue.indicators
        if key in indicators:
            norm = indicators[key].general
            return (indicators[key], norm) if norm else None
        head, _, tail = key.rpartition(".")
        if head not in indicators:
            return None
        wanted = "general" if tail == "previous" else tail
        for norm in indicators[head].norms:
            if norm.id == wanted:
                return indicators[head], norm
        return None

    def _answer_to(self, fact: Fact) -> AnswerTree | None:
        question = self.case.base.catalogue.questions.get(fact.key.removeprefix("company."))
        if question is None or not fact.key.startswith("company."):
            return None
        return AnswerTree(question=question, value=fact.word, at=fact.at)

    def _beside(self, fact: Fact) -> BesideTree | None:
        if fact.beside is None:
            return None
        indicator = self.case.base.catalogue.indicators[fact.beside.indicator]
        group = fact.beside.group if isinstance(fact.beside, Benchmark) else ""
        return BesideTree(indicator=indicator, group=group, comparison=fact.beside)

    # --- readings and amounts -------------------------------------------------------------------

    def reading(self, reading: Reading) -> ReadingTree:
        """Build a reading with what its formula was filled with."""
        key = (reading.indicator, reading.period)
        if key in self._readings_built:
            return ReadingTree(reading=reading, again=True)
        self._readings_built.add(key)
        if reading.given is not None:
            return ReadingTree(reading=reading)
        if reading.formula is None:  # a line item
            inputs: tuple[Input, ...] = tuple(self.amount(amount) for amount in reading.inputs)
            return ReadingTree(reading=reading, inputs=inputs)
        filled = (self._input(name, reading.period) for name in reading.formula.names)
        texts = {over.text for over in reading.formula.terms}
        names = {name.name for name in reading.formula.names}
        rows = (RowsTree(term=t) for t in reading.reckoned if t.text in texts | names)
        return ReadingTree(reading=reading, inputs=(*(p for p in filled if p), *rows))

    def amount(self, amount: Amount) -> AmountTree:
        """Build an amount with the amounts it was derived from.

        It is either their sum, or what is left of the first when the others are taken off.
        """
        items = {part.item for part in amount.parts}
        summed = len(items) == 1 or any(
            identity.total == amount.item and items == set(identity.parts)
            for identity in self.case.base.catalogue.identities
        )
        parts = (
            replace(self.amount(part), taken_off=number > 0 and not summed)
            for number, part in enumerate(amount.parts)
        )
        return AmountTree(amount=amount, parts=tuple(parts))

    def _input(self, name: FormulaName, period: str) -> Input | None:
        at = self._moment(name.moment, period)
        if at is None:
            return None
        catalogue = self.case.base.catalogue
        if name.name == "days":
            return DaysTree(period=self.case.accounts.period(at))
        if name.elsewhere:
            compared, group = name.elsewhere
            indicator_id = catalogue.symbols.get(compared, compared)
            return BesideTree(
                indicator=catalogue.indicators[indicator_id],
                group=group,
                comparison=self.case.benchmarks.groups.get((indicator_id, group, at)),
            )
        if name.name == "year_days":
            return None
        if catalogue.edge(name.name) is not None:  # of a band: WPB.safe.lower
            symbol, band, _ = name.name.split(".")
            return self.band(catalogue.symbols.get(symbol, symbol), band)
        indicator = catalogue.indicator(name.name)
        if indicator is not None:
            return self.reading(self.case.readings[indicator.id, at])
        question = catalogue.questions.get(name.name)
        if question is not None:
            answer = self.case.accounts.context.get(name.name)
            place: At | None = answer.at if answer else None
            return AnswerTree(question=question, value=answer.value if answer else None, at=place)
        if name.name not in catalogue.line_items:
            return None  # a column of the row, which stands among the records
        amount = self.case.accounts.amounts.get((name.name, at))
        return self.amount(amount) if amount else GapTree(item=name.name, period=at)

    def _moment(self, moment: str, period: str) -> str | None:
        index = self._periods.index(period)
        if moment == "now":
            return period
        if index == 0:
            return None
        return self._periods[0] if moment == "first" else self._periods[index - 1]
