"""The sheet of a calculation: every line in the words of a language, before it takes a form."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from diagnost.compute.calculation import OPTION, USUAL, Calculation, Given, Result
from diagnost.model.calculator import (
    ASKS,
    FLAG_UNIT,
    LIMITS,
    MONEY_UNIT,
    PERCENT_UNIT,
    REFUSES,
    SAYS,
    WARNS,
)
from diagnost.model.indicator import Citation
from diagnost.model.knowledge import Section, Source
from diagnost.model.records import RECORDS
from diagnost.model.text import Slot, Text, fill, slots_of
from diagnost.report import formats
from diagnost.report.words import words_of

ORDER = (REFUSES, ASKS, WARNS, SAYS, LIMITS)
"""The kinds of remarks as a reader needs them."""

HIDDEN_REASONS = frozenset({"not_applicable"})

Sections = Mapping[str, tuple[Source, Section]]
"""Source and section by statement id."""


class Line(NamedTuple):
    """An input or a figure: its name, its value as printed and as a number, how it came about."""

    id: str
    name: str
    printed: str
    value: Decimal | None
    unit: str
    note: str  # where an input is from, or the formula of a figure in words
    source: str


class PartLine(NamedTuple):
    """A part of a split; ``path`` holds the names from the outermost level to its own."""

    level: str
    path: tuple[str, ...]
    amount: Decimal
    printed: str
    share: Decimal
    printed_share: str


class Note(NamedTuple):
    """A sentence beside the figures."""

    id: str
    kind: str
    text: str


class Sheet(NamedTuple):
    """All that is told of a calculation; ``levels`` are the names of the levels of a split."""

    language: str
    title: str
    given: tuple[Line, ...]
    results: tuple[Line, ...]
    levels: tuple[str, ...]
    parts: tuple[PartLine, ...]
    notes: tuple[Note, ...]
    gaps: str
    unit: str
    sources: tuple[str, ...]
    words: Mapping[str, str]

    def word(self, key: str) -> str:
        """Return a phrase of the page furniture."""
        return self.words[f"calculation.{key}"]

    def notes_of(self, kind: str) -> tuple[Note, ...]:
        """Return the sentences of a kind."""
        return tuple(note for note in self.notes if note.kind == kind)


def shown(value: Decimal, unit: str, digits: int, language: str) -> str:
    """Write a figure as exact as it is meant to be, without idle noughts."""
    if unit == PERCENT_UNIT:
        return f"{_trimmed(formats.number(value * 100, language, digits), language)}%"
    if unit == MONEY_UNIT:
        whole = value == value.to_integral_value()
        return formats.number(value, language, 0 if whole else 2)
    return _trimmed(formats.number(value, language, digits), language)


def _trimmed(text: str, language: str) -> str:
    mark = "," if language == "pl" else "."
    return text.rstrip("0").removesuffix(mark) if mark in text else text


class _Writer:
    def __init__(
        self, made: Calculation, language: str, root: Path, sections: Sections, unit: str
    ) -> None:
        self.made = made
        self.language = language
        self.sections = sections
        self.unit = unit
        self.words = words_of(language, root)
        self.cited: dict[str, list[str]] = {}

    def sheet(self) -> Sheet:
        made = self.made
        refused = bool(made.refusals)
        given = tuple(self.given(each) for each in made.given.values())
        results = () if refused else tuple(self.results())
        notes = tuple(self.notes())
        split = made.calculator.allocation
        asked = made.given.get(split.by) if split is not None else None
        chosen = asked.value if asked is not None and isinstance(asked.value, tuple) else ()
        levels = [split.levels[name] for name, _ in chosen] if split is not None else []
        money = any(line.unit == MONEY_UNIT for line in (*given, *results))
        return Sheet(
            language=self.language,
            title=made.calculator.name.in_language(self.language),
            given=given,
            results=results,
            levels=tuple(level.name.in_language(self.language) for level in levels),
            parts=() if refused else tuple(self.parts()),
            notes=notes,
            gaps="" if refused else self.gaps(),
            unit=self.words["calculation.unit_of_accounts"].format(unit=self.unit)
            if self.unit and money
            else "",
            sources=tuple(self.sources()),
            words=self.words,
        )

    # --- inputs and figures ---------------------------------------------------------------------

    def given(self, given: Given) -> Line:
        wanted = given.input
        if given.origin == OPTION:
            note = self.words["calculation.option"]
        elif given.origin == USUAL:
            source = self.source(wanted.cites._replace(inference=False))
            note = self.words[f"calculation.{'assumed' if wanted.assumed else 'usual'}"]
            if source and not wanted.assumed:
                note = self.words["calculation.usual_of"].format(source=source)
        else:
            comma = self.words["list.comma"]
            places = comma.join(str(place) for place in given.places)
            note = self.words["calculation.in_file"].format(place=places)
        value = given.value if isinstance(given.value, Decimal) else None
        return Line(
            id=wanted.id,
            name=wanted.name.in_language(self.language),
            printed=self.input_text(given),
            value=value,
            unit=wanted.unit,
            note=note,
            source=", ".join(wanted.cites.ids),
        )

    def input_text(self, given: Given) -> str:
        if isinstance(given.value, Decimal):
            return self.value(given.value, given.input.unit, 6)
        split = self.made.calculator.allocation
        if split is not None and given.input.id == split.by:
            names = [split.levels[name].name.in_language(self.language) for name, _ in given.value]
            return self.words["list.comma"].join(names)
        pairs = (f"{name} {self.value(weight, 'number', 6)}" for name, weight in given.value)
        return self.words["list.semicolon"].join(pairs)

    def value(self, value: Decimal, unit: str, digits: int) -> str:
        if unit == FLAG_UNIT:
            return self.words[f"calculation.{'yes' if value else 'no'}"]
        return shown(value, unit, digits, self.language)

    def results(self) -> Iterable[Line]:
        for result in self.made.results.values():
            figure = result.figure
            if result.value is None or not figure.shown:
                continue
            how = self.sentence(figure.how) if figure.how is not None else None
            yield Line(
                id=figure.id,
                name=figure.name.in_language(self.language),
                printed=self.value(result.value, figure.unit, figure.digits),
                value=result.value,
                unit=figure.unit,
                note=how or "",
                source=self.source(figure.cites),
            )

    def gaps(self) -> str:
        """Say which figures there are not, for want of which inputs."""
        lacking: dict[str, list[str]] = {}
        for result in self.made.results.values():
            if result.value is not None or not result.figure.shown or result.missing is None:
                continue
            needs = self.options(result)
            if needs and result.missing.reason not in HIDDEN_REASONS:
                name = formats.lowered(result.figure.name.in_language(self.language))
                lacking.setdefault(needs, []).append(name)
        if not lacking:
            return ""
        pattern, comma = self.words["calculation.without"], self.words["list.comma"]
        listed = self.words["list.semicolon"].join(
            pattern.format(options=needs, figures=comma.join(names))
            for needs, names in lacking.items()
        )
        return self.words["calculation.not_worked_out"].format(list=listed)

    def options(self, result: Result) -> str:
        if result.missing is None:
            return ""
        inputs = self.made.calculator.inputs
        names = (need.removeprefix(RECORDS).partition(".")[0] for need in result.missing.needs)
        found = dict.fromkeys(inputs[name].option for name in names if name in inputs)
        return self.words["list.comma"].join(found)

    # --- parts and sentences --------------------------------------------------------------------

    def parts(self) -> Iterable[PartLine]:
        whole = self.made.calculator.allocation
        step = self.made.value(whole.step) if whole is not None else None
        money = step is not None and step < 1
        for part in self.made.parts:
            digits = 2 if money else 0
            yield PartLine(
                level=part.level,
                path=part.path,
                amount=part.amount,
                printed=formats.number(part.amount, self.language, digits),
                share=part.share,
                printed_share=shown(part.share, PERCENT_UNIT, 1, self.language),
            )

    def notes(self) -> Iterable[Note]:
        if self.made.cut is not None and not self.made.refusals:
            whole = self.made.calculator.allocation
            amount = self.made.value(whole.of) if whole is not None else None
            text = self.words[f"calculation.cut.{self.made.cut.kind}"].format(
                about=self.made.cut.about,
                amount=shown(amount, "number", 6, self.language) if amount is not None else "",
            )
            yield Note(self.made.cut.kind, REFUSES, text)
        for kind in ORDER:
            if self.made.refusals and kind != REFUSES:
                continue  # nothing was reckoned that these could be about
            for remark in self.made.remarks:
                if remark.kind != kind:
                    continue
                said = self.sentence(remark.text)
                if said is not None:
                    self.source(remark.cites)
                    yield Note(remark.id, kind, said)

    def sentence(self, text: Text) -> str | None:
        """Put figures into a sentence; None where one of them is not known."""
        template = text.in_language(self.language)
        figures: dict[Slot, str] = {}
        for slot in slots_of(template):
            value = self.made.value(slot.name)
            if value is None:
                return None
            figures[slot] = self.slot(slot, value)
        return fill(template, figures)

    def slot(self, slot: Slot, value: Decimal) -> str:
        figure = self.made.calculator.figures.get(slot.name)
        unit = figure.unit if figure is not None else self.made.calculator.inputs[slot.name].unit
        digits = figure.digits if figure is not None else 6
        written = self.value(value, unit, digits)
        return f"+{written}" if slot.form == "signed" and value > 0 else written

    # --- sources --------------------------------------------------------------------------------

    def source(self, cites: Citation) -> str:
        """Write what an entry rests on, by its numbers; titles are told once at the end."""
        for statement in cites.ids:
            section = self.sections[statement][1].id
            if statement not in self.cited.setdefault(section, []):
                self.cited[section].append(statement)
        ids = self.words["list.comma"].join(cites.ids)
        if not cites.inference:
            return ids
        if not ids:
            return self.words["source.inference"]
        return self.words["source.inference_from"].format(source=ids)

    def sources(self) -> Iterable[str]:
        """Yield the sections cited, then the documents they stand in."""
        documents: dict[str, Source] = {}
        for cited in (self.cited[section] for section in sorted(self.cited)):
            source, section = self.sections[cited[0]]
            ids = [statement for statement in section.ids if statement in cited]
            documents[source.prefix] = source
            title = section.title.in_language(self.language)
            listed = self.words["list.comma"].join(ids)
            yield self.words["source.section"].format(section=title, ids=listed)
        colon = self.words["list.colon"]
        for prefix in sorted(documents):
            yield f"{prefix}{colon}{documents[prefix].title.in_language(self.language)}"


def sheet_of(
    made: Calculation, language: str, root: Path, sections: Sections, unit: str = ""
) -> Sheet:
    """Write everything that is told of a calculation; ``unit`` is that of amounts of accounts."""
    return _Writer(made, language, root, sections, unit).sheet()
