"""Numbered notes: behind each sentence its figures, its source, the answers and cells it rests on.

How a figure came about is told once, in the list of figures; the notes name it with its value.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from diagnost.model.accounts import Amount
from diagnost.model.benchmark import Benchmark, Spread
from diagnost.model.decomposition import Breakdown
from diagnost.model.fact import Fact, Firing
from diagnost.model.indicator import Citation, Reading
from diagnost.model.knowledge import Source
from diagnost.model.located import At
from diagnost.pipeline import Case
from diagnost.report import formats
from diagnost.report.derivations import Derivations
from diagnost.report.document import FigureText, NoteText
from diagnost.report.figures import Figures
from diagnost.report.formats import raised, stopped

MOST_FIRMS = 12
"""How many firms are named in one note."""

MOST_PLACES = 8
"""How many cells are named in the short form of a note."""

_FigureKey = tuple[str, str]  # indicator and period


@dataclass(slots=True)
class Notebook:
    """Collects notes in order of first use; the same note keeps its number."""

    figures: Figures
    derivations: Derivations = field(init=False)
    cited: dict[str, Source] = field(default_factory=dict)  # by prefix
    _notes: dict[str, NoteText] = field(default_factory=dict)  # by text
    _figures: dict[_FigureKey, FigureText] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.derivations = Derivations(self.figures)

    @property
    def case(self) -> Case:
        """Return the case that is written about."""
        return self.figures.case

    def cite(
        self, cites: Citation, firings: Sequence[Firing], period: str, doubt: str | None = None
    ) -> int:
        """Return the number of the note for an entry that fired; ``doubt`` is its reservation."""
        facts = self._facts(firings, period)
        breakdowns = {
            (b.decomposition.id, b.before.period): b
            for f in facts
            if (b := f.breakdown) is not None
        }
        readings = _of_period((f for f in facts if f.breakdown is None), period)
        said = [self._answered(f) or self._cell(f) for f in facts if f.at and not f.readings]
        listed = [each for each in said if each is not None]
        return self._note(
            cites, readings, tuple(breakdowns.values()), _besides(facts), listed, doubt
        )

    def moved(self, breakdown: Breakdown) -> int:
        """Return the number of the note for a change that has been taken apart."""
        return self._note(breakdown.decomposition.cites, (), (breakdown,))

    def reading(self, reading: Reading) -> int:
        """Return the number of the note for one figure, with the source of its norm."""
        indicator = self.case.base.catalogue.indicators[reading.indicator]
        norm = indicator.general
        return self._note(norm.cites if norm is not None else indicator.cites, (reading,), ())

    def amount(self, amount: Amount) -> int:
        """Return the number of the note for one line item: what it is and where it stands."""
        words, catalogue = self.figures.words, self.case.base.catalogue
        text = words["note.equal"].format(
            symbol=catalogue.line_items[amount.item].names.in_language(self.figures.language),
            value=formats.amount(amount.value, self.figures.language),
        )
        pieces = [words["note.stop"].format(text=text)]
        if places := self.places(_of_amount(amount)):
            pieces.append(words["note.where"].format(places=places))
        return self._numbered((), words["list.space"].join(pieces))

    def compare(self, comparisons: Sequence[Benchmark | Spread]) -> int:
        """Return the number of the note for figures of other firms in a table."""
        words = self.figures.words
        written = words["list.semicolon"].join(dict.fromkeys(map(self.beside, comparisons)))
        places = self.places(figure.at for each in comparisons for figure in each.figures)
        pieces = (
            words["note.stop"].format(text=written),
            words["note.where"].format(places=places),
        )
        return self._numbered((), words["list.space"].join(pieces))

    def names(self, indicator: str) -> bool:
        """Say whether a note names a figure, or one that is made of it."""
        return any(key[0] == indicator for key in self._figures)

    def texts(self) -> tuple[NoteText, ...]:
        """Return all notes in order."""
        return tuple(self._notes.values())

    def figure_texts(self) -> tuple[FigureText, ...]:
        """Return how each figure that the notes name came about, in order of first use."""
        return tuple(self._figures.values())

    def _note(
        self,
        cites: Citation,
        readings: Sequence[Reading],
        breakdowns: Sequence[Breakdown],
        besides: Sequence[Benchmark | Spread] = (),
        said: Sequence[FigureText] = (),
        doubt: str | None = None,
    ) -> int:
        words = self.figures.words
        known = (r for r in readings if r.value is not None and not self.derivations.idle(r))
        listed = [*map(self._listed, known), *said]
        parts = [*map(self.derivations.moved, breakdowns), *map(self.beside, besides)]
        pieces = []
        if parts:
            text = words["list.semicolon"].join(dict.fromkeys(parts))
            pieces.append(stopped(text, words))
        pieces.append(words["note.source"].format(source=self.source(cites)))
        behind = [r for breakdown in breakdowns for r in breakdown.readings]
        at = [place for reading in behind for place in reading.places]
        at += [figure.at for each in besides for figure in each.figures]
        if places := self.places(at):
            pieces.append(words["note.where"].format(places=places))
        if doubt:
            pieces.append(words["note.doubt"].format(text=doubt))
        named = tuple(dict.fromkeys(listed))
        short = self._short(cites, [*at, *(place for f in named for place in f.places)], doubt)
        return self._numbered(named, words["list.space"].join(pieces), short)

    def _short(self, cites: Citation, at: Sequence[At], doubt: str | None) -> str:
        """Write the source and the first cells of a note."""
        words = self.figures.words
        pieces = [words["note.source"].format(source=self.source(cites))]
        if places := self.places(at, MOST_PLACES):
            pieces.append(words["note.where"].format(places=places))
        if doubt:
            pieces.append(words["note.doubt"].format(text=doubt))
        return words["list.space"].join(pieces)

    def _numbered(self, figures: tuple[FigureText, ...], rest: str, short: str = "") -> int:
        """Return the number of a note; ``rest`` is what stands behind the figures that it names."""
        words = self.figures.words
        named = words["list.semicolon"].join(figure.brief for figure in figures)
        start = [stopped(raised(named), words)] if named else []
        text = words["list.space"].join((*start, rest))
        if text not in self._notes:
            self._notes[text] = NoteText(len(self._notes) + 1, text, figures, rest, short or text)
        return self._notes[text].number

    def _listed(self, reading: Reading) -> FigureText:
        """Return the entry of a figure in the list, put there with those that it is made of."""
        told = self.derivations.told(reading)
        key = told.indicator, told.period
        if key in self._figures:
            return self._figures[key]
        derivation, places = self.derivations.derivation(told), self.derivations.places(told)
        entry = self._enter(key, self.derivations.brief(told), derivation, places)
        for inner in self.derivations.behind(told):
            self._listed(inner)
        return entry

    def _enter(self, key: _FigureKey, brief: str, text: str, places: Iterable[At]) -> FigureText:
        """Put an entry into the list of figures."""
        words = self.figures.words
        pieces = [stopped(raised(text), words)]
        at = tuple(places)
        if written := self.places(at):
            pieces.append(words["note.where"].format(places=written))
        number = len(self._figures) + 1
        text = words["list.space"].join(pieces)
        self._figures[key] = FigureText(number, brief, text, key, at)
        return self._figures[key]

    def _answered(self, fact: Fact) -> FigureText | None:
        """Return the entry of an answer to a questionnaire: numbered, as questions are long."""
        question = self.case.base.catalogue.questions.get(fact.key.removeprefix("company."))
        answer = self.case.accounts.context.get(question.id) if question else None
        if question is None or answer is None or not question.purpose:
            return None
        key = fact.key, "answer"
        if key not in self._figures:
            count = sum(1 for _, what in self._figures if what == "answer") + 1
            name = self.figures.words["made.answered"].format(number=count)
            text = self.derivations.answer(question, answer, name)
            self._enter(key, name, text, (answer.at,))
        return self._figures[key]

    def _cell(self, fact: Fact) -> FigureText | None:
        """Return the entry of a word of the row that is looked at; None for other facts."""
        catalogue, language = self.case.base.catalogue, self.figures.language
        table, _, name = fact.key.partition(".")
        declared = catalogue.tables.get(table)
        column = declared.columns.get(name) if declared is not None else None
        if column is None or fact.at is None:
            return None
        words = self.figures.words
        label = column.words.get(fact.word)
        word = label.in_language(language) if label else words.get(f"flag.{fact.word}", fact.word)
        text = words["note.equal"].format(symbol=column.names.in_language(language), value=word)
        key = fact.key, "cell"
        return self._figures.get(key) or self._enter(key, text, text, (fact.at,))

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
        symbol = self.derivations.name(indicator)
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

    # --- sources and places ---------------------------------------------------------------------

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

    def places(self, places: Iterable[At], most: int | None = None) -> str:
        """Write places, each file named once: ``acme.yaml 9:20, 14:22``.

        Beyond so many as ``most`` they are counted.
        """
        by_file: dict[str, list[str]] = {}
        known = [place for place in sorted(set(places)) if place.cell or place.line]
        for place in known[:most]:
            if place.cell:
                by_file.setdefault(f"{place.file}!{place.sheet}", []).append(place.cell)
            elif place.line:
                by_file.setdefault(place.file, []).append(f"{place.line}:{place.column}")
        comma = self.figures.words["list.comma"]
        semicolon = self.figures.words["list.semicolon"]
        written = [f"{file} {comma.join(cells)}" for file, cells in by_file.items()]
        if rest := len(known[most:]) if most is not None else 0:
            written.append(self.figures.words["note.more_places"].format(count=rest))
        return semicolon.join(written)


def _of_amount(amount: Amount) -> Iterator[At]:
    """Yield where an amount stands, or where those stand that it is derived from."""
    if not amount.parts:
        yield amount.at
    for part in amount.parts:
        yield from _of_amount(part)


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
