"""Numbered notes: behind each sentence its figures, its source and the cells it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from diagnost.model.benchmark import Benchmark, Spread
from diagnost.model.decomposition import Breakdown
from diagnost.model.fact import Fact, Firing
from diagnost.model.formula_tree import Name, OverRecords
from diagnost.model.indicator import Citation, Indicator, Reading, RowsUsed, Unit
from diagnost.model.knowledge import Source
from diagnost.model.located import At
from diagnost.model.text import Slot
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.document import NoteText
from diagnost.report.figures import Figures

MOST_FIRMS = 12
"""How many firms are named in one note."""


@dataclass(slots=True)
class Notebook:
    """Collects notes in order of first use; the same note keeps its number."""

    figures: Figures
    numbers: dict[str, int] = field(default_factory=dict)
    cited: dict[str, Source] = field(default_factory=dict)  # by prefix

    @property
    def case(self) -> Case:
        """Return the case that is written about."""
        return self.figures.case

    def cite(self, cites: Citation, firings: Sequence[Firing], period: str) -> int:
        """Return the number of the note for an entry that fired."""
        facts = self._facts(firings, period)
        breakdowns = {
            (b.decomposition.id, b.before.period): b
            for f in facts
            if (b := f.breakdown) is not None
        }
        readings = _of_period((f for f in facts if f.breakdown is None), period)
        return self._note(cites, readings, tuple(breakdowns.values()), _besides(facts))

    def moved(self, breakdown: Breakdown) -> int:
        """Return the number of the note for a change that has been taken apart."""
        return self._note(breakdown.decomposition.cites, (), (breakdown,))

    def _note(
        self,
        cites: Citation,
        readings: Sequence[Reading],
        breakdowns: Sequence[Breakdown],
        besides: Sequence[Benchmark | Spread] = (),
    ) -> int:
        words = self.figures.words
        parts = dict.fromkeys(part for r in readings if (part := self.derivation(r)))
        parts |= dict.fromkeys(map(self._breakdown, breakdowns))
        parts |= dict.fromkeys(map(self.beside, besides))
        pieces = (
            [words["note.stop"].format(text=words["list.semicolon"].join(parts))] if parts else []
        )
        pieces += self._records(readings)
        pieces.append(words["note.source"].format(source=self.source(cites)))
        behind = (*readings, *(r for breakdown in breakdowns for r in breakdown.readings))
        at = [place for reading in behind for place in reading.places]
        places = self.places([*at, *(figure.at for each in besides for figure in each.figures)])
        if places:
            pieces.append(words["note.where"].format(places=places))
        note = words["list.space"].join(pieces)
        return self.numbers.setdefault(note, len(self.numbers) + 1)

    def _records(self, readings: Sequence[Reading]) -> list[str]:
        """Say how many rows of which tables stand behind readings."""
        words = self.figures.words
        most: dict[tuple[str, str], RowsUsed] = {}  # of several windows of a column the widest
        for used in (u for r in readings for term in r.reckoned for u in term.used):
            key = used.table, used.column
            if used.function and used.rows and (key not in most or used.rows > most[key].rows):
                most[key] = used
        if not most:
            return []
        listed = words["list.semicolon"].join(dict.fromkeys(map(self.rows, most.values())))
        return [words["note.records"].format(list=listed)]

    def rows(self, used: RowsUsed) -> str:
        """Write how many rows of a table took part, and in how many the column was known."""
        words, language = self.figures.words, self.figures.language
        table = self.case.base.catalogue.tables[used.table]
        kind = formats.plural(str(used.rows), Decimal(used.rows), language)
        name = table.names.in_language(language)
        rows = words[f"rows.{kind}"].format(n=used.rows, table=name)
        if used.known == used.rows or used.column not in table.columns:
            return words["note.rows"].format(rows=rows)
        column = table.columns[used.column].names.in_language(language)
        return words["note.rows_known"].format(rows=rows, known=used.known, column=column)

    def texts(self) -> tuple[NoteText, ...]:
        """Return all notes in order."""
        return tuple(NoteText(number, text) for text, number in self.numbers.items())

    def compare(self, comparisons: Sequence[Benchmark | Spread]) -> int:
        """Return the number of the note for figures of other firms in a table."""
        words = self.figures.words
        written = words["list.semicolon"].join(dict.fromkeys(map(self.beside, comparisons)))
        places = self.places(figure.at for each in comparisons for figure in each.figures)
        pieces = (
            words["note.stop"].format(text=written),
            words["note.where"].format(places=places),
        )
        note = words["list.space"].join(pieces)
        return self.numbers.setdefault(note, len(self.numbers) + 1)

    def beside(self, comparison: Benchmark | Spread) -> str:
        """Write what a figure was compared with: group, value, firms."""
        words = self.figures.words
        indicator = self.case.base.catalogue.indicators[comparison.indicator]

        def write(value: Decimal) -> str:
            return self.figures.write(value, indicator.unit)

        listed = [
            words["note.each"].format(firm=figure.firm, value=write(figure.value))
            for figure in comparison.figures[:MOST_FIRMS]
        ]
        rest = len(comparison.figures) - len(listed)
        if rest:
            listed.append(words["note.more_firms"].format(count=rest))
        firms = words["list.semicolon"].join(listed)
        symbol = self._name(indicator)
        if isinstance(comparison, Spread):
            return words["note.firms"].format(symbol=symbol, firms=firms)
        group = self.case.base.catalogue.groups[comparison.group]
        return words[f"note.beside_{comparison.kind}"].format(
            symbol=symbol,
            group=group.name.in_language(self.figures.language),
            value=write(comparison.value),
            firms=firms,
        )

    def readings_of(self, firings: Sequence[Firing], period: str) -> tuple[Reading, ...]:
        """Return the readings of the period that firings rest on, also through other firings."""
        return _of_period(self._facts(firings, period), period)

    def _facts(self, firings: Sequence[Firing], period: str) -> tuple[Fact, ...]:
        """Return the facts from outside that firings rest on, also through other firings."""
        run = self.case.runs[period]
        makers = {firing.made: firing for firing in reversed(run.firings)}
        found: list[Fact] = []
        seen: set[tuple[str, str]] = set()
        todo = [name for firing in firings for name in firing.used]
        while todo:
            name = todo.pop(0)
            if name in seen:
                continue
            seen.add(name)
            fact = run.base.facts.get(name[0])
            if fact is not None:
                found.append(fact)
            elif name in makers:
                todo += makers[name].used
        return tuple(found)

    def derivation(self, reading: Reading) -> str:
        """Write how a reading came about: ``WPB = 17,460 / 16,700 = 1.05``."""
        words = self.figures.words
        indicator = self.case.base.catalogue.indicators.get(reading.indicator)
        if reading.value is None:
            return ""
        if indicator is None:  # a line item
            return self._line_item(reading)
        name = self._name(indicator)
        value = self.value(reading)
        if reading.given is not None:
            return words["note.given"].format(symbol=name, value=value)
        formula = reading.formula or indicator.formula
        match formula.tree:
            case Name(name=inner, moment="now") if self.case.base.catalogue.indicator(inner):
                return self.derivation(self.case.reading(inner, reading.period))
        if isinstance(formula.tree, OverRecords):
            return f"{name} = {value}"  # of rows, which are told by themselves
        written = formula.written(lambda part: self._part(part, reading))
        text = words["note.reading"].format(symbol=name, formula=written, value=value)
        return words["note.closing"].format(text=text) if indicator.on_closing(reading) else text

    def _breakdown(self, breakdown: Breakdown) -> str:
        """Write how a change was taken apart: the formula, and each figure before and now."""
        words = self.figures.words
        decomposition = breakdown.decomposition
        whole = self.case.base.catalogue.indicators[decomposition.of]
        parts = (
            words["note.part"].format(
                part=share.part.name.in_language(self.figures.language),
                before=self._plain(share.before),
                now=self._plain(share.now),
            )
            for share in breakdown.shares
        )
        return words["note.moved"].format(
            symbol=self._name(whole),
            formula=decomposition.formula.written(self._label),
            since=breakdown.before.period,
            period=breakdown.now.period,
            parts=words["list.comma"].join(parts),
        )

    def _plain(self, reading: Reading) -> str:
        if reading.indicator in self.case.base.catalogue.indicators:
            return self.value(reading)
        return formats.amount(reading.value or Decimal(0), self.figures.language)

    def value(self, reading: Reading) -> str:
        """Write a reading's value in its unit, or a dash."""
        if reading.value is None:
            return "–"
        indicator = self.case.base.catalogue.indicators[reading.indicator]
        form = "amount" if indicator.unit is Unit.MONEY else ""
        return self.figures.reading(indicator, reading.value, form)

    def source(self, cites: Citation) -> str:
        """Write the source of an entry: sections and statement numbers.

        What the letters of the numbers stand for is told once, by ``sources``.
        """
        words = self.figures.words
        language = self.figures.language
        sections: dict[str, list[str]] = {}
        for statement in cites.ids:
            source, section = self.case.base.section_of[statement]
            self.cited[source.prefix] = source
            # Our own readings of a document (FB, FC, FD) go by their numbers alone.
            title = section.title.in_language(language) if len(source.prefix) == 1 else ""
            sections.setdefault(title, []).append(statement)
        text = words["list.semicolon"].join(
            words["source.section" if title else "source.ids"].format(
                section=title, ids=words["list.comma"].join(ids)
            )
            for title, ids in sections.items()
        )
        if not cites.inference:
            return text
        if not text:
            return words["source.inference"]
        return words["source.inference_from"].format(source=text)

    def sources(self) -> tuple[str, ...]:
        """Return what the letters of the cited statements stand for."""
        language = self.figures.language
        colon = self.figures.words["list.colon"]
        return tuple(
            f"{prefix}{colon}{self.cited[prefix].title.in_language(language)}"
            for prefix in sorted(self.cited)
        )

    def places(self, places: Iterable[At]) -> str:
        """Write places, each file named once: ``acme.yaml 9:20, 14:22``."""
        by_file: dict[str, list[str]] = {}
        for place in sorted(set(places)):
            if place.cell:
                by_file.setdefault(f"{place.file}!{place.sheet}", []).append(place.cell)
            elif place.line:
                by_file.setdefault(place.file, []).append(f"{place.line}:{place.column}")
        comma = self.figures.words["list.comma"]
        semicolon = self.figures.words["list.semicolon"]
        return semicolon.join(f"{file} {comma.join(cells)}" for file, cells in by_file.items())

    def formula(self, indicator_id: str) -> str:
        """Write an indicator's formula in names; of one over records, which records it takes."""
        indicator = self.case.base.catalogue.indicators[indicator_id]
        formula = indicator.averaged or indicator.formula
        if not formula.tables:
            return formula.named(self._label)
        catalogue, language = self.case.base.catalogue, self.figures.language
        ids = (
            catalogue.selections[t].of if t in catalogue.selections else t for t in formula.tables
        )
        names = [catalogue.tables[t].names.in_language(language) for t in dict.fromkeys(ids)]
        words = self.figures.words
        return words["formula.records"].format(list=words["list.comma"].join(names))

    def _label(self, part: Name | OverRecords) -> str:
        if isinstance(part, OverRecords):
            return part.text
        words = self.figures.words
        catalogue = self.case.base.catalogue
        indicator = catalogue.indicator(part.name)
        if indicator is not None:
            label = self._name(indicator)
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

    def _elsewhere(self, name: str, group: str) -> str:
        """Name an indicator in another group of firms: ``CRN (sector average)``."""
        catalogue = self.case.base.catalogue
        indicator = catalogue.indicator(name)
        return self.figures.words["formula.elsewhere"].format(
            name=self._name(indicator) if indicator else name,
            group=catalogue.groups[group].name.in_language(self.figures.language),
        )

    def _name(self, indicator: Indicator) -> str:
        """Return the symbol where it is a proper one (WPB), else the name."""
        return indicator.printed_symbol or indicator.name.in_language(self.figures.language)

    def _edge(self, name: str) -> str:
        """Write the edge of a band that a formula uses."""
        catalogue = self.case.base.catalogue
        edge, indicator = catalogue.edge(name), catalogue.indicator(name.partition(".")[0])
        if edge is None or indicator is None:
            return "–"
        form = "number" if indicator.unit is Unit.DAYS else ""
        return self.figures.write_limit(edge, indicator.unit, form)

    def _line_item(self, reading: Reading) -> str:
        item = self.case.base.catalogue.line_items[reading.indicator.removeprefix("lines.")]
        name = item.names.in_language(self.figures.language)
        value = formats.amount(reading.value or Decimal(0), self.figures.language)
        return f"{name} = {value}"

    def _part(self, part: Name | OverRecords, reading: Reading) -> str:
        """Write what stands for a part of a formula in a reading."""
        name = part.name if isinstance(part, Name) else part.text
        if isinstance(part, Name) and self.case.base.catalogue.per(name) is not None:
            return self._figure(part, reading.period)
        found = next((r for r in reading.reckoned if r.text == name), None)
        if found is not None:
            return formats.amount(found.value, self.figures.language)
        return self._figure(part, reading.period) if isinstance(part, Name) else "–"

    def _figure(self, part: Name, period: str) -> str:
        """Write the figure that a name of a formula stands for."""
        language = self.figures.language
        catalogue = self.case.base.catalogue
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
            text = self.value(reading)
            return f"({text})" if reading.value is not None and reading.value < 0 else text
        answer = self.case.accounts.context.get(part.name)
        if answer is not None and not isinstance(answer.value, str):
            unit = Unit(catalogue.questions[part.name].unit)
            return self.figures.write(answer.value, unit)
        amount = self.case.accounts.amounts.get((part.name, period))
        if amount is None:
            return "–"
        text = formats.amount(amount.value, language)
        return f"({text})" if amount.value < 0 else text


def _besides(facts: Iterable[Fact]) -> tuple[Benchmark | Spread, ...]:
    """Return the figures of other firms that facts rest on, also through formulas."""
    found: dict[Benchmark | Spread, None] = {}
    for fact in facts:
        for each in (fact.beside, *(b for reading in fact.readings for b in reading.beside)):
            if each is not None:
                found.setdefault(each)
    return tuple(found)


def _of_period(facts: Iterable[Fact], period: str) -> tuple[Reading, ...]:
    """Return the readings of a period behind facts, one of each indicator."""
    found: dict[str, Reading] = {}
    for fact in facts:
        for reading in fact.readings:
            if reading.period == period:
                found.setdefault(reading.indicator, reading)
    return tuple(found.values())
