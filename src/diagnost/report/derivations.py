"""How figures came about: formulas with amounts put in, aggregates and answers in words."""

from collections.abc import Iterator
from decimal import Decimal

from diagnost.model.accounts import Answer
from diagnost.model.context import Question
from diagnost.model.decomposition import Breakdown
from diagnost.model.formula import Formula
from diagnost.model.formula_tree import Name, Number, Operation, OverRecords
from diagnost.model.indicator import Indicator, Reading, RowsUsed, Unit
from diagnost.model.located import At
from diagnost.model.terms import Func, Ref
from diagnost.model.text import Slot
from diagnost.report import formats
from diagnost.report.figures import Figures
from diagnost.report.rows_in_words import RowsInWords


class Derivations:
    """Writes derivations of the readings of one case in one language."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.case = figures.case
        self.catalogue = figures.case.base.catalogue
        self.rows_in_words = RowsInWords(self.catalogue, figures.language, figures.words)

    # --- readings -------------------------------------------------------------------------------

    def told(self, reading: Reading) -> Reading:
        """Return the reading whose derivation says how this one came about.

        It is another one where the formula is nothing but the name of another indicator.
        """
        indicator = self.catalogue.indicators.get(reading.indicator)
        if indicator is None or reading.value is None or reading.given is not None:
            return reading
        match (reading.formula or indicator.formula).tree:
            case Name(name=inner, moment="now") if self.catalogue.indicator(inner):
                return self.told(self.case.reading(inner, reading.period))
        return reading

    def brief(self, reading: Reading) -> str:
        """Write a figure by name and value: ``WPB = 1.05``."""
        if reading.indicator not in self.catalogue.indicators:
            return self._line_item(reading)
        indicator = self.catalogue.indicators[reading.indicator]
        return self._equal(self.name(indicator), self.value(reading))

    def derivation(self, reading: Reading, *, parts: bool = True) -> str:
        """Write how a reading came about: ``WPB = 17,460 / 16,700 = 1.05``.

        What rests on records or answers says in brackets what its parts are, if they are wanted.
        """
        words = self.figures.words
        reading = self.told(reading)
        indicator = self.catalogue.indicators.get(reading.indicator)
        if reading.value is None:
            return ""
        if indicator is None:
            return self._line_item(reading)
        name, value = self.name(indicator), self.value(reading)
        if reading.given is not None:
            return words["note.given"].format(symbol=name, value=value)
        formula = reading.formula or indicator.formula
        text = self._equal(name, value)
        if isinstance(formula.tree, Number):
            return words["note.customary"].format(symbol=name, value=value)
        if not isinstance(formula.tree, Name | OverRecords):
            sign = formats.decimal_sign(self.figures.language)
            written = formula.written(lambda part: self._part(part, reading), sign)
            text = words["note.reading"].format(symbol=name, formula=written, value=value)
        if parts and indicator.dated:
            listed = words["list.semicolon"].join(dict.fromkeys(self._parts(reading, formula)))
            text = words["note.made"].format(text=text, parts=listed) if listed else text
        return words["note.closing"].format(text=text) if indicator.on_closing(reading) else text

    def behind(self, reading: Reading) -> list[Reading]:
        """Return the figures in the formula of a reading that rest on records or answers too.

        They have derivations of their own.
        """
        if reading.formula is None:
            return []
        named = (self.catalogue.indicator(name.name) for name in reading.formula.names)
        found = (self.reading_of(i, reading.period) for i in named if i is not None and i.dated)
        return [self.told(each) for each in found if each is not None and each.value is not None]

    def idle(self, reading: Reading) -> bool:
        """Say whether a figure is nought for want of anything given, as in ``either(x, 0)``."""
        indicator = self.catalogue.indicators.get(reading.indicator)
        if indicator is None or not indicator.dated or reading.value or reading.given is not None:
            return False
        made = any(each.used for each in reading.reckoned)
        return not made and not self.places(reading) and not self.behind(reading)

    def places(self, reading: Reading) -> tuple[At, ...]:
        """Return where the numbers behind a reading stand, but for those that ``behind`` tells."""
        indicator = self.catalogue.indicators.get(reading.indicator)
        if indicator is None or not indicator.dated or reading.formula is None:
            return reading.places
        own = {over.text for over in reading.formula.terms}
        own |= {name.name for name in reading.formula.names}
        found = [p for r in reading.reckoned if r.text in own for u in r.used for p in u.places]
        for name in reading.formula.all_names:
            answer = self.case.accounts.context.get(name)
            found += [answer.at] if answer is not None else []
        return tuple(dict.fromkeys(found)) or (() if self.behind(reading) else reading.places)

    def reading_of(self, indicator: Indicator, period: str) -> Reading | None:
        """Return the reading of an indicator, if this case has one."""
        return self.case.readings.get((indicator.id, period))

    def rows(self, used: RowsUsed) -> str:
        """Write what one aggregate was made of."""
        return self.rows_in_words.aggregate(used)

    def answer(self, question: Question, answer: Answer, name: str = "") -> str:
        """Write a question with its answer, as it was given."""
        words = self.figures.words
        value = answer.value
        if isinstance(value, str):
            label = question.labels.get(value)
            written = label.in_language(self.figures.language) if label else value
        elif question.scale is not None:
            written = words["made.on_scale"].format(
                value=formats.count(value, self.figures.language),
                least=question.scale.least,
                most=question.scale.most,
            )
        else:
            written = self.figures.write_limit(value, Unit(question.unit), in_full=True)
        asks = question.asks.in_language(self.figures.language)
        name = name or words["made.answered_to"]
        return words["made.answer"].format(name=name, question=asks, answer=written)

    # --- names ----------------------------------------------------------------------------------

    def name(self, indicator: Indicator) -> str:
        """Return the symbol where it is a proper one (WPB), else the name."""
        return indicator.printed_symbol or indicator.name.in_language(self.figures.language)

    def _in_points(self, indicator: Indicator) -> bool:
        """Say whether an indicator is the difference of two percentages."""
        match indicator.formula.tree:
            case Operation(operator="-", left=Name() as left, right=Name() as right):
                return all(self._is_percent(name) for name in (left, right))
        return False

    def _is_percent(self, name: Name) -> bool:
        indicator = self.catalogue.indicator(name.name)
        question = self.catalogue.questions.get(name.name)
        if indicator is not None:
            return indicator.unit is Unit.PERCENT
        return question is not None and question.unit == Unit.PERCENT.value

    def value(self, reading: Reading) -> str:
        """Write a reading's value in its unit, or a dash."""
        if reading.value is None:
            return "–"
        indicator = self.catalogue.indicators[reading.indicator]
        if self._in_points(indicator):
            form = "signed" if reading.value < 0 else ""
            return self.figures.difference(reading.value, indicator.unit, form)
        form = "amount" if indicator.unit is Unit.MONEY else ""
        return self.figures.reading(indicator, reading.value, form)

    def formula(self, indicator_id: str, *, in_full: bool = False) -> str:
        """Write an indicator's formula in names; of one over records, which records it takes.

        ``in_full`` names other indicators by their names instead of their symbols.
        """
        indicator = self.catalogue.indicators[indicator_id]
        formula = indicator.averaged or indicator.formula
        if not formula.tables:
            if formula.names and all(n.name in self.catalogue.questions for n in formula.names):
                return self.figures.words["formula.answer"]  # once, however many answers there are
            label = self._in_full if in_full else self._label
            return formula.named(label, formats.decimal_sign(self.figures.language))
        selections, language = self.catalogue.selections, self.figures.language
        ids = (selections[t].of if t in selections else t for t in formula.tables)
        names = [self.catalogue.tables[t].names.in_language(language) for t in dict.fromkeys(ids)]
        words = self.figures.words
        return words["formula.records"].format(list=words["list.comma"].join(names))

    def moved(self, breakdown: Breakdown) -> str:
        """Write how a change was taken apart: the formula, and each figure before and now."""
        words = self.figures.words
        decomposition = breakdown.decomposition
        whole = self.catalogue.indicators[decomposition.of]
        parts = (
            words["note.part"].format(
                part=share.part.name.in_language(self.figures.language),
                before=self.plain(share.before),
                now=self.plain(share.now),
            )
            for share in breakdown.shares
        )
        sign = formats.decimal_sign(self.figures.language)
        return words["note.moved"].format(
            symbol=self.name(whole),
            formula=decomposition.formula.written(self._label, sign),
            since=breakdown.before.period,
            period=breakdown.now.period,
            parts=words["list.comma"].join(parts),
        )

    def _equal(self, name: str, value: str) -> str:
        return self.figures.words["note.equal"].format(symbol=name, value=value)

    def plain(self, reading: Reading) -> str:
        """Write the value of an indicator or of a line item."""
        if reading.indicator in self.catalogue.indicators:
            return self.value(reading)
        return formats.amount(reading.value or Decimal(0), self.figures.language)

    def _line_item(self, reading: Reading) -> str:
        item = self.catalogue.line_items[reading.indicator.removeprefix("lines.")]
        name = item.names.in_language(self.figures.language)
        return self._equal(name, formats.amount(reading.value or Decimal(0), self.figures.language))

    def _in_full(self, part: Name | OverRecords) -> str:
        if isinstance(part, OverRecords) or part.moment != "now":
            return self._label(part)
        indicator = self.catalogue.indicator(part.name)
        return indicator.name.in_language(self.figures.language) if indicator else self._label(part)

    def _label(self, part: Name | OverRecords) -> str:
        if isinstance(part, OverRecords):
            return part.text
        words, catalogue = self.figures.words, self.catalogue
        indicator = catalogue.indicator(part.name)
        if indicator is not None:
            label = self.name(indicator)
        elif part.elsewhere:
            label = self._elsewhere(*part.elsewhere)
        elif catalogue.edge(part.name) is not None:
            label = self._edge(part.name)
        elif part.name == "days":
            label = words["formula.days"]
        elif part.name == "year_days":
            label = str(catalogue.method.year_days)
        elif part.name in catalogue.line_items:
            label = catalogue.line_items[part.name].names.in_language(self.figures.language)
        elif part.name in catalogue.questions:
            label = words.get(f"question.{part.name}", words["formula.answer"])
        else:
            label = part.name
        return label if part.moment == "now" else words[f"formula.{part.moment}"].format(name=label)

    def elsewhere(self, name: str) -> str:
        """Name the figure of other firms that a formula calls ``CRN@sector``."""
        indicator, _, group = name.partition("@")
        return self._elsewhere(indicator, group)

    def named_term(self, over: OverRecords, reading: Reading) -> str:
        """Say in words what a term over records in a formula is; '' where there are none for it."""
        return self._what(over, reading)

    def _elsewhere(self, name: str, group: str) -> str:
        """Name an indicator in another group of firms: ``CRN (sector average)``."""
        indicator = self.catalogue.indicator(name)
        return self.figures.words["formula.elsewhere"].format(
            name=self.name(indicator) if indicator else name,
            group=self.catalogue.groups[group].name.in_language(self.figures.language),
        )

    def _edge(self, name: str) -> str:
        """Write the edge of a band that a formula uses."""
        edge = self.catalogue.edge(name)
        indicator = self.catalogue.indicator(name.partition(".")[0])
        if edge is None or indicator is None:
            return "–"
        form = "number" if indicator.unit is Unit.DAYS else ""
        return self.figures.write_limit(edge, indicator.unit, form)

    # --- parts of a formula ---------------------------------------------------------------------

    def _parts(self, reading: Reading, formula: Formula) -> Iterator[str]:
        """Say what the parts of a formula are: aggregates, answers, figures of their own."""
        alone = isinstance(formula.tree, Name | OverRecords)
        for part in formula.leaves:
            what = self._what(part, reading)
            if what and alone:
                yield what
            elif what:
                value = self._part(part, reading)
                yield self.figures.words["note.named"].format(value=value, name=what)

    def _what(self, part: Name | OverRecords, reading: Reading) -> str:
        """Say what a part of a formula is; '' where that needs no saying."""
        if isinstance(part, OverRecords):
            match part.term:
                case Func(function="working_days", arguments=[Ref(name=window)]):
                    return self.figures.words.get(f"made.working_days.{window}", "")
            found = next((r for r in reading.reckoned if r.text == part.text), None)
            return self.rows_in_words.term(part.term, found) if found is not None else ""
        indicator = self.catalogue.indicator(part.name)
        if indicator is not None:
            return indicator.name.in_language(self.figures.language)
        question = self.catalogue.questions.get(part.name)
        answer = self.case.accounts.context.get(part.name)
        return self.answer(question, answer) if question and answer else ""

    def _part(self, part: Name | OverRecords, reading: Reading) -> str:
        """Write the figure that stands for a part of a formula in a reading."""
        name = part.name if isinstance(part, Name) else part.text
        if isinstance(part, Name) and self.catalogue.per(name) is not None:
            return self._figure(part, reading)
        found = next((r for r in reading.reckoned if r.text == name), None)
        if found is not None:
            return formats.amount(found.value, self.figures.language)
        return self._figure(part, reading) if isinstance(part, Name) else "–"

    def _figure(self, part: Name, made: Reading) -> str:
        """Write the figure that a name of a formula stands for in what was ``made`` of it."""
        language, catalogue, period = self.figures.language, self.catalogue, made.period
        ids = [p.id for p in self.case.accounts.periods]
        if part.moment == "first":
            period = ids[0]
        elif part.moment == "previous":
            period = ids[max(ids.index(period) - 1, 0)]
        if part.elsewhere:
            name, group = part.elsewhere
            return self.figures.slot(Slot(name, (group,)), period) or "–"
        if catalogue.edge(part.name) is not None:
            return self._edge(part.name)
        if part.name == "year_days":
            return str(catalogue.method.year_days)
        if part.name == "days":
            return str(self.case.accounts.period(period).days)
        indicator = catalogue.indicator(part.name)
        if indicator is not None:
            reading = self.case.readings[indicator.id, period]
            if indicator.unit is Unit.DAYS and reading.value is not None:
                return formats.number(reading.value, language, 1)
            if indicator.unit is Unit.MONEY and reading.value is not None:
                converted = self.figures.converted(reading.value, part.name, made.indicator)
                reading = reading._replace(value=converted)
            text = self.value(reading)
            return f"({text})" if reading.value is not None and reading.value < 0 else text
        answer = self.case.accounts.context.get(part.name)
        if answer is not None and not isinstance(answer.value, str):
            unit = Unit(catalogue.questions[part.name].unit)
            return self.figures.write(answer.value, unit, in_full=True)
        amount = self.case.accounts.amounts.get((part.name, period))
        if amount is None:
            return "–"
        value = self.figures.converted(amount.value, part.name, made.indicator)
        text = formats.amount(value, language)
        return f"({text})" if value < 0 else text
